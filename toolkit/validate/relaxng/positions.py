"""Where texts begin, which cannot be known while validating at full speed: a second, plain parse.

The parser hands over text in one piece and only then tells where the piece ends. Documents with
text at fault are read once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from xml.parsers import expat

Place = tuple[int, int]
_SPACE = " \t\r\n"


def beginnings_of_text(
    chunks: Iterable[bytes], wanted: Iterable[int], encoding: str | None = None
) -> dict[int, Place]:
    """Return where the texts begin that end at the byte indexes ``wanted`` of parser events."""
    return _Locator(wanted, encoding).read(chunks)


class _Enough(Exception):  # noqa: N818  # not an error: all has been found
    pass


class _Locator:
    def __init__(self, wanted: Iterable[int], encoding: str | None) -> None:
        self._wanted = sorted(set(wanted), reverse=True)
        self._found: dict[int, Place] = {}
        self._text: Place | None = None
        self._parser = expat.ParserCreate(encoding)

    def read(self, chunks: Iterable[bytes]) -> dict[int, Place]:
        parser = self._parser
        parser.StartElementHandler = self._tag
        parser.EndElementHandler = self._tag
        parser.CharacterDataHandler = self._characters
        with suppress(_Enough, expat.ExpatError, ValueError, LookupError):
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        if self._text is not None:
            self._found |= dict.fromkeys(self._wanted, self._text)
        return self._found

    def _note(self) -> None:
        while self._wanted and self._wanted[-1] <= self._parser.CurrentByteIndex:
            wanted = self._wanted.pop()
            if self._text is not None:
                self._found[wanted] = self._text
        if not self._wanted:
            raise _Enough

    def _tag(self, *_tag: object) -> None:
        self._note()
        self._text = None

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
