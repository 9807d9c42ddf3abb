"""What the names of TEI point to (schemas/validation)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.resources import SCHEMAS


@dataclass(frozen=True, slots=True)
class TargetKind:
    """What a pointer may point to, by local name, and what that is called."""

    words: str
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What pointers point to.

    Attributes:
        elements: by the element whose ref the pointer is.
        attributes: by the attribute, whatever element has it.
    """

    elements: Mapping[str, TargetKind]
    attributes: Mapping[str, TargetKind]


@cache
def kinds() -> Kinds:
    """Return what pointers point to."""
    path = SCHEMAS / "validation" / "reference-kinds.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Kinds(_read(data["elements"]), _read(data["attributes"]))


def _read(data: Mapping[str, Any]) -> Mapping[str, TargetKind]:
    return {
        name: TargetKind(kind["kind"], frozenset(kind["targets"])) for name, kind in data.items()
    }
