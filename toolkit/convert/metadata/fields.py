"""Metadata fields: values by their place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.convert.ledger import TileKind
from toolkit.convert.text.blocks import Block, lines
from toolkit.convert.text.characters import trimmed
from toolkit.convert.tree import Space, Span
from toolkit.diagnostics import Diagnostic

FOLDED = "folded line of metadata"


class Sign(NamedTuple):
    """A stretch of the source that is not written: a delimiter, white space or furniture."""

    start: int
    end: int
    kind: TileKind
    rule: str


@dataclass(frozen=True)
class Value:
    """The value of a field: spans of the source, with spaces for line ends between them."""

    pieces: tuple[Span | Space, ...]
    text: str

    def part(self, start: int, end: int) -> Value:
        """Return the value of a stretch of the text."""
        pieces: list[Span | Space] = []
        at = 0
        for piece in self.pieces:
            length = len(piece.written) if isinstance(piece, Space) else piece.end - piece.start
            a, b = max(start - at, 0), min(end - at, length)
            if a < b:
                is_span = isinstance(piece, Span)
                pieces.append(Span(piece.start + a, piece.start + b) if is_span else piece)
            at += length
        return Value(tuple(pieces), self.text[start:end])

    @property
    def span(self) -> Span | None:
        """Return the one span the value consists of, or None if it has several pieces."""
        first = self.pieces[0] if len(self.pieces) == 1 else None
        return first if isinstance(first, Span) else None


@dataclass(frozen=True)
class SourceReference:
    """One place where the original is kept: named parts, or the whole in words."""

    parts: tuple[tuple[str, Value], ...]
    whole: Value | None = None


@dataclass
class Reading:
    """What was read of the metadata, and where the text of the document is."""

    fields: dict[str, list[Value]] = field(default_factory=dict)
    unknown: list[tuple[str, Value]] = field(default_factory=list)
    sources: list[SourceReference] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    """What front matter says of sources, without white space, in small letters."""
    signs: list[Sign] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)

    def add(self, name: str, value: Value) -> None:
        """Add a value to the field ``name``."""
        self.fields.setdefault(name, []).append(value)

    def first(self, name: str) -> Value | None:
        """Return the first value of the field ``name``."""
        return next(iter(self.fields.get(name, ())), None)

    def text(self, name: str) -> str:
        """Return the first value of the field ``name`` as text, or nothing."""
        value = self.first(name)
        return value.text if value else ""

    def delimiter(self, start: int, end: int, rule: str) -> None:
        """Note that these characters are signs of the rule ``rule``."""
        if start < end:
            self.signs.append(Sign(start, end, TileKind.DELIMITER, rule))


def value_of(text: str, start: int, end: int) -> Value:
    """Return the value between two offsets; its line ends and indentation become spaces."""
    pieces: list[Span | Space] = []
    start, end = trimmed(text, start, end)
    for line in lines(text, start, end):
        a, b = trimmed(text, line.start, line.end)
        if a == b:
            continue
        if pieces:
            pieces.append(Space(pieces[-1].end, a, " ", FOLDED))
        pieces.append(Span(a, b))
    return value_from(text, pieces)


def value_from(text: str, pieces: list[Span | Space]) -> Value:
    """Return the value that consists of these pieces."""
    said = "".join(
        piece.written if isinstance(piece, Space) else text[piece.start : piece.end]
        for piece in pieces
    )
    return Value(tuple(pieces), said)


def named_parts(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the parts of a match that have a name and matched, in the order of the text."""
    spans = [(*found.span(name), name) for name in found.re.groupindex if found[name]]
    for start, end, name in sorted(spans):
        yield name, start, end
