"""The schema as an automaton whose tables fill as documents ask.

A state is what may come next in an element: a vector of patterns, one for each way the element
may have been meant. Nearly always that is one; where content is ambiguous the ways are followed
side by side until the document decides, so nothing is ever tried and taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT, Context
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.identifiers import Table
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern

_MOST_ENTRIES = 10_000
"""A table that has so many entries only looks further ones up: a document must not fill memory."""
_MOST_VALUES = 20_000
_LONGEST_VALUE = 1_000


class ValueCheck(dict[str, bool]):
    """Tells whether a pattern accepts a value; remembers the values it has seen."""

    __slots__ = ("_derivatives", "pattern")

    def __init__(self, derivatives: Derivatives, pattern: Pattern) -> None:
        super().__init__()
        self._derivatives = derivatives
        self.pattern = pattern

    def __missing__(self, value: str) -> bool:
        accepted = self.accepts(value, NO_CONTEXT)
        if len(self) < _MOST_VALUES and len(value) <= _LONGEST_VALUE:
            self[value] = accepted
        return accepted

    def accepts(self, value: str, context: Context) -> bool:
        """Tell whether the value is accepted in its context."""
        return self._derivatives.matches(self.pattern, value, context)


class State(dict[str, "Transition | None"]):
    """A vector of patterns, and where each start tag leads.

    ``mask`` has a bit for each pattern that lets the element end here, or is -1 if that depends
    on its text (``data``); ``after_text`` is the state after text among elements, None if that is
    not allowed; ``mixed`` tells whether text changes nothing.
    """

    __slots__ = ("_automaton", "after_text", "data", "mask", "mixed", "vector")

    def __init__(self, automaton: Automaton, vector: tuple[Pattern, ...]) -> None:
        super().__init__()
        self._automaton = automaton
        self.vector = vector
        self.data = any(pattern.data for pattern in vector)
        self.mask = -1 if self.data else nullable_mask(vector)
        self.after_text = automaton.after_text(self)
        self.mixed = not self.data and self.after_text is self

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:  # type: ignore[override]  # states are told apart by identity
        return id(self)

    def __bool__(self) -> bool:
        return True

    def __missing__(self, name: str) -> Transition | None:
        if self.data:
            # Text may be waiting that has to be checked first.
            return None
        found = self._automaton.transition(self, name)
        if len(self) < _MOST_ENTRIES:
            self[name] = found
        return found


class After(dict[int, "State | None"]):
    """Where the parent goes on when a child has ended: a state for each mask of the child."""

    __slots__ = ("_automaton", "_rests", "name")

    def __init__(
        self, automaton: Automaton, name: str, rests: tuple[tuple[Pattern, ...], ...]
    ) -> None:
        super().__init__()
        self._automaton = automaton
        self._rests = rests
        self.name = name

    def __missing__(self, mask: int) -> State | None:
        if mask <= 0:
            return None
        chosen = [rest for index, rest in enumerate(self._rests) if mask >> index & 1]
        state = self[mask] = self._automaton.merged(chosen)
        return state

    @property
    def whole(self) -> State | None:
        """Where the parent goes on whichever way the child was meant."""
        return self[(1 << len(self._rests)) - 1]


class Transition(NamedTuple):
    """A start tag taken: what its attributes lead to, and what follows its end."""

    openings: Openings
    after: After


class Branch:
    """An attribute whose value decides between ways; ``follow`` goes on for a mask of values."""

    __slots__ = ("_next", "_openings", "_rests", "_upto", "checks", "index")

    def __init__(
        self,
        openings: Openings,
        index: int,
        checks: tuple[ValueCheck | None, ...],
        rests: tuple[tuple[Pattern, ...], ...],
        upto: tuple[str, ...],
    ) -> None:
        self._openings = openings
        self.index = index
        self.checks = checks
        self._rests = rests
        self._upto = upto
        self._next: dict[int, Opening] = {}

    def follow(self, mask: int) -> Opening:
        """Return what the further attributes lead to."""
        found = self._next.get(mask)
        if found is None:
            chosen = [rest for index, rest in enumerate(self._rests) if mask >> index & 1]
            found = self._openings.from_vector(merge(self._openings.grammar, chosen), self._upto)
            self._next[mask] = found
        return found


class Special(NamedTuple):
    """What the attributes of a start tag need besides the plain checks.

    ``unknown`` are the positions of attributes not allowed; ``missing`` the patterns that still
    ask for attributes; ``identifiers`` positions and types; ``contextual`` checks that depend on
    the context; ``branch`` an attribute whose value decides.
    """

    vector: tuple[Pattern, ...]
    unknown: tuple[tuple[int, tuple[Pattern, ...]], ...]
    missing: tuple[Pattern, ...]
    identifiers: tuple[tuple[int, str], ...]
    contextual: tuple[tuple[int, ValueCheck], ...]
    branch: Branch | None


class Opening(NamedTuple):
    """The result of one set of attribute names: values to check (by position), then the state."""

    checks: tuple[tuple[int, ValueCheck], ...]
    state: State
    special: Special | None


class Openings(dict[tuple[str, ...], Opening]):
    """What the attributes of a start tag lead to, by their names in order."""

    __slots__ = ("_automaton", "elements", "grammar", "name")

    def __init__(self, automaton: Automaton, name: str, elements: tuple[Element, ...]) -> None:
        super().__init__()
        self._automaton = automaton
        self.grammar = automaton.grammar
        self.name = name
        self.elements = elements

    def __missing__(self, names: tuple[str, ...]) -> Opening:
        opening = self.from_vector(tuple(element.content for element in self.elements), names)
        if len(self) < _MOST_ENTRIES:
            self[names] = opening
        return opening

    def from_vector(self, vector: tuple[Pattern, ...], names: tuple[str, ...]) -> Opening:
        """Return the opening for the attributes ``names``, of which some may be done ("")."""
        automaton = self._automaton
        checks: list[tuple[int, ValueCheck]] = []
        contextual: list[tuple[int, ValueCheck]] = []
        unknown: list[tuple[int, tuple[Pattern, ...]]] = []
        branch: Branch | None = None
        for position, name in enumerate(names):
            if not name:
                continue
            values, rests = automaton.attribute(vector, name)
            index = 2 * position + 1
            if not values:
                unknown.append((index, vector))
            elif len(values) == 1:
                vector = rests[0]
                check = automaton.check(values[0])
                if check is not None:
                    (contextual if values[0].contextual else checks).append((index, check))
            else:
                tests = tuple(automaton.check(value) for value in values)
                upto = ("",) * (position + 1) + names[position + 1 :]
                branch = Branch(self, index, tests, rests, upto)
                break
        missing: tuple[Pattern, ...] = ()
        closed = vector
        if branch is None:
            closed = tuple(automaton.derivatives.closed(pattern) for pattern in vector)
            if not any(pattern.operator != op.NOT_ALLOWED for pattern in closed):
                missing = vector
                closed = tuple(map(automaton.without_attributes, vector))
        # After a branch the attributes done are blank, and all identifiers already noted.
        identifiers = () if names[:1] == ("",) else self._identifiers(names)
        special = None
        if unknown or missing or identifiers or contextual or branch is not None:
            special = Special(
                vector, tuple(unknown), missing, identifiers, tuple(contextual), branch
            )
        return Opening(tuple(checks), automaton.state(closed), special)

    def _identifiers(self, names: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
        table = self._automaton.identifiers
        return tuple(
            (2 * position + 1, table[name][self.name])
            for position, name in enumerate(names)
            if name in table and self.name in table[name]
        )


class Automaton:
    """The states of one schema."""

    def __init__(self, grammar: Grammar, identifiers: Table) -> None:
        self.grammar = grammar
        self.derivatives = Derivatives(grammar)
        self.identifiers = identifiers
        self._states: dict[tuple[Pattern, ...], State] = {}
        self._checks: dict[Pattern, ValueCheck] = {}
        self._openings: dict[tuple[str, tuple[Element, ...]], Openings] = {}
        self.start = self.state((grammar.start,))

    def state(self, vector: tuple[Pattern, ...]) -> State:
        """Return the state of a vector of patterns."""
        state = self._states.get(vector)
        if state is None:
            state = self._states[vector] = State(self, vector)
        return state

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
        after = After(self, name, tuple(tuple(rest) for rest in rests.values()))
        return Transition(self.openings(name, tuple(rests)), after)

    def openings(self, name: str, elements: tuple[Element, ...]) -> Openings:
        """Return the table of start tags ``name`` that may be any of ``elements``."""
        key = (name, elements)
        found = self._openings.get(key)
        if found is None:
            found = Openings(self, name, elements)
            if len(self._openings) < _MOST_ENTRIES:
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
                accepted = self._value_check(pattern)[text]
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
        return None if value.operator == op.TEXT else self._value_check(value)

    def without_attributes(self, pattern: Pattern) -> Pattern:
        """Return the pattern with the attributes it still asks for granted."""
        return self.derivatives.without_attributes(pattern)

    def content_state(self, element: Element) -> State:
        """Return the state in which the element's content begins, whatever its attributes."""
        return self.state((self.without_attributes(element.content),))

    def _value_check(self, pattern: Pattern) -> ValueCheck:
        found = self._checks.get(pattern)
        if found is None:
            found = self._checks[pattern] = ValueCheck(self.derivatives, pattern)
        return found


def nullable_mask(vector: tuple[Pattern, ...]) -> int:
    """Return a bit for each nullable pattern of the vector."""
    return sum(pattern.nullable << index for index, pattern in enumerate(vector))


def merge(grammar: Grammar, vectors: Sequence[tuple[Pattern, ...]]) -> tuple[Pattern, ...]:
    """Return the vector whose patterns are the choices of those at the same index."""
    if len(vectors) == 1:
        return vectors[0]
    return tuple(grammar.choice(column) for column in zip(*vectors, strict=True))
