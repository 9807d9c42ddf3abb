"""What a comparison of two schemas finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Difference(StrEnum):
    """In what two schemas differ at a place."""

    ROOT = "root"
    """An element that may be the outermost one."""
    CHILD = "child"
    """An element that may come where it may not in the other schema."""
    END = "end"
    """The element may end where more has to come in the other schema."""
    TEXT = "text"
    """Text may stand where it may not in the other schema."""
    CONTENT = "content"
    """A text that the element may consist of."""
    ATTRIBUTE = "attribute"
    """An attribute that the other schema does not have here."""
    OPTIONAL = "optional"
    """An attribute may be left out that the other schema requires."""
    VALUE = "value"
    """A value of an attribute."""
    COMBINATION = "combination"
    """Attributes that may not stand together, or not without others, in the other schema."""
    IDENTIFIER = "identifier"
    """An attribute is no identifier (or reference to one) here, but is in the other schema."""


class Occurrence(NamedTuple):
    """A place at which a difference shows.

    Attributes:
        path: the element it is about, after those around it, outermost first. Expanded names.
        after: what stands before it in the element, as expanded names; text is ``#text``.
    """

    path: tuple[str, ...]
    after: tuple[str, ...] = ()


class Finding(NamedTuple):
    """A difference.

    Attributes:
        kind: what differs.
        first_only: whether the first schema alone accepts it; otherwise the second alone.
        subject: what is accepted: an element, attributes, or values. Expanded names.
        attribute: of which attribute the subject is a value; else empty.
        is_new: whether the other schema has no such element or attribute anywhere.
        places: where, those nearest to the root first.
        element: the smallest element that shows it at the first place, as XML; empty if none was
            made.
        document: a whole document with that element; both schemas have been asked about it.
    """

    kind: Difference
    first_only: bool
    subject: tuple[str, ...]
    attribute: str
    is_new: bool
    places: tuple[Occurrence, ...]
    element: str = ""
    document: str = ""


class NotCompared(NamedTuple):
    """A place where it could not be decided whether the schemas differ.

    Attributes:
        path: the element, after those around it. Expanded names.
        attribute: the attribute whose values are not compared; empty for the content.
        first: what the first schema asks for, in compact syntax.
        second: what the second asks for.
    """

    path: tuple[str, ...]
    attribute: str
    first: str
    second: str


@dataclass(frozen=True)
class Comparison:
    """The result: what differs, and what could not be decided.

    Attributes:
        findings: the differences, those nearest to the root of a document first.
        not_compared: what could not be decided.
        elements: how many pairs of elements were compared.
    """

    findings: tuple[Finding, ...]
    not_compared: tuple[NotCompared, ...]
    elements: int

    @property
    def same(self) -> bool:
        """Whether it is proven that both schemas accept the same documents."""
        return not self.findings and not self.not_compared

    @property
    def first_within_second(self) -> bool:
        """Whether it is proven that the second accepts all that the first accepts."""
        return not self.not_compared and not any(found.first_only for found in self.findings)

    @property
    def second_within_first(self) -> bool:
        """Whether it is proven that the first accepts all that the second accepts."""
        return not self.not_compared and all(found.first_only for found in self.findings)
