"""Testing whether a block, or a line of it, is what a block rule describes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from toolkit.beginnings import may_begin
from toolkit.convert.conventions.model import BlockRule
from toolkit.convert.metadata.fields import Reading
from toolkit.convert.notation.marks import Mark
from toolkit.dates import DateExpression, find_dates

_WORD = re.compile(r"\w+")
_EDGE = " \t.,:;()[]"
_SHORT = 3
_LONG_WORD = 40
_FIRST_LINE = 120
"""The date a block begins with stands in so many characters."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A stretch and the rule that describes it."""

    start: int
    end: int
    rule: BlockRule
    match: re.Match[str] | None = None


class _Stretch:
    """A stretch of the text, what is known of its words, and the rules it was tested against."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.tested: dict[BlockRule, Tested | None] = {}

    @cached_property
    def words(self) -> int:
        """The number of words."""
        return len(self.said.split())

    @cached_property
    def capitalised(self) -> float:
        """The share of words in capitals, short ones left out if there are others."""
        words = [word for word in _WORD.findall(self.said) if len(word) > _SHORT]
        words = words or _WORD.findall(self.said)
        if not words:
            return 0.0
        return sum(1 for word in words if not word[0].islower()) / len(words)

    def has_form(self, rule: BlockRule) -> bool:
        """Tell whether it has as few words, and the capitals, that a rule asks for."""
        if rule.max_words and (
            len(self.said) > rule.max_words * _LONG_WORD or self.words > rule.max_words
        ):
            return False
        if rule.no_final and self.said[-1] in rule.no_final:
            return False
        return not rule.capitalised or self.capitalised >= rule.capitalised


@lru_cache(maxsize=16384)
def possible(rules: tuple[BlockRule, ...], two: str) -> tuple[BlockRule, ...]:
    """Return the rules that may describe a stretch beginning with these two characters."""
    return tuple(
        rule
        for rule in rules
        if rule.pattern is None or rule.date == "start" or may_begin(rule.pattern, two)
    )


class Tester:
    """Tests stretches of one text against block rules; each is tested once against each rule."""

    def __init__(
        self, text: str, marks: Sequence[Mark], reading: Reading, language: str, anchor: str | None
    ) -> None:
        self._text = text
        self._reading = reading
        self._language = language
        self._anchor = anchor
        self._marks: Mapping[tuple[int, str], Mark] = {(m.start, m.rule): m for m in marks}
        self._stretches: dict[tuple[int, int], _Stretch] = {}

    def first(
        self, start: int, end: int, rules: Sequence[BlockRule], before: Sequence[str] = ()
    ) -> Tested | None:
        """Return the first rule that describes the stretch; ``before`` names what precedes it."""
        rules = possible(tuple(rules), self._text[start : start + 2])
        if not rules:
            return None
        stretch = self._stretches.get((start, end))
        if stretch is None:
            stretch = self._stretches[start, end] = _Stretch(self._text[start:end])
        known = stretch.tested
        for rule in rules:
            if rule.after and not any(name in before for name in rule.after):
                continue
            if rule not in known:
                known[rule] = self._test(start, end, rule, stretch)
            tested = known[rule]
            if tested:
                return tested
        return None

    def dates(self, start: int, end: int) -> tuple[DateExpression, ...]:
        """Return the dates in a stretch; offsets count from its start."""
        return find_dates(self._text[start:end], self._language, self._anchor)

    def mark_at(self, start: int, rule: str) -> Mark | None:
        """Return the mark of ``rule`` that begins at ``start``."""
        return self._marks.get((start, rule))

    def _test(self, start: int, end: int, rule: BlockRule, stretch: _Stretch) -> Tested | None:
        if rule.notation:
            mark = self._marks.get((start, rule.notation))
            if mark is None or mark.end != end:
                return None
        if not stretch.has_form(rule):
            return None
        behind_date = rule.date == "start"
        whole = None if behind_date else rule.pattern
        match = whole.fullmatch(self._text, start, end) if whole else None
        if whole and match is None:
            return None
        if rule.unless and rule.unless.fullmatch(self._text, start, end):
            return None
        if rule.same_as and not any(self._is_field(stretch.said, name) for name in rule.same_as):
            return None
        if behind_date:
            return self._behind_date(start, end, rule)
        if rule.date and not self._is_dated(start, end, rule.date == "edge"):
            return None
        return Tested(start, end, rule, match)

    def _behind_date(self, start: int, end: int, rule: BlockRule) -> Tested | None:
        """Return the block that begins with a date; the pattern describes what is behind that."""
        found = self.dates(start, min(end, start + _FIRST_LINE))
        if not found or rule.pattern is None:
            return None
        before = start + found[0].start
        if before > start and not (
            rule.before_date and rule.before_date.fullmatch(self._text, start, before)
        ):
            return None
        match = rule.pattern.fullmatch(self._text, start + found[0].end, end)
        return Tested(start, end, rule, match) if match else None

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
