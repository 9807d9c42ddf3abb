"""Dates, times and durations of XML Schema (Part 2, section 3.2.6 to 3.2.14 and appendix E)."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from toolkit.expressions import expression

_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9]\d*)?\d{4})"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)"
_MIDNIGHT = r"(?P<midnight>24:00:00(?:\.0+)?)"
_CLOCK = rf"(?:{_TIME}|{_MIDNIGHT})"
_FORMS = {
    "dateTime": rf"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}",
    "time": rf"{_CLOCK}{_ZONE}",
    "date": rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gMonthDay": rf"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
}
_DURATION = expression(
    r"(?P<sign>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_YEAR = 2000
_HALF_DAYS = Decimal(14 * 3600)


class Moment(NamedTuple):
    """A point in time in seconds since 0000-01-01T00:00:00, and whether its zone is known.

    Two moments of which only one has a zone compare only if they are more than 14 hours apart
    (section 3.2.7.4); :func:`before` tells.
    """

    seconds: Decimal
    zoned: bool


class Duration(NamedTuple):
    """A duration: months and seconds, which are not commensurable."""

    months: int
    seconds: Decimal


def parser(kind: str) -> Callable[[str], Moment]:
    """Return the function that reads values of the type ``kind`` and raises ValueError."""
    form = expression(_FORMS[kind], re.ASCII)

    def parse(value: str) -> Moment:
        found = form.fullmatch(value)
        if found is None:
            raise ValueError(value)
        return _moment(found.groupdict())

    return parse


def before(one: Moment, other: Moment) -> bool:
    """Tell whether ``one`` is certainly before ``other``."""
    if one.zoned == other.zoned:
        return one.seconds < other.seconds
    return one.seconds + _HALF_DAYS < other.seconds


def shorter(one: Duration, other: Duration) -> bool:
    """Tell whether ``one`` is shorter from each of the four starts of section 3.2.6.2."""
    starts = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
    return all(_after(start, one) < _after(start, other) for start in starts)


def parse_duration(value: str) -> Duration:
    """Read a duration.

    Raises:
        ValueError: the value is none.
    """
    found = _DURATION.fullmatch(value)
    if found is None:
        raise ValueError(value)
    part = found.groupdict(default="0")
    months = Decimal(part["years"]) * 12 + Decimal(part["months"])
    seconds = (
        Decimal(part["days"]) * 86400
        + Decimal(part["hours"]) * 3600
        + Decimal(part["minutes"]) * 60
        + Decimal(part["seconds"])
    )
    sign = -1 if found["sign"] else 1
    return Duration(int(months) * sign, seconds * sign)


def _moment(part: dict[str, str | None]) -> Moment:
    year = _year(part)
    month = int(part.get("month") or 1)
    day = int(part.get("day") or 1)
    if day > _month_length(year, month):
        raise ValueError("no such day")
    seconds = Decimal(_days(year, month, day) * 86400)
    if part.get("midnight"):
        seconds += 86400 if "day" in part else 0
    elif part.get("hour"):
        seconds += int(part["hour"] or 0) * 3600 + int(part["minute"] or 0) * 60
        seconds += Decimal(part["second"] or 0)
    zone = part.get("zone")
    if zone and zone != "Z":
        offset = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds -= offset if zone[0] == "+" else -offset
    return Moment(seconds, bool(zone))


def _year(part: dict[str, str | None]) -> int:
    text = part.get("year")
    if text is None:
        return _LEAP_YEAR
    if len(text) > 1000:
        raise ValueError("no such year")
    year = int(text)
    if year == 0:
        raise ValueError("there is no year 0000 (section 3.2.7.1)")
    return year + 1 if year < 0 else year


def _month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def _days(year: int, month: int, day: int) -> int:
    """Return the days since 0000-01-01 of the proleptic Gregorian calendar."""
    past = year - 1
    leaps = past // 4 - past // 100 + past // 400 + 1
    in_year = sum(_month_length(year, m) for m in range(1, month))
    return year * 365 + leaps + in_year + day - 1


def _after(start: tuple[int, int], duration: Duration) -> Decimal:
    months = start[0] * 12 + start[1] - 1 + duration.months
    return Decimal(_days(months // 12, months % 12 + 1, 1) * 86400) + duration.seconds
