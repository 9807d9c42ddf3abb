"""The calendars of a document's dates, as its header declares them.

See the TEI Guidelines, 2.4.5 Calendar Description and 3.6.4 Dates and Times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from toolkit.annotate.edits import Edit, Order, element_text
from toolkit.annotate.source import Element, Source
from toolkit.dates import DateExpression
from toolkit.dates.calendars import calendar_named

ADDED_ELEMENTS = frozenset({"profileDesc", "calendarDesc", "calendar"})
_STEP = "  "
_GREGORIAN_NAME = "Gregorian calendar"


class CalendarDescription:
    """The calendars that a document declares, and those that it is to declare."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._new: dict[str, str] = {}

    @cached_property
    def _identifiers(self) -> dict[str, Element]:
        identified = self._source.elements_with("xml:id")
        return {element.attributes["xml:id"]: element for element in identified}

    def attributes_of(self, expression: DateExpression) -> dict[str, str]:
        """Return the attributes of a date: also by its own calendar, where that can be declared."""
        attributes = dict(expression.of_element)
        by = expression.by
        if by is None:
            return attributes
        pointers = [self._pointer(identifier) for identifier in by.calendars]
        known = [pointer for pointer in pointers if pointer is not None]
        if len(known) < len(pointers):
            return attributes
        return attributes | {
            "calendar": " ".join(known),
            "when-custom": by.value,
            "datingMethod": known[0],
        }

    def _pointer(self, identifier: str) -> str | None:
        """Return the pointer to a calendar; None if the document cannot declare it."""
        calendar = calendar_named(identifier)
        names = {identifier, *(calendar.also if calendar is not None else ())}
        for known, element in self._identifiers.items():
            if element.name == "calendar" and re.sub(r"[\W_]", "", known.lower()) in {
                re.sub(r"[\W_]", "", name) for name in names
            }:
                return f"#{known}"
        wanted = f"calendar-{identifier}" if identifier in self._identifiers else identifier
        if wanted in self._identifiers or self._holder() is None:
            return None
        self._new[wanted] = _GREGORIAN_NAME if calendar is None else calendar.name
        return f"#{wanted}"

    def _holder(self) -> Element | None:
        """Return the element after whose last child the declaration goes, or the header's part."""
        header = next((e for e in self._source.root.elements() if e.name == "teiHeader"), None)
        if header is None:
            return None
        parts = {part.name: part for part in header.elements() if part.in_source}
        profile = parts.get("profileDesc")
        if profile is not None:
            inside = {part.name: part for part in profile.elements() if part.in_source}
            holder = inside.get("calendarDesc", profile)
            return holder if holder.elements() and holder.elements()[-1].in_source else None
        return parts.get("encodingDesc", parts.get("fileDesc"))

    def edits(self) -> Iterator[Edit]:
        """Yield the insertion that declares the calendars that were asked for."""
        holder = self._holder() if self._new else None
        if holder is None:
            return
        inside = holder.name in ADDED_ELEMENTS
        beside = holder.elements()[-1] if inside else holder
        space = self._source.space_before(beside)
        around = {"calendarDesc": [], "profileDesc": ["calendarDesc"]}.get(
            holder.name, ["profileDesc", "calendarDesc"]
        )
        prefix = self._source.prefix_at(holder)
        text = _written(prefix, space, around, sorted(self._new.items()))
        yield Edit(beside.end, Order.WHOLE, text, adds_text=True)


def _written(prefix: str, space: str, around: list[str], calendars: list[tuple[str, str]]) -> str:
    """Return the calendars within the elements around them, each in a line of its own."""
    if around:
        step = space + _STEP if "\n" in space else ""
        inner = _written(prefix, step, around[1:], calendars)
        return f"{space}<{prefix}{around[0]}>{inner}{space if step else ''}</{prefix}{around[0]}>"
    return "".join(
        f'{space}<{prefix}calendar xml:id="{identifier}">'
        f"{element_text(prefix + 'p', {}, name)}</{prefix}calendar>"
        for identifier, name in calendars
    )
