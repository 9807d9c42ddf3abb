"""What the typesetter says about a pass: where blocks, lines, lemmata, calls and entries stand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from toolkit.publish.apparatus.marking import first_word, word_before

_MARKS = ("block", "lemma", "word", "call", "entry", "note-top", "spot")
_EDGES = ("end-of-notes", "end-of-room")
_LINES = ("line", "row")
_PLACED = (*_MARKS, *_LINES, *_EDGES, "first-page")
_SAID = ("width", "measure")
QUESTION = (
    "{ let said = (:); "
    f"for name in {_PLACED} {{ let places = (); "
    "for mark in query(label(name)) { let at = mark.location().position(); "
    "places.push((mark.value, at.page, at.y.pt(), at.x.pt())) }; said.insert(name, places) }; "
    f"for name in {_SAID} {{ let values = (); "
    "for mark in query(label(name)) { values.push(mark.value) }; said.insert(name, values) }; "
    "said }"
).replace("'", '"')
"""A Typst expression, to be evaluated after a pass."""

_SAME_LINE = 2.0  # points
_NO_SPACE = 0.5  # points
_HAIR = 0.6  # points by which notes may be higher than their room


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place on a page, in points from its top and its left.

    Pages are counted from 1, in a volume from the first that has documents.
    """

    page: int
    y: float
    x: float = field(default=0.0, compare=False)

    def on_line_of(self, other: Place) -> bool:
        """Tell whether both stand on one line."""
        return self.page == other.page and abs(self.y - other.y) < _SAME_LINE


@dataclass(frozen=True)
class Pass:
    """What one pass says.

    ``lines`` are the numbered lines with their numbers, ``rows`` the base lines of all others;
    ``marks`` are places of marks, by their kind and key, and ``counts`` says how often a mark
    stands on the pages. Lengths are in points: ``widths`` those of the entries of an apparatus;
    ``step`` from one line of notes to the next, ``width`` that of a line. ``overfull`` are pages
    whose notes have no room.
    """

    lines: tuple[tuple[int, Place], ...]
    rows: tuple[Place, ...]
    marks: Mapping[str, Mapping[str, Place]]
    counts: Mapping[tuple[str, str], int]
    widths: Mapping[str, float]
    overfull: tuple[int, ...] = ()
    step: float = 0.0
    width: float = 1.0

    @cached_property
    def heights(self) -> tuple[Place, ...]:
        """The places of the numbered lines."""
        return tuple(place for _, place in self.lines)

    def place(self, kind: str, key: str) -> Place | None:
        """Return where a mark stands."""
        return self.marks[kind].get(key)

    def count(self, kind: str, key: str) -> int:
        """Return how often a mark stands on the pages."""
        return self.counts.get((kind, key), 0)


def begin_of_lemma(mark: Place, before: Place | None, first: Place | None) -> Place:
    """Return where a lemma begins.

    Its mark stands before its first letter; where a line ends between the two, it stays behind at
    the end of that line. There, the space before it has no width. If it has, the first word itself
    is divided.

    Args:
        mark: the place of the mark.
        before: the end of the word before, if there is one and a space follows it.
        first: the end of the first word of the lemma.
    """
    if first is None:
        return mark
    is_divided = (
        before is not None
        and before.on_line_of(mark)
        and not mark.on_line_of(first)
        and abs(mark.x - before.x) > _NO_SPACE
    )
    return mark if is_divided else first


def read_pass(answer: str) -> Pass:
    """Return what a pass says, from the answer to :data:`QUESTION`."""
    said: dict[str, list[Any]] = json.loads(answer)
    before = said["first-page"][0][1] - 1 if said["first-page"] else 0

    def place(page: int, y: float, x: float) -> Place:
        return Place(page - before, y, x)

    marks = {name: {key: place(*there) for key, *there in said[name]} for name in _MARKS}
    marks["lemma"] = {
        key: begin_of_lemma(
            place, marks["word"].get(word_before(key)), marks["word"].get(first_word(key))
        )
        for key, place in marks["lemma"].items()
    }
    measure = said["measure"][0] if said["measure"] else {"step": 0.0, "width": 1.0}
    return Pass(
        tuple(
            sorted(
                ((number, place(*there)) for number, *there in said["line"]),
                key=lambda line: line[1],
            )
        ),
        tuple(sorted(place(*there) for _, *there in said["row"])),
        marks,
        Counter((name, mark[0]) for name in _MARKS for mark in said[name]),
        {key: float(width) for key, width in said["width"]},
        tuple(_overfull({name: dict(_by_key(said[name])) for name in _EDGES})),
        float(measure["step"]),
        float(measure["width"]),
    )


def _by_key(marks: Iterable[list[Any]]) -> Iterator[tuple[str, tuple[int, float]]]:
    for key, page, y, _ in marks:
        yield key, (page, y)


def _overfull(edges: Mapping[str, Mapping[str, tuple[int, float]]]) -> Iterator[int]:
    """Yield the pages whose notes go on below their room."""
    for page, end in edges["end-of-notes"].items():
        sheet, bottom = edges["end-of-room"][page]
        if end > (sheet, bottom + _HAIR):
            yield int(page)
