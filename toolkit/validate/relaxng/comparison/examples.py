"""A whole small document for a difference: accepted by one schema, refused by the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison.attributes import Given
from toolkit.validate.relaxng.comparison.differences import Difference
from toolkit.validate.relaxng.comparison.records import (
    TEXT,
    Contents,
    Differing,
    Item,
    State,
    Step,
)
from toolkit.validate.relaxng.comparison.smallest import Fragment, NoExample, Smallest
from toolkit.validate.relaxng.comparison.walk import Walk
from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT
from toolkit.validate.relaxng.patterns import Element, Pattern


class Example(NamedTuple):
    """A document, and the element in it that shows the difference."""

    document: Fragment
    element: Fragment


class Examples:
    """Makes examples of what a walk has found."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._smallest = Smallest(walk.grammar, walk.strings)

    def of(
        self, item: Item | None, contents: Contents | None, found: Differing
    ) -> Iterator[Example]:
        """Yield examples that may show a difference; none if no value for it is known.

        Where an element may be meant in several ways, not every example shows it.

        Args:
            item: the element; None for the root of the document.
            contents: its contents, if these differ; None if the attributes do.
            found: the difference.
        """
        with suppress(NoExample):
            if item is None:
                element = self._smallest.element(found.child[0], found.subject[0])
                yield Example(element, element)
            else:
                yield from self._examples(item, contents, found)

    def _examples(
        self, item: Item, contents: Contents | None, found: Differing
    ) -> Iterator[Example]:
        given = found.given if contents is None else _given(item, contents)
        for way in item.ways(found.first_only):
            element = item.elements[way]
            fragment = self._open(item.name, element, given)
            if fragment is not None and self._fill(fragment, way, item, contents, found):
                for document in self._wrap(
                    fragment, item.state, item.name, element, found.first_only
                ):
                    yield Example(document, fragment)

    def _open(self, name: str, element: Element, given: Given) -> Fragment | None:
        """Return the element with the attributes given and those it must have; without content."""
        derivatives = self._walk.derivatives
        pattern = element.content
        fragment = Fragment(name, dict(given))
        for attribute, value in given:
            fitting = [
                rest
                for accepted, rest in derivatives.attribute(pattern, attribute)
                if derivatives.matches(accepted, value, NO_CONTEXT)
            ]
            if not fitting:
                return None
            pattern = self._walk.grammar.choice(fitting)
        for factor in self._walk.attributes.factors(pattern)[0]:
            self._smallest.fill(fragment, factor)
        return fragment

    def _fill(
        self,
        fragment: Fragment,
        way: int,
        item: Item,
        contents: Contents | None,
        found: Differing,
    ) -> bool:
        """Put the content into the element; tell whether that could be done in this way."""
        derivatives = self._walk.derivatives
        if contents is None or found.state is None:
            content = item.elements[way].content
            for attribute, value in found.given:
                content = self._walk.grammar.choice(
                    rest
                    for accepted, rest in derivatives.attribute(content, attribute)
                    if derivatives.matches(accepted, value, NO_CONTEXT)
                )
            rest = derivatives.closed(self._walk.attributes.factors(content)[1])
            return self._finish(fragment, rest)
        self._put_before(fragment, found.state, found.first_only)
        pattern = found.state.vector[way]
        match found.kind:
            case Difference.CHILD:
                for element, rest in self._walk.firsts.by_name(pattern).of(found.subject[0]):
                    if rest.operator != op.NOT_ALLOWED:
                        child = self._smallest.element(element, found.subject[0])
                        fragment.children.append(child)
                        return self._finish(fragment, rest)
                return False
            case Difference.TEXT:
                fragment.children.append("text")
                return self._finish(fragment, derivatives.text(pattern))
            case Difference.CONTENT:
                fragment.children.append(found.subject[0])
                return derivatives.matches(pattern, found.subject[0], NO_CONTEXT)
        return pattern.nullable

    def _finish(self, fragment: Fragment, rest: Pattern) -> bool:
        if rest.operator == op.NOT_ALLOWED:
            return False
        self._smallest.fill(fragment, rest)
        return True

    def _put_before(self, fragment: Fragment, state: State, first_only: bool) -> None:
        """Add what led to the state."""
        steps: list[Step] = []
        reached: State | None = state
        while reached is not None and reached.step is not None:
            steps.append(reached.step)
            reached = reached.before
        fragment.children += [self._step(step, first_only) for step in reversed(steps)]

    def _step(self, step: Step, first_only: bool) -> Fragment | str:
        if step.name == TEXT or step.child is None:
            return "text"
        item = step.child
        end = item.masks.get(step.mask)
        if end is None:
            element = item.elements[0 if first_only else -1]
            return self._smallest.element(element, step.name)
        # Exactly these ways have to take the child, so it ends as the walk has found it to.
        way = (step.mask & -step.mask).bit_length() - 1
        given = _given(item, end.state.contents)
        fragment = self._open(step.name, item.elements[way], given)
        if fragment is None:
            raise NoExample
        self._put_before(fragment, end.state, first_only)
        fragment.children += [end.text] if end.text else []
        return fragment

    def _wrap(
        self, fragment: Fragment, state: State, name: str, element: Element, first_only: bool
    ) -> Iterator[Fragment]:
        """Yield documents around an element met in ``state``."""
        pending = [(fragment, state, name, element)]
        while pending:
            fragment, state, name, element = pending.pop()
            contents = state.contents
            if contents is self._walk.root:
                yield fragment
                continue
            item = contents.items[0]
            for way in reversed(item.ways(first_only)):
                starts = dict(self._walk.firsts.by_name(state.vector[way]).of(name))
                if element not in starts or starts[element].operator == op.NOT_ALLOWED:
                    continue
                around = self._open(item.name, item.elements[way], _given(item, contents))
                if around is None:
                    continue
                self._put_before(around, state, first_only)
                around.children.append(fragment)
                self._smallest.fill(around, starts[element])
                pending.append((around, item.state, item.name, item.elements[way]))


def _given(item: Item, contents: Contents) -> Given:
    return next(given for found, given in item.contents if found is contents)
