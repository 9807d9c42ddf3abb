"""Registers are read, and their faults are told."""

from __future__ import annotations

import json
from pathlib import Path

from toolkit.annotate import References, Registers, Source, Usage, learn, read_registers
from toolkit.rows import as_data, from_data
from toolkit.tei.parse import parse_file
from toolkit.tei.registers import register_files
from toolkit.validate import Context, validate

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
TAIL = "</body></text></TEI>"


def written(folder: Path, content: str, name: str = "persons.xml") -> Registers:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEAD}\n{content}\n{TAIL}", encoding="utf-8")
    return read_registers(register_files(folder), folder)


def test_a_missing_folder_has_no_entries(tmp_path: Path) -> None:
    registers = read_registers(register_files(tmp_path / "nowhere"), tmp_path)
    assert (registers.entries, registers.diagnostics) == ((), ())


def test_inverted_and_structured_names_are_found_both_ways(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        '<listPerson><person xml:id="a"><persName>Hartwell, Eliza</persName></person>'
        '<person xml:id="b"><persName><surname>Harker</surname><forename>John</forename>'
        "</persName></person></listPerson>",
    )
    assert {"Hartwell, Eliza", "Eliza Hartwell", "John Harker"} <= registers.by_form.keys()


def test_a_place_is_found_by_its_names_in_other_languages(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        '<listPlace><place xml:id="a"><placeName>Wien (Stadt)</placeName></place>'
        '<place xml:id="b"><placeName>Edirne</placeName></place></listPlace>'
        '<listOrg><org xml:id="c"><orgName>Berlin</orgName></org></listOrg>',
    )
    meant = {form: [entry.id for entry in found] for form, found in registers.by_form.items()}
    assert meant["Vienna"] == ["a"]
    assert meant["Adrianopel"] == ["b"]
    assert "Berlino" not in meant


def test_a_form_marked_nomatch_is_not_looked_for(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        '<listPerson><person xml:id="a"><persName>Eliza Hartwell</persName>'
        '<persName type="noMatch">Eliza</persName></person></listPerson>',
    )
    assert set(registers.by_form) == {"Eliza Hartwell"}


def test_an_organisation_has_its_place(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        '<listOrg><org xml:id="o"><orgName>Harbour Trustees</orgName><location>'
        '<placeName ref="places.xml#w">Whitby</placeName></location></org></listOrg>',
        "sub/orgs.xml",
    )
    assert registers.entries[0].file == "sub/orgs.xml"
    assert registers.entries[0].place == "sub/places.xml#w"


def test_faults_of_entries_are_told_with_their_line(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        "<listPerson>\n<person><persName>Nobody</persName></person>\n"
        '<person xml:id="a"><persName>Ann Ames</persName></person>\n'
        '<person xml:id="a"><persName>Other Ames</persName></person>\n'
        '<person xml:id="b"/>\n'
        '<person xml:id="c"><persName>X</persName><persName>Xaver Xu</persName></person>\n'
        "</listPerson>",
    )
    assert [(d.code, d.line) for d in registers.diagnostics] == [
        ("V401", 3),
        ("V201", 5),
        ("V402", 6),
        ("A004", 7),
    ]
    assert [entry.id for entry in registers.entries] == ["a", "c"]


def test_a_broken_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<TEI>", encoding="utf-8")
    registers = written(
        tmp_path, '<listPlace><place xml:id="w"><placeName>Whitby</placeName></place></listPlace>'
    )
    assert [d.code for d in registers.diagnostics] == ["X001"]
    assert [entry.key for entry in registers.entries] == ["persons.xml#w"]


def test_hidden_files_are_no_registers(tmp_path: Path) -> None:
    place = '<listPlace><place xml:id="w"><placeName>Whitby</placeName></place></listPlace>'
    for name in ("._places.xml", ".old/places.xml", "sub/places.XML", "notes.txt"):
        written(tmp_path, place, name)
    assert [path.name for path in register_files(tmp_path)] == ["places.XML"]


def test_faults_that_validation_finds_too_are_the_same_findings(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        "<listPerson><person><persName>Nobody</persName></person>"
        '<person xml:id="a"><persName>Ann Ames</persName></person>'
        '<person xml:id="a"><persName>Other Ames</persName></person>'
        '<person xml:id="b"/></listPerson>',
    )
    (file,) = register_files(tmp_path)
    found = validate(parse_file(file), Context(root=tmp_path, registers=(file,)))
    assert len(registers.diagnostics) == 3
    assert set(registers.diagnostics) <= set(found)


def test_where_a_place_lies_is_no_form_of_its_name(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        '<listPlace><place xml:id="w"><settlement>Whitby</settlement><region>Yorkshire</region>'
        '</place><place xml:id="v"><country>Vietnam</country></place></listPlace>',
    )
    assert set(registers.by_form) == {"Whitby", "Vietnam"}


def test_what_is_kept_of_registers_and_of_what_was_learned_is_what_was_made(tmp_path: Path) -> None:
    entry = (
        '<person xml:id="a"><persName><forename>Änne Z.</forename><surname>Müller-Wien</surname>'
        "</persName><sex>f</sex><birth when='1801'/></person><person/>"
    )
    (tmp_path / "r.xml").write_text(f"{HEAD}{entry}{TAIL}", encoding="utf-8")
    files, cache = [tmp_path / "r.xml", tmp_path / "missing.xml"], tmp_path / "cache"
    made, first, kept = (
        read_registers(files, tmp_path, cache=each) for each in (None, cache, cache)
    )
    assert len(list(cache.glob("registers-*"))) == 1
    assert first == kept == made
    assert made.diagnostics
    texts = ["Müller-Wien, ANNE Z.", "Aenne Z. Mueller-Wien und Müllers", "Ä. Z. Müller -Wien"]
    matchers = [each.matcher for each in (made, first, kept)]
    found = [[list(m.find(text, endings={"s"})) for text in texts] for m in matchers]
    assert found[0] == found[1] == found[2]
    assert all(found[0])
    tagged = '<persName ref="r.xml#a">Änne</persName> Änne'
    content = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>{tagged}</p></text></TEI>'
    usage = learn([(Source(content.encode()), References(made, ""))], made)
    assert from_data(json.loads(json.dumps(as_data(usage, Usage))), Usage) == usage


def test_titles_and_offices_in_a_register_are_no_part_of_a_name(tmp_path: Path) -> None:
    names = [
        "Müller, Dr. Max",
        "Graf Karl Buol",
        "Evatt, H. V., Minister for External Affairs",
        "R. G. Menzies, Prime Minister",
        "Andrian, Leopold Freiherr von",
        "Victoria, Queen",
        "Page, Earl",
    ]
    persons = "".join(
        f'<person xml:id="p{number}"><persName>{name}</persName></person>'
        for number, name in enumerate(names)
    )
    registers = written(tmp_path, f"<listPerson>{persons}</listPerson>")
    forms = registers.by_form.keys()
    assert {
        "Max Müller", "Karl Buol", "H. V. Evatt", "Evatt", "R. G. Menzies", "Leopold von Andrian",
        "Queen Victoria", "Victoria", "Earl Page", "Earl",
    } <= forms  # fmt: skip
    assert not {"Dr.", "Prime", "Prime Minister", "Queen", "Leopold Freiherr", "Minister"} & forms
    assert "Dr." not in registers.forenames
