"""The day of the week before a date: “Monday, 31 August”, “next Thursday, September 10”.

It belongs to the expression, and tells which of several years or months is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit.dates.partial import PartialDate, months_from, nearest_of
from toolkit.dates.parts import plain, with_spaces

_REACH = 48
"""So many characters before a date its day of the week may begin."""
_PLACE = "{weekday}"
_OTHER_YEARS = (-1, 1)
_OTHER_MONTHS = (-1, 1, -2, 2)


@dataclass(frozen=True)
class WeekdayBefore:
    """A day of the week that stands before a date, from ``start`` on; Monday is 0."""

    start: int
    number: int


class WeekdaysBefore:
    """How the days of the week stand before dates in a language.

    ``expression`` is what may stand there, with ``{weekday}`` for the name of the day.
    """

    def __init__(self, expression: str, weekday: str, numbers: Mapping[str, int]) -> None:
        self._expression = expression
        self._weekday = weekday
        self._numbers = numbers

    def before(self, text: str, first: int, date: int) -> WeekdayBefore | None:
        """Return the day of the week before the place of a date, beginning at ``first`` or later.

        It stands right before the date, with no more than the words of the language between.
        """
        if not self._expression or first >= date:
            return None
        match = self._pattern.search(text, max(first, date - _REACH), date)
        if match is None:
            return None
        return WeekdayBefore(match.start(), self._numbers[plain(match["weekday"])])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        said = with_spaces(self._expression).replace(_PLACE, self._weekday)
        return re.compile(rf"(?<!\w)(?:{said})\s*\Z")


def falls_on(dated: PartialDate, weekday: int) -> bool:
    """Tell whether a day, of which the year is known, falls on a day of the week."""
    return dated.first_day().weekday() == weekday


def other_year(dated: PartialDate, weekday: int, anchor: PartialDate) -> PartialDate | None:
    """Return the day in the year before or after that falls on a day of the week.

    Of two the one nearer to the anchor is returned; None if there is none.
    """
    years = (replace(dated, year=(dated.year or 0) + years) for years in _OTHER_YEARS)
    return _nearest(years, weekday, anchor)


def other_month(dated: PartialDate, weekday: int, anchor: PartialDate) -> PartialDate | None:
    """Return the day in one of the months about it that falls on a day of the week."""
    months = (months_from(dated, months) for months in _OTHER_MONTHS)
    days = (replace(month, day=dated.day) for month in months if month is not None)
    return _nearest(days, weekday, anchor)


def _nearest(days: Iterable[PartialDate], weekday: int, anchor: PartialDate) -> PartialDate | None:
    possible = [day for day in days if day.is_possible and falls_on(day, weekday)]
    return nearest_of(possible, anchor)
