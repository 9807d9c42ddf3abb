"""Names that annotation leaves open wait for an editor, whose decisions hold from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hall.conftest import Run

TEI = "http://www.tei-c.org/ns/1.0"
REGISTER = f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="{TEI}">
  <teiHeader><fileDesc><titleStmt><title>Persons</title></titleStmt>
    <publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>
  <text><body>
    <listPerson>
      <person xml:id="ann">
        <persName>Ann Ames</persName><persName type="variant">Ames</persName>
      </person>
      <person xml:id="bob">
        <persName>Bob Ames</persName><persName type="variant">Ames</persName>
      </person>
    </listPerson>
  </body></text>
</TEI>
"""
LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt>
    <publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>
  <text><body><p>{}</p></body></text>
</TEI>
"""


@pytest.fixture
def edition(tei: Run, tmp_path: Path) -> Path:
    del tei  # which makes the folder the current one
    (tmp_path / "edition.toml").write_text('title = "T"\nlanguage = "en"\n', encoding="utf-8")
    (tmp_path / "tei" / "registers").mkdir(parents=True)
    (tmp_path / "tei" / "registers" / "persons.xml").write_text(REGISTER, encoding="utf-8")
    write(tmp_path, "a", "Today Ames came, and Ames &lt;b&gt; left.")
    write(tmp_path, "b", "We saw Ames.")
    return tmp_path


def write(edition: Path, name: str, text: str) -> None:
    (edition / "tei" / f"{name}.xml").write_text(LETTER.format(text), encoding="utf-8")


def waiting(edition: Path) -> list[tuple[str, int]]:
    said = json.loads((edition / "annotation" / "review.json").read_text(encoding="utf-8"))
    return [(place["document"], place["line"]) for n in said["names"] for place in n["places"]]


def decide(edition: Path, text: str) -> None:
    (edition / "annotation").mkdir(exist_ok=True)
    (edition / "annotation" / "decisions.toml").write_text(text, encoding="utf-8")


def test_names_that_were_not_tagged_are_listed_for_review(tei: Run, edition: Path) -> None:
    code, _out, err = tei("annotate")
    assert code == 0
    assert "1 name waits for an editor, at 3 places: tei review" in err
    assert waiting(edition) == [("tei/a.xml", 5), ("tei/a.xml", 5), ("tei/b.xml", 5)]


def test_what_is_decided_is_done_and_waits_no_more(tei: Run, edition: Path) -> None:
    decide(edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#ann"\n')
    code, _out, err = tei("annotate")
    assert (code, "waits" in err) == (0, False)
    assert (edition / "tei" / "a.xml").read_text("utf-8").count("persons.xml#ann") == 2
    assert waiting(edition) == []


def test_one_document_annotated_anew_leaves_the_others_waiting(tei: Run, edition: Path) -> None:
    tei("annotate")
    write(edition, "b", "Nobody came.")
    assert tei("annotate", "tei/b.xml")[0] == 0
    assert waiting(edition) == [("tei/a.xml", 5), ("tei/a.xml", 5)]
    (edition / "tei" / "a.xml").unlink()
    assert tei("annotate", "tei/b.xml")[0] == 0
    assert waiting(edition) == []


def test_an_edition_without_open_names_gets_no_folder_for_them(tei: Run, edition: Path) -> None:
    for name in ("a", "b"):
        write(edition, name, "Nobody came.")
    assert tei("annotate")[0] == 0
    assert not (edition / "annotation").exists()


def test_a_review_file_that_was_spoilt_is_written_anew(tei: Run, edition: Path) -> None:
    tei("annotate")
    (edition / "annotation" / "review.json").write_text("spoilt", encoding="utf-8")
    assert tei("annotate")[0] == 0
    assert len(waiting(edition)) == 3


def test_with_mistakes_in_the_decisions_nothing_is_annotated(tei: Run, edition: Path) -> None:
    before = (edition / "tei" / "a.xml").read_bytes()
    decide(edition, '[[decision]]\nform = "Ames"\n')
    code, out, _err = tei("annotate")
    assert code == 1
    assert out.count("A013") == 1
    assert "decisions.toml:1:3: error A013" in out
    assert (edition / "tei" / "a.xml").read_bytes() == before


def test_files_without_an_edition_have_decisions_where_it_is_told(
    tei: Run, edition: Path, tmp_path: Path
) -> None:
    (edition / "edition.toml").unlink()
    decide(
        edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#bob"\ndocument = "tei/b.xml"'
    )
    arguments = ("--registers", "tei/registers", "--annotation", "annotation")
    assert tei("annotate", "tei/a.xml", tmp_path / "tei" / "b.xml", *arguments)[0] == 0
    assert "persons.xml#bob" in (edition / "tei" / "b.xml").read_text("utf-8")
    assert waiting(edition) == [("tei/a.xml", 5), ("tei/a.xml", 5)]


def test_uncertain_names_wait_if_that_is_wanted(tei: Run, edition: Path) -> None:
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(REGISTER.replace("Bob Ames", "Bob Berg").replace(">Ames<", ">Amy<", 1))
    write(edition, "a", "Amy came.")
    settings = edition / "edition.toml"
    settings.write_text(settings.read_text() + "[annotate]\nonly-certain = true\n")
    assert tei("annotate", "tei/a.xml")[0] == 0
    said = json.loads((edition / "annotation" / "review.json").read_text(encoding="utf-8"))
    assert [(n["form"], n["reason"]) for n in said["names"]] == [("Amy", "uncertain")]
    settings.write_text(settings.read_text().replace("true", "false"))
    assert tei("annotate", "tei/a.xml")[0] == 0
    assert "persons.xml#ann" in (edition / "tei" / "a.xml").read_text("utf-8")
