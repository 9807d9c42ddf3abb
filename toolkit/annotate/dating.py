"""Dates in a document: when it was written, and the date expressions in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.annotate.flows import Flow, flows_of
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source
from toolkit.dates import DateExpression, find_dates, normalise

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
    elements = source.root.descendants()
    sent = [
        date
        for action in elements
        if action.name == "correspAction" and action.attributes.get("type") == "sent"
        for date in action.descendants()
    ]
    created = [d for e in elements if e.name == "creation" for d in e.descendants()]
    for candidates in (sent, created):
        for element in candidates:
            if element.name == "date" and (found := _date_of(source, element, language)):
                return found
    for dateline in elements:
        if dateline.name == "dateline" and (
            found := _dateline_date(source, scope, dateline, language)
        ):
            return found
    return None


def dates_in(flow: Flow, anchor: str | None) -> tuple[DateExpression, ...]:
    """Return the date expressions of a text, also those that are in a date element already."""
    return find_dates(flow.text, flow.language, anchor)


def certainty(expression: DateExpression, anchor: str | None) -> str:
    """Return how sure the reading is: ``high``, or ``medium`` where the year is only likely.

    An inferred date after that of the document, or inferred from less than a day, is only likely.
    """
    if not expression.is_inferred:
        return "high"
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
