"""Text that does not fit on its page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.publish.pdf_text import PdfText

TEXT_CUT = Kind(
    "P107",
    "text-cut",
    Severity.ERROR,
    "A line is wider than the page, so that its end is cut off on paper.",
)


_LONGEST = 60
_MOST_NAMED = 6


def describe_cut(file: str, read: PdfText) -> Iterator[Diagnostic]:
    """Yield an error (P107) for each page of a finished PDF whose edge cuts text."""
    for number, found in groupby(read.cut, key=lambda cut: cut[0]):
        cut = [_short(text.strip()) for _, text in found]
        more = f" and {len(cut) - _MOST_NAMED} more lines" if len(cut) > _MOST_NAMED else ""
        texts = ", ".join(f"“{text}”" for text in cut[:_MOST_NAMED]) + more
        yield TEXT_CUT.at(
            Position(file),
            f"page {number} of the PDF cuts text at its edge: {texts}",
            "Make the page wider or the letters smaller ([print] in edition.toml), or divide the "
            "table or the long word.",
        )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
