"""Finding date expressions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from toolkit.dates.expression import DateExpression, ImpossibleDate
from toolkit.dates.grammar import Form, Grammar, grammar_for
from toolkit.dates.partial import PartialDate, parse_iso
from toolkit.dates.reading import Impossible, read_match


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...] | None
    """None for an impossible date."""


def find_dates(text: str, language: str, anchor: str | None = None) -> tuple[DateExpression, ...]:
    """Return the date expressions in ``text``, in order and not overlapping.

    Args:
        text: Running text; line breaks count as spaces.
        language: A BCP 47 tag, of which only the primary part counts. For a language without a
            grammar only ISO 8601 dates and unambiguous numeric dates are found.
        anchor: The date of the document, in ISO 8601, as a day, a month or a year. Expressions
            that leave out the year (“February 20”, “March of last year”) are read against it.

    The attributes never say more than the expression and the anchor do: “June 1959” gives
    ``when="1959-06"``. A year alone counts only beside a cue (“in 1848”). A day and month without
    a year and without an anchor give ``when="--02-20"``. See the TEI Guidelines, 3.6.4 Dates and
    Times, and att.datable.w3c.
    """
    return tuple(
        DateExpression(found.start, found.end, dict(found.attributes))
        for found in _scan(text, language, anchor)
        if found.attributes is not None
    )


def find_impossible_dates(
    text: str, language: str, anchor: str | None = None
) -> tuple[ImpossibleDate, ...]:
    """Return the expressions in ``text`` that look like dates but are not, as 31 February 1959.

    The arguments are those of :func:`find_dates`.
    """
    return tuple(
        ImpossibleDate(found.start, found.end, text[found.start : found.end])
        for found in _scan(text, language, anchor)
        if found.attributes is None
    )


def normalise(text: str, language: str, anchor: str | None = None) -> DateExpression | None:
    """Return the date that ``text`` as a whole is known to be, or None if it cannot be read.

    This is for a metadata field or a ``date`` element: here “1837”, “1848-05” and “1914–1918” are
    dates without any cue. White space and brackets around the date do not count.
    """
    grammar = grammar_for(language)
    dated = parse_iso(anchor)
    best: _Found | None = None
    for form in grammar.forms:
        for found in _matches(form, text, grammar, dated):
            if best is None or found.end - found.start > best.end - best.start:
                best = found
    if best is None or best.attributes is None:
        return None
    if re.search(r"\w", text[: best.start] + text[best.end :]):
        return None
    return DateExpression(best.start, best.end, dict(best.attributes))


@lru_cache(maxsize=64)
def _scan(text: str, language: str, anchor: str | None) -> tuple[_Found, ...]:
    grammar = grammar_for(language)
    dated = parse_iso(anchor)
    candidates = [
        found
        for form in grammar.forms
        if not form.whole
        for found in _matches(form, text, grammar, dated)
    ]
    # The leftmost wins, then the longest, then the first in the grammar.
    candidates.sort(key=lambda found: (found.start, -found.end))
    chosen: list[_Found] = []
    for found in candidates:
        if not chosen or found.start >= chosen[-1].end:
            chosen.append(found)
    return tuple(chosen)


def _matches(
    form: Form, text: str, grammar: Grammar, anchor: PartialDate | None
) -> Iterator[_Found]:
    for match in form.pattern.finditer(text):
        start, end = match.span("date")
        attributes = read_match(match, form, grammar, anchor)
        if isinstance(attributes, Impossible):
            yield _Found(start, end, None)
        elif attributes is not None:
            yield _Found(start, end, tuple(attributes.items()))
