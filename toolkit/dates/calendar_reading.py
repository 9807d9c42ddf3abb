"""From the match of a form of another calendar to the attributes of the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from toolkit.dates.calendars import GREGORIAN, Calendar
from toolkit.dates.expression import CalendarDate
from toolkit.dates.grammar import Form, Grammar
from toolkit.dates.numerals import number, number_in_words
from toolkit.dates.partial import PartialDate, candidate_years
from toolkit.dates.parts import plain
from toolkit.dates.reading import Impossible, Known

_LAST_DUAL_YEAR = 1752
_THIRDS = {"third_1": 1, "third_2": 11, "third_3": 21}
"""The day with which each third of a month begins."""


@dataclass(frozen=True)
class ReadByCalendar:
    """The attributes of a date by the Gregorian calendar, and what it is by its own."""

    attributes: Mapping[str, str]
    by: CalendarDate


@dataclass(frozen=True)
class _Parts:
    year: int
    month: int | None
    day: int | None

    @property
    def written(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def read_by_calendar(
    match: re.Match[str],
    form: Form,
    grammar: Grammar,
    calendar: Calendar,
    known: Known,
) -> ReadByCalendar | Impossible | None:
    """Return what a form of a calendar matched; None if it cannot be read without a guess.

    A day without a year is that nearest to the date named before, or else to the document's.
    """
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    if calendar.counts_eras:
        return _by_era(groups, grammar, calendar)
    if form.double:
        return _double(groups, grammar, calendar, known.document)
    month = _month(groups, grammar, "")
    day = form.day if form.day is not None else _day(groups, grammar, "")
    words = groups.get("year_words")
    if words is None and "year" not in groups:
        return _nearest(calendar, month, day, known)
    year = number_in_words(words, grammar.numbers) if words else number(groups["year"])
    if "year_to_short" in groups:
        year = _dual_year(year, groups, grammar)
    if year is None or year not in calendar.years:
        return None
    if groups.get("month", "").lower() in calendar.two_in_leap_years and calendar.is_leap(year):
        return None
    parts = _Parts(year, month, day)
    third = next((name for name in _THIRDS if name in groups), None)
    if third is not None:
        period = _third(calendar, parts, _THIRDS[third])
    else:
        period = calendar.period(parts.year, parts.month, parts.day)
    if period is None:
        return Impossible()
    if form.month_end:
        period = period[1], period[1]
        parts = replace(parts, day=calendar.day_of(period[1]))
    return ReadByCalendar(_between(calendar, *period), _custom(calendar, parts.written))


def _nearest(
    calendar: Calendar, month: int | None, day: int | None, known: Known
) -> ReadByCalendar | None:
    """Return a day without a year."""
    anchor = known.named or known.document
    if anchor is None or anchor.year is None or month is None or day is None:
        return None
    near = anchor.first_day()
    year = calendar.year_of(near)
    found = [
        (period[0], _Parts(each, month, day))
        for each in (year - 1, year, year + 1)
        if (period := calendar.period(each, month, day))
    ]
    if not found:
        return None
    nearest, parts = min(found, key=lambda each: (abs((each[0] - near).days), each[0]))
    attributes = {**_between(calendar, nearest, nearest), "evidence": "internal"}
    return ReadByCalendar(attributes, _custom(calendar, parts.written))


def _third(calendar: Calendar, parts: _Parts, first: int) -> tuple[date, date] | None:
    """Return the third of a month that begins with its ``first`` day."""
    begin = calendar.period(parts.year, parts.month, first)
    whole = calendar.period(parts.year, parts.month, None)
    if begin is None or whole is None:
        return None
    return begin[0], min(begin[0] + timedelta(9), whole[1])


def _custom(calendar: Calendar, written: str, *further: str) -> CalendarDate:
    return CalendarDate((calendar.identifier, *further), written, calendar.approximate)


def _between(calendar: Calendar, first: date, last: date) -> dict[str, str]:
    begin, end = calendar.as_dated_then(first), calendar.as_dated_then(last)
    if begin == end:
        return {"when": begin.iso}
    return {"notBefore": begin.iso, "notAfter": end.iso}


def _month(groups: Mapping[str, str], grammar: Grammar, suffix: str) -> int | None:
    if f"month{suffix}" in groups:
        return grammar.months[plain(groups[f"month{suffix}"])]
    return number(groups["month_number"]) if "month_number" in groups and not suffix else None


def _day(groups: Mapping[str, str], grammar: Grammar, suffix: str) -> int | None:
    if f"day{suffix}" in groups:
        return number(groups[f"day{suffix}"])
    if "day_words" in groups and not suffix:
        return number_in_words(groups["day_words"], grammar.numbers)
    word = groups.get(f"day{suffix}_word")
    return None if word is None else grammar.ordinals[plain(word)]


def _dual_year(year: int | None, groups: Mapping[str, str], grammar: Grammar) -> int | None:
    """Return the year of “10 January 1719/20”: that which begins in January.

    Until 1752 the English year began on 25 March.
    """
    if year is None or year > _LAST_DUAL_YEAR or (_month(groups, grammar, "") or 12) > 3:
        return None
    short = groups["year_to_short"]
    follows = (year + 1) % 10 ** len(short) == int(short)
    return year + 1 if follows else None


def _double(
    groups: Mapping[str, str], grammar: Grammar, calendar: Calendar, anchor: PartialDate | None
) -> ReadByCalendar | None:
    """Return the day that is given by two calendars, if one of the two is the other's equal."""
    inferred = {} if "year" in groups else {"evidence": "internal"}
    month = _month(groups, grammar, "")
    month_to = _month(groups, grammar, "_to")
    days = _day(groups, grammar, ""), _day(groups, grammar, "_to")
    month_to = month_to or month
    last = PartialDate(None, month_to, days[1])
    for year, year_to in _years(groups) if "year" in groups else _years_near(month, last, anchor):
        first = _Parts(year, month, days[0])
        second = _Parts(year_to, month_to, days[1])
        for old, new in ((first, second), (second, first)):
            period = calendar.period(old.year, old.month, old.day)
            gregorian = PartialDate(new.year, new.month, new.day)
            if period is not None and period[0].isoformat() == gregorian.iso:
                return ReadByCalendar(
                    {"when": gregorian.iso, **inferred}, _custom(calendar, old.written, GREGORIAN)
                )
    return None


def _years_near(
    month: int | None, last: PartialDate, anchor: PartialDate | None
) -> Iterator[tuple[int, int]]:
    """Yield the years that two dates without a year may have, the likeliest first."""
    if anchor is None or month is None or last.month is None or not last.is_possible:
        return
    for candidate in candidate_years(last, anchor):
        year = candidate.year or 0
        yield year - (month > last.month), year


def _years(groups: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the years that the two dates may have, by what is written."""
    year = int(groups["year"])
    if "year_to" in groups:
        yield year, int(groups["year_to"])
        return
    if "year_to_short" in groups:
        short = groups["year_to_short"]
        if (year + 1) % 10 ** len(short) == int(short):
            yield year + 1, year + 1
            yield year, year + 1
        return
    yield year, year
    # The one year of “20 December / 1 January 1900” is that of the later date.
    yield year - 1, year


def _by_era(
    groups: Mapping[str, str], grammar: Grammar, calendar: Calendar
) -> ReadByCalendar | Impossible | None:
    era = calendar.eras[plain(groups["era"])]
    year = number(groups["year"])
    if year is None:
        return None
    parts = PartialDate(era.before + year, _month(groups, grammar, ""), _day(groups, grammar, ""))
    if not 1 <= year <= era.last or not parts.is_possible:
        return Impossible()
    if "year_to" in groups and int(groups["year_to"]) != parts.year:
        return None
    further = "".join(f"-{part:02}" for part in (parts.month, parts.day) if part is not None)
    custom = _custom(calendar, f"{era.value}-{year:02}{further}")
    if era.is_gregorian(year):
        return ReadByCalendar({"when": parts.iso}, custom)
    # A lunisolar year ends some weeks into the next one.
    return ReadByCalendar(
        {"notBefore": f"{era.before + year}", "notAfter": f"{era.before + year + 1}"}, custom
    )
