"""Names that a misspelt name may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.validate.relaxng.nameclass import local_of, namespace_of

_MOST_SUGGESTIONS = 3
_LONGEST = 100
_SLIPS = (3, 6, 11)


def similar(name: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates close to ``name``, the closest first, of those the first given.

    The same local name in another namespace comes first, then other capitals, then names that a
    slip of the pen or two tells apart.
    """
    local, namespace = local_of(name), namespace_of(name)
    ranked = []
    for order, candidate in enumerate(dict.fromkeys(candidates)):
        if namespace_of(candidate) == namespace:
            rank = _rank(local, local_of(candidate))
        else:
            rank = 0.25 if local_of(candidate) == local else None
        if rank is not None and candidate != name:
            ranked.append((rank, order, candidate))
    return [candidate for _, _, candidate in sorted(ranked)[:_MOST_SUGGESTIONS]]


def _rank(one: str, other: str) -> float | None:
    one, other, same = one.lower(), other.lower(), one == other
    if one == other:
        return 0.0 if same else 0.5
    longer = max(len(one), len(other))
    allowed = sum([longer >= length for length in _SLIPS])
    # Each slip changes at most two letters of the stock: a cheap test before the dear one.
    if longer > _LONGEST or abs(len(one) - len(other)) > allowed:
        return None
    if len(set(one) ^ set(other)) > 2 * allowed:
        return None
    found = distance(one, other)
    return float(found) if found <= allowed and found < len(one) - 1 else None


def distance(one: str, other: str) -> int:
    """Return the number of letters to change, add, drop or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
