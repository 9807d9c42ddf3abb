"""What a format reader yields."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.convert.notation.marks import Mark
from toolkit.diagnostics import SourceText


@dataclass(frozen=True)
class Transcription:
    """The characters of a transcription, and what its format knows of them.

    ``marks`` are ranges and points over the characters of ``source``, without holes: a format
    takes no character away.
    """

    source: SourceText
    marks: tuple[Mark, ...] = ()
