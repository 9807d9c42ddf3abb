"""What a walk through two schemas keeps: states, elements, and differences where it met them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.validate.relaxng.comparison.attributes import Given, Unknown, Vector
from toolkit.validate.relaxng.comparison.differences import Difference
from toolkit.validate.relaxng.patterns import Element

TEXT = "#text"


class Step(NamedTuple):
    """What led from one state to the next: a child (with the way it ended), or text."""

    name: str
    child: Item | None = None
    mask: int = 0


@dataclass(eq=False, slots=True)
class State:
    """A state reached in the content of an element, and how."""

    contents: Contents
    vector: Vector
    before: State | None = None
    step: Step | None = None
    text_only: bool = True

    def word(self) -> tuple[str, ...]:
        """Return the names of what stands before."""
        names: list[str] = []
        state: State | None = self
        while state is not None and state.step is not None:
            names.append(state.step.name)
            state = state.before
        return tuple(reversed(names))


class End(NamedTuple):
    """How an element ended: in a state, after a text if it has no children."""

    state: State
    text: str


class Differing(NamedTuple):
    """A difference in the contents or the attributes of elements.

    ``state`` is where it was met, ``given`` the attributes it takes, ``child`` the elements that
    ``subject`` may be.
    """

    kind: Difference
    first_only: bool
    subject: tuple[str, ...]
    attribute: str = ""
    state: State | None = None
    given: Given = ()
    child: tuple[Element, ...] = ()


@dataclass(eq=False, slots=True)
class Contents:
    """The walk through one content: shared by all elements that have it."""

    vector: Vector
    firsts: int
    items: list[Item] = field(default_factory=list)
    masks: dict[int, End] = field(default_factory=dict)
    found: dict[tuple[object, ...], Differing] = field(default_factory=dict)
    unknown: list[Unknown] = field(default_factory=list)
    reached: set[tuple[Vector, bool]] = field(default_factory=set)


@dataclass(eq=False, slots=True)
class Item:
    """An element to compare: what it may be in either schema, and where it was met first."""

    elements: tuple[Element, ...]
    firsts: int
    name: str
    state: State
    masks: dict[int, End | None] = field(default_factory=dict)
    waiting: list[tuple[State, str, tuple[Vector, ...]]] = field(default_factory=list)
    found: list[Differing] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    contents: list[tuple[Contents, Given]] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether the element is one in each schema, so that there is but one way to agree."""
        return len(self.elements) == 2

    def ways(self, first: bool) -> range:
        """Return the indexes of the elements of the first schema, or of the second."""
        return range(self.firsts) if first else range(self.firsts, len(self.elements))
