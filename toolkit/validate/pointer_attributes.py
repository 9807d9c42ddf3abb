"""Which attributes of TEI documents are pointers (schemas/validation/pointers.json).

TEI Guidelines, chapter 17.2 (pointing mechanisms).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.resources import SCHEMAS


@dataclass(frozen=True, slots=True)
class PointerAttributes:
    """Which attributes are pointers, and which URI schemes are in general use."""

    everywhere: frozenset[str]
    on_some: Mapping[str, frozenset[str]]
    schemes: frozenset[str]

    def has(self, name: str, element: str) -> bool:
        """Tell whether the attribute ``name`` of a TEI element (by local name) is a pointer."""
        return name in self.everywhere or element in self.on_some.get(name, ())


@cache
def pointer_attributes() -> PointerAttributes:
    """Return the pointer attributes of TEI P5."""
    path = SCHEMAS / "validation" / "pointers.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    attributes: dict[str, str | list[str]] = data["attributes"]
    return PointerAttributes(
        everywhere=frozenset(n for n, elements in attributes.items() if elements == "*"),
        on_some={n: frozenset(e) for n, e in attributes.items() if e != "*"},
        schemes=frozenset(data["schemes"]),
    )
