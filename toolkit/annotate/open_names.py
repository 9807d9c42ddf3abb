"""Names that annotation leaves open: they wait for an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.annotate.decisions import Place, shortened
from toolkit.annotate.judging import Ranked
from toolkit.annotate.registers import Entry

_CORRESPONDENT = "<correspAction"
_NEVER_CERTAIN = 0.99
"""The score at most of what is left open: nothing there is certain."""


class Reason(StrEnum):
    """Why a name is left open."""

    SEVERAL_ENTRIES = "several-entries"
    NO_ENTRY = "no-entry"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, order=True, slots=True)
class Candidate:
    """An entry (``file#id``) that a form may mean, with a score from 0 to 1.

    ``description`` tells it from others of its name.
    """

    entry: str
    kind: str
    name: str
    score: float
    description: str = ""


@dataclass(frozen=True, slots=True)
class OpenName:
    """A form at a place, why it is open, and whom it may mean, the likeliest first.

    ``kinds`` are the kinds of entries that it could be; ``before`` and ``after`` are the passage
    around it; ``line`` counts from 1. ``element`` is the name element in the header that it stands
    in already; "" in running text.
    """

    form: str
    reason: Reason
    candidates: tuple[Candidate, ...]
    kinds: tuple[str, ...]
    document: str
    line: int
    before: str
    after: str
    element: str = ""

    def may_be_in(self, element: str) -> bool:
        """Tell whether an entry may be meant here whose name is such an ``element``.

        A name in the header stands in an element already. That of who sends or receives changes
        with its entry.
        """
        return self.element in ("", "name", "rs", element) or self.before.startswith(_CORRESPONDENT)

    @property
    def place(self) -> Place:
        """The place, as decisions tell it."""
        return Place(self.document, *shortened(self.before, self.after))


def candidate(entry: Entry, score: float) -> Candidate:
    """Return an entry as the review has it."""
    return Candidate(entry.key, entry.kind, entry.preferred, score, entry.description)


def score_shown(ranked: Ranked) -> float:
    """Return the score of what an open name may mean, in hundredths; it is never 1."""
    return min(round(ranked.score, 2), _NEVER_CERTAIN)


def candidates(ranked: Sequence[Ranked]) -> tuple[Candidate, ...]:
    """Return the entries that a form may mean as the review has them, the likeliest first."""
    scored = (candidate(each.entry, score_shown(each)) for each in ranked)
    return tuple(sorted(scored, key=lambda each: (-each.score, each.entry)))
