"""The parts of which the forms of a date grammar are made, as regular expressions.

A form names them in braces: ``{day}``, ``{month}``, ``{year-to}``, or a word list of the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import digits
from typing import Any

from toolkit.dates.numerals import HAN, ROMAN
from toolkit.dates.roman_days import FIXED_DAYS
from toolkit.shapes import shape_of

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_YEAR = r"(?:1\d|20)\d\d"
_RUNS = {"0": r"\d+", "a": r"[^\W\d]+", " ": r"\s+"}
"""Expressions of the runs in a shape."""


def parts_of(
    months: Mapping[str, int],
    ordinals: Mapping[str, int],
    weekdays: Mapping[str, int],
    feasts: Iterable[str],
    data: Mapping[str, Any],
    of_names: Callable[[Iterable[str]], str] | None = None,
) -> dict[str, str]:
    """Return the regular expression for each placeholder.

    ``of_names`` makes the expression of long lists of names: by default it matches only these.
    """
    of_names = of_names or _alternatives
    month = of_names(spelling for name in months for spelling in _cases(name))
    suffix = _alternatives(data.get("ordinal_suffixes", []))
    word = f"(?i:{of_names(ordinals)})"
    number = r"\d{1,2}"
    parts = {
        "month": f"(?P<month>{month})",
        "month-to": f"(?P<month_to>{month})",
        "a-month": month,
        "month-roman": f"(?P<month_roman>{_alternatives(_ROMAN)})",
        "month-number": r"(?P<month_number>0?[1-9]|1[0-2])",
        "month-han": f"(?P<month_number>{HAN})",
        "feast": f"(?P<feast>{of_names(f for name in feasts for f in _cases(name))})",
        "weekday": f"(?P<weekday>(?i:{of_names(weekdays)}))",
        "weekday-before": f"(?P<weekday>(?i:{of_names(weekdays)})|{_short_weekdays(data)})",
        "year": f"(?P<year>{_YEAR})",
        "year-to": f"(?P<year_to>{_YEAR})",
        "year-roman": "(?P<year>M[MDCLXVIJ]+|m[mdclxvij]+)",
        "year-han": "(?P<year>[一二][〇零一二三四五六七八九]{3})",
        "year-to-short": r"(?P<year_to_short>\d\d?)",
        "year-short": r"(?:['’]\s?)?(?P<year_short>\d\d)",
        "year-of-three": r"(?P<year_short>[5-9]\d\d)",
        "year-number": r"(?P<year>\d{1,4})",
        "year-numeral": rf"(?P<year>\d{{1,2}}|{ROMAN})",
        "year-in-era": rf"(?P<year>\d{{1,3}}|{HAN})",
        "year-of-four": rf"(?P<year>[1-4]\d{{3}}|{HAN})",
        "month-in-era": rf"(?P<month_number>\d{{1,2}}|{HAN})",
        "day-in-era": rf"(?P<day>\d{{1,2}}|{HAN})",
        "era": f"(?P<era>(?i:{_alternatives(data.get('eras', []))}))",
        "decade": r"(?P<decade>(?:1\d|20)\d0)",
        "decade-short": r"(?P<decade_short>[1-9]0)",
        "decade-word": f"(?P<decade_word>{_words_for(data, 'decades')})",
        "century": r"(?P<century>1?\d|2[01]|[XVI]+)",
        "century-word": f"(?P<century_word>{_words_for(data, 'centuries')})",
        "count": rf"(?P<count>\d{{1,2}}|{_words_for(data, 'numbers')})",
        "year-in-words": _in_words(data.get("numbers", {})),
        "day-in-words": _in_words(data.get("numbers", {})).replace("year_words", "day_words"),
        "third": _thirds(data.get("thirds", [])),
        "number-1": r"(?P<number_1>\d{1,2})",
        "number-2": r"(?P<number_2>\d{1,2})",
    }
    for name, group in (("day", "day"), ("day-to", "day_to")):
        parts[name] = f"(?:(?P<{group}>{number})(?:\\s?{suffix})?|(?P<{group}_word>{word}))"
        parts[f"{name}-number"] = f"(?P<{group}>{number})"
        parts[f"{name}-ordinal"] = f"(?:(?P<{group}>{number})\\s?{suffix}|(?P<{group}_word>{word}))"
        parts[f"{name}-roman"] = f"(?P<{group}>{ROMAN})"
        parts[f"{name}-han"] = f"(?P<{group}>{HAN})"
    if "roman_days" in data:
        parts["roman-day"] = _roman_day(data["roman_days"], word)
    for name, words in data.get("words", {}).items():
        parts[name] = _alternatives(words, literal=False)
    return parts


def _short_weekdays(data: Mapping[str, Any]) -> str:
    """Return an expression of the short names that days of the week have before dates alone."""
    return _alternatives(name for names in data.get("weekdays_short", ()) for name in names)


def _words_for(data: Mapping[str, Any], numbers: str) -> str:
    """Return an expression of the words for numbers of a kind."""
    return (
        f"(?i:{_alternatives(word for words in data.get(numbers, {}).values() for word in words)})"
    )


def _in_words(numbers: Mapping[str, Sequence[str]]) -> str:
    """Return an expression of a number written in words."""
    word = _alternatives(word for words in numbers.values() for word in words)
    return f"(?P<year_words>(?i:{word}(?:[\\s-]+{word})*))"


def _thirds(thirds: Sequence[Sequence[str]]) -> str:
    """Return an expression of a third of a month: the first, the middle or the last ten days."""
    named = (
        f"(?P<third_{number}>(?i:{_alternatives(words, literal=False)}))"
        for number, words in enumerate(thirds, 1)
    )
    return f"(?:{'|'.join(named)})" if thirds else r"(?!)"


def _roman_day(words: Mapping[str, Sequence[str]], ordinal: str) -> str:
    """Return an expression of a day counted back from the kalends, nones or ides."""
    eve, before = (_alternatives(words[name], literal=False) for name in ("eve", "before"))
    count = f"(?P<eve>{eve})|(?:{before}\\s+)?(?:(?P<day>{ROMAN}|\\d+)\\.?|(?P<day_word>{ordinal}))"
    fixed = (f"(?P<{name}>{_alternatives(words[name], literal=False)})" for name in FIXED_DAYS)
    return f"(?:(?:{count})\\s+)?(?:{'|'.join(fixed)})"


def rough_names(names: Iterable[str]) -> str:
    """Return an expression that is soon compiled, and matches names and much that looks alike."""
    by_shape: dict[str, list[str]] = {}
    for name in names:
        by_shape.setdefault(shape_of(name), []).append(name)
    if not by_shape:
        return r"(?!)"
    shapes = sorted(by_shape, key=lambda shape: (-len(shape), shape))
    return f"(?:{'|'.join(_roughly(shape, by_shape[shape]) for shape in shapes)})"


def _roughly(shape: str, names: Iterable[str]) -> str:
    """Return an expression of what has the shape of some names, and begins as one of them."""
    firsts = "".join(sorted({re.escape(name[0]) for name in names}))
    return f"(?=[{firsts}])" + "".join(_RUNS.get(sign, re.escape(sign)) for sign in shape)


def one_of_each_shape(names: Iterable[str]) -> str:
    """Return an expression of some of the names, of which each other has the shape of one."""
    by_shape = {shape_of(name): name for name in names}
    return _alternatives(by_shape.values())


def openings_of(
    months: Mapping[str, int],
    ordinals: Mapping[str, int],
    weekdays: Mapping[str, int],
    feasts: Iterable[str],
) -> dict[str, str]:
    """Return the first two characters of each part, as a regular expression."""
    spelt = {spelling for name in months for spelling in _cases(name)}
    day = _first_two(ordinals, r"\d[\s\S]")
    firsts = {"month": _first_two(spelt), "day": day, "day-ordinal": day}
    firsts |= {f"{name}-to": first for name, first in firsts.items()}
    firsts["a-month"] = firsts["month"]
    firsts |= {
        "era": r"\w[\s\S]",
        "month-roman": r"[IVX][\s\S]",
        "year": r"[12]\d",
        "year-to": r"[12]\d",
    }
    return firsts | {
        "weekday": _first_two(weekdays),
        "feast": _first_two(feasts),
        "roman-day": r"\w[\s\S]",
    }


def signs_of_parts(
    months: Mapping[str, int],
    ordinals: Mapping[str, int],
    weekdays: Mapping[str, int],
    feasts: Iterable[str],
) -> dict[str, frozenset[str]]:
    """Return words in small letters, one of which each match of a part has: of the long parts."""
    day = frozenset((*digits, *longest_words(ordinals)))
    signs = {"day": day, "day-ordinal": day, "month": longest_words(months)}
    signs |= {f"{name}-to": words for name, words in signs.items()}
    signs["a-month"] = signs["month"]
    unknown = dict.fromkeys(
        (
            "era",
            "roman-day",
            "third",
            "year-in-words",
            "day-in-words",
            "count",
            "century",
            "century-word",
        ),
        frozenset[str](),
    )
    return (
        signs
        | unknown
        | {
            "weekday": longest_words(weekdays),
            "feast": longest_words(feasts),
        }
    )


def longest_words(names: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each name, in small letters."""
    return frozenset(max(name.lower().split(), key=len) for name in names)


def _first_two(words: Iterable[str], *others: str) -> str:
    """Return an expression of the first two letters of ``words``, in any case."""
    seconds: dict[str, set[str]] = {}
    for word in words:
        first, second = word[0], word[1:2] or " "
        letters = seconds.setdefault(first.lower(), set())
        letters |= {second.lower(), second.upper()}
    pairs = [
        f"[{re.escape(first)}{re.escape(first.upper())}]"
        f"[{''.join(sorted(re.escape(letter) for letter in letters if len(letter) == 1))}]"
        for first, letters in sorted(seconds.items())
    ]
    return f"(?:{'|'.join((*others, *pairs))})" if pairs or others else r"(?!)"


def _cases(name: str) -> tuple[str, ...]:
    return name, name.upper(), name[0].upper() + name[1:]


def _alternatives(words: Any, *, literal: bool = True) -> str:  # noqa: ANN401
    """Return a group of the words, the longest first; one that never matches for none."""
    longest_first = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    if not longest_first:
        return r"(?!)"
    return "(?:" + "|".join(_word(word, literal) for word in longest_first) + ")"


def _word(word: str, literal: bool) -> str:
    return with_spaces(re.escape(word).replace(r"\ ", " ") if literal else word)


def plain(words: str) -> str:
    """Return words in small letters, with one space between them."""
    return re.sub(r"\s+", " ", words).lower()


def with_spaces(expression: str) -> str:
    """Return an expression in which a space is any white space."""
    return expression.replace(" ?", r"\s*").replace(" ", r"\s+")
