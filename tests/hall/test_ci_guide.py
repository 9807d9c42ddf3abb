"""What docs/ci.md shows is what the command does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.hall.conftest import Run
from tests.letter import LETTER
from toolkit.diagnostics.formats import names


@pytest.fixture
def guide(repository: Path) -> str:
    return (repository / "docs" / "ci.md").read_text(encoding="utf-8")


def blocks(guide: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", guide)


@pytest.mark.parametrize(("number", "format_"), [(0, "text"), (1, "github")])
def test_the_output_shown_is_real(tei: Run, guide: str, number: int, format_: str) -> None:
    letter = LETTER.replace('ref="#clara"', 'ref="#clra"')
    letter = letter.replace("<p>thank", '<p rendd="indent">thank')
    Path("tei").mkdir()
    Path("tei/letter.xml").write_text(letter, encoding="utf-8")
    assert tei("validate", "tei", "--format", format_)[1] == blocks(guide, "text")[number]


def test_the_options_shown_exist(tei: Run, guide: str) -> None:
    code, said, _ = tei("validate", "--help")
    assert code == 0
    shown = {option for block in blocks(guide, "sh") for option in re.findall(r"--[\w-]+", block)}
    assert len(shown) > 6
    assert shown <= set(re.findall(r"--[\w-]+", said))


def test_every_format_is_described(guide: str) -> None:
    for name in names():
        assert f"| `{name}` |" in guide


def test_the_configurations_use_what_there_is(guide: str, repository: Path) -> None:
    action = yaml.safe_load((repository / "action.yml").read_text(encoding="utf-8"))
    hooks = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    pre_commit, workflow, scanning, _gitlab = map(yaml.safe_load, blocks(guide, "yaml"))
    named = {hook["id"] for repo in pre_commit["repos"] for hook in repo["hooks"]}
    assert named == {hook["id"] for hook in hooks}
    for step in (*workflow["jobs"]["tei"]["steps"], *scanning):
        if "tei-toolkit" in step["uses"]:
            assert set(step["with"]) <= set(action["inputs"])
    for name in action["inputs"]:
        assert f"`{name}`" in guide
