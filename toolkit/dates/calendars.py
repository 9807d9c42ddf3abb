"""Calendars other than the Gregorian: the data of ``schemas/dates/calendars``, and conversion.

The arithmetic is that of ``convertdate``, which is loaded when the first such date is met.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from ahocorasick_rs import AhoCorasick

from toolkit.dates.partial import PartialDate
from toolkit.resources import SCHEMAS

FOLDER = SCHEMAS / "dates" / "calendars"
GREGORIAN = "gregorian"
_ERA = "era"
_JULIAN = "julian"
_GREGORIAN_REFORM = date(1582, 10, 15)
_LONGEST_MONTH = 31
_LONGEST_LUNAR_MONTH = 30
_FIRST_MONTHS = {"hebrew": 7}


@dataclass(frozen=True)
class Era:
    """Years counted from an accession or a foundation.

    ``before`` is the Gregorian year before the first, ``last`` the last year of the era. Before the
    year ``gregorian_from`` its months are those of a lunisolar calendar; in a ``lunisolar`` era
    they always are.
    """

    value: str
    before: int
    last: int
    gregorian_from: int = 1
    lunisolar: bool = False

    def is_gregorian(self, year: int) -> bool:
        """Tell whether month and day of a year of the era are Gregorian."""
        return not self.lunisolar and year >= self.gregorian_from


@dataclass(frozen=True, eq=False)
class Calendar:
    """One calendar: its identifier in documents, its name, how it is converted, and its grammar.

    ``also`` are other identifiers by which editions declare it. A text that has none of the
    ``signals``, or not the ``condition``, has no date by it. Where it is ``approximate``, the
    day may have been another one.
    """

    identifier: str
    name: str
    also: tuple[str, ...]
    reckoning: str
    approximate: bool
    years: range
    eras: Mapping[str, Era]
    two_in_leap_years: frozenset[str]
    signals: tuple[str, ...]
    condition: re.Pattern[str]
    grammar: Mapping[str, Any]

    @cached_property
    def words_behind(self) -> re.Pattern[str] | None:
        """What says behind a date that it is by this calendar."""
        words = "|".join(self.grammar.get("words", {}).get(self.grammar.get("behind"), ()))
        return re.compile(rf",?\s*(?:{words})") if words else None

    @property
    def counts_eras(self) -> bool:
        """Tell whether years are counted by eras."""
        return self.reckoning == _ERA

    def period(self, year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
        """Return the first and the last day, in the Gregorian calendar, of a year, month or day.

        None if this calendar has no such date.
        """
        if month is None:
            first = self._day(year, _FIRST_MONTHS.get(self.reckoning, 1), 1)
            following = self._day(year + 1, _FIRST_MONTHS.get(self.reckoning, 1), 1)
            return (first, following - timedelta(1)) if first and following else None
        if day is not None:
            dated = self._day(year, month, day) or self._observed(year, month, day)
            return (dated, dated) if dated else None
        days = [self._day(year, month, number) for number in range(1, _LONGEST_MONTH + 1)]
        possible = [each for each in days if each is not None]
        return (possible[0], possible[-1]) if possible else None

    def as_dated_then(self, day: date) -> PartialDate:
        """Return a day as texts of its time without another calendar give it.

        Before 15 October 1582 that is the Julian date, which plain dates of those years have too.
        A Julian date keeps its Gregorian equivalent.
        """
        written = (day.year, day.month, day.day)
        if day < _GREGORIAN_REFORM and self.reckoning != _JULIAN:
            written = _converter(_JULIAN).from_gregorian(*written)
        return PartialDate(*written)

    def year_of(self, day: date) -> int:
        """Return the year of this calendar in which a day of the Gregorian lies."""
        return int(_converter(self.reckoning).from_gregorian(day.year, day.month, day.day)[0])

    def day_of(self, day: date) -> int:
        """Return which day of its month in this calendar a day of the Gregorian is."""
        return int(_converter(self.reckoning).from_gregorian(day.year, day.month, day.day)[2])

    def is_leap(self, year: int) -> bool:
        """Tell whether a year is a leap year."""
        return bool(_converter(self.reckoning).leap(year))

    def _observed(self, year: int, month: int, day: int) -> date | None:
        """Return the day after the last of a month that by observation may have had one more."""
        if not self.approximate or day > _LONGEST_LUNAR_MONTH:
            return None
        before = self._day(year, month, day - 1)
        return before + timedelta(1) if before else None

    def _day(self, year: int, month: int, day: int) -> date | None:
        converter = _converter(self.reckoning)
        try:
            found = converter.to_gregorian(year, month, day)
            back = converter.from_gregorian(*found)
        except (ValueError, IndexError):
            return None
        # Days that a month has not are counted into the next one.
        return date(*found) if tuple(back) == (year, month, day) else None


def _converter(reckoning: str) -> Any:  # noqa: ANN401 (a module of convertdate)
    return import_module(f"convertdate.{reckoning}")


@cache
def calendars() -> tuple[Calendar, ...]:
    """Return all calendars that have a grammar."""
    return tuple(_read(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json")))


@cache
def calendar_named(identifier: str) -> Calendar | None:
    """Return the calendar with this identifier."""
    return next((each for each in calendars() if each.identifier == identifier), None)


@cache
def _signals() -> tuple[AhoCorasick, tuple[Calendar, ...]]:
    """Return an automaton of all signals, and the calendar of each."""
    pairs = [(signal, each) for each in calendars() for signal in each.signals]
    return AhoCorasick([signal for signal, _ in pairs]), tuple(each for _, each in pairs)


def calendars_in(said: str) -> tuple[Calendar, ...]:
    """Return the calendars by which a text, in small letters, may give a date."""
    automaton, owners = _signals()
    met = {
        owners[number].identifier
        for number, _, _ in automaton.find_matches_as_indexes(said, overlapping=True)
    }
    if not met:
        return ()
    return tuple(c for c in calendars() if c.identifier in met and c.condition.search(said))


def _read(text: str) -> Calendar:
    data = json.loads(text)
    eras = {
        name.lower(): Era(**{key: value for key, value in era.items() if key != "names"})
        for era in data.get("eras", [])
        for name in era["names"]
    }
    return Calendar(
        data["calendar"],
        data["name"],
        tuple(data.get("also", [])),
        data["reckoning"],
        data.get("approximate", False),
        range(data.get("first_year", 1), data.get("last_year", 9998) + 1),
        eras,
        frozenset(data.get("two_in_leap_years", [])),
        tuple(data["signals"]),
        re.compile(data.get("condition", "")),
        data,
    )
