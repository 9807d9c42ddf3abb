"""Which attributes of TEI documents are pointers (schemas/validation/pointers.json).

TEI Guidelines, chapter 17.2 (pointing mechanisms).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from toolkit.resources import SCHEMAS


class PointerAttributes(NamedTuple):
    """Which attributes are pointers, and what is known of what they hold.

    Attributes:
        everywhere: the attributes that are pointers on all elements.
        on_some: the others, each with the elements on which it is one.
        exceptions: elements on which an attribute of that name is no pointer.
        schemes: the URI schemes in general use.
        xpointer_schemes: the XPointer schemes that a fragment may use.
        domains: ends of host names.
    """

    everywhere: frozenset[str]
    on_some: Mapping[str, frozenset[str]]
    exceptions: Mapping[str, frozenset[str]]
    schemes: frozenset[str]
    xpointer_schemes: frozenset[str]
    domains: frozenset[str]

    def has(self, name: str, element: str) -> bool:
        """Tell whether the attribute ``name`` of a TEI element (by local name) is a pointer."""
        if element in self.exceptions.get(name, ()):
            return False
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
        exceptions={n: frozenset(e) for n, e in data["exceptions"].items()},
        schemes=frozenset(data["schemes"]),
        xpointer_schemes=frozenset(data["xpointer_schemes"]),
        domains=frozenset(data["domains"]),
    )
