"""Testing whether a block, or a line of it, is what a block rule describes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.convert.conventions.model import BlockRule
from toolkit.convert.metadata.fields import Reading
from toolkit.convert.notation.marks import Mark
from toolkit.dates import DateExpression, find_dates

_WORD = re.compile(r"\w+")
_EDGE = " \t.,:;()[]"
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Tested:
    """A stretch and the rule that describes it."""

    start: int
    end: int
    rule: BlockRule
    match: re.Match[str] | None = None


class Tester:
    """Tests stretches of one text against block rules."""

    def __init__(
        self, text: str, marks: Sequence[Mark], reading: Reading, language: str, anchor: str | None
    ) -> None:
        self._text = text
        self._reading = reading
        self._language = language
        self._anchor = anchor
        self._marks: Mapping[tuple[int, str], Mark] = {(m.start, m.rule): m for m in marks}

    def first(
        self, start: int, end: int, rules: Sequence[BlockRule], before: Sequence[str] = ()
    ) -> Tested | None:
        """Return the first rule that describes the stretch; ``before`` names what precedes it."""
        for rule in rules:
            if rule.after and not any(name in before for name in rule.after):
                continue
            tested = self._test(start, end, rule)
            if tested:
                return tested
        return None

    def dates(self, start: int, end: int) -> tuple[DateExpression, ...]:
        """Return the dates in a stretch; offsets count from its start."""
        return find_dates(self._text[start:end], self._language, self._anchor)

    def mark_at(self, start: int, rule: str) -> Mark | None:
        """Return the mark of ``rule`` that begins at ``start``."""
        return self._marks.get((start, rule))

    def _test(self, start: int, end: int, rule: BlockRule) -> Tested | None:
        said = self._text[start:end]
        if rule.notation:
            mark = self._marks.get((start, rule.notation))
            return Tested(start, end, rule) if mark and mark.end == end else None
        match = rule.pattern.fullmatch(self._text, start, end) if rule.pattern else None
        if (rule.pattern and match is None) or not self._has_form(said, rule):
            return None
        if rule.unless and rule.unless.fullmatch(self._text, start, end):
            return None
        if rule.same_as and not any(self._is_field(said, name) for name in rule.same_as):
            return None
        if rule.date and not self._is_dated(start, end, rule.date == "edge"):
            return None
        return Tested(start, end, rule, match)

    def _has_form(self, said: str, rule: BlockRule) -> bool:
        if rule.max_words and len(said.split()) > rule.max_words:
            return False
        if rule.no_final and said[-1] in rule.no_final:
            return False
        return not rule.capitalised or _capitalised(said) >= rule.capitalised

    def _is_field(self, said: str, name: str) -> bool:
        words = _WORD.findall(said.casefold())
        values = self._reading.fields.get(name, ())
        return bool(words) and any(words == _WORD.findall(v.text.casefold()) for v in values)

    def _is_dated(self, start: int, end: int, at_edge: bool) -> bool:
        found = self.dates(start, end)
        if not found or not at_edge:
            return bool(found)
        said = self._text[start:end]
        before, behind = said[: found[0].start].strip(_EDGE), said[found[-1].end :].strip(_EDGE)
        return not before or not behind


def _capitalised(said: str) -> float:
    words = [word for word in _WORD.findall(said) if len(word) > _SHORT]
    words = words or _WORD.findall(said)
    if not words:
        return 0.0
    return sum(1 for word in words if not word[0].islower()) / len(words)
