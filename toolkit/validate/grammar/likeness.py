"""What a misspelt name was meant to be."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from toolkit.expressions import expression
from toolkit.tei.names import local_name

_AS_NEAR = 0.75
_AS_NEAR_IN_LETTERS = 0.6
_ONE_SLIP = 0.8
_CLEARLY = 0.05
_LONGEST_SLIP = 6
_DOUBLED = expression(r"(\w)\1")
_DOUBLED_OR_NOT = 0.9


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
    if _undoubled(written) == _undoubled(name):
        return _DOUBLED_OR_NOT
    if abs(len(written) - len(name)) > _LONGEST_SLIP:
        return 0.0
    others = _letters(name)
    shared = sum(min(count, others.get(letter, 0)) for letter, count in _letters(written).items())
    if 2 * shared < _AS_NEAR_IN_LETTERS * (len(written) + len(name)):
        return 0.0
    ratio = difflib.SequenceMatcher(None, written, name, autojunk=False).ratio()
    one_slip = min(len(written), len(name)) > 2 and _is_one_slip(written, name)
    return max(ratio, _ONE_SLIP + ratio / 100) if one_slip else ratio


@lru_cache(maxsize=1 << 12)
def _undoubled(name: str) -> str:
    return _DOUBLED.sub(r"\1", name)


@lru_cache(maxsize=1 << 12)
def _letters(name: str) -> Counter[str]:
    return Counter(name)


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
