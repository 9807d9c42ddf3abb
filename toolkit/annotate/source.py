"""A document as its source: every character of its text, every tag, and where they stand.

The tree of lxml forgets where things stood in the file. Here a document is read with the places of
everything in the file, so that tags can be put in without touching anything else. A place, called
an offset, counts the characters of the file. Whether it is well-formed is for expat to say; one
without entities is then read by its tags alone, most of which are known already.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from xml.parsers import expat

from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE

_MARKUP = re.compile(
    r"""(<(?:[^!?][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*|!--.*?--|\?.*?\?"""
    r"""|!\[CDATA\[.*?\]\]|!DOCTYPE[^\[>"']*(?:"[^"]*"[^\[>"']*|'[^']*'[^\[>"']*)*)>)""",
    re.DOTALL,
)
_WITH_SUBSET = re.compile(r"""<!DOCTYPE[^\[>"']*(?:"[^"]*"[^\[>"']*|'[^']*'[^\[>"']*)*\[""")
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALUE_PIECE = re.compile(r"&[^;]*;|\r\n?|[\t\n]")
_START_TAG = re.compile(r"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_END_TAG = re.compile(r"</[^>]*>")
_RAW_NAME = re.compile(r"<([^\s/>]+)")
_REFERENCE = re.compile(r"&[^;]*;")
_PIECE = re.compile(r"&[^;]*;|\r\n?|[^&\r]+")
_LITERAL_PIECE = re.compile(r"\r\n?|[^\r]+")
_NO_TEXT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
CDATA = "#cdata"
_CDATA_START, _CDATA_END = "<![CDATA[", "]]>"


class _Tag:
    """What a start tag, or the tag of an empty element, says.

    ``name`` is the local name of a TEI element; other elements have their name in Clark notation.
    ``inside`` are the namespaces in the element, if it declares any. The element of a tag that
    comes out of an entity is not ``in_source``. ``numbers`` are those of its elements.
    """

    __slots__ = (
        "_attributes",
        "_namespaces",
        "empty",
        "in_source",
        "inside",
        "markup",
        "name",
        "numbers",
    )

    def __init__(
        self,
        markup: str,
        name: str,
        namespaces: Mapping[str, str],
        inside: _Namespaces | None = None,
        attributes: dict[str, str] | None = None,
        in_source: bool = True,
    ) -> None:
        self.markup = markup
        self.name = name
        self.empty = markup[-2:-1] == "/"
        self.inside = inside
        self.in_source = in_source
        self.numbers: list[int] = []
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
    ``start`` and ``end`` are offsets of the element in the file, ``content_start`` and
    ``content_end`` of what is between its tags; ``first`` and ``last`` count characters of the
    document's text (``last`` is exclusive). Among all elements of the document it has the number
    ``index``, and those in it the numbers from there up to ``beyond``.
    """

    __slots__ = (
        "_all",
        "beyond",
        "content_end",
        "content_start",
        "end",
        "first",
        "index",
        "last",
        "name",
        "parent",
        "start",
        "tag",
    )

    content_end: int
    end: int
    last: int
    beyond: int

    def __init__(
        self,
        tag: _Tag,
        parent: Element | None,
        start: int,
        content_start: int,
        first: int,
        elements: list[Element],
    ) -> None:
        self.tag = tag
        self.name = tag.name
        self.parent = parent
        self.start = start
        self.content_start = content_start
        self.first = first
        self.index = len(elements)
        self._all = elements

    def close(self, content_end: int, end: int, last: int) -> None:
        """Say where it ends, once everything in it is read."""
        self.content_end = content_end
        self.end = end
        self.last = last
        self.beyond = len(self._all)

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names; those of other namespaces in Clark notation."""
        return self.tag.attributes

    @property
    def empty(self) -> bool:
        """Whether it is written as the tag of an empty element."""
        return self.tag.empty

    @property
    def in_source(self) -> bool:
        """Whether it stands in the file itself; else it comes out of an entity."""
        return self.tag.in_source

    @property
    def is_void(self) -> bool:
        """Whether it has neither text nor elements."""
        return self.first == self.last and self.beyond == self.index + 1

    @property
    def is_simple(self) -> bool:
        """Whether there are no elements in it."""
        return self.beyond == self.index + 1

    def elements(self) -> list[Element]:
        """Return the child elements."""
        return list(self._elements_from(self.index + 1))

    def descendants(self) -> list[Element]:
        """Return this element and all elements in it, in document order."""
        return self._all[self.index : self.beyond]

    def elements_between(self, start: int, end: int) -> Iterator[Element]:
        """Yield the child elements from one offset to another; no child lies across either."""
        at = bisect_left(self._all, start, self.index + 1, self.beyond, key=_START)
        for child in self._elements_from(at):
            if child.start >= end:
                return
            yield child

    def _elements_from(self, at: int) -> Iterator[Element]:
        every, beyond = self._all, self.beyond
        while at < beyond:
            child = every[at]
            yield child
            at = child.beyond


_FIRST = attrgetter("first")
_START = attrgetter("start")
_INDEX = attrgetter("index")


class Source:
    """The source of one document, given in UTF-8: its file, its elements and its text."""

    def __init__(self, content: bytes) -> None:
        expat.ParserCreate("utf-8", namespace_separator=" ").Parse(content, True)
        self.content = content.decode()
        self._read = _read(self.content)
        self.elements = self._read.elements
        self.root = self.elements[0]
        self.text = "".join(self._read.texts)
        self._firsts = [0, *accumulate(map(len, self._read.texts))]
        """The numbers of the first characters of the runs, and of what comes after the last."""

    def release(self) -> None:
        """Let go of the elements: nothing may be asked of it, or of them, any more.

        They know each other, so that else the collector has to look through all of them.
        """
        self._read.elements.clear()
        self._read.tags.clear()

    def element_at(self, index: int) -> Element:
        """Return the innermost element that holds the character ``index`` of the text."""
        at = bisect_right(self.elements, index, key=_FIRST) - 1
        element = self.elements[at]
        while element.last <= index and element.parent is not None:
            element = element.parent
        return element

    def _run_at(self, index: int) -> int:
        return bisect_right(self._firsts, index) - 1

    def start_of(self, index: int) -> int | None:
        """Return the offset before the character; None if it is inside an atom."""
        read, run = self._read, self._run_at(index)
        if run not in read.atoms:
            return read.starts[run] + index - self._firsts[run]
        is_first = index == self._firsts[run]
        return read.starts[run] if is_first and not read.shares_start(run - 1, run) else None

    def end_of(self, index: int) -> int | None:
        """Return the offset after the character; None if it is inside an atom."""
        read, run = self._read, self._run_at(index)
        if run not in read.atoms:
            return read.starts[run] + index + 1 - self._firsts[run]
        is_last = index + 1 == self._firsts[run + 1]
        return read.atoms[run] if is_last and not read.shares_start(run, run + 1) else None

    def offset_near(self, index: int) -> int:
        """Return the offset before the character, or before the atom that it is in."""
        start = self.start_of(index)
        return self._read.starts[self._run_at(index)] if start is None else start

    def text_between(self, start: int, end: int) -> str:
        """Return the text of the document from one offset to another."""
        return self.text[self.count_before(start) : self.count_before(end)]

    def count_before(self, offset: int) -> int:
        """Return how many characters of the text stand before an offset, atoms as a whole."""
        read = self._read
        run = bisect_left(read.starts, offset) - 1
        if run < 0:
            return 0
        beyond = self._firsts[run + 1]
        if run in read.atoms:
            return beyond
        return min(beyond, self._firsts[run] + offset - read.starts[run])

    def space_before(self, element: Element) -> str:
        """Return the white space of the file before an element, if no text stands with it."""
        parent = element.parent
        if parent is None:
            return ""
        start = max((e.end for e in parent.elements() if e.index < element.index), default=None)
        start = parent.content_start if start is None else start
        space = _NO_TEXT.sub("", self.content[start : element.start])
        return "" if space.strip() else space

    def elements_with(self, attribute: str) -> list[Element]:
        """Return the elements that have an attribute."""
        found = [
            number
            for tag in self._read.tags
            if attribute in tag.markup and attribute in tag.attributes
            for number in tag.numbers
        ]
        return [self.elements[number] for number in sorted(found)]

    def element_with_id(self, identifier: str) -> Element | None:
        """Return the element that has this ``xml:id``."""
        if identifier not in self.content and "&#" not in self.content:
            return None
        identified = self.elements_with("xml:id")
        return next((e for e in identified if e.attributes["xml:id"] == identifier), None)

    def elements_named(self, names: Collection[str]) -> list[Element]:
        """Return the elements with one of these names."""
        found = [element for name in names for element in self._by_name.get(name, ())]
        return sorted(found, key=_INDEX) if len(names) > 1 else found

    @cached_property
    def _by_name(self) -> Mapping[str, list[Element]]:
        by_name: dict[str, list[Element]] = {}
        for element in self.elements:
            by_name.setdefault(element.name, []).append(element)
        return by_name

    def text_of(self, element: Element) -> str:
        """Return the text in an element."""
        return self.text[element.first : element.last]

    def prefix_at(self, element: Element) -> str:
        """Return the namespace prefix of an element as written, with its colon."""
        raw = _RAW_NAME.match(self.content, element.start)
        name = raw[1] if raw else ""
        return name[: name.index(":") + 1] if ":" in name else ""


class _Unclear(Exception):  # noqa: N818 (no error: the document is then read piece by piece)
    """The document may have entities, and attributes that it does not write."""


@dataclass(slots=True)
class _Read:
    """A document as far as it has been read: its elements, and the runs of its text.

    Characters that stand together in the file are a run: ``starts`` are the offsets of runs,
    ``texts`` what they are. An atom cannot be divided there (a reference); ``atoms`` has the
    offsets behind these, by the numbers of the runs. ``count`` is the length of the text.
    """

    elements: list[Element] = field(default_factory=list)
    tags: list[_Tag] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    atoms: dict[int, int] = field(default_factory=dict)
    count: int = 0

    def shares_start(self, run: int, other: int) -> bool:
        """Tell whether two runs, if both are there, come out of one entity."""
        return run >= 0 and other < len(self.starts) and self.starts[run] == self.starts[other]

    def add_element(self, tag: _Tag, parent: Element | None, start: int, inside: int) -> Element:
        """Add an element, or a CDATA section, whose content begins at the offset ``inside``."""
        element = Element(tag, parent, start, inside, self.count, self.elements)
        self.elements.append(element)
        tag.numbers.append(element.index)
        return element

    def add(self, text: str, start: int) -> None:
        """Add a run that stands in the file as it is read."""
        self.starts.append(start)
        self.texts.append(text)
        self.count += len(text)

    def add_atom(self, text: str, start: int, end: int) -> None:
        """Add a run that cannot be divided."""
        self.atoms[len(self.starts)] = end
        self.add(text, start)

    def add_written(self, written: str, start: int, *, literal: bool) -> None:
        """Add a text that has references, unless it is ``literal``, or line ends of other systems.

        Raises:
            _Unclear: a reference is to an entity.
        """
        for piece in (_LITERAL_PIECE if literal else _PIECE).finditer(written):
            text, at, end = piece[0], start + piece.start(), start + piece.end()
            if text[0] == "&" and not literal:
                self.add_atom(_referred(text), at, end)
            elif text[0] == "\r":
                self.add_atom("\n", at, end)
            else:
                self.add(text, at)

    def add_section(self, written: str, parent: Element, start: int) -> None:
        """Add a CDATA section."""
        inside, beyond = start + len(_CDATA_START), start + len(written)
        section = self.add_element(_section(), parent, start, inside)
        text = written[len(_CDATA_START) : -len(_CDATA_END)]
        self.add_written(text, inside, literal=True)
        section.close(beyond - len(_CDATA_END), beyond, self.count)


def _read(content: str) -> _Read:
    """Read a document that is known to be well-formed."""
    if not _WITH_SUBSET.search(content):
        try:
            return _read_by_tags(content)
        except _Unclear:
            pass
    return _PieceReader(content).read()


def _read_by_tags(content: str) -> _Read:
    """Read a document.

    Raises:
        _Unclear: it has references to entities.
    """
    read = _Read()
    elements, starts, texts = read.elements, read.starts, read.texts
    has_signs = "&" in content or "\r" in content
    scope = _Namespaces({"xml": XML_NAMESPACE}, read.tags)
    outer: list[tuple[Element, _Namespaces]] = []
    parent: Element | None = None
    at = count = 0
    pieces = iter(_MARKUP.split(content))
    # Behind the last markup there is no text. What is done for each piece of a document stands
    # here, without calls, since most of the time goes into it.
    for written, markup in zip(pieces, pieces, strict=False):
        start = at + len(written)
        if written and parent is not None:
            if has_signs and ("&" in written or "\r" in written):
                read.add_written(written, at, literal=False)
                count = read.count
            else:
                starts.append(at)
                texts.append(written)
                read.count = count = count + len(written)
        at = start + len(markup)
        sign = markup[1]
        if sign == "/" and parent is not None:
            parent.close(start, at, count)
            if outer and outer[-1][0] is parent:
                scope = outer.pop()[1]
            parent = parent.parent
        elif sign == "!":
            if parent is not None and markup.startswith(_CDATA_START):
                read.add_section(markup, parent, start)
                count = read.count
        elif sign != "?":
            tag = scope.tags.get(markup) or scope.read(markup)
            element = Element(tag, parent, start, at, count, elements)
            elements.append(element)
            tag.numbers.append(element.index)
            if tag.empty:
                element.close(at, at, count)
                continue
            if tag.inside is not None:
                outer.append((element, scope))
                scope = tag.inside
            parent = element
    return read


class _Namespaces:
    """Namespaces by their prefixes, and the tags read where they hold: most stand there often."""

    def __init__(self, by_prefix: Mapping[str, str], every: list[_Tag]) -> None:
        self._by_prefix = by_prefix
        self._names: dict[str, str] = {}
        self._every = every
        self.tags: dict[str, _Tag] = {}

    def read(self, markup: str) -> _Tag:
        """Read a tag.

        Raises:
            _Unclear: an attribute has a reference to an entity.
        """
        inside = self._inside(markup) if "xmlns" in markup else None
        known = inside or self
        tag = _Tag(markup, known.name_in(markup), known._by_prefix, inside)
        if "&" in markup:
            _ = tag.attributes
        self.tags[markup] = tag
        self._every.append(tag)
        return tag

    def name_in(self, markup: str) -> str:
        """Return the name of the element that a tag begins."""
        raw = _RAW_NAME.match(markup)
        written = raw[1] if raw else ""
        name = self._names.get(written)
        if name is None:
            prefix, _, local = written.rpartition(":")
            name = _element_name(self._by_prefix.get(prefix, ""), local)
            self._names[written] = name
        return name

    def _inside(self, markup: str) -> _Namespaces:
        declared = {
            name.partition(":")[2]: value
            for name, value in _written_attributes(markup).items()
            if _is_declaration(name)
        }
        return _Namespaces({**self._by_prefix, **declared}, self._every)


def _written_attributes(markup: str) -> dict[str, str]:
    """Return the attributes in a tag by their names as they are written.

    Raises:
        _Unclear: an attribute has a reference to an entity.
    """
    return {name: _value_of(one or other) for name, one, other in _ATTRIBUTE.findall(markup)}


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

    def __init__(self, content: str) -> None:
        self._content = content
        self._utf8 = content.encode()
        self._at, self._at_byte = 0, 0
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
        self._parser.Parse(self._utf8, True)
        return self._read

    def _offset(self) -> int:
        """Return the offset at which the parser is."""
        byte = self._parser.CurrentByteIndex
        if byte > self._at_byte:
            self._at += len(self._utf8[self._at_byte : byte].decode())
            self._at_byte = byte
        return self._at

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._offset()
        written = _START_TAG.match(self._content, at)
        given = {_written_name(name): value for name, value in attributes.items()}
        # Attributes that a document type declares are given, too, and stand in no tag.
        markup = " ".join((*given, written[0] if written else ""))
        tag = _Tag(
            markup,
            _element_name(*_namespace_and_local(name)),
            {},
            attributes=given,
            in_source=written is not None,
        )
        self._push(tag, at, written.end() if written else at)

    def _push(self, tag: _Tag, at: int, inside: int) -> None:
        self._read.tags.append(tag)
        parent = self._open[-1] if self._open else None
        self._open.append(self._read.add_element(tag, parent, at, inside))

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.empty or not element.in_source:
            inside = element.content_start
            element.close(inside, inside, self._read.count)
            return
        at = self._offset()
        tag = _END_TAG.match(self._content, at)
        element.close(at, tag.end() if tag else at, self._read.count)

    def _characters(self, text: str) -> None:
        parent = self._open[-1]
        start = self._offset()
        literal = parent.name == CDATA and parent.in_source
        reference = None if literal else _REFERENCE.match(self._content, start)
        if reference:
            self._read.add_atom(text, start, reference.end())
        elif text == "\n":
            length = 2 if self._content[start : start + 2] == "\r\n" else 1
            self._read.add_atom(text, start, start + length)
        else:
            self._read.add(text, start)

    def _start_cdata(self) -> None:
        at = self._offset()
        in_source = self._content.startswith(_CDATA_START, at)
        first = at + len(_CDATA_START) if in_source else at
        self._push(_section(in_source), at, first)

    def _end_cdata(self) -> None:
        section = self._open.pop()
        inside = section.content_start
        if section.in_source:
            end = self._content.index(_CDATA_END, inside)
            section.close(end, end + len(_CDATA_END), self._read.count)
        else:
            section.close(inside, inside, self._read.count)


def _section(in_source: bool = True) -> _Tag:
    return _Tag("", CDATA, {}, attributes={}, in_source=in_source)


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
