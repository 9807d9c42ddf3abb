"""The guide to profiles: its worked example is sound and does what the guide says."""

import re
from pathlib import Path

from toolkit.convert import Publication, check, convention_names, convert, load_convention
from toolkit.diagnostics import SourceText


def _guide(repository: Path) -> str:
    return (repository / "docs" / "conventions.md").read_text(encoding="utf-8")


def test_the_worked_example_passes_its_check_and_converts_a_letter(
    repository: Path, tmp_path: Path
) -> None:
    example = re.search(r"```json\n(.*?)```", _guide(repository), re.DOTALL)
    assert example
    own = tmp_path / "merchant.json"
    own.write_text(example[1], encoding="utf-8")
    assert check(own) == ()
    text = (
        "To: Pieter Claesz\n\nThe <<late>> ship from {Rotterdam?} lost #torn# sixty fl. (florins) "
        "of [your] goods.\n\nFarewell, and write soon to me."
    )
    source = SourceText("letter.txt", text)
    conversion = convert(source, load_convention(str(own)), Publication("", ""))
    assert conversion.diagnostics == ()
    assert "<addrLine>To: Pieter Claesz</addrLine>" in conversion.xml
    assert '<persName resp="#toolkit">Pieter Claesz</persName>' in conversion.xml
    assert (
        '<p>The <del rend="strikethrough">late</del> ship from <unclear cert="low">Rotterdam'
        '</unclear> lost <gap reason="torn"/> sixty <choice><abbr>fl.</abbr><expan>florins</expan>'
        "</choice> of <supplied>your</supplied> goods.</p>"
    ) in conversion.xml


def test_the_guide_names_every_profile_that_comes_with_the_toolkit(repository: Path) -> None:
    named = re.findall(r"^\| `([\w-]+)` \|", _guide(repository), re.MULTILINE)
    assert sorted(set(named) & set(convention_names())) == convention_names()
