"""The facts above a text and the lines below it, on its page and in print."""

from __future__ import annotations

import pytest

from tests.publish.test_html import page_of, spaced

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
