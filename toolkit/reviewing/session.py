"""A session of answers: where it stands, and every step of it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.annotate import Candidate, Decisions
from toolkit.reviewing.questions import Question, Reach


@dataclass(frozen=True)
class Standing:
    """Where a session stands: what is still to be asked, what is decided, what waits for later."""

    questions: tuple[Question, ...]
    decisions: Decisions
    answered: int = 0
    later: tuple[Question, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether nothing was answered or put off."""
        return not (self.answered or self.later)


class Session:
    """The answers of an editor, one after the other."""

    def __init__(self, questions: Sequence[Question], decisions: Decisions) -> None:
        self._standings = [Standing(tuple(questions), decisions)]

    @property
    def standing(self) -> Standing:
        """Where the session stands now."""
        return self._standings[-1]

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        return next(iter(self.standing.questions), None)

    def answer(self, entry: str | None) -> None:
        """Take an answer to the question: the entry that is meant, or None: no name."""
        now = self.standing
        decisions = now.decisions
        for decision in now.questions[0].decisions(entry):
            decisions = decisions.with_decision(decision)
        self._step(now.questions[1:], decisions=decisions, answered=now.answered + 1)

    def put_off(self) -> None:
        """Leave the question for another session."""
        first, *rest = self.standing.questions
        self._step(tuple(rest), later=(*self.standing.later, first))

    def narrow(self, reach: Reach) -> bool:
        """Ask about each document, or each place, instead; tell whether that is any narrower."""
        question = self.standing.questions[0]
        narrower = question.narrowed(reach)
        if question.reach is reach or (reach is Reach.DOCUMENT and question.reach is Reach.PLACE):
            return False
        self._step((*narrower, *self.standing.questions[1:]))
        return True

    def widen(self) -> bool:
        """Ask about all places of the form that are left at once; tell whether that is wider."""
        first, *rest = self.standing.questions
        if first.reach is Reach.EVERYWHERE:
            return False
        form = first.form.form
        alike = [each for each in (*rest, *self.standing.later) if each.form.form == form]
        others = tuple(each for each in rest if each.form.form != form)
        later = tuple(each for each in self.standing.later if each.form.form != form)
        self._step((first.together(alike), *others), later=later)
        return True

    def offer(self, candidates: Iterable[Candidate]) -> None:
        """Put candidates before those of the question."""
        first, *rest = self.standing.questions
        self._step((first.with_candidates(candidates), *rest))

    def undo(self) -> bool:
        """Go back one step; tell whether there was one."""
        if len(self._standings) == 1:
            return False
        self._standings.pop()
        return True

    def _step(self, questions: tuple[Question, ...], **changes: Any) -> None:  # noqa: ANN401
        self._standings.append(replace(self.standing, questions=questions, **changes))
