"""What is found in a text: date expressions, and expressions that name no day of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarDate:
    """What an expression says by another calendar than the Gregorian.

    ``calendars`` are those by which the text gives the date, ``value`` is what it is by the first
    of them, from the year to the day (``when-custom``). ``approximate``: the Gregorian day may have
    been the one before or after.
    """

    calendars: tuple[str, ...]
    value: str
    approximate: bool = False


@dataclass(frozen=True)
class DateExpression:
    """A date expression in a text: the characters from ``start`` up to ``end``.

    ``attributes`` are those of the TEI class att.datable.w3c: ``when``, or ``from`` and ``to``, or
    ``notBefore`` and ``notAfter``; and ``evidence="internal"`` where a part of the date was
    inferred from the date of the document.
    """

    start: int
    end: int
    attributes: Mapping[str, str]
    follows_another: bool = False
    """Whether a part of it was inferred from the date named before it (“the same day”)."""
    by: CalendarDate | None = None
    """What it is by its own calendar, if that is another than the Gregorian."""
    is_approximate: bool = False
    """Whether the text says that it is not exact (“about 1930”)."""

    is_doubtful: bool = False
    """Whether the text may mean another date."""
    is_confirmed: bool = False
    """Whether it falls on the day of the week that the text gives."""

    @property
    def of_element(self) -> Mapping[str, str]:
        """The attributes of the element: also ``precision="low"`` where the text is not exact.

        See the TEI Guidelines, att.dimensions.
        """
        return {**self.attributes, **({"precision": "low"} if self.is_approximate else {})}

    @property
    def is_inferred(self) -> bool:
        """Tell whether a part of the date is not in the expression itself."""
        return "evidence" in self.attributes


@dataclass(frozen=True)
class ImpossibleDate:
    """An expression in the form of a date that names no day of the calendar."""

    start: int
    end: int
    text: str
