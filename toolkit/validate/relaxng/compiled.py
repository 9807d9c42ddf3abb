"""A schema as plain tables: what the engine runs on and the cache keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from toolkit.validate.relaxng import operators as op


@dataclass(slots=True)
class Compiled:
    """Tables that refer to each other by index, ready for JSON.

    ``patterns`` holds ``[operator, operands…]``, each after those it refers to. Operands are
    patterns, but for: data ``[type, exception or -1]``; value ``[type, text, prefixes]``;
    attribute ``[name class, value]``; element ``[element]``.
    ``elements`` holds ``[name class, content]``; ``types`` ``[library, name, parameters]``.
    """

    start: int = 0
    patterns: list[list[Any]] = field(default_factory=list)
    elements: list[list[int]] = field(default_factory=list)
    name_classes: list[Any] = field(default_factory=list)
    types: list[Any] = field(default_factory=list)


def children_by_element(compiled: Compiled) -> list[list[int]]:
    """Return the elements that may stand anywhere in each element, all by index."""
    # A set of elements is a number with a bit for each.
    within: list[int] = []
    for operator, *operands in compiled.patterns:
        found = 0
        if operator == op.ELEMENT:
            found = 1 << operands[0]
        elif operator in (op.CHOICE, op.GROUP, op.INTERLEAVE, op.ONE_OR_MORE):
            for operand in operands:
                found |= within[operand]
        within.append(found)
    return [_bits(within[content]) for _, content in compiled.elements]


def _bits(number: int) -> list[int]:
    return [index for index, bit in enumerate(reversed(f"{number:b}")) if bit == "1"]
