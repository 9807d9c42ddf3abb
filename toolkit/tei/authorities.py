"""The numbers of authority files (GND, VIAF, Wikidata …): their form and their check digit.

What is known of each authority file is data: ``schemas/identifiers.json``. TEI Guidelines, 14.3
(``idno`` in the entries of registers).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.resources import SCHEMAS

_BEHIND = re.compile("[/?#]")
"""What goes on behind the number: a name, a page, a query."""
_ENDING = re.compile("(?:id|uri|url|link|nr|no|number|nummer|numero|numéro)$")


@dataclass(frozen=True)
class Form:
    """A form of numbers: a pattern, and how its check digit is computed ("" if it has none)."""

    pattern: re.Pattern[str]
    check: str


@dataclass(frozen=True)
class Authority:
    """An authority file.

    ``form`` says in words what its numbers look like; ``address`` and ``ending`` are what stands
    before and behind a number in its URI; ``addresses`` is a pattern of the beginnings of URIs that
    are in use.
    """

    name: str
    names: frozenset[str]
    form: str
    example: str
    forms: tuple[Form, ...]
    address: str
    addresses: re.Pattern[str]
    ending: str = ""

    def number(self, text: str) -> str:
        """Return the number in a text that may be a URI, such as people copy from a browser."""
        plain = " ".join(text.split())
        number = self.addresses.sub("", plain, count=1)
        return number if number == plain else _BEHIND.split(number, maxsplit=1)[0]

    def uri(self, number: str) -> str:
        """Return the URI of a number."""
        return f"{self.address}{number.replace(' ', '')}{self.ending}"

    def mistake(self, number: str) -> str | None:
        """Return what is wrong with a number, in words, or None."""
        for form in self.forms:
            match = form.pattern.fullmatch(number)
            if match is None:
                continue
            if not form.check:
                return None
            digits, given = re.sub(r"\D", "", match[1]), match[2]
            wanted = _CHECKS[form.check](digits)
            return None if wanted == given else f"its check digit should be {wanted}, not {given}"
        return f"a number of {self.name} is {self.form}, such as {self.example}"


@cache
def authorities() -> Mapping[str, Authority]:
    """Return the authority files that are known, by name (schemas/identifiers.json)."""
    data = json.loads((SCHEMAS / "identifiers.json").read_text(encoding="utf-8"))
    return {
        name: Authority(
            name,
            frozenset(said["names"]),
            said["form"],
            said["example"],
            tuple(Form(re.compile(f["pattern"]), f.get("check", "")) for f in said["forms"]),
            said["address"],
            re.compile("|".join(said["addresses"])),
            said.get("ending", ""),
        )
        for name, said in data["authorities"].items()
    }


def authority_named(name: str) -> Authority | None:
    """Return the authority file that ``idno/@type`` or a column of a table names."""
    word = re.sub(r"[\W_]", "", name.casefold())
    return _by_name().get(word) or _by_name().get(_ENDING.sub("", word))


def authority_of(address: str) -> Authority | None:
    """Return the authority file in which a URI lies."""
    return next((each for each in authorities().values() if each.addresses.match(address)), None)


@cache
def _by_name() -> Mapping[str, Authority]:
    return {name: each for each in authorities().values() for name in each.names}


def _weighted(digits: str) -> int:
    return sum(int(d) * weight for weight, d in enumerate(reversed(digits), start=2))


def _iso7064_11_2(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "weighted-11": lambda digits: "0123456789X"[-_weighted(digits) % 11],
    "weighted-sum-11": lambda digits: "0123456789X"[_weighted(digits) % 11],
    "iso7064-11-2": _iso7064_11_2,
}
