"""Tags that annotation set before, and that editors, or the registers, contradict since."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.annotate.flows import is_added
from toolkit.annotate.references import References
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided about the characters of a document from ``first`` to ``last``.

    They name the entry of the key, or, if it is None, nothing.
    """

    first: int
    last: int
    key: str | None


def has_tags(source: Source, scope: Scope) -> bool:
    """Tell whether annotation has tagged or linked any name of the document before."""
    return any(is_added(element, scope) for element in source.elements_with("resp"))


def contradicted(
    source: Source, scope: Scope, references: References, decided: Iterable[Decided]
) -> frozenset[int]:
    """Return where the elements start that annotation added and a decision contradicts."""
    added = [element for element in source.elements_with("resp") if is_added(element, scope)]
    firsts = [element.first for element in added]
    found: set[int] = set()
    for each in decided:
        element = _innermost(added[: bisect_right(firsts, each.first)], each)
        if element is None:
            continue
        if each.key is None or references.to(each.key) != element.attributes["ref"]:
            found.add(element.start)
    return frozenset(found)


def lost(source: Source, scope: Scope, references: References) -> frozenset[int]:
    """Return where the elements start that annotation added for entries that are gone since."""
    return frozenset(
        element.start
        for element in source.elements_with("resp")
        if is_added(element, scope) and references.is_lost(element.attributes["ref"])
    )


def _innermost(begun: list[Element], decided: Decided) -> Element | None:
    """Return the last element of those begun that is not ended yet."""
    return next((each for each in reversed(begun) if each.last > decided.last), None)
