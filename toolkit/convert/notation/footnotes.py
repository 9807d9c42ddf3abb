"""Notes at the foot and their calls."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class _Foot:
    rule: FootnoteRule
    sign: Span
    text: Block
    number: str


@dataclass
class Footnotes:
    """The blocks without the notes, the notes, and the marks of their calls."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    calls: list[Mark] = field(default_factory=list)
    signs: list[Hole] = field(default_factory=list)
    uncalled: list[Span] = field(default_factory=list)


def find_footnotes(text: str, blocks: Sequence[Block], rules: Sequence[FootnoteRule]) -> Footnotes:
    """Find the notes that are called in the text before them.

    A note belongs to the last call of its number before it that has no note yet; so the notes of
    each page, or of the whole text, are found alike.
    """
    found = Footnotes(list(blocks))
    for rule in rules:
        _find(text, rule, found)
    found.calls.sort(key=lambda mark: mark.start)
    return found


def _find(text: str, rule: FootnoteRule, found: Footnotes) -> None:
    left: list[Block] = []
    waiting: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for block in found.blocks:
        feet = _feet(text, block, rule)
        before = _before(block, feet)
        if before:
            left.append(before)
            _add_calls(text, before, rule, waiting, 0)
        for foot in feet:
            call = waiting[foot.number].pop() if waiting[foot.number] else None
            if call is None:
                if _is_plainly_a_note(text, foot):
                    found.uncalled.append(foot.sign)
                left.append(_whole(foot))
                continue
            found.calls.append(_mark(text, foot, call[0]))
            found.notes.append(foot.text)
            found.signs.append(Hole(foot.sign.start, foot.sign.end, rule.name))
            if call[1] < _DEEPEST:
                _add_calls(text, foot.text, rule, waiting, call[1] + 1)
    found.blocks = _joined(left, text)


def _feet(text: str, block: Block, rule: FootnoteRule) -> list[_Foot]:
    starts = [
        (index, sign)
        for index, line in enumerate(block.lines)
        if (sign := rule.note.match(text, line.start, line.end))
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
        number = sign["n"].strip().casefold()
        feet.append(_Foot(rule, Span(*sign.span()), Block(start, end, lines), number))
    return feet


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


def _add_calls(
    text: str,
    block: Block,
    rule: FootnoteRule,
    waiting: dict[str, list[tuple[Span, int]]],
    depth: int,
) -> None:
    for call in rule.call.finditer(text, block.start, block.end):
        waiting[call["n"].strip().casefold()].append((Span(*call.span()), depth))


def _mark(text: str, foot: _Foot, call: Span) -> Mark:
    rule = foot.rule
    start, end = call.start, call.end
    if rule.swallow == "before":
        while start > 0 and text[start - 1] in " \t\u00a0":
            start -= 1
    sign = rule.note.match(text, foot.sign.start, foot.sign.end)
    parts = {"n": Span(*sign.span("n"))} if sign else {}
    attributes = filled(text, rule.tei.attributes, parts, {})
    inside = Span(foot.text.start, foot.text.end)
    point = Point(start, rule.tei.element, attributes, inside)
    return Mark(start, end, rule.name, (), (point,), (Hole(start, end, rule.name),))
