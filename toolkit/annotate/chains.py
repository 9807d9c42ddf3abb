"""Chains of places: “Fridau, 3200 Obergrafendorf, N. Ö.”, “Mixnitz bei Frohnleiten”.

A place is told by the places that it lies in or near. Some editors tag such a chain as one place,
the first of them; others tag each place. What stands between two places says which chains these
are: the words before a second place are data (schemas/annotation/addresses.json).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from toolkit.annotate.addresses import Part, folded, near_words, parts_after

_LONGEST_LINK = 24
_MOST_WORDS = 4
_WORD = re.compile(r"[^\W\d_][\w'’´-]*")


@dataclass(frozen=True, slots=True)
class Link:
    """What links two places: the end of a ``line`` or a ``space``, and ``words`` for all of it."""

    sort: str
    words: str


@cache
def _link() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(near_words()))
    letters = r"[A-ZÄÖÜ]\s?\.[\s-]?"
    return re.compile(
        rf"(?P<signs>[\s,.()]*)(?P<abbreviation>(?:{letters})+(?:[A-ZÄÖÜ]\b\.?)?[\s,]+)?"
        r"(?P<postcode>(?:[A-Z]{1,2}-)?\d{4,5}\s+)?"
        rf"(?P<near>(?i:{words})(?!\w)\.?\s+)?"
    )


def link_between(text: str, end: int, start: int) -> Link | None:
    """Return what links two places of a chain, from ``end`` to ``start``; None if nothing does."""
    between = text[end:start]
    link = " ".join(between.split())
    if start <= end or len(link) > _LONGEST_LINK:
        return None
    found = _link().fullmatch(f" {link} ")
    if found is None:
        return None
    told = [name for name in ("abbreviation", "postcode", "near") if found[name]]
    if "," in found["signs"]:
        told.append("comma")
    sort = "line" if "\n" in between else "space"
    return Link(sort, " ".join((sort, *told)))


def places_within(text: str, start: int, end: int, places: Collection[str]) -> list[Part]:
    """Return the names of ``places``, ``folded``, in a part of a text that is longer than each."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    found: list[Part] = []
    at = 0
    while at < len(words):
        for many in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            first, last = words[at][0], words[at + many - 1][1]
            if last - first < end - start and folded(text[first:last]) in places:
                found.append(Part(first, last, "place"))
                at += many
                break
        else:
            at += 1
    return found


def links_of(text: str, chain: Sequence[Part]) -> Iterator[Link]:
    """Yield the links between places that follow one another."""
    for one, other in pairwise(chain):
        link = link_between(text, one.end, other.start)
        if link is not None:
            yield link


def rest_of(text: str, end: int) -> Iterator[Part]:
    """Yield the parts behind a chain that may belong to it (a postcode, an abbreviation)."""
    for part in parts_after(text, end):
        if part.sort not in ("abbreviation", "postcode"):
            return
        yield part
