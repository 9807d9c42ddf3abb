"""The body of a text: sections, paragraphs, lists, tables, speeches, stanzas.

TEI Guidelines, 3.8 Lists, 4.1 Divisions of the Body, 7.2 The Body of a Performance Text, 15.1
Tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.convert.conventions.model import BlockRule
from toolkit.convert.structure.lists import Lists, begins_anew, is_list, new_list
from toolkit.convert.structure.nodes import Maker, Plan, paragraph
from toolkit.convert.structure.table import Table
from toolkit.convert.structure.tester import Tested, Tester, possible
from toolkit.convert.text.blocks import Block
from toolkit.convert.text.characters import trimmed
from toolkit.convert.tree import Cell, Element, Node

_TEXT = "text"
"""The part of the pattern of a dated section that is its first paragraph."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A division that is open, its level, and the block rule of its heading."""

    level: int
    element: Element
    rule: str = ""


class Body:
    """Plans the blocks between the opener and the closer."""

    def __init__(
        self, text: str, rules: Sequence[BlockRule], tester: Tester, maker: Maker, plan: Plan
    ) -> None:
        self._text = text
        self._rules = rules
        self._tester = tester
        self._maker = maker
        self._plan = plan
        self._lists = Lists(text, rules, tester, maker)
        self._open = [_Section(0, plan.div)]
        self._last: tuple[str, Element] | None = None

    def plan(
        self,
        blocks: Sequence[Block],
        *,
        verse: bool,
        bare: frozenset[int],
        between: Mapping[int, list[Node]],
    ) -> None:
        """Plan ``blocks``.

        Of those that start at ``bare`` no more than a paragraph is made; of those that start at
        ``between``, the elements that are given there.
        """
        rules = tuple(rule for rule in self._rules if self._holds(rule, blocks))
        for block in blocks:
            if block.start in between:
                self._add(between[block.start])
            elif block.start in bare:
                self._add([paragraph(block)])
            elif verse:
                self._add([self._stanza(block)])
            else:
                self._block(block, rules)

    def _holds(self, rule: BlockRule, blocks: Sequence[Block]) -> bool:
        if rule.at_least == 1:
            return True
        found = 0
        for block in blocks:
            if rule.lines:
                found += len(self._maker.lines(block, (rule,)))
            else:
                found += bool(self._tester.first(block.start, block.end, (rule,)))
            if found >= rule.at_least:
                return True
        return False

    def _add(self, nodes: Sequence[Node]) -> None:
        self._open[-1].element.children += nodes
        self._last = None

    def _block(self, block: Block, rules: tuple[BlockRule, ...]) -> None:
        for rule in possible(rules, self._text[block.start : block.start + 2]):
            if self._applied(rule, block):
                return
        self._add([paragraph(block)])

    def _applied(self, rule: BlockRule, block: Block) -> bool:
        """Apply a rule to a block; tell whether it describes it."""
        if rule.within and all(section.rule != rule.within for section in self._open):
            return False
        if rule.table:
            return self._table(rule, block)
        if is_list(rule):
            return self._list(rule, block)
        if rule.lines and rule.tei:
            tested = self._maker.lines(block, (rule,))
            if tested and rule.each:
                for each in tested:
                    self._add([self._wrapped(each)])
            elif tested:
                self._add_to(rule, [node for one in tested for node in self._maker.nodes(one)])
            return bool(tested)
        one = self._tester.first(block.start, block.end, (rule,))
        if one is None:
            return False
        if rule.section:
            self._section(rule, one)
        elif rule.parts and rule.tei and one.match:
            self._add([self._wrapped(one)])
        else:
            self._add(self._maker.nodes(one))
        return True

    def _section(self, rule: BlockRule, heading: Tested) -> None:
        while self._open[-1].level >= rule.section:
            self._open.pop()
        div = Element("div", dict(rule.div))
        self._add([div])
        self._open.append(_Section(rule.section, div, rule.name))
        text = heading.match.start(_TEXT) if heading.match and rule.date == "start" else -1
        if text < 0:
            self._add(self._maker.nodes(heading))
            return
        end = trimmed(self._text, heading.start, text)[1]
        self._add(self._maker.nodes(Tested(heading.start, end, rule)))
        self._add([Element("p", {}, [Cell(text, heading.end)])])

    def _wrapped(self, one: Tested) -> Element:
        """Return the parts of a block, or of a line, in the element of its rule."""
        assert one.rule.tei is not None  # noqa: S101 (the caller saw to it)
        wrapper = Element(one.rule.tei.element, dict(one.rule.tei.attributes))
        wrapper.children = self._maker.nodes(one)
        return wrapper

    def _list(self, rule: BlockRule, block: Block) -> bool:
        """Make a list of a block, or go on with the list that ends here by the same rule."""
        items = self._lists.items(block, rule)
        if not items:
            return False
        made = self._going_on(rule)
        if made is None or begins_anew(made, items[0]):
            made = new_list(rule)
            self._add([made])
        self._lists.append(made, items)
        self._last = rule.name, made
        return True

    def _add_to(self, rule: BlockRule, nodes: Sequence[Node]) -> None:
        """Add nodes to the element that ends here by the same rule, or begin one."""
        made = self._going_on(rule)
        if made is None:
            made = new_list(rule)
            self._add([made])
        made.children += nodes
        self._last = rule.name, made

    def _going_on(self, rule: BlockRule) -> Element | None:
        return self._last[1] if self._last and self._last[0] == rule.name else None

    def _table(self, rule: BlockRule, block: Block) -> bool:
        assert rule.table is not None  # noqa: S101 (the caller saw to it)
        made = Table(self._text, rule.table, rule.name, self._maker).made(block)
        if made is None:
            return False
        self._plan.applied[rule.name] += 1
        self._add([made])
        return True

    def _stanza(self, block: Block) -> Element:
        stanza = Element("lg")
        for line in block.lines:
            left = line.start
            while left > 0 and self._text[left - 1] in " \t\u00a0":
                left -= 1
            indent = {"rend": f"indent({line.start - left})"} if left < line.start else {}
            stanza.children.append(Element("l", indent, [Cell(line.start, line.end)]))
        return stanza
