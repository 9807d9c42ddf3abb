"""One layer of a prepared text: that for reading, or that of the source."""

from __future__ import annotations

from typing import Literal, get_args

from lxml import etree

from toolkit.publish.citable import PREPARED_NAMESPACE
from toolkit.tei.names import tei

Layer = Literal["both", "reading", "diplomatic"]
"""What is shown: both layers side by side, the editors' text, or the text as in the source."""
LAYERS: tuple[Layer, ...] = get_args(Layer)

_LAYER = f"{{{PREPARED_NAMESPACE}}}layer"
_CLOSING_MARKS = tuple(",.;:!?)]}»”’…")


def of_layer(prepared: str, layer: Layer) -> str:
    """Return a prepared text without the elements that only the other layer has.

    Which these are ``xslt/prepare/layers.xsl`` says, for the web page too. The header is left as
    it is. A space that only parted a deletion from the comma behind it goes with the deletion.
    """
    if layer == "both":
        return prepared
    root = etree.fromstring(
        prepared.encode(), etree.XMLParser(huge_tree=True, no_network=True, resolve_entities=False)
    )
    for part in root:
        if part.tag != tei("teiHeader"):
            for element in list(part.iter(etree.Element)):
                if element.get(_LAYER, layer) != layer:
                    _take_out(element)
    return str(etree.tostring(root, encoding="unicode"))


def _take_out(element: etree._Element) -> None:
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    text = (parent.text if before is None else before.tail) or ""
    if tail.startswith(_CLOSING_MARKS) and (text.strip() or before is not None):
        text = text.rstrip()
    if before is None:
        parent.text = text + tail
    else:
        before.tail = text + tail
    parent.remove(element)
