"""Page runs: the typesetter sets those of a document side by side, on all processors.

Where a block begins a page by the plan, a run may begin with it. Where the pages do not come out as
planned, though no note shows it, there may be no runs: else a page would end too early.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lxml import etree

from toolkit.publish.apparatus.marking import PRINT
from toolkit.publish.apparatus.measuring import Pass
from toolkit.publish.apparatus.pagination import Page
from toolkit.publish.apparatus.rows import Row

_FEWEST_PAGES = 8
_MARK = "begins-run"
_BEGINS_PAGE = "begins-page"
_COMPARED = ("call", "lemma")


def begin_runs(root: etree._Element, rows: Sequence[Row], pages: Sequence[Page]) -> None:
    """Say which blocks of the text begin a run: now and then one of those that begin a page.

    There are notes on both pages, by whose lines it would be seen that they are not as planned.
    """
    end_runs(root)
    blocks = {
        block.get("key", ""): block
        for text in root.iter(f"{PRINT}text")
        for block in text.iterchildren(f"{PRINT}block")
    }
    begin = 0
    for number, page in enumerate(pages[1:], start=1):
        row, before = rows[page.first], rows[page.first - 1]
        if row.sheet != before.sheet:
            begin = number
        elif (
            number - begin >= _FEWEST_PAGES
            and row.block in blocks
            and page.pieces
            and pages[number - 1].pieces
        ):
            blocks[row.block].set(_MARK, "yes")
            begin = number


def begin_pages(root: etree._Element, rows: Sequence[Row], pages: Sequence[Page]) -> None:
    """Say which blocks begin a page because nothing on the page before could keep its room."""
    parts = {
        part.get("key", ""): part
        for text in root.iter(f"{PRINT}text")
        for part in text.iterchildren()
    }
    for part in parts.values():
        part.attrib.pop(_BEGINS_PAGE, "")
    for before, page in pairwise(pages):
        block = rows[page.first].block
        if not before.holder and block in parts:
            parts[block].set(_BEGINS_PAGE, "yes")


def end_runs(root: etree._Element) -> None:
    """Take out what says which blocks begin a run."""
    for block in _beginnings(root):
        del block.attrib[_MARK]


def has_runs(root: etree._Element) -> bool:
    """Tell whether a block begins a run."""
    return bool(_beginnings(root))


def is_as_planned(last: Pass, plan: Pass) -> bool:
    """Tell whether all that is marked stands on its page of the plan."""
    return all(
        place.page == planned.page
        for kind in _COMPARED
        for key, place in last.marks[kind].items()
        if (planned := plan.place(kind, key)) is not None
    )


def _beginnings(root: etree._Element) -> list[etree._Element]:
    return root.findall(f".//{PRINT}block[@{_MARK}]")
