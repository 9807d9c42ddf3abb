"""What the blocks of a text are: opener, head, paragraphs, stanzas, closer, postscript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.convert.conventions.model import BlockRule, Convention, Template
from toolkit.convert.ledger import TileKind
from toolkit.convert.metadata.fields import Reading, Sign
from toolkit.convert.notation.marks import Mark, complement
from toolkit.convert.structure.tester import Tested, Tester
from toolkit.convert.text.blocks import Block
from toolkit.convert.tree import GLOBAL, Cell, Element, Node, Span

_LAST_POSTSCRIPT = 12
"""A postscript begins in one of so many last blocks."""


@dataclass
class Plan:
    """The structure of a text, with cells still to be filled."""

    div: Element
    roles: dict[str, list[Span]] = field(default_factory=dict)
    signs: list[Sign] = field(default_factory=list)
    applied: Counter[str] = field(default_factory=Counter)


class Planner:
    """Plans one text."""

    def __init__(
        self,
        text: str,
        convention: Convention,
        reading: Reading,
        tester: Tester,
        bare: frozenset[int],
    ) -> None:
        self._text = text
        self._rules = convention.blocks
        self._verse = reading.text("genre").strip().casefold() in convention.verse_genres
        self._reading = reading
        self._tester = tester
        self._bare = bare
        self._plan = Plan(Element("div"))

    def plan(self, blocks: Sequence[Block]) -> Plan:
        """Return the structure of ``blocks``."""
        top = self._top(blocks)
        tail = max(self._tail(blocks, top), 0)
        if tail <= top and not any(not self._is_bare(block) for block in blocks[top:tail]):
            tail = min(max(tail, top + 1), len(blocks))
        self._body(blocks[top:tail])
        self._bottom(blocks[tail:])
        return self._plan

    def _is_bare(self, block: Block) -> bool:
        return block.start in self._bare

    # The top of the text.

    def _top(self, blocks: Sequence[Block]) -> int:
        children = self._plan.div.children
        parts: list[Node] = []
        has_head = False
        index = 0
        while index < len(blocks) - 1:
            block = blocks[index]
            tested = self._lines(block, self._rules.opener) or self._before(blocks, index)
            head = None if has_head else self._head(blocks, index)
            if tested and not (head and self._verse):
                parts += [node for each in tested for node in self._nodes(each)]
            elif head:
                children += _group("opener", parts)
                children += self._nodes(head)
                parts, has_head = [], True
            elif self._is_bare(block) and self._lines(blocks[index + 1], self._rules.opener):
                children += [*_group("opener", parts), _paragraph(block)]
                parts = []
            else:
                break
            index += 1
        children += _group("opener", parts)
        return index

    def _before(self, blocks: Sequence[Block], index: int) -> list[Tested]:
        """Return what stands before an address that follows within reach."""
        rule = self._rules.before_address
        if rule is None or index + 2 >= len(blocks):
            return []
        address = [each for each in self._rules.opener if each.role == "recipient"]
        for block in blocks[index + 1 : index + 1 + rule.reach]:
            if self._lines(block, address):
                block = blocks[index]
                return [Tested(block.start, block.end, rule)]
            if not self._lines(block, self._rules.opener):
                break
        return []

    def _head(self, blocks: Sequence[Block], index: int) -> Tested | None:
        block = blocks[index]
        if self._verse and len(block.lines) == 1 and not self._is_bare(block):
            return Tested(block.start, block.end, _VERSE_HEAD)
        tested = self._tester.first(block.start, block.end, self._rules.head)
        if tested is None or len(block.lines) > 1:
            return None
        following = blocks[index + 1]
        if tested.rule.followed and len(self._text[following.start : following.end].split()) < 8:
            return None
        return tested

    # The bottom of the text.

    def _tail(self, blocks: Sequence[Block], top: int) -> int:
        end = len(blocks)
        floor = top + 1
        first = max(floor, end - _LAST_POSTSCRIPT)
        for index in range(end - 1, first - 1, -1):
            block = blocks[index]
            if self._tester.first(block.start, block.end, self._rules.postscript):
                end = index
                break
        start = end
        while start > floor:
            block = blocks[start - 1]
            if not self._closers(blocks, start - 1) and not self._is_bare(block):
                break
            start -= 1
        while start < end and self._is_bare(blocks[start]):
            start += 1
        return start

    def _closers(self, blocks: Sequence[Block], index: int) -> list[Tested]:
        before: tuple[str, ...] = ()
        if index:
            above = blocks[index - 1]
            tested = self._lines(above, self._rules.closer)
            before = (tested[-1].rule.name,) if tested else ()
        return self._lines(blocks[index], self._rules.closer, before)

    def _bottom(self, blocks: Sequence[Block]) -> None:
        children = self._plan.div.children
        parts: list[Node] = []
        postscript: Element | None = None
        for index, block in enumerate(blocks):
            is_postscript = self._tester.first(block.start, block.end, self._rules.postscript)
            closers = [] if is_postscript else self._closers(blocks, index)
            if closers:
                parts += [node for each in closers for node in self._nodes(each)]
                continue
            children += _group("closer", parts)
            parts = []
            if self._is_bare(block):
                children.append(_paragraph(block))
            elif is_postscript or postscript is None or children[-1] is not postscript:
                postscript = Element("postscript", {}, [_paragraph(block)])
                children.append(postscript)
            else:
                postscript.children.append(_paragraph(block))
        children += _group("closer", parts)

    # The body.

    def _body(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if self._is_bare(block):
                self._plan.div.children.append(_paragraph(block))
            elif self._verse:
                self._plan.div.children.append(self._stanza(block))
            else:
                self._plan.div.children += self._body_block(block)

    def _stanza(self, block: Block) -> Element:
        stanza = Element("lg")
        for line in block.lines:
            left = line.start
            while left > 0 and self._text[left - 1] in " \t\u00a0":
                left -= 1
            indent = {"rend": f"indent({line.start - left})"} if left < line.start else {}
            stanza.children.append(Element("l", indent, [Cell(line.start, line.end)]))
        return stanza

    def _body_block(self, block: Block) -> list[Node]:
        for rule in self._rules.body:
            if rule.lines and rule.tei:
                tested = self._lines(block, (rule,))
                if tested:
                    self._plan.applied[rule.name] += 1
                    wrapper = Element(rule.tei.element, dict(rule.tei.attributes))
                    wrapper.children = [node for each in tested for node in self._nodes(each)]
                    return [wrapper]
                continue
            one = self._tester.first(block.start, block.end, (rule,))
            if one:
                return self._nodes(one)
        return [_paragraph(block)]

    # What all have in common.

    def _lines(
        self, block: Block, rules: Sequence[BlockRule], before: Sequence[str] = ()
    ) -> list[Tested]:
        """Return what the block is: as a whole, or line by line; empty if a line is nothing."""
        tested = self._tester.first(block.start, block.end, rules, before)
        if tested and (len(block.lines) == 1 or not tested.rule.lines):
            return [tested]
        found: list[Tested] = []
        for line in block.lines:
            tested = self._tester.first(line.start, line.end, rules, before)
            continues = bool(found) and found[-1].rule.continues
            if continues and (tested is None or self._text[found[-1].end - 1] == ","):
                found[-1] = Tested(found[-1].start, line.end, found[-1].rule)
                continue
            if tested is None:
                return []
            found.append(tested)
            before = (tested.rule.name,)
        return found

    def _nodes(self, tested: Tested) -> list[Node]:
        rule = tested.rule
        if rule.name and not rule.notation:
            self._plan.applied[rule.name] += 1
        if rule.parts and tested.match:
            return list(self._parts(tested))
        if rule.role:
            self._plan.roles.setdefault(rule.role, []).append(self._content(tested))
        for name in tested.match.re.groupindex if tested.match else ():
            if tested.match and tested.match[name] and name != "name":
                self._plan.roles.setdefault(name, []).append(Span(*tested.match.span(name)))
        cell = Cell(tested.start, tested.end)
        return [_made(rule.tei, cell)] if rule.tei else [cell]

    def _parts(self, tested: Tested) -> Iterator[Node]:
        match = tested.match
        assert match is not None  # noqa: S101 (the caller saw to it)
        spans = sorted(
            (*match.span(name), name) for name in tested.rule.parts if match.span(name)[0] >= 0
        )
        for start, end in complement(
            tested.start, tested.end, [Span(start, end) for start, end, _ in spans]
        ):
            kind = TileKind.WHITESPACE if self._text[start:end].isspace() else TileKind.DELIMITER
            self._plan.signs.append(Sign(start, end, kind, tested.rule.name))
        for start, end, name in spans:
            self._plan.roles.setdefault(name, []).append(Span(start, end))
            yield _made(tested.rule.parts[name], Cell(start, end))

    def _content(self, tested: Tested) -> Span:
        """Return the text of a block without the sign of the notation it consists of."""
        mark = self._tester.mark_at(tested.start, tested.rule.notation)
        if mark:
            kept = [
                *complement(tested.start, tested.end, [Span(h.start, h.end) for h in mark.holes])
            ]
            if kept:
                return Span(kept[0][0], kept[-1][1])
        if tested.match and "name" in tested.match.re.groupindex and tested.match["name"]:
            return Span(*tested.match.span("name"))
        return Span(tested.start, tested.end)


_VERSE_HEAD = BlockRule("", Template("head", {}, "content"), {})


def _made(template: Template, cell: Cell) -> Element:
    children: list[Node] = [_made(child, cell) for child in template.children]
    return Element(template.element, dict(template.attributes), children or [cell])


def _group(name: str, parts: list[Node]) -> list[Node]:
    return [Element(name, {}, parts)] if parts else []


def _paragraph(block: Block) -> Element:
    return Element("p", {}, [Cell(block.start, block.end)])


def bare_blocks(text: str, marks: Sequence[Mark], blocks: Sequence[Block]) -> frozenset[int]:
    """Return the starts of the blocks that are nothing but notes, gaps or page breaks."""
    covers: dict[int, int] = {}
    for mark in marks:
        names = {point.element for point in mark.points} | {
            each.element for each in mark.ranges if each.depth == 0
        }
        if names and names <= GLOBAL and mark.end > covers.get(mark.start, 0):
            covers[mark.start] = mark.end
    return frozenset(block.start for block in blocks if _is_covered(text, block, covers))


def _is_covered(text: str, block: Block, covers: Mapping[int, int]) -> bool:
    at = block.start
    while at < block.end:
        if text[at].isspace() and text[at] != "\f":
            at += 1
        elif covers.get(at, at) > at:
            at = covers[at]
        else:
            return False
    return True
