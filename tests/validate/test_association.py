"""Which schema a document is checked against, and what it is told where that is not at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letter import LETTER
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.diagnostics.used_schema import Origin, UsedSchema
from toolkit.tei.parse import open_file, parse
from toolkit.validate import Context, choice, validate

RELAXNG = 'schematypens="http://relaxng.org/ns/structure/1.0"'
SCHEMATRON = 'schematypens="http://purl.oclc.org/dsdl/schematron"'
TEI_ALL = "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"

A_OR_B = "start = element a { text } | element b { text }"
ONLY_B = "start = element b { text }"
RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron">
  <phase id="draft"><active pattern="short"/></phase>
  <pattern id="short"><rule context="/*"><assert test="string-length() lt 9">long</assert></rule>
  </pattern>
  <pattern id="full"><rule context="/*"><assert test="@n">no n</assert></rule></pattern>
</schema>"""


class Folder:
    """A folder with documents and schemas."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.context = Context()

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def validate(self, text: str) -> tuple[tuple[Diagnostic, ...], tuple[UsedSchema, ...]]:
        self.write("tei/a.xml", text)
        document = open_file(self.path / "tei" / "a.xml")
        return validate(document, self.context), choice(document, self.context).used


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    made = Folder(tmp_path)
    made.write("schemas/ab.rnc", A_OR_B)
    made.write("schemas/b.rnc", ONLY_B)
    made.write("schemas/rules.sch", RULES)
    return made


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code for d in found]


@pytest.mark.parametrize(
    "how", [RELAXNG, 'type="application/relax-ng-compact-syntax"', 'type="application/xml"', ""]
)
def test_a_document_is_checked_against_the_schema_it_names(folder: Folder, how: str) -> None:
    model = f'<?xml-model href="../schemas/b.rnc" {how}?>'
    assert folder.validate(f"{model}<b/>")[0] == ()
    found, used = folder.validate(f"{model}<a/>")
    assert codes(found) == ["V101"]
    assert [(u.name, u.origin) for u in used] == [("schemas/b.rnc", Origin.XML_MODEL)]
    assert used[0].version.startswith("sha256 ")


def test_a_document_that_names_none_is_checked_against_the_bundled_one(folder: Folder) -> None:
    found, used = folder.validate(LETTER)
    assert found == ()
    assert [(u.name, u.origin) for u in used] == [("tei", Origin.BUNDLED)]
    assert "4.12.0" in used[0].version


def test_the_choice_of_the_user_goes_before_that_of_the_document(folder: Folder) -> None:
    schema = folder.path / "schemas" / "ab.rnc"
    folder.context = replace(folder.context, schema=schema, origin=Origin.EDITION)
    found, used = folder.validate('<?xml-model href="http://x.org/b.rng"?><a/>')
    assert found == ()
    assert [(u.name, u.origin) for u in used] == [("schemas/ab.rnc", Origin.EDITION)]


def test_every_schema_that_a_document_names_counts(folder: Folder) -> None:
    models = '<?xml-model href="../schemas/ab.rnc"?><?xml-model href="../schemas/b.rnc"?>'
    assert folder.validate(f"{models}<b/>")[0] == ()
    found, used = folder.validate(f"{models}<a/>")
    assert codes(found) == ["V101"]
    assert [u.name for u in used] == ["schemas/ab.rnc", "schemas/b.rnc"]


@pytest.mark.parametrize(("asked", "count"), [("", 2), ("draft", 1), ("ALL", 2)])
def test_the_phase_asked_for_is_checked_where_the_document_names_none(
    folder: Folder, asked: str, count: int
) -> None:
    folder.context = replace(folder.context, phase=asked)
    grammar = f'<?xml-model href="../schemas/ab.rnc" {RELAXNG}?>'
    for phase, expected in (("", count), ('phase="ALL"', 2)):
        model = f'<?xml-model href="../schemas/rules.sch" {SCHEMATRON} {phase}?>'
        found, _ = folder.validate(f"{grammar}{model}<a>much too long</a>")
        assert codes(found) == ["V601"] * expected


def test_a_phase_that_rules_do_not_have_is_told_of(folder: Folder) -> None:
    folder.context = replace(folder.context, phase="final")
    model = f'<?xml-model href="../schemas/rules.sch" {SCHEMATRON}?>'
    with pytest.raises(DiagnosticError, match="the schema has no phase “final”"):
        folder.validate(f"{model}<a>much too long</a>")


def test_rules_are_checked_in_the_phase_that_is_named(folder: Folder) -> None:
    grammar = '<?xml-model href="../schemas/ab.rnc"?>'
    for phase, count in (("", 2), ('phase="draft"', 1), ('phase="ALL"', 2)):
        model = f'<?xml-model href="../schemas/rules.sch" {SCHEMATRON} {phase}?>'
        found, used = folder.validate(f"{grammar}{model}<a>far too long</a>")
        assert codes(found) == ["V601"] * count
        assert [u.language for u in used] == ["RELAX NG", "Schematron"]


def test_rules_that_are_not_wanted_need_not_be_there(folder: Folder) -> None:
    folder.context = replace(folder.context, schematron=False)
    model = f'<?xml-model href="https://x.org/rules.sch" {SCHEMATRON}?>'
    assert folder.validate(f'<?xml-model href="../schemas/ab.rnc"?>{model}<a/>')[0] == ()


@pytest.mark.parametrize(
    "address",
    [
        TEI_ALL,
        TEI_ALL.replace("http:", "https:").replace(".rng", ".rnc"),
        TEI_ALL.replace("release", "Vault/P5/current"),
        "https://www.tei-c.org/Vault/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng",
        "https://vault.tei-c.de/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng",
    ],
)
def test_the_schema_of_the_tei_consortium_is_the_bundled_one(folder: Folder, address: str) -> None:
    models = f'<?xml-model href="{address}" {RELAXNG}?><?xml-model href="{address}" {SCHEMATRON}?>'
    found, used = folder.validate(LETTER.replace("<TEI", f"{models}\n<TEI"))
    assert found == ()
    assert [(u.name, u.address, u.origin) for u in used] == [("tei", address, Origin.XML_MODEL)] * 2


def test_another_version_is_not_the_bundled_one(folder: Folder) -> None:
    address = "https://www.tei-c.org/Vault/P5/4.9.0/xml/tei/custom/schema/relaxng/tei_all.rng"
    found, _ = folder.validate(LETTER.replace("<TEI", f'<?xml-model href="{address}"?>\n<TEI'))
    assert codes(found) == ["V191"]


def test_a_schema_that_is_not_at_hand_is_named_with_the_command_that_fetches_it(
    folder: Folder,
) -> None:
    model = '<?xml-model href="https://x.org/my.rng"?>'
    found, used = folder.validate(LETTER.replace("<TEI", f"{model}\n<TEI"))
    assert [(d.code, d.line, d.column) for d in found] == [("V191", 2, 13)]
    assert "checked against tei (TEI P5 4.12.0)" in found[0].message
    assert "tei schema add https://x.org/my.rng" in found[0].hint
    assert [u.origin for u in used] == [Origin.BUNDLED]


def test_a_schema_file_that_is_missing_is_named_with_its_place(folder: Folder) -> None:
    models = f'<?xml-model href="../schemas/ab.rnc"?>\n<?xml-model href="no.sch" {SCHEMATRON}?>'
    found, _ = folder.validate(f"{models}<a/>")
    assert [(d.code, d.line, d.column) for d in found] == [("V191", 2, 13)]
    assert "no.sch" in found[0].message


@pytest.mark.parametrize(
    ("model", "language"),
    [
        ('href="a.dtd" type="application/xml-dtd"', "DTD"),
        ('href="a.xsd"', "XML Schema"),
        ('href="a" type="application/xml" schematypens="http://www.w3.org/2001/XMLSchema"', "XML"),
        ('href="p5.nvdl" schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"', "NVDL"),
    ],
)
def test_a_schema_in_another_language_is_told_of(folder: Folder, model: str, language: str) -> None:
    found, _ = folder.validate(LETTER.replace("<TEI", f"<?xml-model {model}?>\n<TEI"))
    assert codes(found) == ["V192"]
    assert language in found[0].message


@pytest.mark.parametrize(
    ("model", "column", "word"),
    [
        ('type="application/xml"', 1, "no schema"),
        ('href=""', 1, "no schema"),
        ("href=x.rng", 13, "cannot be read"),
        ('href="x.rng"type="y"', 13, "cannot be read"),
        ('href="x.rng" href="y.rng"', 26, "stands twice"),
        ('href="x.rng" schematypes="y"', 26, "schematypes means nothing"),
        ('href="x.txt"', 13, "language"),
        ('href="x.rng" schematypens="http://x.org/"', 13, "language"),
    ],
)
def test_an_instruction_that_cannot_be_understood_is_told_of_with_its_place(
    folder: Folder, model: str, column: int, word: str
) -> None:
    found, _ = folder.validate(LETTER.replace("<TEI", f"<?xml-model {model}?>\n<TEI"))
    assert [(d.code, d.line, d.column) for d in found] == [("V193", 2, column)]
    assert word in found[0].message


def test_a_command_in_a_hint_can_be_pasted(folder: Folder) -> None:
    model = '<?xml-model href="https://x.org/$(rm -r ~).rng"?>'
    found, _ = folder.validate(LETTER.replace("<TEI", f"{model}\n<TEI"))
    assert "tei schema add 'https://x.org/$(rm -r ~).rng'" in found[0].hint


@given(st.text(st.sampled_from("href=\"'schematypens&#x; \t\n/:%[]é.rng"), max_size=60))
def test_whatever_an_instruction_says_is_understood_or_told_of(said: str) -> None:
    document = parse("a.xml", f"<?xml-model {said}?>\n<a/>".encode())
    found = choice(document, Context())
    assert found.findings or found.used[0].origin == Origin.XML_MODEL
    assert all(d.line >= 1 and d.column >= 1 for d in found.findings)


def test_a_name_that_no_file_can_have_is_told_of(folder: Folder) -> None:
    for name in ("a" * 5000, "a%00", "http://[/", "..", ""):
        found, _ = folder.validate(f'<?xml-model href="{name}.rng" {RELAXNG}?><a/>')
        assert found[0].code == "V191"


def test_references_to_characters_are_resolved(folder: Folder) -> None:
    folder.write("schemas/a&b.rnc", ONLY_B)
    assert folder.validate('<?xml-model href="../schemas/a&amp;b.rnc"?><b/>')[0] == ()
    assert folder.validate('<?xml-model href="../schemas/a&#x26;b.rnc"?><b/>')[0] == ()


def test_only_instructions_before_the_root_element_count(folder: Folder) -> None:
    model = '<?xml-model href="https://x.org/my.rng"?>'
    in_comment = f"<!-- {model} -->"
    in_dtd = f"<!DOCTYPE TEI [{model}]>"
    for before, behind in (("", model), (in_comment, ""), (in_dtd, "")):
        found, _ = folder.validate(LETTER.replace("<TEI", f"{before}\n<TEI") + behind)
        assert found == ()


def test_an_instruction_is_found_behind_a_long_comment(folder: Folder) -> None:
    comment = f"<!-- <TEI> {'ü' * 9000} -->"
    model = '<?xml-model href="https://x.org/my.rng"?>'
    found, _ = folder.validate(LETTER.replace("<TEI", f"{comment}\n{model}\n<TEI"))
    assert [(d.code, d.line, d.column) for d in found] == [("V191", 3, 13)]
