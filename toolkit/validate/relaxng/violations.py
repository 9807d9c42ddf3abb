"""What a document can do wrong against a schema, and what the schema would have taken instead."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ViolationKind(StrEnum):
    """The kinds of violations. Their values are stable."""

    UNKNOWN_ELEMENT = "unknown-element"
    """No element of the schema has this name."""
    ELEMENT_NOT_ALLOWED = "element-not-allowed"
    """The schema has the element, but not here."""
    ELEMENT_MISSING = "element-missing"
    """Before this element, another must come that is not there."""
    ELEMENT_INCOMPLETE = "element-incomplete"
    """The element ends before all it must hold has come."""
    ATTRIBUTE_NOT_ALLOWED = "attribute-not-allowed"
    ATTRIBUTE_MISSING = "attribute-missing"
    ATTRIBUTE_VALUE = "attribute-value"
    TEXT_NOT_ALLOWED = "text-not-allowed"
    TEXT_VALUE = "text-value"
    DUPLICATE_ID = "duplicate-id"
    UNRESOLVED_IDREF = "unresolved-idref"
    NOT_WELL_FORMED = "not-well-formed"
    EXTERNAL_ENTITY = "external-entity"
    """The document refers to an entity outside of it; nothing external is loaded."""
    ENTITY_EXPANSION = "entity-expansion"
    """The document's entities expand without bound."""
    TOO_DEEP = "too-deep"
    """Checking stopped here because elements are nested more than 256 levels deep."""
    TOO_MANY = "too-many"
    """Checking stopped here because the document has too many violations."""


class ValueType(NamedTuple):
    """A datatype: ``name`` and the facets it is given, ``exceptions`` the values it excludes."""

    name: str
    facets: tuple[tuple[str, str], ...] = ()
    exceptions: tuple[str, ...] = ()


class ValueExpectation(NamedTuple):
    """What a value may be: one of ``literals``, or of one of ``types``, or (``lists``) a list.

    ``lists`` describes the items of each list that is allowed; ``anything`` that any text is.
    """

    literals: tuple[str, ...] = ()
    types: tuple[ValueType, ...] = ()
    lists: tuple[ValueExpectation, ...] = ()
    anything: bool = False


class Expected(NamedTuple):
    """What the schema would have taken at the place of a violation. Names are in Clark notation.

    Attributes:
        elements: the elements allowed at this point.
        missing: elements of which one must come first, or before the end.
    """

    elements: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


NOTHING_EXPECTED = Expected()


class Violation(NamedTuple):
    """One mistake. Lines and columns count from 1, columns in characters.

    Attributes:
        kind: what is wrong.
        file: the document.
        line: the line of the culprit's ``<``; of the first character of a text; of the end tag
            if something is missing at the end.
        column: the column there.
        element: the element at fault, or that holds the text at fault, in Clark notation.
        path: the names of the elements around it, outermost first; the innermost 32 at most.
        name: the name of the element or attribute at fault, in Clark notation.
        value: the text, value or identifier at fault, or what the XML parser said.
        other: where an identifier was first given; (0, 0) for others.
        expected: what would have been right.
    """

    kind: ViolationKind
    file: str
    line: int
    column: int
    element: str = ""
    path: tuple[str, ...] = ()
    name: str = ""
    value: str = ""
    other: tuple[int, int] = (0, 0)
    expected: Expected = NOTHING_EXPECTED
