"""What a user of ``tei schema add``, ``list``, ``export``, ``update``, ``remove`` can rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.hall.conftest import Run
from toolkit.validate.schemas import forget_schemas

SETTINGS = 'title = "A"\nlanguage = "en"\n'


@pytest.fixture(autouse=True)
def files(tei: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Write schemas and documents, and keep the store of the user apart."""
    monkeypatch.setenv("TEI_TOOLKIT_SCHEMAS", str(tmp_path / "of-user"))
    Path("note.rnc").write_text('include "part.rnc"', encoding="utf-8")
    Path("part.rnc").write_text("start = element note { text }", encoding="utf-8")
    Path("a.xml").write_text("<note>x</note>", encoding="utf-8")
    forget_schemas()
    yield
    forget_schemas()


def edition(more: str = "") -> None:
    Path("edition.toml").write_text(SETTINGS + more, encoding="utf-8")


def test_a_schema_is_used_by_its_name(tei: Run) -> None:
    code, out, _ = tei("schema", "add", "note.rnc")
    assert code == 0
    assert out.startswith("note: sha256 ")
    Path("part.rnc").unlink()
    code, _, err = tei("validate", "a.xml", "--schema", "note")
    assert code == 0
    assert "Schema: note, sha256 " in err


def test_an_edition_keeps_its_schemas_with_it(tei: Run, repository: Path) -> None:
    edition()
    tei("schema", "add", "note.rnc")
    listed = json.loads(Path("schemas/schemas.json").read_text(encoding="utf-8"))
    form = json.loads((repository / "schemas" / "store.schema.json").read_text("utf-8"))
    Draft202012Validator(form).validate(listed)
    assert listed["schemas"]["note"]["source"] == "../note.rnc"
    assert not Path("of-user").exists()
    edition('schema = "note"\n')
    code, _, err = tei("validate", "a.xml")
    assert code == 0
    assert "(edition)" in err


def test_other_stores_can_be_named(tei: Run) -> None:
    edition('schemas = "grammars"\n')
    for options, folder in (((), "grammars"), (("--user",), "of-user"), (("--store", "x"), "x")):
        tei("schema", "add", "note.rnc", *options)
        assert Path(folder, "schemas.json").is_file()


def test_a_schema_that_is_there_is_not_added_again(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    code, out, _ = tei("schema", "add", "note.rnc")
    assert code == 0
    assert "tei schema update note" in out
    code, _, err = tei("schema", "add", "part.rnc", "--name", "note")
    assert code == 2
    assert "--name" in err


@pytest.mark.parametrize("name", ["tei", "a/b", "x.rng"])
def test_a_name_that_cannot_be_used_is_refused(tei: Run, name: str) -> None:
    code, _, err = tei("schema", "add", "note.rnc", "--name", name)
    assert code == 2
    assert "--name" in err


def test_a_changed_schema_is_an_error_until_it_is_updated(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    Path("part.rnc").write_text("start = element other { text }", encoding="utf-8")
    Path("of-user/note/part.rnc").write_text("start = element other { text }", encoding="utf-8")
    forget_schemas()
    code, out, _ = tei("validate", "a.xml", "--schema", "note")
    assert code == 1
    assert "error V195" in out
    code, out, _ = tei("schema", "update", "note")
    assert code == 0
    assert out.startswith("note has changed: ")
    code, out, _ = tei("validate", "a.xml", "--schema", "note")
    assert "error V101" in out


def test_what_an_editor_changed_in_the_store_is_not_lost(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    stored, changed = Path("of-user/note/part.rnc"), "start = element other { text }"
    original = stored.read_text(encoding="utf-8")
    stored.write_text(changed, encoding="utf-8")
    forget_schemas()
    code, _, err = tei("schema", "update")
    assert code == 2
    assert "error V195" in err
    assert "tei schema update note --keep" in err
    assert stored.read_text(encoding="utf-8") == changed

    code, out, _ = tei("schema", "update", "note", "--keep")
    assert (code, out[:23]) == (0, "note is pinned as it is")
    assert "error V101" in tei("validate", "a.xml", "--schema", "note")[1]
    assert "keeps what was changed here" in tei("schema", "update")[1]
    assert stored.read_text(encoding="utf-8") == changed

    assert "note has changed" in tei("schema", "update", "--force")[1]
    assert stored.read_text(encoding="utf-8") == original
    forget_schemas()
    assert tei("validate", "a.xml", "--schema", "note")[0] == 0


def test_a_file_that_an_editor_put_beside_a_stored_schema_is_pinned_with_it(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    Path("of-user/note/more.rnc").write_text("start = element more { text }", encoding="utf-8")
    assert tei("schema", "update")[0] == 2
    assert tei("schema", "update", "--keep")[0] == 0
    listed = json.loads(Path("of-user/schemas.json").read_text(encoding="utf-8"))
    paths = [file["path"] for file in listed["schemas"]["note"]["files"]]
    assert paths == ["note/note.rnc", "note/part.rnc", "note/more.rnc"]


def test_one_schema_that_cannot_be_updated_does_not_stop_the_others(tei: Run) -> None:
    for name in ("a", "b", "c"):
        Path(f"{name}.rnc").write_text("start = element a { empty }", encoding="utf-8")
        tei("schema", "add", f"{name}.rnc")
    Path("a.rnc").unlink()
    Path("b.rnc").write_text("start = element b { empty }", encoding="utf-8")
    code, out, err = tei("schema", "update")
    assert code == 2
    assert "error F001" in err
    assert out.startswith("b has changed: ")
    assert "\nc is as it was: " in out


def test_the_list_names_all_schemas(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    _, out, _ = tei("schema", "list")
    assert "tei: TEI P5 4.12.0, RELAX NG\n  comes with the toolkit\n" in out
    assert "note: sha256 " in out
    _, out, _ = tei("schema", "list", "--format", "json")
    listed = {each["name"]: each for each in json.loads(out)}
    assert {"tei", "note"} <= set(listed)
    assert len(listed["note"]["sha256"]) == 64


def test_what_was_removed_is_not_listed(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    code, _, _ = tei("schema", "remove", "note")
    assert code == 0
    _, out, _ = tei("schema", "list")
    assert "note" not in out
    for command in ("remove", "update"):
        code, _, err = tei("schema", command, "note")
        assert code == 2
        assert "no schema note" in err


def test_an_exported_schema_is_the_same_in_one_file(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    code, _, _ = tei("schema", "export", "note", "--output", "note.rng")
    assert code == 0
    code, out, _ = tei("schema", "compare", "note", "note.rng")
    assert code == 0, out
    _, out, _ = tei("schema", "export", "note.rnc")
    assert out == Path("note.rng").read_text(encoding="utf-8")


def test_an_unknown_name_is_told_with_the_one_that_was_meant(tei: Run) -> None:
    tei("schema", "add", "note.rnc")
    for arguments in (("validate", "a.xml", "--schema", "notes"), ("schema", "export", "notes")):
        code, _, err = tei(*arguments)
        assert code == 2
        assert "there is no schema notes; did you mean note?" in err
    edition('schema = "notes"\n')
    code, _, err = tei("validate", "a.xml")
    assert code == 2
    assert "edition.toml:3:10: error E003" in err


def test_catalogs_are_named_by_option_and_by_edition(tei: Run) -> None:
    Path("catalog.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="https://x.org/n.rnc" uri="note.rnc"/><uri name="x"/></catalog>',
        encoding="utf-8",
    )
    Path("b.xml").write_text('<?xml-model href="https://x.org/n.rnc"?><note/>', encoding="utf-8")
    code, out, err = tei("validate", "b.xml", "--catalog", "catalog.xml")
    assert code == 1
    assert "warning V194" in out
    assert "1 file checked; 1 warning." in err
    code, _, err = tei("validate", "b.xml", "--catalog", "absent.xml")
    assert code == 2
    assert "there is no catalog absent.xml" in err
    edition('catalogs = ["catalog.xml"]\n')
    _, out, err = tei("validate", "b.xml", "--ignore", "V194")
    assert "note.rnc, sha256 " in err
    edition('catalogs = ["absent.xml"]\n')
    code, _, err = tei("validate", "b.xml")
    assert code == 2
    assert "edition.toml:3:13: error E003" in err
