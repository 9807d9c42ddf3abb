"""The facts above a text and the lines below it, on its page and in print."""

from __future__ import annotations

import re

import pytest

from tests.publish.test_html import LOCALES, keys_of, page_of, spaced
from toolkit.resources import SCHEMAS

PEOPLE = "<editor><name>Voss, Clara</name> <name>Bohn, Emil</name></editor>"
WHERE = (
    "<sourceDesc><msDesc><msIdentifier><settlement>{settlement}</settlement><repository>Town "
    "museum</repository><idno>{idno}</idno></msIdentifier></msDesc></sourceDesc>"
)
ABOUT = """<fileDesc><titleStmt><title>A</title></titleStmt><publicationStmt>
<publisher>P</publisher>
<availability><licence target="https://example.org/cc">Free to use.</licence></availability>
</publicationStmt><sourceDesc><p>S</p></sourceDesc></fileDesc><profileDesc><langUsage>
<language ident="en">English</language></langUsage></profileDesc><revisionDesc>
<change when="2020-05-03">Proofread.</change><change>Begun.</change></revisionDesc>"""


def facts(header: str) -> dict[str, str]:
    page = page_of("<p>text</p>", f"<fileDesc>{header}</fileDesc>")
    return {spaced(fact[0]): spaced(fact[1]) for fact in page.find_class("fact")}


def test_several_people_in_one_editor_are_told_apart() -> None:
    header = f"<titleStmt><title>A</title>{PEOPLE}</titleStmt>"
    assert facts(header)["Editor"].replace(" ;", ";") == "Voss, Clara; Bohn, Emil"


@pytest.mark.parametrize(
    ("settlement", "idno", "line"),
    [
        ("Gela", "N 12", "Town museum, N 12 (Gela)"),
        ("Gela", "", "Town museum (Gela)"),
        ("", "N 12", "Town museum, N 12"),
    ],
)
def test_what_is_empty_leaves_no_sign_in_the_line_of_the_source(
    settlement: str, idno: str, line: str
) -> None:
    said = facts(WHERE.format(settlement=settlement, idno=idno))["Source"]
    assert said.replace(" ,", ",").replace("( ", "(").replace(" )", ")") == line


def test_rights_languages_and_changes_have_one_label_each() -> None:
    (about,) = page_of("<p>text</p>", ABOUT).find_class("about")
    said = spaced(about)
    assert "Rights Free to use." in said
    assert "Languages English" in said
    assert "Changes 3 May 2020 Proofread. Begun." in said.replace("\xa0", " ")


CLASSES = """<fileDesc><titleStmt><title>A</title></titleStmt></fileDesc><encodingDesc><classDecl>
<taxonomy><category><catDesc>By post</catDesc></category></taxonomy></classDecl></encodingDesc>
<profileDesc><correspDesc><correspAction type="sent"><name>Anna</name></correspAction>
<correspContext><ref>Letter before</ref></correspContext></correspDesc>
<textClass><keywords><term>letter</term><term>diplomacy</term></keywords>
<classCode>B 7</classCode></textClass></profileDesc>"""


def test_levels_of_the_header_that_only_repeat_are_one_line() -> None:
    (about,) = page_of("<p>text</p>", CLASSES).find_class("about")
    said = spaced(about).replace(" ,", ",")
    assert "Keywords letter, diplomacy Class B 7" in said
    assert "Classification Category By post" in said
    assert said.count("Correspondence") == 1


def test_what_stands_for_an_included_file_is_called_by_what_it_is() -> None:
    given = """<fileDesc><titleStmt><title>A</title></titleStmt></fileDesc><encodingDesc><classDecl>
    <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x.xml"><xi:fallback><taxonomy>
    <category><catDesc>By post</catDesc></category></taxonomy></xi:fallback></xi:include>
    </classDecl></encodingDesc>"""
    (about,) = page_of("<p>text</p>", given).find_class("about")
    assert spaced(about) == "About this text Classification Category By post"


# Where the header takes its elements from (TEI Guidelines, chapters 2, 10, 13 and 15).
MODULES = ("header", "corpus", "msdescription", "namesdates")


def elements_of_the_header() -> set[str]:
    folder = SCHEMAS / "relaxng" / "modules"
    names = {
        name
        for module in MODULES
        for name in re.findall(r"element (\w+)", (folder / f"{module}.rnc").read_text("utf-8"))
    }
    parts = (
        name
        for module in folder.glob("*.rnc")
        for name in re.findall(r"model\.\w+DescPart \|= (\w+)", module.read_text("utf-8"))
    )
    return names.union(parts)


def test_every_element_of_the_header_is_called_by_a_word() -> None:
    names = elements_of_the_header()
    assert {"textClass", "catDesc", "correspDesc", "handNote", "charDecl"} <= names
    for locale in LOCALES.glob("*.xml"):
        assert not {f"label.{name}" for name in names} - keys_of(locale), locale.name
