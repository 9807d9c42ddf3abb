"""Blocks: what stands between blank lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from toolkit.convert.text.characters import trimmed

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text from ``start`` up to ``end``, its line end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without a blank line between them, white space at the edges not included."""

    start: int
    end: int
    lines: tuple[Line, ...]


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines of ``text`` between two offsets; LF, CR LF and CR end a line."""
    at = start
    for line_end in _LINE_END.finditer(text, start, end):
        yield Line(at, line_end.start())
        at = line_end.end()
    if at < end:
        yield Line(at, end)


def blocks(
    text: str, start: int, end: int, is_furniture: Callable[[int, int], bool] | None = None
) -> Iterator[Block]:
    """Yield the blocks between two offsets. A line of furniture ends a block and is in none."""
    gathered: list[Line] = []
    for a, b in _trimmed_lines(text, start, end):
        if a < b and not (is_furniture and is_furniture(a, b)):
            gathered.append(Line(a, b))
        elif gathered:
            yield _block(gathered)
            gathered = []
    if gathered:
        yield _block(gathered)


def _trimmed_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines without the white space at their edges."""
    at = start
    for line_end in _LINE_END.finditer(text, start, end):
        yield trimmed(text, at, line_end.start())
        at = line_end.end()
    yield trimmed(text, at, end)


def _block(gathered: list[Line]) -> Block:
    return Block(gathered[0].start, gathered[-1].end, tuple(gathered))
