"""Colours for findings that people read on a terminal (ECMA-48, “Select graphic rendition”)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TextIO

from toolkit.expressions import expression

_RED, _YELLOW, _BLUE, _BOLD, _GREEN = "31", "33", "34", "1", "32"
_OF_SEVERITY = {"error": _RED, "warning": _YELLOW, "note": _BLUE}
_HEAD = expression(r"(?m)^(\S.*?:\d+:\d+:) (error|warning|note) (\w+): ")
_CARET = expression(r"(?m)^( +)\^$")


def wanted(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether colours are wanted: on a terminal, unless ``NO_COLOR`` (no-color.org) is set."""
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def coloured(text: str) -> str:
    """Return findings, written as text, with colours; the characters stay as they are."""
    return _CARET.sub(rf"\1{_painted('^', _GREEN)}", _HEAD.sub(_head, text))


def _head(match: re.Match[str]) -> str:
    place, severity, code = match.groups()
    colour = f"{_BOLD};{_OF_SEVERITY[severity]}"
    return f"{_painted(place, _BOLD)} {_painted(severity, colour)} {_painted(code, _BOLD)}: "


def _painted(text: str, codes: str) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m"
