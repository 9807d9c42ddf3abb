"""Mistakes of many kinds in several genres: one finding each, placed, with a remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.letter import Findings
from toolkit.validate import Context

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
MISTAKES = tomllib.loads((HERE / "expected" / "further_mistakes.toml").read_text(encoding="utf-8"))[
    "mistake"
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: str(mistake["wrong"])[:40])
def test_a_mistake_is_found_where_it_is_and_a_remedy_is_told(
    findings: Findings, mistake: dict[str, str]
) -> None:
    file = DOCUMENTS / f"{mistake['document']}.xml"
    text = file.read_text(encoding="utf-8")
    assert mistake["right"] in text
    text = text.replace(mistake["right"], mistake["wrong"], 1)
    before, _, behind = text.partition("¦")
    found = findings(before + behind, Context(root=DOCUMENTS), str(file))
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert [(d.code, d.line, d.column) for d in found] == [(mistake["code"], *place)]
    assert found[0].hint == mistake["hint"]
    assert found[0].message


@pytest.mark.parametrize("file", sorted(DOCUMENTS.glob("*.xml")), ids=lambda file: str(file.stem))
def test_nothing_is_found_in_what_is_right(findings: Findings, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert findings(text, Context(root=DOCUMENTS), str(file)) == ()
