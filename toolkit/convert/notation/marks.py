"""Marks: notation that was recognised, as ranges over the text and holes in it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.convert.tree import Span

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """Characters that are not written: the signs of a rule, or white space beside them."""

    start: int
    end: int
    rule: str
    is_space: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """An element around a stretch of the source, its delimiters included.

    ``leaves`` are the stretches of an element that only holds other elements (``choice``,
    ``subst``): it cannot be cut, and what overlaps it is cut along its leaves instead.
    ``group`` is the same for the pieces into which a range was cut, and -1 for a whole one.
    """

    start: int
    end: int
    element: str
    attributes: Attributes = ()
    depth: int = 0
    whole: bool = False
    leaves: tuple[Span, ...] = ()
    mark: int = -1
    group: int = -1

    def of_mark(self, mark: int) -> Range:
        """Return the range as one of the mark with the number ``mark``."""
        return Range(
            self.start,
            self.end,
            self.element,
            self.attributes,
            self.depth,
            self.whole,
            self.leaves,
            mark,
            self.group,
        )


@dataclass(frozen=True, slots=True)
class Point:
    """An element at a place.

    ``inside`` is text from elsewhere that it holds: a footnote, in one block or several.
    """

    start: int
    element: str
    attributes: Attributes = ()
    inside: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of notation that was recognised by the rule ``rule``."""

    start: int
    end: int
    rule: str
    ranges: tuple[Range, ...] = ()
    points: tuple[Point, ...] = ()
    holes: tuple[Hole, ...] = ()
    signs: tuple[Span, ...] = ()
    """What the patterns of the rule matched: nothing else but white space may go into holes."""


@dataclass
class Claims:
    """The stretches of one block that are taken by recognised notation; none overlap."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        """Tell whether no claim overlaps the stretch."""
        index = bisect_left(self.spans, (start, start))
        before = self.spans[index - 1][1] if index else start
        following = self.spans[index][0] if index < len(self.spans) else end
        return before <= start and end <= following

    def crossed(self, start: int, end: int) -> bool:
        """Tell whether a claim overlaps the stretch without lying in it."""
        index = max(bisect_left(self.spans, (start, start)) - 1, 0)
        for at in range(index, len(self.spans)):
            a, b = self.spans[at]
            if a >= end:
                break
            if b > start and (a < start or b > end):
                return True
        return False

    def add_all(self, spans: Sequence[tuple[int, int]]) -> None:
        """Claim many stretches that are free."""
        self.spans = sorted([*self.spans, *spans])

    def add(self, start: int, end: int) -> None:
        """Claim a stretch that is free."""
        insort(self.spans, (start, end))


def complement(start: int, end: int, kept: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a stretch without the spans ``kept``."""
    at = start
    for span in sorted(kept, key=lambda each: each.start):
        if at < span.start:
            yield at, span.start
        at = max(at, span.end)
    if at < end:
        yield at, end


Parts = Mapping[str, Span]
