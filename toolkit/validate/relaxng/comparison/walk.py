"""The walk through two schemas at once, element by element and state by state.

What an element may hold is a deterministic automaton whose states are vectors: what remains of
each way the element may be meant, in the first schema and in the second. The walk follows
whatever both schemas accept; where only one of them can go on, it has found a difference. As
everything that remains can be completed (:mod:`joint`), each difference is a real one; and where
none is found, every document that one schema accepts is accepted by the other, by induction on
its height.

An element that may be meant in more than two ways ends with a mask of those that accept it. Which
masks there are is found while walking; the states that wait for them are gone on with then.
"""

from __future__ import annotations

from collections import deque

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.comparison.agreement import Agreement
from toolkit.validate.relaxng.comparison.attributes import AttributeWalk, Unknown, Vector
from toolkit.validate.relaxng.comparison.classes import StringClasses
from toolkit.validate.relaxng.comparison.differences import Difference
from toolkit.validate.relaxng.comparison.firsts import Firsts
from toolkit.validate.relaxng.comparison.joint import Joint
from toolkit.validate.relaxng.comparison.records import (
    TEXT,
    Contents,
    Differing,
    End,
    Item,
    State,
    Step,
)
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.patterns import Element, Pattern

_MOST_STATES = 30_000
"""Of one content: many interleaved elements would make as many states as they have subsets."""


class Walk:
    """The whole walk. After :meth:`run`, ``items`` holds every element met, in order."""

    def __init__(self, joint: Joint) -> None:
        self.joint = joint
        self.grammar = joint.grammar
        self.derivatives = Derivatives(joint.grammar)
        self.strings = StringClasses(self.derivatives)
        self.items: dict[tuple[Element, ...], Item] = {}
        self.root = Contents(joint.starts, 1)
        self.firsts = Firsts(joint.grammar)
        self.attributes = AttributeWalk(joint.grammar, self.derivatives, self.strings)
        self.agreement = Agreement(joint.grammar, self.derivatives, self.strings)
        self._contents: dict[tuple[Vector, int], Contents] = {}
        self._queue: deque[State] = deque()

    def run(self) -> None:
        """Walk through everything that both schemas accept."""
        self._reach(State(self.root, self.root.vector))
        while self._queue:
            self._leave(self._queue.popleft())

    # States.

    def _reach(self, state: State) -> None:
        contents = state.contents
        key = (state.vector, state.text_only)
        if key in contents.reached:
            return
        if len(contents.reached) == _MOST_STATES:
            undecided = tuple((pattern, (way,)) for way, pattern in enumerate(contents.vector))
            contents.unknown.append(Unknown("", undecided))
        contents.reached.add(key)
        if len(contents.reached) <= _MOST_STATES:
            self._queue.append(state)

    def _leave(self, state: State) -> None:
        contents = state.contents
        has_data = any(pattern.data for pattern in contents.vector)
        if has_data and state.step is None:
            self._compare_texts(state)
        if not (has_data and state.text_only):
            mask = sum(pattern.nullable << i for i, pattern in enumerate(state.vector))
            self._end(state, mask, Difference.END, "")
        self._leave_by_text(state, has_data and state.text_only)
        self._leave_by_elements(state)

    def _end(self, state: State, mask: int, kind: Difference, subject: str) -> None:
        contents = state.contents
        first = mask & ((1 << contents.firsts) - 1)
        if first and first != mask:
            if mask not in contents.masks:
                end = contents.masks[mask] = End(state, subject)
                for item in contents.items:
                    self._add_mask(item, mask, end)
        elif mask:
            named = (subject,) if kind != Difference.END else ()
            self._note(state, Differing(kind, bool(first), named, state=state))

    def _compare_texts(self, state: State) -> None:
        """Compare the texts that an element without children may hold."""
        vector = state.vector
        classes = self.strings.of([self._text_part(pattern) for pattern in vector])
        for mask, text in classes.found.items():
            self._end(state, mask, Difference.CONTENT, text)
        first = (1 << state.contents.firsts) - 1
        one_sided = any(mask and not (mask & first and mask & ~first) for mask in classes.possible)
        if one_sided or not classes.complete:
            undecided = tuple((pattern, (way,)) for way, pattern in enumerate(vector))
            state.contents.unknown.append(Unknown("", undecided))

    def _text_part(self, pattern: Pattern) -> Pattern:
        """Return the part of a content that takes text alone."""
        if pattern.operator == op.CHOICE:
            return self.grammar.choice(map(self._text_part, pattern.children))
        if not (pattern.elements or pattern.texts):
            return pattern
        if self.derivatives.text(pattern).nullable:
            return self.grammar.text
        return self.grammar.empty if pattern.nullable else self.grammar.not_allowed

    def _leave_by_text(self, state: State, known: bool) -> None:
        following = tuple(self.derivatives.text(pattern) for pattern in state.vector)
        if following == state.vector:
            return
        alive = [pattern.operator != op.NOT_ALLOWED for pattern in following]
        firsts = state.contents.firsts
        first, second = any(alive[:firsts]), any(alive[firsts:])
        if first and second:
            step = Step(TEXT)
            self._reach(State(state.contents, following, state, step, state.text_only))
        elif (first or second) and not (known and not any(p.elements for p in following)):
            self._note(state, Differing(Difference.TEXT, first, (TEXT,), state=state))

    def _leave_by_elements(self, state: State) -> None:
        ways = [self.firsts.by_name(pattern) for pattern in state.vector]
        # In the order of names, so that the result does not depend on how choices are written.
        for name in sorted({name for way in ways for name in (*way.named, *way.samples)}):
            rests: dict[Element, list[Pattern]] = {}
            for index, way in enumerate(ways):
                for element, rest in way.of(name):
                    if element not in rests:
                        rests[element] = [self.grammar.not_allowed] * len(ways)
                    rests[element][index] = rest
            if rests:
                self._take(state, name, rests)

    def _take(self, state: State, name: str, rests: dict[Element, list[Pattern]]) -> None:
        elements = tuple(sorted(rests, key=lambda element: element.index))
        firsts = sum(map(self.joint.is_first, elements))
        if firsts in (0, len(elements)):
            kind = Difference.ROOT if state.contents is self.root else Difference.CHILD
            self._note(state, Differing(kind, firsts > 0, (name,), state=state, child=elements))
            return
        item = self.items.get(elements)
        if item is None:
            item = self.items[elements] = Item(elements, firsts, name, state)
            self._open(item)
        columns = tuple(tuple(rests[element]) for element in elements)
        if not item.is_certain:
            item.waiting.append((state, name, columns))
        for mask in tuple(item.masks):
            self._go_on(state, name, item, mask, columns)

    def _go_on(
        self, state: State, name: str, item: Item, mask: int, columns: tuple[Vector, ...]
    ) -> None:
        chosen = [column for index, column in enumerate(columns) if mask >> index & 1]
        vector = (
            tuple(self.grammar.choice(way) for way in zip(*chosen, strict=True))
            if len(state.vector) > 2 or len(chosen) > 2
            else self._pair(chosen)
        )
        self._reach(State(state.contents, vector, state, Step(name, item, mask), False))

    def _pair(self, chosen: list[Vector]) -> Vector:
        """Return the next vector where each schema has one way and one element."""
        first, second = chosen
        return first[0], second[1]

    def _note(self, state: State, found: Differing) -> None:
        key = (found.kind, found.first_only, found.subject)
        state.contents.found.setdefault(key, found)

    # Elements.

    def _open(self, item: Item) -> None:
        if item.is_certain:
            item.masks[3] = None
        attributes = self.attributes.of(tuple(element.content for element in item.elements))
        item.unknown += attributes.unknown
        for outcome in self.agreement.of(item, attributes):
            contents = self._contents_of(outcome.vector, item.firsts)
            item.contents.append((contents, outcome.given))
            contents.items.append(item)
            for mask, end in tuple(contents.masks.items()):
                self._add_mask(item, mask, end)
            if not contents.reached:
                self._reach(State(contents, outcome.vector))

    def _contents_of(self, vector: Vector, firsts: int) -> Contents:
        key = (vector, firsts)
        if key not in self._contents:
            self._contents[key] = Contents(vector, firsts)
        return self._contents[key]

    def _add_mask(self, item: Item, mask: int, end: End) -> None:
        if not item.is_certain and mask not in item.masks:
            item.masks[mask] = end
            for waiting, name, columns in tuple(item.waiting):
                self._go_on(waiting, name, item, mask, columns)
