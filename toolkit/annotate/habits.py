"""The habits of editors: what they tag as a name, how far a tag reaches, whom a form means where.

Habits are counted where editors have tagged. With nothing to learn from, the defaults of
``schemas/annotation/habits.json`` hold; each count moves away from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from toolkit.annotate.likelihood import Likelihood
from toolkit.resources import SCHEMAS

_AS_SURE_AS = 4
"""A default counts as much as so many occurrences."""
_CLASS_AS_SURE_AS = 2
_FEWEST_LEFT = 3
"""A form that was left untagged fewer times was passed over, which tells nothing of it."""
_ENOUGH = 0.5

Count = tuple[int, int]
"""How often something was inside a tag (or was a name), and how often not."""
NOTHING: Count = (0, 0)


@dataclass(frozen=True)
class Defaults:
    """What is expected of editors who have not shown their habits.

    ``names``: how likely a form is a name where it stands, by how it follows from the register;
    ``reach``: how likely a tag holds a word beside the name proper, by the sort of word;
    ``titles`` and ``particles``: words of these sorts; ``abbreviated_titles`` are written with a
    full stop; ``letters``: by language, the titles of one letter; ``sexes``: for a title, ``f``
    or ``m``; ``endings``: by language, the inflections of a name.
    """

    names: Mapping[str, float]
    reach: Mapping[str, float]
    titles: frozenset[str]
    abbreviated_titles: frozenset[str]
    letters: Mapping[str, frozenset[str]]
    sexes: Mapping[str, str]
    particles: frozenset[str]
    endings: Mapping[str, frozenset[str]]


@cache
def defaults() -> Defaults:
    """Return the defaults (schemas/annotation/habits.json)."""
    data = json.loads((SCHEMAS / "annotation" / "habits.json").read_text(encoding="utf-8"))
    titles = data["titles"]
    return Defaults(
        data["names"],
        data["reach"],
        frozenset(word for words in titles.values() for word in words),
        frozenset(data["abbreviated_titles"]),
        {lang: frozenset(w for w in words if len(w) == 1) for lang, words in titles.items()},
        {word: sex for sex, words in data["sexes"].items() for word in words},
        frozenset(data["particles"]),
        {language: frozenset(endings) for language, endings in data["endings"].items()},
    )


@dataclass(frozen=True)
class Habits:
    """What was counted in documents in which editors tagged names.

    ``likelihood``: what stands around names, and what around what is none; ``reach``: by word and
    side, how often it was inside and outside of tags; ``uses``: how often each entry was named;
    ``opened``: names of name elements without reference in which editors tag names; ``endings``:
    what they tag behind a form; those ``left_out`` are no part of the tag (“Wien” in “Wiener”).
    """

    likelihood: Likelihood = field(default_factory=Likelihood)
    reach: Mapping[str, Count] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def endings_in(self, language: str) -> frozenset[str]:
        """Return the endings that names have in a language (BCP 47), and in these documents."""
        known = defaults().endings.get(language.partition("-")[0].lower(), frozenset())
        return known | self.endings if self.endings else known

    def reaches(self, kind: str, side: str, word: str, sort: str) -> float:
        """Return how likely a tag holds a word beside the name proper."""
        default = defaults().reach.get(f"{kind} {side} {sort}", 0.0)
        inside, outside = self.reach.get(f"{kind} {side} {sort}", NOTHING)
        usual = (inside + _AS_SURE_AS * default) / (inside + outside + _AS_SURE_AS)
        inside, outside = self.reach.get(f"{kind} {side} “{word}”", NOTHING)
        return (inside + _CLASS_AS_SURE_AS * usual) / (inside + outside + _CLASS_AS_SURE_AS)

    def takes(self, kind: str, side: str, word: str, sort: str) -> bool:
        """Tell whether a tag mostly holds a word beside the name proper."""
        return self.reaches(kind, side, word, sort) >= _ENOUGH


def rate(kind: str, sort: str, names: int, seen: int, *, is_word: bool = False) -> float:
    """Return how often a form of a class is a name: of the times it was ``seen``, ``names``.

    ``is_word``: whether it is a word too, which the texts have in small letters, or a noun.

    The mean of a Beta distribution, whose prior is the default of the class. A tag was set on
    purpose and counts at once; a tag that is missing may be forgotten, or an editor tags a name
    where it first stands only: it counts from ``_FEWEST_LEFT`` of them. A word counts at once.
    """
    if seen - names < _FEWEST_LEFT and not is_word:
        seen = names
    expected = defaults().names
    default = expected.get(f"{kind} {sort}", expected[sort])
    if is_word:
        default = expected.get(f"{sort} as a word", default)
    return (names + _CLASS_AS_SURE_AS * default) / (seen + _CLASS_AS_SURE_AS)
