"""Characters that XML cannot hold, and white space at the edges of things."""

from __future__ import annotations

import re

from toolkit.convert.kinds import FORBIDDEN_CHARACTER
from toolkit.diagnostics import DiagnosticError, SourceText

BYTE_ORDER_MARK = "\ufeff"

# https://www.w3.org/TR/xml/#NT-Char; the form feed is let through here, since a profile may
# read it as a page break.
_FORBIDDEN = re.compile("[^\t\n\r\f\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The form feed is white space to Python, but a page break to an editor.
_LEADING = re.compile(r"[^\S\f]*")
_SPACE = frozenset(chr(c) for c in range(0x3001) if chr(c).isspace()) - {"\f"}


def check_characters(source: SourceText) -> None:
    """Check that XML can hold every character.

    Raises:
        DiagnosticError: it cannot (C001), with the position of the first that is in the way.
    """
    found = _FORBIDDEN.search(source.text)
    if found:
        raise forbidden(source, found.start())


def forbidden(source: SourceText, offset: int) -> DiagnosticError:
    """Return the error that reports the character at ``offset``."""
    return DiagnosticError(
        FORBIDDEN_CHARACTER.at(
            source.position(offset),
            f"the character U+{ord(source.text[offset]):04X} cannot be written in XML",
            "Take it out of the transcription, or put a sign in its place that says what it means.",
        )
    )


def is_space(character: str) -> bool:
    """Tell whether a character is white space (a form feed is not: it breaks a page)."""
    return character in _SPACE


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its edges."""
    found = _LEADING.match(text, start, end)
    start = found.end() if found else start
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return start, end
