"""The classes of lists: sequences of tokens, walked as words of an automaton."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison.classes import Classes, StringClasses
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.patterns import Pattern

_MOST_STATES = 2_000
_LEAVES = frozenset({op.DATA, op.VALUE})

_State = tuple[tuple[Pattern, ...], ...]
"""For each class its lists, as what remains of them."""


def list_classes(
    lists: Sequence[Sequence[Pattern]], strings: StringClasses, derivatives: Derivatives
) -> Classes:
    """Return the classes of the strings by which of the lists accept them.

    Args:
        lists: for each bit of the mask what its lists consist of: any of them may accept.
        strings: tells the classes of single tokens.
        derivatives: those of the grammar that the patterns are of.
    """
    start: _State = tuple(tuple(group) for group in lists)
    leaves = list(dict.fromkeys(leaf for group in start for p in group for leaf in _leaves(p)))
    tokens = strings.of(leaves, tokens=True)
    # Tokens that no pattern takes (class 0) end every list.
    if not tokens.complete or tokens.possible - {0}:
        return Classes({}, complete=False)
    reached: dict[_State, str] = {start: ""}
    queue = [start]
    found: dict[int, str] = {}
    for state in queue:
        mask = sum(any(p.nullable for p in group) << i for i, group in enumerate(state))
        found.setdefault(mask, reached[state])
        for token in tokens.found.values():
            following = tuple(
                tuple(derivatives.after_token(pattern, token) for pattern in group)
                for group in state
            )
            if following not in reached:
                reached[following] = f"{reached[state]} {token}".strip()
                queue.append(following)
        if len(reached) > _MOST_STATES:
            return Classes(found, complete=False)
    return Classes(found)


def _leaves(pattern: Pattern) -> Iterator[Pattern]:
    pending = [pattern]
    while pending:
        item = pending.pop()
        if item.operator in _LEAVES:
            yield item
        else:
            pending.extend(item.children)
