"""Places in a source text: file, line and column, all counted from 1."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.expressions import expression

_LINE_END = expression(r"\r\n?|\n")
_END: Callable[[re.Match[str]], int] = re.Match.end


class Position(NamedTuple):
    """A place in a file. Line and column count from 1; column counts characters, not bytes."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class SourceText:
    """The text of one file, able to turn a character offset into a position."""

    file: str
    text: str
    encoding: str = "utf-8"
    _line_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *map(_END, _LINE_END.finditer(self.text))]
        object.__setattr__(self, "_line_starts", starts)

    def position(self, offset: int) -> Position:
        """Return the position of the character at ``offset`` (counted from 0)."""
        index = bisect_right(self._line_starts, offset) - 1
        return Position(self.file, index + 1, offset - self._line_starts[index] + 1)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place (both counted from 1), at most that of the end."""
        start = self._line_starts[min(line, len(self._line_starts)) - 1]
        return min(start + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """Return the text of line ``number`` (counted from 1), without its line end."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
