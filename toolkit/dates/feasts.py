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

    def in_year(self, year: int, shift: Shift | None = None) -> PartialDate:
        """Return the day of the feast in a year, or one counted from it."""
        julian = year < self.gregorian_from
        day = self._day(year, julian)
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

    def year_near(self, anchor: PartialDate) -> int | None:
        """Return the year in which the feast is nearest to the anchor, which has a year."""
        if anchor.year is None or anchor.day is None:
            return anchor.year
        years = range(max(anchor.year - 1, 1), anchor.year + 2)
        found = nearest_of(map(self.in_year, years), anchor)
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
    said: Mapping[str, Sequence[str]], gregorian_from: int = FIRST_GREGORIAN_YEAR
) -> dict[str, Feast]:
    """Return the feasts of a grammar by their names.

    Args:
        said: The names of each feast, by its day: ``12-25``, or ``easter+1``.
        gregorian_from: The first year by the Gregorian calendar.
    """
    return {name: _feast(day, gregorian_from) for day, names in said.items() for name in names}


def _feast(day: str, gregorian_from: int) -> Feast:
    fixed = _DAY.fullmatch(day)
    if fixed:
        return Feast(int(fixed[1]), int(fixed[2]), gregorian_from)
    counted = _EASTER.fullmatch(day)
    return Feast(None, int(counted[1]) if counted else 0, gregorian_from)


def _julian() -> Any:  # noqa: ANN401 (a module of convertdate)
    return import_module("convertdate.julian")
