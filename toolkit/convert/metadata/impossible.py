"""Dates of metadata that name no day of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.convert.kinds import IMPOSSIBLE_DATE
from toolkit.convert.metadata.fields import Reading
from toolkit.dates import find_impossible_dates
from toolkit.diagnostics import Diagnostic, SourceText


def impossible_dates(source: SourceText, reading: Reading, language: str) -> Iterator[Diagnostic]:
    """Yield a finding for each date field that names no day of the calendar."""
    for value in reading.fields.get("date", ()):
        for found in find_impossible_dates(value.text, language):
            yield IMPOSSIBLE_DATE.at(
                source.position(value.pieces[0].start),
                f"“{found.text}” is no day of the calendar, so the header has no date",
                "Compare with the original, and mend the day or the month.",
            )
