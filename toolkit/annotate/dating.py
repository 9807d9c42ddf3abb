"""Date expressions in the texts of a document, and how sure their reading is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from datetime import date

from toolkit.annotate.anchors import Anchors
from toolkit.annotate.flows import Flow
from toolkit.dates import (
    DateExpression,
    ImpossibleDate,
    TimeExpression,
    find_dates,
    find_impossible_dates,
    find_times,
    normalise,
    signs_in,
)

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?=T|$)")
_DAY = len("1959-06-18")
_HALF_A_YEAR = 183
"""In days."""
DATE_ATTRIBUTES = frozenset(
    f"{name}{suffix}"
    for name in ("when", "from", "to", "notBefore", "notAfter")
    for suffix in ("", "-iso", "-custom")
)


class TextDates:
    """The date expressions in the texts of one document, asked for in the order of the texts.

    An expression such as “the same day” is read against the date named before it. That may stand
    in the text before; what stands beside a text, such as a note, knows only its own dates.
    """

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        self._named: str | None = None
        self._asides: set[Flow] = set()
        self._may_have_dates: set[Flow] = set()
        self._may_have_times: set[Flow] = set()

    def look_through(self, flows: Iterable[Flow]) -> None:
        """Learn which of the texts may hold dates and times, and which stand beside others."""
        by_language: dict[str, list[Flow]] = {}
        end = 0
        for flow in flows:
            by_language.setdefault(flow.language, []).append(flow)
            if flow.first < end:
                self._asides.add(flow)
            else:
                end = flow.last
            if flow.first in self._anchors.headings:
                self._may_have_dates.add(flow)
        for language, found in by_language.items():
            signs = signs_in([flow.text for flow in found], language)
            self._may_have_dates.update(found[number] for number in signs.dates)
            self._may_have_times.update(found[number] for number in signs.times)

    @property
    def possible(self) -> Set[Flow]:
        """The texts that may hold dates or times."""
        return self._may_have_dates | self._may_have_times

    def times_in(self, flow: Flow) -> tuple[TimeExpression, ...]:
        """Return the times of the day in a text."""
        return find_times(flow.text, flow.language) if flow in self._may_have_times else ()

    def found_in(self, flow: Flow) -> tuple[tuple[DateExpression, ...], tuple[ImpossibleDate, ...]]:
        """Return the dates of a text, also those in a date element, and the impossible ones."""
        if flow not in self._may_have_dates:
            return (), ()
        is_aside = flow in self._asides
        heading = self._anchors.headings.get(flow.first)
        anchor = self._anchors.at(flow.first)
        known = (flow.text, flow.language, anchor, None if is_aside else self._named)
        dates = find_dates(*known)
        if heading is not None and not dates:
            read = normalise(flow.text, flow.language, heading)
            dates = () if read is None else (read,)
        if not is_aside:
            self._named = next(filter(None, map(_named, reversed(dates))), self._named)
        return dates, find_impossible_dates(*known)


def _named(expression: DateExpression) -> str | None:
    """Return the day or month that an expression names."""
    value = expression.attributes.get("when", "")
    return value if len(value) > len("1959") and _ISO.fullmatch(value) else None


def certainty(expression: DateExpression, anchor: str | None) -> str:
    """Return how sure the reading is: ``high``, or ``medium`` where the year is only likely.

    An inferred date after that of the document or long before it, less than a day, not exact, or
    inferred from less than a day or from another date in the text, is only likely; so is the day
    in a calendar that cannot be converted exactly, and what may mean another date. A day that falls
    on the day of the week before it is sure.
    """
    if expression.is_confirmed:
        return "high"
    if expression.is_doubtful or (expression.by is not None and expression.by.approximate):
        return "medium"
    if not expression.is_inferred:
        return "high"
    if expression.follows_another or expression.is_approximate:
        return "medium"
    value = expression.attributes.get("when") or expression.attributes.get("from") or ""
    if anchor is None or len(anchor) < _DAY or len(value) < _DAY:
        return "medium"
    behind = (date.fromisoformat(anchor) - date.fromisoformat(value[:_DAY])).days
    return "high" if 0 <= behind <= _HALF_A_YEAR else "medium"
