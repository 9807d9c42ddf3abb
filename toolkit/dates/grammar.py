"""Reading a date grammar (``schemas/dates/LANG.json``) and compiling its forms.

A form is a regular expression in which a space stands for any white space, ``{name}`` for a part
(a day, a month …, or a word list of the grammar itself) and ``« »`` mark the characters that are
the date, where cue words stand beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial, reduce
from operator import or_
from typing import Any, Generic, Literal, TypeVar

from ahocorasick_rs import AhoCorasick

from toolkit.beginnings import Beginning, beginning_of_expression, may_lead
from toolkit.contained import signs_of
from toolkit.dates.calendars import Calendar
from toolkit.dates.feasts import FIRST_GREGORIAN_YEAR, Feast, feasts_of
from toolkit.dates.openings import opening_of
from toolkit.dates.parts import (
    longest_words,
    one_of_each_shape,
    openings_of,
    parts_of,
    rough_names,
    signs_of_parts,
    with_spaces,
)
from toolkit.dates.surroundings import Surroundings
from toolkit.dates.tenses import Tenses
from toolkit.dates.weekdays import WeekdaysBefore
from toolkit.resources import SCHEMAS
from toolkit.shapes import Shapes, shapes_of

FOLDER = SCHEMAS / "dates"
UNDETERMINED = "und"
SCRIPTS = "scripts"

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_INITIAL = re.compile(r"^(«?)([a-zà-ÿа-я])")
_GROUP = re.compile(r"\([^()]*\)[?*]?|\{[^{}]*\}[?*]")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_FOUR_DIGITS = re.compile(r"\d{4}")
_DIGIT_PARTS = frozenset(
    {"year", "year-short", "year-of-three", "decade", "day-number", "number-1"}
)
_SAID_BY_FORMS = (
    "any_case",
    "year",
    "month",
    "day",
    "weekday",
    "named",
    "month_end",
    "between",
    "consecutive",
    "double",
    "whole",
    "unit",
    "past",
    "to_the_day",
    "approximate",
    "bound",
    "span",
)
_OF_LANGUAGE = (
    "months",
    "ordinals",
    "ordinal_suffixes",
    "weekdays",
    "weekdays_short",
    "weekday_before",
    "beside",
    "surroundings",
)
"""What a grammar of a calendar has from the language of the text."""
_MOST_BEGINNINGS = 4096
_EVERYWHERE = re.compile(r"[\s\S]")
_NO_WORD_BEFORE = re.compile(r"(?<!\w)[\s\S]")
_WORD_BEGINS = re.compile(r"(?<!\w)\S")
_FIRST_MARK = 0xE000
_BEFORE = r"(?<!\w)(?<!\w[./:-])"
_AFTER = r"(?!\w)(?!/\w|[.:-]\d)"
_JOINED_BEFORE = r"(?<![\d〇零一二三四五六七八九十百千廿卅])"
_JOINED_AFTER = r"(?!\d)"

Direction = Literal["last", "next"]
Unit = Literal["day", "week", "month", "year"]
Bound = Literal["from", "to", "notBefore", "notAfter"]

REACH = 160
"""A form that names a month has it within so many characters of its beginning."""


@dataclass(frozen=True, eq=False)
class Form:
    """One way of writing a date.

    ``year``, ``month``, ``day`` and ``weekday`` say how a part not in the text follows from the
    document's date: so many years, months or days after it; or, for the year, the ``last`` or
    ``next`` time this month came; for the month, the ``nearest`` time this day came; for the day of
    the week, the ``last`` or ``next`` time it came, or the ``coming`` one, which may be the
    document's own day, or the ``near`` one, which is the last if the sentence tells of the past. If
    ``named``, all this follows from the date named before instead. ``unit`` is what the number in
    the form counts, from the document's date back (``past``) or on; ``to_the_day`` is what is no
    less exact than this date, ``approximate`` what is not exact. ``month_end`` is the last day of a
    month. ``between`` makes a range notBefore/notAfter, ``consecutive`` reads only days that follow
    each other; ``double`` is one day by two calendars. ``bound`` makes of one date an end of a
    time, ``span`` says which years of a century are meant.
    A ``whole`` form counts only where the text is known to be a date and nothing else.
    """

    expression: str
    rough: str = ""
    """The expression with long lists of names made rough, so that it is soon compiled."""
    opening: str = ""
    """The expression with each part of a date as its first two characters."""
    outline: str = ""
    """The expression with a mark for each long part."""
    any_case: bool = False
    year: int | Direction | None = None
    month: int | Literal["nearest"] | None = None
    day: int | None = None
    weekday: Direction | Literal["coming", "near"] | None = None
    named: bool = False
    month_end: bool = False
    between: bool = False
    consecutive: bool = False
    double: bool = False
    whole: bool = False
    unit: Unit | None = None
    past: bool = False
    to_the_day: bool = False
    approximate: bool = False
    bound: Bound | None = None
    span: tuple[int, int] = (0, 99)
    names_month: bool = False
    """No match is without the name of a month."""
    names_weekday: bool = False
    """No match is without a day of the week."""
    has_digit: bool = False
    """No match is without a digit."""
    has_year: bool = False
    """No match is without a year of four digits."""

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Returns the match that begins at a place in a text, if there is one.

        To compile all forms takes longer than to read a short text; most are never needed.
        """
        rough = re.compile(self.rough, self._flags).match

        def first_match(text: str, at: int) -> re.Match[str] | None:
            return self._compiled(text, at) if rough(text, at) else None

        return first_match

    def _compiled(self, text: str, at: int) -> re.Match[str] | None:
        match = re.compile(self.expression, self._flags).match
        self.__dict__["match"] = match
        return match(text, at)

    @property
    def _flags(self) -> re.RegexFlag:
        return re.IGNORECASE if self.any_case else re.NOFLAG

    @cached_property
    def beginning(self) -> Beginning | None:
        """What a match begins with; None if with anything."""
        return beginning_of_expression(self.opening, self._flags)


Need = frozenset[str]
"""Words in small letters, one of which each match of a form has; none where that is not known."""


_Lead = tuple[str, ...] | None
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class _Known(dict[_Key, _Value]):
    """What was found out already; not more of it than texts mostly ask for."""

    def __init__(self, find_out: Callable[[_Key], _Value]) -> None:
        self._find_out = find_out

    def __missing__(self, key: _Key) -> _Value:
        if len(self) >= _MOST_BEGINNINGS:
            self.clear()
        value = self[key] = self._find_out(key)
        return value


class _Index(Generic[_Key]):
    """The forms by something about them, which is found out when they are first asked for."""

    def __init__(
        self,
        forms_in: Mapping[int, tuple[Form, ...]],
        keys_of: Callable[[Form], Iterable[_Key]],
        find: Callable[[str, Mapping[_Key, int]], Iterable[int]],
    ) -> None:
        self._forms_in = forms_in
        self._keys_of = keys_of
        self._find = find
        self._by_key: dict[_Key, int] = {}
        self._indexed = 0
        self._known = _Known(self._found)

    def __call__(self, text: str, forms: int) -> int:
        """Return those of the forms to which something in a text fits."""
        if forms & ~self._indexed:
            self._add(forms & ~self._indexed)
        return self._known[text] & forms

    def _found(self, text: str) -> int:
        return reduce(or_, self._find(text, self._by_key), 0)

    def _add(self, forms: int) -> None:
        for number in range(forms.bit_length()):
            one = forms & 1 << number
            for key in self._keys_of(*self._forms_in[one]) if one else ():
                self._by_key[key] = self._by_key.get(key, 0) | one
        self._indexed |= forms
        self._known.clear()


class Beginnings:
    """The forms of a grammar by how their matches begin.

    Sets of forms are numbers here, with a bit for each form.
    """

    def __init__(self, grammar: Grammar) -> None:
        self.forms = tuple(dict.fromkeys((*grammar.forms, *grammar.forms_without_ordinals)))
        self._grammar = grammar
        self._shapes: dict[str, Shapes] = {}
        self.forms_in = _Known(self._forms_in)
        """The forms of a set, in the order of the grammar."""
        self.with_two = _Index(self.forms_in, _leads_of, _with_lead)
        """The forms of which a match may begin with two characters."""
        self.with_shape = _Index(self.forms_in, self._shapes_of, _with_shape)
        """The forms of which a match may begin where a text has some shape."""

    def bits_of(self, forms: Collection[Form]) -> int:
        """Return the set of some of the forms."""
        return sum(1 << number for number, form in enumerate(self.forms) if form in forms)

    def _forms_in(self, bits: int) -> tuple[Form, ...]:
        return tuple(form for number, form in enumerate(self.forms) if bits >> number & 1)

    def _shapes_of(self, form: Form) -> Shapes:
        known = self._shapes.get(form.outline)
        if known is None:
            known = self._shapes[form.outline] = shapes_of(form.outline, self._grammar.shapes)
        return known

    def starts(self, forms: int) -> re.Pattern[str]:
        """Return a pattern of the characters with which forms may begin."""
        if self._grammar.joined:
            return _EVERYWHERE
        return _NO_WORD_BEFORE if self.with_two(" ", forms) else _WORD_BEGINS

    @cached_property
    def needing(self) -> Mapping[Need, int]:
        """The forms by what they need."""
        found: dict[Need, int] = {}
        for number, form in enumerate(self.forms):
            need = self._grammar.need_of(form)
            found[need] = found.get(need, 0) | 1 << number
        return found


def _leads_of(form: Form) -> Iterable[_Lead]:
    return form.beginning.leads if form.beginning is not None else (None,)


def _with_lead(two: str, leads: Mapping[_Lead, int]) -> Iterator[int]:
    """Yield the sets that may begin with these characters; one may be the first of two."""
    for lead, forms in leads.items():
        if lead is None or may_lead(lead[: len(two)] if two == " " else lead, two):
            yield forms


def _with_shape(shape: str, shapes: Mapping[str, int]) -> Iterator[int]:
    """Yield the sets with the shape of the beginning of a text."""
    for length in range(len(shape) + 1):
        yield shapes.get(shape[:length], 0)


@dataclass(frozen=True, eq=False)
class Grammar:
    """The date grammar of one language.

    ``beside`` are words that may stand beside a date that is known to be one: articles, and the
    days of the week. In a language that is ``joined`` no spaces part the words.
    """

    language: str
    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    numeric_order: Mapping[str, str]
    forms: tuple[Form, ...]
    forms_without_ordinals: tuple[Form, ...]
    """The same forms, with no days in words."""
    weekdays: Mapping[str, int] = field(default_factory=dict)
    """The days of the week, Monday being 0."""
    beside: frozenset[str] = frozenset()
    joined: bool = False
    feasts: Mapping[str, Feast] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The values of words for numbers."""
    decades: Mapping[str, int] = field(default_factory=dict)
    """The tens of words for decades (“the twenties”)."""
    centuries: Mapping[str, int] = field(default_factory=dict)
    """The numbers of words for centuries."""
    surroundings: Surroundings = field(default_factory=lambda: Surroundings({}))
    """What words beside a date make of it."""
    tenses: Tenses = field(default_factory=lambda: Tenses({}))
    """What tells whether a date lies behind or ahead."""
    weekdays_before: WeekdaysBefore = field(default_factory=lambda: WeekdaysBefore("", "", {}))
    """The days of the week that stand before dates."""
    calendar: Calendar | None = None
    """The calendar of its dates, if it is not the Gregorian."""
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The signs of the parts that have marks in outlines of forms."""
    shapes: Callable[[str], Shapes | None] = dict[str, Shapes]().get
    """The shapes of these parts, by their marks."""

    def possible_in(self, said: str, whole: bool) -> int:
        """Return the set of forms that a text may hold, by the words and digits in it.

        ``said`` is the text in small letters; ``whole`` tells whether it is known to be a date.
        """
        has_year = has_four_digits(said)
        if self.only_years and not has_year:
            return 0
        has_month, has_ordinal = self._vocabulary.found_in(said)
        if self._only_months and not has_month:
            return 0
        has_digit = has_year or _DIGIT.search(said) is not None
        sort = (whole, has_month, has_digit, has_year, has_ordinal)
        bits = self._possible.get(sort)
        if bits is None:
            bits = self.beginnings.bits_of(frozenset(self._forms_with(*sort)))
            self._possible[sort] = bits
        return bits

    def _forms_with(
        self,
        whole: bool,
        has_month: bool,
        has_digit: bool,
        has_year: bool,
        has_ordinal: bool,
    ) -> Iterator[Form]:
        for form in self.forms if has_ordinal else self.forms_without_ordinals:
            if (
                (whole or not form.whole)
                and (has_month or not form.names_month)
                and (has_digit or not form.has_digit)
                and (has_year or not form.has_year)
            ):
                yield form

    def places_in(self, said: str) -> Mapping[Need, list[int]]:
        """Return where in a text in small letters something is that forms need, in order.

        Forms that count only where a text is known to be a date are left out.
        """
        return self._signs.places_in(said)

    @cached_property
    def _signs(self) -> _Signs:
        return _Signs(self.needs, self._month, self.joined)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What the forms need."""
        return tuple(dict.fromkeys(map(self.need_of, self.forms)))

    @cached_property
    def _month(self) -> Need:
        return frozenset(_first_words(self.months))

    @cached_property
    def _weekday(self) -> Need:
        return longest_words(self.weekdays)

    def need_of(self, form: Form) -> Need:
        """Return what each match of a form has, if texts not known to be dates may hold it."""
        need = self._needs.get(form.outline)
        if need is None:
            need = Need() if form.whole else self._month
            if not form.whole and not form.names_month:
                need = self._weekday if form.names_weekday else signs_of(form.outline, self.marks)
            self._needs[form.outline] = need
        return need

    @cached_property
    def _needs(self) -> dict[str, Need]:
        return {}

    @cached_property
    def beginnings(self) -> Beginnings:
        """How the forms begin."""
        return Beginnings(self)

    @cached_property
    def _only_months(self) -> bool:
        """Whether all forms name a month."""
        return all(form.names_month for form in self.forms)

    @cached_property
    def only_years(self) -> bool:
        """Whether all forms have a year of four digits."""
        return all(form.has_year for form in self.forms)

    @cached_property
    def _vocabulary(self) -> _Vocabulary:
        return _Vocabulary(self.months, self.ordinals, self.joined)

    @cached_property
    def _possible(self) -> dict[tuple[bool, bool, bool, bool, bool], int]:
        return {}


class _Signs:
    """What forms need, looked for in one passage over a text.

    The name of a ``month`` counts only where no letter stands before it, unless words are
    ``joined``.
    """

    def __init__(self, needs: Iterable[Need], month: Need, joined: bool) -> None:
        needing: dict[str, list[Need]] = {}
        for need in needs:
            for sign in need:
                needing.setdefault(sign, []).append(need)
        self._needs = list(needing.values())
        self._automaton = AhoCorasick(list(needing))
        self._month = Need() if joined else month

    def places_in(self, said: str) -> Mapping[Need, list[int]]:
        """Return the places of the signs in a text in small letters, in order."""
        places: dict[Need, list[int]] = {}
        for which, start, _ in self._automaton.find_matches_as_indexes(said, overlapping=True):
            for need in self._needs[which]:
                if need is not self._month or not _is_in_word(said, start):
                    places.setdefault(need, []).append(start)
        for found in places.values():
            found.sort()
        return places


def has_four_digits(said: str) -> bool:
    """Tell whether a text may have a year of four digits."""
    return _FOUR_DIGITS.search(said) is not None


def _is_in_word(said: str, at: int) -> bool:
    return at > 0 and _LETTER.match(said, at - 1) is not None


class _Vocabulary:
    """The months and ordinals of a grammar, all looked for in one passage over a text.

    They are found only where no letter stands before the first word, unless words are ``joined``.
    """

    def __init__(self, months: Iterable[str], ordinals: Iterable[str], joined: bool) -> None:
        self._months = frozenset(_first_words(months))
        self._ordinals = frozenset(_first_words(ordinals))
        self._joined = joined
        self._all = sorted(self._months | self._ordinals)
        self._automaton = AhoCorasick(self._all)

    def found_in(self, said: str) -> tuple[bool, bool]:
        """Tell whether a text in small letters has a month, and an ordinal."""
        if not self._all:
            return False, False
        found = {
            self._all[which]
            for which, start, _ in self._automaton.find_matches_as_indexes(said, overlapping=True)
            if self._joined or not _is_in_word(said, start)
        }
        return not self._months.isdisjoint(found), not self._ordinals.isdisjoint(found)


def _first_words(names: Iterable[str]) -> set[str]:
    return {name.split()[0].lower() for name in names}


@cache
def grammar_for(language: str) -> Grammar:
    """Return the grammar for a BCP 47 tag; only its primary part counts.

    A language without a grammar gets the forms that need none.
    """
    primary = re.split(r"[-_]", language.strip().lower())[0]
    if not re.fullmatch(r"[a-z]{2,3}", primary) or not (FOLDER / f"{primary}.json").is_file():
        primary = UNDETERMINED
    return _compile(primary)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a grammar."""
    return tuple(sorted(file.stem for file in FOLDER.glob("??.json")))


@cache
def grammars_for(language: str) -> tuple[Grammar, ...]:
    """Return the grammars to read a text of that language by.

    For a text of undetermined language these are the forms that need no language, and from all
    languages those with a month by its name and a year.
    """
    grammar = grammar_for(language)
    if language.strip().lower() not in ("", UNDETERMINED):
        return (grammar,)
    others = map(grammar_for, languages())
    return (grammar, *(_with_named_months(other) for other in others))


@cache
def grammars_of_scripts() -> tuple[tuple[re.Pattern[str], Grammar], ...]:
    """Return the grammars of dates that are alike in all languages of a script.

    With each goes what tells that a text may have such dates.
    """
    every = [_read(f"{SCRIPTS}/{file.stem}") for file in sorted((FOLDER / SCRIPTS).glob("*.json"))]
    return tuple(
        (
            re.compile("|".join(map(re.escape, data["signals"]))),
            compile_grammar(UNDETERMINED, data, ()),
        )
        for data in every
    )


@cache
def grammar_of_calendar(calendar: Calendar, language: str) -> Grammar:
    """Return the grammar of a calendar's dates in a text of that language.

    It has the months of the calendar, or else of the language, and the ordinals of the language.
    """
    primary = grammar_for(language).language
    of_language = _read(primary)
    data = {name: of_language[name] for name in _OF_LANGUAGE if name in of_language}
    data |= calendar.grammar
    data["eras"] = list(calendar.eras)
    data["forms"] = [form for form in data["forms"] if primary in form.get("languages", (primary,))]
    return replace(compile_grammar(primary, data, ()), calendar=calendar)


def _with_named_months(grammar: Grammar) -> Grammar:
    def dated(forms: Iterable[Form]) -> tuple[Form, ...]:
        return tuple(form for form in forms if form.names_month and form.has_year)

    return replace(
        grammar,
        forms=dated(grammar.forms),
        forms_without_ordinals=dated(grammar.forms_without_ordinals),
    )


@cache
def _compile(language: str) -> Grammar:
    common = _read(UNDETERMINED)
    data = common if language == UNDETERMINED else _read(language)
    return compile_grammar(language, data, () if data is common else common["forms"])


def compile_grammar(
    language: str, data: Mapping[str, Any], common_forms: Iterable[Mapping[str, Any]]
) -> Grammar:
    """Return the grammar that ``data`` describes, with the forms that need no language."""
    months = _by_spelling(data.get("months", []))
    ordinals = _by_word(data.get("ordinals", {}))
    weekdays = {name: n for n, names in enumerate(data.get("weekdays", [])) for name in names}
    feasts = feasts_of(
        data.get("feasts", {}),
        data.get("gregorian_from", FIRST_GREGORIAN_YEAR),
        orthodox=data.get("orthodox", False),
    )
    surroundings = Surroundings(data.get("surroundings", {}))
    data = {**data, "words": {**data.get("words", {}), "surrounding": [surroundings.cue]}}
    openings = openings_of(months, ordinals, weekdays, feasts)
    parts = parts_of(months, ordinals, weekdays, feasts, data)
    parts_without_ordinals = parts_of(months, {}, weekdays, feasts, data)
    rough = parts_of(months, ordinals, weekdays, feasts, data, rough_names)
    signs = signs_of_parts(months, ordinals, weekdays, feasts)
    signs |= {name: signs_of(parts[name], {}) for name in data["words"]}
    marks = {name: chr(_FIRST_MARK + number) for number, name in enumerate(signs)}
    outlines = {**parts, **marks}
    joined = data.get("joined", False)
    sources = [*data["forms"], *common_forms]
    has_joined = any(source.get("joined", joined) for source in sources)
    number_of_weekday = {name.lower(): number for name, number in weekdays.items()}
    of_short = {
        name.lower(): number
        for number, names in enumerate(data.get("weekdays_short", []))
        for name in names
    }
    return Grammar(
        language,
        {spelling.lower(): number for spelling, number in months.items()},
        ordinals,
        data.get("numeric_order", {}),
        tuple(_form(source, parts, rough, openings, outlines, joined) for source in sources),
        tuple(
            _form(source, parts_without_ordinals, rough, openings, outlines, joined)
            for source in sources
        ),
        number_of_weekday,
        frozenset(
            word.lower()
            for said in (*data.get("beside", ()), *weekdays, *feasts)
            for word in said.split()
        ),
        has_joined,
        feasts={name.lower(): feast for name, feast in feasts.items()},
        numbers=_by_word(data.get("numbers", {})),
        decades=_by_word(data.get("decades", {})),
        centuries=_by_word(data.get("centuries", {})),
        marks={mark: signs[name] for name, mark in marks.items()},
        shapes=_shapes_of_parts(
            marks, partial(parts_of, months, ordinals, weekdays, feasts, data, one_of_each_shape)
        ),
        surroundings=surroundings,
        tenses=Tenses(data.get("tenses", {})),
        weekdays_before=WeekdaysBefore(
            data.get("weekday_before", ""), parts["weekday-before"], number_of_weekday | of_short
        ),
    )


def _shapes_of_parts(
    marks: Mapping[str, str], parts_like: Callable[[], Mapping[str, str]]
) -> Callable[[str], Shapes | None]:
    """Return what gives the shapes of parts by their marks.

    Most texts ask for few of them. ``parts_like`` makes expressions with the shapes of the parts.
    """
    names = {mark: name for name, mark in marks.items()}
    parts = cache(parts_like)

    @cache
    def shapes(mark: str) -> Shapes | None:
        return shapes_of(parts()[names[mark]], _no_shapes) if mark in names else None

    return shapes


def _no_shapes(_mark: str) -> None:
    return None


def _by_word(words_of: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {word.lower(): int(value) for value, words in words_of.items() for word in words}


def grammar_data(language: str) -> Mapping[str, Any]:
    """Return the data of the grammar for a BCP 47 tag, as its file has it."""
    return _read(grammar_for(language).language)


def _read(language: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return data


def _by_spelling(months: Sequence[Sequence[str]]) -> dict[str, int]:
    return {spelling: number for number, names in enumerate(months, 1) for spelling in names}


def _form(
    source: Mapping[str, Any],
    parts: Mapping[str, str],
    rough: Mapping[str, str],
    openings: Mapping[str, str],
    outlines: Mapping[str, str],
    joined: bool,
) -> Form:
    text = source["form"]
    always = _outside_groups(text)
    parts_there = frozenset(_PLACEHOLDER.findall(always))
    # A sentence may begin with it.
    text = _INITIAL.sub(lambda match: f"{match[1]}[{match[2]}{match[2].upper()}]", text)
    if "«" not in text:
        text = f"«{text}»"
    text = with_spaces(text).replace("«", "(?P<date>").replace("»", ")")
    expression = _PLACEHOLDER.sub(lambda match: parts[match[1]], text)
    roughly = _PLACEHOLDER.sub(lambda match: rough[match[1]], text)
    if "|" in _without_groups(source["form"]):
        opening = _PLACEHOLDER.sub(lambda match: openings.get(match[1], parts[match[1]]), text)
    else:
        opening = opening_of(text, parts, openings)
    outline = _PLACEHOLDER.sub(lambda match: outlines[match[1]], text)
    joined = source.get("joined", joined)
    before, after = (_JOINED_BEFORE, _JOINED_AFTER) if joined else (_BEFORE, _AFTER)
    return Form(
        f"{before}{expression}{after}",
        f"{before}{roughly}{after}",
        opening,
        outline,
        names_month="month" in parts_there,
        names_weekday="weekday" in parts_there,
        has_digit=not _DIGIT_PARTS.isdisjoint(parts_there),
        has_year="year" in parts_there,
        **{name: source[name] for name in _SAID_BY_FORMS if name in source},
    )


def _outside_groups(form: str) -> str:
    """Return a form without what stands in groups, which may be missing or one of several."""
    outside = _without_groups(form)
    return "" if "|" in outside else outside


def _without_groups(form: str) -> str:
    outside, before = form, ""
    while outside != before:
        before, outside = outside, _GROUP.sub(" ", outside)
    return outside
