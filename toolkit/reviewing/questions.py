"""What an editor is asked: whom a form means, everywhere, in a document or at one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from toolkit.annotate import Candidate, Decision, Decisions, OpenForm, OpenName, by_form


class Reach(Enum):
    """How far an answer reaches."""

    EVERYWHERE = "everywhere"
    DOCUMENT = "document"
    PLACE = "place"


@dataclass(frozen=True)
class Question:
    """Whom a form means at its places; an answer reaches as far as ``reach`` says."""

    form: OpenForm
    reach: Reach = Reach.EVERYWHERE

    def decision(self, entry: str | None) -> Decision:
        """Return the decision that an answer is: an entry, or None for no name."""
        place = self.form.places[0]
        if self.reach is Reach.DOCUMENT:
            return Decision(self.form.form, entry, document=place.document)
        if self.reach is Reach.PLACE:
            return Decision(self.form.form, entry, place.place)
        return Decision(self.form.form, entry)

    def narrowed(self, reach: Reach) -> tuple[Question, ...]:
        """Return the questions in place of this one, each about a document or a place."""
        parts: dict[object, list[OpenName]] = {}
        for place in self.form.places:
            key = place.document if reach is Reach.DOCUMENT else place.place
            parts.setdefault(key, []).append(place)
        return tuple(
            Question(replace(self.form, places=tuple(places)), reach) for places in parts.values()
        )

    def together(self, others: Iterable[Question]) -> Question:
        """Return the question about all places of the form, here and in the ``others``."""
        questions = (self, *others)
        places = tuple(place for each in questions for place in each.form.places)
        ordered = tuple(sorted(places, key=lambda each: (each.document, each.line)))
        return Question(replace(self.form, places=ordered))

    def with_candidates(self, candidates: Iterable[Candidate]) -> Question:
        """Return the question with these candidates before those that it has."""
        every = {each.entry: each for each in (*candidates, *self.form.candidates)}
        return replace(self, form=replace(self.form, candidates=tuple(every.values())))

    def also_with(self, candidates: Iterable[Candidate]) -> Question:
        """Return the question with these candidates too, behind those that it has."""
        known = {each.entry for each in self.form.candidates}
        others = tuple(each for each in candidates if each.entry not in known)
        return replace(self, form=replace(self.form, candidates=(*self.form.candidates, *others)))


def questions(
    names: Iterable[OpenName], decisions: Decisions, entries: Iterable[str]
) -> tuple[Question, ...]:
    """Return what is to be asked: of names not decided, with candidates among the ``entries``.

    A form about which something is decided by document or by place is asked about so further on,
    until the editor wants otherwise: an answer never reaches further than those before it.
    """
    there = frozenset(entries)
    waiting = (name for name in names if not decisions.holds(name.form, name.place))
    found: list[Question] = []
    for form in by_form(waiting):
        candidates = tuple(each for each in form.candidates if each.entry in there)
        whole = Question(replace(form, candidates=candidates))
        found += _as_far_as_before(whole, decisions)
    return tuple(found)


def _as_far_as_before(question: Question, decisions: Decisions) -> tuple[Question, ...]:
    """Return the question, or those by document and by place that the decisions want instead."""
    form = question.form.form
    if form not in decisions.divided:
        return (question,)
    found: list[Question] = []
    for each in question.narrowed(Reach.DOCUMENT):
        by_place = form in decisions.forms_at_places(each.form.places[0].document)
        found += each.narrowed(Reach.PLACE) if by_place else (each,)
    return tuple(found)
