"""What editors have decided about names: whom a form means, or that it is no name.

A decision holds for a form wherever it stands, in one document, or at one place. A place is told by
its document and the words around it, so that the decision holds on when the text elsewhere changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

_WORDS = 6
_CHARACTERS = 60
_ENOUGH = 0.5
_TELLING = 4
"""So many words tell a place even if others stand between them."""
_OBJECT = "\ufffc"
_FAR = 1000
_PASSAGE = 240
_SPACE = re.compile(r"\s+")


Passage = tuple[str, str]
"""What stands before and after a form."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a form stands: its file, seen from the edition, and the words before and after it."""

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """That a form means an entry (``file#id``), or None: that it is no name.

    It holds everywhere, in one ``document``, or at one ``place``. ``note`` is for the editors.
    """

    form: str
    entry: str | None
    place: Place | None = None
    document: str = ""
    note: str = ""

    @property
    def is_about(self) -> tuple[str, str, Place | None]:
        """What is decided: two decisions about the same cannot both hold."""
        return self.form, self.document, self.place

    @property
    def is_about_header(self) -> bool:
        """Whether it is about a name in the header, whose place names the element around it."""
        return self.place is not None and self.place.before.startswith("<")


@dataclass(frozen=True)
class Decisions:
    """The decisions about the names of an edition, of which no two should be about the same."""

    every: tuple[Decision, ...] = ()

    @cached_property
    def by_form(self) -> Mapping[str, str | None]:
        """The entry, or None, that each form decided everywhere means."""
        return {e.form: e.entry for e in self.every if e.place is None and not e.document}

    @cached_property
    def _in_documents(self) -> Mapping[tuple[str, str], Decision]:
        return {(each.document, each.form): each for each in self.every if each.document}

    @cached_property
    def _at_places(self) -> Mapping[tuple[str, str], tuple[Decision, ...]]:
        found: dict[tuple[str, str], list[Decision]] = {}
        for each in self.every:
            if each.place is not None:
                found.setdefault((each.place.file, each.form), []).append(each)
        return {key: tuple(reversed(decisions)) for key, decisions in found.items()}

    @cached_property
    def divided(self) -> frozenset[str]:
        """The forms about which something is decided by document or by place."""
        return frozenset(each.form for each in self.every if each.document or each.place)

    def decides(self, file: str, form: str) -> bool:
        """Tell whether there is a decision about the form in this file, or a place of it there."""
        return (file, form) in self._at_places or (file, form) in self._in_documents

    def at(self, form: str, place: Place) -> Decision | None:
        """Return the decision about a form at exactly this place of it, else in the document."""
        for each in self._at_places.get((place.file, form), ()):
            if each.place == place:
                return each
        return self._in_documents.get((place.file, form))

    def forms_at_places(self, file: str) -> frozenset[str]:
        """Return the forms about a place of which something is decided in a file."""
        return frozenset(form for of, form in self._at_places if of == file)

    def forms_in(self, file: str) -> frozenset[str]:
        """Return the forms about which something is decided in this file, or at a place in it."""
        here = frozenset(form for of, form in self._in_documents if of == file)
        return here | self.forms_at_places(file)

    def about(self, file: str) -> tuple[Decision, ...]:
        """Return the decisions about one document alone, or about places in it."""
        return tuple(
            each
            for each in self.every
            if file and file == (each.place.file if each.place else each.document)
        )

    def placed(
        self, form: str, file: str, places: Mapping[Place, Passage]
    ) -> Mapping[Place, Decision]:
        """Return which decisions are about which of the ``places``, all there are of the form.

        Each is given with the passage around it. The words around a place may have changed by half,
        and others may have come between them. A decision is about one place only: the one that
        agrees best, whatever became of it.
        """
        wanted = {each.place: each for each in reversed(self._at_places.get((file, form), ()))}
        there = sorted(places)
        found = {place: wanted.pop(place) for place in there if place in wanted}
        likely = sorted(
            (-agreement[0], -agreement[1], number, place)
            for number, decision in enumerate(wanted.values())
            for place in there
            if place not in found
            and (agreement := _agreement(decision.place, place, places[place]))[0] >= _ENOUGH
        )
        left = list(wanted.values())
        used: set[int] = set()
        for *_, number, place in likely:
            if number not in used and place not in found:
                used.add(number)
                found[place] = left[number]
        return found

    def holds(self, form: str, place: Place) -> bool:
        """Tell whether it is decided what a form means at a place of it."""
        return form in self.by_form or self.at(form, place) is not None

    def with_decision(self, decision: Decision) -> Decisions:
        """Return the decisions with this one in place of any about the same."""
        others = (each for each in self.every if each.is_about != decision.is_about)
        return Decisions((*others, decision))


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a part of a text, by which a place is told."""
    return shortened(*passage(text, start, end))


def passage(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a part of a text, enough for people to understand it."""
    before = text[max(0, start - _FAR) : start].rpartition(_OBJECT)[2]
    after = text[end : end + _FAR].partition(_OBJECT)[0]
    before, after = _SPACE.sub(" ", before).lstrip(), _SPACE.sub(" ", after).rstrip()
    if len(before) > _PASSAGE:
        before = before[-_PASSAGE:].partition(" ")[2] or before[-_PASSAGE:]
    if len(after) > _PASSAGE:
        after = after[:_PASSAGE].rpartition(" ")[0] or after[:_PASSAGE]
    return before, after


def shortened(before: str, after: str) -> tuple[str, str]:
    """Return the words of a passage by which a place is told."""
    return (
        " ".join(before.split()[-_WORDS:])[-_CHARACTERS:].strip(),
        " ".join(after.split()[:_WORDS])[:_CHARACTERS].strip(),
    )


def head_of(place: Place) -> str:
    """Return the element of the header that a place is in, as ``<author>``; "" for a text."""
    return place.before.partition(">")[0] + ">" if place.before.startswith("<") else ""


def _agreement(one: Place | None, other: Place, passage: Passage) -> tuple[float, float]:
    """Return how far two places agree, from 0 to 1: at most, and by the words next to them.

    At most, it is how much of the words of ``one`` stands in the ``passage`` around the ``other``,
    if they are enough to tell.
    """
    if one is None or head_of(one) != head_of(other):
        return 0, 0
    before, after = _words_of(one)
    near = _words_of(other)
    length = sum(max(len(a), len(b)) for a, b in zip((before, after), near, strict=True))
    common = _in_common(before, near[0]) + _in_common(after, near[1])
    next_to = common / length if length else 1
    told = len(before) + len(after)
    if head_of(one):
        # A field of the header has one name mostly: the words beside it only tell it from others.
        return max(next_to, _ENOUGH), next_to
    if told < _TELLING:
        return next_to, next_to
    wide = passage[0].split()[-2 * _WORDS :], passage[1].split()[: 2 * _WORDS]
    there = _in_common(before, wide[0]) + _in_common(after, wide[1])
    return max(there / told, next_to), next_to


def _words_of(place: Place) -> tuple[list[str], list[str]]:
    """Return the words before and after a place, without the element of the header."""
    return place.before.removeprefix(head_of(place)).split(), place.after.split()


def _in_common(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words two passages have in common, in the same order."""
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())
