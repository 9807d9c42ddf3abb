"""Places that cannot be known while validating at full speed, found by a second, plain parse.

The parser hands over text in one piece and only then tells where the piece ends; and where an
element began is not kept. Documents with violations that need either are read once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

Place = tuple[int, int]
_SPACE = " \t\r\n"


class Found(NamedTuple):
    """At a byte: where the text before it starts, and where the innermost element opened."""

    text: Place | None
    opened: Place | None


def locate(
    chunks: Iterable[bytes], wanted: Iterable[int], encoding: str | None = None
) -> dict[int, Found]:
    """Return the places for each byte index of ``wanted``, which are indices of parser events."""
    return _Locator(wanted, encoding).read(chunks)


class _Enough(Exception):  # noqa: N818  # not an error: all has been found
    pass


class _Locator:
    def __init__(self, wanted: Iterable[int], encoding: str | None) -> None:
        self._wanted = sorted(set(wanted), reverse=True)
        self._found: dict[int, Found] = {}
        self._text: Place | None = None
        self._opened: list[Place] = []
        self._parser = expat.ParserCreate(encoding)

    def read(self, chunks: Iterable[bytes]) -> dict[int, Found]:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        with suppress(_Enough, expat.ExpatError, ValueError, LookupError):
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        opened = self._opened[-1] if self._opened else None
        return dict.fromkeys(self._wanted, Found(self._text, opened)) | self._found

    def _note(self) -> None:
        while self._wanted and self._wanted[-1] <= self._parser.CurrentByteIndex:
            opened = self._opened[-1] if self._opened else None
            self._found[self._wanted.pop()] = Found(self._text, opened)
        if not self._wanted:
            raise _Enough

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._note()
        self._text = None
        self._opened.append((self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1))

    def _end(self, _name: str) -> None:
        self._note()
        self._text = None
        self._opened.pop()

    def _characters(self, data: str) -> None:
        if self._text is None:
            rest = data.lstrip(_SPACE)
            if not rest:
                return
            blank = data[: len(data) - len(rest)]
            line = self._parser.CurrentLineNumber + blank.count("\n")
            column = self._parser.CurrentColumnNumber + 1 + len(blank)
            if "\n" in blank:
                column = len(blank) - blank.rindex("\n")
            self._text = (line, column)
        self._note()
