"""Formats of transcriptions: each module here reads one.

A format module has ``SUFFIXES``, the endings of its files, and one function,
``read(path, content) -> Transcription``. It says what the characters of the transcription are, and
what the format itself knows of them (an underlined run, the corner of a page) as marks over these
characters. What the characters mean by their notation is for the convention profile.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from toolkit.convert.formats import plain_text
from toolkit.convert.formats.transcription import Transcription

__all__ = ["Transcription", "read_transcription", "suffixes"]


class _Format(Protocol):
    SUFFIXES: frozenset[str]

    def read(self, path: Path, content: bytes) -> Transcription: ...


def suffixes() -> frozenset[str]:
    """Return the endings of files that are transcriptions, in small letters, with the dot."""
    return frozenset(suffix for each in _formats() for suffix in each.SUFFIXES)


def read_transcription(path: Path, content: bytes) -> Transcription:
    """Return the transcription in a file, by its ending; plain text where no format has that.

    Raises:
        DiagnosticError: the content is not of this format; for plain text, it is binary (F004) or
            in another encoding than UTF-8 or UTF-16 (F005).
    """
    ending = path.suffix.lower()
    reader = next((each for each in _formats() if ending in each.SUFFIXES), None)
    return reader.read(path, content) if reader else plain_text.read(path, content)


@cache
def _formats() -> Sequence[_Format]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return [cast("_Format", module) for module in modules if hasattr(module, "SUFFIXES")]
