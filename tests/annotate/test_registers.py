"""Registers are read, and their faults are told."""

from __future__ import annotations

from pathlib import Path

from toolkit.annotate import Registers, read_registers

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
TAIL = "</body></text></TEI>"


def written(folder: Path, content: str, name: str = "persons.xml") -> Registers:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEAD}\n{content}\n{TAIL}", encoding="utf-8")
    return read_registers(folder)


def test_a_missing_folder_has_no_entries(tmp_path: Path) -> None:
    registers = read_registers(tmp_path / "nowhere")
    assert (registers.entries, registers.diagnostics) == ((), ())


def test_inverted_and_structured_names_are_found_both_ways(tmp_path: Path) -> None:
    registers = written(
        tmp_path,
        '<listPerson><person xml:id="a"><persName>Hartwell, Eliza</persName></person>'
        '<person xml:id="b"><persName><surname>Harker</surname><forename>John</forename>'
        "</persName></person></listPerson>",
    )
    assert {"Hartwell, Eliza", "Eliza Hartwell", "John Harker"} <= registers.by_form.keys()


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
        ("A001", 3),
        ("A002", 5),
        ("A003", 6),
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
