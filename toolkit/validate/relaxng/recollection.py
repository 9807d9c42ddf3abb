"""From the rows of the memory to states, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.validate.relaxng.memory import Memory, Vector
from toolkit.validate.relaxng.states import (
    After,
    Opening,
    Openings,
    Special,
    State,
    Transition,
    ValueCheck,
)

if TYPE_CHECKING:
    from toolkit.validate.relaxng.automaton import Automaton


class Recollection:
    """What the automaton knows from other documents, and what others may know from it."""

    def __init__(self, automaton: Automaton, memory: Memory) -> None:
        self.memory = memory
        self._automaton = automaton
        self._states: dict[int, State] = {}
        self._openings: dict[int, Openings] = {}

    def vector(self, state: State) -> Vector:
        """Return the vector of a remembered state."""
        return self.memory.vector(self.memory.tables.states[state.number][0])

    def rests(self, after: After) -> tuple[Vector, ...]:
        """Return the vectors of what follows a remembered element."""
        return tuple(map(self.memory.vector, self.memory.tables.afters[after.number][1]))

    def transition(self, state: State, name: str) -> Transition | None:
        """Return where the start tag ``name`` leads, if that is remembered."""
        if state.number < 0:
            return None
        found = self.memory.tables.states[state.number][5].get(name)
        if found is None:
            return None
        number = found[1]
        name, rests, _ = self.memory.tables.afters[number]
        return Transition(
            self._openings_at(found[0]), After(self._automaton, name, None, len(rests), number)
        )

    def state_after(self, after: After, mask: int) -> State | None:
        """Return where the parent goes on, if that is remembered."""
        if after.number < 0:
            return None
        number = self.memory.tables.afters[after.number][2].get(str(mask))
        return None if number is None else self.state(number)

    def opening(self, openings: Openings, names: tuple[str, ...]) -> Opening | None:
        """Return what attributes lead to, if that is remembered."""
        if openings.number < 0:
            return None
        found = self.memory.tables.openings[openings.number][2].get("\n".join(names))
        if found is None:
            return None
        checks, state, identifiers, contextual = found
        special = None
        if identifiers or contextual:
            noted = tuple((position, kind) for position, kind in identifiers)
            special = Special((), (), (), noted, self._checks_at(contextual), None)
        return Opening(self._checks_at(checks), self.state(state), special)

    def _checks_at(self, rows: list[list[int]]) -> tuple[tuple[int, ValueCheck], ...]:
        pattern = self._automaton.grammar.pattern
        return tuple(
            (position, self._automaton.value_check(pattern(value))) for position, value in rows
        )

    def state(self, number: int) -> State:
        """Return the remembered state with this number."""
        state = self._states.get(number)
        if state is None:
            _, mask, data, after_text, *_ = self.memory.tables.states[number]
            state = self._states[number] = State(self._automaton, None, mask, bool(data), number)
            state.goes_on(None if after_text < 0 else self.state(after_text))
        return state

    def _openings_at(self, number: int) -> Openings:
        found = self._openings.get(number)
        if found is None:
            name, indexes, _ = self.memory.tables.openings[number]
            elements = tuple(self._automaton.grammar.elements[index] for index in indexes)
            found = self._openings[number] = self._automaton.openings(name, elements)
            found.number = number
        return found

    def note_transition(self, state: State, name: str, found: Transition) -> None:
        """Remember where a start tag leads."""
        if not self.memory.has_room:
            return
        openings, after = found
        if openings.number < 0:
            indexes = [element.index for element in openings.elements]
            openings.number = self.memory.add_openings(openings.name, indexes)
            self._openings[openings.number] = openings
        if after.number < 0:
            after.number = self.memory.add_after(after.name, after.rests)
        row = self.memory.tables.states[self._number(state)]
        self.memory.note(row, name, [openings.number, after.number])

    def note_after(self, after: After, mask: int, state: State) -> None:
        """Remember where the parent goes on."""
        if self.memory.has_room and after.number >= 0:
            row = self.memory.tables.afters[after.number]
            self.memory.note(row, str(mask), self._number(state))

    def note_opening(self, openings: Openings, names: tuple[str, ...], opening: Opening) -> None:
        """Remember what attributes lead to, unless they are wrong or their values decide."""
        checks, state, special = opening
        if not self.memory.has_room or openings.number < 0:
            return
        if special is not None and (special.unknown or special.missing or special.branch):
            return
        found = [
            self._noted(checks),
            self._number(state),
            special.identifiers if special else (),
            self._noted(special.contextual) if special else (),
        ]
        self.memory.note(self.memory.tables.openings[openings.number], "\n".join(names), found)

    def _noted(self, checks: tuple[tuple[int, ValueCheck], ...]) -> list[tuple[int, int]]:
        return [(position, self.memory.number(check.pattern)) for position, check in checks]

    def _number(self, state: State) -> int:
        """Return the number of a state; one that has none gets one."""
        if state.number < 0:
            state.number = self.memory.add_state(state.vector, state.mask, state.data)
            self._states[state.number] = state
            if state.after_text is not None:
                row = self.memory.tables.states[state.number]
                row[3] = self._number(state.after_text)
        return state.number
