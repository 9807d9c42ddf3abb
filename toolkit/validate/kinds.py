"""What the names of TEI point to, and what registers hold (schemas/validation)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.resources import SCHEMAS


@dataclass(frozen=True, slots=True)
class Kinds:
    """Reference kinds as data.

    Attributes:
        targets: what the element with this local name may point to, by local name.
        words: what that is called.
        entries: the elements that are entries of registers, with those that hold their names.
    """

    targets: Mapping[str, frozenset[str]]
    words: Mapping[str, str]
    entries: Mapping[str, tuple[str, ...]]


@cache
def kinds() -> Kinds:
    """Return the kinds of references and of register entries."""
    path = SCHEMAS / "validation" / "reference-kinds.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    elements = data["elements"]
    return Kinds(
        targets={name: frozenset(kind["targets"]) for name, kind in elements.items()},
        words={name: kind["kind"] for name, kind in elements.items()},
        entries={name: tuple(names) for name, names in data["registers"].items()},
    )
