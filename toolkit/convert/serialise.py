"""Writing the TEI document, and noting where each stretch of the source comes to stand."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.convert.tree import LAID_OUT, Copy, Element, Node, Space, Span, Words
from toolkit.tei.names import TEI_NAMESPACE

_PLACES = {"teiHeader": "header", "text": "text"}


@dataclass(frozen=True, slots=True)
class Written:
    """A stretch of the source that was written at offset ``at`` of the text of ``place``."""

    start: int
    end: int
    place: str
    at: int
    length: int
    rule: str
    """Empty for text written as it is; else the rule that changed the white space."""


class Serialiser:
    """Writes one document; layout white space goes only where no text can stand."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[str] = []
        self._place = ""
        self._at = 0
        self.written: list[Written] = []

    def document(self, root: Element) -> str:
        """Return the XML document with ``root`` as its root element, in UTF-8 declaration."""
        self._out.append('<?xml version="1.0" encoding="UTF-8"?>\n')
        root.attributes = {"xmlns": TEI_NAMESPACE, **root.attributes}
        self._element(root, 0)
        self._out.append("\n")
        return "".join(self._out)

    def _element(self, node: Element, depth: int) -> None:
        if node.name in _PLACES and depth == 1:
            self._place, self._at = _PLACES[node.name], 0
        attributes = "".join(
            f' {name}="{_attribute(value)}"' for name, value in node.attributes.items()
        )
        if not node.children:
            self._out.append(f"<{node.name}{attributes}/>")
            return
        self._out.append(f"<{node.name}{attributes}>")
        if node.name in LAID_OUT:
            self._laid_out(node.children, depth + 1)
        else:
            for child in node.children:
                self._node(child, depth + 1)
        self._out.append(f"</{node.name}>")

    def _laid_out(self, children: list[Node], depth: int) -> None:
        for child in children:
            self._out.append("\n" + "  " * depth)
            self._node(child, depth)
        self._out.append("\n" + "  " * (depth - 1))

    def _node(self, node: Node, depth: int) -> None:
        if isinstance(node, Element):
            self._element(node, depth)
        elif isinstance(node, Span):
            self._source_text(node.start, node.end, self._source[node.start : node.end], "")
        elif isinstance(node, Space):
            self._source_text(node.start, node.end, node.written, node.rule)
        elif isinstance(node, Copy):
            self._text(" ".join(self._source[node.start : node.end].split()))
        elif isinstance(node, Words):
            self._text(node.text)

    def _source_text(self, start: int, end: int, text: str, rule: str) -> None:
        self.written.append(Written(start, end, self._place, self._at, len(text), rule))
        self._text(text)

    def _text(self, text: str) -> None:
        self._out.append(_escaped(text))
        self._at += len(text)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _attribute(value: str) -> str:
    quoted = _escaped(value).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;")
