"""Addresses: streets and numbers of houses, and what editors take into the tag of them.

A register has “Neulinggasse 26”; a letter has “1030 Wien III, Neulingg. 26/14”. That is one place,
told by the street and the number; how much of it is tagged, each edition has its way. Words that
addresses are made of are data (schemas/annotation/addresses.json).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from toolkit.annotate.flows import Flow
from toolkit.annotate.forms import FormMatch
from toolkit.annotate.habits import Habits
from toolkit.annotate.joined import Joined
from toolkit.annotate.kinship import plain
from toolkit.resources import SCHEMAS

_SIGNS = r"(?:\s*[,.;:·()–-]){0,3}\s*"
_WORD = r"[^\W\d_][\w'’´-]*"
_PARTS = (
    ("postcode", r"(?:[A-Z]{1,2}-)?\d{4,5}(?!\d)"),
    ("number", r"\d{1,3}[a-z]?(?:\s?/\s?[\dIVX]+)*(?!\w)"),
    ("roman", r"[IVX]+(?:/\d)?(?!\w)"),
    (
        "abbreviation",
        r"[A-ZÄÖÜ]\s?\.(?:\s?[A-ZÄÖÜ]\s?\.)*(?:\s?[A-ZÄÖÜ])?(?!\w)"
        r"|[A-ZÖ]{2,3}(?:\s?\d)?(?!\w)|[A-Z]\d(?!\w)",
    ),
    ("aside", r"\([^()\n]{2,30}\)"),
    ("word", _WORD),
)
_ENOUGH = 0.5
_MOST_PARTS = 8
_MOST_WORDS = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_TWICE = re.compile(r"(.)\1")
_BEFORE_WORD = re.compile(rf"(?<!\w)({_WORD})\.?([\s-]+)$")
_NAME_AFTER = re.compile(rf"\s+({_WORD})")
_HOUSE = re.compile(r"\d+")
_NAMED_HOUSE = re.compile(rf"({_WORD}(?: {_WORD}){{0,2}}) (\d{{1,3}}[a-z]?)")
_SHORTEST_NAME = 4
_NEAR = 120


@dataclass(frozen=True)
class _Words:
    """The words for streets as patterns, and how each is written usually."""

    street: re.Pattern[str]
    usual: Mapping[str, str]
    closed: tuple[tuple[str, str], ...]
    links: frozenset[str]
    near: frozenset[str]
    saints: frozenset[str]
    ends: frozenset[str]
    after: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _words() -> _Words:
    data = json.loads((SCHEMAS / "annotation" / "addresses.json").read_text(encoding="utf-8"))
    units = "|".join(re.escape(unit) for unit in data["units"])
    near = "|".join(re.escape(word) for word in data["near"])
    words = (("unit", rf"(?:{units})(?!\w)\.?"), ("near", rf"(?i:{near})(?!\w)\.?"))
    parts = "|".join(f"(?P<{sort}>{pattern})" for sort, pattern in (*words, *_PARTS))
    groups = {side: _any_of(data[side]) for side in ("closed", "after", "before")}
    street = "|".join(
        (
            rf"(?P<closed>[^\W\d_][\w-]*(?:{groups['closed']})(?!\w))",
            rf"(?P<after>(?:{groups['after']})(?!\w)\.?)",
            rf"(?P<before>(?:{groups['before']})(?!\w)\.?)",
        )
    )
    return _Words(
        re.compile(rf"(?<![\w'’-])(?:{street})", re.IGNORECASE),
        {
            plain(word): plain(group[0])
            for side in ("after", "before")
            for group in data[side]
            for word in group
        },
        tuple((plain(word), plain(group[0])) for group in data["closed"] for word in group),
        frozenset(data["links"]),
        frozenset(data["near"]),
        frozenset(map(plain, data["saints"])),
        frozenset(map(plain, data["ends"])),
        re.compile(f"{_SIGNS}(?:{parts})"),
        re.compile(rf"(?<![\w'’-])(?:{parts}){_SIGNS}$"),
    )


def near_words() -> frozenset[str]:
    """Return the words between a place and the place that it lies in or near."""
    return _words().near


def _any_of(groups: list[list[str]]) -> str:
    return "|".join(re.escape(word) for group in groups for word in group)


@dataclass(frozen=True, slots=True)
class Street:
    """The name of a street in a text, and the number of the house, if it is said."""

    start: int
    end: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an address beside the street, from ``start`` up to ``end``, and of what sort."""

    start: int
    end: int
    sort: str


def streets_in(text: str, places: Collection[str] = ()) -> Iterator[Street]:
    """Yield the streets in a text; the names of ``places``, ``folded``, are no part of theirs."""
    for match in _words().street.finditer(text):
        start, end = match.span()
        if match["after"]:
            start = _start_of_name(text, start, places)
            if start == match.start() or not match["after"][0].isupper():
                continue
            if plain(match["after"].rstrip(".")) in _words().saints and _NAME_AFTER.match(
                text, end
            ):
                continue
        elif match["before"]:
            end = _end_of_name(text, end)
            if end == match.end():
                continue
        elif not match["closed"][0].isupper():
            continue
        yield Street(start, end, _key(text[start:end]), _number_of(text, start, end))


def _start_of_name(text: str, start: int, places: Collection[str]) -> int:
    for _ in range(_MOST_WORDS):
        word = _BEFORE_WORD.search(text, max(0, start - _NEAR), start)
        if word is None or not word[1][0].isupper() or folded(word[1]) in places:
            break
        start = word.start()
    return start


def _end_of_name(text: str, end: int) -> int:
    for _ in range(_MOST_WORDS):
        word = _NAME_AFTER.match(text, end)
        if word is None:
            break
        if word[1][0].isupper():
            return word.end()
        if _LETTERS.match(word[1]) and word[1] not in _words().links:
            break
        end = word.end()
    return end


def _number_of(text: str, start: int, end: int) -> str:
    """Return the number of the house: beside the street, or with one word between."""
    for parts in (list(parts_after(text, end))[:2], list(parts_before(text, start))[:1]):
        for part in parts:
            if part.sort == "number":
                house = _HOUSE.match(text, part.start)
                return house[0] if house else ""
            if part.sort != "unit":
                break
    return ""


def _key(name: str) -> str:
    """Return the name of a street however it is written."""
    words = [plain(word) for word in re.findall(r"[^\W\d_]+\.?", name)]
    usual = _words().usual
    words = [usual.get(word.rstrip("."), word) for word in words]
    for ending, usually in _words().closed:
        if words[-1].endswith(ending):
            words[-1] = words[-1].removesuffix(ending) + usually
            break
    return _TWICE.sub(r"\1", "".join(word.rstrip(".") for word in words))


def parts_after(text: str, end: int) -> Iterator[Part]:
    """Yield the parts of an address behind a place, the nearest first."""
    for _ in range(_MOST_PARTS):
        match = _words().after.match(text, end, end + _NEAR)
        if match is None or match.lastgroup is None:
            return
        part = _part(match, match.lastgroup)
        if part is None:
            return
        end = part.end
        yield part


def parts_before(text: str, start: int) -> Iterator[Part]:
    """Yield the parts of an address before a place, the nearest first."""
    until = start
    for _ in range(_MOST_PARTS):
        match = _words().before.search(text, max(0, start - _NEAR), start)
        if match is None or match.lastgroup is None:
            return
        part = _part(match, match.lastgroup)
        if part is None or (part.sort == "near" and start == until):
            return  # What is at a street is no part of the address.
        start = part.start
        yield part


def _part(match: re.Match[str], sort: str) -> Part | None:
    if sort == "word" and not match[sort][0].isupper():
        return None
    if plain(match[sort]) in _words().ends:
        return None
    return Part(*match.span(sort), "capital" if sort == "word" else sort)


def parts_beside(
    text: str, street: Street, places: Collection[str]
) -> Iterator[tuple[str, list[Part]]]:
    """Yield what stands beside a street, before and after.

    The names of ``places`` are as ``folded``; each is one part.
    """
    yield "before", list(_with_places(text, list(parts_before(text, street.start)), places))
    yield "after", list(_with_places(text, list(parts_after(text, street.end)), places))


def _with_places(text: str, parts: list[Part], places: Collection[str]) -> Iterator[Part]:
    at = 0
    while at < len(parts):
        for many in range(_MOST_WORDS, 0, -1):
            some = parts[at : at + many]
            start, end = min(part.start for part in some), max(part.end for part in some)
            if folded(text[start:end]) in places:
                yield Part(start, end, "place")
                at += many
                break
        else:
            yield parts[at]
            at += 1


def is_beside_street(text: str, start: int, end: int, book: AddressBook, habits: Habits) -> bool:
    """Tell whether a place stands beside a street and a number whose tag would hold it.

    So it does where editors tag addresses with the town; where this one was not found, the name of
    the town is only a part of it.
    """
    first, until = max(0, start - _NEAR), end + _NEAR
    for street in book.streets_in(text[first:until]):
        if not street.number or (street.start + first < end and start < street.end + first):
            continue
        for side, parts in parts_beside(text[first:until], street, book.places):
            for part in parts:
                if habits.reaches("address", side, "", part.sort) < _ENOUGH:
                    break
                if part.start + first < end and start < part.end + first:
                    return True
    return False


def folded(name: str) -> str:
    """Return the name of a place as it is compared."""
    return plain(" ".join(re.findall(r"\w+", name)))


def farms_of(forms: Iterable[str]) -> frozenset[str]:
    """Return what stands before the number of a house in forms without a street."""
    houses = map(_NAMED_HOUSE.fullmatch, forms)
    return frozenset(
        house[1]
        for house in houses
        if house and len(house[1]) >= _SHORTEST_NAME and next(streets_in(house[0]), None) is None
    )


def places_of(forms: Iterable[str], farms: Collection[str] = ()) -> frozenset[str]:
    """Return the forms of places that are no addresses, as they are compared."""
    book = AddressBook(farms=frozenset(farms))
    return frozenset(folded(form) for form in forms if next(book.streets_in(form), None) is None)


@dataclass(frozen=True)
class AddressBook:
    """The forms of registers that are addresses, by street and number of the house.

    A street without number stands for the only entry with an address there. ``places`` are the
    other names of places, as they are compared; ``farms`` those before the number of a house that
    are no streets (“Hinterholz 6”).
    """

    forms: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    farms: frozenset[str] = frozenset()

    @classmethod
    def of(cls, forms: Iterable[tuple[str, Collection[str], int]]) -> AddressBook:
        """Return the book of forms, each with the keys of its entries and how often it was used."""
        found: dict[tuple[str, str], Counter[str]] = {}
        entries: dict[str, set[str]] = {}
        known = list(forms)
        farms = farms_of(form for form, _, _ in known)
        places = places_of((form for form, _, _ in known), farms)
        without_forms = cls(places=places, farms=farms)
        names_of_farms = frozenset(map(_key, farms))
        for form, keys, times in known:
            street = next(without_forms.streets_in(form), None)
            if street is not None:
                entries.setdefault(street.name, set()).update(keys)
                is_farm = street.name in names_of_farms
                for number in {street.number} if is_farm else {street.number, ""}:
                    found.setdefault((street.name, number), Counter())[form] += times + 1
        return cls(
            {
                (name, number): min(times, key=lambda form: (-times[form], form))
                for (name, number), times in found.items()
                if number or len(entries[name]) == 1
            },
            places,
            farms,
        )

    @cached_property
    def _farm(self) -> re.Pattern[str] | None:
        names = "|".join(map(re.escape, sorted(self.farms, key=lambda name: (-len(name), name))))
        return re.compile(rf"(?<![\w'’-])(?:{names})(?![\w'’-])", re.IGNORECASE) if names else None

    def streets_in(self, text: str) -> Iterator[Street]:
        """Yield the streets in a text, and what stands before the number of a house like one."""
        found = list(streets_in(text, self.places))
        for match in self._farm.finditer(text) if self._farm else ():
            start, end = match.span()
            number = _number_of(text, start, end)
            if number and not any(each.start < end and start < each.end for each in found):
                found.append(Street(start, end, _key(match[0]), number))
        yield from sorted(found, key=lambda each: each.start)

    def form_of(self, street: Street) -> str | None:
        """Return the form for a street with the number of its house, else without."""
        exact = self.forms.get((street.name, street.number))
        return exact if exact is not None else self.forms.get((street.name, ""))


def may_have_addresses(texts: Joined, book: AddressBook) -> frozenset[int]:
    """Return the numbers of the texts that may have known addresses; others have none."""
    return texts.numbers_with(_HOUSE) if book.forms else frozenset()


def addresses_in(
    flow: Flow, book: AddressBook, habits: Habits, fits: Callable[[Flow, int, int], bool]
) -> Iterator[FormMatch]:
    """Yield the known addresses in a text, as far as editors tag them and one element ``fits``."""
    if not book.forms or not _HOUSE.search(flow.text):
        return
    reached = 0
    for street in book.streets_in(flow.text):
        form = book.form_of(street)
        if form is None or street.start < reached:
            continue
        ends, fitting = {"before": street.start, "after": street.end}, (street.start, street.end)
        for side, parts in parts_beside(flow.text, street, book.places):
            for part in parts:
                if habits.reaches("address", side, "", part.sort) < _ENOUGH:
                    break
                if part.sort == "near":
                    continue  # Only what follows it belongs to an address.
                ends[side] = part.start if side == "before" else part.end
                if fits(flow, ends["before"], ends["after"]):
                    fitting = ends["before"], ends["after"]
        start, end = fitting
        if start >= reached and flow.masked.find(1, start, end) < 0:
            yield FormMatch(start, end, form, is_whole=True)
            reached = end
