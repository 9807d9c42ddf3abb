"""In which attributes two schemas agree, and how they differ in the others."""

from __future__ import annotations

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison.attributes import (
    Attributes,
    Given,
    Group,
    Outcome,
    Vector,
    attribute_names,
)
from toolkit.validate.relaxng.comparison.classes import StringClasses, literals
from toolkit.validate.relaxng.comparison.differences import Difference
from toolkit.validate.relaxng.comparison.records import Differing, Item
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.patterns import Grammar


class Agreement:
    """Compares the sets of attributes that both schemas accept for an element."""

    def __init__(self, grammar: Grammar, derivatives: Derivatives, strings: StringClasses) -> None:
        self._grammar = grammar
        self._derivatives = derivatives
        self._strings = strings

    def of(self, item: Item, attributes: Attributes) -> list[Outcome]:
        """Return the outcomes that both schemas accept; note the others as differences."""
        agreed: dict[Vector, Given] = {}
        groups = attributes.groups
        if item.is_certain:
            # Groups are independent, so that each tells its own differences.
            for group in groups:
                self._tell_differences(item, group)
            groups = ()
        for outcome in self._combined(groups, attributes.content):
            first, second = self._sides(item, outcome.vector)
            if first and second:
                agreed.setdefault(outcome.vector, outcome.given)
            elif first or second:
                self._tell_difference(item, attributes.content, outcome, first)
        return [Outcome(*each) for each in agreed.items()]

    def _combined(self, groups: tuple[Group, ...], content: Group) -> list[Outcome]:
        """Return what remains after one outcome of each group."""
        combined: dict[Vector, Given] = {o.vector: o.given for o in content.outcomes}
        refused = self._grammar.not_allowed
        for group in groups:
            following: dict[Vector, Given] = {}
            for vector, given in combined.items():
                for outcome in group.outcomes:
                    kept = tuple(
                        pattern if chosen.operator != op.NOT_ALLOWED else refused
                        for pattern, chosen in zip(vector, outcome.vector, strict=True)
                    )
                    more = (*given, *outcome.given)
                    if kept not in following or len(more) < len(following[kept]):
                        following[kept] = more
            combined = following
        return [Outcome(*each) for each in combined.items()]

    def _sides(self, item: Item, vector: Vector) -> tuple[bool, bool]:
        alive = [pattern.operator != op.NOT_ALLOWED for pattern in vector]
        return any(alive[: item.firsts]), any(alive[item.firsts :])

    def _tell_differences(self, item: Item, group: Group) -> None:
        for outcome in group.outcomes:
            first, second = self._sides(item, outcome.vector)
            if first != second:
                self._tell_difference(item, group, outcome, first)

    def _tell_difference(
        self, item: Item, group: Group, outcome: Outcome, first_only: bool
    ) -> None:
        firsts = item.firsts
        taking, other = group.factors[:firsts], group.factors[firsts:]
        if not first_only:
            taking, other = other, taking
        names = tuple(name for name, _value in outcome.given)
        attribute = ""
        if not names:
            kind, subject = Difference.OPTIONAL, tuple(sorted(attribute_names(other)))
        elif len(names) > 1:
            kind, subject = Difference.COMBINATION, names
        elif values := self._values(other, names[0]):
            kind, attribute = Difference.VALUE, names[0]
            told = self._literals(self._values(taking, attribute), values)
            subject = told or (outcome.given[0][1],)
        else:
            kind, subject = Difference.ATTRIBUTE, names
        found = Differing(kind, first_only, subject, attribute, given=outcome.given)
        if found not in item.found:
            item.found.append(found)

    def _values(self, factors: Vector, name: str) -> Vector:
        return tuple(v for p in factors for v, _rest in self._derivatives.attribute(p, name))

    def _literals(self, taking: Vector, other: Vector) -> tuple[str, ...]:
        """Return the values listed in ``taking`` that none of the other patterns takes."""
        listed = dict.fromkeys(text for pattern in taking for text in literals(pattern))
        return tuple(text for text in listed if not self._strings.mask(other, text))
