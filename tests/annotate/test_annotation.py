"""Names and dates are tagged where they stand, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.examples import examples
from tests.grammar import Verdicts
from toolkit.annotate import Annotation, Registers, annotate, read_registers, remove
from toolkit.annotate.scope import scope
from toolkit.diagnostics import DiagnosticError
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.tei.registers import register_files

EXPECTED = Path(__file__).parent / "expected"
TEI = "http://www.tei-c.org/ns/1.0"
PERSONS = """
<listPerson>
  <person xml:id="ri"><persName>Ri Chang-jeong</persName><persName>Li Chang Jong</persName>
    <persName type="variant">Ri</persName></person>
  <person xml:id="ann"><persName>Ann Ames</persName><persName>Ames</persName></person>
  <person xml:id="bob"><persName>Bob Ames</persName><persName>Ames</persName></person>
  <person xml:id="kim"><persName>Kim Il Sung</persName></person>
  <person xml:id="mao"><persName xml:lang="zh">毛泽东</persName></person>
  <person xml:id="may"><persName>May</persName></person>
</listPerson>
<listPlace>
  <place xml:id="korea"><placeName>North Korea</placeName><placeName>Korea</placeName></place>
  <place xml:id="york"><placeName>York</placeName></place>
  <place xml:id="pyongyang"><placeName>Pyongyang</placeName></place>
  <place xml:id="beijing"><placeName xml:lang="zh">北京</placeName></place>
</listPlace>
<listOrg>
  <org xml:id="mfa"><orgName>Ministry of Foreign Affairs of North Korea</orgName>
    <location><placeName ref="#pyongyang">Pyongyang</placeName></location></org>
</listOrg>
"""


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    (folder / "r.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{PERSONS}</body></text></TEI>',
        encoding="utf-8",
    )
    found = read_registers(register_files(folder), folder)
    assert found.diagnostics == ()
    return found


def document(body: str, header: str = "") -> str:
    return (
        f'<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>A letter</title>'
        '<respStmt xml:id="toolkit"><resp>encoding</resp><name>TEI toolkit</name></respStmt>'
        f"</titleStmt></fileDesc><profileDesc>{header}</profileDesc></teiHeader>"
        f"<text><body><div>{body}</div></body></text></TEI>"
    )


def body_of(registers: Registers, body: str, header: str = "") -> tuple[str, Annotation]:
    result = annotate(parse("x.xml", document(body, header).encode()), registers, "reg")
    text = result.content.decode()
    return text[text.index("<div>") + 5 : text.index("</div>")], result


def short(text: str) -> str:
    """Return the text with the attributes that each tag has left out."""
    return re.sub(r' ref="reg/r.xml#(\w+)" resp="#toolkit" cert="\w+"', r" \1", text)


@pytest.mark.parametrize("written", ["ANN AMES", "Ann AMES", "Kim Il SUNG", "KIM IL SUNG"])
def test_a_name_may_have_its_last_word_or_all_in_capitals(
    registers: Registers, written: str
) -> None:
    body, _result = body_of(registers, f"<p>To {written}.</p>")
    assert re.search(f'<persName [^>]* cert="high">{written}</persName>', body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>To Korea.</p>", "<p>To <placeName korea>Korea</placeName>.</p>"),
        ("<p>Ri\n  Chang-jeong</p>", "<p><persName ri>Ri\n  Chang-jeong</persName></p>"),
        ("<p>KIM IL SUNG</p>", "<p><persName kim>KIM IL SUNG</persName></p>"),
        (
            '<p><supplied reason="omitted">North</supplied> Korea</p>',
            '<p><placeName korea><supplied reason="omitted">North</supplied> Korea</placeName></p>',
        ),
        ("<p>North<lb/>Korea</p>", "<p><placeName korea>North<lb/>Korea</placeName></p>"),
        (
            '<p>Pyong-<lb break="no"/>yang</p>',
            '<p><placeName pyongyang>Pyong-<lb break="no"/>yang</placeName></p>',
        ),
        (
            "<p><choice><orig>Ri Chang-jeong</orig><reg>Li Chang Jong</reg></choice></p>",
            "<p><persName ri><choice><orig>Ri Chang-jeong</orig><reg>Li Chang Jong</reg>"
            "</choice></persName></p>",
        ),
        (
            "<p><subst><del>Bob</del><add>Kim</add></subst> Il Sung came</p>",
            "<p><persName kim><subst><del>Bob</del><add>Kim</add></subst> Il Sung</persName>"
            " came</p>",
        ),
        (
            "<p><choice><sic>Kin Il Sung</sic><corr>Kim Il Sung</corr></choice></p>",
            "<p><persName kim><choice><sic>Kin Il Sung</sic><corr>Kim Il Sung</corr>"
            "</choice></persName></p>",
        ),
        (
            "<p>Kim <del>Jo</del>Il <hi>Sung</hi></p>",
            "<p><persName kim>Kim <del>Jo</del>Il <hi>Sung</hi></persName></p>",
        ),
        (
            "<p>Ri<!-- c --> Chang-jeong</p>",
            "<p><persName ri>Ri<!-- c --> Chang-jeong</persName></p>",
        ),
        (
            "<p>毛泽东在北京说</p>",
            "<p><persName mao>毛泽东</persName>在<placeName beijing>北京</placeName>说</p>",
        ),
        ("<p><![CDATA[Korea]]></p>", "<p><placeName korea><![CDATA[Korea]]></placeName></p>"),
        ("<p>K&#x6f;rea</p>", "<p><placeName korea>K&#x6f;rea</placeName></p>"),
        ("<p><hi>Korea</hi></p>", "<p><hi><placeName korea>Korea</placeName></hi></p>"),
        (
            "<p>Ministry of Foreign Affairs of North Korea</p>",
            "<p><orgName mfa>Ministry of Foreign Affairs of North Korea</orgName></p>",
        ),
    ],
)
def test_a_name_is_found_through_markup(registers: Registers, body: str, expected: str) -> None:
    assert short(body_of(registers, body)[0]) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<p>Koreans</p>",
        "<p>korea</p>",
        "<p>New York</p>",
        "<p>U.S.A.</p>",
        "<p>Ri-son</p>",
        "<p><persName>Ri Chang-jeong</persName></p>",
        "<p><title>Kim Il Sung</title></p>",
        "<p><idno>Korea 5</idno></p>",
        '<p/><note type="metadata">Kim Il Sung</note>',
        "<p>North <gap/> Korean</p>",
        "<p>Kim</p><p>Il Sung</p>",
    ],
)
def test_what_is_no_name_or_tagged_already_stays(registers: Registers, body: str) -> None:
    assert body_of(registers, body)[0] == body


def test_a_note_is_a_text_of_its_own(registers: Registers) -> None:
    body = "<p>Kim<note>of Korea</note> Il Sung</p>"
    assert short(body_of(registers, body)[0]) == (
        "<p><persName kim>Kim<note>of Korea</note> Il Sung</persName></p>"
    )
    body = "<p>He<note>Kim Il Sung</note> went</p>"
    assert "<note><persName" in body_of(registers, body)[0]


def test_a_name_across_a_border_is_told_and_left(registers: Registers) -> None:
    body = "<p><hi>so Kim</hi> Il Sung</p>"
    text, result = body_of(registers, body)
    assert text == body
    assert [d.code for d in result.diagnostics] == ["A006"]


def test_a_name_does_not_go_around_another_way_of_writing_that_has_one(
    registers: Registers,
) -> None:
    body = "<p><choice><sic>Kim Korea</sic><corr>Kim Il Sung</corr></choice></p>"
    text, _result = body_of(registers, body)
    assert short(text) == (
        "<p><choice><sic>Kim <placeName korea>Korea</placeName></sic><corr>Kim Il Sung</corr>"
        "</choice></p>"
    )


def test_part_of_a_cdata_section_is_told_and_left(registers: Registers) -> None:
    body = "<p><![CDATA[in Korea & so]]></p>"
    text, result = body_of(registers, body)
    assert text == body
    assert [d.code for d in result.diagnostics] == ["A007"]
    assert "it stands in a CDATA section" in result.diagnostics[0].message


@pytest.mark.parametrize("root", [f'<div xmlns="{TEI}"><p>Korea</p></div>', "<mods>Korea</mods>"])
def test_a_file_that_is_no_tei_document_is_told_and_left(registers: Registers, root: str) -> None:
    result = annotate(parse("part.xml", root.encode()), registers, "r.xml")
    assert result.content == root.encode()
    assert [(d.code, d.line) for d in result.diagnostics] == [("A024", 1)]


def test_an_ambiguous_name_is_told_and_left(registers: Registers) -> None:
    text, result = body_of(registers, "<p>Ames and Ames</p>")
    assert text == "<p>Ames and Ames</p>"
    assert [(d.code, d.severity.value) for d in result.diagnostics] == [("A005", "note")]
    assert "r.xml#ann (0.50), r.xml#bob (0.50)" in result.diagnostics[0].message


def test_an_ambiguous_name_is_settled_by_the_full_name_elsewhere(registers: Registers) -> None:
    text, result = body_of(registers, "<p>Ames</p><p>Bob Ames</p>")
    assert '#bob" resp="#toolkit" cert="medium">Ames<' in text
    assert result.diagnostics == ()


def test_a_variant_of_one_word_is_less_certain(registers: Registers) -> None:
    assert 'cert="medium">Ri<' in body_of(registers, "<p>Ri said</p>")[0]
    assert 'cert="high">Ri Chang-jeong<' in body_of(registers, "<p>Ri Chang-jeong</p>")[0]


def test_a_date_goes_before_a_name_inside_it(registers: Registers) -> None:
    text, _result = body_of(registers, "<p>3 May 1848; May came</p>")
    assert '<date when="1848-05-03" resp="#toolkit" cert="high">3 May 1848</date>' in text
    assert short(text).endswith("; <persName may>May</persName> came</p>")


def test_the_first_dateline_dates_the_document(registers: Registers) -> None:
    body = "<opener><dateline>York, 18 June 1959</dateline></opener><p>On February 20</p>"
    text, _result = body_of(registers, body)
    assert '<date when="1959-02-20" evidence="internal" resp="#toolkit" cert="high">' in text


def test_a_time_is_tagged_once_and_beside_its_date(registers: Registers) -> None:
    text, result = body_of(registers, "<p>On 3 May 1848, at 3.30 p.m., <hi>8 <lb/>a.m.</hi></p>")
    assert '</date>, at <time when="15:30:00" resp="#toolkit" cert="high">3.30 p.m.</time>' in text
    assert '<time when="08:00:00" resp="#toolkit" cert="high">8 <lb/>a.m.</time>' in text
    assert annotate(parse("x", result.content), registers, "reg").content == result.content
    assert remove(parse("x", result.content)).counts["time"] == 2


def test_an_impossible_date_is_told(registers: Registers) -> None:
    text, result = body_of(registers, "<p>\non 31 February 1959</p>")
    assert "<date" not in text
    assert [(d.code, d.line, d.column) for d in result.diagnostics] == [("A008", 2, 4)]


def test_correspondence_is_completed(registers: Registers) -> None:
    header = (
        '<correspDesc>\n  <correspAction type="sent">\n    <orgName resp="#toolkit">the Ministry of'
        " Foreign Affairs of North Korea</orgName>\n    <date>June 18, 1959</date>\n"
        '  </correspAction>\n  <correspAction type="received"><persName>Ann Ames</persName>'
        "</correspAction>\n</correspDesc>"
    )
    _text, result = body_of(registers, "<p>On February 20</p>", header)
    content = result.content.decode()
    assert (
        '<orgName resp="#toolkit" ref="reg/r.xml#mfa" cert="high">the Ministry of Foreign Affairs'
        " of North Korea</orgName>\n"
        '    <placeName ref="reg/r.xml#pyongyang" resp="#toolkit" cert="medium"'
        ' evidence="external">Pyongyang</placeName>\n'
        '    <date when="1959-06-18" resp="#toolkit" cert="high">'
    ) in content
    assert "<persName>Ann Ames</persName>" in content
    assert 'when="1959-02-20"' in content
    assert annotate(parse("x", result.content), registers, "reg").content == result.content


def test_who_is_responsible_is_stated_once_and_only_if_needed(registers: Registers) -> None:
    source = (
        f'<t:TEI xmlns:t="{TEI}">\n<t:teiHeader><t:fileDesc><t:titleStmt>\n  <t:title>T</t:title>\n'
        "</t:titleStmt></t:fileDesc></t:teiHeader><t:text><t:body><t:p>%s</t:p></t:body></t:text>"
        "</t:TEI>"
    )
    result = annotate(parse("x.xml", (source % "Korea").encode()), registers, "reg")
    assert (
        b'<t:title>T</t:title>\n  <t:respStmt xml:id="toolkit">\n    <t:resp>annotation by rule'
        b"</t:resp>\n    <t:name>TEI toolkit</t:name>\n  </t:respStmt>\n</t:titleStmt>"
    ) in result.content
    assert b"<t:placeName " in result.content
    assert dict(result.counts) == {"placeName": 1}
    nothing = (source % "none").encode()
    assert annotate(parse("x.xml", nothing), registers, "reg").content == nothing


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encoding_line_ends_and_markup_stay_as_they_are(
    registers: Registers, encoding: str
) -> None:
    name = encoding.removesuffix("-sig")
    text = (
        f"<?xml version='1.0' encoding='{name}'?>\r\n<!DOCTYPE TEI [<!ENTITY k 'Kim Il Sung'>]>\r\n"
        + document(
            "<p  n = '1'\tresp=\"#é\">&amp;\r\nthe&#160;caf\u00e9 in\r\nNorth\r\nKorea: &k;</p>"
        )
    )
    before = text.encode(encoding)
    after = annotate(parse("x.xml", before), registers, "reg").content.decode(encoding)
    assert 'cert="high">North\r\nKorea</placeName>' in after
    assert 'cert="high">&k;</persName>' in after
    tags_and_record = r"</?(placeName|persName)[^>]*>|<\?tei-annotation [^>]*\?>\r\n"
    assert re.sub(tags_and_record, "", after) == text


def test_a_letter_is_annotated_as_expected(registers: Registers) -> None:
    source = (EXPECTED / "cable-before.xml").read_bytes()
    result = annotate(parse("cable.xml", source), registers, "registers")
    assert result.content.decode() == (EXPECTED / "cable-after.xml").read_text(encoding="utf-8")


WORDS = [
    "Kim", "Il", "Sung", "Ames", "Ann ", "Bob", "North", "Korea", "May", "3", "1848", "in",
    "18 June 1959", "last year", "on the 5th,", "New York", "北京", "Ri Chang-jeong", "yesterday",
]  # fmt: skip


def trees(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = [
        "<hi>%s</hi>", "<supplied>%s</supplied>", "<note>%s</note>", "<del>%s</del>",
        "<persName>%s</persName>", "<date>%s</date>", "<title>%s</title>", "<lb/>%s",
        "<!-- c -->%s",
        "<choice><sic>%s</sic><corr>Kim Il Sung</corr></choice>", "<![CDATA[Kim]]>%s", "%s&#32;",
        "<choice><orig>Ames</orig><reg>%s</reg></choice>", '<foreign xml:lang="zh">%s</foreign>',
        "<q>%s</q>", "<seg>%s <gap/></seg>",
    ]  # fmt: skip
    return st.lists(st.tuples(st.sampled_from([*wrapped, "%s", "%s "]), children), max_size=4).map(
        lambda parts: " ".join(form % text for form, text in parts)
    )


BODIES = st.recursive(
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), trees, max_leaves=8
)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=3))
@example(["<choice><orig>Ames</orig><reg>May</reg></choice> <hi>18 June 1959</hi>"])
def test_the_text_stays_and_a_second_run_changes_nothing(
    registers: Registers, bodies: list[str]
) -> None:
    content = document("".join(f"<p>{body}</p>" for body in bodies)).encode()
    first = annotate(parse("x.xml", content), registers, "reg")
    before, after = etree.fromstring(content), etree.fromstring(first.content)
    assert "".join(map(str, before.itertext())) == "".join(map(str, after.itertext()))
    again = annotate(parse("x.xml", first.content), registers, "reg")
    assert again.content == first.content
    assert dict(again.counts) == {}


def test_valid_documents_of_editors_stay_valid(
    data_folder: Path, official_schema: Verdicts, tmp_path: Path
) -> None:
    for index in (data_folder / "gold" / "amp").glob("amp-index-p*.xml"):
        (tmp_path / index.name).write_bytes(index.read_bytes())
    registers = read_registers(register_files(tmp_path), tmp_path)
    files = [
        path
        for corpus, many in (("schnitzler-briefe", 5), ("tei-exemplars", 20), ("frus-history", 3))
        for path in sorted((data_folder / "corpora" / corpus).rglob("*.xml"))[:many]
        if path.stat().st_size < 400_000
    ]
    added = 0
    for path in files:
        document = parse(path.name, path.read_bytes())
        result = annotate(document, registers, "registers")
        added += sum(result.counts.values())
        if official_schema.validate(document.content):
            assert official_schema.validate(result.content), path
        assert (
            annotate(parse("x", result.content), registers, "registers").content == result.content
        )
    assert added > 10


def test_where_names_may_stand_follows_from_the_schema(data_folder: Path) -> None:
    tree = etree.parse(data_folder / "schemas" / "tei_all_4.12.0.rng")
    content = contents(tree)
    names = set(scope().names.values())
    for name in (*names, "date"):
        assert {e for e, inside in content.items() if {name, "#text"} <= inside} == scope().parents
    assert all(names <= content[parent] for parent in scope().name_parents)
    assert content["persName"] - {"#text"} == scope().children["names"]
    assert content["date"] - {"#text"} == scope().children["date"]


def contents(tree: etree._ElementTree) -> dict[str, set[str]]:
    """Return what each element of a schema may hold: element names and “#text”."""
    rng = "{http://relaxng.org/ns/structure/1.0}"
    definitions: dict[str, list[etree._Element]] = {}
    for definition in tree.iter(f"{rng}define"):
        definitions.setdefault(str(definition.get("name")), []).append(definition)

    def collect(pattern: etree._Element, seen: set[str], found: set[str]) -> None:
        for part in pattern.iterchildren(f"{rng}*"):
            name, kind = str(part.get("name")), str(part.tag).removeprefix(rng)
            if kind in ("element", "text"):
                found.add("#text" if kind == "text" else name)
            elif kind == "ref" and name not in seen:
                seen.add(name)
                for definition in definitions.get(name, []):
                    collect(definition, seen, found)
            elif kind not in ("attribute", "list", "ref"):
                collect(part, seen, found)

    result: dict[str, set[str]] = {}
    for element in tree.iter(f"{rng}element"):
        if element.get("name") is not None:
            collect(element, set(), result.setdefault(str(element.get("name")), set()))
    return result


def test_a_document_that_only_one_parser_reads_is_told(registers: Registers) -> None:
    content = document("<p>Korea</p>").encode()
    broken = ParsedDocument("x.xml", content[:-3])
    vars(broken)["root"] = parse("x.xml", content).root
    with pytest.raises(DiagnosticError) as told:
        annotate(broken, registers, "reg")
    assert [d.code for d in told.value.diagnostics] == ["X001"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Reis Effendi", "Reis-Effendi"),
        ("Reis Effendi", "Reiß Efendi"),
        ("Großvezier", "Groß-Vezier"),
        ("Großvezier", "Groß Vezier"),
        ("Großvezier", "Großwesirs"),
        ("Prinz Eugen", "Prinzen Eugen"),
        ("Prinz Eugen", "Printz Eugenii"),
        ("Czar", "Zaren"),
    ],
)
def test_offices_and_titles_are_found_in_other_spellings_and_inflected(
    tmp_path: Path, name: str, written: str
) -> None:
    (tmp_path / "r.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body><listPerson><person xml:id="p">'
        f"<persName>{name}</persName></person></listPerson></body></text></TEI>",
        encoding="utf-8",
    )
    registers = read_registers(register_files(tmp_path), tmp_path)
    body, _result = body_of(registers, f'<p xml:lang="de">von dem {written} kam</p>')
    assert short(body) == f'<p xml:lang="de">von dem <persName p>{written}</persName> kam</p>'
