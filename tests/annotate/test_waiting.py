"""What may be a name and is not likely one is never tagged: an editor is asked about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.annotate.test_annotation import TEI, document
from toolkit.annotate import Annotation, Registers, annotate, read_registers
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

ENTRIES = """
<listPerson>
  <person xml:id="olga">
    <persName><forename>Olga</forename> <surname>Waissnix</surname></persName></person>
  <person xml:id="talman">
    <persName><surname>von Talman</surname>, <forename>Leopold</forename></persName></person>
  <person xml:id="bohlen">
    <persName><forename>Charles E.</forename> <surname>Bohlen</surname></persName></person>
  <person xml:id="avis">
    <persName><forename>Avis</forename> <surname>Bohlen</surname></persName></person>
  <person xml:id="beer">
    <persName><forename>Richard</forename> <surname>Beer-Hofmann</surname></persName></person>
</listPerson>
<listOrg>
  <org xml:id="state"><orgName>Department of State</orgName><orgName>State</orgName></org>
  <org xml:id="unesco"><orgName>UNESCO</orgName></org>
</listOrg>
<listPlace>
  <place xml:id="geneva"><placeName>Geneva</placeName></place>
  <place xml:id="k"><placeName>Konstantinopel</placeName></place></listPlace>
"""


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{ENTRIES}</body></text></TEI>'
    (folder / "r.xml").write_text(text, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def done(
    registers: Registers, text: str, header: str = "", *, only_certain: bool = True
) -> Annotation:
    source = parse("x.xml", document(f"<p>{text}</p>", header).encode())
    return annotate(source, registers, "reg", only_certain=only_certain)


def tagged(result: Annotation) -> list[str]:
    body = result.content.decode().partition("<body>")[2]
    return re.findall(r"<(?:pers|place|org)Name [^>]*>([^<]*)", body)


@pytest.mark.parametrize("only_certain", [True, False])
@pytest.mark.parametrize(
    ("text", "form", "entry"),
    [
        ("a walk with Olga.", "Olga", "olga"),
        ("sailed to Konstantinobel.", "Konstantinobel", "k"),
    ],
)
def test_a_form_that_is_not_likely_a_name_waits(
    registers: Registers, text: str, form: str, entry: str, only_certain: bool
) -> None:
    result = done(registers, text, only_certain=only_certain)
    assert tagged(result) == []
    (waiting,) = result.open_names
    assert waiting.form == form
    assert [each.entry for each in waiting.candidates] == [f"r.xml#{entry}"]


def test_a_forename_with_the_first_letter_of_the_surname_is_known(registers: Registers) -> None:
    (waiting,) = done(registers, "a walk with Olga W. yesterday").open_names
    assert (waiting.form, waiting.candidates[0].entry) == ("Olga W.", "r.xml#olga")
    assert tagged(done(registers, "Olga Waissnix came. Olga W. left.")) == [
        "Olga Waissnix",
        "Olga W.",
    ]


def test_a_link_written_with_the_surname_may_be_left_out(registers: Registers) -> None:
    assert tagged(done(registers, "Leopold von Talman; Talman wrote.")) == [
        "Leopold von Talman",
        "Talman",
    ]


def test_who_the_header_names_in_full_is_known_in_the_text(registers: Registers) -> None:
    action = "<correspAction type='sent'><persName>Leopold von Talman</persName></correspAction>"
    header = f"<correspDesc>{action}</correspDesc>"
    assert tagged(done(registers, "to Talman.")) == []
    assert tagged(done(registers, "to Talman.", header)) == ["Talman"]


def test_who_is_named_with_one_forename_is_known_by_the_surname(registers: Registers) -> None:
    assert tagged(done(registers, "Charles Bohlen came. Mr. Bohlen spoke.")) == [
        "Charles Bohlen",
        "Bohlen",
    ]
    both = "Charles Bohlen and Avis Bohlen came. Bohlen spoke."
    assert tagged(done(registers, both)) == ["Charles Bohlen", "Avis Bohlen"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Olga Waissnix; Olga Waisnich left.", ["Olga Waissnix", "Olga Waisnich"]),
        ("Olga Waissnix; Olga von Waissnix left.", ["Olga Waissnix", "Olga von Waissnix"]),
        ("Olga Waissnix; Olga Schmidt left.", ["Olga Waissnix", "Olga"]),
    ],
)
def test_a_surname_that_is_misspelt_belongs_to_the_name(
    registers: Registers, text: str, names: list[str]
) -> None:
    assert tagged(done(registers, text, only_certain=False)) == names


@pytest.mark.parametrize(("year", "names"), [("1890", []), ("1950", ["Ida Berg"])])
def test_who_is_not_yet_born_is_not_certain(tmp_path: Path, year: str, names: list[str]) -> None:
    born = '<person xml:id="ida"><persName>Ida Berg</persName><birth when="1900"/></person>'
    body = f"<text><body><listPerson>{born}</listPerson></body></text>"
    text = f'<TEI xmlns="{TEI}"><teiHeader/>{body}</TEI>'
    (tmp_path / "r.xml").write_text(text, encoding="utf-8")
    registers = read_registers(register_files(tmp_path), tmp_path)
    created = f'<creation><date when="{year}"/></creation>'
    result = done(registers, "Ida Berg wrote.", created)
    assert tagged(result) == names
    assert [name.form for name in result.open_names] == ([] if names else ["Ida Berg"])


def test_the_end_of_an_office_is_no_organisation(registers: Registers) -> None:
    assert tagged(done(registers, "State has a cable.")) == ["State"]
    assert tagged(done(registers, "The Secretary of State has a cable.")) == []
    assert tagged(done(registers, "The State of Georgia is large.")) == []
    assert tagged(done(registers, "State for its part agreed.")) == ["State"]
    assert tagged(done(registers, "State of course agreed.")) == ["State"]
    assert tagged(done(registers, "UNESCO of Paris agreed.")) == ["UNESCO"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("in Geneva on Monday", ["Geneva"]),
        ("in Geneva Richard spoke", ["Geneva"]),
        ("in Geneva Monday", ["Geneva"]),
        ("the Geneva Convention was cited", []),
        ("Richard Beer-Hofmann; Richard Strauss conducts", ["Richard Beer-Hofmann"]),
    ],
)
def test_the_beginning_of_another_name_is_not_certain(
    registers: Registers, text: str, names: list[str]
) -> None:
    assert tagged(done(registers, text)) == names


@pytest.mark.parametrize(
    "written",
    ["Richard Beer–Hofmann", 'Richard Beer-<lb break="no"/>Hofmann', "Unesco", "U.N.E.S.C.O."],
)
def test_names_are_known_with_other_signs(registers: Registers, written: str) -> None:
    assert f'cert="high">{written}</' in done(registers, f"so {written} wrote").content.decode()


def test_a_forename_in_the_name_of_a_correspondent_is_not_asked_about_by_itself(
    registers: Registers,
) -> None:
    sender = (
        '<correspDesc><correspAction type="sent"><persName resp="#toolkit">Olga Berg</persName>'
        "</correspAction></correspDesc>"
    )
    text = "Yours, Olga Berg. And Olga came."
    waiting = done(registers, text, sender).open_names
    assert [(each.form, each.after[:5]) for each in waiting] == [
        ("Olga Berg", ""),
        ("Olga", " came"),
    ]
    assert len(done(registers, text).open_names) == 2


def test_a_linked_field_of_the_header_is_no_tag_without_reason(registers: Registers) -> None:
    action = (
        '<correspDesc><correspAction type="sent">'
        '<persName resp="#toolkit">Hofrat Berger</persName>\n'
        '<placeName resp="#toolkit">Geneva</placeName>\n<date when="1899-02-07">1899-02-07</date>'
        "</correspAction></correspDesc>"
    )
    first = done(registers, "Geneva, 7 February 1899. All is well.", action)
    assert b'<placeName resp="#toolkit" ref="reg/r.xml#geneva" cert="high">' in first.content
    again = annotate(parse("x.xml", first.content), registers, "reg", only_certain=True)
    assert "A023" not in [each.code for each in again.diagnostics]


@pytest.mark.parametrize(
    ("text", "first"), [("Mrs. Bohlen came.", "avis"), ("Herr Professor Bohlen kam.", "bohlen")]
)
def test_whose_sex_the_title_tells_is_the_first_candidate(
    registers: Registers, text: str, first: str
) -> None:
    (waiting,) = done(registers, text).open_names
    assert waiting.candidates[0].entry == f"r.xml#{first}"
    assert waiting.candidates[0].score > 0.6
