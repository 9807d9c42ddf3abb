"""Bottom-up evaluation without recursion: patterns may nest to any depth."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
R = TypeVar("R")


def evaluate(
    root: T,
    done: dict[T, R],
    needs: Callable[[T], Sequence[T]],
    make: Callable[[T], R],
) -> R:
    """Return the result for ``root``, after those of everything it needs.

    Args:
        root: what to evaluate.
        done: the results so far; new ones are added.
        needs: returns what must be in ``done`` before ``make`` is called. No cycles.
        make: returns the result of one item from those in ``done``.
    """
    if root in done:
        return done[root]
    stack = [root]
    while stack:
        item = stack.pop()
        if item in done:
            continue
        missing = [need for need in needs(item) if need not in done]
        if missing:
            stack.append(item)
            stack += missing
        else:
            done[item] = make(item)
    return done[root]
