"""Two schemas in one set of tables, so that equal parts of them are one object.

What no document can ever satisfy is taken out on the way: after that, whatever a pattern still
allows can be completed to a whole document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.datatypes.library import (
    COMPATIBILITY,
    XML_SCHEMA,
    datatype,
    normalise,
)
from toolkit.validate.relaxng.datatypes.types import PRIMITIVES
from toolkit.validate.relaxng.nameclass import from_data, to_data
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern

_COMPOSITE = frozenset({op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE, op.LIST})
_SAME_TYPE_IN = frozenset({"", COMPATIBILITY})


@dataclass(frozen=True)
class Joint:
    """Two schemas as one grammar with two starts.

    Attributes:
        grammar: the patterns of both.
        starts: the start of the first and of the second.
        boundary: elements from this index on belong to the second.
    """

    grammar: Grammar
    starts: tuple[Pattern, Pattern]
    boundary: int

    def is_first(self, element: Element) -> bool:
        """Tell whether the element belongs to the first schema."""
        return element.index < self.boundary


def join(first: Compiled, second: Compiled) -> Joint:
    """Return both schemas in one."""
    joiner = _Joiner()
    starts = joiner.add(first), joiner.add(second)
    grammar = Grammar(joiner.tables)
    return Joint(
        grammar,
        (grammar.pattern(starts[0]), grammar.pattern(starts[1])),
        len(first.elements),
    )


class _Joiner:
    def __init__(self) -> None:
        self.tables = Compiled()
        self._patterns: dict[tuple[Any, ...], int] = {}
        self._types: dict[tuple[Any, ...], int] = {}
        self._name_classes: dict[object, int] = {}
        self._nothing = self._add_pattern((op.NOT_ALLOWED,))

    def add(self, schema: Compiled) -> int:
        """Add a schema; return the index of its start."""
        types = [self._add_type(*entry) for entry in schema.types]
        name_classes = [self._add_name_class(data) for data in schema.name_classes]
        offset = len(self.tables.elements)
        possible = satisfiable(schema)
        places: list[int] = []
        for index, (operator, *operands) in enumerate(schema.patterns):
            if not possible[index]:
                places.append(self._nothing)
                continue
            match operator:
                case op.ELEMENT:
                    made: tuple[Any, ...] = (operands[0] + offset,)
                case op.ATTRIBUTE:
                    made = (name_classes[operands[0]], places[operands[1]])
                case op.DATA:
                    exception = places[operands[1]] if operands[1] >= 0 else -1
                    made = (types[operands[0]], -1 if exception == self._nothing else exception)
                case op.VALUE:
                    name = schema.types[operands[0]][1]
                    text = normalise(operands[1], PRIMITIVES[name].space)
                    prefixes = tuple((prefix, uri) for prefix, uri in operands[2])
                    made = (types[operands[0]], text, prefixes)
                case _:
                    made = tuple(places[operand] for operand in operands)
            places.append(self._add_pattern((operator, *made)))
        self.tables.elements += [
            [name_classes[name_class], places[content]] for name_class, content in schema.elements
        ]
        return places[schema.start]

    def _add_pattern(self, pattern: tuple[Any, ...]) -> int:
        found = self._patterns.get(pattern)
        if found is None:
            found = self._patterns[pattern] = len(self.tables.patterns)
            self.tables.patterns.append(list(pattern))
        return found

    def _add_type(self, library: str, name: str, parameters: Iterable[tuple[str, str]]) -> int:
        if library in _SAME_TYPE_IN:
            library = XML_SCHEMA
        key = (library, name, tuple(sorted((facet, text) for facet, text in parameters)))
        if key not in self._types:
            self._types[key] = len(self.tables.types)
            self.tables.types.append(key)
        return self._types[key]

    def _add_name_class(self, data: object) -> int:
        name_class = from_data(data)
        if name_class not in self._name_classes:
            self._name_classes[name_class] = len(self.tables.name_classes)
            self.tables.name_classes.append(to_data(name_class))
        return self._name_classes[name_class]


def satisfiable(schema: Compiled) -> list[bool]:
    """Return for each pattern whether anything at all satisfies it.

    An element that must contain itself, for example, has no finite instance. Datatypes are taken
    to have values.
    """
    finite: set[int] = set()
    while True:
        found: list[bool] = []
        for operator, *operands in schema.patterns:
            found.append(_is_satisfiable(schema, operator, operands, found, finite))
        grown = {index for index, (_, content) in enumerate(schema.elements) if found[content]}
        if grown == finite:
            return found
        finite = grown


def _is_satisfiable(
    schema: Compiled, operator: int, operands: list[Any], found: list[bool], finite: set[int]
) -> bool:
    if operator == op.NOT_ALLOWED:
        return False
    if operator == op.ELEMENT:
        return operands[0] in finite
    if operator == op.ATTRIBUTE:
        return bool(found[operands[1]])
    if operator == op.VALUE:
        library, name, parameters = schema.types[operands[0]]
        kind = datatype(library, name, [(facet, text) for facet, text in parameters])
        return kind.allows(operands[1], Context(dict(operands[2])))
    if operator == op.CHOICE:
        return any(found[operand] for operand in operands)
    if operator in _COMPOSITE:
        return all(found[operand] for operand in operands)
    return True
