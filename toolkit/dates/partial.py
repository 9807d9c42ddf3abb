"""Dates as precise as a text gives them: a year, a month or a day, with or without the year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_LEAP_YEAR = 2000
_CENTURY = 100
_AHEAD = 30
"""A year of two digits is no further ahead."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which parts may be unknown (None)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def is_possible(self) -> bool:
        """Tell whether the calendar has this date (29 February: in some year)."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        longest = 31 if self.month is None else monthrange(self.year or _LEAP_YEAR, self.month)[1]
        return 1 <= self.day <= longest

    @property
    def iso(self) -> str:
        """The W3C form: ``1959-06-18``, ``1959-06``, ``1959`` or, without year, ``--06-18``.

        See XML Schema Part 2: date, gYearMonth, gYear and gMonthDay.
        """
        parts = [
            f"{self.year:04}" if self.year is not None else "-",
            *(f"{part:02}" for part in (self.month, self.day) if part is not None),
        ]
        return "-".join(parts)

    def first_day(self) -> date:
        """Return the first day that the date may mean; the year must be known."""
        return date(self.year or 1, self.month or 1, self.day or 1)


def parse_iso(text: str | None) -> PartialDate | None:
    """Return the date written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None for anything else."""
    match = _ISO.fullmatch(text or "")
    if match is None or match[1] == "0000":
        return None
    parsed = PartialDate(*(int(part) if part else None for part in match.groups()))
    return parsed if parsed.is_possible else None


def years_from(anchor: PartialDate, offset: int) -> int | None:
    """Return the year ``offset`` years after that of the anchor."""
    return None if anchor.year is None else anchor.year + offset


def months_from(anchor: PartialDate, offset: int) -> PartialDate | None:
    """Return the month ``offset`` months after that of the anchor, if the anchor has one."""
    if anchor.year is None or anchor.month is None:
        return None
    years, month = divmod(anchor.month - 1 + offset, 12)
    return PartialDate(anchor.year + years, month + 1)


def days_from(anchor: PartialDate, offset: int) -> PartialDate | None:
    """Return the day ``offset`` days after the anchor, if the anchor is a day."""
    if anchor.year is None or anchor.month is None or anchor.day is None:
        return None
    day = anchor.first_day() + timedelta(days=offset)
    return PartialDate(day.year, day.month, day.day)


def nearest_month(day: int, anchor: PartialDate) -> PartialDate | None:
    """Return the day of this number that is nearest to the anchor, if the anchor is a day."""
    if anchor.day is None:
        return None
    months = (months_from(anchor, offset) for offset in (0, -1, 1))
    dated = [replace(month, day=day) for month in months if month is not None]
    return nearest_of([candidate for candidate in dated if candidate.is_possible], anchor)


def nearest_of(days: Iterable[PartialDate], anchor: PartialDate) -> PartialDate | None:
    """Return the day that is nearest to the anchor, a day too; of two, the first."""
    return min(days, key=lambda each: _distance(each, anchor, precise=True), default=None)


def weekday_from(anchor: PartialDate, weekday: int, direction: str) -> PartialDate | None:
    """Return the day of the week nearest to the anchor, if the anchor is a day.

    Args:
        anchor: The day from which is counted.
        weekday: The day of the week, Monday being 0.
        direction: ``last`` (before the anchor), ``next`` (after it), ``coming`` (not before it).
    """
    if anchor.year is None or anchor.month is None or anchor.day is None:
        return None
    after = (weekday - anchor.first_day().weekday()) % 7
    if direction == "last":
        return days_from(anchor, after - 7)
    return days_from(anchor, 7 if direction == "next" and not after else after)


def month_end(dated: PartialDate) -> PartialDate | None:
    """Return the last day of a month; None if year or month are not known."""
    if dated.year is None or dated.month is None:
        return None
    return replace(dated, day=monthrange(dated.year, dated.month)[1])


def candidate_years(dated: PartialDate, anchor: PartialDate) -> list[PartialDate]:
    """Return ``dated`` in the years about the anchor in which it exists, the nearest first."""
    if anchor.year is None:
        return []
    if anchor.month is None:
        return [c for c in [replace(dated, year=anchor.year)] if c.is_possible]
    possible = [
        candidate
        for offset in range(-4, 5)
        if (candidate := replace(dated, year=anchor.year + offset)).is_possible
    ]
    precise = anchor.day is not None and dated.day is not None
    return sorted(possible, key=lambda c: (_distance(c, anchor, precise), c.year))


def _distance(dated: PartialDate, anchor: PartialDate, precise: bool) -> int:
    """Return the distance in days, or in months where one of the two has no day."""
    if precise:
        return abs((dated.first_day() - anchor.first_day()).days)
    months = ((dated.year or 0) - (anchor.year or 0)) * 12
    return abs(months + (dated.month or 1) - (anchor.month or 1))


def expand_century(last_digits: str, anchor: PartialDate) -> int | None:
    """Return the year nearest to the anchor that ends in these two or three digits.

    Few years are named so that are far ahead: “48” in a text of 1909 is 1848.
    """
    if anchor.year is None:
        return None
    length = int(10 ** len(last_digits))
    spans = range(anchor.year // length - 1, anchor.year // length + 2)
    year = anchor.year
    years = [each for span in spans if (each := span * length + int(last_digits)) <= year + _AHEAD]
    nearest = min(years, key=lambda candidate: (abs(candidate - year), candidate))
    return nearest if abs(nearest - year) <= _CENTURY else None
