"""The shorter forms of a name that a register writes in full.

A register has “Ischl, Bad” or “Bad Ischl”, “Hofmannsthal, Hugo von” or “Weißenbach am Attersee”; a
letter has “Ischl”, “H. v. Hofmannsthal” and “Weißenbach”. Words that such names are made of are
data (schemas/annotation/variants.json).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Literal

from toolkit.annotate.place_names import other_names
from toolkit.annotate.titles import (
    without_offices_after,
    without_titles_beside,
    without_words_before,
)
from toolkit.resources import SCHEMAS
from toolkit.tei.names import tei
from toolkit.tei.registers import text_of

if TYPE_CHECKING:
    from lxml import etree

Sort = Literal[
    "full",
    "initials",
    "variant",
    "short",
    "surname",
    "part",
    "bare",
    "lettered",
    "forename",
    "nickname",
]

SORTS: tuple[Sort, ...] = (
    "full",
    "initials",
    "variant",
    "short",
    "surname",
    "part",
    "bare",
    "lettered",
    "forename",
    "nickname",
)
"""The sorts of forms, the surest first."""

_ADJECTIVE = re.compile(r"([A-ZÄÖÜ][a-zäöüß]{2,})e[rs]?")
_QUALIFIED = re.compile(r"^(?P<name>[^(\[]*[^(\[\s])\s*[(\[](?P<qualifier>[^()\[\]]+)[)\]]\s*$")
_NO_NAME = re.compile(r"\d|^[^A-ZÀ-ÖØ-ÞĀ-ŽА-Я]")
_DISTRICT = re.compile(r"(?P<number>[IVX]+)\.,? \D+")


@dataclass(frozen=True)
class Variants:
    """Which forms of the names of persons are found that the register does not write."""

    surnames: bool = True
    forenames: bool = True
    initials: bool = True

    @classmethod
    def of(cls, names: Collection[str]) -> Variants:
        """Return the variants with these names."""
        return cls(**{each.name: each.name in names for each in fields(cls)})


@dataclass(frozen=True)
class RegisterWords:
    """Words that names in registers are made of.

    ``epithets`` may be left out of the name of a place (Bad Ischl); ``inflected_in_e`` are the ends
    of German names that have -es and -e; ``kinds`` say what it is (Hotel
    Post); after ``relations`` follows where it lies (Weißenbach am Attersee); ``articles`` may
    stand before the name of a thing; ``particles`` are parts of surnames; ``sexes`` gives for ``f``
    and ``m`` the words of registers; ``short_forenames`` says how who has a forename is called too
    (Fritz for Friedrich).
    """

    epithets: frozenset[str]
    inflected_in_e: tuple[str, ...]
    kinds: frozenset[str]
    relations: tuple[str, ...]
    articles: frozenset[str]
    particles: frozenset[str]
    sexes: Mapping[str, frozenset[str]]
    short_forenames: Mapping[str, tuple[str, ...]]


@cache
def register_words() -> RegisterWords:
    """Return the words that names in registers are made of."""
    data = json.loads((SCHEMAS / "annotation" / "variants.json").read_text(encoding="utf-8"))
    return RegisterWords(
        frozenset(data["epithets"]),
        tuple(data["inflected_in_e"]),
        frozenset(data["kinds"]),
        tuple(f" {relation} " for relation in data["relations"]),
        frozenset(data["articles"]),
        frozenset(data["particles"]),
        {sex: frozenset(words) for sex, words in data["sexes"].items()},
        _merged(data["short_forenames"].values()),
    )


def _merged(languages: Iterable[Mapping[str, list[str]]]) -> Mapping[str, tuple[str, ...]]:
    """Return the short forenames of all languages together."""
    found: dict[str, list[str]] = {}
    for names in languages:
        for name, others in names.items():
            found.setdefault(name, []).extend(others)
    return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}


def full_forms(name: etree._Element, kind: str) -> Iterator[str]:
    """Yield the forms that a name element stands for: itself, and not inverted."""
    text = text_of(name)
    if text:
        yield text
    if kind != "person":
        yield from _with_weak_adjectives(text)
        if text.lower().endswith(register_words().inflected_in_e):
            yield from (f"{text}es", f"{text}e")
        return
    surname = [text_of(part) for part in name.iter(tei("surname"))]
    forename = [text_of(part) for part in name.iter(tei("forename"))]
    link = [text_of(part) for part in name.iter(tei("nameLink"))]
    if surname and forename:
        upright = " ".join([*forename, *link, *surname])
        yield upright
    else:
        upright = yield from _not_inverted(text)
    untitled = without_words_before(upright.split())
    if len(untitled) > 1:
        yield " ".join(untitled)


def _with_weak_adjectives(text: str) -> Iterator[str]:
    """Yield a German name with its adjectives as they are behind an article.

    In a sentence the “Neue Freie Presse” is “der Neuen Freien Presse”, and “Deutsches Volkstheater”
    “das Deutsche Volkstheater”.
    """
    words = text.split()
    most = len(words) - 1
    count = next((n for n in range(most) if not _ADJECTIVE.fullmatch(words[n])), most)
    if count < 1 or not words[count][:1].isupper():
        return
    for ending in ("en", "e"):
        inflected = [_ADJECTIVE.sub(rf"\1{ending}", word) for word in words[:count]]
        if inflected != words[:count]:
            yield " ".join((*inflected, *words[count:]))


def _not_inverted(text: str) -> Generator[str, None, str]:
    """Yield the name of a person with the forenames before it, and return its shortest form."""
    plain = without_offices_after(text)
    for spelling in dict.fromkeys((text, plain)):
        if spelling.count(",") == 1:
            last, first = (part.strip() for part in spelling.split(","))
            if last and first:
                plain = f"{first} {last}"
                yield plain
        elif " " in spelling:
            yield spelling
    return plain


def shorter_forms(name: etree._Element, kind: str, wanted: Variants) -> Iterator[tuple[str, Sort]]:
    """Yield the shorter forms of a name, with their sort."""
    if kind == "person":
        yield from _of_person(name, wanted)
    else:
        yield from _of_district(name)
        yield from _of_thing(text_of(name))
        if kind == "place":
            qualified = _QUALIFIED.match(text_of(name))
            known = qualified["name"] if qualified else text_of(name)
            yield from ((other, "variant") for other in other_names(known))


def forenames_of(name: etree._Element) -> tuple[str, ...]:
    """Return the words of the forenames in the name of a person."""
    return _parts_of_person(name)[0]


def _parts_of_person(name: etree._Element) -> tuple[tuple[str, ...], str, str]:
    """Return the forenames, the link (“von”) and the surname in the name of a person."""
    surname = " ".join(text_of(part) for part in name.iter(tei("surname")))
    link = " ".join(text_of(part) for part in name.iter(tei("nameLink")))
    forenames = " ".join(text_of(part) for part in name.iter(tei("forename"))).split()
    written = "" if surname else text_of(name)
    text = without_offices_after(written) if "," in written else written
    if not surname and text.count(",") == 1:
        surname, _, first = (part.strip() for part in text.partition(","))
        forenames = first.split()
    particles: list[str] = []
    # Registers put the link of a name behind the forenames too.
    while not link and forenames and forenames[-1] in register_words().particles:
        particles.insert(0, forenames.pop())
    if not surname and "," in written and " " not in text:
        surname = text
    words = surname.split()
    # Tables write the link of a name before the surname (“von Talman”).
    while not link and len(words) > 1 and words[0] in register_words().particles:
        particles.append(words.pop(0))
        surname = " ".join(words)
    return without_titles_beside(forenames), link or " ".join(particles), surname


def _of_person(name: etree._Element, wanted: Variants) -> Iterator[tuple[str, Sort]]:
    forenames, link, surname = _parts_of_person(name)
    if not (surname and forenames):
        if surname and wanted.surnames:
            yield surname, "surname"
        return
    linked = (f"{link} {surname}", surname) if link else (surname,)
    if wanted.initials:
        yield from ((text, "initials") for text in _with_initials(forenames, linked))
    if wanted.surnames:
        yield from ((text, "surname") for text in reversed(linked))
        parts = surname.split("-")
        yield from ((part, "part") for part in (parts if len(parts) > 1 else ()) if len(part) > 1)
    if wanted.forenames and forenames[0][:1].isupper():
        yield " ".join(forenames), "forename"
        yield forenames[0], "forename"
        if wanted.initials and surname[:1].isupper():
            yield f"{forenames[0]} {surname[0]}.", "lettered"
        for short in register_words().short_forenames.get(forenames[0], ()):
            yield from ((f"{short} {name}", "variant") for name in linked)
            yield short, "nickname"


def _with_initials(forenames: Sequence[str], surnames: Sequence[str]) -> Iterator[str]:
    """Yield a name with its forenames shortened, and with the first of them only."""
    if not all(name[:1].isupper() for name in forenames):
        return
    first, *others = forenames
    letters = [f"{name[0]}." for name in forenames]
    for surname in surnames:
        yield f"{first} {surname}"
        yield f"{letters[0]} {surname}"
        if others:
            yield " ".join((first, *letters[1:], surname))
            yield " ".join((*letters, surname))
            yield " ".join((*(name[0] for name in forenames), surname))


def _of_district(name: etree._Element) -> Iterator[tuple[str, Sort]]:
    """Yield a numbered district by the town that the entry says it lies in (“Wien XVIII”)."""
    district, entry = _DISTRICT.fullmatch(text_of(name)), name.getparent()
    if district is None or entry is None:
        return
    for location in entry.iterchildren(tei("location")):
        for town in location.iter(tei("placeName"), tei("settlement")):
            if within := text_of(town):
                yield from ((f"{within}{sign} {district['number']}", "short") for sign in ("", ","))


def _of_thing(text: str) -> Iterator[tuple[str, Sort]]:
    """Yield the shorter forms of the name of a place or an organisation."""
    words = register_words()
    qualified = _QUALIFIED.match(text)
    if qualified:
        text = qualified["name"]
        yield text, "short"
        within = qualified["qualifier"]
        if " " in within and not _NO_NAME.search(within):
            yield within, "short"
    before, comma, _ = text.partition(",")
    if comma and not _DISTRICT.fullmatch(text):
        text = before
        yield text, "short"
    for relation in words.relations:
        near, found, _ = text.partition(relation)
        if found and not _NO_NAME.search(near):
            text = near
            yield text, "short"
    first, _, rest = text.partition(" ")
    if not rest or _NO_NAME.search(rest):
        return
    if first in words.epithets:
        yield rest, "short"
    elif first in words.articles:
        yield rest, "short" if " " in rest else "bare"
    elif first in words.kinds:
        yield rest, "bare"
    else:
        but_last, _, last = text.rpartition(" ")
        if last in words.kinds:
            yield but_last, "bare"
