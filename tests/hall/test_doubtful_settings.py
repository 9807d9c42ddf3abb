"""What is hardly meant in the settings is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hall.test_idle_settings import edition_in
from toolkit.doubtful_settings import doubtful_settings
from toolkit.edition import load_edition
from toolkit.new_edition import make_edition


def test_what_a_new_edition_leaves_to_be_replaced_is_told_at_its_lines(tmp_path: Path) -> None:
    make_edition(tmp_path)
    lines = (tmp_path / "edition.toml").read_text("utf-8").splitlines()
    told = doubtful_settings(load_edition(tmp_path))
    assert [each.code for each in told] == ["E008", "E008"]
    assert [lines[each.line - 1].split(" = ")[0] for each in told] == [
        "description",
        "name",
    ]


def test_who_has_replaced_it_hears_nothing(tmp_path: Path) -> None:
    settings = 'description = "Letters."\n[[editors]]\nname = "Anna Maier"\n'
    assert doubtful_settings(load_edition(edition_in(tmp_path, settings))) == ()


@pytest.mark.parametrize(("language", "codes"), [("pt-BR", ["E007"]), ("de-AT", []), ("FR", [])])
def test_a_language_without_wording_is_told(
    tmp_path: Path, language: str, codes: list[str]
) -> None:
    file = edition_in(tmp_path, "") / "edition.toml"
    file.write_text(file.read_text("utf-8").replace('"en"', f'"{language}"'), "utf-8")
    assert [each.code for each in doubtful_settings(load_edition(tmp_path))] == codes
