"""What a value that a schema does not take was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from toolkit.dates import normalise
from toolkit.expressions import expression
from toolkit.resources import SCHEMAS
from toolkit.validate.grammar.likeness import nearest

_COMPACT = expression(r"(\d{4})(\d\d)(\d\d)")
_SLASHES = expression(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_UNKNOWN_PARTS = expression(r"(\d{4}(?:-\d\d)?)(?:-(?:[Xx?]{1,2}|00))+")
_FEW_DIGITS = expression(r"(-?)(\d{1,3})((?:-\d\d){0,2})")
_INTERVAL = expression(r"(-?\d{4}(?:-\d\d){0,2})/(-?\d{4}(?:-\d\d){0,2})")
_UNIT = expression(r"(\d+(?:[.,]\d+)?)\s*[a-zA-Z%]+")
_LONGEST_DATE = 60
_DATES = ("1900-01-01", "1900", "--01-01", "12:00:00")


def repaired(value: str, accepts: Callable[[str], bool], listed: Sequence[str]) -> str | None:
    """Return what ``value`` was meant to be: one of the ``listed``, or what the schema accepts."""
    near = nearest(value, listed)
    if near is not None:
        return near
    # To read languages takes time.
    may_be_date = any(map(accepts, _DATES))
    tries = _tries(value, may_be_date=may_be_date)
    return next((tried for tried in tries if tried != value and accepts(tried)), None)


def _tries(value: str, *, may_be_date: bool) -> Iterator[str]:
    text = value.strip()
    if not text:
        return
    yield text
    yield text.replace("_", "-")
    if may_be_date:
        yield from _dates(text)
    # Three digits behind a comma are thousands to one editor, and decimals to another.
    yield re.sub(r"(?<=\d),(?=\d)(?!\d{3}(?!\d))", ".", text)
    yield from (match[1].replace(",", ".") for match in [_UNIT.fullmatch(text)] if match)
    yield re.sub(r"(?<=\d) (?=\w|%)", "", text)
    yield "-".join(text.split())
    yield from _pointers(text)


def _dates(text: str) -> Iterator[str]:
    """Yield the dates that a text may stand for, as XML Schema writes them."""
    if match := _COMPACT.fullmatch(text) or _SLASHES.fullmatch(text):
        yield f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    if match := _UNKNOWN_PARTS.fullmatch(text):
        yield match[1]
    if match := _FEW_DIGITS.fullmatch(text):
        yield f"{match[1]}{match[2]:0>4}{match[3]}"
    yield from (found["when"] for found in _read(text) if "when" in found)


def _pointers(text: str) -> Iterator[str]:
    """Yield the pointers that a text with several or misplaced # may stand for."""
    if "#" in text:
        yield re.sub(r"\s*#+\s*", " #", text).strip()


def period(value: str) -> Mapping[str, str]:
    """Return the attributes that say what a value does if it is a period; none if it is not."""
    text = value.strip()
    if match := _INTERVAL.fullmatch(text):
        return {"from": match[1], "to": match[2]}
    return next((found for found in _read(text) if len(found) > 1), {})


def _read(text: str) -> Iterator[Mapping[str, str]]:
    if len(text) > _LONGEST_DATE:
        return
    for language in _languages():
        found = normalise(text, language)
        if found is not None:
            yield found.attributes


@cache
def _languages() -> tuple[str, ...]:
    files = sorted((SCHEMAS / "dates").glob("*.json"), key=lambda file: file.stem != "und")
    return tuple(file.stem for file in files if not file.stem.endswith(".schema"))
