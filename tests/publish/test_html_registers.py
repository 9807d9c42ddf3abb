"""The pages of registers show the whole register, safely, and say what is amiss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import html

from tests.publish.whole_edition import pages_about
from toolkit.diagnostics import Diagnostic
from toolkit.publish import DocumentEntry, Publication, Published, Register

Page = Any  # an lxml tree, by methods that its type stubs do not know

TEI = "http://www.tei-c.org/ns/1.0"
REGISTER = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Kept by hand. -->
<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Persons</title></titleStmt>
<publicationStmt><p>Harbour Press</p></publicationStmt></fileDesc></teiHeader>
<text><body>
<head>Of persons</head>
<p>Whoever is named is listed here.<note place="foot">With few exceptions.</note></p>
<listPerson><head>Captains</head>
<person xml:id="rask"><persName>Olga Rask</persName><note>Of the <hi>Ribbon</hi>.</note></person>
<person><persName>Nils Holm</persName><residence>Quayside</residence></person>
<person xml:id="berg"><persName>Anna Berg</persName></person>
</listPerson>
<note>Compiled in spring.</note>
<listPlace><place xml:id="oslo"><placeName>Oslo</placeName><location><geo>59.9 10.7</geo>
<desc>on the fjord</desc></location><place xml:id="pier"><placeName>Pier</placeName></place></place>
</listPlace>
<listBibl><bibl xml:id="log">Berg, <title>Log</title>, printed twice.</bibl></listBibl>
</body></text></TEI>
"""


def published(source: str, **settings: Any) -> Published:
    register = Register("persons", source.encode(), "tei/registers/persons.xml")
    return pages_about(Publication(title="E", registers=(register,), **settings))


def page_of(files: Published, name: str = "registers/persons.html") -> Page:
    return html.document_fromstring(files.files[name].decode())


def lost(files: Published) -> list[Diagnostic]:
    return [found for found in files.diagnostics if found.code == "P010"]


def test_all_the_text_of_a_register_is_on_its_page() -> None:
    made = published(REGISTER)
    assert not lost(made)
    text = " ".join(page_of(made).text_content().split())
    for words in (
        *("Of persons", "Whoever is named", "With few exceptions.", "Captains", "Holm, Nils"),
        *("Quayside", "Compiled in spring.", "on the fjord", "Berg, Log, printed twice."),
    ):
        assert words in text


def test_entries_stand_in_their_lists_in_alphabetical_order() -> None:
    page = page_of(published(REGISTER))
    (persons,) = page.find_class("listPerson")
    assert [h.text_content().strip() for h in persons.iter("h2")][-3:] == [
        "Berg, Anna",
        "Holm, Nils",
        "Rask, Olga",
    ]
    assert [entry.get("id") for entry in page.find_class("entry")] == [
        *("berg", None, "rask", "oslo", "pier", "log"),
    ]


def test_a_name_in_parts_is_said_once_and_whole() -> None:
    for text, also in (("", None), (" of the Ribbon", "RaskOlga of the Ribbon")):
        name = f"<surname>Rask</surname><forename>Olga</forename>{text}"
        made = published(REGISTER.replace("Olga Rask", name))
        assert not lost(made)
        entry = page_of(made).get_element_by_id("rask")
        assert entry.find("h2").text_content().strip() == "Rask, Olga"
        facts = [" ".join(dd.text_content().split()) for dd in entry.iter("dd")]
        assert facts == ([also] if also else [])


def test_what_kind_of_name_a_name_is_is_said_in_the_language_of_the_edition() -> None:
    names = "<persName type='birth'>Olga Holm</persName><persName type='x-1'>Oly</persName>"
    source = REGISTER.replace("Olga Rask</persName>", f"Olga Rask</persName>{names}")
    page = page_of(published(source, language="de"))
    labels = [label.text_content() for label in page.iter("dt")]
    assert [label for label in labels if label in ("Geburtsname", "Auch", "X-1", "Birth")] == [
        "Geburtsname",
        "Auch",
    ]


def test_where_a_place_lies_is_not_another_name_of_it() -> None:
    place = "<placeName>Oslo</placeName><country>Norway</country>"
    made = published(REGISTER.replace("<placeName>Oslo</placeName>", place))
    entry = page_of(made).get_element_by_id("oslo")
    labels = {d.find("dt").text: d.find("dd").text_content() for d in entry.find("dl")}
    assert labels["Country"] == "Norway"


def test_a_word_that_a_stylesheet_loses_from_a_register_is_reported(tmp_path: Path) -> None:
    custom = own_stylesheet(tmp_path, '<xsl:template match="residence" priority="9"/>')
    found = lost(published(REGISTER, custom_stylesheets=custom))
    assert [(d.file, d.message) for d in found] == [
        ("tei/registers/persons.xml", "“quayside” is missing from the web page")
    ]


def test_the_tei_of_a_register_is_published_as_it_is() -> None:
    assert published(REGISTER).files["tei/registers/persons.xml"] == REGISTER.encode()


def test_a_register_that_a_browser_would_run_is_not_published_as_tei() -> None:
    hostile = REGISTER.replace(
        "<head>Of", '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script><head>Of'
    )
    made = published(hostile)
    assert "tei/registers/persons.xml" not in made.files
    assert "P003" in {found.code for found in made.diagnostics}
    assert not [s for s in page_of(made).iter("script") if s.text]


def test_an_element_of_a_register_without_a_template_is_reported() -> None:
    made = published(REGISTER.replace("<desc>", "<unknown/><desc>"))
    assert [(d.code, d.file, d.line) for d in made.diagnostics] == [
        ("P002", "tei/registers/persons.xml", 15)
    ]


def test_a_message_on_the_start_page_is_handed_on(tmp_path: Path) -> None:
    hook = '<xsl:template name="h:hook-head"><xsl:message>look here</xsl:message></xsl:template>'
    made = pages_about(Publication(title="E", custom_stylesheets=own_stylesheet(tmp_path, hook)))
    assert ("index.html", "P004", "the stylesheet says: look here") in [
        (d.file, d.code, d.message) for d in made.diagnostics
    ]


def test_the_start_page_keeps_the_reading_order() -> None:
    entries = (DocumentEntry("b", "B", "-0044-03-15"), DocumentEntry("a", "A", "1066"))
    page = page_of(pages_about(Publication("E", documents=entries)), "index.html")
    assert [h.text_content() for h in page.xpath("//ol//h3//a")] == ["B", "A"]
    assert "15 March 44 BCE" in page.text_content()


def own_stylesheet(folder: Path, templates: str) -> Path:
    toolkit = Path(__file__).parents[2] / "xslt" / "html.xsl"
    (folder / "html.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
        f'xmlns:h="urn:tei-toolkit:html" xpath-default-namespace="{TEI}">'
        f'<xsl:import href="{toolkit.as_uri()}"/>{templates}</xsl:stylesheet>',
        encoding="utf-8",
    )
    return folder
