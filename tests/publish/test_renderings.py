"""Every element of TEI has a form on the page, or a reason why it has none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.publish import Publication, publish_document
from toolkit.publish.renderings import Form, renderings, table
from toolkit.tei.parse import parse

INTRODUCTION = """# What becomes of each TEI element on the page

Made from the stylesheets in `xslt/html/`. An element has a form of its own, or reads as part of
the text around it (its name is its class, for style sheets), or is not shown, for a reason. What
has but the default is reported by `tei publish` (P002). Elements of the header stand below the
text, in the part about the document, each under its name."""


def test_every_element_of_tei_is_known_to_the_stylesheets() -> None:
    found = renderings()
    assert len(found) > 580
    assert [r.element for r in found if r.form is Form.NONE] == []


def test_what_is_not_shown_says_why() -> None:
    hidden = {r.element: r.how for r in renderings() if r.form is Form.NOT_SHOWN}
    assert {"divGen", "binaryObject", "path"} <= hidden.keys()
    assert all(hidden.values())


@pytest.mark.parametrize(
    "element", ["stamp", "app", "speaker", "ruby", "post", "msDesc", "gap", "lb"]
)
def test_elements_that_look_like_something_have_a_form_of_their_own(element: str) -> None:
    (found,) = (r for r in renderings() if r.element == element)
    assert found.form is Form.OWN


def test_an_element_that_has_but_the_default_is_reported_once() -> None:
    content = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>\n'
        "<fs><f>a</f><f>b</f></fs><seg>c</seg></p></body></text></TEI>"
    )
    made = publish_document("html", "a", parse("a.xml", content.encode()), Publication(title=""))
    assert [(d.code, d.line, d.message.partition(" has ")[0]) for d in made.diagnostics] == [
        ("P002", 2, "<fs>"),
        ("P002", 2, "<f>"),
    ]


def test_the_table_in_the_documentation_is_current(repository: Path) -> None:
    file = repository / "docs" / "elements.md"
    page = f"{INTRODUCTION}\n\n{table()}\n"
    if os.environ.get("UPDATE_EXPECTED"):
        file.write_text(page, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page
