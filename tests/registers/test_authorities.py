"""Numbers of authority files are known by their form and their check digit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.tei.authorities import authorities, authority_named, authority_of

RIGHT = [
    ("GND", "118529390"),
    ("GND", "4005728-8"),
    ("GND", "1043833846"),
    ("VIAF", "7399186"),
    ("Wikidata", "Q937"),
    ("GeoNames", "2761369"),
    ("ORCID", "0000-0002-1825-0097"),
    ("ISNI", "0000 0001 2103 2683"),
]


@pytest.mark.parametrize(("name", "number"), RIGHT)
def test_a_right_number_is_right_also_as_an_address(name: str, number: str) -> None:
    authority = authorities()[name]
    assert authority.mistake(number) is None
    address = authority.address + number
    assert authority_of(address) is authority
    assert authority.number(f" {address}/ ") == number


@pytest.mark.parametrize(
    ("name", "number"), [(n, number) for n, number in RIGHT if n in ("GND", "ORCID", "ISNI")]
)
def test_every_digit_mistyped_is_found(name: str, number: str) -> None:
    authority = authorities()[name]
    for at, character in enumerate(number):
        for other in set("0123456789") - {character} if character.isdigit() else ():
            assert authority.mistake(number[:at] + other + number[at + 1 :]), (number, at, other)


@pytest.mark.parametrize(
    ("name", "number"),
    [("GND", "x"), ("VIAF", "007"), ("Wikidata", "937"), ("GeoNames", "Wien"), ("ORCID", "1-2")],
)
def test_a_number_of_the_wrong_form_is_told_with_an_example(name: str, number: str) -> None:
    assert authorities()[name].example in (authorities()[name].mistake(number) or "")


def test_authority_files_are_known_by_the_names_in_use() -> None:
    for said in ("gnd", "GND", "GND-ID", "pnd", "GND_URI"):
        assert authority_named(said) is authorities()["GND"], said
    assert all(authority_named(name) is each for name, each in authorities().items())
    assert authority_named("URL") is None
    assert authority_named("") is None


def test_the_examples_are_right() -> None:
    for authority in authorities().values():
        assert authority.mistake(authority.example) is None


def test_numbers_in_published_editions_are_right(data_folder: Path) -> None:
    found: set[str] = set()
    for path in (data_folder / "corpora").rglob("*.xml"):
        text = path.read_text(encoding="utf-8", errors="replace")
        found.update(re.findall(r"https?://d-nb\.info/gnd/[\dX-]+", text))
    wrong = [a for a in found if (of := authority_of(a)) and of.mistake(of.number(a))]
    assert len(found) > 20
    assert wrong == []
