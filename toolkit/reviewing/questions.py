"""What an editor is asked: whom a form means, everywhere, in a document or at one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from toolkit.annotate import Candidate, Decision, Decisions, OpenForm, OpenName, by_form
from toolkit.annotate.titled import title_before
from toolkit.annotate.titles import sex_of_title


class Reach(Enum):
    """How far an answer reaches."""

    EVERYWHERE = "everywhere"
    DOCUMENT = "document"
    PLACE = "place"


@dataclass(frozen=True)
class Question:
    """Whom a form means at its places; an answer reaches as far as ``reach`` says.

    Where a title tells men from women, ``titled`` are the forms with their titles that the answer
    is about everywhere (“Mrs. Harris”, “Miss Harris”).
    """

    form: OpenForm
    reach: Reach = Reach.EVERYWHERE
    titled: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What is asked about."""
        return " / ".join(self.titled) or self.form.form

    def decisions(self, entry: str | None) -> tuple[Decision, ...]:
        """Return the decisions that an answer is: an entry, or None for no name."""
        if self.titled:
            return tuple(Decision(form, entry) for form in self.titled)
        return (self._decision(entry),)

    def _decision(self, entry: str | None) -> Decision:
        place = self.form.places[0]
        if self.reach is Reach.DOCUMENT:
            return Decision(self.form.form, entry, document=place.document)
        if self.reach is Reach.PLACE:
            return Decision(self.form.form, entry, place.place)
        return Decision(self.form.form, entry)

    def narrowed(self, reach: Reach) -> tuple[Question, ...]:
        """Return the questions in place of this one, each about a document or a place."""
        if self.titled:
            reach = Reach.PLACE
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
    waiting = (name for name in names if not _is_decided(name, decisions))
    found: list[Question] = []
    for form in by_form(waiting):
        parts = (Question(form),) if form.form in decisions.divided else _by_title(form)
        for whole in parts:
            candidates = tuple(each for each in whole.form.candidates if each.entry in there)
            told = replace(whole, form=replace(whole.form, candidates=candidates))
            found += _as_far_as_before(told, decisions)
    return tuple(found)


def _is_decided(name: OpenName, decisions: Decisions) -> bool:
    if decisions.holds(name.form, name.place):
        return True
    title = title_before(name.before)
    return bool(title) and f"{title} {name.form}" in decisions.by_form


def _by_title(form: OpenForm) -> Iterator[Question]:
    """Yield the question about a form: several, if a title says that women too have the name."""
    sexes: dict[str | None, list[OpenName]] = {}
    for place in form.places:
        is_person = "person" in place.kinds and not place.element
        title = title_before(place.before) if is_person else ""
        sexes.setdefault(sex_of_title(title), []).append(place)
    if "f" not in sexes or len(sexes) == 1:
        yield Question(form)
        return
    for sex in sorted(sexes, key=lambda each: (each is None, each)):
        (part,) = by_form(sexes[sex])
        titles = {title_before(place.before) for place in sexes[sex]} if sex else set()
        yield Question(part, titled=tuple(f"{title} {form.form}" for title in sorted(titles)))


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
