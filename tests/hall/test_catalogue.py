from __future__ import annotations

import os
from pathlib import Path

from toolkit.catalogue import explain, find, kinds, listing, nearest, page

INTRODUCTION = """# Findings

Everything the toolkit can have to tell you, by code. The codes do not change between releases, so
they can be used in scripts. `tei explain CODE` shows one on the command line, `tei explain` lists
all. This page is made from `schemas/explanations/` and the declarations of the findings."""


def test_every_code_and_every_name_stands_for_one_kind() -> None:
    found = kinds()
    assert len(found) > 30
    assert len({kind.code for kind in found}) == len(found)
    assert len({kind.name for kind in found}) == len(found)


def test_every_kind_says_what_it_means() -> None:
    for kind in kinds():
        assert kind.code[0].isupper(), kind
        assert len(kind.code) == 4, kind
        assert kind.meaning.endswith("."), kind


def test_a_kind_is_found_by_its_code_and_by_its_name() -> None:
    for kind in kinds():
        assert find(kind.code.lower()) == kind
        assert find(kind.name) == kind


def test_a_code_that_is_misspelt_is_suggested() -> None:
    assert nearest("e103x") == "E103"
    assert nearest("unknown-elment") == "unknown-element"
    assert nearest("quite something else") is None


def test_the_codes_of_a_beginning_are_listed() -> None:
    lines = listing("v5").splitlines()
    assert lines == ["V501  dates-reversed", "V502  death-before-birth"]


def test_an_explanation_sends_no_control_characters_to_the_terminal() -> None:
    for kind in kinds():
        assert explain(kind).replace("\n", "").isprintable(), kind


def test_the_documentation_explains_every_kind(repository: Path) -> None:
    file = repository / "docs" / "findings.md"
    if os.environ.get("UPDATE_EXPECTED"):
        file.write_text(f"{INTRODUCTION}\n\n{page()}\n", encoding="utf-8")
    assert file.read_text(encoding="utf-8") == f"{INTRODUCTION}\n\n{page()}\n"
