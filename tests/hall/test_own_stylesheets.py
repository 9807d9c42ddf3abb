"""Which folder of stylesheets is the edition's own is certain, and what has no effect is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.edition import Edition, load_edition
from toolkit.pipeline.build import publish_edition
from toolkit.pipeline.running import Options
from toolkit.pipeline.stylesheets import own_stylesheets, stylesheets_without_effect
from toolkit.resources import XSLT

IMPORT = '<xsl:import href="toolkit:html.xsl"/>'


def edition_with(folder: Path, *files: tuple[str, str], settings: str = "") -> Edition:
    (folder / "edition.toml").write_text(f'title = "E"\nlanguage = "en"\n{settings}\n', "utf-8")
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return load_edition(folder)


@pytest.mark.parametrize(
    "file",
    [
        ("xslt/html.xsl", IMPORT),
        ("xslt/print.typ", "#let page-mark() = [|]"),
        ("xslt/assets/edition.css", "p {}"),
        ("xslt/fonts/our.ttf", ""),
    ],
    ids=lambda file: file[0],
)
def test_a_folder_that_changes_the_toolkits_stylesheets_is_the_editions_own(
    file: tuple[str, str], tmp_path: Path
) -> None:
    edition = edition_with(tmp_path, file)
    assert own_stylesheets(edition) == tmp_path / "xslt"
    assert stylesheets_without_effect(edition) == ()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([("xslt/tei2html.xsl", "<x/>"), ("xslt/assets/a.css", "")], "it has no html.xsl"),
        ([("xslt/html.xsl", "<x/>"), ("xslt/assets/edition.css", "")], "its html.xsl imports no"),
    ],
)
def test_a_folder_of_another_program_is_not_used_and_told(
    files: list[tuple[str, str]], reason: str, tmp_path: Path
) -> None:
    edition = edition_with(tmp_path, *files)
    assert own_stylesheets(edition) is None
    (found,) = stylesheets_without_effect(edition)
    assert (found.code, found.file) == ("E106", str(tmp_path / "xslt"))
    assert reason in found.message
    assert 'stylesheets = "xslt"' in found.hint


def test_a_checkout_of_the_toolkit_has_no_stylesheets_of_its_own(tmp_path: Path) -> None:
    copied = [(f"xslt/{n}", (XSLT / n).read_text()) for n in ("html.xsl", "assets/edition.css")]
    assert own_stylesheets(edition_with(tmp_path, *copied)) is None


def test_a_folder_that_is_named_is_the_editions_own_whatever_is_in_it(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, ("design/html.xsl", "<x/>"), settings='stylesheets = "design"')
    assert own_stylesheets(edition) == tmp_path / "design"


def test_files_without_effect_are_told_with_what_they_may_be_meant_for(tmp_path: Path) -> None:
    edition = edition_with(
        tmp_path,
        ("xslt/html.xsl", f'{IMPORT}<xsl:include href="parts/names.xsl"/>'),
        ("xslt/parts/names.xsl", "<x/>"),
        ("xslt/htlm.xsl", "<x/>"),
        ("xslt/edition.css", ""),
        ("xslt/Runes.ttf", ""),
        ("xslt/prnt.typ", ""),
    )
    found = {Path(each.file).name: each for each in stylesheets_without_effect(edition)}
    assert {each.code for each in found.values()} == {"E107"}
    assert found.keys() == {"htlm.xsl", "edition.css", "Runes.ttf", "prnt.typ"}
    assert "Did you mean html.xsl?" in found["htlm.xsl"].hint
    assert "Did you mean print.typ?" in found["prnt.typ"].hint
    assert "“assets”" in found["edition.css"].hint
    assert "“fonts”" in found["Runes.ttf"].hint


def test_publishing_tells_that_a_folder_is_not_used(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, ("xslt/other.xsl", "<x/>"))
    reports = publish_edition(edition, ("text",), tmp_path / "output", Options(jobs=1))
    assert [d.code for report in reports for d in report.diagnostics] == ["E106"]
