"""Values of attributes: whether a grammar accepts them, and what it asks for, in words."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.expressions import expression
from toolkit.resources import SCHEMAS
from toolkit.validate.grammar.repairs import repaired
from toolkit.validate.grammar.words import listed
from toolkit.validate.relaxng import ValueExpectation, ValueType


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a value has to be: ``is_`` completes “is not …”, ``write`` says how to write it."""

    is_: str
    write: str


class ValuePattern:
    """What a schema asks of a value, in words; ``accepts`` tells whether it takes one."""

    def __init__(self, expected: ValueExpectation, accepts: Callable[[str], bool]) -> None:
        self.accepts = accepts
        self._several = bool(expected.lists)
        self._expected = list(_flattened(expected))

    @property
    def listed_values(self) -> list[str]:
        """The values that the schema names one by one; the empty one is not told of."""
        values = (literal.strip() for part in self._expected for literal in part.literals)
        return list(dict.fromkeys(value for value in values if value))

    def wanted(self) -> Wanted:
        """Return what a value has to be."""
        values = self.listed_values
        wanted = self._datatypes()
        write = listed([*values, *(w.write for w in wanted)], shown=40)
        write += ", several separated by spaces" if self._several else ""
        is_ = [_ONE_OF] if values else [w.is_ for w in wanted]
        return Wanted(listed(is_ or ["a value allowed here"]), write or "another value")

    def _datatypes(self) -> list[Wanted]:
        types = [kind for part in self._expected for kind in part.types]
        known = _words()
        dates = known["dates"]
        of_dates = [kind.name for kind in types if kind.name in dates["types"]]
        wanted: dict[str, Wanted] = {}
        if "date" in of_dates and len(set(of_dates)) > 1:
            wanted[dates["is"]] = Wanted(dates["is"], dates["write"])
            types = [kind for kind in types if kind.name not in dates["types"]]
        for kind in types:
            words = _words_for(kind)
            if words is not None:
                wanted.setdefault(words.is_, words)
        if _ISO_PERIOD in wanted:
            wanted.pop(dates["is"], None)
        return list(wanted.values())

    def meant(self, value: str) -> str | None:
        """Return the value that ``value`` was probably meant to be."""
        return repaired(value, self.accepts, self.listed_values)


_ONE_OF = "one of the values allowed"
_ISO_PERIOD = "a date or period of ISO 8601"
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE = expression(r"(-?\d{4,})-(\d{2})(?:-(\d{2}))?")


def impossible_date(value: str) -> str:
    """Say why a date that is written right does not exist; "" if that is not the trouble.

    Years count as in XML Schema: the proleptic Gregorian calendar.
    """
    written = _DATE.match(value)
    if not written:
        return ""
    year, month, day = int(written[1]), int(written[2]), int(written[3] or 1)
    if not 1 <= month <= 12:
        return f"there is no month {written[2]}"
    last = 29 if month == 2 and calendar.isleap(abs(year)) else _DAYS[month - 1]
    if not 1 <= day <= last:
        return f"{calendar.month_name[month]} {written[1]} has {last} days"
    return ""


def _flattened(expected: ValueExpectation) -> Iterator[ValueExpectation]:
    """Yield what is expected, and what of the items of lists."""
    yield expected
    for inner in expected.lists:
        yield from _flattened(inner)


def _words_for(kind: ValueType) -> Wanted | None:
    known = _words()
    pattern = next((value for facet, value in kind.facets if facet == "pattern"), "")
    words = known["patterns"].get(pattern) or known["types"].get(kind.name)
    if pattern and pattern not in known["patterns"]:
        return Wanted("in the form asked for", f"what the pattern {pattern} matches")
    return Wanted(words["is"], words["write"]) if words else None


@cache
def _words() -> dict[str, Any]:
    path = SCHEMAS / "validation" / "datatypes.json"
    words: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return words
