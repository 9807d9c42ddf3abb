"""Finding date expressions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from operator import or_

from toolkit.dates.calendar_reading import ReadByCalendar, read_by_calendar
from toolkit.dates.calendars import Calendar, calendars_in
from toolkit.dates.expression import CalendarDate, DateExpression, ImpossibleDate
from toolkit.dates.grammar import (
    REACH,
    Form,
    Grammar,
    Need,
    grammar_of_calendar,
    grammars_for,
    grammars_of_scripts,
    has_four_digits,
    languages,
)
from toolkit.dates.partial import PartialDate, days_from, months_from, parse_iso
from toolkit.dates.parts import plain
from toolkit.dates.reading import Impossible, Known, is_close, read_match
from toolkit.dates.roman_days import is_doubtful
from toolkit.dates.signs import in_small_letters
from toolkit.dates.spacing import SingleSpaced, has_runs
from toolkit.dates.surroundings import BOUNDS
from toolkit.dates.tenses import Tense
from toolkit.dates.weekdays import falls_on, other_month, other_year
from toolkit.shapes import shape_at

_WORDS = re.compile(r"\w+")
_YEARS = range(100, 9000)
"""What is before or after can be told of dates in these years."""
_DAY_BEFORE = re.compile(r"(?<!\w)(\w+)\.?\s+\Z")
_DAY_REACH = 32
_UNREAD_DAY = re.compile(
    r"(?:[12]?\d|3[01])(?:[a-z]{1,4})?|[a-z]*(?:esim|decim)[aoi]|[kc]al(?:end\w*)?|nonis|nonas|id(?:us|ibus)"
)
"""A day as it may be written in figures or Latin words: “2ten”, “vigesima”, “Kalendis”."""
_SOFT_HYPHEN = "\u00ad"
_DAYS = frozenset({"day", "day_word", "number_1"})


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...] | None
    """None for an impossible date."""
    follows_another: bool
    by: CalendarDate | None = None
    is_approximate: bool = False
    is_doubtful: bool = False
    is_confirmed: bool = False
    is_weekday: bool = False
    """Whether it is a day of the week and no more."""

    def expression(self) -> DateExpression:
        attributes = dict(self.attributes or ())
        return DateExpression(
            self.start,
            self.end,
            attributes,
            self.follows_another,
            self.by,
            self.is_approximate,
            self.is_doubtful,
            self.is_confirmed,
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a form matches, not yet read: most matches lie in longer ones."""

    form: Form
    grammar: Grammar
    match: re.Match[str]


def find_dates(
    text: str, language: str, anchor: str | None = None, named: str | None = None
) -> tuple[DateExpression, ...]:
    """Return the date expressions in ``text``, in order and not overlapping.

    Args:
        text: Running text; line breaks count as spaces.
        language: A BCP 47 tag, of which only the primary part counts. For a language without a
            grammar only ISO 8601 dates and unambiguous numeric dates are found; for an
            undetermined one (``und``) also those with a year and the name of a month in any
            language that has a grammar.
        anchor: The date of the document, in ISO 8601, as a day, a month or a year. Expressions
            that leave out the year (“February 20”, “March of last year”) are read against it.
        named: The date that was named last before the text, in ISO 8601. Expressions such as “the
            same day” are read against it, or against the one before them in the text.

    The attributes never say more than the expression and the anchor do: “June 1959” gives
    ``when="1959-06"``. A year alone counts only beside a cue (“in 1848”). A day and month without
    a year and without an anchor give ``when="--02-20"``. See the TEI Guidelines, 3.6.4 Dates and
    Times, and att.datable.w3c.
    """
    return tuple(
        found.expression()
        for found in _scan(text, language, anchor, named)
        if found.attributes is not None
    )


def find_impossible_dates(
    text: str, language: str, anchor: str | None = None, named: str | None = None
) -> tuple[ImpossibleDate, ...]:
    """Return the expressions in ``text`` that look like dates but are not, as 31 February 1959.

    The arguments are those of :func:`find_dates`.
    """
    return tuple(
        ImpossibleDate(found.start, found.end, text[found.start : found.end])
        for found in _scan(text, language, anchor, named)
        if found.attributes is None
    )


def normalise(
    text: str, language: str, anchor: str | None = None, named: str | None = None
) -> DateExpression | None:
    """Return the date that ``text`` as a whole is known to be, or None if it cannot be read.

    This is for a metadata field or a ``date`` element: here “1837”, “1848-05” and “1914–1918” are
    dates without any cue. White space and brackets around the date do not count, nor do articles
    and the day of the week. The arguments are those of :func:`find_dates`.
    """
    spaced = SingleSpaced(text)
    found = _whole(spaced.text, language, anchor, named)
    # A word of another language may be all that an element holds.
    for other in () if found else languages():
        found = found or _whole(spaced.text, other, anchor, named)
    if found is None:
        return None
    start, end = spaced.original(found.start, found.end)
    return replace(found, start=start, end=end)


def _whole(
    text: str, language: str, anchor: str | None, named: str | None
) -> DateExpression | None:
    """Return the date that a text as a whole is in a language, or None."""
    longest = sorted(
        _candidates(text, language, whole=True),
        key=lambda each: (
            _is_by_name(each),
            each.match.start("date") - each.match.end("date"),
        ),
    )
    known = Known(_known(anchor), _known(named))
    for each in longest:
        found = _found(each, known)
        if found is None:
            continue
        if found.attributes is None:
            return None
        found = _with_surroundings(text, found, each.grammar, 0)
        if each.grammar.beside.issuperset(_words_outside(text, found.start, found.end)):
            return found.expression()
        # Cue words of the form belong to the date: “in 1848”.
        start, end = min(found.start, each.match.start()), max(found.end, each.match.end())
        if not _words_outside(text, start, end):
            return found.expression()
    return None


def _words_outside(text: str, start: int, end: int) -> list[str]:
    return _WORDS.findall(f"{text[:start]} {text[end:]}".lower())


def _is_by_name(candidate: _Candidate) -> bool:
    """Tell whether a day goes by its name alone: if it has a date too, this is it."""
    groups = candidate.match.groupdict()
    has_year = any(name.startswith("year") and said for name, said in groups.items())
    form = candidate.form
    return _is_weekday(form, groups) or ("feast" in groups and not has_year)


def _is_weekday(form: Form, groups: Mapping[str, str | None]) -> bool:
    return form.weekday is not None and form.day is None and "feast" not in groups


# The same words are asked for as a date, for dates in them and for impossible ones.
@lru_cache(maxsize=8)
def _scan(text: str, language: str, anchor: str | None, named: str | None) -> tuple[_Found, ...]:
    if not has_runs(text):
        return _scan_spaced(text, language, anchor, named)
    spaced = SingleSpaced(text)
    return tuple(
        replace(found, start=start, end=end)
        for found in _scan_spaced(spaced.text, language, anchor, named)
        for start, end in [spaced.original(found.start, found.end)]
    )


def _scan_spaced(
    text: str, language: str, anchor: str | None, named: str | None
) -> tuple[_Found, ...]:
    candidates = list(_candidates(text, language, whole=False))
    if not candidates:
        return ()
    known = Known(_known(anchor), _known(named))
    # The leftmost wins, then the longest, then the first in the grammar.
    candidates.sort(key=lambda each: (each.match.start("date"), -each.match.end("date")))
    chosen: list[_Found] = []
    for each in candidates:
        reached = _reached(chosen)
        if each.match.start("date") >= reached:
            found = _found(each, replace(known, tense=_tense(text, each)))
            if found and not _lacks_its_day(text, found, each.grammar):
                found = _with_weekday(text, found, each, chosen, known)
                if each.grammar.surroundings.is_since(text, found.start):
                    found = _behind(found, each, known)
                if found.start < reached:
                    chosen.pop()
                found = _with_surroundings(text, found, each.grammar, _reached(chosen))
                chosen.append(found)
                known = replace(
                    known, named=_named(found) or known.named, year=_when(found) or known.year
                )
    return tuple(chosen)


def _known(value: str | None) -> PartialDate | None:
    """Return a date to read others against; none if its year stands for an unknown one."""
    dated = parse_iso(value)
    return dated if dated is None or dated.year is None or dated.year in _YEARS else None


def _reached(chosen: Sequence[_Found]) -> int:
    return chosen[-1].end if chosen else 0


def _with_weekday(
    text: str, found: _Found, candidate: _Candidate, chosen: Sequence[_Found], known: Known
) -> _Found:
    """Return a day with the day of the week before it, on which it falls.

    The day of the week may be the last that was chosen: “next Thursday, September 10”.
    """
    match, grammar = candidate.match, candidate.grammar
    groups = match.groupdict()
    if _DAYS.isdisjoint(name for name, said in groups.items() if said is not None):
        return found
    last = chosen[-1] if chosen else None
    first = 0 if last is None else last.start if last.is_weekday else last.end
    before = grammar.weekdays_before.before(text, first, found.start)
    if before is not None:
        # What the last one begins with stays with it: “on next Thursday”.
        is_taken = last is not None and before.start < last.end
        start = last.start if is_taken and last is not None else before.start
        return _on_weekday(replace(found, start=start), before.number, candidate, known)
    said = groups.get("weekday")
    if said is None or candidate.form.weekday is not None:
        return found
    return _on_weekday(found, grammar.weekdays[plain(said)], candidate, known)


def _on_weekday(found: _Found, weekday: int, candidate: _Candidate, known: Known) -> _Found:
    """Return a day that is sure since it falls on the day of the week, or doubtful.

    What the text leaves out is then taken so that it does: the year, or the month.
    """
    attributes = dict(found.attributes or ())
    dated = parse_iso(attributes.get("when"))
    if dated is None or dated.day is None or dated.year is None:
        return found
    if falls_on(dated, weekday):
        return replace(found, is_confirmed=not found.is_doubtful)
    other = None
    if "evidence" in attributes and found.by is None and known.document is not None:
        form = candidate.form
        if form.month == "nearest":
            other = other_month(dated, weekday, known.document)
        elif (form.year, form.month, form.day) == (None, None, None):
            other = _in_other_year(dated, weekday, known.document)
    attributes["when"] = (other or dated).iso
    return replace(found, attributes=tuple(attributes.items()), is_doubtful=True)


def _lacks_its_day(text: str, found: _Found, grammar: Grammar) -> bool:
    """Tell whether a day that is not understood stands before a month: the date says less then."""
    dated = _when(found)
    if dated is None or dated.month is None or dated.day is not None:
        return False
    before = _DAY_BEFORE.search(text, max(0, found.start - _DAY_REACH), found.start)
    if before is None:
        return False
    word = before[1].lower()
    is_number = word in grammar.numbers or word in grammar.ordinals
    return is_number or _UNREAD_DAY.fullmatch(word) is not None


def _behind(found: _Found, candidate: _Candidate, known: Known) -> _Found:
    """Return an inferred date as the last that lies behind the document’s: “since Monday”."""
    attributes, anchor = dict(found.attributes or ()), known.document
    dated = parse_iso(attributes.get("when"))
    if dated is None or anchor is None or "evidence" not in attributes or not anchor.day:
        return found
    if dated.month is None or not _is_ahead(dated, anchor):
        return found
    form, groups = candidate.form, candidate.match.groupdict()
    before: PartialDate | None = None
    if form.weekday is not None and form.day is None:
        before = days_from(dated, -7)
    elif form.month is not None:
        earlier = months_from(dated, -1)
        before = None if earlier is None else replace(earlier, day=dated.day)
    elif groups.get("year") is None and dated.year is not None:
        before = replace(dated, year=dated.year - 1)
    if before is None or not before.is_possible:
        return found
    attributes["when"] = before.iso
    return replace(found, attributes=tuple(attributes.items()))


def _is_ahead(dated: PartialDate, anchor: PartialDate) -> bool:
    if dated.day is None:
        return (dated.year or 0, dated.month or 0) > (anchor.year or 0, anchor.month or 0)
    return dated.first_day() > anchor.first_day()


def _in_other_year(dated: PartialDate, weekday: int, anchor: PartialDate) -> PartialDate | None:
    """Return the day in another year; None if it is so near that the day of the week is wrong."""
    return None if is_close(dated, anchor) else other_year(dated, weekday, anchor)


def _tense(text: str, candidate: _Candidate) -> Tense:
    """Return the tense of what is said beside a date that leaves out its year."""
    groups = candidate.match.groupdict()
    form = candidate.form
    is_open = form.weekday == "near" or form.month == "nearest"
    is_open = is_open or ("month" in groups and not groups.get("year"))
    return candidate.grammar.tenses.of(text, *candidate.match.span()) if is_open else ""


def _with_surroundings(text: str, found: _Found, grammar: Grammar, first: int) -> _Found:
    """Return what was found with the words beside it that belong to it, from ``first`` on."""
    attributes = dict(found.attributes or ())
    if not attributes:
        return found
    # What has no year is mostly one moment: “until tomorrow”, “before 3 May”.
    has_year = attributes.keys() == {"when"} and not attributes["when"].startswith("-")
    may_be_bound = has_year and found.by is None
    read = grammar.surroundings.of(
        text,
        found.start,
        found.end,
        first,
        may_be_bound=may_be_bound,
        is_year=text[found.start : found.end].isdecimal(),
    )
    if read.bound:
        attributes = {read.bound: attributes["when"]}
    return replace(
        found,
        start=read.start,
        end=read.end,
        attributes=tuple(attributes.items()),
        is_approximate=found.is_approximate or read.is_approximate,
    )


def _named(found: _Found) -> PartialDate | None:
    """Return the day or month that an expression names."""
    dated = _when(found)
    return None if dated is None or dated.month is None else dated


def _when(found: _Found) -> PartialDate | None:
    values = [value for name, value in found.attributes or () if name in ("when", *BOUNDS)]
    return parse_iso(values[0]) if len(values) == 1 else None


@lru_cache(maxsize=8)
def _candidates(text: str, language: str, whole: bool) -> tuple[_Candidate, ...]:
    """Return what each form of the grammars matches, in the order of the forms.

    The grammars of calendars go first: “12/24 May 1890” is one day, not a range of them.
    """
    said = in_small_letters(text)
    others = calendars_in(said)
    has_year = has_four_digits(said)
    return tuple(
        _Candidate(form, grammar, match)
        for grammar in (
            *(grammar_of_calendar(calendar, language) for calendar in others),
            *_of_scripts(said),
            *grammars_for(language),
        )
        if has_year or not grammar.only_years
        for form, match in _matches(text, said, grammar, whole)
        if not _is_part_of_word(text, match) and not _is_by_another(text, match, grammar, others)
    )


def _is_part_of_word(text: str, match: re.Match[str]) -> bool:
    """Tell whether a soft hyphen joins what matches to more of the word (“über\u00admorgen”)."""
    start, end = match.span("date")
    return text[max(start - 1, 0) : start] == _SOFT_HYPHEN or text[end : end + 1] == _SOFT_HYPHEN


def _is_by_another(
    text: str, match: re.Match[str], grammar: Grammar, others: Iterable[Calendar]
) -> bool:
    """Tell whether words behind a date say that it is by a calendar in which it is not read."""
    return grammar.calendar is None and any(
        calendar.words_behind is not None and calendar.words_behind.match(text, match.end("date"))
        for calendar in others
    )


def _of_scripts(said: str) -> Iterator[Grammar]:
    """Yield the grammars of scripts by which a text may give dates."""
    if not said.isascii():
        yield from (grammar for signals, grammar in grammars_of_scripts() if signals.search(said))


def _matches(
    text: str, said: str, grammar: Grammar, whole: bool
) -> Iterator[tuple[Form, re.Match[str]]]:
    """Yield the matches of each form, as ``finditer`` finds them, in the order of the forms.

    A form is tried only where the two characters that stand there may begin a match, the text goes
    on in the shape of one, and something that it needs comes soon after.
    """
    # In small letters a text may be longer, so that places differ.
    everywhere = whole or len(said) != len(text)
    places = grammar.places_in(said)
    if not places and not everywhere:
        return
    possible = grammar.possible_in(said, whole)
    beginnings = grammar.beginnings
    needing = {beginnings.needing[need]: found for need, found in places.items()}
    always = reduce(or_, needing, beginnings.needing.get(Need(), 0))
    stretches = [(0, len(text), always)] if everywhere else _stretches(needing)
    found: dict[Form, list[re.Match[str]]] = {}
    for first, beyond, needed in stretches:
        forms = needed & possible
        if not forms:
            continue
        for start in beginnings.starts(forms).finditer(text, first, beyond):
            at = start.start()
            here = beginnings.with_two(text[at : at + 2], forms)
            if here:
                here = beginnings.with_shape(shape_at(text, at), here)
            for form in beginnings.forms_in[here] if here else ():
                match = form.match(text, at)
                if match and (form not in found or found[form][-1].end() <= at):
                    found.setdefault(form, []).append(match)
    for form in beginnings.forms_in[beginnings.bits_of(found.keys())] if found else ():
        for match in found[form]:
            yield form, match


def _stretches(needing: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Yield from where to where which forms may begin, by the places of what they need."""
    changes: dict[int, int] = {}
    for forms, places in needing.items():
        for first, beyond in _spans(places):
            for at in (first, beyond):
                changes[at] = changes.get(at, 0) ^ forms
    forms = before = 0
    for at in sorted(changes):
        if forms:
            yield before, at, forms
        forms ^= changes[at]
        before = at


def _spans(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where forms may begin that need what is at one of the places."""
    first = beyond = 0
    for place in places:
        if place - REACH > beyond:
            if beyond:
                yield first, beyond
            first = place - REACH
        beyond = place + 1
    if beyond:
        yield first, beyond


def _found(candidate: _Candidate, known: Known) -> _Found | None:
    match, form, grammar = candidate.match, candidate.form, candidate.grammar
    if grammar.calendar is not None:
        read = read_by_calendar(match, form, grammar, grammar.calendar, known)
        if isinstance(read, ReadByCalendar):
            follows = "evidence" in read.attributes and not form.double
            return _Found(*match.span("date"), tuple(read.attributes.items()), follows, read.by)
        return None if read is None else _Found(*match.span("date"), None, False)
    attributes = read_match(match, form, grammar, known)
    if attributes is None:
        return None
    said = None if isinstance(attributes, Impossible) else tuple(attributes.items())
    found = _Found(*match.span("date"), said, form.named, None, form.approximate)
    dated, groups = _when(found), match.groupdict()
    return replace(
        found,
        is_doubtful=dated is not None and is_doubtful(groups, dated),
        is_weekday=_is_weekday(form, groups),
    )
