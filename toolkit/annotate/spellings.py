"""The spellings of a form: a letter has “Wienstr.” for “Wienstraße” and “Mueller” for “Müller”.

What stands for what is data (schemas/annotation/spellings.json).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from toolkit.resources import SCHEMAS

_LETTER = r"[^\W\d_]"
_HYPHEN = re.compile(f"(?<={_LETTER})-({_LETTER})")
_WORD_END = r"(?=[\s,]|$)"
_LONGEST_ACRONYM = 8
_SHORTEST_AS_WORD = 5
"""Shorter names of letters would be words (WHO, CARE)."""


@dataclass(frozen=True)
class _Spellings:
    """What may be written instead of a part of a form."""

    words: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    alone: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    endings: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    letters: tuple[tuple[str, str], ...]
    any_word: re.Pattern[str]
    """Whether a form has one of the words or endings at all."""


@cache
def _spellings() -> _Spellings:
    data = json.loads((SCHEMAS / "annotation" / "spellings.json").read_text(encoding="utf-8"))
    offices = data["offices"]
    words = _any_of([*data["words"], *data["titles"], *offices])
    return _Spellings(
        _replacements(data["words"], r"(?<!\S)")
        + _replacements(data["titles"], r"(?<!\S)", r"(?=\s)"),
        _replacements(offices, r"(?<!\S)"),
        _replacements(data["endings"], f"(?<={_LETTER})"),
        tuple((one, other) for one, others in data["letters"].items() for other in others),
        re.compile(rf"(?:(?<!\S){words}|{_any_of(data['endings'])}){_WORD_END}"),
    )


def _any_of(groups: list[list[str]]) -> str:
    return f"(?:{'|'.join(re.escape(word) for group in groups for word in group)})"


def _replacements(
    groups: list[list[str]], before: str, after: str = _WORD_END
) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (
            re.compile(rf"{before}{re.escape(word)}{after}"),
            tuple(other for other in group if other != word),
        )
        for group in groups
        for word in group
    )


def spellings_of(form: str) -> Iterator[str]:
    """Yield the other spellings of a form, some of them more than once."""
    for text in (form, *_with_other_words(form)):
        if text != form:
            yield text
        yield from _with_other_letters(text)


def _with_other_words(form: str) -> Iterator[str]:
    known = _spellings()
    # A word alone does not stand for another: “Street” may be a name.
    possible = (*known.words, *known.endings) if " " in form else known.endings
    possible = (*known.alone, *possible)
    for pattern, others in possible if known.any_word.search(form) else ():
        if pattern.search(form):
            yield from (pattern.sub(other, form) for other in others)
    if "-" in form:
        yield form.replace("-", "–")
        yield _HYPHEN.sub(r" \1", form)
        yield _HYPHEN.sub(lambda match: match[1].lower(), form)
    if 1 < len(form) <= _LONGEST_ACRONYM and form.isalpha() and form.isupper():
        yield "".join(f"{letter}." for letter in form)
        if len(form) >= _SHORTEST_AS_WORD:
            yield form.capitalize()


def _with_other_letters(text: str) -> Iterator[str]:
    every = text
    for one, other in _spellings().letters:
        if one in text:
            yield text.replace(one, other)
            every = every if one.isascii() else every.replace(one, other)
    if not text.isascii():
        yield every
        letters = unicodedata.normalize("NFD", text)
        yield "".join(letter for letter in letters if not unicodedata.combining(letter))
