"""What dates in a text are read against: the date of the document, or of the part they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from toolkit.annotate.flows import flows_of
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source
from toolkit.dates import DateExpression, find_dates, normalise
from toolkit.dates.partial import parse_iso

_DATED = (
    ("when",),
    ("when-iso",),
    ("from", "to"),
    ("from-iso", "to-iso"),
    ("notBefore", "notAfter"),
    ("notBefore-iso", "notAfter-iso"),
)
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?=T|$)")
_DIVISIONS = ("div", *(f"div{level}" for level in range(1, 8)))
_DAY = len("1959-06-18")
_MONTH, _HALF_A_MONTH = 31, 15
"""In days."""
_BEFORE_DATE = frozenset({"pb", "lb", "cb", "gb", "milestone", "fw", "note", "figure"})
_DATED_PARTS = frozenset({"head", "opener", "dateline", "date"})


def document_date(source: Source, scope: Scope, language: str) -> str | None:
    """Return the date of the document in ISO 8601, as far as it says.

    It is the date of sending (``correspDesc``), else that of ``creation``, else the first in a
    dateline.
    """
    sent = [
        inside
        for action in source.elements_named(("correspAction",))
        if action.attributes.get("type") == "sent"
        for inside in action.descendants()
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

    ``firsts`` are the characters of the document from which on one of ``dates`` holds, ``headings``
    those with which a heading begins that is a day.
    """

    firsts: tuple[int, ...]
    dates: tuple[str | None, ...]
    headings: Mapping[int, str] = field(default_factory=dict)

    def at(self, first: int) -> str | None:
        """Return the date that a text beginning at a character is read against."""
        return self.dates[bisect_right(self.firsts, first) - 1]


def anchors_of(source: Source, scope: Scope, language: str, document: str | None) -> Anchors:
    """Return what dates are read against: the entry of a diary, each letter of a collection.

    A division has a date of its own where its heading is a day, or its opener or dateline has one.
    What is left out there (“4th”, “2/1”) is taken from the heading before, of an entry, a month or
    a year, and goes on from there. A single one is part of a document that says itself when it was
    written.
    """
    dated: list[tuple[int, int, str]] = []
    headings: dict[int, str] = {}
    before = None if document is None or len(document) == _DAY else document
    entry: Element | None = None
    for division in source.elements_named(_DIVISIONS):
        # The parts of an entry are numbered rather than dated.
        is_part = entry is not None and division.last <= entry.last
        known = _Known(document, None if is_part else before)
        own = _own_date(source, scope, division, language, known)
        if own is None:
            continue
        part, day = own
        if len(day) == _DAY:
            dated.append((part.last, division.last, day))
            entry = entry if is_part else division
            if part.name == "head":
                headings[part.first] = day
        if not is_part:
            before = day
    if len(dated) == 1 and document is not None and len(document) == _DAY:
        dated = []
    changes = dict(_changes(sorted(dated, key=lambda each: each[:2]), document))
    return Anchors(tuple(changes), tuple(changes.values()), headings)


def _changes(
    dated: list[tuple[int, int, str]], document: str | None
) -> Iterator[tuple[int, str | None]]:
    """Yield from which character on which date holds, in order; the last for a place counts."""
    yield -1, document
    around: list[tuple[int, str | None]] = [(-1, document)]
    for first, last, day in dated:
        while len(around) > 1 and around[-1][0] <= first:
            end, _ = around.pop()
            yield end, around[-1][1]
        yield first, day
        around.append((last, day))
    while len(around) > 1:
        end, _ = around.pop()
        yield end, around[-1][1]


@dataclass(frozen=True)
class _Known:
    """The date of the document, and what the heading before has said: a day, a month or a year."""

    document: str | None
    before: str | None


def _own_date(
    source: Source, scope: Scope, division: Element, language: str, known: _Known
) -> tuple[Element, str] | None:
    """Return when a division says it was written, and the part that says so."""
    for child in division.elements():
        if child.name in _DATED_PARTS:
            found = _date_of_part(source, scope, child, language, known)
            if found and _ISO.fullmatch(found):
                return child, found
        elif child.name not in _BEFORE_DATE:
            return None
    return None


def _date_of_part(
    source: Source, scope: Scope, part: Element, language: str, known: _Known
) -> str | None:
    before = known.before
    if part.name == "date":
        return date_of(source, part, language) or _going_on(source.text_of(part), language, known)
    if part.name != "head":
        found = dateline_date(source, scope, part, language, before or known.document)
        return found or _going_on_in(source.text_of(part), language, known)
    # Elsewhere in a heading, a day is what the division tells of.
    text = source.text_of(part)
    found = _going_on(text, language, known)
    # “4.” after no date is the number of a chapter.
    return found or (_read(text, language, known.document) if _read(text, language, None) else None)


def _going_on_in(text: str, language: str, known: _Known) -> str | None:
    """Return the date that a dateline has by itself, or behind a place (“Vienna, 4th”)."""
    parts = (text, text.rpartition(",")[2])
    return next(filter(None, (_going_on(part, language, known) for part in parts)), None)


def _going_on(text: str, language: str, known: _Known) -> str | None:
    """Return the date of an entry whose date goes on from that of the entry before."""
    before = known.before
    if before is None:
        return None
    found = _read(text, language, before, before)
    if found is None or len(before) < _DAY or len(found) < _DAY or found >= before:
        return found
    year = (known.document or "")[: len("1959")]
    if found[: len(year)] != year:
        in_year = _read(text, language, year)
        return in_year if in_year is not None and in_year > before else found
    # The 1st after the 15th is that of the next month, though that of this one is nearer.
    later = date.fromisoformat(before) + timedelta(_HALF_A_MONTH)
    further = _read(text, language, later.isoformat())
    return further if further is not None and further > before else found


def _read(text: str, language: str, anchor: str | None, named: str | None = None) -> str | None:
    read = normalise(text, language, anchor, named)
    return read.attributes.get("when") if read else None


def date_of(source: Source, element: Element, language: str) -> str | None:
    """Return what an element of a date says, by its attributes or its text.

    Of a long time that is what both ends have in common, such as the year.
    """
    for names in _DATED:
        values = [value for name in names if (value := _iso(element.attributes.get(name, "")))]
        if len(values) == 1 or (values and _are_near(*values)):
            return values[0]
        if values:
            return _in_common(*values)
    read = normalise(source.text_of(element), element.attributes.get("xml:lang", language))
    return None if read is None else _anchor_in((read,))


def _iso(value: str) -> str | None:
    """Return the date that a value begins with, if the calendar has it."""
    match = _ISO.match(value)
    return match[0] if match and parse_iso(match[0]) else None


def _are_near(begin: str, end: str) -> bool:
    if len(begin) < _DAY or len(end) < _DAY:
        return begin == end
    return (date.fromisoformat(end) - date.fromisoformat(begin)).days <= _MONTH


def _in_common(begin: str, end: str) -> str | None:
    """Return the month or the year that two dates have in common."""
    lengths = (len("1959-06"), len("1959"))
    common = (begin[:n] for n in lengths if len(begin) >= n and begin[:n] == end[:n])
    return next(common, None)


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
