"""Where the tags of a name or date can go so that the document stays well-formed and valid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from toolkit.annotate.scope import Scope
from toolkit.annotate.source import CDATA, Element, Source


class Refusal(Enum):
    """Why no element can be put around the characters."""

    CROSSING = "crossing"
    NOT_ALLOWED = "not allowed"
    TAKEN = "taken"


@dataclass(frozen=True)
class Placement:
    """The tags go at the offsets ``start`` and ``end``, both in the element ``parent``."""

    parent: Element
    start: int
    end: int


def place(source: Source, scope: Scope, first: int, last: int, name: str) -> Placement | Refusal:
    """Find a place for an element ``name`` around the characters from ``first`` to ``last``.

    Tags may move outward past tags with no text between. The innermost place is taken; but where
    the characters are the whole of one way of writing a passage, the place around all ways.
    """
    common = _around(source, scope, first, last)
    if not common:
        return Refusal.CROSSING
    around = [n for n, placement in enumerate(common) if _is_choice(placement.parent, scope)]
    preferred = common[around[-1] + 1 :] if around else common
    for placement in preferred:
        if _is_allowed(placement, scope, name):
            return Refusal.TAKEN if _holds_another(placement, scope) else placement
    return Refusal.NOT_ALLOWED


def crosses(source: Source, scope: Scope, first: int, last: int) -> bool:
    """Tell whether no element can hold these characters, since some are in another one."""
    return not _around(source, scope, first, last)


def _around(source: Source, scope: Scope, first: int, last: int) -> list[Placement]:
    """Return where both tags of an element can stand, the innermost place first."""
    ends = {
        id(element): offset for element, offset in _outward(source, scope, last, at_start=False)
    }
    return [
        Placement(element, offset, ends[id(element)])
        for element, offset in _outward(source, scope, first, at_start=True)
        if id(element) in ends
    ]


def _outward(
    source: Source, scope: Scope, index: int, *, at_start: bool
) -> Iterator[tuple[Element, int]]:
    """Yield the elements in which a tag can stand beside the character, the innermost first."""
    offset = source.start_of(index) if at_start else source.end_of(index)
    if offset is None:
        return
    element: Element | None = source.element_at(index)
    edge = index if at_start else index + 1
    while element is not None and element.in_source:
        yield element, offset
        is_edge = element.first == edge if at_start else element.last == edge
        parent = element.parent
        if not is_edge and not (
            (_is_choice(element, scope) and _has_way(element, edge, at_start))
            or _has_only_asides(source, element, scope, edge, at_start)
        ):
            return
        offset = element.start if at_start else element.end
        edge = element.first if at_start else element.last
        element = parent


def _has_way(choice: Element, edge: int, at_start: bool) -> bool:
    """Tell whether one of the ways of writing reaches the edge."""
    return any((way.first if at_start else way.last) == edge for way in choice.elements())


def _has_only_asides(
    source: Source, element: Element, scope: Scope, edge: int, at_start: bool
) -> bool:
    """Tell whether all text up to the edge, or after it, stands beside the text, as if deleted."""
    # From the edge outward: mostly the next character tells already.
    while edge != (element.first if at_start else element.last):
        child = _child_at(source, element, edge - at_start)
        if child is None or child.name not in scope.aside:
            return False
        if edge != (child.last if at_start else child.first):
            return False
        edge = child.first if at_start else child.last
    return True


def _child_at(source: Source, element: Element, index: int) -> Element | None:
    """Return the child element that the character ``index`` of the text is in, if it is in one."""
    child: Element | None = source.element_at(index)
    while child is not None and child is not element and child.parent is not element:
        child = child.parent
    return None if child is element else child


def _is_choice(element: Element, scope: Scope) -> bool:
    return element.name in scope.alternatives


def _is_allowed(placement: Placement, scope: Scope, name: str) -> bool:
    parent = placement.parent
    if parent.name == CDATA or not parent.in_source:
        return False
    if not scope.may_stand_in(name, parent.name):
        return False
    return all(
        child.name == CDATA or (child.in_source and scope.may_hold(name, child.name))
        for child in parent.elements_between(placement.start, placement.end)
    )


def _holds_another(placement: Placement, scope: Scope) -> bool:
    """Tell whether another way of writing the passage has a name or date in it already."""
    names = {"date", "name", "rs", *scope.names.values()}
    return any(
        inner.name in names
        for child in placement.parent.elements_between(placement.start, placement.end)
        for choice in child.descendants()
        if _is_choice(choice, scope)
        for inner in choice.descendants()
    )
