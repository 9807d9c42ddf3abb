"""What dates in a text are read against: the date of the document, or of the part they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.annotate.flows import flows_of
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source
from toolkit.dates import DateExpression, find_dates, normalise

_DATED = ("when", "from", "notBefore", "when-iso", "from-iso", "notBefore-iso", "to", "notAfter")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?=T|$)")
_DIVISIONS = ("div", *(f"div{level}" for level in range(1, 8)))
_DAY = len("1959-06-18")
_BEFORE_DATE = frozenset({"pb", "lb", "cb", "gb", "milestone", "fw", "note", "figure"})
_DATED_PARTS = frozenset({"head", "opener", "dateline", "date"})


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
            if element.name == "date" and (found := date_of(source, element, language)):
                return found
    for dateline in source.elements_named(("dateline",)):
        if found := dateline_date(source, scope, dateline, language):
            return found
    return None


@dataclass(frozen=True)
class Anchors:
    """The dates that texts of a document are read against, in ISO 8601.

    ``firsts`` are the characters of the document from which on one of ``dates`` holds.
    """

    firsts: tuple[int, ...]
    dates: tuple[str | None, ...]

    def at(self, first: int) -> str | None:
        """Return the date that a text beginning at a character is read against."""
        return self.dates[bisect_right(self.firsts, first) - 1]


def anchors_of(source: Source, scope: Scope, language: str, document: str | None) -> Anchors:
    """Return what dates are read against: the entry of a diary, each letter of a collection.

    A division has a date of its own where its heading is a day, or its opener or dateline has one.
    A single one is part of a document that says itself when it was written.
    """
    dated = [
        (own[0], division.last, own[1])
        for division in source.elements_named(_DIVISIONS)
        if (own := _own_date(source, scope, division, language, document))
    ]
    if len(dated) == 1 and document is not None and len(document) == _DAY:
        dated = []
    changes = dict(_changes(sorted(dated, key=lambda each: each[:2]), document))
    return Anchors(tuple(changes), tuple(changes.values()))


def _changes(
    dated: list[tuple[int, int, str]], document: str | None
) -> Iterator[tuple[int, str | None]]:
    """Yield from which character on which date holds, in order; the last for a place counts."""
    yield -1, document
    around: list[tuple[int, str | None]] = [(-1, document)]
    for first, last, date in dated:
        while len(around) > 1 and around[-1][0] <= first:
            end, _ = around.pop()
            yield end, around[-1][1]
        yield first, date
        around.append((last, date))
    while len(around) > 1:
        end, _ = around.pop()
        yield end, around[-1][1]


def _own_date(
    source: Source, scope: Scope, division: Element, language: str, document: str | None
) -> tuple[int, str] | None:
    """Return the day that a division says it was written on, and where it has said so."""
    for child in division.elements():
        if child.name in _DATED_PARTS:
            found = _day_of(source, scope, child, language, document)
            if found and len(found) == _DAY:
                return child.last, found
        elif child.name not in _BEFORE_DATE:
            return None
    return None


def _day_of(
    source: Source, scope: Scope, part: Element, language: str, document: str | None
) -> str | None:
    if part.name == "date":
        return date_of(source, part, language)
    if part.name != "head":
        return dateline_date(source, scope, part, language, document)
    # Elsewhere in a heading, a day is what the division tells of.
    read = normalise(source.text_of(part), language, document)
    return read.attributes.get("when") if read else None


def date_of(source: Source, element: Element, language: str) -> str | None:
    """Return what an element of a date says, by its attributes or its text."""
    for name in _DATED:
        found = _ISO.match(element.attributes.get(name, ""))
        if found:
            return found[0]
    read = normalise(source.text_of(element), element.attributes.get("xml:lang", language))
    return None if read is None else _anchor_in((read,))


def dateline_date(
    source: Source, scope: Scope, dateline: Element, language: str, anchor: str | None = None
) -> str | None:
    """Return the first date in a dateline or an opener; ``anchor`` may tell the year."""
    for element in dateline.descendants():
        if element.name == "date" and (found := date_of(source, element, language)):
            return found
    for flow in flows_of(source, dateline, scope, language):
        if found := _anchor_in(find_dates(flow.text, flow.language, anchor)):
            return found
    return None


def _anchor_in(expressions: Iterable[DateExpression]) -> str | None:
    for expression in expressions:
        value = expression.attributes.get("when") or expression.attributes.get("from") or ""
        if _ISO.fullmatch(value):
            return value
    return None
