"""The identifiers of a document: each is to be used once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.names import XML_ID, is_ncname
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions

if TYPE_CHECKING:
    from lxml import etree

DUPLICATE_ID = Kind(
    "V201",
    "duplicate-id",
    Severity.ERROR,
    "Two elements of one file have the same xml:id, so a pointer to it means neither.",
)


def identifier_of(element: etree._Element) -> str:
    """Return the xml:id of an element with its white space normalised; "" if it has none."""
    return normalised(element.get(XML_ID, ""))


def normalised(identifier: str) -> str:
    """Return the value of an xml:id with its white space normalised (xml:id 1.0, section 4)."""
    return " ".join(identifier.split())


def bearers(root: etree._Element) -> list[etree._Element]:
    """Return the elements that have an xml:id, in document order."""
    return [element for element in root.iter("{*}*") if element.get(XML_ID) is not None]


def repeated_ids(document: ParsedDocument) -> Iterator[tuple[etree._Element, Diagnostic]]:
    """Yield each element whose xml:id an element before it has, with the finding (V201)."""
    first: dict[str, etree._Element] = {}
    elements = bearers(document.root)
    used: frozenset[str] = frozenset()
    for element in elements:
        identifier = identifier_of(element)
        if first.setdefault(identifier, element) is element or not is_ncname(identifier):
            continue
        used = used or frozenset(map(identifier_of, elements))
        line = positions(document).element(first[identifier]).line
        yield (
            element,
            DUPLICATE_ID.at(
                positions(document).attribute(element, XML_ID),
                f"the xml:id “{identifier}” is already used in line {line}",
                f"Give one of the two another, such as “{free_id(identifier, used)}”.",
            ),
        )


def free_id(identifier: str, used: Collection[str]) -> str:
    """Return the identifier, with a number if it is among the ``used``."""
    if identifier not in used:
        return identifier
    number = 2
    while f"{identifier}-{number}" in used:
        number += 1
    return f"{identifier}-{number}"
