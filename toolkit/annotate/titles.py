"""Titles, ranks and offices before and after the names of persons.

A register has “R. G. Menzies”; a header has “Mr R. G. Menzies, Prime Minister”. The words are data
(``schemas/annotation/titles.json``, and the titles of ``habits.json``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.annotate.habits import defaults
from toolkit.resources import SCHEMAS

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_LONG_ENOUGH_TO_END = 6
"""An office of so many letters may be the end of a word: “Handelsminister”."""
_CONJUNCTIONS = frozenset({"and", "und", "et", "e", "и", "&"})


@dataclass(frozen=True)
class TitleWords:
    """Words around the names of persons, in small letters and without full stops.

    ``before``: titles; ``joining``: what stands between titles, or before them; ``offices``: words
    of an office; ``after``: what follows a name; ``names_too``: titles that are forenames or
    initials as well; ``particles``: parts of surnames; ``women``: the titles of women,
    who may be called by the names of their husbands.
    """

    before: frozenset[str]
    joining: frozenset[str]
    offices: frozenset[str]
    after: frozenset[str]
    names_too: frozenset[str]
    particles: frozenset[str]
    women: frozenset[str]


@cache
def title_words() -> TitleWords:
    """Return the words that stand around the names of persons."""
    data = json.loads((SCHEMAS / "annotation" / "titles.json").read_text(encoding="utf-8"))
    return TitleWords(
        _counted(defaults().titles) | _of_all_languages(data["before"]),
        _of_all_languages(data["joining"]),
        _of_all_languages(data["offices"]),
        _of_all_languages(data["after"]),
        _counted(data["names_too"]),
        _counted(defaults().particles),
        _counted(data["women"]),
    )


@dataclass(frozen=True)
class Bare:
    """The name of a person without what stood around it.

    ``titles`` are the words that stood before it, as they are counted. It ``may_be_other`` where
    what was left out may have been part of the name.
    """

    name: str
    titles: tuple[str, ...] = ()
    may_be_other: bool = False

    @property
    def is_of_a_woman(self) -> bool:
        """Whether a title says that this is a woman."""
        return not title_words().women.isdisjoint(self.titles)

    @property
    def sex(self) -> str | None:
        """The sex that a title tells, ``f`` or ``m``."""
        sexes = _sexes()
        return next((sexes[title] for title in self.titles if title in sexes), None)


def sex_of_title(word: str) -> str | None:
    """Return the sex that a word tells if it is a title, ``f`` or ``m``."""
    return _sexes().get(_counted_as(word))


def without_titles(text: str) -> Iterator[Bare]:
    """Yield the names that ``text`` may be, with less and less of what stands around them.

    The text itself is not among them.
    """
    seen = {text}
    for name in _without_offices(text):
        for bare in _without_words_before(name):
            if bare.name not in seen:
                seen.add(bare.name)
                yield bare


def is_office(text: str) -> bool:
    """Tell whether words name an office (“the Secretary of State”, “der Handelsminister”)."""
    offices = title_words().offices
    long = tuple(office for office in offices if len(office) >= _LONG_ENOUGH_TO_END)
    words = [word.rstrip(".").lower() for word in text.split()]
    return any(word in offices or word.endswith(long) for word in words)


def without_offices_after(text: str) -> str:
    """Return a name without what follows it: offices parted off, orders and degrees."""
    bracketed = _BRACKETS.search(text)
    if bracketed and _is_office(bracketed[1]):
        text = text[: bracketed.start()]
    name, comma, part = text.rpartition(",")
    while comma and _is_office(part):
        text = name
        name, comma, part = text.rpartition(",")
    return _without_words_after(text)


def without_words_before(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name without the titles before it that are no names themselves."""
    start = 0
    while start < len(words) and _is_only_title(words[start]):
        start += 1
    return tuple(words[start:])


def without_titles_beside(forenames: Sequence[str]) -> tuple[str, ...]:
    """Return the words of forenames without titles before and after (“Karl Graf” is Karl)."""
    words = without_words_before(forenames)
    end = len(words)
    while end and _is_only_title(words[end - 1]):
        end -= 1
    return words[:end]


def _is_only_title(word: str) -> bool:
    counted, known = _counted_as(word), title_words()
    return counted in known.before and counted not in known.names_too and len(counted) > 1


def _without_words_after(text: str) -> str:
    words = text.split()
    while len(words) > 1 and _counted_as(words[-1]) in title_words().after:
        words.pop()
    return " ".join(words).rstrip(",")


def _without_offices(text: str) -> Iterator[str]:
    """Yield the text, and it without offices that commas or brackets part off."""
    bracketed = _BRACKETS.search(text)
    if bracketed and _is_office(bracketed[1]):
        text = text[: bracketed.start()]
    parts = [part.strip() for part in text.split(",")]
    for start in range(len(parts)):
        if not all(_is_office(part, whole=True) for part in parts[:start]):
            return
        for end in range(len(parts), start, -1):
            if all(_is_office(part) for part in parts[end:]):
                yield _without_words_after(", ".join(parts[start:end]))


def _is_office(text: str, *, whole: bool = False) -> bool:
    """Tell whether a text is an office, and not another person.

    A name follows the word of an office at once: “Chancellor Adenauer”, but “Chancellor of
    Germany”. ``whole``: whether each word has to be known.
    """
    known = title_words()
    words = text.split()
    counted = [_counted_as(word) for word in words]
    if known.offices.isdisjoint(counted):
        is_after = all(each in known.after for each in counted)
        return bool(words) and (is_after or all(map(_is_only_title, words)))
    if len(counted) == 1:
        return counted[0] not in known.names_too
    before = ""
    for word, plain in zip(words, counted, strict=True):
        is_name = whole or (word[:1].isupper() and _may_stand_before_a_name(before))
        if is_name and plain not in known.offices and plain not in known.joining:
            return False
        before = plain
    return True


def _may_stand_before_a_name(word: str) -> bool:
    known = title_words()
    return word in known.offices or word in known.before or word in _CONJUNCTIONS


def _without_words_before(text: str) -> Iterator[Bare]:
    """Yield the text, and it without the titles before it."""
    known = title_words()
    yield Bare(text)
    words = text.split()
    titles: list[str] = []
    may_be_initial = False
    for at, word in enumerate(words[:-1], 1):
        counted = _counted_as(word)
        is_title = counted in known.before or counted in known.offices
        is_particle = counted in known.particles
        is_beside = is_title or is_particle or counted in known.joining
        if word.endswith(",") or not is_beside:
            return
        may_be_initial |= at > 1 and len(counted) == 1
        if is_title:
            titles.append(counted)
        if titles:
            may_be_name = at == len(words) - 1 and not _are_surely_titles(titles)
            may_be_other = may_be_initial or may_be_name or (is_particle and not is_title)
            yield Bare(" ".join(words[at:]), tuple(titles), may_be_other)


def _are_surely_titles(words: Sequence[str]) -> bool:
    """Tell whether titles are no forename or initial before a surname (“Earl Page”, “M. Page”)."""
    if words == [words[0]]:
        return words[0] not in title_words().names_too
    return any(len(word) > 1 for word in words)


@cache
def _sexes() -> Mapping[str, str]:
    ambiguous = title_words().names_too
    sexes = {_counted_as(title): sex for title, sex in defaults().sexes.items()}
    return {title: sex for title, sex in sexes.items() if title not in ambiguous}


def _of_all_languages(languages: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return _counted(word for words in languages.values() for word in words)


def _counted(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_counted_as, words))


def _counted_as(word: str) -> str:
    return word.replace(".", "").strip(",;").casefold()
