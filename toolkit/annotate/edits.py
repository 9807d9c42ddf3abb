"""Edits of a source: everything between them stays as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from toolkit.annotate.source import Element, Source

_NAME = re.compile(r"[^\s/>]+")


class Order(IntEnum):
    """What comes first where several insertions have the same place."""

    CLOSE = 0
    WHOLE = 1
    OPEN = 2


@dataclass(frozen=True, order=True)
class Edit:
    """Something to insert at an offset; ``adds_text`` if it has text of its own.

    It stands in place of the name of an element that is ``replaces`` bytes long.
    """

    offset: int
    order: Order
    text: str
    adds_text: bool = False
    replaces: int = 0


class TextChanged(RuntimeError):  # noqa: N818 (it is a broken promise, not an error of input)
    """An annotation would have changed the text of a document: a fault of the program."""


def attributes_text(attributes: dict[str, str]) -> str:
    """Return attributes as they stand in a start tag, each after a space."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def element_text(name: str, attributes: dict[str, str], text: str) -> str:
    """Return an element with a text."""
    return f"<{name}{attributes_text(attributes)}>{escape(text)}</{name}>"


def wrap(name: str, attributes: dict[str, str], start: int, end: int) -> tuple[Edit, Edit]:
    """Return the two tags of an element from one offset to another."""
    return (
        Edit(start, Order.OPEN, f"<{name}{attributes_text(attributes)}>"),
        Edit(end, Order.CLOSE, f"</{name}>"),
    )


def add_attributes(source: Source, element: Element, attributes: dict[str, str]) -> Edit:
    """Return the insertion of attributes at the end of an element's start tag."""
    tag = source.content[element.start : element.content_start]
    body = tag.removesuffix(">").removesuffix("/" if element.empty else "").rstrip()
    return Edit(element.start + len(body), Order.WHOLE, attributes_text(attributes))


def rename(source: Source, element: Element, name: str) -> tuple[Edit, ...]:
    """Return the edits that give an element another name, in both of its tags."""
    new = source.prefix_at(element) + name
    return tuple(
        Edit(start, Order.WHOLE, new, replaces=end - start)
        for start, end in name_ranges(source, element)
    )


def name_ranges(source: Source, element: Element) -> tuple[tuple[int, int], ...]:
    """Return the offsets between which the tags of an element have its name."""
    found = _NAME.match(source.content, element.start + 1)
    if found is None:
        return ()
    starts = (element.start + 1,) if element.empty else (element.start + 1, element.content_end + 2)
    return tuple((start, start + len(found[0])) for start in starts)


def splice(source: Source, edits: Iterable[Edit]) -> bytes:
    """Return the source with the insertions made.

    Raises:
        TextChanged: the text of the result is not that of the source.
    """
    made = sorted(edits)
    if not made:
        return source.content.encode()
    content = _spliced(source, made)
    if _text_of(content) != _text_with(source, [edit for edit in made if edit.adds_text]):
        raise TextChanged("annotation would have changed the text of the document")
    return content


def _spliced(source: Source, edits: Iterable[Edit]) -> bytes:
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (source.content[at : edit.offset], edit.text)
        at = edit.offset + edit.replaces
    pieces.append(source.content[at:])
    return "".join(pieces).encode()


def _text_with(source: Source, edits: Iterable[Edit]) -> str:
    """Return the text of a source with that of the elements that are added to it."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        place = source.count_before(edit.offset)
        pieces += (source.text[at:place], _text_of(f"<added>{edit.text}</added>".encode()))
        at = place
    return "".join((*pieces, source.text[at:]))


def _text_of(content: bytes) -> str:
    """Read a document again, and return its text."""
    pieces: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.CharacterDataHandler = pieces.append
    parser.Parse(content, True)
    return "".join(pieces)
