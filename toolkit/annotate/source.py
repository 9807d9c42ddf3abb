"""A document as its source: every character of its text, every tag, and where they stand.

The tree of lxml forgets where things stood in the file. Here expat reads the document once more
and keeps the byte offsets (in UTF-8), so that tags can be put in without touching anything else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE

_START_TAG = re.compile(rb"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_END_TAG = re.compile(rb"</[^>]*>")
_RAW_NAME = re.compile(rb"<([^\s/>]+)")
_REFERENCE = re.compile(rb"&[^;]*;")
CDATA = "#cdata"


@dataclass(eq=False)
class Element:
    """An element (or a CDATA section) in the source.

    ``name`` is the local name of a TEI element; other elements have their name in Clark notation.
    ``start`` and ``end`` are byte offsets of the element, ``content_start`` and ``content_end`` of
    what is between its tags; ``first`` and ``last`` count characters of the document's text
    (``last`` is exclusive). An element that comes out of an entity is not ``in_source``.
    """

    name: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    content_start: int
    first: int
    in_source: bool
    empty: bool
    content_end: int = -1
    end: int = -1
    last: int = -1
    children: list[Element | TextRun] = field(default_factory=list)

    def elements(self) -> list[Element]:
        """Return the child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def descendants(self) -> list[Element]:
        """Return this element and all elements in it, in document order."""
        found = [self]
        for child in self.elements():
            found.extend(child.descendants())
        return found


@dataclass(frozen=True, eq=False)
class TextRun:
    """Characters that stand together in the source; an ``atom`` cannot be divided there."""

    first: int
    text: str
    parent: Element
    start: int
    end: int
    atom: bool


class Source:
    """The source of one document: its bytes in UTF-8, its elements and its text."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.runs: list[TextRun] = []
        self.root = _Reader(content, self.runs).read()
        self._firsts = [run.first for run in self.runs]
        self.text = "".join(run.text for run in self.runs)

    def run_at(self, index: int) -> TextRun:
        """Return the run that holds the character ``index`` of the text."""
        return self.runs[bisect_right(self._firsts, index) - 1]

    def start_of(self, index: int) -> int | None:
        """Return the byte offset before the character; None if it is inside an atom."""
        run = self.run_at(index)
        if not run.atom:
            return run.start + len(run.text[: index - run.first].encode())
        before = self.run_at(index - 1) if index else None
        inside = index != run.first or (before is not None and before.start == run.start)
        return None if inside else run.start

    def end_of(self, index: int) -> int | None:
        """Return the byte offset after the character; None if it is inside an atom."""
        run = self.run_at(index)
        if not run.atom:
            return run.start + len(run.text[: index - run.first + 1].encode())
        after = self.run_at(index + 1) if index + 1 < len(self.text) else None
        inside = index + 1 != run.first + len(run.text)
        return None if inside or (after is not None and after.start == run.start) else run.end

    def text_of(self, element: Element) -> str:
        """Return the text in an element."""
        return self.text[element.first : element.last]

    def prefix_at(self, element: Element) -> str:
        """Return the namespace prefix of an element as written, with its colon."""
        raw = _RAW_NAME.match(self.content, element.start)
        name = raw[1].decode() if raw else ""
        return name[: name.index(":") + 1] if ":" in name else ""


class _Reader:
    """The handlers of one expat run."""

    def __init__(self, content: bytes, runs: list[TextRun]) -> None:
        self._content = content
        self._runs = runs
        self._count = 0
        self._open: list[Element] = []
        self._root: Element | None = None
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = False
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = self._start_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        self._parser = parser

    def read(self) -> Element:
        self._parser.Parse(self._content, True)
        if self._root is None:
            raise ValueError("a document has a root element")
        return self._root

    def _start(self, name: str, attributes: list[str]) -> None:
        at = self._parser.CurrentByteIndex
        tag = _START_TAG.match(self._content, at)
        end = tag.end() if tag else at
        self._push(
            Element(
                _element_name(name),
                {_attribute_name(n): v for n, v in _pairs(attributes)},
                self._open[-1] if self._open else None,
                at,
                end,
                self._count,
                in_source=tag is not None,
                empty=tag is not None and tag[0].endswith(b"/>"),
            )
        )

    def _push(self, element: Element) -> None:
        if element.parent is None:
            self._root = element
        else:
            element.parent.children.append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        element.last = self._count
        if element.empty or not element.in_source:
            element.content_end = element.end = element.content_start
            return
        at = self._parser.CurrentByteIndex
        tag = _END_TAG.match(self._content, at)
        element.content_end, element.end = at, tag.end() if tag else at

    def _characters(self, text: str) -> None:
        parent = self._open[-1]
        start = self._parser.CurrentByteIndex
        atom = True
        literal = parent.name == CDATA and parent.in_source
        reference = None if literal else _REFERENCE.match(self._content, start)
        if reference:
            end = reference.end()
        elif text == "\n" and self._content[start : start + 2] == b"\r\n":
            end = start + 2
        elif text == "\n":
            end = start + 1
        else:
            end = start + len(text.encode())
            atom = False
        self._runs.append(TextRun(self._count, text, parent, start, end, atom))
        parent.children.append(self._runs[-1])
        self._count += len(text)

    def _start_cdata(self) -> None:
        at = self._parser.CurrentByteIndex
        in_source = self._content.startswith(b"<![CDATA[", at)
        content_start = at + len(b"<![CDATA[") if in_source else at
        parent = self._open[-1]
        self._push(Element(CDATA, {}, parent, at, content_start, self._count, in_source, False))

    def _end_cdata(self) -> None:
        section = self._open.pop()
        section.last = self._count
        section.content_end = section.end = section.content_start
        if section.in_source:
            section.content_end = self._content.index(b"]]>", section.content_start)
            section.end = section.content_end + len(b"]]>")


def _pairs(attributes: list[str]) -> Iterator[tuple[str, str]]:
    return zip(attributes[::2], attributes[1::2], strict=True)


def _element_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return local if namespace == TEI_NAMESPACE else f"{{{namespace}}}{local}"


def _attribute_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if not namespace:
        return local
    return f"xml:{local}" if namespace == XML_NAMESPACE else f"{{{namespace}}}{local}"
