"""Where a document includes others (XInclude 1.0): what they hold is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.diagnostics import Position
from toolkit.tei.parse import ParsedDocument, of_document
from toolkit.tei.positions import positions

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACE = "http://www.w3.org/2001/XInclude"


@of_document
def inclusions(document: ParsedDocument) -> tuple[etree._Element, ...]:
    """Return the ``xi:include`` elements, in document order."""
    # Few documents have any, and those without need no tree.
    if _NAMESPACE.encode() not in document.utf8:
        return ()
    return tuple(document.root.iter(f"{{{_NAMESPACE}}}include"))


def places(document: ParsedDocument) -> set[Position]:
    """Return where the ``xi:include`` elements begin."""
    return {positions(document).element(each) for each in inclusions(document)}


def places_around(document: ParsedDocument) -> set[Position]:
    """Return where the elements begin that hold an ``xi:include``: what they lack may come so."""
    around = {each.getparent() for each in inclusions(document)}
    return {positions(document).element(each) for each in around if each is not None}
