"""Names and lists as an editor reads them, and what a misspelt name was meant to be."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from toolkit.resources import SCHEMAS
from toolkit.tei.names import TEI_NAMESPACE, XML_NAMESPACE, local_name

if TYPE_CHECKING:
    from lxml import etree

_SHOWN = 8
_AS_NEAR = 0.75
_AS_NEAR_IN_LETTERS = 0.6
_ONE_SLIP = 0.8
_CLEARLY = 0.05
_LONGEST_SLIP = 6
_DOUBLED = re.compile(r"(\w)\1")
_DOUBLED_OR_NOT = 0.9


def tag(name: str) -> str:
    """Return an element's name as a tag in backquotes."""
    return f"`<{local_name(name)}>`"


def attribute(name: str, element: etree._Element | None = None) -> str:
    """Return an attribute's name as it is written: with a prefix if it is in a namespace."""
    if name.startswith(f"{{{XML_NAMESPACE}}}"):
        return f"xml:{local_name(name)}"
    uri = namespace(name)
    if uri and element is not None:
        prefix = next((p for p, known in element.nsmap.items() if p and known == uri), None)
        return f"{prefix}:{local_name(name)}" if prefix else local_name(name)
    return local_name(name)


def namespace(name: str) -> str:
    """Return the namespace of a name in Clark notation."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def tags(names: Iterable[str], conjunction: str = "or", shown: int = _SHOWN) -> str:
    """Return elements as a list in words: ``<a>``, ``<b>`` or ``<c>``."""
    return listed([tag(name) for name in names], conjunction, shown)


def listed(items: Sequence[str], conjunction: str = "or", shown: int = _SHOWN) -> str:
    """Return a list in words; a long one is cut and its length told."""
    items = list(dict.fromkeys(items))
    if len(items) > shown:
        return f"{', '.join(items[: shown - 1])} … ({len(items)} in all)"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def nearest(written: str, *candidates: Iterable[str]) -> str | None:
    """Return the candidate that ``written`` was probably meant to be, or None.

    Earlier groups of candidates are preferred where both have one as near.
    """
    local = local_name(written)
    best: tuple[float, str] | None = None
    for group in candidates:
        for full in group:
            near = likeness(local, local_name(full))
            if near >= _AS_NEAR and (best is None or near > best[0] + _CLEARLY):
                best = near, full
    return best[1] if best else None


def as_near(written: str, near: str, candidates: Iterable[str]) -> list[str]:
    """Return ``near``, and those of ``candidates`` that ``written`` is not clearly less like."""
    local = local_name(written)
    bound = likeness(local, local_name(near)) - _CLEARLY
    return [near, *(full for full in candidates if likeness(local, local_name(full)) >= bound)]


@lru_cache(maxsize=1 << 14)
def likeness(written: str, name: str) -> float:
    """Return how like two names are, from 0 to 1; a slip of one key counts as very like."""
    written, name = written.lower(), name.lower()
    if written == name:
        return 1.0
    if _DOUBLED.sub(r"\1", written) == _DOUBLED.sub(r"\1", name):
        return _DOUBLED_OR_NOT
    if abs(len(written) - len(name)) > _LONGEST_SLIP:
        return 0.0
    shared = sum((Counter(written) & Counter(name)).values())
    if 2 * shared < _AS_NEAR_IN_LETTERS * (len(written) + len(name)):
        return 0.0
    ratio = difflib.SequenceMatcher(None, written, name, autojunk=False).ratio()
    one_slip = min(len(written), len(name)) > 2 and _is_one_slip(written, name)
    return max(ratio, _ONE_SLIP + ratio / 100) if one_slip else ratio


def _is_one_slip(written: str, name: str) -> bool:
    """Tell whether a letter is left out, put in, exchanged, or changed places with the next."""
    start = 0
    while start < min(len(written), len(name)) and written[start] == name[start]:
        start += 1
    one, other = written[start:], name[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[1::-1] == other[:2] and one[2:] == other[2:])
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and longer[1:] == shorter


def shortened(value: str) -> str:
    """Return a value short enough for a message."""
    return value if len(value) <= 60 else f"{value[:59]}…"


def has_content(element: etree._Element) -> bool:
    """Tell whether an element holds text or elements."""
    return bool((element.text or "").strip()) or len(element) > 0


def is_tei(name: str) -> bool:
    """Tell whether a name is in the namespace of the TEI."""
    return namespace(name) == TEI_NAMESPACE


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
