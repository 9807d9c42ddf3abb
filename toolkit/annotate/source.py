"""A document as its source: every character of its text, every tag, and where they stand.

The tree of lxml forgets where things stood in the file. Here expat reads the document once more
and keeps the byte offsets (in UTF-8), so that tags can be put in without touching anything else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from xml.parsers import expat

from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE

_START_TAG = re.compile(rb"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_END_TAG = re.compile(rb"</[^>]*>")
_RAW_NAME = re.compile(rb"<([^\s/>]+)")
_REFERENCE = re.compile(rb"&[^;]*;")
_PIECE = re.compile(rb"&[^;]*;|\r\n?|[^&\r]+")
_LITERAL_PIECE = re.compile(rb"\r\n?|[^\r]+")
_ENTITY = b"<!ENTITY"
_AMPERSAND, _RETURN, _SLASH = b"&\r/"
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
CDATA = "#cdata"
_STRETCH = 1 << 10
_CONTINUATION = bytes(range(0x80, 0xC0))


@dataclass(eq=False, slots=True)
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
        found: list[Element] = []
        pending = [self]
        while pending:
            element = pending.pop()
            found.append(element)
            pending += reversed(element.elements())
        return found

    def elements_between(self, start: int, end: int) -> Iterator[Element]:
        """Yield the child elements from one byte offset to another."""
        first = bisect_left(self.children, start, key=lambda child: child.start)
        for index in range(first, len(self.children)):
            child = self.children[index]
            if child.start >= end:
                return
            if isinstance(child, Element) and child.end <= end:
                yield child


@dataclass(eq=False, slots=True)
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
        self.root = _read(content, self.runs)
        self._firsts = [run.first for run in self.runs]
        self.text = "".join(run.text for run in self.runs)
        self.elements = self.root.descendants()
        self._characters: list[int] = []

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

    def characters_before(self, offset: int) -> int:
        """Return how many characters of the file stand before a byte offset."""
        if not self._characters:
            starts = range(0, len(self.content), _STRETCH)
            counts = (_characters(self.content[at : at + _STRETCH]) for at in starts)
            self._characters = [0, *accumulate(counts)]
        stretch = offset // _STRETCH
        return self._characters[stretch] + _characters(self.content[stretch * _STRETCH : offset])

    def text_of(self, element: Element) -> str:
        """Return the text in an element."""
        return self.text[element.first : element.last]

    def prefix_at(self, element: Element) -> str:
        """Return the namespace prefix of an element as written, with its colon."""
        raw = _RAW_NAME.match(self.content, element.start)
        name = raw[1].decode() if raw else ""
        return name[: name.index(":") + 1] if ":" in name else ""


class _Unclear(Exception):  # noqa: N818 (no error: the document is then read piece by piece)
    """Text as it came cannot be told from text as it stands in the file."""


def _read(content: bytes, runs: list[TextRun]) -> Element:
    """Read a document, and put its text into ``runs``."""
    if _ENTITY not in content:
        try:
            return _Reader(content, runs).read()
        except _Unclear:
            runs.clear()
    return _PieceReader(content, runs).read()


class _Reader:
    """The handlers of one expat run, which get all text between two tags at once."""

    in_pieces = False

    def __init__(self, content: bytes, runs: list[TextRun]) -> None:
        self._content = content
        self._runs = runs
        self._count = 0
        self._open: list[Element] = []
        self._root: Element | None = None
        self._names: dict[str, str] = {}
        self._text_start = 0
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = not self.in_pieces
        if not self.in_pieces:
            parser.buffer_size = len(content) + 1
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = self._start_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        self._parser = parser

    def read(self) -> Element:
        self._parser.Parse(self._content, True)
        if self._root is None:
            raise ValueError("a document has a root element")
        return self._root

    def _start(self, name: str, attributes: list[str]) -> None:
        at = self._parser.CurrentByteIndex
        tag = _START_TAG.match(self._content, at)
        end = self._text_start = tag.end() if tag else at
        names = self._names
        known = {}
        for index in range(0, len(attributes), 2):
            attribute = attributes[index]
            if " " in attribute:
                attribute = _attribute_name(attribute)
            known[attribute] = attributes[index + 1]
        self._push(
            Element(
                names.get(name) or names.setdefault(name, _element_name(name)),
                known,
                self._open[-1] if self._open else None,
                at,
                end,
                self._count,
                in_source=tag is not None,
                empty=tag is not None and self._content[end - 2] == _SLASH,
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
        element.content_end = at
        element.end = self._text_start = tag.end() if tag else at

    def _comment(self, _text: str) -> None:
        at = self._parser.CurrentByteIndex
        self._text_start = self._content.index(b"-->", at) + len(b"-->")

    def _instruction(self, _target: str, _text: str) -> None:
        at = self._parser.CurrentByteIndex
        self._text_start = self._content.index(b"?>", at) + len(b"?>")

    def _characters(self, text: str) -> None:
        start = self._text_start
        parent = self._open[-1]
        is_literal = parent.name == CDATA
        end = self._content.find(b"]]>" if is_literal else b"<", start)
        written = self._content[start:end]
        if written == text.encode():
            self._add_plain(text, parent, start)
            return
        read = 0
        for piece in (_LITERAL_PIECE if is_literal else _PIECE).finditer(written):
            at, stop = start + piece.start(), start + piece.end()
            if piece[0][0] == _AMPERSAND and not is_literal:
                said = _referred(piece[0])
                if said:
                    self._add(TextRun(self._count, said, parent, at, stop, True))
            elif piece[0][0] == _RETURN:
                said = "\n"
                self._add(TextRun(self._count, said, parent, at, stop, True))
            else:
                said = piece[0].decode()
                self._add_plain(said, parent, at)
            if not text.startswith(said, read):
                raise _Unclear
            read += len(said)
        if read != len(text):
            raise _Unclear

    def _add_plain(self, text: str, parent: Element, start: int) -> None:
        # A place in a run is counted from its start, so runs are short.
        for at in range(0, len(text), _STRETCH):
            piece = text[at : at + _STRETCH]
            end = start + (len(piece) if piece.isascii() else len(piece.encode()))
            self._add(TextRun(self._count, piece, parent, start, end, False))
            start = end

    def _add(self, run: TextRun) -> None:
        self._runs.append(run)
        run.parent.children.append(run)
        self._count += len(run.text)

    def _start_cdata(self) -> None:
        at = self._parser.CurrentByteIndex
        in_source = self._content.startswith(b"<![CDATA[", at)
        content_start = self._text_start = at + len(b"<![CDATA[") if in_source else at
        parent = self._open[-1]
        self._push(Element(CDATA, {}, parent, at, content_start, self._count, in_source, False))

    def _end_cdata(self) -> None:
        section = self._open.pop()
        section.last = self._count
        section.content_end = section.end = section.content_start
        if section.in_source:
            section.content_end = self._content.index(b"]]>", section.content_start)
            section.end = self._text_start = section.content_end + len(b"]]>")


class _PieceReader(_Reader):
    """The handlers of one expat run, which get text piece by piece, as entities may give it."""

    in_pieces = True

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
            end = start
            atom = False
        if atom:
            self._add(TextRun(self._count, text, parent, start, end, atom))
        else:
            self._add_plain(text, parent, start)


def _referred(reference: bytes) -> str:
    """Return what a reference to a character stands for; nothing for an unknown entity."""
    name = reference[1:-1].decode()
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _PREDEFINED.get(name, "")


def _characters(utf8: bytes) -> int:
    """Return how many characters begin in these bytes."""
    return len(utf8.translate(None, _CONTINUATION))


def _element_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return local if namespace == TEI_NAMESPACE else f"{{{namespace}}}{local}"


def _attribute_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if not namespace:
        return local
    return f"xml:{local}" if namespace == XML_NAMESPACE else f"{{{namespace}}}{local}"
