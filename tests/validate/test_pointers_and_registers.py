"""Pointers lead somewhere, names to things of their kind, registers are in order, dates too."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.letter import LETTER, Edition, Findings
from toolkit.tei.names import XML_ID
from toolkit.tei.parse import parse, parse_file
from toolkit.tei.registers import entries_of, names_of, text_of
from toolkit.validate import Context, check_names, validate

HEAD = LETTER.partition("<text>")[0]


def register(entries: str, kind: str = "Person") -> str:
    head = HEAD.partition("<profileDesc>")[0] + "</teiHeader>"
    return f"{head}<text><body><list{kind}>{entries}</list{kind}></body></text></TEI>"


PERSONS = register(
    '<person xml:id="anna"><persName>Anna</persName><idno type="GND">118529390</idno></person>'
    '<person xml:id="paul"><persName>Paul</persName></person>'
)
PLACES = register('<place xml:id="wien"><placeName>Wien</placeName></place>', "Place")
FILES = {"registers/persons.xml": PERSONS, "registers/places.xml": PLACES}


def with_ref(reference: str, element: str = "persName") -> str:
    return LETTER.replace(
        '<persName ref="#clara">Clara</persName>',
        f'<{element} ref="{reference}">Clara</{element}>',
    )


def codes(text: str, context: Context) -> list[tuple[str, str]]:
    assert context.root is not None
    document = parse(str(context.root / "letter.xml"), text.encode())
    return [(d.code, d.message) for d in validate(document, context)]


@pytest.mark.parametrize(
    "reference",
    [
        "registers/persons.xml#anna",
        "./registers/persons.xml#paul",
        "registers/persons.xml",
        "#clara registers/persons.xml#anna",
        "https://d-nb.info/gnd/118529390",
        "mailto:a@example.org",
        "urn:isbn:1",
        "#xpath(//person[1])",
        "registers/%70ersons.xml#anna",
        "registers/",
        "#range(left(clara),string-index(clara,2))",
        "registers/persons.xml#match(anna,'A.*',1)",
        "#xpath(//persName[@n='nobody'])",
        "#element(clara/1)",
    ],
)
def test_a_pointer_that_leads_somewhere_is_no_finding(edition: Edition, reference: str) -> None:
    assert codes(with_ref(reference), edition(FILES)) == []


@pytest.mark.parametrize(
    ("reference", "code", "word"),
    [
        ("#klara", "V301", "did you mean “#clara”"),
        ("registers/persons.xml#ana", "V301", "did you mean “registers/persons.xml#anna”"),
        ("registers/person.xml#anna", "V302", "did you mean “registers/persons.xml#anna”"),
        ("nowhere/at/all.xml#anna", "V302", "all.xml"),
        ("#clara registers/persons.xml#zzz", "V301", "zzz"),
        ("../../outside.xml#x", "V303", "out of the folder"),
        ("gndo:123", "V304", "prefix “gndo”"),
        ("#", "V301", "no xml:id follows"),
        ("# clara", "V301", "did you mean “#clara”"),
        ("##clara", "V108", "not a pointer"),
        ("#clara(1)", "V307", "neither an xml:id nor an XPointer"),
        ("#range(left(clara)", "V307", "neither an xml:id nor an XPointer"),
        ("#range(left(clara),right(klara))", "V301", "xml:id “klara”"),
        ("registers/persons.xml#match(anne,'A')", "V301", "xml:id “anne”"),
        ("registers#anna", "V302", "points to a folder"),
        ("www.example.org/anna", "V307", "did you mean “https://www.example.org/anna”"),
        ("example.org/anna", "V307", "did you mean “https://example.org/anna”"),
        ("anna@example.org", "V307", "did you mean “mailto:anna@example.org”"),
        ("https://example.org/a b", "V307", "did you mean “https://example.org/a%20b”"),
        ("http:/example.org/anna", "V307", "did you mean “http://example.org/anna”"),
        ("htps://example.org/anna", "V307", "did you mean “https://example.org/anna”"),
        ("registers\\persons.xml", "V302", "did you mean “registers/persons.xml”"),
        ("C:/letters/anna.xml", "V303", "a path of one computer"),
        ("file:///letters/anna.xml", "V303", "a path of one computer"),
        ("clara", "V302", "did you mean “#clara”"),
        ("clara clara2", "V302", "did you mean “#clara #clara2”"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_found(
    edition: Edition, reference: str, code: str, word: str
) -> None:
    text = with_ref(reference).replace(
        "</listPerson>", '<person xml:id="clara2"><persName>C.</persName></person></listPerson>'
    )
    ((found, message),) = codes(text, edition(FILES))
    assert found == code
    assert word in message


def test_a_pointer_that_may_not_stand_there_is_told_once(edition: Edition) -> None:
    text = with_ref("#clara").replace("<p>", '<p who="#nobody">', 1)
    ((code, message),) = codes(text, edition(FILES))
    assert code == "V106"
    assert "`who` is not an attribute of `<p>`" in message


@pytest.mark.parametrize(
    "reference",
    [
        "a" * 300 + ".xml#x",
        "registers/%00.xml#x",
        "%2e%2e/%00",
        "./" + "deep/" * 2_000 + "x.xml",
        "registers/persons.xml/x.xml#a",
    ],
)
def test_a_pointer_that_is_no_file_name_is_a_finding_and_no_failure(
    edition: Edition, reference: str
) -> None:
    for element in ("persName", "placeName"):
        ((code, message),) = codes(with_ref(reference, element), edition(FILES))
        assert code == "V302"
        assert len(message) < 300


def test_a_pointer_through_links_that_go_round_is_a_finding(edition: Edition) -> None:
    context = edition(FILES)
    assert context.root is not None
    (context.root / "round.xml").symlink_to("round.xml")
    ((code, _message),) = codes(with_ref("round.xml#x"), context)
    assert code == "V302"


def test_a_pointer_repeated_is_told_once_with_its_number(edition: Edition) -> None:
    text = LETTER.replace("<item>one", '<item><ref target="#no">a</ref><ref target="#no">b</ref>')
    ((code, message),) = codes(text, edition(FILES))
    assert code == "V301"
    assert "1 more" in message


def test_many_files_of_one_folder_that_are_not_there_are_told_together(edition: Edition) -> None:
    images = [f"images/{number}.jpg" for number in range(20)]
    graphics = "".join(f'<graphic url="{image}"/>' for image in images)
    text = LETTER.replace("<item>one", f"<item>{graphics}<graphic url='{images[0]}'/>")
    ((code, message),) = codes(text, edition(FILES))
    assert code == "V302"
    assert message.startswith(
        "url of `<graphic>` points to 20 files that are not there, in 21 places: “images/0.jpg”"
    )


def test_a_prefix_is_expanded(edition: Edition) -> None:
    declared = (
        "<encodingDesc><listPrefixDef><prefixDef ident='psn' matchPattern='([a-z]+)' "
        "replacementPattern='registers/persons.xml#$1'><p>x</p></prefixDef></listPrefixDef>"
        "</encodingDesc><profileDesc>"
    )
    good = with_ref("psn:anna").replace("<profileDesc>", declared)
    assert codes(good, edition(FILES)) == []
    ((code, message),) = codes(good.replace("psn:anna", "psn:nobody"), edition(FILES))
    assert code == "V301"
    assert "nobody" in message


def test_a_pattern_that_would_run_for_ever_is_left_alone(edition: Edition) -> None:
    declared = (
        "<encodingDesc><listPrefixDef><prefixDef ident='psn' matchPattern='((a+)+)+b' "
        "replacementPattern='#$1'><p>x</p></prefixDef></listPrefixDef></encodingDesc><profileDesc>"
    )
    text = with_ref("psn:" + "a" * 60).replace("<profileDesc>", declared)
    assert codes(text, edition(FILES)) == []


def test_xml_base_is_where_pointers_begin(edition: Edition) -> None:
    text = with_ref("persons.xml#anna").replace("<text>", '<text xml:base="registers/">')
    assert codes(text, edition(FILES)) == []


def test_bases_within_bases_add_up(edition: Edition) -> None:
    text = with_ref("persons.xml#anna").replace("<text>", '<text xml:base="registers/old/">')
    text = text.replace("<body>", '<body xml:base="../">')
    assert codes(text, edition(FILES)) == []
    elsewhere = text.replace('xml:base="registers/old/"', 'xml:base="https://example.org/"')
    assert codes(elsewhere, edition(FILES)) == []


def test_an_image_is_a_file_and_no_folder(edition: Edition) -> None:
    text = LETTER.replace("<list>", '<figure><graphic url="registers"/></figure><list>')
    ((code, message),) = codes(text, edition(FILES))
    assert (code, "points to a folder" in message) == ("V302", True)


def test_into_a_file_that_is_not_well_formed_only_what_is_read_is_followed(
    edition: Edition,
) -> None:
    broken = {"registers/persons.xml": PERSONS.replace("</person>", "", 1)}
    assert codes(with_ref("registers/persons.xml#anna"), edition(broken)) == []
    broken = {"registers/persons.xml": PERSONS.replace('<person xml:id="paul">', "< paul>")}
    ((code, message),) = codes(with_ref("registers/persons.xml#paul"), edition(broken))
    assert (code, "persons.xml is not well-formed" in message) == ("V306", True)


def test_many_pointers_into_a_broken_file_are_told_once(edition: Edition) -> None:
    broken = {"registers/persons.xml": PERSONS.replace('<person xml:id="paul">', "< paul>")}
    more = '<p><persName ref="registers/persons.xml#otto">Otto</persName></p>'
    text = with_ref("registers/persons.xml#paul").replace("<list>", f"{more}<list>")
    assert [code for code, _ in codes(text, edition(broken))] == ["V306"]


@pytest.mark.parametrize("attribute", ["id", "xml:ID", "xml:Id", "ID"])
def test_a_pointer_to_an_id_under_a_misspelt_name_is_no_second_finding(
    edition: Edition, attribute: str
) -> None:
    text = LETTER.replace('xml:id="clara"', f'{attribute}="clara"')
    assert [code for code, _ in codes(text, edition(FILES))] == ["V106"]


def test_a_pointer_that_its_prefix_does_not_fit_is_found(edition: Edition) -> None:
    prefix = (
        '<encodingDesc><listPrefixDef><prefixDef ident="p" matchPattern="([a-z]+)" '
        'replacementPattern="registers/persons.xml#$1"/></listPrefixDef></encodingDesc>'
        "<profileDesc>"
    )
    for reference, expected in (("p:anna", []), ("p:12", ["V305"]), ("pp:anna", ["V304"])):
        text = with_ref(reference).replace("<profileDesc>", prefix)
        assert [code for code, _ in codes(text, edition(FILES))] == expected


@pytest.mark.parametrize(
    ("before", "after", "codes_of"),
    [
        ("<hi rend", '<hi rendition="#clara" rend', ["V404"]),
        ("<hi rend", '<hi hand="#clara" rend', ["V404"]),
        ("<p>thank", '<sp who="#clara"><p>x</p></sp><p>thank', []),
        ("<p>thank", '<sp who="#there"><p xml:id="there">x</p></sp><p>thank', ["V404"]),
    ],
)
def test_attributes_point_to_things_of_their_kind(
    edition: Edition, before: str, after: str, codes_of: list[str]
) -> None:
    found = codes(LETTER.replace(before, after, 1), edition(FILES))
    assert [code for code, _ in found] == codes_of


def test_without_an_edition_only_the_file_itself_is_followed(findings: Findings) -> None:
    assert findings(with_ref("registers/persons.xml#zzz")) == ()
    assert [d.code for d in findings(with_ref("#zzz"))] == ["V301"]


def test_a_pointer_without_its_hash_is_found_in_a_single_file(
    findings: Findings, tmp_path: Path
) -> None:
    text = with_ref("clara nobody").replace('xml:id="clara"', 'xml:id="clara" ana="persons.xml"')
    (found,) = findings(text, file=str(tmp_path / "letter.xml"))
    assert (found.code, found.hint) == (
        "V302",
        "Write “#clara”: a pointer to an xml:id begins with #.",
    )
    (tmp_path / "clara").touch()
    assert findings(text, file=str(tmp_path / "letter.xml")) == ()


def test_a_register_changed_is_read_again(edition: Edition) -> None:
    context = edition(FILES)
    text = with_ref("registers/persons.xml#new")
    assert [code for code, _ in codes(text, context)] == ["V301"]
    changed = PERSONS.replace('xml:id="anna"', 'xml:id="new"')
    context.registers[0].write_text(changed, encoding="utf-8")
    assert codes(text, context) == []


@pytest.mark.parametrize(
    ("element", "reference", "expected"),
    [
        ("persName", "registers/places.xml#wien", "`<place>`, not to a person"),
        ("placeName", "registers/persons.xml#anna", "`<person>`, not to a place"),
        ("placeName", "#clara", "`<person>`, not to a place"),
        ("placeName", "registers/places.xml#wien", None),
        ("rs", "registers/places.xml#wien", None),
    ],
)
def test_a_name_points_to_a_thing_of_its_kind(
    edition: Edition, element: str, reference: str, expected: str | None
) -> None:
    found = codes(with_ref(reference, element), edition(FILES))
    assert [code for code, _ in found] == (["V404"] if expected else [])
    assert expected is None or expected in found[0][1]


def findings_of_register(context: Context, name: str) -> list[tuple[str, int]]:
    assert context.root is not None
    document = parse_file(context.root / "registers" / name)
    return [(d.code, d.line) for d in validate(document, context)]


def test_registers_in_order_have_no_findings(edition: Edition) -> None:
    context = edition(FILES)
    assert findings_of_register(context, "persons.xml") == []
    assert findings_of_register(context, "places.xml") == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("<person><persName>Otto</persName></person>", "V401"),
        ('<person xml:id="otto"><persName> </persName></person>', "V402"),
        ('<person xml:id="otto"><note>who?</note></person>', "V402"),
        (
            '<person xml:id="o"><persName>O</persName><idno type="GND">118529390</idno></person>',
            "V403",
        ),
        ('<person xml:id="anna"><persName>Other</persName></person>', "V201"),
    ],
)
def test_an_entry_amiss_is_found(edition: Edition, entry: str, code: str) -> None:
    context = edition(
        {**FILES, "registers/persons.xml": PERSONS.replace("</list", f"{entry}</list")}
    )
    assert [found for found, _ in findings_of_register(context, "persons.xml")] == [code]


def test_the_same_number_in_two_registers_is_found(edition: Edition) -> None:
    more = register(
        '<person xml:id="x"><persName>X</persName><idno type="GND">118529390</idno></person>'
    )
    context = edition({**FILES, "registers/authors.xml": more})
    assert findings_of_register(context, "authors.xml") == []
    assert [code for code, _ in findings_of_register(context, "persons.xml")] == ["V403"]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('notBefore="1901" notAfter="1900"', ["V501"]),
        ('from="1901-03" to="1901-02-28"', ["V501"]),
        ('notBefore="1901" notAfter="1901"', []),
        ('from="1901-02-03" to="1901"', []),
        ('from="-0050" to="-0040"', []),
        ('notBefore="1901-02-30" notAfter="1901-02-01"', ["V108", "V501"]),
    ],
)
def test_periods_end_after_they_begin(
    findings: Findings, attributes: str, expected: list[str]
) -> None:
    text = LETTER.replace('when="1901-02-03"', attributes)
    assert [d.code for d in findings(text)] == expected


def test_nobody_dies_before_being_born(findings: Findings) -> None:
    text = LETTER.replace(
        "<persName>Clara</persName></person>",
        '<persName>Clara</persName><birth when="1900"/><death when="1899-12-31"/></person>',
    )
    assert [d.code for d in findings(text)] == ["V502"]


def test_a_settlement_beside_a_place_name_does_not_name_the_place(edition: Edition) -> None:
    place = '<place xml:id="w"><placeName> </placeName><settlement>Wien</settlement></place>'
    context = edition({"registers/places.xml": register(place, "Place")})
    assert findings_of_register(context, "places.xml") == []
    (named,) = entries_of(parse_file(context.registers[0]).root)
    assert [text_of(name) for name in names_of(named)] == ["Wien"]
    named[0].text = "Vienna"
    assert [text_of(name) for name in names_of(named)] == ["Vienna"]


def unmentioned(edition: Edition, letter: str, **registers: str) -> list[str]:
    files = {f"registers/{name}.xml": text for name, text in registers.items()}
    context = edition({**files, "tei/letter.xml": letter})
    assert context.root is not None
    context = replace(context, documents=context.root / "tei")
    found = [validate(parse_file(file), context) for file in context.registers]
    return [d.message for each in found for d in each if d.code == "V406"]


def test_entries_mentioned_in_no_document_are_told_once_a_register(edition: Edition) -> None:
    letter = with_ref("registers/persons.xml#anna")
    assert unmentioned(edition, letter, persons=PERSONS, places=PLACES) == [
        "the entry “paul” is mentioned in no document",
        "the entry “wien” is mentioned in no document",
    ]
    many = register("".join(f'<person xml:id="p{n}"/>' for n in range(22)))
    (message,) = unmentioned(edition, letter, persons=many)
    assert message.startswith("none of the 22 entries is mentioned in a document: “p0”, “p1”")
    assert message.endswith("“p19” and 2 more")


@pytest.mark.parametrize(
    "mention",
    [
        'ref="registers/persons.xml#paul"',
        "ref='registers/persons.xml#anna\n  registers/persons.xml#paul'",
        'ref="psn:paul"',
        'ref="nr:7"',
        'key="paul"',
        'ref="registers/persons.xml#p%61ul"',
    ],
)
def test_an_entry_may_be_mentioned_in_any_way(edition: Edition, mention: str) -> None:
    prefixes = (
        "<encodingDesc><listPrefixDef><prefixDef ident='nr' matchPattern='7' "
        "replacementPattern='registers/persons.xml#paul'/></listPrefixDef></encodingDesc>"
    )
    letter = LETTER.replace('ref="#clara"', mention).replace(
        "<profileDesc>", f"{prefixes}<profileDesc>"
    )
    paul = register('<person xml:id="paul"><persName>Paul</persName></person>')
    assert unmentioned(edition, letter, persons=paul) == []


def test_an_entry_is_mentioned_with_what_is_in_it_or_by_another(edition: Edition) -> None:
    austria = PLACES.replace('<place xml:id="wien">', '<place xml:id="at"><place xml:id="wien">')
    austria = austria.replace("</place></list", "</place></place></list")
    persons = register(
        '<person xml:id="paul"><persName>Paul</persName></person>'
        '<person xml:id="anna" corresp="#paul"><persName>Anna</persName></person>'
    )
    letter = with_ref("registers/persons.xml#anna registers/places.xml#wien", "rs")
    assert unmentioned(edition, letter, persons=persons, places=austria) == []


def test_what_an_event_only_mentions_is_no_entry(edition: Edition) -> None:
    person = (
        '<person xml:id="otto"><persName>Otto</persName><event><listPlace><place><placeName>Linz'
        "</placeName></place></listPlace></event></person>"
    )
    context = edition({"registers/persons.xml": register(person)})
    root = parse_file(context.registers[0]).root
    assert [str(e.get(XML_ID)) for e in entries_of(root)] == ["otto"]


def test_no_more_than_the_last_document_is_kept() -> None:
    text = LETTER.replace("rend=", "rendd=")
    contents = [text.replace("Clara", f"Clara{number}").encode() for number in range(6)]
    unused = sys.getrefcount(contents[0])
    for content in contents:
        validate(parse("f.xml", content), Context())
    gc.collect()
    kept = [number for number in range(6) if sys.getrefcount(contents[number]) > unused]
    assert kept in ([], [5])


def test_a_check_is_one_file() -> None:
    folder = Path(validate.__globals__["checks"].__file__).parent
    assert set(check_names()) == {p.stem for p in folder.rglob("*.py")} - {"__init__"}


def test_the_sample_edition_has_no_findings(repository: Path) -> None:
    registers = tuple(sorted((repository / "tei" / "registers").glob("*.xml")))
    context = Context(root=repository, registers=registers)
    for file in (*sorted((repository / "tei").glob("*.xml")), *registers):
        assert validate(parse_file(file), context) == (), file


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("letters/ohter.xml#clara", "letters/other.xml#clara"),
        ("other.xml#clara", "letters/other.xml#clara"),
        ("letters/other.xml#clara", None),
        ("nowhere.xml", None),
    ],
)
def test_the_whole_pointer_to_another_file_is_suggested(
    findings: Findings, edition: Edition, tmp_path: Path, written: str, meant: str | None
) -> None:
    context = edition({"letters/other.xml": LETTER})
    text = LETTER.replace("thank you", f'<ref target="{written}">thank</ref> you')
    hints = [d.hint for d in findings(text, context, str(tmp_path / "letter.xml"))]
    if meant is not None:
        assert hints == [f"Write “{meant}”, or put the file in its place."]
    else:
        assert not any("Write" in hint for hint in hints)
