"""What annotation does in the header: authors, editors, and the line ends of the file."""

from __future__ import annotations

import pytest
from lxml import etree

from toolkit.annotate import Annotation, Registers, annotate, read_registers
from toolkit.annotate.decisions import Decision, Decisions
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

NO_DECISIONS = Decisions()
TEI = "http://www.tei-c.org/ns/1.0"
REGISTER = f"""<TEI xmlns="{TEI}"><teiHeader/><text><body><listPerson>
<person xml:id="joseph"><persName>Eichendorff, Joseph von</persName></person>
<person xml:id="ann"><persName>Ann Ames</persName><persName type="variant">Ames</persName></person>
<person xml:id="bob"><persName>Bob Ames</persName><persName type="variant">Ames</persName></person>
</listPerson><listOrg><org xml:id="m"><orgName>Ministry</orgName></org></listOrg>
<listPlace><place xml:id="y"><placeName>York</placeName></place></listPlace>
</body></text></TEI>"""
LINK = 'ref="reg/per%20sons.xml#{}" resp="#toolkit" cert="high"'


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    (folder / "per sons.xml").write_text(REGISTER, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def titled(registers: Registers, statement: str, body: str = "") -> tuple[str, Annotation]:
    text = (
        f'<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>T</title>'
        f'{statement}<respStmt xml:id="toolkit"><resp>r</resp><name>n</name></respStmt></titleStmt>'
        f"</fileDesc></teiHeader><text><body><p>{body}</p></body></text></TEI>"
    )
    result = annotate(parse("x.xml", text.encode()), registers, "reg")
    content = result.content.decode()
    start = content.index("</title>") + len("</title>")
    assert annotate(parse("x.xml", result.content), registers, "reg").content == result.content
    return content[start : content.index("<respStmt")], result


@pytest.mark.parametrize("holder", ["author", "editor"])
def test_an_author_or_editor_in_a_register_is_linked(registers: Registers, holder: str) -> None:
    text, result = titled(registers, f"<{holder}> Joseph von\nEichendorff </{holder}>")
    assert text == (
        f"<{holder}> <persName {LINK.format('joseph')}>Joseph von\nEichendorff</persName> "
        f"</{holder}>"
    )
    assert dict(result.counts) == {"persName": 1}


def test_an_author_may_be_an_organisation_but_no_place(registers: Registers) -> None:
    text, _result = titled(registers, "<author>the Ministry</author><author>York</author>")
    assert text == (
        f"<author><orgName {LINK.format('m')}>the Ministry</orgName></author><author>York</author>"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "<author>after Ann Ames</author>",
        '<author ref="#x">Ann Ames</author>',
        '<author key="ames">Ann Ames</author>',
        "<author><name>Ann Ames</name></author>",
        "<author>Ann <hi>Ames</hi></author>",
        "<author/>",
        "<author>Ames</author>",
        "<principal>Ann Ames</principal>",
    ],
)
def test_an_author_who_is_unclear_or_marked_up_already_stays(
    registers: Registers, statement: str
) -> None:
    assert titled(registers, statement)[0] == statement


def test_an_author_settles_who_is_meant_in_the_text(registers: Registers) -> None:
    _text, result = titled(registers, "<author>Bob Ames</author>", "says Ames")
    assert b'#bob" resp="#toolkit" cert="medium">Ames<' in result.content
    assert result.diagnostics == ()


def test_in_a_statement_of_responsibility_only_names_of_the_toolkit_are_linked(
    registers: Registers,
) -> None:
    statement = "<author>x</author>%s"
    for name, linked in (
        ('<persName resp="#toolkit">Ann Ames</persName>', True),
        ("<persName>Ann Ames</persName>", False),
        ('<persName resp="#toolkit" ref="#a">Ann Ames</persName>', False),
    ):
        responsible = f'<respStmt xml:id="r"><resp>r</resp>{name}</respStmt>'
        _text, result = titled(registers, statement % responsible)
        assert (b"reg/per%20sons.xml#ann" in result.content) == linked


def test_a_register_with_a_space_in_its_name_is_one_pointer_and_known_again(
    registers: Registers,
) -> None:
    _text, result = titled(registers, "", "Ann Ames and Ames")
    assert b'ref="reg/per%20sons.xml#ann"' in result.content
    assert result.content.count(b"#ann") == 2


def test_what_is_added_has_the_line_ends_of_the_file(registers: Registers) -> None:
    source = (
        f'<TEI xmlns="{TEI}">\n<teiHeader><fileDesc><titleStmt>\n  <title>T</title>\n'
        '</titleStmt></fileDesc><profileDesc><correspDesc>\n<correspAction type="sent">\n'
        '<orgName resp="#toolkit">Ministry</orgName>\n</correspAction></correspDesc></profileDesc>'
        "</teiHeader>\n<text><body><p>Ann Ames</p></body></text></TEI>\n"
    )
    unix = annotate(parse("x.xml", source.encode()), registers, "reg").content
    windows = source.replace("\n", "\r\n").encode()
    assert b"respStmt" in unix
    assert annotate(parse("x.xml", windows), registers, "reg").content == unix.replace(
        b"\n", b"\r\n"
    )


STATESMEN = f"""<TEI xmlns="{TEI}"><teiHeader/><text><body><listPerson>
<person xml:id="menzies" sex="m"><persName>R. G. Menzies</persName>
<persName type="variant">Menzies</persName></person>
<person xml:id="pattie" sex="f"><persName>Pattie Menzies</persName></person>
<person xml:id="casey"><persName>Casey, R. G.</persName></person>
<person xml:id="mueller"><persName>Müller, Max</persName></person>
<person xml:id="buol"><persName><forename>Karl</forename> <nameLink>de</nameLink>
<surname>Buol</surname></persName></person>
<person xml:id="rossi"><persName>Rossi, Carlo</persName></person>
<person xml:id="ivanov"><persName>Иванов, Пётр</persName></person>
<person xml:id="page"><persName>Page, Walter</persName></person>
<person xml:id="amy"><persName>Jones, Amy</persName></person>
<person xml:id="bob"><persName>Jones, Bob</persName></person>
</listPerson><listPlace><place xml:id="london"><placeName>London</placeName></place></listPlace>
</body></text></TEI>"""


@pytest.fixture(scope="module")
def statesmen(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("statesmen")
    (folder / "persons.xml").write_text(STATESMEN, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def sent_by(
    registers: Registers, sender: str, decisions: Decisions = NO_DECISIONS
) -> tuple[str, Annotation]:
    """Return the sender as only what is certain is tagged, and the annotation."""
    text = (
        f'<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>T</title>'
        f'<respStmt xml:id="toolkit"><resp>r</resp><name>n</name></respStmt></titleStmt></fileDesc>'
        f'<profileDesc><correspDesc><correspAction type="sent"><persName resp="#toolkit">{sender}'
        f"</persName></correspAction></correspDesc></profileDesc></teiHeader>"
        f"<text><body><p>x</p></body></text></TEI>"
    )
    document = parse("x.xml", text.encode())
    result = annotate(document, registers, "reg", decisions=decisions, only_certain=True)
    action = etree.fromstring(result.content).find(f".//{{{TEI}}}correspAction")
    assert action is not None
    return action[0].get("ref", "").rpartition("#")[2], result


@pytest.mark.parametrize(
    ("sender", "entry"),
    [
        ("Mr R. G. Menzies, Prime Minister", "menzies"),
        ("The Rt. Hon. R. G. Menzies, K.C., Minister for External Affairs", "menzies"),
        ("Casey, R. G. (Minister)", "casey"),
        ("The Prime Minister, Mr R. G. Menzies", "menzies"),
        ("Casey, R. G., Minister to the United States", "casey"),
        ("Lt. Col. R. G. Casey, D.S.O.", "casey"),
        ("Mr R.G. Menzies, Prime Minister", "menzies"),
        ("MR R.G. MENZIES", "menzies"),
        ("R.G. Casey", "casey"),
        ("Dr. Max Müller", "mueller"),
        ("Herr Geheimrat Prof. Dr. Müller", "mueller"),
        ("M. le comte de Buol, ministre des Affaires étrangères", "buol"),
        ("Sig. Rossi", "rossi"),
        ("Г-н Иванов", "ivanov"),
    ],
)
def test_titles_and_offices_do_not_stand_in_the_way_of_the_register(
    statesmen: Registers, sender: str, entry: str
) -> None:
    assert sent_by(statesmen, sender)[0] == entry


@pytest.mark.parametrize(
    ("sender", "candidates"),
    [
        ("Earl Page", ["page"]),
        ("Mrs R. G. Menzies", ["menzies"]),
        ("Dr. K. Müller", ["mueller"]),
        ("Chancellor Adenauer, R. G. Menzies", []),
        ("R. G. Menzies, President Roosevelt", []),
        ("Lord London", []),
    ],
)
def test_what_may_be_more_than_a_title_waits(
    statesmen: Registers, sender: str, candidates: list[str]
) -> None:
    entry, result = sent_by(statesmen, sender)
    [waiting] = result.open_names
    found = [candidate.entry.rpartition("#")[2] for candidate in waiting.candidates]
    assert (entry, found) == ("", candidates)
    assert waiting.reason == ("uncertain" if candidates else "no-entry")


def test_capitals_do_not_stand_in_the_way_of_the_register(
    registers: Registers, statesmen: Registers
) -> None:
    assert sent_by(statesmen, "R. G. CASEY")[0] == "casey"
    [waiting] = sent_by(registers, "AMES")[1].open_names
    assert (waiting.form, waiting.reason) == ("Ames", "several-entries")
    assert [each.name for each in waiting.candidates] == ["Ann Ames", "Bob Ames"]


def test_no_candidate_of_what_is_open_has_the_score_of_certainty(statesmen: Registers) -> None:
    [waiting] = sent_by(statesmen, "Mrs R. G. Menzies")[1].open_names
    assert [each.score for each in waiting.candidates] == [0.99]


def test_what_may_be_another_is_asked_about_with_its_title(statesmen: Registers) -> None:
    [waiting] = sent_by(statesmen, "Mrs R. G. Menzies")[1].open_names
    assert (waiting.before, waiting.form) == ("<correspAction sent> ", "Mrs R. G. Menzies")
    decisions = Decisions((Decision(waiting.form, "persons.xml#pattie", waiting.place),))
    sender, result = sent_by(statesmen, "Mrs R. G. Menzies", decisions)
    assert (sender, result.open_names) == ("pattie", ())


def test_the_review_shows_titles_and_offices_around_a_name(statesmen: Registers) -> None:
    [waiting] = sent_by(statesmen, "Mr Jones, Consul")[1].open_names
    assert (waiting.before, waiting.form, waiting.after) == (
        "<correspAction sent> Mr ",
        "Jones",
        ", Consul",
    )
    decisions = Decisions((Decision("Jones", "persons.xml#amy", waiting.place),))
    sender, result = sent_by(statesmen, "Mr Jones, Consul", decisions)
    assert (sender, result.open_names) == ("amy", ())


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("Familie Müller ist hier.", True),
        ("with the Müller family.", True),
        ("die Müllers sind da.", True),
        ("bei Müllers war Tanz.", True),
        ("von Müllers Bruder.", False),
        ("von Herrn Müller.", False),
    ],
)
def test_a_surname_that_stands_for_a_family_waits(
    statesmen: Registers, text: str, waits: bool
) -> None:
    xml = (
        f'<TEI xmlns="{TEI}" xml:lang="de"><teiHeader/><text><p>Max Müller: {text}</p></text></TEI>'
    )
    result = annotate(parse("x.xml", xml.encode()), statesmen, "reg", only_certain=True)
    assert result.content.count(b"<persName") == (1 if waits else 2)
    candidates = [each.entry for name in result.open_names for each in name.candidates]
    assert candidates == (["persons.xml#mueller"] if waits else [])
