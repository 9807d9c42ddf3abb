"""The names of a place in other languages and times: Wien is Vienna, Adrianopel is Edirne."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from toolkit.resources import SCHEMAS


def other_names(name: str) -> tuple[str, ...]:
    """Return what a place of this name is called elsewhere (schemas/annotation/place-names.json).

    Of a name that several places have nothing is known.
    """
    return _by_name().get(name, ())


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    path = SCHEMAS / "annotation" / "place-names.json"
    found: dict[str, tuple[str, ...]] = {}
    for names in json.loads(path.read_text(encoding="utf-8"))["places"]:
        for name in names:
            others = tuple(other for other in names if other != name)
            found[name] = () if name in found else others
    return found
