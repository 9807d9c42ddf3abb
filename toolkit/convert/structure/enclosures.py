"""A document and its enclosures: divisions beside each other, each with its opener and closer.

An enclosure behind the closer of a letter cannot stand in the division of the letter (TEI
Guidelines, 4.2.2 Openers and Closers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit.convert.conventions.model import BlockRule
from toolkit.convert.structure.nodes import Plan
from toolkit.convert.structure.plan import Planner
from toolkit.convert.structure.tester import Tested, Tester
from toolkit.convert.text.blocks import Block


def plan_with_enclosures(
    blocks: Sequence[Block],
    rules: Sequence[BlockRule],
    tester: Tester,
    planner: Callable[[], Planner],
) -> Plan:
    """Return the structure of a text.

    Where a block rule that is ``apart`` describes a block behind a closer, another division
    begins. What the header tells of the document comes from the first division alone.
    """
    headings = _headings(blocks, [rule for rule in rules if rule.apart], tester, planner)
    ends = [index for index, _ in headings[1:]] + [len(blocks)]
    plan = planner().plan(blocks[: ends[0]])
    for (index, heading), end in zip(headings[1:], ends[1:], strict=True):
        enclosure = planner().plan(blocks[index + 1 : end], heading)
        plan.enclosures.append(enclosure.div)
        plan.signs += enclosure.signs
        plan.applied += enclosure.applied
    return plan


def _headings(
    blocks: Sequence[Block],
    rules: Sequence[BlockRule],
    tester: Tester,
    planner: Callable[[], Planner],
) -> list[tuple[int, Tested | None]]:
    """Return where each division begins, and its heading; the first has none."""
    found: list[tuple[int, Tested | None]] = [(0, None)]
    for index, block in enumerate(blocks if rules else ()):
        heading = tester.first(block.start, block.end, rules)
        begins = found[-1][0] + 1 if len(found) > 1 else 0
        is_within = begins < index < len(blocks) - 1
        if heading and is_within and planner().ends(blocks[begins:index]):
            found.append((index, heading))
    return found
