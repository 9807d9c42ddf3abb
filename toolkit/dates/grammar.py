"""Reading a date grammar (``schemas/dates/LANG.json``) and compiling its forms.

A form is a regular expression in which a space stands for any white space, ``{name}`` for a part
(a day, a month …, or a word list of the grammar itself) and ``« »`` mark the characters that are
the date, where cue words stand beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Literal

from toolkit.beginnings import Beginning, beginning_of_expression
from toolkit.resources import SCHEMAS

FOLDER = SCHEMAS / "dates"
UNDETERMINED = "und"

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_GROUP = re.compile(r"\([^()]*\)[?*]?|\{[^{}]*\}[?*]")
_NO_WORDS = re.compile(r"\[[^\]]*\]|\\.|\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2,}(?![\w?*])")
_DIGIT = re.compile(r"\d")
_DIGIT_PARTS = frozenset({"year", "year-short", "decade", "day-number", "number-1"})
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MOST_BEGINNINGS = 4096
_YEAR = r"(?:1\d|20)\d\d"
_BEFORE = r"(?<!\w)(?<!\w[./:-])"
_AFTER = r"(?!\w)(?!/\w|[.:-]\d)"

Direction = Literal["last", "next"]


@dataclass(frozen=True, eq=False)
class Form:
    """One way of writing a date.

    ``year``, ``month`` and ``day`` say how a part not in the text follows from the document's
    date: so many years, months or days after it; or, for the year, the ``last`` or ``next`` time
    this month came. ``between`` makes a range notBefore/notAfter. A ``whole`` form counts only
    where the text is known to be a date and nothing else.
    """

    expression: str
    opening: str = ""
    """The expression with each part of a date as its first character and another."""
    any_case: bool = False
    year: int | Direction | None = None
    month: int | None = None
    day: int | None = None
    between: bool = False
    whole: bool = False
    names_month: bool = False
    """No match is without the name of a month."""
    has_digit: bool = False
    """No match is without a digit."""
    has_year: bool = False
    """No match is without a year of four digits."""
    words: tuple[str, ...] = ()
    """No match is without these words, or ends of words, in small letters."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression; most forms of a grammar are never asked for it."""
        return re.compile(self.expression, re.IGNORECASE if self.any_case else 0)

    @cached_property
    def beginning(self) -> Beginning | None:
        """What a match begins with; None if with anything."""
        return beginning_of_expression(self.opening, re.IGNORECASE if self.any_case else 0)


@dataclass(frozen=True)
class Grammar:
    """The date grammar of one language."""

    language: str
    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    numeric_order: Mapping[str, str]
    forms: tuple[Form, ...]
    forms_without_ordinals: tuple[Form, ...]
    """The same forms, with no days in words."""

    def forms_for(self, text: str) -> list[Form]:
        """Return the forms that ``text`` may hold, by the words and digits in it."""
        said = text.casefold()
        has_month = self._month.search(said) is not None
        has_digit = _DIGIT.search(said) is not None
        has_ordinal = self._ordinal.search(said) is not None
        return [
            form
            for form in (self.forms if has_ordinal else self.forms_without_ordinals)
            if (has_month or not form.names_month)
            and (has_digit or not form.has_digit)
            and (not form.words or all(word in said for word in form.words))
        ]

    def beginning_with(self, two: str) -> frozenset[Form]:
        """Return the forms of which a match may begin with these two characters."""
        known = self._by_beginning.get(two)
        if known is None:
            if len(self._by_beginning) >= _MOST_BEGINNINGS:
                self._by_beginning.clear()
            known = self._by_beginning[two] = frozenset(
                form
                for form in (*self.forms, *self.forms_without_ordinals)
                if form.beginning is None or form.beginning.may_be(two)
            )
        return known

    @cached_property
    def _by_beginning(self) -> dict[str, frozenset[Form]]:
        return {}

    @cached_property
    def _month(self) -> re.Pattern[str]:
        return _beginning_of(self.months)

    @cached_property
    def _ordinal(self) -> re.Pattern[str]:
        return _beginning_of(self.ordinals)


def _beginning_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of the first words of ``names``, in small letters."""
    words = sorted({name.split()[0].casefold() for name in names})
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


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
def grammars_for(language: str) -> tuple[Grammar, ...]:
    """Return the grammars to read a text of that language by.

    For a text of undetermined language these are the forms that need no language, and from all
    languages those with a month by its name and a year.
    """
    grammar = grammar_for(language)
    if language.strip().lower() not in ("", UNDETERMINED):
        return (grammar,)
    names = sorted(file.stem for file in FOLDER.glob("??.json"))
    others = (grammar_for(name) for name in names if name != UNDETERMINED)
    return (grammar, *(_with_named_months(other) for other in others))


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
    months = _by_spelling(data.get("months", []))
    ordinals = {word.lower(): int(n) for n, ws in data.get("ordinals", {}).items() for word in ws}
    openings = _openings(months, ordinals)
    parts = _parts(months, ordinals, data)
    parts_without_ordinals = _parts(months, {}, data)
    sources = list(data["forms"])
    if data is not common:
        sources += common["forms"]
    return Grammar(
        language,
        {spelling.lower(): number for spelling, number in months.items()},
        ordinals,
        data.get("numeric_order", {}),
        tuple(_form(source, parts, openings) for source in sources),
        tuple(_form(source, parts_without_ordinals, openings) for source in sources),
    )


def _read(language: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return data


def _by_spelling(months: Sequence[Sequence[str]]) -> dict[str, int]:
    return {spelling: number for number, names in enumerate(months, 1) for spelling in names}


def _parts(
    months: Mapping[str, int], ordinals: Mapping[str, int], data: Mapping[str, Any]
) -> dict[str, str]:
    """Return the regular expression for each placeholder."""
    month = _alternatives(spelling for name in months for spelling in _cases(name))
    suffix = _alternatives(data.get("ordinal_suffixes", []))
    word = f"(?i:{_alternatives(ordinals)})"
    digits = r"\d{1,2}"
    parts = {
        "month": f"(?P<month>{month})",
        "month-to": f"(?P<month_to>{month})",
        "month-roman": f"(?P<month_roman>{_alternatives(_ROMAN)})",
        "month-number": r"(?P<month_number>0?[1-9]|1[0-2])",
        "year": f"(?P<year>{_YEAR})",
        "year-to": f"(?P<year_to>{_YEAR})",
        "year-to-short": r"(?P<year_to_short>\d\d)",
        "year-short": r"(?:['’]\s?)?(?P<year_short>\d\d)",
        "decade": r"(?P<decade>(?:1\d|20)\d0)",
        "number-1": r"(?P<number_1>\d{1,2})",
        "number-2": r"(?P<number_2>\d{1,2})",
    }
    for name, group in (("day", "day"), ("day-to", "day_to")):
        parts[name] = f"(?:(?P<{group}>{digits})(?:\\s?{suffix})?|(?P<{group}_word>{word}))"
        parts[f"{name}-number"] = f"(?P<{group}>{digits})"
        parts[f"{name}-ordinal"] = f"(?:(?P<{group}>{digits})\\s?{suffix}|(?P<{group}_word>{word}))"
    for name, words in data.get("words", {}).items():
        parts[name] = _alternatives(words, literal=False)
    return parts


def _openings(months: Mapping[str, int], ordinals: Mapping[str, int]) -> dict[str, str]:
    """Return the first character of each part, and another, as a regular expression."""
    letters = {spelling[0] for name in months for spelling in _cases(name)}
    in_words = {letter for word in ordinals for letter in (word[0].lower(), word[0].upper())}
    month = f"[{''.join(sorted(map(re.escape, letters)))}]" if letters else r"(?!)"
    day = rf"[\d{''.join(sorted(map(re.escape, in_words)))}]"
    firsts = {"month": month, "day": day, "day-ordinal": day}
    firsts |= {f"{name}-to": first for name, first in firsts.items()}
    firsts |= {"month-roman": "[IVX]", "year": "[12]", "year-to": "[12]"}
    return {name: rf"{first}[\s\S]" for name, first in firsts.items()}


def _cases(name: str) -> tuple[str, ...]:
    return name, name.upper(), name[0].upper() + name[1:]


def _alternatives(words: Any, *, literal: bool = True) -> str:  # noqa: ANN401
    """Return a group of the words, the longest first; one that never matches for none."""
    longest_first = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    if not longest_first:
        return r"(?!)"
    return "(?:" + "|".join(_word(word, literal) for word in longest_first) + ")"


def _word(word: str, literal: bool) -> str:
    return (re.escape(word).replace(r"\ ", " ") if literal else word).replace(" ", r"\s+")


def _form(source: Mapping[str, Any], parts: Mapping[str, str], openings: Mapping[str, str]) -> Form:
    text = source["form"]
    always = _outside_groups(text)
    parts_there = frozenset(_PLACEHOLDER.findall(always))
    if "«" not in text:
        text = f"«{text}»"
    text = text.replace(" ", r"\s+").replace("«", "(?P<date>").replace("»", ")")
    expression = _PLACEHOLDER.sub(lambda match: parts[match[1]], text)
    opening = _PLACEHOLDER.sub(lambda match: openings.get(match[1], parts[match[1]]), text)
    return Form(
        f"{_BEFORE}{expression}{_AFTER}",
        opening,
        source.get("any_case", False),
        source.get("year"),
        source.get("month"),
        source.get("day"),
        source.get("between", False),
        source.get("whole", False),
        "month" in parts_there,
        not _DIGIT_PARTS.isdisjoint(parts_there),
        "year" in parts_there,
        tuple(word.casefold() for word in _WORD.findall(_NO_WORDS.sub(" ", always))),
    )


def _outside_groups(form: str) -> str:
    """Return a form without what stands in groups, which may be missing or one of several."""
    outside, before = form, ""
    while outside != before:
        before, outside = outside, _GROUP.sub(" ", outside)
    return "" if "|" in outside else outside
