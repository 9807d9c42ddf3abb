"""Values of attributes: whether a grammar accepts them, and what it asks for, in words."""

from __future__ import annotations

import calendar
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from toolkit.resources import SCHEMAS
from toolkit.validate.grammar.files import RNG, RNG_NAMESPACE
from toolkit.validate.grammar.words import listed, nearest


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a value has to be: ``is_`` completes “is not …”, ``write`` says how to write it."""

    is_: str
    write: str


class ValuePattern:
    """The pattern of an attribute's value or of data content, ready to check values."""

    def __init__(self, pattern: etree._Element) -> None:
        self._pattern = pattern
        self._engine = _engine(pattern)
        self._verdicts: dict[str, bool] = {}

    def accepts(self, value: str) -> bool:
        """Tell whether ``value`` matches; where the pattern cannot be compiled, it does."""
        if self._engine is None:
            return True
        if value not in self._verdicts:
            element = etree.Element("value")
            element.set("value", value)
            self._verdicts[value] = bool(self._engine.validate(element))
        return self._verdicts[value]

    @property
    def listed_values(self) -> list[str]:
        """The values that the pattern names one by one; the empty one is not told of."""
        values = ((v.text or "").strip() for v in self._pattern.iter(f"{RNG}value"))
        return list(dict.fromkeys(value for value in values if value))

    def wanted(self) -> Wanted:
        """Return what a value has to be."""
        values = self.listed_values
        wanted = self._datatypes()
        several = next(self._pattern.iter(f"{RNG}list"), None) is not None
        write = listed([*values, *(w.write for w in wanted)], shown=40)
        write += ", several separated by spaces" if several else ""
        is_ = [_ONE_OF] if values else [w.is_ for w in wanted]
        return Wanted(listed(is_ or ["a value allowed here"]), write or "another value")

    def _datatypes(self) -> list[Wanted]:
        data = list(self._pattern.iter(f"{RNG}data"))
        types = [node.get("type", "") for node in data]
        known = _words()
        dates = known["dates"]
        wanted: dict[str, Wanted] = {}
        if "date" in types and any(t in dates["types"] for t in types if t != "date"):
            wanted[dates["is"]] = Wanted(dates["is"], dates["write"])
            data = [node for node in data if node.get("type") not in dates["types"]]
        for node in data:
            parameter = node.find(f"{RNG}param[@name='pattern']")
            pattern = parameter.text or "" if parameter is not None else ""
            words = known["patterns"].get(pattern) or known["types"].get(node.get("type", ""))
            if pattern and pattern not in known["patterns"]:
                words = {
                    "is": "in the form asked for",
                    "write": f"what the pattern {pattern} matches",
                }
            if words:
                wanted.setdefault(words["is"], Wanted(words["is"], words["write"]))
        if _ISO_PERIOD in wanted:
            wanted.pop(dates["is"], None)
        return list(wanted.values())

    def meant(self, value: str) -> str | None:
        """Return the value that ``value`` was probably meant to be."""
        near = nearest(value, self.listed_values)
        if near is not None:
            return near
        date = _DAY_FIRST.fullmatch(value.strip())
        if date and self.accepts(meant := f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}"):
            return meant
        for repaired in (value.strip(), value.replace("_", "-"), "-".join(value.split())):
            if repaired and repaired != value and self.accepts(repaired):
                return repaired
        return None


_ONE_OF = "one of the values allowed"
_ISO_PERIOD = "a date or period of ISO 8601"
_NAMESPACES: dict[Any, str] = {None: RNG_NAMESPACE}
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE = re.compile(r"(-?\d{4,})-(\d{2})(?:-(\d{2}))?")


def impossible_date(value: str) -> str:
    """Say why a date that is written right does not exist; "" if that is not the trouble.

    Years count as in XML Schema: the proleptic Gregorian calendar.
    """
    written = _DATE.match(value)
    if not written:
        return ""
    year, month, day = int(written[1]), int(written[2]), int(written[3] or 1)
    if not 1 <= month <= 12:
        return f"there is no month {written[2]}"
    last = 29 if month == 2 and calendar.isleap(abs(year)) else _DAYS[month - 1]
    if not 1 <= day <= last:
        return f"{calendar.month_name[month]} {written[1]} has {last} days"
    return ""


def _engine(pattern: etree._Element) -> etree.RelaxNG | None:
    grammar = etree.Element(f"{RNG}grammar", nsmap=_NAMESPACES)
    start = etree.SubElement(grammar, f"{RNG}start")
    element = etree.SubElement(start, f"{RNG}element", name="value", ns="")
    attribute = etree.SubElement(element, f"{RNG}attribute", name="value", ns="")
    for child in pattern:
        attribute.append(_copy(child))
    try:
        return etree.RelaxNG(grammar)
    except etree.RelaxNGError:
        return None


def _copy(element: etree._Element) -> etree._Element:
    copied: etree._Element = etree.fromstring(etree.tostring(element, with_tail=False))
    return copied


@cache
def _words() -> dict[str, Any]:
    path = SCHEMAS / "validation" / "datatypes.json"
    words: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return words
