"""The critical apparatus in the print vocabulary: its entries, and where their lemma begins."""

from __future__ import annotations

from typing import cast

import pytest
from lxml import etree

from toolkit.publish.printing import parse_print, print_document
from toolkit.publish.publication import Publication
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import parse

NAMESPACES = {"print": "urn:tei-toolkit:print"}
SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="la"><teiHeader><fileDesc><titleStmt>'
    "<title>T</title><respStmt><resp>ed.</resp><name xml:id='b'>Bentley</name></respStmt>"
    "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><listWit>"
    '<witness xml:id="A">codex A</witness>'
    '<witness xml:id="w2"><abbr type="siglum">Ψ</abbr> codex</witness></listWit>'
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)


def printed(body: str, language: str = "en") -> etree._Element:
    tree = parse("test.xml", SHELL.format(body).encode())
    xml = print_document("test", tree, Publication(title="E", language=language)).xml
    root = parse_print(xml)
    etree.RelaxNG(etree.parse(SCHEMAS / "print.rng")).assertValid(root)
    return root


def entries(root: etree._Element) -> list[str]:
    found = cast("list[etree._Element]", root.xpath("//print:note", namespaces=NAMESPACES))
    return ["".join(map(str, note.itertext())) for note in found]


def reading_text(root: etree._Element) -> str:
    runs = root.xpath("//print:text//print:t[not(ancestor::print:note)]", namespaces=NAMESPACES)
    return "".join(run.text or "" for run in cast("list[etree._Element]", runs))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("<lem>a</lem><rdg wit='#A'>b</rdg>", "a] b A"),
        ("<lem wit='#A'>a</lem><rdg wit='#w2'>b</rdg>", "a A] b Ψ"),
        ("<lem>a</lem><rdg wit='#A #w2'/>", "a] om. A Ψ"),
        ("<lem>a</lem><rdg wit='#A'>b</rdg><rdg resp='#b'>c</rdg>", "a] b A, c Bentley"),
        ("<lem/><rdg wit='#A'>b</rdg>", "before] add. b A"),
        ("<lem>a</lem><rdgGrp><rdg>b</rdg><rdg>c</rdg></rdgGrp><rdg>d</rdg>", "a] b, c; d"),
        ("<lem>a</lem><rdg wit='#A'>b</rdg><witDetail wit='#A'>mg.</witDetail>", "a] b A mg."),
        ("<lem>a</lem><rdg>b</rdg><note>cf. c</note>", "a] b; cf. c"),
        ("<rdg wit='#A'>a</rdg><rdg wit='#w2'>b</rdg>", "a A] b Ψ"),
    ],
)
def test_an_entry_says_lemma_readings_and_witnesses(entry: str, said: str) -> None:
    assert entries(printed(f"<p>before <app>{entry}</app> after</p>")) == [said]


def test_words_for_what_is_left_out_are_those_of_the_edition() -> None:
    root = printed("<p><app><lem>a</lem><rdg/></app></p>", language="de")
    assert entries(root) == ["a] fehlt"]


def test_a_long_lemma_is_given_by_its_first_and_last_word() -> None:
    words = " ".join(["arma", *["word"] * 12, "oris"])
    root = printed(f"<p><app><lem>{words}</lem><rdg>x</rdg></app></p>")
    assert entries(root) == ["arma … oris] x"]
    assert reading_text(root) == words


def test_a_lemma_of_nested_entries_has_only_the_words_of_the_text() -> None:
    inner = "<app><lem>primus</lem><rdg>prius</rdg></app>"
    root = printed(f"<p>T <app><lem>qui {inner} ab</lem><rdg>q. p.</rdg></app> oris</p>")
    assert entries(root) == ["primus] prius", "qui primus ab] q. p."]
    assert reading_text(root) == "T qui primus ab oris"


def test_a_lemma_begins_where_its_first_word_does() -> None:
    root = printed("<p>one <app><lem>two three</lem><rdg>x</rdg></app> four</p>")
    (block,) = cast(
        "list[etree._Element]", root.xpath("//print:text/print:block", namespaces=NAMESPACES)
    )
    assert [etree.QName(run).localname for run in block] == ["t", "lemma", "t", "note", "t"]
    assert block[1].get("note") == block[3].get("id")


def test_an_entry_can_name_the_places_its_lemma_begins_and_ends() -> None:
    root = printed("<p>one <anchor xml:id='s'/>two three<app from='#s'><rdg>x</rdg></app> four</p>")
    assert entries(root) == ["two three] x"]
    assert [run.getprevious() is not None for run in root.iter("{*}lemma")] == [True]


def test_entries_apart_from_the_text_are_told_where_they_point() -> None:
    placed = "<app from='#w'><rdg>x</rdg></app>"
    apart = f"<listApp>{placed}<app loc='9'><lem>l</lem><rdg>r</rdg></app></listApp>"
    root = printed(f"<p>one <seg xml:id='w'>two</seg> three</p><div>{apart}</div>")
    assert entries(root) == ["two] x"]
    assert reading_text(root) == "one two threel [r]"


def test_where_whole_verses_have_variants_the_text_is_one_of_them() -> None:
    verses = "<l n='1'>one</l><l n='2'>two</l>"
    root = printed(
        f"<lg><app><lem>{verses}</lem><rdg wit='#A'><l>uno</l><l>due</l></rdg></app></lg>"
    )
    assert entries(root) == ["one two] uno / due A"]
    assert reading_text(root) == "onetwo"
    first, last = root.iterfind(".//{*}text/{*}block")
    assert (first[0].tag.endswith("lemma"), last[-1].tag.endswith("note")) == (True, True)


def test_every_verse_has_its_number() -> None:
    root = printed("<lg><l>a</l><l n='7b'>b</l><l part='I'>c</l><l part='F'>d</l></lg>")
    assert [block.get("line") for block in root.iterfind(".//{*}text/{*}block")] == [
        "1",
        "7b",
        "3",
        "3",
    ]
