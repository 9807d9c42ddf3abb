"""How editors used written forms: which they tagged, as whom, and which they left untagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.annotate.habits import Habits

_CLEARLY = 0.8
_HOPELESS = 0.05
_MANY = 10
_NEAR = 2
"""How many years make a use of a word count half."""


@dataclass(frozen=True)
class Usage:
    """How forms were tagged.

    ``tagged`` gives for each form how often it was linked to the entry of each key; ``names`` how
    often it was a name, be it with a word more; ``seen`` how often it stands in the texts at all.
    """

    tagged: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)
    """In how many documents a form was tagged."""
    words: frozenset[str] = frozenset()
    """The forms that are no names but words for a person or place (“Mama”)."""
    common: frozenset[str] = frozenset()
    """The forms of one word that the texts have in small letters too (“Will”)."""
    habits: Habits = field(default_factory=Habits)
    years: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    """For offices that were tagged as several entries: of what years the documents were."""

    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The entries of forms that mean several together (“the Toynbees”)."""

    def times(self, form: str, year: int | None) -> Mapping[str, float]:
        """Return how often a form was linked to the entry of each key.

        An office is another person's after some years: what it means about ``year`` counts for
        more.
        """
        tagged, years = self.tagged.get(form, {}), self.years.get(form)
        if year is None or years is None:
            return tagged
        near = {
            key: sum(1 / (1 + ((year - other) / _NEAR) ** 2) for other in years.get(key, ()))
            for key in tagged
        }
        scale = sum(tagged.values()) / sum(near.values())
        return {key: scale * weight for key, weight in near.items()}

    def is_hopeless(self, form: str) -> bool:
        """Tell whether a form is common and hardly ever a name."""
        seen = self.seen.get(form, 0)
        return seen >= _MANY and self.names.get(form, 0) < _HOPELESS * seen

    def usual(self, form: str) -> str | None:
        """Return the key of the entry that a form clearly means most often, or None."""
        times = self.tagged.get(form, {})
        if not times:
            return None
        key, most = max(times.items(), key=lambda each: each[1])
        return key if most >= _CLEARLY * sum(times.values()) else None
