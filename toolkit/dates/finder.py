"""Finding date expressions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.dates.expression import DateExpression, ImpossibleDate
from toolkit.dates.grammar import Form, Grammar, grammars_for
from toolkit.dates.partial import PartialDate, parse_iso
from toolkit.dates.reading import Impossible, read_match

_START = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...] | None
    """None for an impossible date."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a form matches, not yet read: most matches lie in longer ones."""

    form: Form
    grammar: Grammar
    match: re.Match[str]


def find_dates(text: str, language: str, anchor: str | None = None) -> tuple[DateExpression, ...]:
    """Return the date expressions in ``text``, in order and not overlapping.

    Args:
        text: Running text; line breaks count as spaces.
        language: A BCP 47 tag, of which only the primary part counts. For a language without a
            grammar only ISO 8601 dates and unambiguous numeric dates are found; for an
            undetermined one (``und``) also those with a year and the name of a month in any
            language that has a grammar.
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
    longest = sorted(
        _candidates(text, language),
        key=lambda each: each.match.start("date") - each.match.end("date"),
    )
    best = _first(longest, parse_iso(anchor))
    if best is None or best.attributes is None:
        return None
    if re.search(r"\w", text[: best.start] + text[best.end :]):
        return None
    return DateExpression(best.start, best.end, dict(best.attributes))


# The same words are asked for as a date, for dates in them and for impossible ones.
@lru_cache(maxsize=8)
def _scan(text: str, language: str, anchor: str | None) -> tuple[_Found, ...]:
    dated = parse_iso(anchor)
    candidates = [each for each in _candidates(text, language) if not each.form.whole]
    # The leftmost wins, then the longest, then the first in the grammar.
    candidates.sort(key=lambda each: (each.match.start("date"), -each.match.end("date")))
    chosen: list[_Found] = []
    for each in candidates:
        if not chosen or each.match.start("date") >= chosen[-1].end:
            found = _found(each, dated)
            if found:
                chosen.append(found)
    return tuple(chosen)


@lru_cache(maxsize=8)
def _candidates(text: str, language: str) -> tuple[_Candidate, ...]:
    """Return what each form of the grammars matches, in the order of the forms."""
    starts = [(at, text[at : at + 2]) for at in (m.start() for m in _START.finditer(text))]
    return tuple(
        _Candidate(form, grammar, match)
        for grammar in grammars_for(language)
        for form, match in _matches(text, starts, grammar)
    )


def _matches(
    text: str, starts: Sequence[tuple[int, str]], grammar: Grammar
) -> Iterator[tuple[Form, re.Match[str]]]:
    """Yield the matches of each form, as ``finditer`` finds them, in the order of the forms.

    A date begins at a word or at a sign; where that is, and which two characters stand there, is
    in ``starts``.
    """
    forms = grammar.forms_for(text)
    asked = frozenset(forms)
    found: dict[Form, list[re.Match[str]]] = {}
    for at, two in starts if forms else ():
        for form in grammar.beginning_with(two) & asked:
            match = form.pattern.match(text, at)
            if match and (form not in found or found[form][-1].end() <= at):
                found.setdefault(form, []).append(match)
    for form in forms:
        for match in found.get(form, ()):
            yield form, match


def _first(candidates: Iterable[_Candidate], anchor: PartialDate | None) -> _Found | None:
    """Return the first candidate that is a date, or an impossible one."""
    return next((found for each in candidates if (found := _found(each, anchor))), None)


def _found(candidate: _Candidate, anchor: PartialDate | None) -> _Found | None:
    match = candidate.match
    attributes = read_match(match, candidate.form, candidate.grammar, anchor)
    if attributes is None:
        return None
    said = None if isinstance(attributes, Impossible) else tuple(attributes.items())
    return _Found(*match.span("date"), said)
