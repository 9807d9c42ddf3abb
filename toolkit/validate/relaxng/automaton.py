"""The schema as an automaton, determinised as documents ask."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.identifiers import Table
from toolkit.validate.relaxng.memory import Memory, Tables, Vector
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern
from toolkit.validate.relaxng.recollection import Recollection
from toolkit.validate.relaxng.states import (
    MOST_ENTRIES,
    After,
    Openings,
    State,
    Transition,
    ValueCheck,
    merge,
    nullable_mask,
)


class Automaton:
    """The states of one schema."""

    def __init__(self, grammar: Grammar, identifiers: Table, tables: Tables | None = None) -> None:
        self.grammar = grammar
        self.memory = Memory(grammar, tables)
        self.recollection = Recollection(self, self.memory)
        self.derivatives = Derivatives(grammar)
        self.identifiers = identifiers
        self._states: dict[tuple[Pattern, ...], State] = {}
        self._checks: dict[Pattern, ValueCheck] = {}
        self._openings: dict[tuple[str, tuple[Element, ...]], Openings] = {}
        self.start = self.state((grammar.start,))

    def state(self, vector: tuple[Pattern, ...]) -> State:
        """Return the state of a vector of patterns."""
        return self._states.get(vector) or self._found(vector) or self._made(vector)

    def _found(self, vector: Vector) -> State | None:
        """Return the remembered state of a vector, if there is one."""
        number = self.memory.find(vector)
        if number is None:
            return None
        state = self.recollection.state(number)
        if state.vector != vector:
            return None
        self._states[vector] = state
        return state

    def _made(self, vector: Vector) -> State:
        data = any(pattern.data for pattern in vector)
        state = State(self, vector, -1 if data else nullable_mask(vector), data)
        self._states[vector] = state
        return state.goes_on(self.after_text(state))

    def merged(self, vectors: Sequence[tuple[Pattern, ...]]) -> State | None:
        """Return the state in which any of the vectors may hold, or None if none can."""
        merged = merge(self.grammar, vectors)
        if all(pattern.operator == op.NOT_ALLOWED for pattern in merged):
            return None
        return self.state(merged)

    def transition(self, state: State, name: str) -> Transition | None:
        """Return where the start tag ``name`` leads, or None if it is not allowed."""
        refused = self.grammar.not_allowed
        size = len(state.vector)
        rests: dict[Element, list[Pattern]] = {}
        for index, pattern in enumerate(state.vector):
            if not pattern.elements:
                continue
            for element, rest in self.derivatives.start(pattern, name):
                rests.setdefault(element, [refused] * size)[index] = rest
        if not rests:
            return None
        after = After(self, name, tuple(tuple(rest) for rest in rests.values()), len(rests))
        return Transition(self.openings(name, tuple(rests)), after)

    def openings(self, name: str, elements: tuple[Element, ...]) -> Openings:
        """Return the table of start tags ``name`` that may be any of ``elements``."""
        key = (name, elements)
        found = self._openings.get(key)
        if found is None:
            found = Openings(self, name, elements)
            if len(self._openings) < MOST_ENTRIES:
                self._openings[key] = found
        return found

    def after_text(self, state: State) -> State | None:
        """Return the state after text among elements, or None if that is not allowed."""
        vector = tuple(self.derivatives.text(pattern) for pattern in state.vector)
        if vector == state.vector:
            return state
        if all(pattern.operator == op.NOT_ALLOWED for pattern in vector):
            return None
        return self.state(vector)

    def value_mask(self, state: State, text: str, context: Context) -> int:
        """Return a bit for each pattern of the state that ``text`` as the whole content fits."""
        mask = 0
        for index, pattern in enumerate(state.vector):
            if pattern.contextual:
                accepted = self.derivatives.matches(pattern, text, context)
            else:
                accepted = self.value_check(pattern)[text]
            mask |= accepted << index
        return mask

    def attribute(
        self, vector: tuple[Pattern, ...], name: str
    ) -> tuple[list[Pattern], tuple[tuple[Pattern, ...], ...]]:
        """Return the value patterns attribute ``name`` may have, and the vector after each."""
        refused = self.grammar.not_allowed
        rests: dict[Pattern, list[Pattern]] = {}
        for index, pattern in enumerate(vector):
            if pattern.attributes:
                for value, rest in self.derivatives.attribute(pattern, name):
                    rests.setdefault(value, [refused] * len(vector))[index] = rest
        return list(rests), tuple(tuple(rest) for rest in rests.values())

    def check(self, value: Pattern) -> ValueCheck | None:
        """Return the check of a value pattern; None if any value will do."""
        return None if value.operator == op.TEXT else self.value_check(value)

    def without_attributes(self, pattern: Pattern) -> Pattern:
        """Return the pattern with the attributes it still asks for granted."""
        return self.derivatives.without_attributes(pattern)

    def content_state(self, element: Element) -> State:
        """Return the state in which the element's content begins, whatever its attributes."""
        return self.state((self.without_attributes(element.content),))

    def value_check(self, pattern: Pattern) -> ValueCheck:
        """Return the check of values by a pattern."""
        found = self._checks.get(pattern)
        if found is None:
            found = self._checks[pattern] = ValueCheck(self.derivatives, pattern)
        return found
