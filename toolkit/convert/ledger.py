"""The ledger: what became of every character of a transcription."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

_EXCERPT = 60


class TileKind(StrEnum):
    """What a stretch of the source is."""

    TEXT = "text"
    """Text of the edition, written in the ``text`` element."""
    HEADER = "header"
    """Text written in a field of the header."""
    DELIMITER = "delimiter"
    """A sign of the notation: the markup stands for it."""
    WHITESPACE = "white space"
    """White space that is left out or written in another form."""
    FURNITURE = "furniture"
    """What a web page or an export puts around a transcription."""


class Tile(NamedTuple):
    """A stretch of the source from ``start`` up to ``end``, and what became of it.

    ``rule`` names the rule that says so. ``literal`` is the source text of the tile. What is
    written stands at offset ``at`` of the text of ``place`` (``header`` or ``text``), and is
    ``length`` characters long there; ``at`` is -1 for what is not written.
    """

    start: int
    end: int
    kind: TileKind
    rule: str
    literal: str
    place: str = ""
    at: int = -1
    length: int = 0


@dataclass(frozen=True)
class Ledger:
    """The tiles of one source: contiguous, in order, each character in exactly one of them."""

    file: str
    tiles: tuple[Tile, ...]

    def __str__(self) -> str:
        return render(self)

    def counts(self) -> Mapping[TileKind, int]:
        """Return the number of characters of each kind."""
        counted: Counter[TileKind] = Counter()
        for tile in self.tiles:
            counted[tile.kind] += tile.end - tile.start
        return {kind: counted[kind] for kind in TileKind}

    def gap(self, length: int) -> int | None:
        """Return the offset of the first character that is not in exactly one tile, or None."""
        at = 0
        for tile in self.tiles:
            if tile.start != at:
                return min(tile.start, at)
            at = tile.end
        return None if at == length else min(at, length)

    def rebuild(self, streams: Mapping[str, str]) -> str:
        """Return the source, from the texts of header and text and the signs kept here.

        ``streams`` is what :func:`toolkit.convert.texts.read_texts` reads out of the TEI document.
        """
        return "".join(self._source_of(tile, streams) for tile in self.tiles)

    def _source_of(self, tile: Tile, streams: Mapping[str, str]) -> str:
        if tile.kind in (TileKind.TEXT, TileKind.HEADER):
            return streams[tile.place][tile.at : tile.at + tile.length]
        return tile.literal

    def to_json(self) -> str:
        """Return the ledger as JSON. Text of the edition is left out: it is in the TEI file."""
        return json.dumps(
            {"file": self.file, "tiles": [_to_record(tile) for tile in self.tiles]},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, content: str, streams: Mapping[str, str]) -> Ledger:
        """Return the ledger that :meth:`to_json` wrote, with the texts of its TEI document."""
        data = json.loads(content)
        return cls(data["file"], tuple(_tiles(data["tiles"], streams)))


def render(ledger: Ledger) -> str:
    """Return the ledger as a table for people: offsets, kind, rule and an excerpt."""
    lines = [f"{kind}: {count} characters" for kind, count in ledger.counts().items()]
    lines += [_row(tile) for tile in ledger.tiles]
    return "\n".join(lines) + "\n"


def _row(tile: Tile) -> str:
    shown = repr(tile.literal[:_EXCERPT])[1:-1] + ("…" if len(tile.literal) > _EXCERPT else "")
    return f"{tile.start:>8} {tile.end:>8}  {tile.kind:<11}  {tile.rule:<28}  {shown}"


def _to_record(tile: Tile) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": str(tile.kind), "rule": tile.rule}
    if tile.kind in (TileKind.TEXT, TileKind.HEADER):
        record["length"] = tile.length
    else:
        record["literal"] = tile.literal
    if tile.at >= 0:
        record |= {"place": tile.place, "at": tile.at, "length": tile.length}
    return record


def _tiles(records: Sequence[Mapping[str, Any]], streams: Mapping[str, str]) -> Iterator[Tile]:
    start = 0
    for record in records:
        kind = TileKind(record["kind"])
        place, at = record.get("place", ""), record.get("at", -1)
        length = record.get("length", 0)
        literal = record.get("literal")
        if literal is None:
            literal = streams[place][at : at + length]
        end = start + len(literal)
        yield Tile(start, end, kind, record["rule"], literal, place, at, length)
        start = end
