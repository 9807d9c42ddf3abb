"""What editors use commonly, and what they mean who write another name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.resources import SCHEMAS
from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE, local_name
from toolkit.validate.grammar.words import is_tei


def commonness(name: str) -> int:
    """Return the rank of an element in editors' use: the smaller, the more common."""
    ranks = _usage().ranks
    return ranks.get(local_name(name), len(ranks))


def partners(name: str) -> frozenset[str]:
    """Return the local names of the elements that come in a pair with this one."""
    return _usage().partners.get(local_name(name), frozenset())


def rank_in(parent: str, name: str) -> int:
    """Return the rank of an element among what editors put into ``parent``: small is usual."""
    usual = _usage().contents.get(local_name(parent), ())
    return usual.index(local_name(name)) if local_name(name) in usual else len(usual) + 1


def is_opening(name: str) -> bool:
    """Tell whether an element stands once, at the beginning of what it is in."""
    return local_name(name) in _usage().openings


def is_usual_in(parent: str, name: str) -> bool:
    """Tell whether editors put an element into ``parent`` as a matter of course."""
    return local_name(name) in _usage().contents.get(local_name(parent), ())


@dataclass(frozen=True, slots=True)
class Habit:
    """A TEI element as editors mean it who write another: its name, and what its tag begins with.

    The tag has no angle brackets: ``hi rend="bold"``.
    """

    element: str
    tag: str


def habit(name: str) -> Habit | None:
    """Return the TEI element that one from HTML, DocBook or TEI P4 stands for."""
    meant = _usage().habits.get(local_name(name).lower())
    if meant is None or not is_tei(name):
        return None
    return Habit(f"{{{TEI_NAMESPACE}}}{meant.partition(' ')[0]}", meant)


def habitual_attributes(name: str) -> Sequence[str]:
    """Return the TEI attributes that one from HTML or TEI P4 may stand for, likeliest first."""
    found = _usage().attribute_habits.get(name.lower(), ())
    return [name.replace("xml:", f"{{{XML_NAMESPACE}}}") for name in found]


@dataclass(frozen=True, slots=True)
class _Usage:
    ranks: Mapping[str, int]
    partners: Mapping[str, frozenset[str]]
    contents: Mapping[str, Sequence[str]]
    openings: frozenset[str]
    habits: Mapping[str, str]
    attribute_habits: Mapping[str, Sequence[str]]


@cache
def _usage() -> _Usage:
    path = SCHEMAS / "validation" / "usage.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    pairs: dict[str, frozenset[str]] = {}
    for pair in data["partners"]:
        for name in pair:
            pairs[name] = pairs.get(name, frozenset()) | (frozenset(pair) - {name})
    ranks = {name: rank for rank, name in enumerate(data["common"])}
    return _Usage(
        ranks,
        pairs,
        data["contents"],
        frozenset(data["openings"]),
        data["habits"],
        data["attribute_habits"],
    )


def is_common(name: str) -> bool:
    """Tell whether editors use the element commonly."""
    return local_name(name) in _usage().ranks
