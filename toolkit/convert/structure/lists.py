"""Lists, and lists within their items (TEI Guidelines, 3.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.convert.conventions.model import BlockRule
from toolkit.convert.structure.nodes import Maker, parts_of
from toolkit.convert.structure.tester import Tested, Tester
from toolkit.convert.text.blocks import Block
from toolkit.convert.tree import Element

_STEP = 2
"""Items of one kind that are set in by so many spaces more are a list of their own."""
_TAB = 4
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, and by how many spaces its first line is set in."""

    tested: Tested
    indent: int

    @property
    def rule(self) -> BlockRule:
        """The rule of the list it belongs to."""
        return self.tested.rule


@dataclass(frozen=True, slots=True)
class _Open:
    """A list that may still go on."""

    rule: str
    indent: int
    element: Element


class Lists:
    """Finds the items of lists in blocks, and makes lists of them."""

    def __init__(self, text: str, rules: Sequence[BlockRule], tester: Tester, maker: Maker) -> None:
        self._text = text
        self._rules = [rule for rule in rules if is_list(rule)]
        self._tester = tester
        self._maker = maker

    def items(self, block: Block, rule: BlockRule) -> list[Item]:
        """Return the items of a block that is a list by ``rule``, those of lists in it included.

        Empty if the block is none.
        """
        outer = self._maker.lines(block, (rule,))
        if len(outer) == 0 or len(block.lines) == 1:
            return [Item(each, 0) for each in outer]
        return self._continued(block, rule, [*self._first_lines(block, rule)])

    def _first_lines(self, block: Block, rule: BlockRule) -> Iterator[Item]:
        """Yield the lines that begin an item.

        An item by another rule must be set in, or have another one like it in the block.
        """
        rules = [rule, *(each for each in self._rules if each is not rule)]
        found = [
            Item(tested, self._indent(line.start))
            for line in block.lines
            if (tested := self._tester.first(line.start, line.end, rules))
        ]
        often = Counter(item.rule.name for item in found)
        indent = 0
        for item in found:
            if item.rule is rule or item.indent > indent or often[item.rule.name] >= _FEWEST:
                yield item
                indent = item.indent

    def _continued(self, block: Block, rule: BlockRule, items: Sequence[Item]) -> list[Item]:
        """Return the items with the lines that follow each."""
        starts = {item.tested.start: item for item in items}
        whole: list[Item] = []
        for line in block.lines:
            if line.start in starts:
                whole.append(starts[line.start])
            elif whole:
                before = whole[-1]
                whole[-1] = Item(self._maker.longer(before.tested, line.end), before.indent)
        return whole if rule.continues or len(whole) == len(block.lines) else []

    def _indent(self, start: int) -> int:
        left = start
        while left > 0 and self._text[left - 1] in " \t\u00a0":
            left -= 1
        return sum(_TAB if sign == "\t" else 1 for sign in self._text[left:start])

    def append(self, outer: Element, items: Sequence[Item]) -> None:
        """Add items to a list that is there, or empty; those of other kinds to lists within."""
        stack = [_Open(items[0].rule.name, items[0].indent, outer)]
        for item in items:
            nodes = self._maker.nodes(item.tested)
            while len(stack) > 1 and stack[-1].indent > item.indent:
                stack.pop()
            place = self._place(stack, item)
            if place is None:
                stack.append(self._within(stack[-1], item))
            else:
                del stack[place + 1 :]
            stack[-1].element.children += nodes

    def _place(self, stack: Sequence[_Open], item: Item) -> int | None:
        """Return the index of the open list that an item belongs to; None for a new one."""
        for index in range(len(stack) - 1, -1, -1):
            each = stack[index]
            if each.rule == item.rule.name and item.indent < each.indent + _STEP:
                return index
        return None if stack[-1].element.children else len(stack) - 1

    def _within(self, around: _Open, item: Item) -> _Open:
        """Begin a list in the last item of another."""
        made = new_list(item.rule)
        last = around.element.children[-1]
        holder = last if isinstance(last, Element) else around.element
        holder.children.append(made)
        return _Open(item.rule.name, item.indent, made)


def is_list(rule: BlockRule) -> bool:
    """Tell whether a block rule makes lists of lines."""
    return rule.lines and not rule.each and rule.tei is not None and rule.tei.element == "list"


def begins_anew(made: Element, item: Item) -> bool:
    """Tell whether an item has the number of the first one of a list, as in a list of its own."""
    number = parts_of(item.tested).get("n")
    first = made.children[0] if made.children else None
    if number is None or not isinstance(first, Element):
        return False
    said = item.tested.match.string[number.start : number.end] if item.tested.match else ""
    return first.attributes.get("n") == said


def new_list(rule: BlockRule) -> Element:
    """Return the element around the items of a rule."""
    assert rule.tei is not None  # noqa: S101 (the caller saw to it)
    return Element(rule.tei.element, dict(rule.tei.attributes))
