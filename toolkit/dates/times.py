"""Times of the day in running text, where it is clear which half of the day is meant.

The forms are data of each language's grammar (``times``). “3 o’clock” alone may be either of two
times, and is left alone. See the TEI Guidelines, 3.6.4 Dates and Times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from toolkit.dates.grammar import grammar_data

_FRACTIONS = {"¼": 15, "½": 30, "¾": 45}
_PARTS = {
    "{hour}": r"(?P<hour>\d{1,2})",
    "{minute}": r"(?P<minute>[0-5]\d)",
    "{fraction}": rf"(?P<fraction>[{''.join(_FRACTIONS)}])",
    " ?": r"\s*",
    " ": r"\s+",
}
_BEFORE = rf"(?<![\w/{''.join(_FRACTIONS)}])(?<!\d[.,:])(?<![{''.join(_FRACTIONS)}]\s)"
_AFTER = r"(?!\w)"
_NUMBER = re.compile(r"\d+")

Half = Literal["morning", "afternoon", ""]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a text, from ``start`` up to ``end``; ``when`` is as XML Schema has it."""

    start: int
    end: int
    when: str


@dataclass(frozen=True, eq=False)
class _Form:
    pattern: re.Pattern[str]
    half: Half


@dataclass(frozen=True, eq=False)
class _Times:
    """The forms of a language, each with the hour first; no time is without a signal."""

    signals: tuple[str, ...]
    forms: tuple[_Form, ...]


def find_times(text: str, language: str) -> tuple[TimeExpression, ...]:
    """Return the times of the day in ``text``, in order; none overlaps another."""
    times = _times_of(language)
    said = text.lower() if times.signals else ""
    if not any(signal in said for signal in times.signals):
        return ()
    found = sorted(_matches(text, times), key=lambda each: (each.start, -each.end))
    chosen: list[TimeExpression] = []
    for each in found:
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
    return tuple(chosen)


def signals_of_times(language: str) -> tuple[str, ...]:
    """Return words in small letters, one of which is in each text with a time of the day."""
    return _times_of(language).signals


def _matches(text: str, times: _Times) -> Iterator[TimeExpression]:
    numbers = [number.start() for number in _NUMBER.finditer(text)]
    for form in times.forms:
        reached = 0
        for at in numbers:
            match = form.pattern.match(text, at) if at >= reached else None
            if match:
                reached = match.end()
                when = _when(match, form.half)
                if when:
                    yield TimeExpression(*match.span(), when)


def _when(match: re.Match[str], half: Half) -> str:
    """Return the time that was matched; "" where it is none, or may be either of two."""
    said = match.groupdict()
    hour = int(match["hour"])
    minute = int(said.get("minute") or _FRACTIONS.get(said.get("fraction") or "", 0))
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "afternoon" else 0)
    elif not 12 < hour < 24:
        return ""
    return f"{hour:02}:{minute:02}:00"


@cache
def _times_of(language: str) -> _Times:
    data = grammar_data(language).get("times", {})
    return _Times(
        tuple(data.get("signals", ())),
        tuple(
            _Form(re.compile(_expression(form["form"])), form.get("half", ""))
            for form in data.get("forms", ())
        ),
    )


def _expression(form: str) -> str:
    for part, expression in _PARTS.items():
        form = form.replace(part, expression)
    return f"{_BEFORE}{form}{_AFTER}"
