"""A document as its source: every character of its text, every tag, and where they stand.

The tree of lxml forgets where things stood in the file. Here a document is read with the byte
offsets (in UTF-8), so that tags can be put in without touching anything else. Whether it is
well-formed is for expat to say; one without entities is then read by its tags alone, most of which
are known already.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from xml.parsers import expat

from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE

_MARKUP = re.compile(
    rb"""(<(?:[^!?][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*|!--.*?--|\?.*?\?"""
    rb"""|!\[CDATA\[.*?\]\]|!DOCTYPE[^\[>"']*(?:"[^"]*"[^\[>"']*|'[^']*'[^\[>"']*)*)>)""",
    re.DOTALL,
)
_WITH_SUBSET = re.compile(rb"""<!DOCTYPE[^\[>"']*(?:"[^"]*"[^\[>"']*|'[^']*'[^\[>"']*)*\[""")
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALUE_PIECE = re.compile(r"&[^;]*;|\r\n?|[\t\n]")
_START_TAG = re.compile(rb"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_END_TAG = re.compile(rb"</[^>]*>")
_RAW_NAME = re.compile(rb"<([^\s/>]+)")
_REFERENCE = re.compile(rb"&[^;]*;")
_PIECE = re.compile(rb"&[^;]*;|\r\n?|[^&\r]+")
_LITERAL_PIECE = re.compile(rb"\r\n?|[^\r]+")
_AMPERSAND, _RETURN, _SLASH, _QUESTION, _EXCLAMATION = b"&\r/?!"
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
CDATA = "#cdata"
_CDATA_START, _CDATA_END = b"<![CDATA[", b"]]>"
_STRETCH = 1 << 10
_CONTINUATION = bytes(range(0x80, 0xC0))


class _Tag:
    """What a start tag, or the tag of an empty element, says.

    ``name`` is the local name of a TEI element; other elements have their name in Clark notation.
    ``inside`` are the namespaces in the element, if it declares any.
    """

    __slots__ = ("_attributes", "_namespaces", "empty", "inside", "markup", "name")

    def __init__(
        self,
        markup: bytes,
        name: str,
        namespaces: Mapping[str, str],
        inside: _Namespaces | None = None,
        attributes: dict[str, str] | None = None,
    ) -> None:
        self.markup = markup
        self.name = name
        self.empty = markup[-2:-1] == b"/"
        self.inside = inside
        self._namespaces = namespaces
        self._attributes = attributes

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names; those of most tags are never asked for.

        Raises:
            _Unclear: an attribute has a reference to an entity.
        """
        if self._attributes is None:
            written = _written_attributes(self.markup)
            self._attributes = {
                _attribute_name(name, self._namespaces): value
                for name, value in written.items()
                if not _is_declaration(name)
            }
        return self._attributes


class Element:
    """An element (or a CDATA section) in the source.

    ``name`` is the local name of a TEI element; other elements have their name in Clark notation.
    ``start`` and ``end`` are byte offsets of the element, ``content_start`` and ``content_end`` of
    what is between its tags; ``first`` and ``last`` count characters of the document's text
    (``last`` is exclusive). An element that comes out of an entity is not ``in_source``.
    """

    __slots__ = (
        "children",
        "content_end",
        "content_start",
        "empty",
        "end",
        "first",
        "in_source",
        "last",
        "name",
        "parent",
        "start",
        "tag",
    )

    def __init__(
        self,
        tag: _Tag,
        parent: Element | None,
        start: int,
        content_start: int,
        first: int,
        in_source: bool = True,
    ) -> None:
        self.tag = tag
        self.name = tag.name
        self.empty = tag.empty
        self.parent = parent
        self.start = start
        self.content_start = self.content_end = self.end = content_start
        self.first = self.last = first
        self.in_source = in_source
        self.children: list[Element | TextRun] = []

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names; those of other namespaces in Clark notation."""
        return self.tag.attributes

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


_SECTION = _Tag(b"", CDATA, {}, attributes={})


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
        read = _read(content)
        self.runs, self.elements = read.runs, read.elements
        self.root = self.elements[0]
        self._firsts = [run.first for run in self.runs]
        self.text = "".join(run.text for run in self.runs)
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

    def elements_with(self, attribute: str) -> list[Element]:
        """Return the elements that have an attribute."""
        written = attribute.encode()
        possible = [element for element in self.elements if written in element.tag.markup]
        return [element for element in possible if attribute in element.attributes]

    def element_with_id(self, identifier: str) -> Element | None:
        """Return the element that has this ``xml:id``."""
        if identifier.encode() not in self.content and b"&#" not in self.content:
            return None
        identified = self.elements_with("xml:id")
        return next((e for e in identified if e.attributes["xml:id"] == identifier), None)

    def elements_named(self, names: Collection[str]) -> list[Element]:
        """Return the elements with one of these names."""
        return [element for element in self.elements if element.name in names]

    def text_of(self, element: Element) -> str:
        """Return the text in an element."""
        return self.text[element.first : element.last]

    def prefix_at(self, element: Element) -> str:
        """Return the namespace prefix of an element as written, with its colon."""
        raw = _RAW_NAME.match(self.content, element.start)
        name = raw[1].decode() if raw else ""
        return name[: name.index(":") + 1] if ":" in name else ""


class _Unclear(Exception):  # noqa: N818 (no error: the document is then read piece by piece)
    """The document may have entities, and attributes that it does not write."""


@dataclass(slots=True)
class _Read:
    """A document as far as it has been read: its runs, its elements, and how long its text is."""

    runs: list[TextRun] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    count: int = 0

    def add_element(self, element: Element) -> None:
        """Add an element, or a CDATA section."""
        self.elements.append(element)
        if element.parent is not None:
            element.parent.children.append(element)

    def add(self, text: str, parent: Element, start: int, end: int, *, atom: bool) -> None:
        """Add a run."""
        run = TextRun(self.count, text, parent, start, end, atom)
        self.runs.append(run)
        parent.children.append(run)
        self.count += len(text)

    def add_plain(self, text: str, parent: Element, start: int) -> None:
        """Add a text that stands in the file as it is read."""
        # A place in a run is counted from its start, so runs are short.
        for at in range(0, len(text), _STRETCH):
            piece = text[at : at + _STRETCH]
            end = start + (len(piece) if piece.isascii() else len(piece.encode()))
            self.add(piece, parent, start, end, atom=False)
            start = end

    def add_written(self, written: bytes, parent: Element, start: int, *, literal: bool) -> None:
        """Add a text that has references, unless it is ``literal``, or line ends of other systems.

        Raises:
            _Unclear: a reference is to an entity.
        """
        for piece in (_LITERAL_PIECE if literal else _PIECE).finditer(written):
            at, end = start + piece.start(), start + piece.end()
            if piece[0][0] == _AMPERSAND and not literal:
                self.add(_referred(piece[0].decode()), parent, at, end, atom=True)
            elif piece[0][0] == _RETURN:
                self.add("\n", parent, at, end, atom=True)
            else:
                self.add_plain(piece[0].decode(), parent, at)

    def add_section(self, written: bytes, parent: Element, start: int) -> None:
        """Add a CDATA section."""
        first, beyond = start + len(_CDATA_START), start + len(written)
        section = Element(_SECTION, parent, start, first, self.count)
        self.add_element(section)
        section.content_end, section.end = beyond - len(_CDATA_END), beyond
        text = written[len(_CDATA_START) : -len(_CDATA_END)]
        self.add_written(text, section, first, literal=True)
        section.last = self.count


def _read(content: bytes) -> _Read:
    """Read a document.

    Raises:
        ExpatError: it is not well-formed.
    """
    expat.ParserCreate("utf-8", namespace_separator=" ").Parse(content, True)
    if not _WITH_SUBSET.search(content):
        try:
            return _read_by_tags(content)
        except _Unclear:
            pass
    return _PieceReader(content).read()


def _read_by_tags(content: bytes) -> _Read:
    """Read a document that is known to be well-formed.

    Raises:
        _Unclear: it has references to entities.
    """
    read = _Read()
    has_signs = b"&" in content or b"\r" in content
    scope = _Namespaces({"xml": XML_NAMESPACE})
    outer: list[tuple[Element, _Namespaces]] = []
    parent: Element | None = None
    at = 0
    pieces = iter(_MARKUP.split(content))
    # Behind the last markup there is no text.
    for written, markup in zip(pieces, pieces, strict=False):
        start = at + len(written)
        if written and parent is not None:
            if has_signs and (b"&" in written or b"\r" in written):
                read.add_written(written, parent, at, literal=False)
            elif len(written) > _STRETCH:
                read.add_plain(written.decode(), parent, at)
            else:
                read.add(written.decode(), parent, at, start, atom=False)
        at = start + len(markup)
        sign = markup[1]
        if sign == _SLASH and parent is not None:
            parent.content_end, parent.end, parent.last = start, at, read.count
            if outer and outer[-1][0] is parent:
                scope = outer.pop()[1]
            parent = parent.parent
        elif sign == _EXCLAMATION:
            if parent is not None and markup.startswith(_CDATA_START):
                read.add_section(markup, parent, start)
        elif sign != _QUESTION:
            tag = scope.tags.get(markup) or scope.read(markup)
            element = Element(tag, parent, start, at, read.count)
            read.add_element(element)
            if tag.empty:
                continue
            if tag.inside is not None:
                outer.append((element, scope))
                scope = tag.inside
            parent = element
    return read


class _Namespaces:
    """Namespaces by their prefixes, and the tags read where they hold: most stand there often."""

    def __init__(self, by_prefix: Mapping[str, str]) -> None:
        self._by_prefix = by_prefix
        self._names: dict[bytes, str] = {}
        self.tags: dict[bytes, _Tag] = {}

    def read(self, markup: bytes) -> _Tag:
        """Read a tag.

        Raises:
            _Unclear: an attribute has a reference to an entity.
        """
        inside = self._inside(markup) if b"xmlns" in markup else None
        known = inside or self
        tag = _Tag(markup, known.name_in(markup), known._by_prefix, inside)
        if b"&" in markup:
            _ = tag.attributes
        self.tags[markup] = tag
        return tag

    def name_in(self, markup: bytes) -> str:
        """Return the name of the element that a tag begins."""
        raw = _RAW_NAME.match(markup)
        written = raw[1] if raw else b""
        name = self._names.get(written)
        if name is None:
            prefix, _, local = written.decode().rpartition(":")
            name = _element_name(self._by_prefix.get(prefix, ""), local)
            self._names[written] = name
        return name

    def _inside(self, markup: bytes) -> _Namespaces:
        declared = {
            name.partition(":")[2]: value
            for name, value in _written_attributes(markup).items()
            if _is_declaration(name)
        }
        return _Namespaces({**self._by_prefix, **declared})


def _written_attributes(markup: bytes) -> dict[str, str]:
    """Return the attributes in a tag by their names as they are written.

    Raises:
        _Unclear: an attribute has a reference to an entity.
    """
    return {
        name.decode(): _value_of((one or other).decode())
        for name, one, other in _ATTRIBUTE.findall(markup)
    }


def _is_declaration(attribute: str) -> bool:
    return attribute == "xmlns" or attribute.startswith("xmlns:")


def _value_of(written: str) -> str:
    """Return the value of an attribute (XML 1.0, 3.3.3).

    Raises:
        _Unclear: it has a reference to an entity.
    """
    return _VALUE_PIECE.sub(
        lambda match: _referred(match[0]) if match[0][0] == "&" else " ", written
    )


class _PieceReader:
    """The handlers of one expat run, which get the text piece by piece, as entities give it."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._read = _Read()
        self._open: list[Element] = []
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = self._start_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        self._parser = parser

    def read(self) -> _Read:
        """Read the document."""
        self._parser.Parse(self._content, True)
        return self._read

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        tag = _START_TAG.match(self._content, at)
        end = tag.end() if tag else at
        given = {_written_name(name): value for name, value in attributes.items()}
        written = tag[0] if tag else b""
        # Attributes that a document type declares are given, too, and stand in no tag.
        markup = b" ".join((*(name.encode() for name in given), written))
        said = _Tag(markup, _element_name(*_namespace_and_local(name)), {}, attributes=given)
        parent = self._open[-1] if self._open else None
        self._push(Element(said, parent, at, end, self._read.count, tag is not None))

    def _push(self, element: Element) -> None:
        self._read.add_element(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        element.last = self._read.count
        if element.empty or not element.in_source:
            element.content_end = element.end = element.content_start
            return
        at = self._parser.CurrentByteIndex
        tag = _END_TAG.match(self._content, at)
        element.content_end = at
        element.end = tag.end() if tag else at

    def _characters(self, text: str) -> None:
        parent = self._open[-1]
        start = self._parser.CurrentByteIndex
        literal = parent.name == CDATA and parent.in_source
        reference = None if literal else _REFERENCE.match(self._content, start)
        if reference:
            self._read.add(text, parent, start, reference.end(), atom=True)
        elif text == "\n":
            length = 2 if self._content[start : start + 2] == b"\r\n" else 1
            self._read.add(text, parent, start, start + length, atom=True)
        else:
            self._read.add_plain(text, parent, start)

    def _start_cdata(self) -> None:
        at = self._parser.CurrentByteIndex
        in_source = self._content.startswith(_CDATA_START, at)
        first = at + len(_CDATA_START) if in_source else at
        parent = self._open[-1]
        self._push(Element(_SECTION, parent, at, first, self._read.count, in_source))

    def _end_cdata(self) -> None:
        section = self._open.pop()
        section.last = self._read.count
        section.content_end = section.end = section.content_start
        if section.in_source:
            section.content_end = self._content.index(_CDATA_END, section.content_start)
            section.end = section.content_end + len(_CDATA_END)


def _referred(reference: str) -> str:
    """Return what a reference to a character stands for.

    Raises:
        _Unclear: it is a reference to an entity.
    """
    name = reference[1:-1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    if name.startswith("#"):
        return chr(int(name[1:]))
    if name not in _PREDEFINED:
        raise _Unclear
    return _PREDEFINED[name]


def _characters(utf8: bytes) -> int:
    """Return how many characters begin in these bytes."""
    return len(utf8.translate(None, _CONTINUATION))


def _element_name(namespace: str, local: str) -> str:
    return local if namespace == TEI_NAMESPACE else f"{{{namespace}}}{local}"


def _attribute_name(written: str, namespaces: Mapping[str, str]) -> str:
    prefix, _, local = written.rpartition(":")
    return written if not prefix or prefix == "xml" else f"{{{namespaces[prefix]}}}{local}"


def _namespace_and_local(name: str) -> tuple[str, str]:
    """Return the parts of a name as expat gives it."""
    namespace, _, local = name.rpartition(" ")
    return namespace, local


def _written_name(attribute: str) -> str:
    """Return the name of an attribute as expat gives it, as elements have it."""
    namespace, local = _namespace_and_local(attribute)
    if not namespace:
        return local
    return f"xml:{local}" if namespace == XML_NAMESPACE else f"{{{namespace}}}{local}"
