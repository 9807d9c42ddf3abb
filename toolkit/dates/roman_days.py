"""Days counted back from the kalends, nones and ides, as in “III Id. Mart.”."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from dataclasses import replace

from toolkit.dates.partial import PartialDate, months_from

FIXED_DAYS = ("kalends", "nones", "ides")
_DECEMBER = 12
_LATE = frozenset({3, 5, 7, 10})
"""March, May, July and October have their nones on the 7th, their ides on the 15th."""


def fixed_day_in(groups: Mapping[str, str]) -> str | None:
    """Return the name of the fixed day that a match has."""
    return next((name for name in FIXED_DAYS if name in groups), None)


def counted_back(month: PartialDate, fixed: str, count: int) -> PartialDate | None:
    """Return the day that is the ``count``-th before a fixed day, which is itself the first.

    “Kalendis Martiis” has a count of 1, “pridie Kal. Mart.” one of 2. The year goes with the fixed
    day: the eve of the kalends of January 1450 is 31 December 1449. Calendrical handbooks reckon
    so, but some writers mean the year of the day itself (:func:`is_doubtful`).

    Args:
        month: The month of the fixed day, its year known or not.
        fixed: ``kalends``, ``nones`` or ``ides``.
        count: How many days there are, both ends counted.

    Returns:
        None where the count leads to another fixed day; only the month where the day depends on a
        leap year that is not known, and for the sixth day before the kalends of March of a leap
        year, which is two days.
    """
    if month.month is None:
        return None
    late = month.month in _LATE
    if fixed == "nones":
        return _before(month, 7 if late else 5, count, least=2)
    if fixed == "ides":
        return _before(month, 15 if late else 13, count, least=8 if late else 6)
    if count == 1:
        return replace(month, day=1)
    return _before_kalends(month, count)


def _before(month: PartialDate, fixed: int, count: int, least: int) -> PartialDate | None:
    day = fixed - count + 1
    return replace(month, day=day) if least <= day <= fixed else None


def _before_kalends(month: PartialDate, count: int) -> PartialDate | None:
    before = months_from(replace(month, year=month.year or 4), -1)
    if before is None or before.month is None:
        return None
    length = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(before.month, 31)
    day = length + 2 - count
    if before.month == 2 and count <= 6:
        # The leap day is the second sixth before the kalends of March.
        if month.year is None or (count == 6 and isleap(month.year)):
            return PartialDate(month.year, 2)
        day += isleap(month.year)
    ides = 15 if before.month in _LATE else 13
    dated = PartialDate(month.year and before.year, before.month, day)
    return dated if day > ides else None


def is_doubtful(said: Mapping[str, str | None], dated: PartialDate) -> bool:
    """Tell whether the year may be that of a day in December or of the kalends after it."""
    return bool(said.get("kalends") and said.get("year")) and dated.month == _DECEMBER
