"""Feasts of the church year, fixed ones and those counted from Easter.

Easter is reckoned by the calendar that dates of the year are given in: by the Julian up to the year
before a language went over to the Gregorian.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from toolkit.dates.partial import PartialDate, nearest_of

FIRST_GREGORIAN_YEAR = 1583
"""The first whole year of the Gregorian calendar."""

_DAY = re.compile(r"(\d\d)-(\d\d)")
_EASTER = re.compile(r"easter([+-]\d+)")


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast on a day of a month, or, without a month, so many days after Easter Sunday."""

    month: int | None
    day: int
    gregorian_from: int = FIRST_GREGORIAN_YEAR
    is_orthodox: bool = False
    """Whether the church keeps it by the Julian calendar, whatever dates are given in."""

    def in_year(self, year: int, shift: Shift | None = None) -> PartialDate:
        """Return the day of the feast in a year, or one counted from it."""
        julian = year < self.gregorian_from
        day = self._day(year, julian or self.is_orthodox)
        if shift is not None:
            day += timedelta(days=shift.days_from(day))
        written = (day.year, day.month, day.day)
        return PartialDate(*(_julian().from_gregorian(*written) if julian else written))

    def _day(self, year: int, julian: bool) -> date:
        """Return the day of the feast in a year, by the Gregorian calendar."""
        if self.month is None:
            church = "orthodox" if julian else "western"
            easter = import_module("convertdate.holidays").easter(year, church)
            return date(*easter) + timedelta(days=self.day)
        written = (year, self.month, self.day)
        return date(*(_julian().to_gregorian(*written) if julian else written))

    def year_near(self, anchor: PartialDate, direction: str = "") -> int | None:
        """Return the year in which the feast is nearest to the anchor, which has a year.

        If a ``direction`` is said, it is the ``last`` before the anchor or the ``next`` after it.
        """
        if anchor.year is None or anchor.day is None:
            return None if direction else anchor.year
        days = list(map(self.in_year, range(max(anchor.year - 1, 1), anchor.year + 2)))
        if direction == "last":
            days = [day for day in days if day.first_day() < anchor.first_day()]
        elif direction == "next":
            days = [day for day in days if day.first_day() > anchor.first_day()]
        found = nearest_of(days, anchor)
        return None if found is None else found.year


@dataclass(frozen=True, slots=True)
class Shift:
    """How a day is counted from a feast: so many days, or the day of the week beside it.

    The day of the week, Monday being 0, is the ``next`` one after the feast or the ``last`` before.
    """

    days: int = 0
    weekday: int | None = None
    direction: str = "next"

    def days_from(self, day: date) -> int:
        """Return how many days after the feast, which is on this day, the day counted is."""
        if self.weekday is None:
            return self.days
        after = (self.weekday - day.weekday()) % 7
        return after - 7 if self.direction == "last" else after or 7


def feasts_of(
    said: Mapping[str, Sequence[str]],
    gregorian_from: int = FIRST_GREGORIAN_YEAR,
    *,
    orthodox: bool = False,
) -> dict[str, Feast]:
    """Return the feasts of a grammar by their names.

    Args:
        said: The names of each feast, by its day: ``12-25``, or ``easter+1``.
        gregorian_from: The first year by the Gregorian calendar.
        orthodox: Whether the church keeps them by the Julian calendar.
    """
    return {
        name: Feast(*_day_said(day), gregorian_from, orthodox)
        for day, names in said.items()
        for name in names
    }


def _day_said(day: str) -> tuple[int | None, int]:
    fixed = _DAY.fullmatch(day)
    if fixed:
        return int(fixed[1]), int(fixed[2])
    counted = _EASTER.fullmatch(day)
    return None, int(counted[1]) if counted else 0


def _julian() -> Any:  # noqa: ANN401 (a module of convertdate)
    return import_module("convertdate.julian")
