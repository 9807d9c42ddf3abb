"""The habits of editors: what they tag as a name, how far a tag reaches, whom a form means where.

Habits are counted where editors have tagged. With nothing to learn from, the defaults of
``schemas/annotation/habits.json`` hold; each count moves away from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import prod

from toolkit.resources import SCHEMAS

Cue = tuple[str, ...]
"""One thing that stands around a form: as exactly as can be told, then more generally."""


_AS_SURE_AS = 4
"""A default counts as much as so many occurrences."""
_CLASS_AS_SURE_AS = 2
_CUE_AS_SURE_AS = 6
_SHARED = 0.6
"""What stands around a name is told by several cues, which depend on each other."""
_LEAST_TOLD, _MOST_TOLD = 0.2, 5.0
_SEEN_ENOUGH = 3

Count = tuple[int, int]
"""How often something was inside a tag (or was a name), and how often not."""
NOTHING: Count = (0, 0)


@dataclass(frozen=True)
class Defaults:
    """What is expected of editors who have not shown their habits.

    ``names``: how likely a form is a name where it stands, by how it follows from the register;
    ``reach``: how likely a tag holds a word beside the name proper, by the sort of word;
    ``titles`` and ``particles``: words of these sorts; ``sexes``: for a title, ``f`` or ``m``;
    ``endings``: by language, the inflections of a name.
    """

    names: Mapping[str, float]
    reach: Mapping[str, float]
    titles: frozenset[str]
    sexes: Mapping[str, str]
    particles: frozenset[str]
    endings: Mapping[str, frozenset[str]]


@cache
def defaults() -> Defaults:
    """Return the defaults (schemas/annotation/habits.json)."""
    data = json.loads((SCHEMAS / "annotation" / "habits.json").read_text(encoding="utf-8"))
    titles = (word for words in data["titles"].values() for word in words)
    return Defaults(
        data["names"],
        data["reach"],
        frozenset(titles),
        {word: sex for sex, words in data["sexes"].items() for word in words},
        frozenset(data["particles"]),
        {language: frozenset(endings) for language, endings in data["endings"].items()},
    )


@dataclass(frozen=True)
class Habits:
    """What was counted in documents in which editors tagged names.

    ``classes``: by class of form, occurrences that were names, and that were not; ``cues``: the
    same by what stands around; ``reach``: by word and side, inside and outside of tags;
    ``uses``: how often each entry was named; ``opened``: names of name
    elements without reference in which editors tag names.
    """

    classes: Mapping[str, Count] = field(default_factory=dict)
    cues: Mapping[str, Count] = field(default_factory=dict)
    reach: Mapping[str, Count] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()

    def likelihood(
        self, kind: str, sort: str, tagged: int, seen: int, cues: Iterable[Cue]
    ) -> float:
        """Return how likely a form of a class is a name, by its own uses and what is around it."""
        default = defaults().names.get(f"{kind} {sort}", defaults().names[sort])
        names, others = self.classes.get(f"{kind} {sort}", NOTHING)
        usual = (names + _AS_SURE_AS * default) / (names + others + _AS_SURE_AS)
        rate = (tagged + _CLASS_AS_SURE_AS * usual) / (seen + _CLASS_AS_SURE_AS)
        rate = min(max(rate, 0.001), 0.999)
        odds = rate / (1 - rate) * prod(self._told(kind, cue) for cue in cues) ** _SHARED
        return odds / (1 + odds)

    def _told(self, kind: str, cue: Cue) -> float:
        """Return how many times likelier a name is with this cue than without."""
        counts = (self.cues.get(f"{kind} {each}", NOTHING) for each in cue)
        names, others = next((each for each in counts if sum(each) >= _SEEN_ENOUGH), NOTHING)
        if not names + others:
            return 1
        all_names, all_others = self.cues.get(kind, NOTHING)
        usual = (all_names + 1) / (all_names + all_others + 2)
        here = (names + _CUE_AS_SURE_AS * usual) / (names + others + _CUE_AS_SURE_AS)
        told = here / (1 - here) * (1 - usual) / usual
        return min(max(told, _LEAST_TOLD), _MOST_TOLD)

    def reaches(self, kind: str, side: str, word: str, sort: str) -> float:
        """Return how likely a tag holds a word beside the name proper."""
        default = defaults().reach.get(f"{kind} {side} {sort}", 0.0)
        inside, outside = self.reach.get(f"{kind} {side} {sort}", NOTHING)
        usual = (inside + _AS_SURE_AS * default) / (inside + outside + _AS_SURE_AS)
        inside, outside = self.reach.get(f"{kind} {side} “{word}”", NOTHING)
        return (inside + _CLASS_AS_SURE_AS * usual) / (inside + outside + _CLASS_AS_SURE_AS)
