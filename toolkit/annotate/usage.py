"""How editors used written forms: which they tagged, as whom, and which they left untagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_ENOUGH = 2
"""A form that was seen less often teaches nothing about those that stay untagged."""
_MOSTLY = 0.5
_CLEARLY = 0.8


@dataclass(frozen=True)
class Usage:
    """How forms were tagged.

    ``tagged`` gives for each form how often it was linked to the entry of each key; ``seen`` how
    often a form stands in the texts at all.
    """

    tagged: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)

    def is_name(self, form: str) -> bool:
        """Tell whether a form, where it stands, mostly is a name of an entry."""
        times = sum(self.tagged.get(form, {}).values())
        return times > 0 and times >= _MOSTLY * self.seen.get(form, times)

    def is_other(self, form: str) -> bool:
        """Tell whether a form mostly means something that no register has."""
        return self.seen.get(form, 0) >= _ENOUGH and not self.is_name(form)

    def usual(self, form: str) -> str | None:
        """Return the key of the entry that a form clearly means most often, or None."""
        times = self.tagged.get(form, {})
        if not times:
            return None
        key, most = max(times.items(), key=lambda each: each[1])
        return key if most >= _CLEARLY * sum(times.values()) else None
