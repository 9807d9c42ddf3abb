"""Notes at the foot and their calls."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.convert.conventions.model import FootnoteRule
from toolkit.convert.notation.apply import filled
from toolkit.convert.notation.marks import Hole, Mark, Point
from toolkit.convert.text.blocks import Block, Line
from toolkit.convert.text.characters import trimmed
from toolkit.convert.tree import Span

_DEEPEST = 3
_TAB = 8
_SIGN = re.compile(r"\[[^\[\]]*\]|\f|\W+")
"""A block that is a page break, a remark or a rule is no paragraph."""
_MOST_BLOCKS = 3
"""So many blocks between two notes may belong to the first of them."""


@dataclass(frozen=True, slots=True)
class _Foot:
    rule: FootnoteRule
    sign: Span
    text: Block
    number_at: Span
    number: str


@dataclass
class Footnotes:
    """The blocks without the notes, the notes, and the marks of their calls."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    calls: list[Mark] = field(default_factory=list)
    signs: list[Hole] = field(default_factory=list)
    uncalled: list[Span] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    """Where blocks stand that are between two notes and belong to neither."""


def find_footnotes(text: str, blocks: Sequence[Block], rules: Sequence[FootnoteRule]) -> Footnotes:
    """Find the notes that are called in the text before them.

    A note belongs to the last call of its number before it that has no note yet; so the notes of
    each page, or of the whole text, are found alike. Where two notes of a number have one call,
    it calls the one that keeps the notes in the order of their calls.
    """
    found = Footnotes(list(blocks))
    for rule in rules:
        _find(text, rule, found)
    found.calls.sort(key=lambda mark: mark.start)
    return found


def _find(text: str, rule: FootnoteRule, found: Footnotes) -> None:
    lines = (line for block in found.blocks for line in block.lines)
    if any(rule.note.match(text, line.start, line.end) for line in lines):
        _Search(text, rule, found).run()


class _Search:
    """The search for the notes of one rule."""

    def __init__(self, text: str, rule: FootnoteRule, found: Footnotes) -> None:
        self._text = text
        self._rule = rule
        self._found = found
        self._left: list[Block] = []
        self._waiting: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        self._called: list[tuple[_Foot, Span, list[Block]]] = []
        self._last_depth = 0
        self._between: list[Block] = []
        self._taken = frozenset(mark.points[0].start for mark in found.calls)
        self._feet = [_feet(text, block, rule, self._taken) for block in found.blocks]
        self._out_of_order = self._spare()
        self._uncalled: _Foot | None = None

    def run(self) -> None:
        for block, feet in zip(self._found.blocks, self._feet, strict=True):
            before = _before(block, feet)
            if before and self._goes_on(before):
                self._called[-1][2].append(before)
                self._found.notes.append(before)
                self._add_calls(before, self._last_depth)
            elif before:
                self._between.append(before)
                self._add_calls(before, 0)
            for foot in feet:
                self._foot(foot)
        self._left += self._after_the_last_note()
        self._found.calls += [_mark(self._text, *each) for each in self._called]
        self._found.blocks = _joined(self._left, self._text)

    def _after_the_last_note(self) -> list[Block]:
        """Return the blocks behind the last note; those before the sign of its end go to it."""
        if not self._called or self._rule.until is None:
            return self._between
        last = self._called[-1]
        end = self._rule.until.search(self._text, last[2][-1].end)
        inside = [block for block in self._between if end and block.end <= end.start()]
        if len(inside) > _MOST_BLOCKS:
            return self._between
        last[2].extend(inside)
        self._found.notes += inside
        return self._between[len(inside) :]

    def _spare(self) -> frozenset[int]:
        """Return where the notes begin that have to leave the one call of their number to another.

        Of several notes with the same number, this one stands out of the order of the calls.
        """
        feet = [foot for each in self._feet for foot in each]
        by_number: dict[str, list[int]] = defaultdict(list)
        for index, foot in enumerate(feet):
            by_number[foot.number].append(index)
        if len(by_number) == len(feet):
            return frozenset()
        calls = self._calls_in_text()
        order = [calls[foot.number][-1:] for foot in feet]
        spare: set[int] = set()
        for number, indexes in by_number.items():
            if len(indexes) > 1 and len(calls[number]) == 1:
                kept = min(indexes, key=lambda index: _disorder(index, order))
                spare.update(feet[index].sign.start for index in indexes if index != kept)
        return frozenset(spare)

    def _calls_in_text(self) -> dict[str, list[int]]:
        calls: dict[str, list[int]] = defaultdict(list)
        for block, feet in zip(self._found.blocks, self._feet, strict=True):
            before = _before(block, feet)
            for call in (
                self._rule.call.finditer(self._text, before.start, before.end) if before else ()
            ):
                calls[_number(call["n"])].append(call.start())
        return calls

    def _foot(self, foot: _Foot) -> None:
        calls = self._waiting[foot.number]
        if not calls or foot.sign.start in self._out_of_order:
            if _is_plainly_a_note(self._text, foot):
                self._found.uncalled.append(foot.sign)
            else:
                self._uncalled = foot
            self._between.append(_whole(foot))
            return
        if self._uncalled is not None and _follows(foot, self._uncalled):
            self._found.uncalled.append(self._uncalled.sign)
        self._uncalled = None
        call, depth = calls.pop()
        self._settle(call)
        self._last_depth = depth + 1
        self._called.append((foot, call, [foot.text]))
        self._found.notes.append(foot.text)
        self._found.signs.append(Hole(foot.sign.start, foot.sign.end, self._rule.name))
        if depth < _DEEPEST:
            self._add_calls(foot.text, depth + 1)

    def _goes_on(self, block: Block) -> bool:
        """Tell whether a block goes on with the note right before it: it is set in from both.

        Where the paragraph of the call is set in too, indentation says nothing of notes.
        """
        if not self._called or self._between:
            return False
        foot, call, _ = self._called[-1]
        indent = _indentation(self._text, block.start)
        return indent > max(
            _indentation(self._text, foot.sign.start), _indentation(self._text, call.start)
        )

    def _settle(self, call: Span) -> None:
        """Give the blocks between two notes to the first of them, if the rule says so.

        ``call`` is that of the second note. If it stands before the first note, both are at the
        foot of the same text, and what stands between them is astray.
        """
        continues = self._rule.continues and self._called
        if continues and len(self._between) <= _MOST_BLOCKS:
            self._called[-1][2].extend(self._between)
            self._found.notes += self._between
        else:
            self._left += self._between
            if self._called and call.start < self._called[-1][0].sign.start:
                said = (block for block in self._between if not self._is_sign(block))
                self._found.strays += [block.start for block in said][:1]
        self._between = []

    def _is_sign(self, block: Block) -> bool:
        return _SIGN.fullmatch(self._text, block.start, block.end) is not None

    def _add_calls(self, block: Block, depth: int) -> None:
        for call in self._rule.call.finditer(self._text, block.start, block.end):
            if call.start() not in self._taken:
                number = _number(call["n"])
                self._waiting[number].append((Span(*call.span()), depth))


def _feet(text: str, block: Block, rule: FootnoteRule, calls: frozenset[int]) -> list[_Foot]:
    starts = [
        (index, sign)
        for index, line in enumerate(block.lines)
        if (sign := rule.note.match(text, line.start, line.end)) and line.start not in calls
    ]
    feet: list[_Foot] = []
    for place, (index, sign) in enumerate(starts):
        stop = starts[place + 1][0] if place + 1 < len(starts) else len(block.lines)
        end = block.lines[stop - 1].end
        start, end = trimmed(text, sign.end(), end)
        if start >= end:
            continue
        lines = (Line(start, block.lines[index].end), *block.lines[index + 1 : stop])
        lines = tuple(line for line in lines if line.start < line.end and line.start >= start)
        if not lines:
            continue
        number = _number(sign["n"])
        number_at = Span(*sign.span("n"))
        feet.append(_Foot(rule, Span(*sign.span()), Block(start, end, lines), number_at, number))
    return feet


def _disorder(index: int, order: Sequence[Sequence[int]]) -> int:
    """Return how many notes beside a note are called on the wrong side of its call."""
    (here,) = order[index]
    before = next((call[0] for call in reversed(order[:index]) if call and call[0] != here), here)
    after = next((call[0] for call in order[index + 1 :] if call and call[0] != here), here)
    return (before > here) + (after < here)


def _follows(foot: _Foot, before: _Foot) -> bool:
    """Tell whether a note has the number after that of the note before it."""
    both = (foot.number, before.number)
    return all(number.isdecimal() for number in both) and int(both[0]) == int(both[1]) + 1


def _indentation(text: str, at: int) -> int:
    """Return the width of the white space at the start of the line of the character ``at``."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    line = text[start:at].expandtabs(_TAB)
    return len(line) - len(line.lstrip())


def _number(said: str) -> str:
    """Return the number of a note: raised numerals are numerals."""
    return unicodedata.normalize("NFKC", said).strip().casefold()


def _is_plainly_a_note(text: str, foot: _Foot) -> bool:
    """Tell whether the sign of a note looks like a call too; “1. ” may only number a paragraph."""
    sign = text[foot.sign.start : foot.sign.end].strip()
    return foot.rule.call.fullmatch(sign) is not None


def _before(block: Block, feet: Sequence[_Foot]) -> Block | None:
    if not feet:
        return block
    lines = tuple(line for line in block.lines if line.end <= feet[0].sign.start)
    return Block(lines[0].start, lines[-1].end, lines) if lines else None


def _whole(foot: _Foot) -> Block:
    first = Line(foot.sign.start, foot.text.lines[0].end)
    return Block(first.start, foot.text.end, (first, *foot.text.lines[1:]))


def _joined(blocks: list[Block], text: str) -> list[Block]:
    """Join blocks that were taken apart for notes that turned out not to be called."""
    joined: list[Block] = []
    for block in blocks:
        gap = text[joined[-1].end : block.start] if joined else ""
        if joined and gap.isspace() and gap.count("\n") + gap.count("\r") - gap.count("\r\n") == 1:
            before = joined.pop()
            block = Block(before.start, block.end, before.lines + block.lines)
        joined.append(block)
    return joined


def _mark(text: str, foot: _Foot, call: Span, blocks: Sequence[Block]) -> Mark:
    rule = foot.rule
    start, end = call.start, call.end
    if rule.swallow == "before":
        while start > 0 and text[start - 1] in " \t\u00a0":
            start -= 1
    attributes = filled(text, rule.tei.attributes, {"n": foot.number_at}, {})
    inside = tuple(Span(block.start, block.end) for block in blocks)
    point = Point(start, rule.tei.element, attributes, inside)
    return Mark(start, end, rule.name, (), (point,), (Hole(start, end, rule.name),), (call,))
