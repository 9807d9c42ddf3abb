"""The shortest ways on from a state: which elements have to come, one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from toolkit.validate.relaxng.explanation import Explanation
from toolkit.validate.relaxng.states import State

_LONGEST = 3
_MOST_REMEMBERED = 10_000

Way = tuple[str, ...]


class Ways:
    """Finds all the shortest sequences of elements that lead somewhere; remembers them."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._known: dict[tuple[State, str], list[Way]] = {}

    def to(self, state: State, name: str) -> list[Way]:
        """Return the sequences after which the element ``name`` may come."""
        key = (state, name)
        if key not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = self._search(
                state, lambda reached: self._explanation.transition(reached, name) is not None
            )
        return self._known[key]

    def to_end(self, state: State) -> list[Way]:
        """Return the sequences after which nothing more has to come."""
        return self._search(state, lambda reached: reached.mask != 0)

    def _search(self, start: State, done: Callable[[State], bool]) -> list[Way]:
        found: list[Way] = []
        seen = {start}
        queue: deque[tuple[State, Way]] = deque([(start, ())])
        while queue:
            state, way = queue.popleft()
            if len(way) >= (len(found[0]) if found else _LONGEST):
                break
            for name in self._explanation.allowed(state):
                following = self._explanation.after(state, name)
                if following is None:
                    continue
                if done(following):
                    found.append((*way, name))
                elif following not in seen:
                    seen.add(following)
                    queue.append((following, (*way, name)))
        return found
