"""The numbers of lines that notes are keyed to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.publish.apparatus.marking import PRINT, Note
from toolkit.publish.apparatus.measuring import Pass, Place
from toolkit.publish.apparatus.style import NoteStyle

_HEADINGS = ("heading", "subheading")


_BEFORE = "ante\u00a0{}"
_AFTER = "post\u00a0{}"


def verse_labels(root: etree._Element, style: NoteStyle) -> dict[etree._Element, str]:
    """Return the labels of the blocks of all texts whose lines are counted by verses.

    A verse has its number. What stands between verses (headings, speakers, directions) is said to
    stand before the next.
    """
    return {
        block: label
        for text in root.iter(f"{PRINT}text")
        if counts_verses(text, style)
        for block, label in _labels(text)
    }


def counts_verses(text: etree._Element, style: NoteStyle) -> bool:
    """Tell whether the lines of a text are counted by its verses: where most of it is verse."""
    if style.line_numbers not in ("auto", "verse"):
        return False
    verse = prose = 0
    for block in text.iterchildren(f"{PRINT}block"):
        length = sum(len(run.text or "") for run in block.iterchildren(f"{PRINT}t"))
        if block.get("line"):
            verse += length
        elif block.get("role") not in _HEADINGS:
            prose += length
    return verse > prose or (verse > 0 and style.line_numbers == "verse")


def _labels(text: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    waiting: list[etree._Element] = []
    last = ""
    for block in text.iter(f"{PRINT}block"):
        number = block.get("line", "")
        waiting.append(block)
        if number:
            yield from ((other, _BEFORE.format(number)) for other in waiting[:-1])
            yield block, number
            waiting, last = [], number
    yield from ((other, _AFTER.format(last)) for other in waiting)


@dataclass(frozen=True)
class Numbering:
    """Gives each note the number of its line, by what a pass says.

    ``starts`` are the numbers of the first lines of the parts that count anew, if not the pages.
    ``with_pages`` tells whether lines counted by the page are said with its number (``12.5``), as
    where notes do not stand on the page of their line.
    """

    done: Pass
    by_page: bool
    verses: dict[etree._Element, str]
    starts: tuple[int, ...] = ()
    with_pages: bool = False

    def lines(self, note: Note) -> str:
        """Return the number of the line a note is about (``12``), or of the lines (``12–13``)."""
        end = self.done.place("call", note.key)
        if end is None:
            return ""
        begin = self.done.place("lemma", note.key) or end
        paged = self.by_page and note.block not in self.verses
        crosses = paged and begin.page != end.page
        first = self.label(note.lemma_block, begin, with_page=paged and self.with_pages)
        last = self.label(note.block, end, with_page=crosses)
        if first == self.label(note.block, end, with_page=paged and self.with_pages):
            return first
        return f"{first}–{last}"

    def label(self, block: etree._Element, place: Place, *, with_page: bool = False) -> str:
        """Return the number of the line at a place in a block."""
        if block in self.verses:
            return self.verses[block]
        following = bisect_right(self.done.heights, Place(place.page, place.y - 2))
        if not self.done.lines:
            return ""
        if following < len(self.done.heights):
            line = self.done.lines[following]
            if place.on_line_of(line[1]):
                return self._counted(line, with_page)
            if line[1].page == place.page or not following:
                return _BEFORE.format(self._counted(line, with_page))
        return _AFTER.format(self._counted(self.done.lines[following - 1], with_page))

    def occurrence(self, note: Note) -> int:
        """Return which of the same words in its line a lemma is (from 1); 0 if the only ones."""
        own = self.done.place("lemma", note.key)
        places = [self.done.place("word", key) for key in note.words]
        same = [
            number
            for number, place in enumerate(places)
            if number == note.own
            or note.block in self.verses
            or (place and own and place.on_line_of(own))
        ]
        return same.index(note.own) + 1 if len(same) > 1 else 0

    def _counted(self, line: tuple[int, Place], with_page: bool) -> str:
        number, place = line
        before = bisect_right(self.starts, number)
        counted = number - self.starts[before - 1] + 1 if before else number
        return f"{place.page}.{counted}" if with_page else str(counted)


def starts_of_parts(done: Pass, parts: int) -> tuple[int, ...]:
    """Return the numbers of the first lines after the marks of so many parts."""
    found: list[int] = []
    for part in range(parts):
        place = done.place("word", f"part.{part}")
        if place is None:
            continue
        following = [number for number, line in done.lines if line > Place(place.page, place.y - 2)]
        found += following[:1]
    return tuple(sorted(set(found)))
