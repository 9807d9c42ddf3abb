"""What waits on the stack for the end of an open element, besides the automaton's ``After``."""

from __future__ import annotations

from typing import Protocol

from toolkit.validate.relaxng.automaton import Automaton
from toolkit.validate.relaxng.states import Opening, State, Transition


class Frame(Protocol):
    """Where the parent goes on when an element has ended; None asks for a closer look."""

    name: str

    def __getitem__(self, mask: int, /) -> State | None:
        """Return the parent's state for the mask of the element that ended."""
        ...

    @property
    def whole(self) -> State | None:
        """The parent's state whatever the element held."""
        ...


class Resume:
    """The parent goes on where it was, or where it is told to, after an element out of place."""

    __slots__ = ("name", "whole")

    def __init__(self, name: str, state: State) -> None:
        self.name = name
        self.whole: State | None = state

    def __getitem__(self, mask: int) -> State | None:
        return self.whole if mask > 0 else None


class Troubled:
    """An open element in which something was wrong; keeps what excuses follow-on errors.

    Attributes:
        stuck: the state in which something that does not belong was passed over.
        stuck_on: its name; empty for text.
        text: the state in which text was reported.
        misplaced: elements passed over because they were not allowed where they stood.
        inserted: elements reported as missing, which may yet turn up.
    """

    __slots__ = ("frame", "inserted", "misplaced", "name", "stuck", "stuck_on", "text")

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.name = frame.name
        self.stuck: State | None = None
        self.stuck_on = ""
        self.text: State | None = None
        self.misplaced: set[str] = set()
        self.inserted: set[str] = set()

    def __getitem__(self, mask: int) -> None:
        return None

    @property
    def whole(self) -> State | None:
        """The parent's state whatever the element held."""
        return self.frame.whole


class _SkipAfter(Resume):
    """Within what is skipped, every end leads back to skipping."""

    __slots__ = ()

    def __getitem__(self, _mask: int) -> State | None:
        return self.whole


class _SkipOpenings(dict[tuple[str, ...], Opening]):
    """The attributes of skipped elements are not checked."""

    __slots__ = ("opening",)

    opening: Opening

    def __missing__(self, _names: tuple[str, ...]) -> Opening:
        return self.opening


class SkipState(State):
    """The state inside an element that the schema does not know: everything is passed over."""

    __slots__ = ("_transition",)

    def __init__(self, automaton: Automaton) -> None:
        super().__init__(automaton, (automaton.grammar.text,), 1, data=False)
        self.goes_on(self)
        openings = _SkipOpenings()
        openings.opening = Opening((), self, None)
        self._transition = Transition(openings, _SkipAfter("", self))  # type: ignore[arg-type]

    def __missing__(self, _name: str) -> Transition | None:
        return self._transition
