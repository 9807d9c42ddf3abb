"""What the tags of editors teach: forms, whom they mean, and what is no name."""

from pathlib import Path

import pytest

from toolkit.annotate import References, Registers, Source, annotate, learn, read_registers
from toolkit.tei.parse import parse

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>
<person xml:id="anna"><persName>Anna Weber</persName></person>
<person xml:id="otto"><persName><surname>Post</surname>, <forename>Otto</forename></persName>
</person>
<person xml:id="emil"><persName>Emil Weber</persName></person>
</listPerson></body></text></TEI>"""


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER, encoding="utf-8")
    return read_registers([file], tmp_path)


def _document(body: str) -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>x</title>'
        "</titleStmt></fileDesc></teiHeader>"
        f"<text><body><p>{body}</p></body></text></TEI>"
    )


def _taught(registers: Registers, *bodies: str) -> Registers:
    read = [(Source(_document(body).encode()), References(registers, "r")) for body in bodies]
    return registers.with_usage(learn(read, registers.by_form))


def _annotated(registers: Registers, body: str) -> str:
    result = annotate(parse("x.xml", _document(body).encode()), registers, "r")
    return result.content.decode().partition("<p>")[2].partition("</p>")[0]


def _tag(key: str, text: str, cert: str = "high") -> str:
    return f'<persName ref="r/persons.xml#{key}" resp="#toolkit" cert="{cert}">{text}</persName>'


def test_a_form_that_editors_tag_is_found_elsewhere(registers: Registers) -> None:
    taught = _taught(registers, '<persName ref="r/persons.xml#anna">Mama</persName> came.')
    assert _annotated(taught, "Then Mama went.") == f"Then {_tag('anna', 'Mama')} went."


def test_a_reference_by_another_path_teaches_too(registers: Registers) -> None:
    taught = _taught(registers, '<rs type="person" ref="acdh:index.xml#anna">Mama</rs> came.')
    assert _tag("anna", "Mama") in _annotated(taught, "Then Mama went.")


def test_what_the_toolkit_tagged_teaches_nothing(registers: Registers) -> None:
    taught = _taught(registers, f"{_tag('anna', 'Mama')} came.")
    assert _annotated(taught, "Then Mama went.") == "Then Mama went."


def test_a_form_that_is_mostly_left_untagged_is_no_name(registers: Registers) -> None:
    assert _tag("otto", "Post", "medium") in _annotated(registers, "The Post is late.")
    anna = '<persName ref="r/persons.xml#anna">Mama</persName>'
    taught = _taught(registers, f"The Post came. No Post today. By Post, from {anna}.")
    assert _annotated(taught, "The Post is late.") == "The Post is late."


@pytest.mark.parametrize("mama", ["Mama", _tag("anna", "Mama")])
def test_a_document_that_no_editor_has_tagged_says_nothing_of_what_is_no_name(
    registers: Registers, mama: str
) -> None:
    taught = _taught(registers, f"Anna Weber came. No Anna Weber today. By Anna Weber, {mama}.")
    assert _tag("anna", "Anna Weber") in _annotated(taught, "Anna Weber is late.")


def test_what_the_toolkit_tagged_was_not_left_untagged(registers: Registers) -> None:
    ours, theirs = _tag("anna", "Anna Weber"), '<persName ref="r/persons.xml#anna">Mama</persName>'
    taught = _taught(registers, f"{ours} came. No {ours} today, {theirs}.")
    assert ours in _annotated(taught, "Anna Weber is late.")


def test_a_form_of_several_persons_means_whom_editors_clearly_mean(registers: Registers) -> None:
    anna = '<persName ref="r/persons.xml#anna">Weber</persName>'
    emil = '<persName ref="r/persons.xml#emil">Weber</persName>'
    assert _annotated(_taught(registers, f"{anna} {emil}"), "Weber.") == "Weber."
    taught = _taught(registers, f"{anna}, {anna}, {anna}, {anna}, {emil}")
    assert _annotated(taught, "Weber.") == f"{_tag('anna', 'Weber', 'medium')}."


def test_part_of_a_longer_tag_says_nothing_of_the_part(registers: Registers) -> None:
    whole = '<persName ref="r/persons.xml#otto">Herr Post senior</persName>'
    taught = _taught(registers, f"{whole}, {whole}, {whole}")
    assert _tag("otto", "Post", "medium") in _annotated(taught, "Then Post went.")


def test_a_second_run_changes_nothing(registers: Registers) -> None:
    taught = _taught(registers, '<persName ref="r/persons.xml#anna">Mama</persName> came.')
    first = annotate(parse("x.xml", _document("Mama, Anna Weber").encode()), taught, "r").content
    assert annotate(parse("x.xml", first), taught, "r").content == first


def test_surnames_can_be_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(REGISTER, encoding="utf-8")
    registers = read_registers([file], tmp_path, surnames=False)
    assert _annotated(registers, "The Post is late.") == "The Post is late."


def test_names_in_a_reference_to_a_work_are_found(registers: Registers) -> None:
    body = '<rs type="work" ref="#w">the letters of Anna Weber</rs>'
    assert _tag("anna", "Anna Weber") in _annotated(registers, body)
