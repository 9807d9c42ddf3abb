"""Names that annotation leaves open: they wait for an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.annotate.decisions import Place, shortened
from toolkit.annotate.registers import Entry
from toolkit.annotate.usage import Usage


class Reason(StrEnum):
    """Why a name is left open."""

    SEVERAL_ENTRIES = "several-entries"
    NO_ENTRY = "no-entry"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, order=True, slots=True)
class Candidate:
    """An entry (``file#id``) that a form may mean, with a score from 0 to 1."""

    entry: str
    kind: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class OpenName:
    """A form at a place, why it is open, and whom it may mean, the likeliest first.

    ``kinds`` are the kinds of entries that it could be; ``before`` and ``after`` are the passage
    around it; ``line`` counts from 1.
    """

    form: str
    reason: Reason
    candidates: tuple[Candidate, ...]
    kinds: tuple[str, ...]
    document: str
    line: int
    before: str
    after: str

    @property
    def place(self) -> Place:
        """The place, as decisions tell it."""
        return Place(self.document, *shortened(self.before, self.after))


def candidates(form: str, entries: Sequence[Entry], usage: Usage) -> tuple[Candidate, ...]:
    """Return the entries that a form may mean, with their share of its uses by editors.

    What has never been seen counts as seen once, so that without uses all are alike.
    """
    times = usage.tagged.get(form, {})
    total = sum(times.get(entry.key, 0) + 1 for entry in entries)
    scored = [
        Candidate(
            entry.key, entry.kind, entry.preferred, round((times.get(entry.key, 0) + 1) / total, 2)
        )
        for entry in entries
    ]
    return tuple(sorted(scored, key=lambda each: (-each.score, each.entry)))
