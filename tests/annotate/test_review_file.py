"""Decisions and names that wait for an editor are kept in files that people can read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from tests.annotate.test_annotation import BODIES, PERSONS, TEI, document
from tests.examples import examples
from toolkit.annotate import (
    Decision,
    Decisions,
    OpenName,
    Place,
    Registers,
    annotate,
    by_form,
    decisions_as_toml,
    read_decisions,
    read_registers,
    read_review,
    renewed,
    review_as_json,
)
from toolkit.annotate.annotation import Annotation
from toolkit.annotate.open_names import Candidate, Reason
from toolkit.diagnostics import DiagnosticError
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
DECISIONS = st.builds(
    Decision,
    WORDS,
    st.none() | st.just("persons.xml#anna"),
    st.none() | st.builds(Place, WORDS, WORDS, WORDS),
    note=st.just("") | WORDS,
) | st.builds(Decision, WORDS, st.none(), document=WORDS)


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{PERSONS}</body></text></TEI>'
    (folder / "r.xml").write_text(text, encoding="utf-8")
    return read_registers(register_files(folder), folder)


@settings(max_examples=examples(30))
@given(st.lists(DECISIONS, max_size=4))
def test_decisions_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, every: list[Decision]
) -> None:
    file = tmp_path_factory.mktemp("decisions") / "decisions.toml"
    written = decisions_as_toml(Decisions(tuple(every)))
    file.write_text(written, encoding="utf-8", newline="")
    read = Decisions(read_decisions(file).every)
    assert decisions_as_toml(read) == written
    last = {each.is_about: each for each in every}
    assert {each.is_about: each for each in read.every} == last


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.toml").every == ()


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_file_decides_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "decisions.toml").write_text(text, "utf-8")
    assert read_decisions(tmp_path / "decisions.toml").every == ()


def test_all_mistakes_in_the_decisions_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text('[[decison]]\n[[decision]]\nform = "A"\n[[decision]]\nform = 3\n', "utf-8")
    with pytest.raises(DiagnosticError) as told:
        read_decisions(file)
    assert [d.line for d in told.value.diagnostics] == [1, 2, 5]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[decision]]\nform = "A"\n', 1, "what the form means is missing"),
        ('[[decision]]\nform = "A"\nentry = "r.xml#a"\nno-name = true\n', 1, "both an entry and"),
        ('[[decision]]\nform = "A"\nentry = "anna"\n', 3, "does not have the right form"),
        ('[[decision]]\nform = "A"\nno-name = true\nbefore = "x"\n', 1, "but not its document"),
        ('\n[[decision]]\nform = "A"\nno-nane = true\n', 4, "unknown setting “no-nane”"),
        ('[[decision]]\nform = "A\n', 2, "not valid TOML"),
        ('decision = "A"\n', 1, "must be a list"),
        ("\n<<<<<<< HEAD\n[[decision]]\n=======\n>>>>>>> other\n", 2, "a merge has left both"),
    ],
)
def test_a_mistake_in_the_decisions_is_told_at_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DiagnosticError) as told:
        read_decisions(file)
    found = {(d.code, d.line) for d in told.value.diagnostics}
    assert found == {("A013", line)}
    assert any(said in d.message for d in told.value.diagnostics)
    assert all(d.hint for d in told.value.diagnostics)


def test_a_decision_for_an_entry_that_no_register_has_is_told_and_does_not_count(
    tmp_path: Path,
) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(
        '[[decision]]\nform = "A"\nentry = "r.xml#gone"\n'
        '[[decision]]\nform = "B"\nno-name = true\n',
        encoding="utf-8",
    )
    decisions, told = read_decisions(file).with_entries({"r.xml#anna"})
    assert [(d.code, d.line) for d in told] == [("A014", 3)]
    assert decisions.by_form == {"B": None}


def test_nothing_is_told_of_decisions_for_entries_of_a_register_that_cannot_be_read(
    tmp_path: Path,
) -> None:
    file = tmp_path / "decisions.toml"
    text = (
        '[[decision]]\nform = "A"\nentry = "r.xml#a"\n[[decision]]\nform = "B"\nentry = "s.xml#b"\n'
    )
    file.write_text(text, encoding="utf-8")
    decisions, told = read_decisions(file).with_entries(set(), {"r.xml"})
    assert [(d.code, d.line) for d in told] == [("A014", 6)]
    assert decisions.by_form == {}


def test_decisions_that_contradict_each_other_are_told_with_both_lines_and_none_counts(
    tmp_path: Path,
) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(
        '[[decision]]\nform = "A"\nentry = "r.xml#a"\n'
        '[[decision]]\nform = "B"\nno-name = true\n'
        '[[decision]]\nform = "A"\nno-name = true\n'
        '[[decision]]\nform = "B"\nno-name = true\nnote = "again"\n',
        encoding="utf-8",
    )
    read = read_decisions(file)
    decisions, (told,) = read.with_entries({"r.xml#a"})
    assert (told.code, told.line) == ("A019", 7)
    assert "mean r.xml#a (line 1) and to be no name (line 7)" in told.message
    assert decisions.by_form == read.undisputed.by_form == {"B": None}
    assert read_decisions(_written(tmp_path, Decisions(read.every))).every[:2] == (
        read.every[0],
        read.every[2],
    )


def _written(folder: Path, decisions: Decisions) -> Path:
    file = folder / "written.toml"
    file.write_text(decisions_as_toml(decisions), encoding="utf-8")
    return file


NAMES = st.builds(
    OpenName,
    WORDS,
    st.sampled_from(Reason),
    st.lists(st.builds(Candidate, WORDS, st.just("person"), WORDS, st.sampled_from([0.5, 1.0])))
    .map(tuple),
    st.sampled_from([("person",), ("organisation", "place")]),
    WORDS,
    st.integers(1, 9),
    WORDS,
    WORDS,
)  # fmt: skip


@settings(max_examples=examples(30))
@given(st.lists(NAMES, max_size=4))
def test_the_review_file_follows_its_schema_and_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, names: list[OpenName]
) -> None:
    file = tmp_path_factory.mktemp("review") / "review.json"
    written = review_as_json(names)
    schema = json.loads((SCHEMAS / "review.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(written))
    file.write_text(written, encoding="utf-8", newline="")
    assert review_as_json(read_review(file)) == written


@pytest.mark.parametrize("text", ["{", "[]", '{"names": [{}]}', '{"names": 1}', "[" * 100_000])
def test_what_is_no_review_file_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "review.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DiagnosticError) as told:
        read_review(file)
    assert [d.code for d in told.value.diagnostics] == ["A015"]


def text_in(xml: bytes) -> str:
    return "".join(map(str, etree.fromstring(xml).itertext()))


def annotated(registers: Registers, xml: bytes, decisions: Decisions) -> Annotation:
    decided = registers.with_decisions(decisions.by_form)
    return annotate(parse("x.xml", xml), decided, "reg", name="x.xml", decisions=decisions)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=3), st.data())
def test_decisions_change_no_text_hold_at_once_and_are_done_once(
    registers: Registers, bodies: list[str], data: st.DataObject
) -> None:
    xml = document("".join(bodies) + "<p>Ames met May.</p>").encode()
    waiting = annotated(registers, xml, Decisions()).open_names
    decisions = Decisions()
    for name in waiting:
        options = st.sampled_from([None, *(c.entry for c in name.candidates)])
        everywhere = Decision(name.form, data.draw(options))
        here = replace(everywhere, document=name.document)
        scopes = st.sampled_from([everywhere, here, replace(everywhere, place=name.place)])
        decisions = decisions.with_decision(data.draw(scopes))
    result = annotated(registers, xml, decisions)
    assert text_in(result.content) == text_in(xml)
    assert result.open_names == ()
    again = annotated(registers, result.content, decisions)
    assert again.content == result.content


def test_a_decision_for_a_document_holds_in_it_only(registers: Registers) -> None:
    xml = document("<p>Ames wrote.</p><p>So did Ames.</p>").encode()
    here = Decisions((Decision("Ames", "r.xml#ann", document="x.xml"),))
    assert annotated(registers, xml, here).content.count(b"r.xml#ann") == 2
    elsewhere = Decisions((Decision("Ames", "r.xml#ann", document="y.xml"),))
    assert (
        annotated(registers, xml, elsewhere).content
        == annotated(registers, xml, Decisions()).content
    )


def test_a_decision_at_a_place_goes_before_that_for_the_document(registers: Registers) -> None:
    xml = document("<p>Yesterday old Ames wrote to us.</p><p>So did Ames.</p>").encode()
    first, _second = annotated(registers, xml, Decisions()).open_names
    decisions = Decisions(
        (
            Decision("Ames", "r.xml#ann", first.place),
            Decision("Ames", "r.xml#bob", document="x.xml"),
        )
    )
    content = annotated(registers, xml, decisions).content
    assert content.index(b"r.xml#ann") < content.index(b"r.xml#bob")


@pytest.mark.parametrize("where", ["", "x.xml"])
def test_a_decision_that_an_element_in_the_header_cannot_hold_is_told(
    registers: Registers, where: str
) -> None:
    action = '<particDesc><person><persName resp="#toolkit">Seoul</persName></person></particDesc>'
    xml = document("<p>x</p>", action).encode()
    decision = Decision("Seoul", "r.xml#korea", document=where)
    result = annotated(registers, xml, Decisions((decision,)))
    assert [d.code for d in result.diagnostics] == ["A017"]
    assert result.content == xml


def test_a_form_that_no_register_has_can_mean_an_entry_in_a_document_or_at_a_place(
    registers: Registers,
) -> None:
    xml = document("<p>The Old Man of the hill wrote.</p><p>So did the Old Man.</p>").encode()
    here = Decision("Old Man", "r.xml#kim", document="x.xml")
    there = Decision("Old Man", "r.xml#kim", Place("x.xml", "So did the", "."))
    for decision, count in ((here, 2), (there, 1)):
        result = annotated(registers, xml, Decisions((decision,)))
        assert result.content.count(b"<persName") == count
        assert annotated(registers, result.content, Decisions((decision,))).content == (
            result.content
        )


def test_a_sender_without_an_entry_can_be_decided(registers: Registers) -> None:
    action = (
        '<correspDesc><correspAction type="sent"><persName resp="#toolkit">Aunt K.</persName>'
        "</correspAction></correspDesc>"
    )
    xml = document("<p>x</p>", action).encode()
    (waiting,) = annotated(registers, xml, Decisions()).open_names
    assert (waiting.form, waiting.reason) == ("Aunt K.", Reason.NO_ENTRY)
    for entry in ("r.xml#kim", None):
        everywhere = Decision("Aunt K.", entry)
        here = replace(everywhere, document=waiting.document)
        for decision in (everywhere, here, replace(everywhere, place=waiting.place)):
            result = annotated(registers, xml, Decisions((decision,)))
            assert result.open_names == ()
            assert result.content.count(b'ref="reg/r.xml#kim"') == bool(entry)


def test_after_some_documents_were_annotated_the_names_of_the_others_still_wait() -> None:
    def name(form: str, document: str) -> OpenName:
        return OpenName(form, Reason.NO_ENTRY, (), ("person",), document, 1, "", "")

    before = [name("A", "a.xml"), name("B", "b.xml")]
    now = renewed(before, [name("C", "a.xml")], {"a.xml"})
    assert [form.form for form in by_form(now)] == ["B", "C"]
