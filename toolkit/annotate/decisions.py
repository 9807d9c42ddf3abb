"""What editors have decided about names: whom a form means, or that it is no name.

A decision holds for a form wherever it stands, or for one place of it. A place is told by its file
and the words around it, so that the decision holds on when the text elsewhere changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_WORDS = 6
_CHARACTERS = 60
_ENOUGH = 0.5
_OBJECT = "\ufffc"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a form stands: its file, seen from the edition, and the words before and after it."""

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """That a form means an entry (``file#id``), or None: that it is no name.

    It holds everywhere, or at one ``place``.
    """

    form: str
    entry: str | None
    place: Place | None = None


@dataclass(frozen=True)
class Decisions:
    """The decisions about the names of an edition; of two about the same, the later holds."""

    every: tuple[Decision, ...] = ()

    @cached_property
    def by_form(self) -> Mapping[str, str | None]:
        """The entry, or None, that each form decided everywhere means."""
        return {each.form: each.entry for each in self.every if each.place is None}

    @cached_property
    def _at_places(self) -> Mapping[tuple[str, str], tuple[Decision, ...]]:
        found: dict[tuple[str, str], list[Decision]] = {}
        for each in self.every:
            if each.place is not None:
                found.setdefault((each.place.file, each.form), []).append(each)
        return {key: tuple(reversed(decisions)) for key, decisions in found.items()}

    def decides(self, file: str, form: str) -> bool:
        """Tell whether there is a decision about a place of the form in the file."""
        return (file, form) in self._at_places

    def at(self, form: str, place: Place) -> Decision | None:
        """Return the decision about a form at one place of it.

        The words around it may have changed by half.
        """
        decided = self._at_places.get((place.file, form), ())
        best = max(decided, key=lambda each: _agreement(each.place, place), default=None)
        return best if best and _agreement(best.place, place) >= _ENOUGH else None

    def with_decision(self, decision: Decision) -> Decisions:
        """Return the decisions with this one in place of any about the same."""
        same = (decision.form, decision.place)
        return Decisions((*(d for d in self.every if (d.form, d.place) != same), decision))


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a part of a text."""
    before = text[max(0, start - 2 * _CHARACTERS) : start].rpartition(_OBJECT)[2]
    after = text[end : end + 2 * _CHARACTERS].partition(_OBJECT)[0]
    return (
        " ".join(before.split()[-_WORDS:])[-_CHARACTERS:].strip(),
        " ".join(after.split()[:_WORDS])[:_CHARACTERS].strip(),
    )


def _agreement(one: Place | None, other: Place) -> float:
    """Return how much of the words around two places is the same, from 0 to 1."""
    if one is None:
        return 0
    before = _common(one.before[::-1], other.before[::-1])
    after = _common(one.after, other.after)
    length = max(len(one.before) + len(one.after), len(other.before) + len(other.after))
    return (before + after) / length if length else 1


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
