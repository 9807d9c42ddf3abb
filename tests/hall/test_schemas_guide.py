"""The guide to schemas: its worked example does what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

from tests.hall.conftest import Run
from toolkit.validate.bundled import bundled_schemas


def _blocks(repository: Path, language: str) -> list[str]:
    guide = (repository / "docs" / "schemas.md").read_text(encoding="utf-8")
    section = guide.partition("\n## Comparing two schemas\n")[2].partition("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```", section, re.DOTALL | re.MULTILINE)


def test_the_comparison_of_the_worked_example_is_what_the_command_prints(
    repository: Path, tmp_path: Path, tei: Run
) -> None:
    assert tei("schema", "export", "tei", "--output", "tei.rng")[0] == 0
    (tmp_path / "letters.rnc").write_text(_blocks(repository, "rnc")[0], encoding="utf-8")
    code, out, _ = tei("schema", "compare", "letters.rnc", "tei")
    assert (code, out) == (1, _blocks(repository, "text")[0])


def test_the_guide_names_every_schema_that_comes_with_the_toolkit(repository: Path) -> None:
    guide = (repository / "docs" / "schemas.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([\w-]+)` \|", guide, re.MULTILINE)
    assert set(bundled_schemas()) <= set(named)
