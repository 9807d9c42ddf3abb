"""An entry of a register as tables have it, and what kinds of entries there are.

Knowledge is data: ``schemas/register-tables.json``.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.resources import SCHEMAS
from toolkit.tei.identifiers import free_id
from toolkit.tei.names import is_ncname

_LAST_OF_PLANE = 0xFFFF


_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True)
class Kind:
    """A kind of entry.

    ``list``, ``entry`` and ``element`` are the TEI elements of the list, the entry and its names;
    ``file`` and ``title`` are those of a new register; ``fields`` are what a table may say besides
    names, numbers and note; ``type`` is the type of schema.org.
    """

    name: str
    list: str
    entry: str
    element: str
    file: str
    title: str
    fields: frozenset[str]
    type: str
    names: frozenset[str]


@dataclass(frozen=True)
class RegisterEntry:
    """An entry of a register.

    ``numbers`` are pairs of the name of an authority file (or another ``idno/@type``) and the
    number there. Dates are in ISO 8601, or in words where a table has them so. Empty is what is not
    known.
    """

    kind: str
    id: str
    name: str
    surname: str = ""
    forename: str = ""
    variants: tuple[str, ...] = ()
    birth: str = ""
    death: str = ""
    date: str = ""
    author: str = ""
    latitude: str = ""
    longitude: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    file: str = ""


def is_date(said: str) -> bool:
    """Tell whether a text is a day, a month or a year in ISO 8601."""
    match = _DATE.fullmatch(said)
    if match is None:
        return False
    try:
        # The year only tells whether it is a leap year; years before our era count too.
        datetime.date(int(match[1]) % 400 + 2000, int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def is_before(one: str, other: str) -> bool:
    """Tell whether a date in ISO 8601 is surely earlier than another; words are never."""
    dates = _DATE.fullmatch(one), _DATE.fullmatch(other)
    if dates[0] is None or dates[1] is None:
        return False
    last = (int(dates[0][1]), int(dates[0][2] or 12), int(dates[0][3] or 31))
    first = (int(dates[1][1]), int(dates[1][2] or 1), int(dates[1][3] or 1))
    return last < first


@cache
def entry_kinds() -> Mapping[str, Kind]:
    """Return the kinds of entries, by name."""
    return {
        name: Kind(
            name,
            said["list"],
            said["entry"],
            said["name"],
            said["file"],
            said["title"],
            frozenset(said["fields"]),
            said["type"],
            frozenset(said["names"]),
        )
        for name, said in _tables()["kinds"].items()
    }


@cache
def fields() -> Mapping[str, frozenset[str]]:
    """Return the headers, folded, by which each field of an entry is known."""
    return {name: frozenset(headers) for name, headers in _tables()["fields"].items()}


@cache
def particles() -> frozenset[str]:
    """Return the words in small letters that stand in names of persons."""
    return frozenset(_tables()["particles"])


@cache
def no_forenames() -> frozenset[str]:
    """Return what may stand behind the comma of a name and is no forename."""
    return frozenset(_tables()["no_forenames"])


@cache
def ranks() -> frozenset[str]:
    """Return the headers, folded, of names that are those of ranks beside names of persons."""
    return frozenset(_tables()["ranks"])


@cache
def without_field() -> frozenset[str]:
    """Return the headers, folded, for which no field is proposed."""
    return frozenset(_tables()["no_fields"])


def folded(header: str) -> str:
    """Return a header without capitals, spaces and signs."""
    return re.sub(r"[\W_]", "", header.casefold())


def kind_named(name: str) -> Kind | None:
    """Return the kind of entry that a word in a table names."""
    word = name.casefold().strip()
    return next((k for k in entry_kinds().values() if word in k.names), None)


def identifier_for(name: str, kind: str, used: Collection[str]) -> str:
    """Return an ``xml:id`` made of a name: small letters and hyphens, none of the ``used``."""
    letters = "".join(map(_plain, unicodedata.normalize("NFC", name.casefold())))
    made = "-".join(re.findall(r"\w+", letters.replace("_", " ")))[:60].strip("-")
    if not is_ncname(made):
        made = f"{kind}-{made}" if made else kind
    return free_id(made if is_ncname(made) else kind, used)


def _plain(character: str) -> str:
    """Return a Latin letter without its accents; others as they are.

    Beyond the Basic Multilingual Plane only the fifth edition of XML allows letters in names.
    """
    if ord(character) > _LAST_OF_PLANE:
        return " "
    base = unicodedata.normalize("NFKD", character)[:1]
    return base if base.isascii() and base.isalpha() else character


@cache
def _tables() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(
        (SCHEMAS / "register-tables.json").read_text(encoding="utf-8")
    )
    return data
