"""The promises of the web pages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from tests.publish.whole_edition import pages_about
from toolkit.diagnostics import DiagnosticError
from toolkit.publish import (
    DocumentEntry,
    Publication,
    Register,
    describe_document,
    output_names,
    publish_document,
)
from toolkit.tei.parse import parse, parse_file

Page = Any  # an lxml tree, by methods that its type stubs do not know

HERE = Path(__file__).parent
LETTER = parse_file(HERE / "samples" / "letter.xml")
PERSONS = Register("persons", (HERE / "samples" / "persons.xml").read_bytes())
EDITION = Publication(
    title="Harbour letters",
    editors=("Clara Voss",),
    publisher="Harbour Press",
    licence_name="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    registers=(PERSONS,),
    documents=(
        DocumentEntry("before", "An earlier letter", "1870"),
        describe_document("letter", LETTER),
        DocumentEntry("after", "A later letter", "1872-01"),
    ),
    description="Letters about boats.",
    outputs=("html", "pdf"),
)
TEI = "http://www.tei-c.org/ns/1.0"


def source(body: str, header: str = "") -> bytes:
    return (
        f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>'
    ).encode()


def page_of(body: str, header: str = "", publication: Publication | None = None) -> Page:
    document = parse("a.xml", source(body, header))
    published = publish_document("html", "a", document, publication or Publication(title=""))
    assert not [d for d in published.diagnostics if d.code == "P010"]
    return html.document_fromstring(published.files["a.html"].decode())


def reading(page: Page) -> Page:
    return page.get_element_by_id("ed:text")


def spaced(element: Page) -> str:
    return " ".join(" ".join(element.itertext()).split())


def shown(page: Page) -> str:
    for hidden in reading(page).xpath(".//*[@hidden]"):
        hidden.drop_tree()
    return " ".join(reading(page).text_content().split())


@pytest.fixture(scope="module")
def letter() -> Page:
    page = publish_document("html", "letter", LETTER, EDITION).files["letter.html"]
    return html.document_fromstring(page.decode())


def test_html_is_one_of_the_outputs() -> None:
    assert "html" in output_names()


def test_the_text_of_the_letter_is_rendered_as_expected() -> None:
    page = publish_document("html", "letter", LETTER, EDITION).files["letter.html"].decode()
    start = page.index('<div class="reading"')
    end = page.index('<details class="legend')
    expected = HERE / "expected" / "letter-text.html"
    assert page[start:end] + "\n" == expected.read_text(encoding="utf-8")


def test_the_same_document_gives_the_same_bytes() -> None:
    first = publish_document("html", "letter", LETTER, EDITION).files
    assert first == publish_document("html", "letter", LETTER, EDITION).files


def test_a_seal_is_drawn_and_named(letter: Page) -> None:
    (seal,) = reading(letter).find_class("shape-seal")
    assert seal.text_content().split() == ["seal", "Berg", "and", "Sons"]


def test_supplied_words_stand_in_brackets_with_who_supplied_them(letter: Page) -> None:
    (supplied,) = letter.find_class("supplied")
    assert supplied.text_content() == "[old]"
    assert supplied.get("title") == "Supplied; omitted in the source; by Nils Holm"


def test_underlining_keeps_its_kind(letter: Page) -> None:
    (underlined,) = reading(letter).find_class("r-underline-2")
    assert underlined.tag == "u"
    assert underlined.text_content() == "lost"


def test_deletions_additions_gaps_and_errors_are_all_seen(letter: Page) -> None:
    text = shown(letter)
    assert "came went hom [home], perhaps[?] [···]." in text
    (gap,) = (e for e in letter.find_class("gap") if e.get("title"))
    assert gap.get("title") == "Text missing; 3 letters; illegible"
    assert [e.tag for e in reading(letter).find_class("del")] == ["del"]
    assert [e.tag for e in reading(letter).find_class("add")] == ["ins"]


def test_a_name_leads_to_its_entry(letter: Page) -> None:
    (link,) = reading(letter).xpath(".//a[@class='link']")
    assert link.get("href") == "registers/persons.html#berg"
    assert link.getparent().get("title") == "Anna Berg; certain"


def test_a_note_and_its_call_lead_to_each_other(letter: Page) -> None:
    (call,) = letter.xpath("//a[@role='doc-noteref']")
    (back,) = letter.xpath("//a[@role='doc-backlink']")
    note = letter.get_element_by_id(call.get("href")[1:])
    assert note.text_content().split() == ["1", "In", "the", "storm."]
    assert back.get("href") == f"#{call.get('id')}"


def test_an_authors_marginal_note_stays_at_its_place(letter: Page) -> None:
    (note,) = letter.find_class("placement-margin")
    assert note.text_content() == "Answered."
    assert note.getparent().get("id") == "ar"


def test_dates_are_machine_readable(letter: Page) -> None:
    assert {t.get("datetime") for t in letter.iter("time")} == {"1871-06-02"}


def test_language_and_direction_are_marked(letter: Page) -> None:
    (foreign,) = letter.find_class("foreign")
    assert (foreign.get("lang"), foreign.get("dir")) == ("ar", "rtl")
    assert reading(letter).get("lang") == "en"


def test_paragraphs_and_pages_can_be_cited(letter: Page) -> None:
    assert letter.get_element_by_id("div1.p1").tag == "p"
    assert letter.get_element_by_id("page-2").get("aria-label") == "Page 2"


def test_the_facts_of_the_header_stand_above_the_text(letter: Page) -> None:
    (facts,) = letter.xpath("//header//dl[@class='facts']")
    rows = {
        row.find("dt").text_content(): " ".join(row.find("dd").text_content().split())
        for row in facts
    }
    assert rows == {
        "From": "Anna Berg, Oslo, 2 June 1871",
        "To": "Ivo Lund",
        "Editor": "Clara Voss",
        "Source": "Town Archive, B 12, fol. 3",
        "Translation": "Nils Holm",
        "Funding": "Harbour Fund",
    }
    assert "Berg asks for a boat." in letter.find_class("abstract")[0].text_content()
    about = letter.find_class("about")[0].text_content()
    assert "Errors are kept." in about
    assert "CC BY 4.0" in about


def test_the_legend_explains_what_occurs_and_nothing_else(letter: Page) -> None:
    (legend,) = letter.find_class("legend")
    text = legend.text_content()
    assert "text of a seal" in text
    assert "underlined twice" in text
    assert "stamp" not in text
    assert "abbreviation" not in text


def test_the_page_leads_to_its_neighbours_and_downloads(letter: Page) -> None:
    links = {a.get("href") for a in letter.iter("a")}
    assert {"before.html", "after.html", "letter.pdf", "tei/letter.xml", "index.html"} <= links


def test_the_page_has_landmarks_one_main_heading_and_a_way_past_the_navigation(
    letter: Page,
) -> None:
    assert len(letter.xpath("//main")) == len(letter.xpath("//h1")) == 1
    skip = letter.xpath("//a[@class='skip']")[0].get("href")
    assert letter.xpath(f"//*[@id='{skip[1:]}']")
    levels = [int(h.tag[1]) for h in letter.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_no_identifier_is_used_twice_and_no_link_within_the_page_leads_nowhere(
    letter: Page,
) -> None:
    ids = letter.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in letter.iter("a") if a.get("href")[0] == "#"} <= set(ids)


def test_a_page_asks_nothing_of_other_sites(letter: Page) -> None:
    for element in letter.iter("link", "script", "img"):
        assert not (element.get("href") or element.get("src") or "").startswith(("http", "//"))


def test_the_policy_comes_first_and_forbids_what_is_not_beside_the_page(letter: Page) -> None:
    (policy,) = letter.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


# Elements in their contexts.


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a <sic>b</sic></p>", "a b [sic]"),
        ("<p><choice><abbr>Dr</abbr><expan>Doctor</expan></choice> B</p>", "Dr [Doctor] B"),
        ("<p>D<ex>octo</ex>r</p>", "D(octo)r"),
        ("<p>a<surplus>b</surplus></p>", "a{b}"),
        ("<p>a <unclear>b</unclear>c</p>", "a bc"),
        ("<p>a <supplied cert='low'>b</supplied></p>", "a [b?]"),
        ("<p>a<handShift scribe='B. Clerk'/>b</p>", "a[hand: B. Clerk]b"),
        ("<p>a<unknown>b</unknown>c</p>", "abc"),
        ("<p>a<g ref='#x'/></p>", "a⟨x⟩"),
        ("<lg><l>a</l><l n='5'>b</l></lg>", "ab5"),
        ("<p>x <app><lem wit='#A'>a</lem><rdg wit='#B'>b</rdg></app></p>", "x aA"),
        ("<p>a<space/>b</p>", "a[ ]b"),
        ("<p>a <subst><del>b</del><add>c</add></subst>.</p>", "a b c."),
        ("<p>a<subst><del>b</del><add>c</add></subst>d</p>", "abcd"),
        ("<ab>a<lb n='2' break='no'/>b</ab>", "ab"),
    ],
)
def test_elements_are_shown_by_their_sign(body: str, expected: str) -> None:
    assert shown(page_of(body)) == expected


def test_readings_stand_in_the_apparatus() -> None:
    page = page_of("<p>x <app><lem wit='#A'>a</lem><rdg wit='#B'>b</rdg></app></p>")
    assert spaced(page.find_class("apparatus")[0]) == "Apparatus A a A ] b B"


def test_a_list_within_a_paragraph_does_not_break_the_page() -> None:
    page = page_of("<p>a <list><item>b</item><pb n='3'/><item>c</item></list> d</p>")
    (paragraph,) = page.xpath("//*[@id='p1']")
    assert paragraph.tag == "div"
    assert [li.text_content() for li in paragraph.iter("li")] == ["b3", "c"]


def test_headings_go_by_the_depth_of_their_division() -> None:
    page = page_of("<div><head>a</head><div><head>b</head><p>c</p></div></div>")
    assert [(h.tag, h.text) for h in reading(page).iter("h2", "h3")] == [("h2", "a"), ("h3", "b")]


def test_a_link_never_stands_within_a_link() -> None:
    page = page_of(
        "<p><ref target='https://example.org/'><persName ref='https://example.org/b'>B</persName>"
        "<note>x</note></ref></p>"
    )
    assert not page.xpath("//a//a")


def test_words_in_the_language_of_the_edition() -> None:
    header = "<profileDesc><correspDesc><correspAction type='sent'><persName>B</persName>"
    header += "</correspAction></correspDesc></profileDesc>"
    for language, word in (("de", "Von"), ("fr", "De"), ("en", "From"), ("xx", "From")):
        page = page_of("<p>a</p>", header, Publication(title="", language=language))
        assert page.xpath("string(//dt)") == word


LOCALES = Path(__file__).parents[2] / "xslt" / "locales"
LOCALE = "{urn:tei-toolkit:locale}"
OPTIONAL = re.compile(r"unit\..*\.few|month\..*\.alone")


def keys_of(locale: Path) -> set[str]:
    terms = list(parse_file(locale).root.iter(f"{LOCALE}term"))
    assert all((term.text or "").strip() for term in terms)
    return {key for term in terms if not OPTIONAL.fullmatch(key := term.get("key") or "")}


def test_every_locale_says_everything() -> None:
    locales = sorted(LOCALES.glob("*.xml"))
    assert {"de", "en", "fr", "ru"} <= {locale.stem for locale in locales}
    for locale in locales:
        assert keys_of(locale) == keys_of(LOCALES / "en.xml"), locale.name


def test_every_word_the_stylesheets_ask_for_is_in_the_locale() -> None:
    known = keys_of(LOCALES / "en.xml")
    asked = 0
    for module in sorted(LOCALES.parent.rglob("*.xsl")):
        code = re.sub(r"<!--.*?-->", "", module.read_text("utf-8"), flags=re.DOTALL)
        for key in re.findall(r"(?:h:say|f:word|l:known)\('([a-z.-]+[a-z])'[,)]", code):
            assert key in known, f"{module.name}: {key}"
            asked += 1
    assert asked > 60


@pytest.mark.parametrize(
    ("language", "quantity", "expected"),
    [
        *(("ru", n, f"{n} {word}") for n, word in ((1, "буква"), (3, "буквы"), (5, "букв"))),
        *(("ru", n, f"{n} {word}") for n, word in ((11, "букв"), (21, "буква"), (22, "буквы"))),
        *(("de", n, f"{n} {word}") for n, word in ((1, "Buchstabe"), (2, "Buchstaben"))),
    ],
)
def test_a_unit_takes_the_form_its_number_wants(
    language: str, quantity: int, expected: str
) -> None:
    publication = Publication(title="", language=language)
    page = page_of(f"<p><gap quantity='{quantity}' unit='chars'/></p>", publication=publication)
    (gap,) = reading(page).find_class("gap")
    assert gap.get("title").partition("; ")[2] == expected


def test_an_element_without_a_template_is_reported_with_its_line() -> None:
    published = publish_document(
        "html", "a", parse("a.xml", source("<p>a\n<unknown>b</unknown></p>")), Publication(title="")
    )
    assert [(d.code, d.line) for d in published.diagnostics] == [("P002", 2)]


def own_stylesheet(folder: Path, templates: str) -> Publication:
    (folder / "html.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
        'xmlns:h="urn:tei-toolkit:html" xpath-default-namespace="http://www.tei-c.org/ns/1.0">\n'
        f'<xsl:import href="toolkit:html.xsl"/>\n{templates}</xsl:stylesheet>',
        encoding="utf-8",
    )
    return Publication(title="", custom_stylesheets=folder)


def test_an_edition_overrides_what_it_likes(tmp_path: Path) -> None:
    publication = own_stylesheet(
        tmp_path,
        '<xsl:template match="unknown"><mark><xsl:apply-templates/></mark></xsl:template>'
        '<xsl:template name="h:hook-footer"><p>Ours</p></xsl:template>',
    )
    page = page_of("<p>a <unknown>b</unknown></p>", publication=publication)
    assert page.xpath("string(//mark)") == "b"
    assert page.xpath("string(//footer)").strip() == "Ours"


def test_stylesheets_of_an_edition_import_each_other_too(tmp_path: Path) -> None:
    publication = own_stylesheet(tmp_path, '<xsl:include href="more.xsl"/>')
    (tmp_path / "more.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
        'xpath-default-namespace="http://www.tei-c.org/ns/1.0">'
        '<xsl:template match="hi"><kbd><xsl:apply-templates/></kbd></xsl:template></xsl:stylesheet>'
    )
    page = page_of("<p>a <hi>b</hi></p>", publication=publication)
    assert page.xpath("string(//kbd)") == "b"


def test_a_mistake_in_a_stylesheet_of_an_edition_is_told_with_its_line(tmp_path: Path) -> None:
    publication = own_stylesheet(tmp_path, '<xsl:template match="p[">x</xsl:template>')
    with pytest.raises(DiagnosticError) as caught:
        publish_document("html", "a", parse("a.xml", source("<p>b</p>")), publication)
    (found,) = caught.value.diagnostics
    assert (found.code, found.file, found.line) == ("X101", str(tmp_path / "html.xsl"), 3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=80))
def test_any_text_of_a_paragraph_is_on_the_page(text: str) -> None:
    page = publish_document(
        "html", "a", parse("a.xml", source(f"<p>{escape(text)}</p>")), Publication(title="")
    ).files["a.html"]
    tree: Page = html.document_fromstring(page.decode())
    (paragraph,) = tree.xpath("//*[@id='p1']")
    assert paragraph.text_content() == text


# The pages about the edition.


@pytest.fixture(scope="module")
def edition() -> dict[str, Page]:
    files = pages_about(EDITION, [("letter", LETTER)]).files
    return {
        name: html.document_fromstring(content.decode())
        for name, content in files.items()
        if name.endswith(".html")
    }


def test_the_start_page_lists_the_documents_in_order_of_time(edition: dict[str, Page]) -> None:
    page = edition["index.html"]
    assert page.xpath("string(//h1)") == "Harbour letters"
    titles = [h.text_content().strip() for h in page.xpath("//ol[@class='documents']//h3")]
    assert titles == ["An earlier letter", "Anna Berg to Ivo Lund, 2 June 1871", "A later letter"]
    text = " ".join(page.text_content().split())
    for words in ("Letters about boats.", "Edited by Clara Voss", "Berg asks for a boat."):
        assert words in text
    assert "January 1872" in text


def test_the_start_page_leads_to_the_volumes_that_are_made() -> None:
    made = pages_about(replace(EDITION, outputs=("html", "pdf", "epub", "volume"))).files
    page: Page = html.document_fromstring(made["index.html"].decode())
    links = page.find_class("downloads")[0].xpath(".//a")
    found = {link.text: link.get("href") for link in links}
    assert found == {"EPUB": "edition/volume.epub", "PDF": "edition/volume.pdf"}


def test_a_register_shows_its_data_and_links_identifiers_safely(edition: dict[str, Page]) -> None:
    entry = edition["registers/persons.html"].get_element_by_id("berg")
    text = spaced(entry)
    for words in (
        "Anna Berg",
        "Also Berg",
        "Born 5 January 1830",
        "Boat builder.",
        "GND 118529390",
    ):
        assert words in text
    external = entry.xpath(".//a[@rel='external']/@href")
    assert external == ["https://d-nb.info/gnd/118529390"]


def test_a_register_leads_to_every_place_where_an_entry_is_named(
    edition: dict[str, Page], letter: Page
) -> None:
    entry = edition["registers/persons.html"].get_element_by_id("berg")
    links = [h for h in entry.xpath(".//a/@href") if "#" in h and h.startswith("../")]
    assert [link.partition("#")[0] for link in links] == ["../letter.html"] * 2
    for link in links:
        assert letter.get_element_by_id(link.partition("#")[2]).text_content() in (
            "Anna Berg",
            "Berg",
        )
    assert "The old boat of Berg is lost" in " ".join(entry.text_content().split())


def test_an_entry_nobody_names_says_so(edition: dict[str, Page]) -> None:
    entry = edition["registers/persons.html"].get_element_by_id("silent")
    assert "Not named in the documents." in entry.text_content()


# Nothing a document says can run.


@pytest.fixture(scope="module")
def hostile() -> Page:
    document = parse_file(HERE / "samples" / "hostile.xml")
    published = publish_document("html", "hostile", document, Publication(title=""))
    assert "tei/hostile.xml" not in published.files
    assert "P003" in {d.code for d in published.diagnostics}
    return html.document_fromstring(published.files["hostile.html"].decode())


def test_the_only_script_is_the_editions_own(hostile: Page) -> None:
    assert [s.get("src") for s in hostile.iter("script")] == ["assets/edition.js"]
    assert not [s.text for s in hostile.iter("script") if s.text]
    assert not hostile.xpath("//iframe|//object|//embed|//svg|//base|//form|//style[not(@id)]")


def test_no_attribute_runs_or_styles(hostile: Page) -> None:
    for element in hostile.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name != "style"
            if name in ("href", "src"):
                assert re.match(r"(https?:|#|assets/|tei/)", value), value


def test_the_words_of_a_hostile_document_are_on_its_page(hostile: Page) -> None:
    text = hostile.text_content()
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"):
        assert word in text
    assert "eleven" in text
    assert "twelve" in text
    assert "<script>alert(0)</script>" in hostile.xpath("string(//h1)")


def test_a_classes_value_cannot_leave_its_attribute(hostile: Page) -> None:
    (paragraph,) = hostile.xpath("//*[@id='p1']")
    assert set(paragraph.attrib) == {"class", "id"}


# Real documents.


@pytest.mark.parametrize(
    "kind",
    [
        "dracor-ger",
        "eltec-por",
        "frus-history",
        "isicily",
        "schnitzler-briefe",
        "tei-exemplars",
        "tei-test",
    ],
)
def test_no_word_of_published_editions_is_lost(data_folder: Path, kind: str) -> None:
    files = [f for f in sorted((data_folder / "corpora" / kind).iterdir()) if f.is_file()]
    small = [f for f in files if f.stat().st_size < 200_000] or files[:1]
    for file in small[:: max(1, len(small) // 5)][:5]:
        published = publish_document("html", "a", parse_file(file), Publication(title=""))
        assert not [d for d in published.diagnostics if d.severity == "error"], file.name
        page: Page = html.document_fromstring(published.files["a.html"].decode())
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), file.name


# The apparatus, by each way to link it to the text.


def test_readings_stand_hidden_at_their_place_for_those_who_ask() -> None:
    page = page_of("<p>x <app><lem wit='#A'>a</lem><rdg wit='#B #C'>b</rdg></app></p>")
    (readings,) = page.find_class("readings")
    assert readings.get("hidden") is not None
    assert [v.get("data-witnesses") for v in readings.find_class("variant")] == ["A", "B C"]
    assert "assets/apparatus.js" in page.xpath("//script/@src")


def test_an_apparatus_by_end_points_takes_its_lemma_from_the_text() -> None:
    page = page_of(
        "<p>one <anchor xml:id='s'/>two three<anchor xml:id='e'/> four</p>"
        "<listApp><app from='#s' to='#e' n='1'><rdg wit='#B'>zwei</rdg></app></listApp>"
    )
    (entry,) = page.find_class("app")
    assert spaced(entry) == "1 two three ] zwei B"
    assert set(entry.xpath(".//a/@href")) == {"#s"}


def test_an_entry_that_names_its_place_adds_no_words_to_the_text() -> None:
    page = page_of("<p>one two<app from='#p1' loc='1'><rdg wit='#B'>zwei</rdg></app> four</p>")
    assert shown(page) == "one twoA four"
    assert "zwei" in page.find_class("apparatus")[0].text_content()


# A text and its translation.


def rows(page: Page) -> list[tuple[str, str]]:
    return [
        (spaced(pair.find_class("original")[0]), spaced(pair.find_class("translation")[0]))
        for pair in page.find_class("pair")
    ]


def test_a_translation_stands_beside_what_it_translates() -> None:
    page = page_of(
        "<div xml:id='o'><head>Eins</head><p xml:id='a'>ja</p><p>hm</p><p xml:id='b'>nein</p></div>"
        "<div type='translation' corresp='#o' xml:lang='en'><head>One</head><p corresp='#a'>yes</p>"
        "<p corresp='#b'>no</p><p>end</p></div>"
    )
    assert rows(page) == [("Eins", "One"), ("ja hm", "yes"), ("nein", "no end")]
    assert page.find_class("translation")[0].get("lang") == "en"


def test_a_translation_without_correspondences_stands_beside_the_whole() -> None:
    page = page_of(
        "<div type='edition'><ab>a</ab></div><div type='translation'><p>b</p><p>c</p></div>"
        "<div type='commentary'><p>d</p></div>"
    )
    assert rows(page) == [("a", "b c")]
    assert "d" in shown(page)


def test_correspondences_that_cross_lose_and_double_no_word() -> None:
    page = page_of(
        "<div type='edition'><p n='1'>a</p><p n='2'>b</p><p n='3'>c</p></div>"
        "<div type='translation'><p n='3'>x</p><p n='1'>y</p><p>z</p><p n='2'>v</p></div>"
    )
    assert rows(page) == [("a", "y z"), ("b", "v"), ("c", "x")]


def test_several_translations_are_told_apart_by_the_language_they_say() -> None:
    page = page_of(
        "<div type='edition'><ab>x</ab></div><div type='apparatus'><p>y</p></div>"
        "<div type='translation' xml:lang='it'><p>a</p></div><div type='translation'><p>b</p></div>"
    )
    headings = [heading.text for heading in page.find_class("own-heading")]
    assert headings[-2:] == ["Translation (it)", "Translation"]


def test_places_kept_free_for_notes_and_readings_show_nothing() -> None:
    page = page_of("<p>a<note/> b <app><lem/><rdg/></app></p><p>c<note>d</note></p>")
    assert shown(page) == "a b c2"
    assert not page.find_class("apparatus")


def test_certainty_is_told_wherever_it_is_said() -> None:
    page = page_of(
        "<p><supplied xml:id='s'>a</supplied><supplied>b<certainty locus='value' cert='low'/>"
        "</supplied><certainty target='#s' locus='value' cert='high'/></p>"
    )
    titles = [e.get("title") for e in page.find_class("supplied")]
    assert [title.rpartition("; ")[2] for title in titles] == ["certain", "uncertain"]


def test_a_table_of_many_columns_can_be_scrolled_by_keyboard() -> None:
    for count, reached in ((3, None), (4, "0")):
        row = f"<row>{'<cell>a</cell>' * count}</row>"
        (box,) = page_of(f"<table>{row}</table>").find_class("table-box")
        assert box.get("tabindex") == reached


def test_a_short_row_of_a_table_is_filled_up() -> None:
    body = (
        '<table><row><cell rows="2">a</cell><cell>b</cell><cell>c</cell></row>'
        "<row><cell>d</cell></row><row><cell>e</cell></row></table>"
    )
    rows = reading(page_of(body)).xpath(".//tr")
    assert [[spaced(cell) for cell in row] for row in rows] == [
        ["a", "b", "c"],
        ["d", ""],
        ["e", "", ""],
    ]


@pytest.mark.parametrize(("output", "name"), [("html", "a.html"), ("text", "a.txt")])
def test_data_for_programs_is_not_shown(output: str, name: str) -> None:
    header = '<xenoData type="ledger">{"parts":["LEDGER"]}</xenoData>'
    document = parse("a.xml", source("<p>b</p>", header))
    made = publish_document(output, "a", document, Publication(title=""))
    assert (b"LEDGER" in made.files[name], made.diagnostics) == (False, ())


LETTER_WITHOUT_SENDER = (
    "<fileDesc><titleStmt><title>T</title><author>Ann Writer</author></titleStmt></fileDesc>"
    '<profileDesc><correspDesc><correspAction type="sent"><placeName>Bergen</placeName>'
    '<date when="1871-03-03">1871-03-03</date></correspAction><correspAction type="received">'
    '<date when="1871-03"/></correspAction></correspDesc></profileDesc>'
)


def test_the_head_writes_dates_out_and_names_the_writer() -> None:
    page = page_of("<p><date>1871-03-03</date></p>", LETTER_WITHOUT_SENDER)
    facts = [spaced(fact) for fact in page.find_class("fact")]
    assert facts == ["From Bergen , 3 March 1871", "To March 1871", "Author Ann Writer"]
    assert spaced(reading(page)) == "1871-03-03"


def test_a_date_that_is_not_exact_says_so() -> None:
    page = page_of('<p><date when="1930" precision="low">about 1930</date></p>')
    assert [date.get("title") for date in reading(page).iter("time")] == ["1930; not exact"]


def test_a_division_kept_free_shows_nothing() -> None:
    body = '<div type="commentary"><p><!-- to come --></p></div><div><p><gap/></p></div><div/>'
    assert len(reading(page_of(body)).xpath(".//section")) == 1


def test_an_entry_that_is_only_a_note_stands_in_its_apparatus() -> None:
    entries = "<app><note>Text of CIL</note></app><app><note>Line 2 lost</note></app>"
    page = page_of(f"<div><listApp>{entries}</listApp></div>")
    assert spaced(reading(page)) == "Text of CIL Line 2 lost"


def test_what_is_said_of_several_images_is_parted_and_said_once() -> None:
    said = ("Photo by A", "Photo by A", "Photo by B")
    graphics = "".join(f'<graphic url="x.tif"><desc>{desc}</desc></graphic>' for desc in said)
    xml = source("<p>a</p>").replace(b"<text>", f"<facsimile>{graphics}</facsimile><text>".encode())
    made = publish_document("html", "a", parse("a.xml", xml), Publication(title=""))
    page: Page = html.document_fromstring(made.files["a.html"].decode())
    assert page.find_class("facsimile")[0].text_content() == "Photo by A Photo by B"


def test_lines_are_numbered_in_fives_and_the_number_leads_to_its_line() -> None:
    page = page_of('<p><lb n="0"/>a<lb n="5"/>b</p><l n="0">c</l><l n="10">d</l>')
    numbers = page.find_class("line-number")
    assert [number.text_content() for number in numbers] == ["5", "10"]
    assert [number.find("a").get("href") for number in numbers] == ["#p1.lb2", "#l2"]
    assert page.get_element_by_id("l2").text == "d"
    assert page.get_element_by_id("p1.lb2").tail == "b"


def test_a_word_that_a_break_divides_stays_one_word() -> None:
    page = page_of("<p><lb n='1'/>divi\n   <lb n='2' break='no'/>ded <lb n='3'/>words</p>")
    assert "divided words" in " ".join(reading(page).text_content().split())


LINES = "<l n='1'>a</l><l n='2'>b</l><l n='7'>c</l>"
BOOKS = f"<div n='I'>{LINES}</div><div n='II'>{LINES}</div>"


@pytest.mark.parametrize(
    ("text", "loc", "target"),
    [
        (LINES, "7", "#l3"),
        (LINES, "line 2", "#l2"),
        (LINES, "Lines 2–7.", "#l2"),
        (BOOKS, "II.7", "#div2.l3"),
        (BOOKS, "Book II, line 1", "#div2.l1"),
        ("<p><lb n='01'/>a</p>", "1", "#p1.lb1"),
        (BOOKS, "7", None),
        (LINES, "8", None),
        (LINES, "passim", None),
    ],
)
def test_an_entry_leads_to_the_line_it_names(text: str, loc: str, target: str | None) -> None:
    entry = f"<app loc='{loc}'><lem>b</lem><rdg>x</rdg></app>"
    (place,) = page_of(f"{text}<listApp>{entry}</listApp>").find_class("location")
    assert place.get("href") == target
    assert place.text.strip() == loc


def test_a_long_lemma_is_named_by_its_first_and_last_words() -> None:
    words = " ".join(f"word{n}" for n in range(30))
    entry = f"<app><lem>{words}</lem><rdg wit='#B'>short</rdg></app>"
    (lemma,) = page_of(f"<p>{entry}</p>").find_class("lemma")
    assert lemma.text == "word0 word1 word2 word3 … word27 word28 word29"
    apart = page_of(f"<p>a</p><listApp>{entry}</listApp>").find_class("lemma")[0]
    assert apart.text == words


def test_witnesses_are_described_by_their_sigla() -> None:
    witnesses = "<listWit><witness xml:id='w1' n='A'>codex</witness></listWit>"
    page = page_of("<p>a</p>", f"<fileDesc><sourceDesc>{witnesses}</sourceDesc></fileDesc>")
    assert spaced(page.find_class("about-line")[0]) == "A codex"


def test_notes_leave_the_side_on_which_the_source_has_its_own() -> None:
    words = "word " * 200
    for place, beside in (("left", True), ("right", False)):
        margin = f"<note place='margin-{place}'>in the margin</note>"
        page = page_of(f"<p>a<note>editor</note> {margin} {words}</p>")
        assert ("margin-notes" in page.find(".//article").get("class").split()) is beside


def test_a_title_is_said_once() -> None:
    titles = "<title>One</title><title type='short'> One </title><title>Two</title>"
    page = page_of("<p>a</p>", f"<fileDesc><titleStmt>{titles}</titleStmt></fileDesc>")
    header = page.find_class("document-header")[0]
    assert [title.text for title in header.find_class("subtitle")] == ["Two"]


def test_many_contributions_are_folded_up() -> None:
    for count, folded in ((4, 0), (5, 1)):
        who = "".join(
            f"<respStmt><resp>task {n}</resp><name>N</name></respStmt>" for n in range(count)
        )
        page = page_of("<p>a</p>", f"<fileDesc><titleStmt>{who}</titleStmt></fileDesc>")
        assert len(page.find_class("contributions")) == folded
        assert len(page.find_class("fact")) == count


def test_numbers_that_the_items_of_a_list_have_are_not_doubled() -> None:
    page = page_of("<list type='ordered'><item>(a) one</item><item>(b) two</item></list>")
    assert "own-labels" in reading(page).xpath(".//div[contains(@class, 'list')]/@class")[0]
    page = page_of("<list type='ordered'><item n='3'>one</item><item n='iv'>two</item></list>")
    assert reading(page).xpath(".//ol/li/@value") == ["3"]
    assert reading(page).xpath(".//ol/li/@data-number") == ["iv"]


def test_a_gap_has_a_point_for_each_letter_and_keeps_a_sign_of_its_own() -> None:
    assert shown(page_of("<p>a<gap quantity='3' unit='character'/>b</p>")) == "a[···]b"
    assert shown(page_of("<p>a<gap quantity='3' unit='chars' precision='low'/>b</p>")) == "a[…]b"
    assert shown(page_of("<p>a<gap><desc>〈◊〉</desc></gap>b</p>")) == "a〈◊〉b"
    within = "<p><supplied><gap quantity='2' unit='character'/>ab <gap/></supplied></p>"
    assert shown(page_of(within)) == "[··ab …]"


def test_a_quotation_within_a_line_stays_in_it_and_one_apart_is_a_block() -> None:
    page = page_of("<p>He: <cit><quote>x</quote> <bibl>y</bibl></cit> so.</p>")
    assert reading(page).xpath(".//p//q")
    page = page_of("<cit><quote>x</quote><bibl>y</bibl></cit>")
    assert reading(page).xpath(".//blockquote")


def test_parts_of_a_reference_and_of_an_entry_do_not_run_together() -> None:
    page = page_of(
        "<listBibl><biblStruct><monogr><author>A</author><title>T</title><imprint>"
        "<pubPlace>P</pubPlace><publisher>Q</publisher><date>1</date></imprint></monogr></biblStruct>"
        "</listBibl><entry><form><orth>w</orth></form><gramGrp><pos>n</pos></gramGrp></entry>"
    )
    assert shown(page) == "A, T, P: Q, 1w n"


def test_a_link_does_not_run_together_with_the_part_before_it() -> None:
    page = page_of(
        "<listBibl><bibl>\n<citedRange>39.1846</citedRange>\n<ptr target='https://a.example/1'/>\n"
        "<ref target='https://b.example/2'>B</ref><ref target='https://c.example/3'/></bibl>"
        "</listBibl>"
    )
    assert shown(page) == "39.1846, a.example/1, B, c.example/3"


def test_parts_of_the_name_of_a_place_do_not_run_together() -> None:
    place = "<placeName><settlement>Vejle</settlement><country>Denmark</country></placeName>"
    person = f"<listPerson><person><birth>1542 {place}</birth></person></listPerson>"
    header = f"<profileDesc><particDesc>{person}</particDesc></profileDesc>"
    assert "1542 Vejle, Denmark" in " ".join(page_of("<p/>", header).text_content().split())


def test_facts_of_one_kind_and_coordinates_are_told_apart() -> None:
    page = page_of(
        "<listPerson><person xml:id='a'><persName>Anna</persName><birth><date>1862</date> "
        "<settlement><placeName>Wien</placeName> <location><geo>48,2 16,3</geo></location>"
        "</settlement></birth><occupation>Writer</occupation><occupation>Doctor</occupation>"
        "</person></listPerson>"
    )
    text = spaced(reading(page))
    assert "1862 Wien (48,2 16,3)" in text.replace("( ", "(").replace(" )", ")")
    assert "Occupation Writer Doctor" in text


def test_a_paragraph_struck_out_as_a_whole_is_not_in_the_text_for_reading() -> None:
    page = page_of("<p>a<delSpan spanTo='#e'/></p><p>b</p><p><anchor xml:id='e'/>c</p>")
    assert ["layer-diplomatic" in p.get("class") for p in reading(page).iter("p")] == [
        False,
        True,
        False,
    ]


def test_speakers_are_named_as_the_header_lists_them() -> None:
    header = (
        "<profileDesc><particDesc><listPerson><person xml:id='A'><persName>Anna</persName></person>"
        "</listPerson></particDesc></profileDesc>"
    )
    page = page_of("<u who='#A'>hm <vocal><desc>coughs</desc></vocal></u>", header)
    assert shown(page) == "Anna: hm ((coughs))"


def test_an_apparatus_without_a_heading_is_called_what_it_is() -> None:
    page = page_of(
        "<div type='edition'><ab>x</ab></div><div type='apparatus'><listApp><app loc='1'>"
        "<rdg source='#b'>y</rdg><note>so</note></app></listApp></div><div><listBibl>"
        "<bibl xml:id='b'><author>Smith</author></bibl></listBibl></div>"
    )
    assert [h.text for h in reading(page).iter("h2")] == ["Apparatus"]
    assert "1 y Smith; so" in shown(page)


def test_persons_and_relations_in_a_document_are_set_as_in_a_register() -> None:
    page = page_of(
        "<p>x</p><listPerson><person xml:id='a' sex='2'><persName>Anna</persName>"
        "<birth when='1800'/></person><person xml:id='b'><persName>Ben</persName></person>"
        "<listRelation><relation name='spouse' mutual='#a #b'/></listRelation></listPerson>"
    )
    text = spaced(reading(page))
    assert "Anna Sex female Born 1800" in text
    assert "Anna – married to – Ben" in text


@pytest.mark.parametrize(
    ("body", "apart"),
    [
        ("boat<note>One.</note><note resp='#ed'>Two.</note>", [False, True]),
        ("<rs>boat<note>One.</note></rs><note resp='#ed'>Two.</note>", [False, True]),
        ("boat<note>One.</note> at<note resp='#ed'>Two.</note>", [False, False]),
        ("<app><lem>boat<note>One.</note></lem><rdg>ship</rdg></app>", [False, True]),
    ],
)
def test_calls_side_by_side_stand_apart(body: str, apart: list[bool]) -> None:
    calls = page_of(f"<p>{body}</p>").find_class("call")
    assert ["after-call" in call.get("class").split() for call in calls] == apart
