"""A schema as plain tables: what the engine runs on and the cache keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
