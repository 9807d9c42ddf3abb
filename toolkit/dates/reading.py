"""From the match of a form to the attributes of the date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.dates.feasts import Feast, Shift
from toolkit.dates.grammar import Direction, Form, Grammar
from toolkit.dates.numerals import number, number_in_words
from toolkit.dates.partial import (
    PartialDate,
    candidate_years,
    days_from,
    expand_century,
    month_end,
    months_from,
    nearest_month,
    weekday_from,
    years_from,
)
from toolkit.dates.parts import plain
from toolkit.dates.roman_days import counted_back, fixed_day_in
from toolkit.dates.spans import SPANS, read_span
from toolkit.dates.tenses import Tense

_DAYS_OF = {"day": 1, "week": 7}
_CLOSE = 60
"""So many days from the document's date the nearest day is meant, whatever the tense."""
_DIRECTION_OF: Mapping[Tense, Direction | None] = {"past": "last", "future": "next", "": None}
_NEAR = 150
"""A day alone goes on from a date that is so many days from the document's at most."""


@dataclass(frozen=True)
class Impossible:
    """The expression has the form of a date but names none."""


@dataclass(frozen=True)
class Known:
    """The dates against which expressions are read: the document's, and those named last.

    ``named`` is a day or a month, ``year`` may be a year alone. ``tense`` tells whether what is
    said beside an expression lies behind or ahead.
    """

    document: PartialDate | None = None
    named: PartialDate | None = None
    year: PartialDate | None = None
    tense: Tense = ""


@dataclass(frozen=True)
class _Reading:
    """A date and whether a part of it was inferred from the date of the document."""

    date: PartialDate
    inferred: bool = False


def read_match(
    match: re.Match[str], form: Form, grammar: Grammar, known: Known
) -> Mapping[str, str] | Impossible | None:
    """Return the attributes of the date that ``form`` matched.

    None: the expression cannot be read, being ambiguous or lacking the document's date.
    """
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    span = read_span(groups, form, grammar, known.document)
    if span is not None:
        first, last, inferred = span
        return {"notBefore": f"{first:04}", "notAfter": f"{last:04}", **_evidence(inferred)}
    if groups.keys() & SPANS:
        return None
    if form.unit is not None:
        counted = _counted(groups, form, grammar, known.document)
        return None if counted is None else {"when": counted.iso, **_evidence(True)}
    end = _explicit(groups, grammar, known.document, "_to")
    start = _explicit(groups, grammar, known.document, "", match)
    if isinstance(start, Impossible) or isinstance(end, Impossible):
        return Impossible()
    if start is None:
        return None
    if end is not None:
        return _range(start, end, form, known)
    reading: _Reading | Impossible | None
    if "feast" in groups:
        feast = grammar.feasts.get(plain(groups["feast"]))
        if feast is None:
            return None
        reading = _at_feast(feast, start, groups, form, grammar, known)
    elif "weekday" in groups and form.weekday is not None:
        weekday = grammar.weekdays[plain(groups["weekday"])]
        reading = _weekday(weekday, form, known)
    else:
        reading = _resolve(start, form, known)
    if reading is None or isinstance(reading, Impossible):
        return reading
    return {form.bound or "when": reading.date.iso, **_evidence(reading.inferred)}


def _counted(
    groups: Mapping[str, str], form: Form, grammar: Grammar, anchor: PartialDate | None
) -> PartialDate | None:
    """Return the date that is so many days, months or years from the document's.

    It is no finer than what is counted.
    """
    said = plain(groups["count"])
    count = int(said) if said.isdecimal() else grammar.numbers[said]
    offset = -count if form.past else count
    if anchor is None or anchor.year is None:
        return None
    if form.unit == "year":
        month, day = (anchor.month, anchor.day) if form.to_the_day else (None, None)
        dated = PartialDate(anchor.year + offset, month, day)
        return dated if dated.is_possible else None
    if form.unit == "month":
        return months_from(anchor, offset)
    return days_from(anchor, offset * _DAYS_OF[form.unit or "day"])


def _explicit(
    groups: Mapping[str, str],
    grammar: Grammar,
    anchor: PartialDate | None,
    suffix: str,
    match: re.Match[str] | None = None,
) -> _Reading | Impossible | None:
    """Return what the text itself says of the first or (``_to``) the second date."""
    year, inferred = _year(groups, grammar, anchor, suffix)
    if year is None and (f"year{suffix}_short" in groups):
        return None
    if match is not None and "number_1" in groups:
        return _numeric(groups, grammar, year, inferred)
    month = _month(groups, grammar, suffix)
    day = _day(groups, grammar, suffix)
    if suffix and (year, month, day) == (None, None, None):
        return None
    fixed = fixed_day_in(groups)
    if fixed is not None:
        count = 2 if "eve" in groups else 1 if day is None else day
        counted = counted_back(PartialDate(year, month), fixed, count)
        return Impossible() if counted is None else _Reading(counted, inferred)
    dated = PartialDate(year, month, day)
    if dated.is_possible:
        return _Reading(dated, inferred)
    # A number above 31 beside a month alone is a number, and no mistaken date.
    plausible = day is None or day <= 31 or year is not None or suffix or "year_to" in groups
    return Impossible() if plausible else None


def _year(
    groups: Mapping[str, str], grammar: Grammar, anchor: PartialDate | None, suffix: str
) -> tuple[int | None, bool]:
    if "year_words" in groups and not suffix:
        return number_in_words(groups["year_words"], grammar.numbers), False
    if f"year{suffix}" in groups:
        return number(groups[f"year{suffix}"]), False
    short = groups.get(f"year{suffix}_short")
    if short is None:
        return None, False
    if suffix and "year" in groups:
        return _year_to(int(groups["year"]), short), False
    return (None if anchor is None else expand_century(short, anchor)), True


def _year_to(first: int, last_digits: str) -> int:
    """Return the later of two years by its last digits: “1952/3”, “1899/00”."""
    length = int(10 ** len(last_digits))
    year = first // length * length + int(last_digits)
    return first + 1 if (first + 1 - year) % length == 0 else year


def _month(groups: Mapping[str, str], grammar: Grammar, suffix: str) -> int | None:
    if f"month{suffix}" in groups:
        return grammar.months[plain(groups[f"month{suffix}"])]
    if suffix:
        return None
    if "month_number" in groups:
        return number(groups["month_number"])
    return number(groups.get("month_roman", ""))


def _day(groups: Mapping[str, str], grammar: Grammar, suffix: str) -> int | None:
    if f"day{suffix}" in groups:
        return number(groups[f"day{suffix}"])
    word = groups.get(f"day{suffix}_word")
    return None if word is None else grammar.ordinals[plain(word)]


def _numeric(
    groups: Mapping[str, str], grammar: Grammar, year: int | None, inferred: bool
) -> _Reading | Impossible | None:
    """Return a date written in numbers, if only one order of day and month is possible."""
    first, second = int(groups["number_1"]), int(groups["number_2"])
    day_first = PartialDate(year, second, first)
    month_first = PartialDate(year, first, second)
    order = grammar.numeric_order.get(groups["separator"])
    orders = {"dmy": [day_first], "mdy": [month_first]}.get(order or "", [day_first, month_first])
    possible = {dated for dated in orders if dated.is_possible}
    if len(possible) == 1:
        return _Reading(possible.pop(), inferred)
    looks_like_date = any((d.month or 0) in range(1, 13) and (d.day or 0) <= 31 for d in orders)
    return Impossible() if not possible and looks_like_date and not inferred else None


def _at_feast(
    feast: Feast,
    said: _Reading,
    groups: Mapping[str, str],
    form: Form,
    grammar: Grammar,
    known: Known,
) -> _Reading | None:
    """Return the day of a feast, or so many days, or the day of the week, before or after it."""
    year = said.date.year
    anchor = known.named if form.named else known.document
    if year is None and anchor is not None and isinstance(form.year, int) and anchor.year:
        year = anchor.year + form.year
    if year is None and anchor is not None:
        year = feast.year_near(anchor, form.year if isinstance(form.year, str) else "")
    if year is None:
        return None
    weekday = grammar.weekdays[plain(groups["weekday"])] if "weekday" in groups else None
    shift = Shift(form.day or 0, weekday if form.weekday else None, form.weekday or "")
    return _Reading(feast.in_year(year, shift), said.inferred or said.date.year is None)


def _weekday(weekday: int, form: Form, known: Known) -> _Reading | Impossible | None:
    anchor = known.document
    if anchor is None or form.weekday is None:
        return None
    direction: str = form.weekday
    if direction == "near":
        direction = "last" if known.tense == "past" else "coming"
    found = weekday_from(anchor, weekday, direction)
    return _inferred(None if found is None else days_from(found, form.day or 0))


def _resolve(reading: _Reading, form: Form, known: Known) -> _Reading | Impossible | None:
    """Return the reading with what the text leaves out taken from the dates that are known."""
    dated = reading.date
    anchor = known.named if form.named else known.document
    if form.day is not None:
        return _inferred(None if anchor is None else days_from(anchor, form.day))
    if form.month is not None:
        return _inferred(_in_month(dated, form.month, anchor, known))
    if isinstance(form.year, int):
        anchor = (known.year or anchor) if form.named else anchor
        year = None if anchor is None else years_from(anchor, form.year)
        found = None if year is None else replace(dated, year=year)
        return _inferred(found if found is not None and found.is_possible else None)
    dated_in_year = _in_year(reading, form, anchor, known.tense)
    return _month_end(dated_in_year) if form.month_end else dated_in_year


def _in_month(
    dated: PartialDate, month: int | str, anchor: PartialDate | None, known: Known
) -> PartialDate | None:
    """Return a day in the month that is so many months after that of the anchor, or the nearest."""
    if anchor is None or anchor.month is None:
        # A journal is dated by its year, its entries by the day.
        anchor = known.named or known.document
    if anchor is None:
        return None
    if isinstance(month, str):
        going_on = _in_month_named(dated, known.named, anchor)
        if going_on is not None:
            return going_on
        nearest = None if dated.day is None else nearest_month(dated.day, anchor)
        if nearest is not None:
            return _as_told(nearest, anchor, known.tense)
        month = 0
    found = months_from(anchor, month)
    found = None if found is None else replace(found, day=dated.day)
    return found if found is not None and found.is_possible else None


def _as_told(nearest: PartialDate, anchor: PartialDate, tense: Tense) -> PartialDate:
    """Return the day in the month before if it lies ahead of what is told of the past."""
    before = months_from(nearest, -1) if tense == "past" and anchor.day is not None else None
    if before is None or not _is_before(anchor, nearest):
        return nearest
    day = replace(before, day=nearest.day)
    return day if day.is_possible else nearest


def _in_month_named(
    dated: PartialDate, named: PartialDate | None, anchor: PartialDate
) -> PartialDate | None:
    """Return a day in the month that was named before it, as in “the 3rd of May … on the 10th”."""
    if named is None or named.month is None or dated.day is None:
        return None
    if named.day is not None and (named.day >= dated.day or not _are_near(named, anchor)):
        return None
    found = replace(named, day=dated.day)
    return found if found.is_possible else None


def _are_near(one: PartialDate, other: PartialDate) -> bool:
    return abs((one.first_day() - other.first_day()).days) <= _NEAR


def _month_end(reading: _Reading | Impossible | None) -> _Reading | Impossible | None:
    if reading is None or isinstance(reading, Impossible):
        return reading
    dated = month_end(reading.date)
    return None if dated is None else replace(reading, date=dated)


def _in_year(
    reading: _Reading, form: Form, anchor: PartialDate | None, tense: Tense
) -> _Reading | Impossible | None:
    dated = reading.date
    if dated.year is not None:
        return reading
    if dated.month is None:
        return None
    if anchor is None:
        return reading if dated.day is not None and form.year is None else None
    return _inferred(_nearest(dated, form, anchor, tense))


def _nearest(
    dated: PartialDate, form: Form, anchor: PartialDate, tense: Tense
) -> PartialDate | None:
    """Return ``dated`` in the nearest year; in the nearest past or coming one for last and next.

    If it is not near, the tense of the sentence tells which of the two it is.
    """
    candidates = candidate_years(dated, anchor)
    direction = form.year
    if direction is None and candidates and not is_close(candidates[0], anchor):
        direction = _DIRECTION_OF[tense]
    for candidate in candidates:
        if direction == "last" and not _is_before(candidate, anchor):
            continue
        if direction == "next" and not _is_before(anchor, candidate):
            continue
        return candidate
    return None


def is_close(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether a day is so near to a date that its year is hardly another."""
    return other.month is None or abs((one.first_day() - other.first_day()).days) <= _CLOSE


def _is_before(earlier: PartialDate, later: PartialDate) -> bool:
    if earlier.day is None or later.day is None:
        return (earlier.year, earlier.month or 0) < (later.year, later.month or 0)
    return earlier.first_day() < later.first_day()


def _range(
    start: _Reading, end: _Reading, form: Form, known: Known
) -> Mapping[str, str] | Impossible | None:
    if end.date.month is None and end.date.day is not None:
        end = replace(end, date=replace(end.date, month=start.date.month))
    if end.date.year is None and start.date.year is not None:
        # The one year of “28 December – 3 January 1920” is that of the end.
        end = replace(end, date=replace(end.date, year=start.date.year))
        start = replace(start, date=replace(start.date, year=None))
    if not end.date.is_possible:
        return Impossible()
    resolved = _resolve(end, form, known)
    if resolved is None or isinstance(resolved, Impossible):
        return resolved
    first = _start_of_range(start.date, resolved.date)
    if not first.is_possible:
        return Impossible()
    last = resolved.date
    if end.date.year is None and (form.year, form.month) == (None, None) and not known.tense:
        first, last = _nearest_range(first, last, known.document)
    if first.year is not None and first.first_day() > last.first_day():
        return None
    if form.consecutive and not _follow_each_other(first, last):
        return None
    names = ("notBefore", "notAfter") if form.between else ("from", "to")
    inferred = start.inferred or resolved.inferred
    return {names[0]: first.iso, names[1]: last.iso, **_evidence(inferred)}


def _nearest_range(
    first: PartialDate, last: PartialDate, anchor: PartialDate | None
) -> tuple[PartialDate, PartialDate]:
    """Return a range in the year in which it is nearest to the anchor, or has it inside."""
    if anchor is None or anchor.month is None or first.year is None or last.year is None:
        return first, last
    day = anchor.first_day()
    ranges = [
        (replace(first, year=first.year + years), replace(last, year=last.year + years))
        for years in (0, -1, 1)
    ]
    possible = [(begin, end) for begin, end in ranges if begin.is_possible and end.is_possible]
    return min(
        possible,
        key=lambda each: max((each[0].first_day() - day).days, (day - each[1].first_day()).days, 0),
    )


def _follow_each_other(first: PartialDate, last: PartialDate) -> bool:
    """Tell whether two days, or two years, follow each other."""
    if first.month is None and last.month is None:
        return (first.year or 0) + 1 == last.year
    return (first.day or 0) + 1 == last.day


def _start_of_range(start: PartialDate, end: PartialDate) -> PartialDate:
    """Return the start of a range with what it leaves out taken from the end."""
    month = start.month if start.month is not None or start.day is None else end.month
    if start.year is not None or end.year is None:
        return replace(start, month=month)
    turns_year = month is not None and end.month is not None and month > end.month
    return replace(start, month=month, year=end.year - 1 if turns_year else end.year)


def _inferred(dated: PartialDate | None) -> _Reading | None:
    return None if dated is None else _Reading(dated, inferred=True)


def _evidence(inferred: bool) -> dict[str, str]:
    return {"evidence": "internal"} if inferred else {}
