from __future__ import annotations

import os
from pathlib import Path

from toolkit.catalogue import kinds, table

INTRODUCTION = """# Findings

Everything the toolkit can have to tell you, by code. The codes do not change between releases, so
they can be used in scripts. `tei explain CODE` shows one on the command line."""


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


def test_the_documentation_lists_every_kind(repository: Path) -> None:
    page = repository / "docs" / "findings.md"
    if os.environ.get("UPDATE_EXPECTED"):
        page.write_text(f"{INTRODUCTION}\n\n{table()}\n", encoding="utf-8")
    assert table() in page.read_text(encoding="utf-8")
