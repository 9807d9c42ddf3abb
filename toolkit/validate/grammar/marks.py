"""Which parts of a document the engine found nothing in: they need no diagnosis."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from lxml import etree

from toolkit.tei.positions import Positions
from toolkit.validate.relaxng import Violation, ViolationKind

Place = tuple[int, int]
"""Line and column."""

BEYOND: Place = (1 << 62, 0)
"""Behind the end of every document."""


class Marks:
    """The places of the violations in one document."""

    def __init__(self, where: Positions, violations: Iterable[Violation]) -> None:
        self._where = where
        found = list(violations)
        self._places = sorted((violation.line, violation.column) for violation in found)
        # Where checking stopped early, or places are not known, nothing is known to be clean.
        stopped = any(violation.kind is ViolationKind.TOO_MANY for violation in found)
        self._trusted = where.exact and not stopped

    def start(self, element: etree._Element) -> Place:
        """Return the place of the element's start tag."""
        position = self._where.element(element)
        return position.line, position.column

    def is_clean(self, start: Place, end: Place) -> bool:
        """Tell whether nothing is wrong from ``start`` to ``end``.

        The place of what an empty element lacks is its end, where the next may begin.
        """
        index = bisect_left(self._places, start)
        return self._trusted and (index == len(self._places) or self._places[index] > end)
