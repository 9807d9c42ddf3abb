"""The kinds of mistakes against a grammar, and a finding of one before it has a line and column."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from toolkit.diagnostics import Kind, Severity

UNKNOWN_ELEMENT = Kind(
    "V101", "unknown-element", Severity.ERROR, "The schema has no element of this name."
)
NOT_ALLOWED = Kind(
    "V102",
    "element-not-allowed",
    Severity.ERROR,
    "The element exists, but may not stand in the element that holds it.",
)
WRONG_ORDER = Kind(
    "V103",
    "wrong-order",
    Severity.ERROR,
    "The element may stand in its parent, but not at this place among the others.",
)
MISSING_ELEMENT = Kind(
    "V104", "element-missing", Severity.ERROR, "An element lacks one that it must hold."
)
TEXT_NOT_ALLOWED = Kind(
    "V105",
    "text-not-allowed",
    Severity.ERROR,
    "Text stands directly in an element that may hold only elements.",
)
UNKNOWN_ATTRIBUTE = Kind(
    "V106", "unknown-attribute", Severity.ERROR, "The element does not have this attribute."
)
MISSING_ATTRIBUTE = Kind(
    "V107", "attribute-missing", Severity.ERROR, "The element needs an attribute it does not have."
)
BAD_VALUE = Kind(
    "V108",
    "attribute-value",
    Severity.ERROR,
    "The value of the attribute is not what the schema asks for.",
)
WRONG_NAMESPACE = Kind(
    "V109",
    "wrong-namespace",
    Severity.ERROR,
    "The element has the right name but is in another namespace, so it is not the TEI element.",
)
BAD_CONTENT = Kind(
    "V110",
    "content-value",
    Severity.ERROR,
    "The text of the element is not what the schema asks for.",
)
DUPLICATE_IDENTIFIER = Kind(
    "V111",
    "identifier-used-twice",
    Severity.ERROR,
    "Two attributes that the schema makes identifiers (ID) have the same value.",
)
DANGLING_IDENTIFIER = Kind(
    "V112",
    "identifier-missing",
    Severity.ERROR,
    "An attribute that the schema makes a reference (IDREF) names an identifier that no element "
    "of the file has.",
)


@dataclass(frozen=True)
class Lack:
    """That ``element`` lacks one of ``names``, ``before`` one of its children or at the end."""

    element: etree._Element
    names: frozenset[str]
    before: etree._Element | None = None


@dataclass(frozen=True)
class Finding:
    """A mistake: at an element, at one of its attributes, or at a text in it.

    A text is the one at the start of ``element`` or that behind its child ``after``. ``lack`` tells
    what is missing, if one element is.
    """

    kind: Kind
    element: etree._Element
    message: str
    hint: str
    attribute: str | None = None
    is_text: bool = False
    after: etree._Element | None = None
    lack: Lack | None = None
