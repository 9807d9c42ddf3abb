"""ID and IDREF of RELAX NG DTD Compatibility (OASIS Committee Specification, 3 December 2001)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.datatypes.library import COMPATIBILITY, XML_SCHEMA, tokens
from toolkit.validate.relaxng.nameclass import NameClass, from_data, is_infinite, names

_TYPES = frozenset({"ID", "IDREF", "IDREFS"})

Table = dict[str, dict[str, str]]
"""By attribute name, then by element name: ID, IDREF or IDREFS."""


def identifier_table(compiled: Compiled) -> tuple[Table, list[tuple[str, str]]]:
    """Return which attributes are identifiers, and the (element, attribute) pairs in conflict.

    A pair is in conflict where the schema gives it different types at different places (section
    5, third condition); it is left out of the table.
    """
    classes = [from_data(data) for data in compiled.name_classes]
    attributes = _attributes_by_pattern(compiled)
    found: dict[tuple[str, str], set[str]] = {}
    declared: list[tuple[NameClass, frozenset[tuple[int, str]]]] = []
    for name_class, content in compiled.elements:
        declared.append((classes[name_class], attributes[content]))
        for index, kind in attributes[content]:
            if kind:
                for element in names(classes[name_class]):
                    for attribute in names(classes[index]):
                        found.setdefault((element, attribute), set()).add(kind)
    if found:
        _add_other_types(found, declared, classes)
    table: Table = {}
    conflicts = []
    for (element, attribute), kinds in sorted(found.items()):
        if len(kinds) > 1:
            conflicts.append((element, attribute))
        else:
            table.setdefault(attribute, {})[element] = next(iter(kinds))
    return table, conflicts


def _attributes_by_pattern(compiled: Compiled) -> list[frozenset[tuple[int, str]]]:
    """Return the attributes in each pattern: index of the name class, and identifier type."""
    found: list[frozenset[tuple[int, str]]] = []
    for operator, *operands in compiled.patterns:
        if operator == op.ATTRIBUTE:
            kind = _identifier_type(compiled, compiled.patterns[operands[1]])
            found.append(frozenset({(operands[0], kind)}))
        elif operator in (op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE):
            found.append(frozenset().union(*[found[index] for index in operands]))
        else:
            found.append(frozenset())
    return found


def _identifier_type(compiled: Compiled, value: list[Any]) -> str:
    if value[0] not in (op.DATA, op.VALUE):
        return ""
    library, name, _parameters = compiled.types[value[1]]
    return name if library in (XML_SCHEMA, COMPATIBILITY) and name in _TYPES else ""


def _add_other_types(
    found: dict[tuple[str, str], set[str]],
    declared: list[tuple[NameClass, frozenset[tuple[int, str]]]],
    classes: list[NameClass],
) -> None:
    wanted: dict[str, list[str]] = {}
    for element, attribute in found:
        wanted.setdefault(element, []).append(attribute)
    for name_class, attributes in declared:
        listed = names(name_class)
        for element in wanted if is_infinite(name_class) else listed:
            if not name_class.contains(element):
                continue
            for attribute in wanted.get(element, ()):
                for index, kind in attributes:
                    if classes[index].contains(attribute):
                        found[element, attribute].add(kind)


class Reference(NamedTuple):
    """A reference to an identifier: the identifier, and where it is referred to."""

    identifier: str
    line: int
    column: int
    element: str
    attribute: str


@dataclass(slots=True)
class Identifiers:
    """The identifiers met in one document: where each was given, and those referred to."""

    given: dict[str, tuple[int, int]] = field(default_factory=dict)
    pending: list[Reference] = field(default_factory=list)

    def give(self, value: str, place: tuple[int, int]) -> tuple[int, int] | None:
        """Note an identifier; return where it was given before, if it was."""
        found = tokens(value)
        if len(found) != 1:
            return None
        first = self.given.setdefault(found[0], place)
        return None if first is place else first

    def refer(self, value: str, line: int, column: int, element: str, attribute: str) -> None:
        """Note the references in an attribute of type IDREF or IDREFS."""
        for identifier in tokens(value):
            if identifier not in self.given:
                self.pending.append(Reference(identifier, line, column, element, attribute))

    def unresolved(self) -> list[Reference]:
        """Return the references to identifiers that the document does not give."""
        return [reference for reference in self.pending if reference.identifier not in self.given]
