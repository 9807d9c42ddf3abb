"""Finding elements in a TEI tree."""

from __future__ import annotations

from lxml import etree

from toolkit.tei.names import NAMESPACES


def elements(root: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements that the XPath expression ``path`` (prefix ``tei``) finds, in order."""
    found = root.xpath(path, namespaces=NAMESPACES)
    if not isinstance(found, list):
        return []
    return [node for node in found if isinstance(node, etree._Element)]


def text_of(element: etree._Element) -> str:
    """Return the text of ``element`` without notes, its white space normalised."""
    found = element.xpath(".//text()[not(ancestor::tei:note)]", namespaces=NAMESPACES)
    texts = found if isinstance(found, list) else []
    return " ".join("".join(str(text) for text in texts).split())
