"""Dates in a document: when it was written, and the date expressions in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.annotate.flows import Flow, ends, flows_of
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source
from toolkit.dates import (
    DateExpression,
    ImpossibleDate,
    find_dates,
    find_impossible_dates,
    normalise,
    with_signs_of_dates,
)

_DATED = ("when", "from", "notBefore", "when-iso", "from-iso", "notBefore-iso", "to", "notAfter")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?=T|$)")
DATE_ATTRIBUTES = frozenset(
    f"{name}{suffix}"
    for name in ("when", "from", "to", "notBefore", "notAfter")
    for suffix in ("", "-iso", "-custom")
)


def document_date(source: Source, scope: Scope, language: str) -> str | None:
    """Return the date of the document in ISO 8601, as far as it says.

    It is the date of sending (``correspDesc``), else that of ``creation``, else the first in a
    dateline.
    """
    sent = [
        date
        for action in source.elements_named(("correspAction",))
        if action.attributes.get("type") == "sent"
        for date in action.descendants()
    ]
    created = [d for e in source.elements_named(("creation",)) for d in e.descendants()]
    for candidates in (sent, created):
        for element in candidates:
            if element.name == "date" and (found := _date_of(source, element, language)):
                return found
    for dateline in source.elements_named(("dateline",)):
        if found := _dateline_date(source, scope, dateline, language):
            return found
    return None


class TextDates:
    """The date expressions in the texts of one document, asked for in the order of the texts.

    An expression such as “the same day” is read against the date named before it. That may stand
    in the text before; what stands beside a text, such as a note, knows only its own dates.
    """

    def __init__(self, anchor: str | None) -> None:
        self._anchor = anchor
        self._named: str | None = None
        self._end = 0
        self._without: frozenset[Flow] = frozenset()

    def look_through(self, flows: Iterable[Flow]) -> None:
        """Learn which of the texts cannot hold dates."""
        by_language: dict[str, list[Flow]] = {}
        for flow in flows:
            by_language.setdefault(flow.language, []).append(flow)
        for language, texts in by_language.items():
            possible = with_signs_of_dates([flow.text for flow in texts], language)
            without = (flow for number, flow in enumerate(texts) if number not in possible)
            self._without = self._without.union(without)

    def found_in(self, flow: Flow) -> tuple[tuple[DateExpression, ...], tuple[ImpossibleDate, ...]]:
        """Return the dates of a text, also those in a date element, and the impossible ones."""
        first, last = ends(flow, 0, len(flow.text))
        is_aside = first < self._end
        if flow in self._without:
            self._end = self._end if is_aside else last
            return (), ()
        known = (flow.text, flow.language, self._anchor, None if is_aside else self._named)
        dates = find_dates(*known)
        if not is_aside:
            self._end = last
            self._named = next(filter(None, map(_named, reversed(dates))), self._named)
        return dates, find_impossible_dates(*known)


def _named(expression: DateExpression) -> str | None:
    """Return the day or month that an expression names."""
    value = expression.attributes.get("when", "")
    return value if len(value) > len("1959") and _ISO.fullmatch(value) else None


def certainty(expression: DateExpression, anchor: str | None) -> str:
    """Return how sure the reading is: ``high``, or ``medium`` where the year is only likely.

    An inferred date after that of the document, or inferred from less than a day or from another
    date in the text, is only likely; so is the day in a calendar that cannot be converted exactly.
    """
    if expression.by is not None and expression.by.approximate:
        return "medium"
    if not expression.is_inferred:
        return "high"
    if expression.follows_another:
        return "medium"
    if anchor is None or len(anchor) < len("1959-06-18"):
        return "medium"
    value = expression.attributes.get("when") or expression.attributes.get("from") or ""
    return "high" if value <= anchor[: len(value)] else "medium"


def _date_of(source: Source, element: Element, language: str) -> str | None:
    for name in _DATED:
        found = _ISO.match(element.attributes.get(name, ""))
        if found:
            return found[0]
    read = normalise(source.text_of(element), element.attributes.get("xml:lang", language))
    return None if read is None else _anchor_in((read,))


def _dateline_date(source: Source, scope: Scope, dateline: Element, language: str) -> str | None:
    for element in dateline.descendants():
        if element.name == "date" and (found := _date_of(source, element, language)):
            return found
    for flow in flows_of(dateline, scope, language):
        if found := _anchor_in(find_dates(flow.text, flow.language)):
            return found
    return None


def _anchor_in(expressions: Iterable[DateExpression]) -> str | None:
    for expression in expressions:
        value = expression.attributes.get("when") or expression.attributes.get("from") or ""
        if _ISO.fullmatch(value):
            return value
    return None
