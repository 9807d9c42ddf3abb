"""What an automaton has found out, as plain tables that outlive the process.

Deriving patterns is what takes time with a new document. Where others have gone before, the tables
tell where a start tag leads; the patterns behind them are made only when something new is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from toolkit.validate.relaxng.patterns import Grammar, Pattern

_MOST_ROWS = 20_000
_WORTH_KEEPING = 1.2

Vector = tuple[Pattern, ...]


@dataclass(slots=True)
class Tables:
    """Rows that refer to each other by number, ready for JSON.

    ``patterns`` goes on where the patterns of the schema end (see
    :class:`~toolkit.validate.relaxng.compiled.Compiled`). The rows of the others:

    - ``states``: vector of patterns, mask, whether it is of data, state after text or -1,
      signature, transitions by name: openings and after;
    - ``openings``: name, elements, results by names of attributes: checks (position, pattern),
      state, identifiers (position, type), checks that depend on the context;
    - ``afters``: name, vectors by way, states by mask.
    """

    patterns: list[list[int]] = field(default_factory=list)
    states: list[list[Any]] = field(default_factory=list)
    openings: list[list[Any]] = field(default_factory=list)
    afters: list[list[Any]] = field(default_factory=list)


class Memory:
    """The tables of one automaton, and the patterns they speak of.

    Attributes:
        tables: the rows.
    """

    def __init__(self, grammar: Grammar, tables: Tables | None = None) -> None:
        self.tables = tables or Tables()
        self._grammar = grammar
        grammar.extend(self.tables.patterns)
        self._by_signature: dict[tuple[int, ...], int] = {
            tuple(row[4]): number for number, row in enumerate(self.tables.states)
        }
        self._noted = 0
        self._kept = sum(len(row[-1]) for row in self._rows())

    @property
    def has_room(self) -> bool:
        """Whether more can be remembered."""
        return self._kept + self._noted < _MOST_ROWS

    def has_news(self) -> bool:
        """Tell whether so much was noted since this was last asked that it should be kept."""
        if self._kept + self._noted <= _WORTH_KEEPING * self._kept:
            return False
        self._kept, self._noted = self._kept + self._noted, 0
        return True

    def as_data(self) -> dict[str, Any]:
        """Return the tables, ready for JSON."""
        tables = self.tables
        return {each.name: getattr(tables, each.name) for each in fields(tables)}

    # Patterns.

    def vector(self, numbers: Iterable[int]) -> Vector:
        """Return the patterns with these numbers."""
        return tuple(map(self._grammar.pattern, numbers))

    def numbers(self, vector: Vector) -> list[int]:
        """Return the numbers of patterns; those that have none get one."""
        return list(map(self.number, vector))

    def number(self, pattern: Pattern) -> int:
        """Return the number of a pattern; one that has none gets one."""
        return self._grammar.number_of(pattern, self.tables.patterns)

    # States.

    def find(self, vector: Vector) -> int | None:
        """Return the number of the state that may have this vector, or None if none can."""
        return self._by_signature.get(_signature(vector))

    def add_state(self, vector: Vector, mask: int, data: bool) -> int:
        """Add a row for a state and return its number."""
        number = len(self.tables.states)
        signature = _signature(vector)
        row = [self.numbers(vector), mask, int(data), -1, list(signature), {}]
        self.tables.states.append(row)
        self._by_signature.setdefault(signature, number)
        return number

    def add_openings(self, name: str, elements: Sequence[int]) -> int:
        """Add a row for the start tags ``name`` of these elements and return its number."""
        self.tables.openings.append([name, list(elements), {}])
        return len(self.tables.openings) - 1

    def add_after(self, name: str, rests: Sequence[Vector]) -> int:
        """Add a row for what follows the end of an element and return its number."""
        self.tables.afters.append([name, list(map(self.numbers, rests)), {}])
        return len(self.tables.afters) - 1

    def note(self, row: list[Any], key: str, value: object) -> None:
        """Note a result in a row."""
        row[-1][key] = value
        self._noted += 1

    def _rows(self) -> Iterable[list[Any]]:
        return (*self.tables.states, *self.tables.openings, *self.tables.afters)


def _signature(vector: Vector) -> tuple[int, ...]:
    return tuple(pattern.signature for pattern in vector)
