"""What may come first in a pattern: every element, with what must follow it.

These are Antimirov's linear forms ("Partial derivatives of regular expressions", 1996): one walk
gives the derivatives by all names at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.nameclass import Name, mentioned, parts
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern
from toolkit.validate.relaxng.traversal import evaluate

Start = tuple[Element, Pattern]
"""An element that may come first, and what must follow it."""

_COMPOSITE = frozenset({op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE})


class ByName(NamedTuple):
    """The elements that may come first: by name, and those of open name classes.

    ``samples`` are names that tell the open classes apart from each other and from all names.
    """

    named: dict[str, tuple[Start, ...]]
    open: tuple[Start, ...]
    samples: frozenset[str]

    def of(self, name: str) -> tuple[Start, ...]:
        """Return what an element ``name`` may be."""
        found = self.named.get(name, ())
        if not self.open:
            return found
        fitting = (start for start in self.open if start[0].name_class.contains(name))
        return (*found, *fitting)


class Firsts:
    """The first elements of the patterns of a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._starts: dict[Pattern, tuple[Start, ...]] = {}
        self._by_name: dict[Pattern, ByName] = {}

    def by_name(self, pattern: Pattern) -> ByName:
        """Return the elements that may come first in ``pattern``."""
        found = self._by_name.get(pattern)
        if found is None:
            found = self._by_name[pattern] = _by_name(self._of(pattern))
        return found

    def _of(self, pattern: Pattern) -> tuple[Start, ...]:
        return evaluate(pattern, self._starts, _needs, self._make)

    def _make(self, pattern: Pattern) -> tuple[Start, ...]:
        if isinstance(pattern.payload, Element):
            return ((pattern.payload, self._grammar.empty),)
        rests: dict[Element, list[Pattern]] = {}
        wanted = set(_needs(pattern))
        for position, child in enumerate(_next(pattern)):
            if child not in wanted:
                continue
            around: dict[Pattern, Pattern] = {}
            for element, rest in self._starts[child]:
                if rest not in around:
                    around[rest] = self._around(pattern, position, rest)
                rests.setdefault(element, []).append(around[rest])
        return tuple((element, self._grammar.choice(found)) for element, found in rests.items())

    def _around(self, pattern: Pattern, position: int, rest: Pattern) -> Pattern:
        grammar, children = self._grammar, pattern.children
        match pattern.operator:
            case op.GROUP if position == 0:
                return grammar.group(rest, children[1])
            case op.INTERLEAVE:
                return grammar.interleave([*children[:position], *children[position + 1 :], rest])
            case op.ONE_OR_MORE:
                return grammar.group(rest, grammar.choice([pattern, grammar.empty]))
        return rest


def _needs(pattern: Pattern) -> Sequence[Pattern]:
    if pattern.operator not in _COMPOSITE:
        return ()
    return [child for child in _next(pattern) if child.elements]


def _next(pattern: Pattern) -> tuple[Pattern, ...]:
    ends = pattern.operator == op.GROUP and not pattern.children[0].nullable
    return pattern.children[:1] if ends else pattern.children


def _by_name(starts: Iterable[Start]) -> ByName:
    named: dict[str, tuple[Start, ...]] = {}
    unbounded: list[Start] = []
    samples: set[str] = set()
    for start in starts:
        classes = parts(start[0].name_class)
        listed = [part.name for part in classes if isinstance(part, Name)]
        if len(listed) < len(classes):
            unbounded.append(start)
            samples |= set(mentioned(start[0].name_class))
        else:
            for name in listed:
                named[name] = (*named.get(name, ()), start)
    return ByName(named, tuple(unbounded), frozenset(samples))
