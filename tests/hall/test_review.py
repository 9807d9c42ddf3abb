"""Names that annotation leaves open wait for an editor, whose decisions hold from then on."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.hall.conftest import Run
from toolkit.annotate import Candidate, Decisions, OpenName, Reason
from toolkit.resources import SCHEMAS
from toolkit.reviewing.questions import Reach, questions
from toolkit.reviewing.screen import plain
from toolkit.reviewing.session import Session

INTERRUPT = b"\x03"
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


def test_the_tag_of_a_decision_that_was_deleted_is_told(tei: Run, edition: Path) -> None:
    decide(edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#ann"\n')
    assert tei("annotate")[0] == 0
    (edition / "annotation" / "decisions.toml").unlink()
    code, out, _err = tei("annotate")
    assert code == 0
    assert out.count("note A023: “Ames” is tagged as registers/persons.xml#ann") == 2


def test_what_waits_is_kept_while_a_register_cannot_be_read(tei: Run, edition: Path) -> None:
    tei("annotate")
    listed = (edition / "annotation" / "review.json").read_bytes()
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(REGISTER.replace("</listPerson>", ""), encoding="utf-8")
    code, out, err = tei("annotate")
    assert code == 1
    assert "note A022" in out + err
    assert (edition / "annotation" / "review.json").read_bytes() == listed


def test_what_waits_is_listed_at_its_line_in_the_file_as_it_is_then(
    tei: Run, edition: Path
) -> None:
    write(edition, "a", "Ann Ames and Bob Ames\n came.</p><p>And Ames.")
    code, out, _err = tei("annotate")
    assert (code, out) == (0, ""), "what is listed is not told one by one"
    lines = (edition / "tei" / "a.xml").read_text("utf-8").splitlines()
    ((line,),) = [[line for document, line in waiting(edition) if document == "tei/a.xml"]]
    assert "And Ames." in lines[line - 1]


def test_entries_that_waiting_names_may_mean_are_not_said_to_be_unmentioned(
    tei: Run, edition: Path
) -> None:
    tei("annotate")
    assert "V406" not in tei("validate")[1]
    decide(edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#ann"\n')
    tei("annotate")
    assert "the entry “bob” is mentioned in no document" in tei("validate")[1]


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


def test_uncertain_names_wait_unless_they_are_to_be_tagged(tei: Run, edition: Path) -> None:
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(
        REGISTER.replace(">Ann Ames<", "><forename>Ann</forename> <surname>Post</surname><")
    )
    write(edition, "a", "The Post came.")
    assert tei("annotate", "tei/a.xml")[0] == 0
    said = json.loads((edition / "annotation" / "review.json").read_text(encoding="utf-8"))
    assert [(n["form"], n["reason"]) for n in said["names"]] == [("Post", "uncertain")]
    settings = edition / "edition.toml"
    settings.write_text(settings.read_text() + "[annotate]\nonly-certain = false\n")
    assert tei("annotate", "tei/a.xml")[0] == 0
    tagged = '#ann" resp="#toolkit" cert="low">Post<'
    assert tagged in (edition / "tei" / "a.xml").read_text("utf-8")
    assert waiting(edition) == []


def test_without_a_list_each_uncertain_form_is_told(
    tei: Run, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(
        REGISTER.replace(">Ann Ames<", "><forename>Ann</forename> <surname>Post</surname><")
    )
    write(edition, "a", "The Post came, no Post went.")
    arguments = ("annotate", edition / "tei" / "a.xml", "--registers", register.parent)
    assert "A018" not in tei("annotate", "tei/a.xml")[1]
    monkeypatch.chdir(register.parent)  # where no edition is
    assert tei(*arguments)[1].count("A018") == 1
    assert "A018" not in tei(*arguments, "--also-uncertain")[1]


def transcribed(edition: Path, name: str, text: str) -> None:
    """Put a transcription into an edition that publishes plain text only."""
    (edition / "transcriptions").mkdir(exist_ok=True)
    head = f"---\ntitle: {name}\ndate: 1 May 1864\nlanguage: en\n---\n\n"
    (edition / "transcriptions" / f"{name}.txt").write_text(f"{head}{text}\n", encoding="utf-8")
    settings = 'title = "T"\nlanguage = "en"\noutputs = ["text"]\n'
    (edition / "edition.toml").write_text(settings, encoding="utf-8")


def test_a_build_lists_what_waits_and_does_what_was_decided(tei: Run, edition: Path) -> None:
    transcribed(edition, "x", "Then Ames came.")
    transcribed(edition, "y", "Ames and Ann Ames.")
    said = tei("build")[2]
    assert "1 name waits for an editor, at 1 place: tei review" in said
    ((document, line),) = listed = waiting(edition)
    assert "Then Ames came" in (edition / document).read_text("utf-8").splitlines()[line - 1]
    (edition / "annotation" / "review.json").unlink()
    assert "1 name waits" in tei("build")[2]  # though nothing had to be done again
    assert waiting(edition) == listed
    decide(
        edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#bob"\ndocument = "tei/x.xml"'
    )
    said = tei("build")[2]
    assert "wait" not in said
    assert "decided" not in said
    assert "#bob" in (edition / "tei" / "x.xml").read_text("utf-8")
    assert waiting(edition) == []


def test_files_to_learn_from_that_teach_nothing_are_told(tei: Run, edition: Path) -> None:
    assert "nothing is learned" in tei("annotate", "tei/a.xml", "--learn", "tei/b.xml")[2]
    write(edition, "b", '<persName ref="registers/persons.xml#ann">Nan</persName> came.')
    assert "nothing is learned" not in tei("annotate", "tei/a.xml", "--learn", "tei/b.xml")[2]
    (edition / "empty").mkdir()
    code, _out, err = tei("annotate", "tei/a.xml", "--learn", "empty")
    assert (code, "there are no XML files in the folder empty to learn from" in err) == (2, True)


def test_a_build_tells_decisions_that_do_not_hold_and_mistakes_in_them_once(
    tei: Run, edition: Path
) -> None:
    for name in "xy":
        transcribed(edition, name, "Then Ames came.")
    both = '[[decision]]\nform = "Ames"\nentry = "persons.xml#{}"\n'
    decide(edition, both.format("ann") + both.format("bob") + both.format("gone"))
    for _ in range(2):
        out = tei("build")[1]
        assert out.count("A019") == 1
        assert out.count("A014") == 1
    decide(edition, '[[decision]]\nform = "Ames"\n')
    assert tei("build")[1].count("A013") == 1


def test_a_name_decided_for_an_entry_that_is_gone_waits_again(tei: Run, edition: Path) -> None:
    decide(edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#gone"\n')
    said = tei("annotate")[2]
    assert "1 name waits for an editor, at 3 places" in said
    assert "still to be tagged" not in said


@pytest.mark.parametrize("command", ["annotate", "build"])
def test_a_decision_for_a_document_that_is_gone_is_told_once_with_the_nearest_name(
    tei: Run, edition: Path, command: str
) -> None:
    transcribed(edition, "letter-1", "Then Ames came.")
    decide(
        edition,
        '[[decision]]\nform = "Ames"\nentry = "persons.xml#bob"\ndocument = "tei/letter-01.xml"\n',
    )
    for _ in range(2):
        out = tei(command)[1]
        assert out.count("A021") == 1
        assert "annotation/decisions.toml:4:1: warning A021" in out
        assert "Did you mean tei/letter-1.xml?" in out


def test_a_decision_about_a_form_that_is_nowhere_is_told(tei: Run, edition: Path) -> None:
    decide(edition, '[[decision]]\nform = "Amesbury"\nno-name = true\n')
    _code, out, err = tei("annotate")
    assert (out.count("A025"), "2 files annotated" in err) == (1, True)
    assert "annotation/decisions.toml:1:3: note A025" in out
    write(edition, "b", "We met in [Ames]-<lb/>bury.")
    assert "A025" not in tei("annotate")[1]
    (edition / "tei" / "c.xml").write_text("<TEI>", "utf-8")
    write(edition, "b", "Nobody.")
    assert "A025" not in tei("annotate")[1]


@pytest.mark.parametrize("around", ["", 'before = "Nobody saw that we met"\nafter = "at noon."\n'])
def test_a_decision_that_finds_no_place_in_its_document_is_told(
    tei: Run, edition: Path, around: str
) -> None:
    form = "Ames" if around else "Nobody"
    said = f'form = "{form}"\nentry = "persons.xml#bob"\ndocument = "tei/b.xml"\n{around}'
    decide(edition, f"[[decision]]\n{said}")
    out = tei("annotate")[1]
    assert out.count("A021") == 1
    assert "annotation/decisions.toml:1:3: warning A021" in out
    write(edition, "b", "Nobody saw that we met Ames at noon.")
    assert "A021" not in tei("annotate")[1]


def test_a_build_tells_which_tags_edited_files_take_back(tei: Run, edition: Path) -> None:
    transcribed(edition, "x", "Then Ann Ames came.")
    tei("build")
    assert "#ann" in (edition / "tei" / "x.xml").read_text("utf-8")
    bob = '<persName ref="registers/persons.xml#bob">Bob Ames</persName>'
    write(edition, "a", f"{bob} and {'Ann Ames, ' * 12}")
    out = tei("build")[1]
    assert "#ann" not in (edition / "tei" / "x.xml").read_text("utf-8")
    assert "x.xml:1:1: note A020" in out
    assert "“Ann Ames” (1)" in out


def test_a_build_tells_an_impossible_date_at_its_place(tei: Run, edition: Path) -> None:
    transcribed(edition, "x", "Bob Ames came on 31 February 1864.")
    out = tei("build")[1]
    line, column = out.partition("tei/x.xml:")[2].split(":")[:2]
    text = (edition / "tei" / "x.xml").read_text("utf-8").splitlines()[int(line) - 1]
    assert text[int(column) - 1 :].startswith("31 February 1864")


def test_a_build_says_which_edited_files_wait_for_what_was_decided(tei: Run, edition: Path) -> None:
    transcribed(edition, "x", "Then Ames came.")
    tei("build")
    file = edition / "tei" / "x.xml"
    file.write_text(file.read_text("utf-8").replace("Then", "So"), encoding="utf-8")
    assert "1 name waits" in tei("build")[2]
    decide(edition, '[[decision]]\nform = "Ames"\nentry = "persons.xml#bob"')
    said = tei("build")[2]
    assert "what was decided is still to be tagged in tei/x.xml: tei annotate" in said
    assert "#bob" not in file.read_text("utf-8")
    tei("annotate")
    assert "#bob" in file.read_text("utf-8")
    assert "decided" not in tei("build")[2]


@pytest.fixture
def answers(tei: Run, edition: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that annotates, and answers ``tei review`` with lines."""
    tei("annotate")

    def answer(*lines: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        found, out, err = tei("review")
        assert found == code, err
        return out + err

    return answer


def decisions(edition: Path) -> str:
    file = edition / "annotation" / "decisions.toml"
    return file.read_text("utf-8").partition("\n\n")[2] if file.exists() else ""


def test_one_answer_settles_all_places_of_a_form(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    said = answers("1")
    assert "Today >>Ames<< came, and Ames <b> left." in said
    assert "1 answer written. No name is open." in said
    assert decisions(edition) == '[[decision]]\nform = "Ames"\nentry = "persons.xml#ann"\n'
    assert tei("annotate")[0] == 0
    tagged = [(edition / "tei" / f"{name}.xml").read_text("utf-8") for name in "ab"]
    assert [text.count("persons.xml#ann") for text in tagged] == [2, 1]


def test_what_is_never_a_name_is_not_asked_again(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    answers("x")
    write(edition, "a", "Quite another text, with Ames in it.")
    tei("annotate")
    assert waiting(edition) == []
    assert "No name is open (" in answers()
    assert "persons.xml" not in (edition / "tei" / "a.xml").read_text("utf-8")


@pytest.mark.parametrize(("narrower", "asked"), [("d", 2), ("p", 3)])
def test_documents_and_places_can_be_asked_about_one_by_one(
    tei: Run, edition: Path, answers: Callable[..., str], narrower: str, asked: int
) -> None:
    answers(narrower, *["2"] * (asked - 1), "x")
    assert decisions(edition).count("document =") == asked
    assert decisions(edition).count("before =") == (asked if narrower == "p" else 0)
    tei("annotate")
    tagged = [(edition / "tei" / f"{name}.xml").read_text("utf-8") for name in "ab"]
    assert [text.count("persons.xml#bob") for text in tagged] == [2, 0]
    assert waiting(edition) == []


def test_a_new_entry_goes_into_the_register(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    answers("n", "Ames, Carla", "p", "-", "n", "Ames, Carla", "person", "GND=118529390", "A note")
    register = (edition / "tei" / "registers" / "persons.xml").read_text("utf-8")
    assert '<person xml:id="ames-carla">' in register
    assert '<idno type="GND">118529390</idno>' in register
    assert 'entry = "persons.xml#ames-carla"' in decisions(edition)
    tei("annotate")
    assert "persons.xml#ames-carla" in (edition / "tei" / "b.xml").read_text("utf-8")


@pytest.mark.parametrize("typed", ["q", "-", "\x1b", "\x1b[A"])
def test_a_new_entry_can_be_given_up(
    edition: Path, answers: Callable[..., str], typed: str
) -> None:
    before = (edition / "tei" / "registers" / "persons.xml").read_bytes()
    said = answers("n", typed, "n", "Carla Ames", "person", typed, "f", typed, "q")
    assert (edition / "tei" / "registers" / "persons.xml").read_bytes() == before
    assert "answer" not in said.splitlines()[-1]


def test_a_title_that_tells_men_from_women_parts_the_question(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    write(edition, "a", "Mr. Ames came, with Miss\nAmes. Mrs. Ames left, Mr. Ames stayed.")
    (edition / "tei" / "b.xml").unlink()
    tei("annotate")
    said = answers("1", "2")
    assert "Miss Ames / Mrs. Ames, everywhere: 2 places" in said
    assert "Mr. Ames, everywhere: 2 places" in said
    assert "No name is open." in said
    assert "No name is open" in answers()
    tei("annotate")
    after = (edition / "tei" / "a.xml").read_text("utf-8")
    linked = re.findall(r'#(\w+)" resp="#toolkit" cert="high">([^<]+)<', after)
    names = {key: {name.split()[-1] for k, name in linked if k == key} for key, _ in linked}
    assert [key for key, _ in linked] == ["bob", "ann", "ann", "bob"]
    assert names == {"ann": {"Ames"}, "bob": {"Ames"}}
    assert "A025" not in tei("annotate")[1]
    assert (edition / "tei" / "a.xml").read_text("utf-8") == after


def test_a_review_without_an_edition_wants_the_registers(
    tei: Run, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tei("annotate")
    monkeypatch.chdir(edition / "tei")
    (edition / "edition.toml").unlink()
    code, _out, err = tei("review", "--list", "--annotation", "../annotation")
    assert (code, "--registers" in err, "E001" in err) == (2, True, False)
    code, out, _err = tei(
        "review", "--list", "--annotation", "../annotation", "--registers", "registers"
    )
    assert (code, "Ames" in out) == (0, True)


def test_an_entry_that_came_into_the_register_is_offered_though_the_list_is_older(
    edition: Path, answers: Callable[..., str]
) -> None:
    answers("n", "Ames, Carla", "person", "", "")
    # As if the program had ended after the entry was written, before the answer was.
    (edition / "annotation" / "decisions.toml").unlink()
    said = answers("q")
    assert "3  Ames, Carla (person) persons.xml#ames-carla" in said
    answers("3")
    assert 'entry = "persons.xml#ames-carla"' in decisions(edition)
    register = (edition / "tei" / "registers" / "persons.xml").read_text("utf-8")
    assert register.count("Carla") == 1


def test_a_new_entry_with_a_mistake_or_that_is_there_already_is_told(
    edition: Path, answers: Callable[..., str]
) -> None:
    before = (edition / "tei" / "registers" / "persons.xml").read_bytes()
    said = answers("n", "Ames", "cat", "person", "GND=1", "-", "n", "Bob Ames", "", "", "", "1")
    assert "“cat” is none of these" in said
    assert "“1” is no number of GND" in said
    assert "“Bob Ames” is there already" in said
    assert (edition / "tei" / "registers" / "persons.xml").read_bytes() == before
    assert 'entry = "persons.xml#bob"' in decisions(edition)


def in_header(edition: Path, before: str, added: str) -> bytes:
    """Put elements into the header of b.xml; return the file."""
    file = edition / "tei" / "b.xml"
    file.write_text(file.read_text("utf-8").replace(before, before + added), encoding="utf-8")
    return file.read_bytes()


SENT = (
    '<profileDesc><correspDesc><correspAction type="sent">'
    '<persName resp="#toolkit">{}</persName></correspAction></correspDesc></profileDesc>'
)
PLACES = f"""<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Places</title></titleStmt>
  <publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>
  <text><body><listPlace><place xml:id="wien"><placeName>Wien</placeName></place></listPlace></body>
  </text></TEI>"""


def test_who_sends_may_be_a_place_and_its_element_changes_with_the_entry(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    before = in_header(edition, "</fileDesc>", SENT.format("Wien"))
    tei("annotate")
    assert "<correspAction sent> >>Wien<<" in answers("x", "n", "Wien", "place", "", "")
    assert 'entry = "places.xml#wien"' in decisions(edition)
    tei("annotate")
    tagged = (
        '<placeName resp="#toolkit" ref="registers/places.xml#wien" cert="high">Wien</placeName>'
    )
    after = (edition / "tei" / "b.xml").read_text("utf-8")
    assert tagged in after
    tei("annotate")
    assert (edition / "tei" / "b.xml").read_text("utf-8") == after
    tei("annotate", "--remove")
    assert (edition / "tei" / "b.xml").read_bytes() == before


def test_a_register_of_places_alone_says_that_a_sender_is_a_place(tei: Run, edition: Path) -> None:
    before = in_header(edition, "</fileDesc>", SENT.format("Wien"))
    places = edition / "tei" / "registers" / "places.xml"
    places.write_text(PLACES, encoding="utf-8")
    tei("annotate")
    tagged = 'ref="registers/places.xml#wien" cert="medium">Wien</placeName>'
    assert tagged in (edition / "tei" / "b.xml").read_text("utf-8")
    places.write_text(PLACES.replace("wien", "vienna"), encoding="utf-8")
    person = REGISTER.replace(">Ann Ames<", ">Wien<")
    (edition / "tei" / "registers" / "persons.xml").write_text(person, encoding="utf-8")
    (edition / "tei" / "b.xml").write_bytes(before)
    tei("annotate")
    assert '#ann" cert="high">Wien</persName>' in (edition / "tei" / "b.xml").read_text("utf-8")


def test_an_entry_that_cannot_stand_in_the_header_is_refused(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    who = '<respStmt><resp>typed</resp><persName resp="#toolkit">Wien</persName></respStmt>'
    in_header(edition, "</title>", who)
    tei("annotate")
    said = answers("x", "n", "Wien", "place", "n", "Wien", "person", "", "")
    assert "<respStmt> >>Wien<<" in said
    assert "“Wien” stands in a <persName>, which cannot be a place" in said
    assert 'entry = "persons.xml#wien"' in decisions(edition)
    tei("annotate")
    assert 'ref="registers/persons.xml#wien"' in (edition / "tei" / "b.xml").read_text("utf-8")
    assert not (edition / "tei" / "registers" / "places.xml").exists()


def test_undo_takes_back_answers_and_new_entries_byte_for_byte(
    edition: Path, answers: Callable[..., str]
) -> None:
    register = edition / "tei" / "registers" / "persons.xml"
    before = register.read_bytes()
    said = answers("p", "1", "n", "Ames, Carla", "person", "", "", "u", "u", "u", "u", "q")
    assert "the new entry is taken out of" in said
    assert "there is nothing to undo" in said
    assert register.read_bytes() == before
    assert decisions(edition) == ""


def test_answers_are_kept_when_the_editor_quits_and_what_is_put_off_stays_open(
    edition: Path, answers: Callable[..., str]
) -> None:
    said = answers("p", "1", "l", "q")
    assert "1 answer written. 1 name open, at 2 places." in said
    assert decisions(edition).count("[[decision]]") == 1
    said = answers("q")
    assert "[1 of 2] Ames, at this place: 1 place" in said


def test_what_cannot_be_understood_is_told_and_asked_again(
    edition: Path, answers: Callable[..., str]
) -> None:
    said = answers("z", "9", "", "f", "nobody", "f", "bob", "v", "?", "1")
    assert "“z” is none of the keys" in said
    assert "there is no 9" in said
    assert "no entry has “nobody” in a name" in said
    assert 'entry = "persons.xml#bob"' in decisions(edition)


def test_decisions_changed_by_another_program_are_not_written_over(
    tei: Run, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tei("annotate")
    other = '[[decision]]\nform = "Other"\nno-name = true\n'

    def meanwhile() -> str:
        decide(edition, other)
        return "1\n"

    typed = io.StringIO()
    monkeypatch.setattr(typed, "readline", meanwhile)
    monkeypatch.setattr(sys, "stdin", typed)
    code, _out, err = tei("review")
    assert code == 2
    assert "was changed by another program" in err
    assert (edition / "annotation" / "decisions.toml").read_text("utf-8") == other


def test_decisions_for_entries_that_are_gone_are_told_and_kept(
    tei: Run, edition: Path, answers: Callable[..., str]
) -> None:
    decide(edition, '[[decision]]\nform = "Gone"\nentry = "persons.xml#gone"\n')
    assert "no register has this entry" in answers("1")
    assert decisions(edition).count("[[decision]]") == 2
    assert 'entry = "persons.xml#gone"' in decisions(edition)


def test_answers_can_come_from_a_file(tei: Run, edition: Path) -> None:
    tei("annotate")
    (edition / "a.toml").write_text(
        '[[decision]]\nform = "Ames"\nentry = "persons.xml#ann"\ndocument = "tei/b.xml"\n'
        '[[decision]]\nform = "Ames"\nentry = "persons.xml#who"\n',
        encoding="utf-8",
    )
    code, _out, err = tei("review", "--answers", "a.toml")
    assert code == 1
    assert "1 decision taken over; 1 name open, at 2 places." in err
    assert "a.toml:7:1: warning A014" in err
    assert 'document = "tei/b.xml"' in decisions(edition)
    assert tei("review", "--answers", "none.toml")[0] == 2


def test_what_is_open_can_be_listed(tei: Run, edition: Path) -> None:
    tei("annotate")
    _code, out, _err = tei("review", "--list")
    assert "Ames: 3 places in 2 documents; several entries have this form" in out
    assert "0.50 Ann Ames (persons.xml#ann)" in out
    code, out, _err = tei("review", "--list", "--format", "json")
    assert code == 0
    schema = json.loads((SCHEMAS / "review.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(out))
    assert out == (edition / "annotation" / "review.json").read_text("utf-8")


def test_without_a_list_no_name_is_open(tei: Run, edition: Path) -> None:
    code, _out, err = tei("review")
    assert (code, err) == (
        0,
        "No name is open (tei annotate and tei build list those that they leave open).\n",
    )
    assert tei("review", "--list", "--format", "json")[1] == '{\n "names": []\n}\n'
    assert not (edition / "annotation").exists()


def test_wrong_use_is_told(tei: Run, edition: Path) -> None:
    tei("annotate")
    assert tei("review", "--list", "--answers", "x")[0] == 2
    assert tei("review", "--format", "xml")[0] == 2
    (edition / "annotation" / "review.json").write_text("{", encoding="utf-8")
    code, _out, err = tei("review")
    assert (code, "error A015" in err) == (2, True)


def test_no_text_of_a_document_can_command_the_terminal() -> None:
    assert plain("a\x9b31mb\u202ec\u2028\td") == "a 31mb c\u2028 d"


STEPS = st.sampled_from(["answer", "never", "later", "document", "place"])


def name(form: str, document: str, before: str) -> OpenName:
    found = Candidate("r.xml#a", "person", "A", 1.0)
    return OpenName(
        form, Reason.UNCERTAIN, (found,), ("person",), document, 1, before, "after it all"
    )


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=8))
def test_every_step_of_a_session_can_be_undone(steps: list[str]) -> None:
    names = [name(form, d, b) for form in "AB" for d in ("x", "y") for b in ("once", "upon")]
    session = Session(questions(names, Decisions(), ["r.xml#a"]), Decisions())
    do: dict[str, Callable[[], object]] = {
        "answer": lambda: session.answer("r.xml#a"),
        "never": lambda: session.answer(None),
        "later": session.put_off,
        "document": lambda: session.narrow(Reach.DOCUMENT),
        "place": lambda: session.narrow(Reach.PLACE),
    }
    standings = [session.standing]
    for step in steps:
        if session.question is not None:
            do[step]()
        if session.standing is not standings[-1]:
            standings.append(session.standing)
    asked = [place for q in session.standing.questions for place in q.form.places]
    assert not any(session.standing.decisions.holds(p.form, p.place) for p in asked)
    for standing in reversed(standings[:-1]):
        assert session.undo()
        assert session.standing is standing
    assert not session.undo()


def on_a_terminal(edition: Path, typed: Sequence[bytes], term: str) -> tuple[int, str]:
    """Run ``tei review`` on a terminal, type at its prompts; return its exit code and output."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": term, "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "toolkit", "review"]
    with subprocess.Popen(
        command, cwd=edition, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
        start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown, waiting, end = b"", list(typed), time.monotonic() + 20
        while time.monotonic() < end:
            if not select.select([ours], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(ours, 4096)
            except OSError:
                break  # the other side is closed
            shown += part
            if waiting and shown.endswith(b"> "):
                if waiting[0] == INTERRUPT:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(ours, waiting[0])
                del waiting[0]
        process.kill()
        code = process.wait(10)
    os.close(ours)
    return code, shown.decode()


@pytest.mark.parametrize(
    ("typed", "term", "code"),
    [
        ((b"1q",), "xterm", 0),
        ((b"1", INTERRUPT), "xterm", 130),
        ((b"1\n", b"q\n"), "dumb", 0),
    ],
)
def test_keys_need_no_enter_on_a_terminal_and_a_dumb_one_gets_lines_without_colours(
    tei: Run, edition: Path, typed: tuple[bytes, ...], term: str, code: int
) -> None:
    tei("annotate")
    ended, shown = on_a_terminal(edition, typed, term)
    assert ended == code, shown
    said = "What was finished is kept" if code else "1 answer written. No name is open."
    assert said in shown
    assert ("\x1b[" in shown) == (term != "dumb")
    assert "Traceback" not in shown
    assert 'entry = "persons.xml#ann"' in decisions(edition)
