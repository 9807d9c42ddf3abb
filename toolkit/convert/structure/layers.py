"""Layers of ranges over the text, made to nest.

Where two ranges overlap, one is cut, and its pieces are joined by ``@next`` and ``@prev`` (TEI
Guidelines, 21.3 Fragmentation and Reconstitution of Virtual Elements). An element that only holds
other elements, such as ``choice``, is never cut: what overlaps it is cut along its leaves. What
crosses from one paragraph to the next is cut at the border.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, islice

from toolkit.convert.notation.marks import Mark, Range
from toolkit.convert.tree import TEXT_ONLY, Cell, Span

DEEPEST = 48
"""The deepest nesting of elements that notation may make in one paragraph."""

_INSIDE = 20
"""Ranges of this depth stand within the element of a leaf that is as long as they are."""


class Layers:
    """Ranges made to nest, and the marks for which that is not possible."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = sorted(cells, key=lambda cell: cell.start)
        self._starts = [cell.start for cell in self._cells]
        self._groups = count()
        self._order = count()
        self._heap: list[tuple[int, int, int, int, Range]] = []
        self.refused: set[int] = set()

    def nested(self, marks: Sequence[Mark], extra: Iterable[Range]) -> list[Range]:
        """Return the ranges of ``marks`` and ``extra``, cut so that all nest, outer ones first.

        An extra range that cannot nest is left out; a mark is left out as a whole.
        """
        self._refuse_around_notation(marks)
        for index, mark in enumerate(marks):
            for each in mark.ranges if index not in self.refused else ():
                self._push(each.of_mark(index))
        for number, each in enumerate(extra, 2):
            self._push(each.of_mark(-number))
        done = self._resolved()
        self._refuse_within_text(done)
        return [each for each in done if each.mark not in self.refused]

    def _refuse_around_notation(self, marks: Sequence[Mark]) -> None:
        """Refuse the marks whose element can hold but text, where other notation stands in it."""
        starts = sorted(mark.start for mark in marks)
        for index, mark in enumerate(marks):
            for each in mark.ranges:
                at = bisect_right(starts, max(each.start, mark.start))
                if each.element in TEXT_ONLY and at < len(starts) and starts[at] < each.end:
                    self.refused.add(index)

    def _refuse_within_text(self, done: Sequence[Range]) -> None:
        """Refuse what came to stand in an element that can hold but text, when it was cut."""
        for index, outer in enumerate(done):
            if outer.element not in TEXT_ONLY or outer.mark in self.refused:
                continue
            for inner in islice(done, index + 1, None):
                if inner.start >= outer.end:
                    break
                if inner.mark != outer.mark:
                    self.refused.add(inner.mark)

    def _push(self, each: Range) -> None:
        key = (each.start, -each.end, each.depth, next(self._order))
        heapq.heappush(self._heap, (*key, each))

    def _resolved(self) -> list[Range]:
        done: list[Range] = []
        open_ranges: list[int] = []
        while self._heap:
            current = self._within_cell(heapq.heappop(self._heap)[-1])
            if current is None or current.mark in self.refused:
                continue
            while open_ranges and done[open_ranges[-1]].end <= current.start:
                open_ranges.pop()
            around = done[open_ranges[-1]] if open_ranges else None
            between = around and around.whole and around.mark != current.mark
            if around and between and not self._is_in_leaf(current, around):
                continue
            fitted = self._fitted(current, done, open_ranges)
            if fitted is None or len(open_ranges) >= DEEPEST:
                self.refused.add(current.mark)
                continue
            done.append(fitted)
            open_ranges.append(len(done) - 1)
        return done

    def _within_cell(self, each: Range) -> Range | None:
        index = bisect_right(self._starts, each.start) - 1
        if index < 0 or self._cells[index].end <= each.start:
            index += 1  # it begins between two cells
            if index >= len(self._cells) or self._cells[index].start >= each.end:
                return each
            each = replace(each, start=self._cells[index].start)
        if each.end <= self._cells[index].end:
            return each
        if each.whole:
            self.refused.add(each.mark)
            return None
        return self._cut(each, self._cells[index].end)

    def _is_in_leaf(self, current: Range, around: Range) -> bool:
        """Tell whether a range may stand in one that only holds other elements: in a leaf of it.

        If not, it is refused, or comes back later: cut along the leaf, or after the element of
        the leaf.
        """
        leaf = next((x for x in around.leaves if x.start <= current.start < x.end), None)
        later = next((x for x in around.leaves if current.start < x.start < current.end), None)
        if leaf is None and later and current.group >= 0:
            self._push(replace(current, start=later.start))
        elif leaf is None or (current.end > leaf.end and current.whole):
            self.refused.add(current.mark)
        elif current.end > leaf.end:
            self._push(replace(self._cut(current, leaf.end), depth=current.depth + _INSIDE))
        elif around.depth >= 0 and current.depth < _INSIDE:
            self._push(replace(current, depth=current.depth + _INSIDE))
        else:
            return True
        return False

    def _fitted(self, current: Range, done: list[Range], open_ranges: list[int]) -> Range | None:
        while open_ranges and current.end > done[open_ranges[-1]].end:
            top = done[open_ranges[-1]]
            if not current.whole:
                return self._cut(current, top.end)
            if top.whole:
                return None
            self._cut_around(top, current, done, open_ranges)
        return current

    def _cut(self, each: Range, at: int) -> Range:
        group = each.group if each.group >= 0 else next(self._groups)
        self._push(replace(each, start=at, group=group))
        return replace(each, end=at, group=group)

    def _cut_around(
        self, top: Range, current: Range, done: list[Range], open_ranges: list[int]
    ) -> None:
        group = top.group if top.group >= 0 else next(self._groups)
        index = open_ranges.pop()
        done[index] = replace(top, end=current.start, group=group)
        for leaf in current.leaves or (Span(current.start, current.end),):
            start, end = max(leaf.start, current.start), min(leaf.end, top.end)
            if start < end:
                self._push(replace(top, start=start, end=end, group=group, depth=top.depth + 10))
