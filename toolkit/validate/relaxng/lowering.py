"""From the simple form to the tables the engine runs on."""

from __future__ import annotations

from typing import Any

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.nameclass import NameClass, to_data
from toolkit.validate.relaxng.simple import ElementPattern, Literal, Simple
from toolkit.validate.relaxng.simplify import SimpleSchema
from toolkit.validate.relaxng.traversal import evaluate


def compile_schema(schema: SimpleSchema) -> Compiled:
    """Return the tables of a schema; equal patterns become one."""
    return _Compiler(schema).compiled


class _Compiler:
    def __init__(self, schema: SimpleSchema) -> None:
        self.compiled = Compiled()
        self._done: dict[Simple, int] = {}
        self._patterns: dict[tuple[Any, ...], int] = {}
        self._name_classes: dict[NameClass, int] = {}
        self._types: dict[tuple[Any, ...], int] = {}
        self._elements = {element: index for index, element in enumerate(schema.elements)}
        self.compiled.start = self._pattern(schema.start)
        for element in schema.elements:
            assert element.content is not None  # noqa: S101  # simplification fills it in
            self.compiled.elements.append(
                [self._name_class(element.name_class), self._pattern(element.content)]
            )

    def _pattern(self, pattern: Simple) -> int:
        return evaluate(pattern, self._done, lambda p: p.children, self._make)

    def _make(self, pattern: Simple) -> int:
        operator = pattern.operator
        children = tuple(self._done[child] for child in pattern.children)
        match pattern.payload:
            case ElementPattern():
                operands: tuple[Any, ...] = (self._elements[pattern.payload],)
            case Literal(datatype, text, prefixes):
                named = tuple(sorted(prefixes.items())) if datatype.contextual else ()
                operands = (self._type(datatype), text, named)
            case Datatype():
                operands = (self._type(pattern.payload), *(children or (-1,)))
            case None:
                operands = children
            case name_class:
                operands = (self._name_class(name_class), *children)
        if operator == op.CHOICE:
            operands = tuple(dict.fromkeys(operands))
        # In which order a choice was written makes it no other choice, but is kept for messages.
        unordered = operator in (op.CHOICE, op.INTERLEAVE)
        key = (operator, *(sorted(operands) if unordered else operands))
        if key not in self._patterns:
            self._patterns[key] = len(self.compiled.patterns)
            self.compiled.patterns.append([operator, *operands])
        return self._patterns[key]

    def _name_class(self, name_class: NameClass) -> int:
        if name_class not in self._name_classes:
            self._name_classes[name_class] = len(self.compiled.name_classes)
            self.compiled.name_classes.append(to_data(name_class))
        return self._name_classes[name_class]

    def _type(self, datatype: Datatype) -> int:
        key = (datatype.library, datatype.name, datatype.parameters)
        if key not in self._types:
            self._types[key] = len(self.compiled.types)
            self.compiled.types.append(key)
        return self._types[key]
