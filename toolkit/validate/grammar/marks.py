"""Which parts of a document the engine found nothing in: they need no diagnosis."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from lxml import etree

from toolkit.tei.positions import Positions
from toolkit.validate.relaxng import Violation, ViolationKind

BEYOND = 1 << 62
"""Behind the end of every document."""


class Marks:
    """The places of the violations in one document, as bytes from its beginning."""

    def __init__(self, where: Positions, violations: Iterable[Violation]) -> None:
        self._where = where
        found = list(violations)
        places = sorted({(violation.line, violation.column) for violation in found})
        self._places = [where.offset_of(*place) for place in places]
        # Where checking stopped early, or places are not known, nothing is known to be clean.
        stopped = any(violation.kind is ViolationKind.TOO_MANY for violation in found)
        self._trusted = where.exact and not stopped

    def start(self, element: etree._Element) -> int:
        """Return the place of the element's start tag."""
        return self._where.offset(element)

    def is_clean(self, start: int, end: int) -> bool:
        """Tell whether nothing is wrong from ``start`` to ``end``.

        The place of what an empty element lacks is its end, where the next may begin.
        """
        index = bisect_left(self._places, start)
        return self._trusted and (index == len(self._places) or self._places[index] > end)
