"""Stretches of a text that do not overlap."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable


class Ranges:
    """Ranges from a start up to an end, none overlapping another, found by bisection."""

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._ranges = sorted(ranges)

    def add(self, start: int, end: int) -> bool:
        """Add a range if it overlaps none; tell whether it did not."""
        if self.touch(start, end):
            return False
        insort(self._ranges, (start, end))
        return True

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of the ranges overlaps this one."""
        at = bisect_right(self._ranges, (start, end))
        before, after = self._ranges[max(0, at - 1) : at], self._ranges[at : at + 1]
        return any(start < other_end for _, other_end in before) or any(
            other_start < end for other_start, _ in after
        )

    def hold(self, start: int, end: int) -> bool:
        """Tell whether this one lies in one of the ranges."""
        at = bisect_right(self._ranges, start, key=lambda known: known[0])
        return at > 0 and end <= self._ranges[at - 1][1]
