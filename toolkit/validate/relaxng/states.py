"""The tables of an automaton: they fill as documents ask.

A state is what may come next in an element: a vector of patterns, one for each way the element
may have been meant. Nearly always that is one; where content is ambiguous the ways are followed
side by side until the document decides, so nothing is ever tried and taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT, Context
from toolkit.validate.relaxng.derivatives import Derivatives
from toolkit.validate.relaxng.memory import Vector
from toolkit.validate.relaxng.patterns import Element, Grammar, Pattern

if TYPE_CHECKING:
    from toolkit.validate.relaxng.automaton import Automaton

MOST_ENTRIES = 10_000
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
    not allowed; ``mixed`` tells whether text changes nothing. ``number`` is that of the state's row
    in the memory, -1 for none.
    """

    __slots__ = ("_automaton", "_vector", "after_text", "data", "mask", "mixed", "number")

    def __init__(
        self, automaton: Automaton, vector: Vector | None, mask: int, data: bool, number: int = -1
    ) -> None:
        super().__init__()
        self._automaton = automaton
        self._vector = vector
        self.mask = mask
        self.data = data
        self.number = number
        self.after_text: State | None = None
        self.mixed = False

    @property
    def vector(self) -> Vector:
        """The patterns, which are made when something new is asked of a remembered state."""
        if self._vector is None:
            self._vector = self._automaton.recollection.vector(self)
        return self._vector

    def goes_on(self, after_text: State | None) -> Self:
        """Set the state after text."""
        self.after_text = after_text
        self.mixed = not self.data and after_text is self
        return self

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
        found = self._automaton.recollection.transition(self, name)
        if found is None:
            found = self._automaton.transition(self, name)
            if found is not None:
                self._automaton.recollection.note_transition(self, name, found)
        if len(self) < MOST_ENTRIES:
            self[name] = found
        return found


class After(dict[int, "State | None"]):
    """Where the parent goes on when a child has ended: a state for each mask of the child.

    ``ways`` is the number of ways the child may be meant; ``number`` that of the row in the
    memory, -1 for none.
    """

    __slots__ = ("_automaton", "_rests", "name", "number", "ways")

    def __init__(
        self,
        automaton: Automaton,
        name: str,
        rests: tuple[Vector, ...] | None,
        ways: int,
        number: int = -1,
    ) -> None:
        super().__init__()
        self._automaton = automaton
        self._rests = rests
        self.name = name
        self.ways = ways
        self.number = number

    @property
    def rests(self) -> tuple[Vector, ...]:
        """What must follow in the parent, by way."""
        if self._rests is None:
            self._rests = self._automaton.recollection.rests(self)
        return self._rests

    def __missing__(self, mask: int) -> State | None:
        if mask <= 0:
            return None
        state = self._automaton.recollection.state_after(self, mask)
        if state is None:
            chosen = [rest for index, rest in enumerate(self.rests) if mask >> index & 1]
            state = self._automaton.merged(chosen)
            if state is not None:
                self._automaton.recollection.note_after(self, mask, state)
        self[mask] = state
        return state

    @property
    def whole(self) -> State | None:
        """Where the parent goes on whichever way the child was meant."""
        return self[(1 << self.ways) - 1]


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
    """What the attributes of a start tag lead to, by their names in order.

    ``number`` is that of the row in the memory, -1 for none.
    """

    __slots__ = ("_automaton", "elements", "grammar", "name", "number")

    def __init__(
        self, automaton: Automaton, name: str, elements: tuple[Element, ...], number: int = -1
    ) -> None:
        super().__init__()
        self._automaton = automaton
        self.number = number
        self.grammar = automaton.grammar
        self.name = name
        self.elements = elements

    def __missing__(self, names: tuple[str, ...]) -> Opening:
        opening = self._automaton.recollection.opening(self, names)
        if opening is None:
            opening = self.from_vector(tuple(element.content for element in self.elements), names)
            self._automaton.recollection.note_opening(self, names, opening)
        if len(self) < MOST_ENTRIES:
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


def nullable_mask(vector: tuple[Pattern, ...]) -> int:
    """Return a bit for each nullable pattern of the vector."""
    return sum(pattern.nullable << index for index, pattern in enumerate(vector))


def merge(grammar: Grammar, vectors: Sequence[tuple[Pattern, ...]]) -> tuple[Pattern, ...]:
    """Return the vector whose patterns are the choices of those at the same index."""
    if len(vectors) == 1:
        return vectors[0]
    return tuple(grammar.choice(column) for column in zip(*vectors, strict=True))
