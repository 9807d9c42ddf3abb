"""Plain text, with or without notation; Markdown too, which is notation of a profile."""

from __future__ import annotations

from pathlib import Path

from toolkit.convert.formats.transcription import Transcription
from toolkit.files import decode

SUFFIXES = frozenset({".txt", ".md"})


def read(path: Path, content: bytes) -> Transcription:
    """Return a text file as it stands.

    Raises:
        DiagnosticError: it is binary (F004) or in another encoding than UTF-8 or UTF-16 (F005).
    """
    return Transcription(decode(path, content))
