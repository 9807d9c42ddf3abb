"""What the blocks of a text are: opener, head, paragraphs, stanzas, closer, postscript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.convert.conventions.model import BlockRule, Convention, Template
from toolkit.convert.metadata.fields import Reading
from toolkit.convert.notation.marks import Mark
from toolkit.convert.structure.body import Body
from toolkit.convert.structure.nodes import Maker, Plan, group, paragraph
from toolkit.convert.structure.tester import Tested, Tester
from toolkit.convert.text.blocks import Block
from toolkit.convert.tree import GLOBAL, Element, Node

_TRAILER = "trailer"
"""It stands beside a closer, not in it (TEI Guidelines, 4.2.4)."""

_LAST_POSTSCRIPT = 12
"""A postscript begins in one of so many last blocks."""


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
        self._maker = Maker(text, tester, self._plan)
        self._between: dict[int, list[Node]] = {}

    def plan(self, blocks: Sequence[Block], heading: Tested | None = None) -> Plan:
        """Return the structure of ``blocks``; ``heading`` stands before them."""
        if heading is not None:
            self._plan.div.attributes.update(heading.rule.div)
            self._plan.div.children += self._maker.nodes(heading)
        self._find_between(blocks)
        top = self._top(blocks)
        tail = max(self._tail(blocks, top), 0)
        if tail <= top and not any(not self._is_bare(block) for block in blocks[top:tail]):
            tail = min(max(tail, top + 1), len(blocks))
        body = Body(self._text, self._rules.body, self._tester, self._maker, self._plan)
        body.plan(blocks[top:tail], verse=self._verse, bare=self._bare, between=self._between)
        self._bottom(blocks[tail:])
        return self._plan

    def _find_between(self, blocks: Sequence[Block]) -> None:
        """Find the blocks that may stand anywhere, also between the parts of opener and closer."""
        for block in blocks if self._rules.anywhere else ():
            tested = self._tester.first(block.start, block.end, self._rules.anywhere)
            if tested:
                self._between[block.start] = self._maker.nodes(tested)

    def _begins_section(self, block: Block) -> bool:
        """Tell whether a block begins a section of its genre, as an entry of a diary does."""
        rules = [rule for rule in self._rules.body if rule.genre and rule.section]
        return bool(rules) and self._tester.first(block.start, block.end, rules) is not None

    def _is_bare(self, block: Block) -> bool:
        return block.start in self._bare or block.start in self._between

    def _bare_nodes(self, block: Block) -> list[Node]:
        return self._between.get(block.start) or [paragraph(block)]

    # The top of the text.

    def _top(self, blocks: Sequence[Block]) -> int:
        children = self._plan.div.children
        parts: list[Node] = []
        has_head = is_addressed = False
        index = 0
        while index < len(blocks) - 1 and not self._begins_section(blocks[index]):
            block = blocks[index]
            tested = self._maker.lines(block, self._rules.opener)
            is_addressed = is_addressed or any(each.rule.role == "recipient" for each in tested)
            tested = tested or ([] if is_addressed else self._before(blocks, index))
            head = None if has_head else self._head(blocks, index)
            if tested and not (head and self._verse):
                parts += [node for each in tested for node in self._maker.nodes(each)]
            elif head:
                children += group("opener", parts)
                children += self._maker.nodes(head)
                parts, has_head = [], True
            elif self._is_bare(block) and self._maker.lines(blocks[index + 1], self._rules.opener):
                children += [*group("opener", parts), *self._bare_nodes(block)]
                parts = []
            else:
                break
            index += 1
        children += group("opener", parts)
        return index

    def _before(self, blocks: Sequence[Block], index: int) -> list[Tested]:
        """Return what stands before an address that follows within reach."""
        rule = self._rules.before_address
        if rule is None or index + 2 >= len(blocks):
            return []
        address = [each for each in self._rules.opener if each.role == "recipient"]
        for block in blocks[index + 1 : index + 1 + rule.reach]:
            if self._maker.lines(block, address):
                block = blocks[index]
                return [Tested(block.start, block.end, rule)]
            if not self._maker.lines(block, self._rules.opener):
                break
        return []

    def _head(self, blocks: Sequence[Block], index: int) -> Tested | None:
        block = blocks[index]
        if self._verse and len(block.lines) == 1 and not self._is_bare(block):
            signed = [
                rule for rule in (*self._rules.head, *self._rules.body) if "head" in rule.parts
            ]
            tested = self._tester.first(block.start, block.end, signed)
            return tested or Tested(block.start, block.end, _VERSE_HEAD)
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
        while start > floor and not self._begins_section(blocks[start - 1]):
            block = blocks[start - 1]
            if not self._closers(blocks, start - 1) and not self._is_bare(block):
                break
            start -= 1
        while start < end and self._is_bare(blocks[start]):
            start += 1
        return start

    def ends(self, blocks: Sequence[Block]) -> bool:
        """Tell whether a closer or a postscript stands at the end of ``blocks``."""
        self._find_between(blocks)
        last = len(blocks) - 1
        while last > 0 and self._is_bare(blocks[last]):
            last -= 1
        block = blocks[last]
        postscript = self._tester.first(block.start, block.end, self._rules.postscript)
        return last > 0 and (postscript is not None or bool(self._closers(blocks, last)))

    def _closers(self, blocks: Sequence[Block], index: int) -> list[Tested]:
        if blocks[index].start in self._between:
            return []
        before: tuple[str, ...] = ()
        if index:
            above = blocks[index - 1]
            tested = self._maker.lines(above, self._rules.closer)
            before = (tested[-1].rule.name,) if tested else ()
        return self._maker.lines(blocks[index], self._rules.closer, before)

    def _bottom(self, blocks: Sequence[Block]) -> None:
        children = self._plan.div.children
        parts: list[Node] = []
        postscript: Element | None = None
        for index, block in enumerate(blocks):
            is_postscript = self._tester.first(block.start, block.end, self._rules.postscript)
            closers = [] if is_postscript else self._closers(blocks, index)
            if closers:
                for node in [node for each in closers for node in self._maker.nodes(each)]:
                    if isinstance(node, Element) and node.name == _TRAILER:
                        children += [*group("closer", parts), node]
                        parts = []
                    else:
                        parts.append(node)
                continue
            children += group("closer", parts)
            parts = []
            if self._is_bare(block):
                children += self._bare_nodes(block)
            elif is_postscript or postscript is None or children[-1] is not postscript:
                postscript = Element("postscript", {}, [paragraph(block)])
                children.append(postscript)
            else:
                postscript.children.append(paragraph(block))
        children += group("closer", parts)


_VERSE_HEAD = BlockRule("", Template("head", {}, "content"), {})


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
