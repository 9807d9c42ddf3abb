"""How lines are numbered and what notes are keyed to, as the settings of an edition say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineNumbers = Literal["auto", "page", "section", "document", "verse", "off"]
Apparatus = Literal["lines", "letters"]
NotePlace = Literal["foot", "end"]


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """Line numbers and notes.

    ``line_numbers`` says what lines are counted by: ``page``, ``section`` and ``document`` begin
    anew with each; ``verse`` takes the numbers of the verses; ``off`` numbers none; ``auto``
    numbers what has an apparatus keyed to lines: verse by its own numbers, other texts by the page.
    Each ``line_interval``-th number is shown. Entries of the ``apparatus`` name their ``lines``, or
    are called by ``letters`` in the text. Notes stand at the ``foot`` of the page, or at the
    ``end`` of the document or the volume.
    """

    line_numbers: LineNumbers = "auto"
    line_interval: int = 5
    apparatus: Apparatus = "lines"
    place: NotePlace = "foot"


DEFAULT_NOTE_STYLE = NoteStyle()
