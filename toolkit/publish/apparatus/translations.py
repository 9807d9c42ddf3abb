"""Translations beside their originals, in a volume of which other documents are keyed to lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.publish.apparatus.marking import PRINT, SERIES
from toolkit.publish.apparatus.measuring import Pass
from toolkit.publish.apparatus.style import NoteStyle

NOT_FACING = Kind(
    "P112",
    "translation-not-facing",
    Severity.NOTE,
    "Translations that are to stand on facing pages stand in columns or follow: the pages are "
    "made up by the lines and notes of documents with an apparatus.",
)
_ENTRIES = f".//{PRINT}note[@series='{SERIES[0]}']"
_MOST = 0.85  # of the height of a page that a row may take, which is not parted


def with_counted_lines(root: etree._Element, style: NoteStyle) -> Iterator[etree._Element]:
    """Yield the translations (``parallel``) in texts whose lines are counted."""
    for text in root.iter(f"{PRINT}text"):
        if style.line_numbers != "auto" or text.find(_ENTRIES) is not None:
            yield from text.iter(f"{PRINT}parallel")


def not_beside(root: etree._Element, style: NoteStyle, file: str) -> Iterator[Diagnostic]:
    """Yield a note (P112) if a translation is to stand on facing pages, and will follow."""
    if any(each.get("layout") == "facing" for each in with_counted_lines(root, style)):
        yield NOT_FACING.at(
            Position(file),
            "a translation follows its original instead of facing it: the lines of the document, "
            "which has an apparatus, are counted",
            'Say apparatus = "letters" in [print], or translation = "after".',
        )


def not_facing(root: etree._Element, file: str) -> Iterator[Diagnostic]:
    """Yield a note (P112) if a translation is to stand on facing pages, and will not."""
    if any(parallel.get("layout") == "facing" for parallel in root.iter(f"{PRINT}parallel")):
        yield NOT_FACING.at(
            Position(file),
            "translations stand in columns, not on facing pages: a document with an apparatus is "
            "in the same volume",
            'Say notes = "end" in [print], or leave those documents out of the volume.',
        )


def too_tall(root: etree._Element, lines: Pass, height: float) -> Iterator[etree._Element]:
    """Yield the translations that have a row which is too high for a page.

    Args:
        root: the document.
        lines: what the pass without notes says.
        height: that of the text on a page, in points.
    """
    tops = sorted((place, key) for key, place in lines.marks["block"].items())
    heights = {
        key: after.y - top.y for (top, key), (after, _) in pairwise(tops) if after.page == top.page
    }
    for parallel in root.iter(f"{PRINT}parallel"):
        rows = parallel.iterchildren(f"{PRINT}row")
        if any(heights.get(row.get("key", ""), 0.0) > _MOST * height for row in rows):
            yield parallel
