"""Bringing everything that became of the source into one ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from toolkit.convert.kinds import LOST_TEXT
from toolkit.convert.ledger import Ledger, Tile, TileKind
from toolkit.convert.metadata.fields import Sign
from toolkit.convert.serialise import Written
from toolkit.convert.text.characters import forbidden
from toolkit.diagnostics import DiagnosticError, SourceText

BETWEEN = "white space between blocks"
BESIDE = "white space beside a sign"

_BODY_TEXT, _FIELD = "text of the edition", "metadata"


def account(source: SourceText, written: Iterable[Written], signs: Iterable[Sign]) -> Ledger:
    """Return the ledger of a conversion.

    White space that no rule has named is accounted for here: at the edge of a line or block, or
    beside a sign. Anything else that is missing is a defect.

    Raises:
        DiagnosticError: a character is in no tile (C003, or C001 for a form feed that no rule
            of the profile reads).
    """
    tiles = [_written(source.text, each) for each in written]
    tiles += [
        Tile(sign.start, sign.end, sign.kind, sign.rule, source.text[sign.start : sign.end])
        for sign in signs
    ]
    for tile in tiles:
        if tile.at >= 0 and "\f" in tile.literal:
            raise forbidden(source, tile.start + tile.literal.index("\f"))
    tiles.sort(key=lambda tile: (tile.start, tile.end))
    return Ledger(source.file, tuple(_joined(source.text, _without_gaps(source, _apart(tiles)))))


def _written(text: str, each: Written) -> Tile:
    if each.rule:
        kind, rule = TileKind.WHITESPACE, each.rule
    elif each.place == "text":
        kind, rule = TileKind.TEXT, _BODY_TEXT
    else:
        kind, rule = TileKind.HEADER, _FIELD
    literal = text[each.start : each.end]
    return Tile(each.start, each.end, kind, rule, literal, each.place, each.at, each.length)


def _apart(tiles: Sequence[Tile]) -> Iterator[Tile]:
    """Yield the tiles; of two signs that overlap, the second begins where the first ends."""
    at = 0
    for tile in tiles:
        if tile.start < at and tile.at < 0:
            if tile.end <= at:
                continue
            literal = tile.literal[at - tile.start :]
            tile = Tile(at, tile.end, tile.kind, tile.rule, literal)
        yield tile
        at = max(at, tile.end)


def _without_gaps(source: SourceText, tiles: Iterable[Tile]) -> Iterator[Tile]:
    at = 0
    before: Tile | None = None
    for tile in tiles:
        if at < tile.start:
            yield _space(source, at, tile.start, before, tile)
        yield tile
        at, before = tile.end, tile
    if at < len(source.text):
        yield _space(source, at, len(source.text), before, None)


def _space(
    source: SourceText, start: int, end: int, before: Tile | None, following: Tile | None
) -> Tile:
    said = source.text[start:end]
    if not said.isspace() or "\f" in said:
        lost = next(
            i for i in range(start, end) if source.text[i] == "\f" or not source.text[i].isspace()
        )
        if source.text[lost] == "\f":
            raise forbidden(source, lost)
        raise DiagnosticError(
            LOST_TEXT.at(
                source.position(lost),
                "the conversion is not written, since it would lose text from here on",
                "Please report this with the transcription, so that it can be mended.",
            )
        )
    at_edge = before is None or following is None or "\n" in said or "\r" in said
    return Tile(start, end, TileKind.WHITESPACE, BETWEEN if at_edge else BESIDE, said)


def _joined(text: str, tiles: Iterable[Tile]) -> Iterator[Tile]:
    """Join tiles that follow each other in the source and in what is written."""
    following = iter(tiles)
    held = next(following, None)
    if held is None:
        return
    first, length = held, held.length
    for tile in following:
        if _continues(first, length, held, tile):
            length += tile.length
        else:
            yield _run(text, first, held, length)
            first, length = tile, tile.length
        held = tile
    yield _run(text, first, held, length)


def _run(text: str, first: Tile, last: Tile, length: int) -> Tile:
    if first is last:
        return first
    literal = text[first.start : last.end]
    return first._replace(end=last.end, literal=literal, length=length)


def _continues(first: Tile, length: int, last: Tile, tile: Tile) -> bool:
    return (
        tile.kind is first.kind
        and (tile.kind is TileKind.TEXT or tile.kind is TileKind.HEADER)
        and tile.start == last.end
        and tile.place == first.place
        and tile.at == first.at + length
    )
