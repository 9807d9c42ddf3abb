"""The signs of an edition: told once, shown in print and on web pages, explained in the legend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from tests.publish.test_print import document
from tests.publish.test_print_apparatus import entries
from toolkit.publish import publish_document, signs_of
from toolkit.publish.printing import parse_print, print_document
from toolkit.publish.publication import Publication
from toolkit.publish.signs import SIGNS
from toolkit.resources import SCHEMAS
from toolkit.settings import mistakes
from toolkit.tei.parse import parse

BODY = (
    "<p>a <del>out</del> <add>in</add> <supplied>sup</supplied> <unclear>unc</unclear> <gap/> "
    "c<ex>ex</ex> <surplus>sur</surplus> <choice><sic>sik</sic><corr>sic</corr></choice></p>"
)
ANGLE = {"open": "⟨", "close": "⟩"}


def publication(table: dict[str, Any]) -> Publication:
    return Publication(title="", signs=signs_of(table))


def printed(table: dict[str, Any], body: str = BODY) -> etree._Element:
    root = parse_print(print_document("t", document(body), publication(table)).xml)
    etree.RelaxNG(etree.parse(SCHEMAS / "print.rng")).assertValid(root)
    return root


def said(root: etree._Element, part: str) -> str:
    found = root.find(f"{{*}}{part}")
    assert found is not None
    return "".join(map(str, found.itertext()))


def shown(output: str, table: dict[str, Any]) -> str:
    made = publish_document(output, "t", document(BODY), publication(table))
    assert not made.diagnostics
    (content,) = (content for name, content in made.files.items() if name.startswith("t."))
    if output == "text":
        return content.decode()
    paragraph = etree.HTML(content.decode()).find(".//p[@class='p']")
    assert paragraph is not None
    return "".join(map(str, paragraph.itertext()))


def test_signs_that_are_not_told_are_those_of_the_default() -> None:
    assert signs_of({}) == ""
    assert said(printed({}), "text") == said(printed({"system": "default"}), "text")


@pytest.mark.parametrize(
    ("output", "unclear"), [("html", "unc"), ("text", "u\u0323n\u0323c\u0323")]
)
def test_a_system_says_all_signs_in_every_output(output: str, unclear: str) -> None:
    text = shown(output, {"system": "leiden"})
    assert f"a ⟦out⟧ `in´ [sup] {unclear} [- - -] c(ex) {{sur}} sik ⟨sic⟩" in text


def test_signs_that_are_styles_have_characters_in_plain_text() -> None:
    text = shown("text", {"supplied": {"style": "italic"}, "unclear": {"style": "dotted"}})
    assert "_sup_ u\u0323n\u0323c\u0323 […]" in text


def test_a_run_of_another_form_does_not_divide_a_sign_in_plain_text() -> None:
    body = "<p>x <supplied>one <hi rend='bold'>two</hi> three</supplied> y</p>"
    table = {"supplied": {"style": "italic"}}
    made = publish_document("text", "t", document(body), publication(table))
    assert "x _one two three_ y" in made.files["t.txt"].decode()


@pytest.mark.parametrize("output", ["html", "text"])
@pytest.mark.parametrize(
    ("gap", "sign"),
    [("quantity='3' unit='character'", "[···]"), ("unit='line'", "[– – –]"), ("", "[…]")],
)
def test_gaps_have_one_sign_in_all_outputs(output: str, gap: str, sign: str) -> None:
    made = publish_document(output, "t", document(f"<p>a <gap {gap}/> b</p>"), publication({}))
    assert sign in b"".join(made.files.values()).decode()


def test_an_extent_that_the_sign_does_not_show_stands_beside_it_on_paper() -> None:
    body = "<p><gap quantity='20' unit='character'/> <gap quantity='2' unit='line'/></p>"
    assert said(printed({}, body), "text") == "[… 20 letters] [– – – 2 lines]"


def test_a_sign_of_the_edition_stands_in_the_place_of_that_of_the_system() -> None:
    text = said(printed({"system": "leiden", "addition": ANGLE}), "text")
    assert "⟦out⟧ ⟨in⟩" in text


def test_a_sign_may_be_a_style() -> None:
    root = printed({"supplied": {"style": "italic"}})
    styles = {run.text: run.get("style") for run in root.iterfind(".//{*}text//{*}t")}
    assert styles["sup"] == "italic"


def test_the_legend_shows_the_signs_of_the_edition() -> None:
    root = printed({"system": "leiden", "supplied": {"style": "italic"}})
    shown = ["".join(map(str, sign.itertext())) for sign in root.iterfind(".//{*}sign")]
    expected = ["abc", "abc", "[- - -]", "⟦abc⟧", "`abc´", "abc ⟨xyz⟩", "a(bc)", "{ }"]
    assert shown == expected


def test_the_apparatus_has_the_signs_of_the_edition_and_its_order_of_witnesses() -> None:
    source = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>'
        "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><listWit>"
        '<witness xml:id="A">A</witness><witness xml:id="B">B</witness></listWit></sourceDesc>'
        "</fileDesc></teiHeader><text><body><p><app><lem>l</lem><rdg wit='#B #A'>r</rdg>"
        "<rdg>q</rdg></app></p></body></text></TEI>"
    )

    def said(table: dict[str, Any]) -> list[str]:
        xml = print_document("t", parse("t.xml", source.encode()), publication(table)).xml
        return entries(parse_print(xml))

    assert said({}) == ["l] r B A, q"]
    own = {"lemma": ":", "reading": ";", "witnesses": "listed"}
    assert said({"apparatus": own}) == ["l: r A B; q"]


@pytest.mark.parametrize(
    ("sign", "message"),
    [
        ({"addition": "⟨ ⟩"}, "must be a table"),
        ({"addition": {"open": "("}, "supply": ANGLE}, "unknown setting “supply”"),
        ({"addition": {"style": "wavy"}}, "“style” cannot be “wavy”"),
        ({"addition": {"open": "add"}}, "does not have the right form"),
        ({"system": "leyden"}, "“system” cannot be “leyden”"),
    ],
)
def test_a_wrong_sign_is_told(sign: dict[str, Any], message: str) -> None:
    settings = {"title": "E", "language": "en", "signs": sign}
    found = mistakes(settings, SCHEMAS / "edition.schema.json")
    assert any(message in mistake.message for mistake in found)


def test_the_systems_obey_the_schema_of_settings() -> None:
    schema = json.loads(Path(SCHEMAS, "edition.schema.json").read_text("utf-8"))
    systems = json.loads(SIGNS.read_text("utf-8"))
    assert list(systems) == schema["properties"]["signs"]["properties"]["system"]["enum"]
    for system in systems.values():
        jsonschema.validate({"title": "E", "language": "en", "signs": system}, schema)
