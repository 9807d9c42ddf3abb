"""Where elements, attributes and texts of a parsed document stand in its file: line and column.

libxml2 keeps lines only, and right ones only up to line 65,535. A second pass with expat, made when
a position is first asked for, finds every element's place.
"""

from __future__ import annotations

import re
import weakref
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers import expat

from toolkit.diagnostics import Position
from toolkit.expressions import expression
from toolkit.tei.names import XML_NAMESPACE
from toolkit.tei.parse import ParsedDocument, of_document

if TYPE_CHECKING:
    from lxml import etree

_START_TAG = expression(r"""<(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_OPENING = expression(r"<[^\s/>]+")
_ATTRIBUTE = expression(r"""\s+([^\s=<>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_END_TAG = expression(r"</[^>]*>")
_NO_TEXT = expression(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!\[CDATA\[\s*)*", re.DOTALL)
_LINE_END = expression(r"\r\n?|\n")
_LINE_END_IN_BYTES = expression(rb"\r\n?|\n")
_BYTES_END: Callable[[re.Match[bytes]], int] = re.Match.end
_CONTINUATION = bytes(range(0x80, 0xC0))
_WITHIN = frozenset(bytes([byte]) for byte in _CONTINUATION)
_BLOCK = 1 << 12
_SHORT = 1 << 10
_LONGEST_TAG = 1 << 24


class Positions:
    """The places of one document's nodes; made by :func:`positions`."""

    def __init__(self, document: ParsedDocument) -> None:
        # It remembers these positions, and would never be freed if they held it.
        self._document: ParsedDocument = weakref.proxy(document)
        self._starts, self._sizes = self._scanned()
        self._numbers: dict[etree._Element, int] = {}
        # The attributes of the element that was asked about last.
        self._written: tuple[int, dict[str, Position]] = (-1, {})

    @cached_property
    def exact(self) -> bool:
        """Whether columns are known: not so in encodings that only libxml2 can read."""
        # With entities that hold elements the two parsers may count differently.
        return self._document.root.xpath("count(//*)") == float(len(self._starts))

    def _number(self, element: etree._Element) -> int | None:
        """Return the number of an element in document order, from 0; None if it is not known.

        Those of its siblings are noted too, and those of no others: that would fill memory.
        """
        if not self.exact:
            return None
        if element not in self._numbers:
            parent = element.getparent()
            if parent is None:
                return 0 if element is self._document.root else None
            of_parent = self._number(parent)
            if of_parent is None:
                return None
            number = of_parent + 1
            for child in parent.iterchildren("{*}*"):
                self._numbers[child] = number
                number += self._sizes[number]
        return self._numbers.get(element)

    def element(self, element: etree._Element) -> Position:
        """Return the place of the ``<`` of the element's start tag."""
        index = self._number(element)
        if index is None:
            line = element.sourceline
            return Position(self._document.file, line if isinstance(line, int) and line > 0 else 1)
        return self._place(index)

    def offset(self, element: etree._Element) -> int:
        """Return the byte at which the element's start tag begins, in UTF-8; 0 if not known."""
        index = self._number(element)
        return 0 if index is None else self._starts[index]

    def offset_of(self, line: int, column: int) -> int:
        """Return the byte at which a place is, in UTF-8."""
        return self._source_lines.offset(line, column)

    def attribute(self, element: etree._Element, name: str) -> Position:
        """Return the place of the attribute ``name`` (in Clark notation), or of its element."""
        index = self._number(element)
        return self.element(element) if index is None else self.attribute_of(index, name)

    def attribute_of(self, number: int, name: str) -> Position:
        """Return the place of an attribute of the element with this number (see :func:`elements`).

        Where the attribute is not found, that is the place of the element.
        """
        if number >= len(self._starts):
            return Position(self._document.file)
        if self._written[0] != number:
            self._written = number, self._attributes(number)
        exact = self._written[1].get(_name_as_written(name))
        return exact or self._place(number)

    def _attributes(self, number: int) -> dict[str, Position]:
        """Return the places of all attributes of an element, by :func:`_name_as_written`."""
        tag = self._tag(self._starts[number])
        opening = _OPENING.match(tag)
        found: dict[str, Position] = {}
        line, column = self._source_lines.place(self._starts[number])
        end = 0
        attribute = _ATTRIBUTE.match(tag, opening.end()) if opening else None
        while attribute:
            ends = [each.end() for each in _LINE_END.finditer(tag, end, attribute.start(1))]
            line += len(ends)
            column = (1 - ends[-1] if ends else column - end) + attribute.start(1)
            end = attribute.start(1)
            place = Position(self._document.file, line, column)
            for written in _ways_to_ask_for(attribute[1]):
                found.setdefault(written, place)
            attribute = _ATTRIBUTE.match(tag, attribute.end())
        return found

    def elements_within(self, place: Position) -> tuple[Position, Position] | None:
        """Return the places of the first and the last element in the one that begins at ``place``.

        None if no element begins there, or if it holds none.
        """
        start = self.offset_of(place.line, place.column)
        index = bisect_left(self._starts, start)
        if index == len(self._starts) or self._starts[index] != start:
            return None
        beyond = index + 1
        while beyond < len(self._starts) and self._starts[beyond] < self._ends[index]:
            beyond += 1
        return None if beyond == index + 1 else (self._place(index + 1), self._place(beyond - 1))

    def text(self, element: etree._Element, after: etree._Element | None = None) -> Position:
        """Return the place of the first visible character of a text.

        It is the text at the start of ``element``, or that which follows its child ``after``.
        """
        index = self._number(element if after is None else after)
        if index is None:
            return self.element(element)
        start, end = self._starts[index], self._ends[index]
        tag = self._tag(start)
        if after is not None and end != start:
            before = self._document.utf8[start:end].decode()
            closing = _END_TAG.match(self._source(end, _SHORT))
            tag = before + (closing[0] if closing else "")
        return self._after(index, tag + self._blank(start + len(tag.encode())))

    def _place(self, index: int) -> Position:
        return Position(self._document.file, *self._source_lines.place(self._starts[index]))

    @cached_property
    def _source_lines(self) -> _Lines:
        return _Lines(self._document.utf8)

    def _scanned(self) -> tuple[array[int], array[int]]:
        """Return the bytes at which elements begin, and how many elements are in each, with it."""
        scanner = expat.ParserCreate("utf-8")
        starts, sizes = array("q"), array("q")
        begin, number = starts.append, sizes.append
        open_elements: list[int] = []
        push, pop = open_elements.append, open_elements.pop

        def on_start(_name: str, _attributes: list[str]) -> None:
            push(len(sizes))
            begin(scanner.CurrentByteIndex)
            number(1)

        def on_end(_name: str) -> None:
            opened = pop()
            sizes[opened] = len(sizes) - opened

        scanner.ordered_attributes = True
        scanner.StartElementHandler = on_start
        scanner.EndElementHandler = on_end
        try:
            scanner.Parse(self._document.utf8, True)
        except expat.ExpatError:
            # What only libxml2 reads: its lines have to do.
            return array("q"), array("q")
        return starts, sizes

    @cached_property
    def _ends(self) -> array[int]:
        """The bytes at which the end tags of elements begin, asked for by few."""
        scanner = expat.ParserCreate("utf-8")
        ends = array("q")
        open_elements: list[int] = []

        def on_start(_name: str, _attributes: list[str]) -> None:
            open_elements.append(len(ends))
            ends.append(0)

        def on_end(_name: str) -> None:
            ends[open_elements.pop()] = scanner.CurrentByteIndex

        scanner.ordered_attributes = True
        scanner.StartElementHandler = on_start
        scanner.EndElementHandler = on_end
        scanner.Parse(self._document.utf8, True)
        return ends

    def _tag(self, start: int) -> str:
        """Return the start tag that begins at this byte."""
        for length in (_SHORT, _LONGEST_TAG):
            tag = _START_TAG.match(self._source(start, length))
            if tag:
                return tag[0]
        return ""

    def _blank(self, start: int) -> str:
        """Return what stands at this byte before the next visible character."""
        source = self._source(start, _SHORT)
        blank = _leading_blank(source)
        rest = source[len(blank) :]
        if len(rest) < 2 or rest.startswith(("<!", "<?")):
            # It may go on beyond what was looked at.
            return _leading_blank(self._source(start, _LONGEST_TAG))
        return blank

    def _source(self, start: int, length: int) -> str:
        return self._document.utf8[start : start + length].decode(errors="replace")

    def _after(self, index: int, source: str) -> Position:
        """Return the place behind ``source``, which begins where the element ``index`` does."""
        line, column = self._source_lines.place(self._starts[index])
        ends = list(_LINE_END.finditer(source))
        if ends:
            line, column = line + len(ends), 1
            source = source[ends[-1].end() :]
        return Position(self._document.file, line, column + len(source))


class _Lines:
    """Lines and columns of bytes in UTF-8, however long the lines are."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._starts = array("q", [0, *map(_BYTES_END, _LINE_END_IN_BYTES.finditer(content))])
        self._characters = array("q", self._counted())

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of a byte, both counted from 1."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        return line, self._before(offset) - self._before(start) + 1

    def offset(self, line: int, column: int) -> int:
        """Return the byte of a place, at most that of the end of the document."""
        wanted = self._before(self._starts[min(line, len(self._starts)) - 1]) + column - 1
        block = max(0, bisect_left(self._characters, wanted) - 1)
        start = block * _BLOCK
        # A character may have begun in the block before.
        while self._content[start : start + 1] in _WITHIN:
            start += 1
        text = self._content[start : start + 2 * _BLOCK].decode(errors="replace")
        return start + len(text[: wanted - self._characters[block]].encode())

    def _counted(self) -> Iterator[int]:
        """Yield how many characters begin before each block, and before the end."""
        count = 0
        for start in range(0, len(self._content), _BLOCK):
            yield count
            count += _characters_in(self._content[start : start + _BLOCK])
        yield count

    def _before(self, offset: int) -> int:
        block = offset // _BLOCK
        return self._characters[block] + _characters_in(self._content[block * _BLOCK : offset])


def _characters_in(content: bytes) -> int:
    """Return how many characters begin in bytes of UTF-8."""
    return len(content.translate(None, _CONTINUATION))


@of_document
def elements(document: ParsedDocument) -> list[etree._Element]:
    """Return the elements of ``document`` in document order."""
    return list(document.root.iter("{*}*"))


@of_document
def positions(document: ParsedDocument) -> Positions:
    """Return the positions of the nodes of ``document``, which has to outlive them."""
    return Positions(document)


def _leading_blank(source: str) -> str:
    blank = _NO_TEXT.match(source)
    return blank[0] if blank else ""


def _name_as_written(name: str) -> str:
    """Return what an attribute (in Clark notation) is called in a tag; ``*`` is any prefix."""
    namespace, _, local = name.rpartition("}")
    if not namespace:
        return local
    return f"xml:{local}" if namespace == f"{{{XML_NAMESPACE}" else f"*:{local}"


def _ways_to_ask_for(written: str) -> tuple[str, ...]:
    prefix, _, local = written.rpartition(":")
    return (written, f"*:{local}") if prefix else (written,)
