"""What tells an entry of a register from others of its name: years, place, note, identifiers.

Which elements say so is data: ``schemas/registers.json``. TEI Guidelines, chapter 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.tei.authorities import authority_named
from toolkit.tei.names import tei
from toolkit.tei.registers import names_of, register_types, text_of

if TYPE_CHECKING:
    from lxml import etree

_DATES = ("when", "when-iso", "from", "from-iso", "notBefore", "notBefore-iso", "to", "notAfter")
_YEAR = re.compile(r"-?\d{4}")
_LONGEST = 160


def description_of(entry: etree._Element) -> str:
    """Return in a line what tells an entry from others of its name; "" if it says nothing else.

    No part of it is longer than 160 characters.
    """
    named = {text_of(name) for name in names_of(entry)}
    parts = dict.fromkeys(part for part in _parts(entry) if part and part not in named)
    return ", ".join(_shortened(part) for part in parts)


def _parts(entry: etree._Element) -> Iterator[str]:
    born, died = _year(entry.find(tei("birth"))), _year(entry.find(tei("death")))
    yield _life(born, died)
    for name in register_types().described_by:
        for element in entry.iter(tei(name)):
            if _entry_around(element) is entry:
                yield text_of(element)
    around = _entry_around(entry)
    yield text_of(names_of(around)[0]) if around is not None and names_of(around) else ""
    for idno in entry.iterchildren(tei("idno")):
        yield _number(idno)


def _life(born: str, died: str) -> str:
    if born and died:
        return f"{born}-{died}"
    return f"born {born}" if born else f"died {died}" if died else ""


def _entry_around(element: etree._Element) -> etree._Element | None:
    """Return the entry that an element belongs to, or the entry that an entry lies in."""
    entries = {tei(name) for name in register_types().entries}
    return next((each for each in element.iterancestors() if each.tag in entries), None)


def _year(dated: etree._Element | None) -> str:
    """Return the year that an element, or a date in it, says; else its text."""
    if dated is None:
        return ""
    for element in dated.iter():
        for name in _DATES:
            year = _YEAR.match(str(element.get(name, "")))
            if year:
                return year[0]
    return text_of(dated)


def _number(idno: etree._Element) -> str:
    text, type_ = text_of(idno), str(idno.get("type", ""))
    authority = authority_named(type_)
    number = authority.number(text) if authority else text
    return f"{authority.name if authority else type_} {number}".strip() if text else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
