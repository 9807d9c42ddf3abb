"""Writing the TEI document, and noting where each stretch of the source comes to stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.convert.tree import LAID_OUT, Copy, Element, Node, Space, Span, Words
from toolkit.tei.names import TEI_NAMESPACE

_SPACES = re.compile(r"\s+")
_PLACES = {"teiHeader": "header", "text": "text"}


class Written(NamedTuple):
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
        name, children, out = node.name, node.children, self._out
        if depth == 1 and name in _PLACES:
            self._place, self._at = _PLACES[name], 0
        out.append(f"<{name}")
        for attribute, value in node.attributes.items():
            out.append(f' {attribute}="{_attribute(value)}"')
        if not children:
            out.append("/>")
            return
        out.append(">")
        before = "\n" + "  " * (depth + 1) if name in LAID_OUT else ""
        for child in children:
            if before:
                out.append(before)
            if isinstance(child, Element):
                self._element(child, depth + 1)
            else:
                self._characters(child)
        out.append(f"{before[:-2]}</{name}>")

    def _characters(self, node: Node) -> None:
        rule = ""
        if isinstance(node, Span):
            text = self._source[node.start : node.end]
        elif isinstance(node, Space):
            text, rule = node.written, node.rule
        elif isinstance(node, Copy):
            self._text(_SPACES.sub(" ", self._source[node.start : node.end]))
            return
        elif isinstance(node, Words):
            self._text(node.text)
            return
        else:
            return
        self.written.append(Written(node.start, node.end, self._place, self._at, len(text), rule))
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
