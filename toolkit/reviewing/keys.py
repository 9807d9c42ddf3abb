"""Where answers come from: single keys of a terminal, or lines of any stream."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Protocol, TextIO

_END = "\x04"  # Ctrl-D
_ESCAPE = "\x1b"
_SINGLE = 9
"""Of so many options each is one digit."""


class Keys(Protocol):
    """What an editor types."""

    def key(self, options: int) -> str | None:
        """Return a key, or a number up to ``options``; None at the end of what is typed."""

    def line(self) -> str | None:
        """Return a line of text; None at the end of what is typed."""


@contextmanager
def keys_of(
    stream: TextIO, output: TextIO, environment: Mapping[str, str] = os.environ
) -> Iterator[Keys]:
    """Give single keys where a terminal can tell them, else lines; the terminal stays as it was."""
    able = stream.isatty() and output.isatty() and environment.get("TERM") != "dumb"
    if not able or find_spec("termios") is None:
        yield Lines(stream)
        return
    import termios

    before = termios.tcgetattr(stream)
    try:
        yield SingleKeys(stream, output)
    finally:
        termios.tcsetattr(stream, termios.TCSADRAIN, before)


class Lines:
    """Answers by lines: works with every terminal, with files and with pipes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def key(self, options: int) -> str | None:
        """Return the next line that is not empty, without spaces."""
        del options
        while (said := self.line()) == "":
            pass
        return said

    def line(self) -> str | None:
        """Return the next line, without spaces around it."""
        said = self._stream.readline()
        return said.strip() if said else None


class SingleKeys:
    """Answers by single keys of a terminal (POSIX.1, “General Terminal Interface”)."""

    def __init__(self, stream: TextIO, output: TextIO) -> None:
        self._terminal = stream.fileno()
        self._output = output
        self._decoder = codecs.getincrementaldecoder(stream.encoding or "utf-8")("replace")
        self._typed = ""

    def key(self, options: int) -> str | None:
        """Return the next key; where there are more options than digits, digits up to Enter."""
        import tty
        from termios import TCSADRAIN

        # What was typed ahead is kept, so nothing is flushed.
        tty.setcbreak(self._terminal, TCSADRAIN)
        while True:
            key = self._next(self._without_sequences)
            if key in (None, _END):
                return None
            if key and key.strip() and key.isprintable():
                break
        if key.isdecimal() and options > _SINGLE:
            self._echo(key, "")
            rest = self.line()
            return None if rest is None else key + rest
        self._echo(key, "\n")
        return key

    def line(self) -> str | None:
        """Return the next line, without spaces around it."""
        import termios

        mode = termios.tcgetattr(self._terminal)
        mode[3] |= termios.ECHO | termios.ICANON
        termios.tcsetattr(self._terminal, termios.TCSADRAIN, mode)
        said = ""
        while (sign := self._next(str)) not in (None, "\n", "\r"):
            said += sign or ""
        return None if sign is None and not said else said.strip()

    def _next(self, wanted: Callable[[str], str]) -> str | None:
        """Return the next sign of what is ``wanted`` of that which is typed; None at its end."""
        while not self._typed:
            read = os.read(self._terminal, 1024)
            if not read:
                return None
            self._typed = wanted(self._decoder.decode(read))
        sign, self._typed = self._typed[0], self._typed[1:]
        return sign

    def _without_sequences(self, typed: str) -> str:
        """Return what was typed unless it is one of the keys that send several signs."""
        return "" if typed.startswith(_ESCAPE) else typed

    def _echo(self, key: str, end: str) -> None:
        self._output.write(key + end)
        self._output.flush()
