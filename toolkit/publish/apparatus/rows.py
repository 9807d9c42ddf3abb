"""The rows of the text: what stands below each other and is not parted by the end of a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from lxml import etree

from toolkit.publish.apparatus.marking import PRINT, Marked, Note
from toolkit.publish.apparatus.measuring import Pass, Place

_ASCENT = 7.0  # points above the base line, if the pass does not say
_DESCENT = 3.0  # points below the base line
_GAP = 2.0  # points: less than stands between two blocks
_PARTS = ("front", "block", "table", "cell", "row", "figure", "closing")
_PARTED = frozenset({"paragraph", "line", "item", "label", "stage"})
_OF_TEXT = _PARTED | {"verse", "heading", "subheading", "speaker", "caption"}
_AT_THE_END = 12.0  # points that the last block of a sheet takes below its last line
_INSET = 3.0  # points between a cell and its row
_KEPT_WITH_NEXT = frozenset(
    {"heading", "subheading", "speaker", "label", "mark", "front", "table", "head"}
)

_TALL = ("stamp", "picture")
_CELL = f"{PRINT}cell"
_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Row:
    """A line of a paragraph, or a block that is not parted.

    ``top`` and ``bottom`` are heights in points on the page without end numbered ``sheet``.
    ``ends_page`` says whether a page may end after it. ``next_top`` is where the row after it
    begins. ``repeated`` is the height of what is set again if the row begins a page. ``block`` is
    the key of the block whose first row it is, if it is one.
    """

    sheet: int
    top: float
    bottom: float
    next_top: float
    ends_page: bool
    notes: tuple[Note, ...] = ()
    words: tuple[str, ...] = ()
    repeated: float = 0.0
    block: str = ""

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return Place(self.sheet, self.top)


@dataclass(frozen=True)
class _Block:
    key: str
    role: str
    apart: bool
    tall: bool
    top: Place
    lines: tuple[float, ...]
    next_top: float
    ends_page: bool = True


def rows_of(marked: Marked, done: Pass) -> tuple[Row, ...]:
    """Return the rows of the texts of a document, in the order of the pages.

    Args:
        marked: the document.
        done: what the pass without notes says.
    """
    blocks = _with_stanzas(list(_blocks(marked.root, done)))
    ascent = _ascent(blocks)
    plain = list(_with_heads((block, row) for block in blocks for row in _rows(block, ascent)))
    notes = _gathered(plain, ((note, _place_of(note, done)) for note in marked.notes.values()))
    words = _gathered(plain, ((key, done.place("word", key)) for key in marked.words))
    return tuple(
        replace(row, notes=tuple(notes.get(number, ())), words=tuple(words.get(number, ())))
        for number, row in enumerate(plain)
    )


def _place_of(note: Note, done: Pass) -> Place | None:
    """Return where a note belongs: an entry where its lemma begins, others at their call."""
    lemma = done.place("lemma", note.key) if note.is_entry else None
    return lemma or done.place("call", note.key)


def _blocks(root: etree._Element, done: Pass) -> Iterator[_Block]:
    elements = {
        element.get("key", ""): element
        for element in root.iter(*(f"{PRINT}{name}" for name in _PARTS))
    }
    tops = sorted(
        (
            Place(place.page, place.y - _INSET)
            if key in elements and elements[key].tag == _CELL
            else place,
            key,
        )
        for key, place in done.marks["block"].items()
    )
    lines = sorted([*(place for _, place in done.lines), *done.rows])
    for number, (top, key) in enumerate(tops):
        element = elements.get(key)
        if element is None:
            continue
        role = _role(element)
        following = tops[number + 1][0] if number + 1 < len(tops) else Place(top.page + 1, 0)
        end = following if following.page == top.page else Place(top.page, float("inf"))
        own = lines[bisect_left(lines, top) : bisect_left(lines, end)]
        yield _Block(
            key,
            role,
            element.get("space-before") == "yes",
            any(element.find(f"{PRINT}{tall}") is not None for tall in _TALL),
            top,
            tuple(dict.fromkeys(line.y for line in own)),
            end.y,
            role not in _KEPT_WITH_NEXT,
        )


def _role(element: etree._Element) -> str:
    row = element.getparent()
    if element.tag != _CELL or row is None:
        return element.get("role") or etree.QName(element).localname
    return "head" if _is_head(row) else "cell"


def _is_head(row: etree._Element) -> bool:
    """Tell whether a row of a table is repeated on each page (xslt/print/blocks.typ)."""
    return row.getprevious() is None and row.getnext() is not None and row.get("role") == "label"


def _with_stanzas(blocks: list[_Block]) -> list[_Block]:
    """Return the blocks; no first verse of a stanza ends a page, and no last begins one."""
    joined = [
        before.role == after.role == "verse" and not after.apart
        for before, after in pairwise(blocks)
    ]
    joins = [False, *joined, False]
    return [
        replace(block, ends_page=False)
        if joins[number + 1] and not (joins[number] and joins[number + 2 : number + 3] == [True])
        else block
        for number, block in enumerate(blocks)
    ]


def _ascent(blocks: Sequence[_Block]) -> float:
    """Return how far the first line of most paragraphs reaches above its base line."""
    ascents = Counter(
        round(block.lines[0] - block.top.y, 2)
        for block in blocks
        if block.role in _PARTED and block.lines
    )
    return ascents.most_common(1)[0][0] if ascents else _ASCENT


def _rows(block: _Block, ascent: float) -> Iterator[Row]:
    sheet, lines = block.top.page, block.lines
    ends_page = block.ends_page
    if block.role not in _PARTED or len(lines) < 2:
        bottom = block.next_top - (0 if block.role in ("cell", "head") else _GAP)
        if lines and block.role in _OF_TEXT and not block.tall:
            bottom = lines[-1] + _DESCENT
        if block.next_top == float("inf"):
            bottom = (lines[-1] if lines else block.top.y) + _AT_THE_END
        if block.next_top - block.top.y < _GAP:
            bottom = block.top.y
        yield Row(sheet, block.top.y, bottom, block.next_top, ends_page, block=block.key)
        return
    last = len(lines) - 1
    step = min(after - line for line, after in pairwise(lines))
    for number, line in enumerate(lines):
        top = block.top.y if number == 0 else line - ascent
        next_top = block.next_top if number == last else lines[number + 1] - ascent
        # The first line of a paragraph does not end a page, the last does not begin one.
        lonely = number in (0, last - 1)
        # Where lines stand wide apart, one holds something tall; they are not parted.
        wide = number < last and lines[number + 1] - line > step + _GAP
        ends = ends_page if number == last else not lonely and not wide
        bottom = block.next_top - _GAP if number == last and block.tall else line + _DESCENT
        yield Row(sheet, top, bottom, next_top, ends, block=block.key if number == 0 else "")


def _with_heads(rows: Iterable[tuple[_Block, Row]]) -> Iterator[Row]:
    """Yield the rows; those of a table with the height of its head."""
    head = 0.0
    for block, row in rows:
        if block.role == "head":
            head = row.next_top - row.top
        elif block.role != "cell":
            head = 0.0
        yield replace(row, repeated=head if block.role == "cell" else 0.0)


def _gathered(
    rows: Sequence[Row], placed: Iterable[tuple[_Thing, Place | None]]
) -> dict[int, list[_Thing]]:
    tops = [row.place for row in rows]
    gathered: dict[int, list[_Thing]] = {}
    for thing, place in placed:
        if place is not None:
            number = max(0, bisect_right(tops, Place(place.page, place.y + _GAP / 2)) - 1)
            gathered.setdefault(number, []).append(thing)
    return gathered
