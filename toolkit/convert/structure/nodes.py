"""Making the elements of a block that was recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.convert.conventions.model import BlockRule, Template
from toolkit.convert.ledger import TileKind
from toolkit.convert.metadata.fields import Sign
from toolkit.convert.notation.apply import filled
from toolkit.convert.notation.marks import Parts, complement
from toolkit.convert.structure.tester import Tested, Tester
from toolkit.convert.text.blocks import Block, Line
from toolkit.convert.tree import Cell, Element, Node, Span

_MOST_JOINED = 8
"""So many lines at most are one part of a block."""


@dataclass
class Plan:
    """The structure of a text, with cells still to be filled."""

    div: Element
    enclosures: list[Element] = field(default_factory=list)
    roles: dict[str, list[Span]] = field(default_factory=dict)
    signs: list[Sign] = field(default_factory=list)
    applied: Counter[str] = field(default_factory=Counter)

    @property
    def divisions(self) -> list[Node]:
        """The division of the document, and those of its enclosures."""
        return [self.div, *self.enclosures]


class Maker:
    """Makes the elements of blocks, and notes in the plan what they tell."""

    def __init__(self, text: str, tester: Tester, plan: Plan) -> None:
        self._text = text
        self._tester = tester
        self._plan = plan

    def lines(
        self, block: Block, rules: Sequence[BlockRule], before: Sequence[str] = ()
    ) -> list[Tested]:
        """Return what the block is: as a whole, or line by line; empty if a line is nothing."""
        tested = self._tester.first(block.start, block.end, rules, before)
        if len(block.lines) == 1:
            return [tested] if tested else []
        if tested and not tested.rule.lines:
            return [tested]
        found: list[Tested] = []
        joining = tuple(rule for rule in rules if rule.joins)
        joined = 0
        for number, line in enumerate(block.lines):
            if line.start < joined:
                continue
            tested = self._joined(block.lines[number:], joining, before)
            tested = tested or self._tester.first(line.start, line.end, rules, before)
            joined = tested.end if tested else line.end
            continues = bool(found) and found[-1].rule.continues
            if continues and (tested is None or self._text[found[-1].end - 1] == ","):
                found[-1] = self.longer(found[-1], line.end)
                continue
            if tested is None:
                return []
            found.append(tested)
            before = (tested.rule.name,)
        return found

    def _joined(
        self, lines: Sequence[Line], rules: tuple[BlockRule, ...], before: Sequence[str]
    ) -> Tested | None:
        """Return what the most lines from the first on are together; None if less than two are."""
        for last in reversed(lines[1:_MOST_JOINED] if rules else ()):
            tested = self._tester.first(lines[0].start, last.end, rules, before)
            if tested:
                return tested
        return None

    def longer(self, tested: Tested, end: int) -> Tested:
        """Return what was recognised with the lines up to ``end``, which go on with it."""
        pattern = tested.rule.pattern
        match = pattern.fullmatch(self._text, tested.start, end) if pattern else None
        return Tested(tested.start, end, tested.rule, match)

    def nodes(self, tested: Tested) -> list[Node]:
        """Return the elements of what was recognised."""
        rule = tested.rule
        if rule.name and not rule.notation:
            self._plan.applied[rule.name] += 1
        if rule.parts and tested.match:
            return list(self._parts(tested))
        if rule.role:
            self._plan.roles.setdefault(rule.role, []).append(self.content(tested))
        for name in tested.match.re.groupindex if tested.match else ():
            if tested.match and tested.match[name] and name != "name":
                self._plan.roles.setdefault(name, []).append(Span(*tested.match.span(name)))
        cell = Cell(tested.start, tested.end)
        return [self.made(rule.tei, cell, parts_of(tested))] if rule.tei else [cell]

    def _parts(self, tested: Tested) -> Iterator[Node]:
        match = tested.match
        assert match is not None  # noqa: S101 (the caller saw to it)
        spans = sorted(
            (*match.span(name), name) for name in tested.rule.parts if match.span(name)[0] >= 0
        )
        for start, end in complement(
            tested.start, tested.end, [Span(start, end) for start, end, _ in spans]
        ):
            self.sign(start, end, tested.rule.name)
        for start, end, name in spans:
            self._plan.roles.setdefault(name, []).append(Span(start, end))
            yield self.made(tested.rule.parts[name], Cell(start, end), parts_of(tested))

    def sign(self, start: int, end: int, rule: str) -> None:
        """Note characters that are signs of a rule."""
        if start < end:
            is_space = self._text[start:end].isspace()
            kind = TileKind.WHITESPACE if is_space else TileKind.DELIMITER
            self._plan.signs.append(Sign(start, end, kind, rule))

    def made(self, template: Template, cell: Cell, parts: Parts) -> Element:
        """Return the element of a template around a cell."""
        attributes = dict(filled(self._text, template.attributes, parts, {}))
        children = [node for child in template.children for node in self._child(child, cell, parts)]
        return Element(template.element, attributes, children or [cell])

    def _child(self, template: Template, cell: Cell, parts: Parts) -> Iterator[Node]:
        """Yield what a child makes of the cell, or of the part of the pattern it names."""
        if template.content in ("", "content"):
            yield self.made(template, cell, parts)
        elif template.content in parts:
            part = parts[template.content]
            within = Cell(part.start, part.end)
            yield self.made(template, within, parts) if template.element else within

    def content(self, tested: Tested) -> Span:
        """Return the text of a block without the sign of the notation it consists of."""
        mark = self._tester.mark_at(tested.start, tested.rule.notation)
        if mark:
            holes = [Span(hole.start, hole.end) for hole in mark.holes]
            kept = [*complement(tested.start, tested.end, holes)]
            if kept:
                return Span(kept[0][0], kept[-1][1])
        if tested.match and "name" in tested.match.re.groupindex and tested.match["name"]:
            return Span(*tested.match.span("name"))
        return Span(tested.start, tested.end)


def parts_of(tested: Tested) -> Mapping[str, Span]:
    """Return the named parts of the pattern that matched."""
    match = tested.match
    if match is None:
        return {}
    return {name: Span(*match.span(name)) for name in match.re.groupindex if match[name]}


def group(name: str, parts: list[Node]) -> list[Node]:
    """Return the parts in one element, or nothing if there are none."""
    return [Element(name, {}, parts)] if parts else []


def paragraph(block: Block) -> Element:
    """Return a block as a paragraph."""
    return Element("p", {}, [Cell(block.start, block.end)])
