"""Which sets of attributes, with which values, elements accept: both schemas' side by side.

The attributes of an element fall into groups that have no name in common. Groups are independent
of each other, so each is walked alone: name by name, absent or present with each class of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison.classes import StringClasses
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.nameclass import (
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    mentioned,
    names,
    overlap,
)
from toolkit.validate.relaxng.patterns import Grammar, Pattern

Vector = tuple[Pattern, ...]
"""One pattern for each way an element may be meant: the first schema's, then the second's."""

Given = tuple[tuple[str, str], ...]
"""Attributes with values."""


class Unknown(NamedTuple):
    """Values of an attribute (or of the content: "") that could not be compared.

    Each pattern comes with the indexes of the ways that have it.
    """

    attribute: str
    patterns: tuple[tuple[Pattern, tuple[int, ...]], ...]


class Outcome(NamedTuple):
    """What remains of an element's ways after some attributes."""

    vector: Vector
    given: Given


class Group(NamedTuple):
    """Attributes that have to be looked at together: the outcomes of all sets of them."""

    factors: Vector
    outcomes: tuple[Outcome, ...]


class Attributes(NamedTuple):
    """The attributes of an element, in independent groups; the last one's outcomes are contents."""

    groups: tuple[Group, ...]
    content: Group
    unknown: tuple[Unknown, ...]


class _Reached:
    """The outcomes reached, each with the fewest attributes.

    Where there is but one attribute, its absence is kept beside a value of the same outcome, so
    that both are told.
    """

    def __init__(self, keep_absent: bool) -> None:
        self.keep_absent = keep_absent
        self._given: dict[tuple[Vector, bool], Given] = {}

    def add(self, vector: Vector, given: Given) -> None:
        if all(pattern.operator == op.NOT_ALLOWED for pattern in vector):
            return
        key = (vector, self.keep_absent and not given)
        known = self._given.get(key)
        if known is None or len(given) < len(known):
            self._given[key] = given

    def outcomes(self) -> list[Outcome]:
        return [Outcome(vector, given) for (vector, _absent), given in self._given.items()]


class AttributeWalk:
    """Finds the outcomes; remembers those of groups met before."""

    def __init__(self, grammar: Grammar, derivatives: Derivatives, strings: StringClasses) -> None:
        self._grammar = grammar
        self._derivatives = derivatives
        self._strings = strings
        self._split: dict[Pattern, tuple[tuple[Pattern, ...], Pattern]] = {}
        self._outcomes: dict[Vector, tuple[tuple[Outcome, ...], tuple[Unknown, ...]]] = {}

    def of(self, ways: Vector) -> Attributes:
        """Return the attributes of an element, by the contents of its ways."""
        split = [self.factors(way) for way in ways]
        common = set(split[0][0]).intersection(*(set(pure) for pure, _content in split[1:]))
        rest = [[factor for factor in pure if factor not in common] for pure, _content in split]
        contents = tuple(content for _pure, content in split)
        units = [[(way, factor)] for way, pure in enumerate(rest) for factor in pure]
        # Contents that attributes decide about are looked at together.
        coupled = [(way, content) for way, content in enumerate(contents) if content.attributes]
        groups: list[Group] = []
        unknown: list[Unknown] = []
        content_group = Group(contents, (Outcome(contents, ()),))
        for members in _connected([coupled, *units] if coupled else units):
            factors = self._joined(members, len(ways))
            holds_content = bool(coupled) and coupled[0] in members
            if holds_content:
                factors = tuple(
                    factor if content.attributes else self._grammar.group(factor, content)
                    for factor, content in zip(factors, contents, strict=True)
                )
            outcomes, undecided = self._walk(factors)
            unknown += undecided
            if holds_content:
                content_group = Group(factors, outcomes)
            else:
                groups.append(Group(factors, outcomes))
        return Attributes(tuple(groups), content_group, tuple(unknown))

    def _joined(self, members: Iterable[tuple[int, Pattern]], ways: int) -> Vector:
        factors = [self._grammar.empty] * ways
        for way, factor in members:
            factors[way] = self._grammar.group(factors[way], factor)
        return tuple(factors)

    def factors(self, pattern: Pattern) -> tuple[tuple[Pattern, ...], Pattern]:
        """Return the parts that are attributes alone, and the rest."""
        found = self._split.get(pattern)
        if found is None:
            found = self._split[pattern] = self._split_up(pattern)
        return found

    def _split_up(self, pattern: Pattern) -> tuple[tuple[Pattern, ...], Pattern]:
        if not pattern.attributes:
            return (), pattern
        if pattern.operator in (op.GROUP, op.INTERLEAVE):
            pure: list[Pattern] = []
            kept: list[Pattern] = []
            for child in _members(pattern):
                inner, content = self.factors(child)
                pure += inner
                kept.append(content)
            if pattern.operator == op.INTERLEAVE:
                return tuple(pure), self._grammar.interleave(kept)
            made = self._grammar.empty
            for content in reversed(kept):
                made = self._grammar.group(content, made)
            return tuple(pure), made
        if pattern.elements or pattern.texts or pattern.data:
            return (), pattern
        return (pattern,), self._grammar.empty

    def _walk(self, start: Vector) -> tuple[tuple[Outcome, ...], tuple[Unknown, ...]]:
        if start not in self._outcomes:
            self._outcomes[start] = self._search(start)
        return self._outcomes[start]

    def _search(self, start: Vector) -> tuple[tuple[Outcome, ...], tuple[Unknown, ...]]:
        unknown: list[Unknown] = []
        names = sorted({sample for p in start for c in _classes(p) for sample in mentioned(c)})
        reached = _Reached(keep_absent=len(names) == 1)
        reached.add(start, ())
        for name in names:
            following = _Reached(reached.keep_absent)
            for vector, given in reached.outcomes():
                without = tuple(self._refuse(pattern, name) for pattern in vector)
                following.add(without, given)
                for chosen, value in self._present(vector, name, unknown):
                    following.add(chosen, (*given, (name, value)))
            reached = following
        closed = _Reached(reached.keep_absent)
        for vector, given in reached.outcomes():
            closed.add(tuple(map(self._derivatives.closed, vector)), given)
        return tuple(closed.outcomes()), tuple(dict.fromkeys(unknown))

    def _present(
        self, vector: Vector, name: str, unknown: list[Unknown]
    ) -> Iterator[tuple[Vector, str]]:
        """Yield what remains when the attribute stands, for each class of values."""
        refused = self._grammar.not_allowed
        rests: dict[Pattern, list[Pattern]] = {}
        for index, pattern in enumerate(vector):
            if pattern.attributes:
                for value, rest in self._derivatives.attribute(pattern, name):
                    rests.setdefault(value, [refused] * len(vector))[index] = rest
        if not rests:
            return
        classes = self._strings.of(tuple(rests))
        columns = list(rests.values())
        for mask, text in classes.found.items():
            if mask:
                yield self._merged(columns, mask), text
        # What is only possible matters if it would tell the schemas apart.
        possible = {self._merged(columns, mask) for mask in classes.possible}
        known = {self._merged(columns, mask) for mask in classes.found}
        if not classes.complete or possible - known:
            undecided = tuple((value, _alive(column)) for value, column in rests.items())
            unknown.append(Unknown(name, undecided))

    def _merged(self, columns: Sequence[Sequence[Pattern]], mask: int) -> Vector:
        chosen = [column for index, column in enumerate(columns) if mask >> index & 1]
        if not chosen:
            return (self._grammar.not_allowed,) * len(columns[0])
        return tuple(self._grammar.choice(way) for way in zip(*chosen, strict=True))

    def _refuse(self, pattern: Pattern, name: str) -> Pattern:
        """Return the pattern for elements without the attribute ``name``."""
        return self._derivatives.refuse(pattern, name)


def attribute_names(patterns: Iterable[Pattern]) -> set[str]:
    """Return the names that the attributes in the patterns list one by one."""
    return {name for pattern in patterns for c in _classes(pattern) for name in names(c)}


def _members(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the members of a group or interleave; groups are nested to the right."""
    if pattern.operator == op.INTERLEAVE:
        yield from pattern.children
        return
    while pattern.operator == op.GROUP:
        yield pattern.children[0]
        pattern = pattern.children[1]
    yield pattern


def _classes(pattern: Pattern) -> Iterator[NameClass]:
    """Yield the name classes of the attributes in a pattern."""
    pending = [pattern]
    while pending:
        item = pending.pop()
        if isinstance(item.payload, Name | AnyName | NsName | NameChoice):
            yield item.payload
        elif item.attributes:
            pending.extend(item.children)


def _alive(column: Iterable[Pattern]) -> tuple[int, ...]:
    return tuple(i for i, pattern in enumerate(column) if pattern.operator != op.NOT_ALLOWED)


_Unit = tuple[int, Pattern]


def _connected(units: Sequence[Sequence[_Unit]]) -> list[list[_Unit]]:
    """Return the units in groups that share no attribute name."""
    groups: list[tuple[list[NameClass], list[_Unit]]] = []
    for unit in units:
        classes = list(dict.fromkeys(c for _way, pattern in unit for c in _classes(pattern)))
        members = list(unit)
        apart = []
        for known, others in groups:
            if any(overlap(one, other) for one in classes for other in known):
                classes = [*known, *classes]
                members = [*others, *members]
            else:
                apart.append((known, others))
        groups = [*apart, (classes, members)]
    return [members for _known, members in groups]
