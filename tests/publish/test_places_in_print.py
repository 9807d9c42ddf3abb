"""Registers and references of a printed edition: page, and line where lines are counted."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pypdf
import pytest

from tests.publish.test_keyed_notes import entry, pages, published, words
from tests.publish.test_volume import ANNA, BERT, letter, texts, volume_of, with_settings
from toolkit.publish.publication import Published

APART = f"<p>{words(400)}</p>"


def register(made: Published, title: str = "Persons") -> str:
    """Return what the register of a volume says, its columns one after the other."""
    return texts(made)[-1].partition(title)[2]


def volume(*bodies: str, **settings: str) -> Published:
    documents = [(f"d{n}", letter(f"D{n}", body)) for n, body in enumerate(bodies)]
    made = volume_of(documents, with_settings(settings))
    assert not made.diagnostics
    return made


def test_pages_that_follow_each_other_are_joined_in_a_register() -> None:
    made = volume(
        f"<p>{ANNA}</p>", f"<p>{ANNA}</p>", f"<p>{ANNA} {BERT}</p>", "<p>x</p>", f"<p>{ANNA}</p>"
    )
    assert re.search(r"Ott, Bert 3 Weber, Anna 1–3, 5", register(made))


def test_a_register_names_the_line_where_lines_are_counted() -> None:
    made = volume(
        f"<p>one</p><p>{ANNA} {entry('a', 'b')}</p><p>{BERT} {BERT}</p>", f"<p>{ANNA}</p>"
    )
    assert re.search(r"Ott, Bert 1\.3 Weber, Anna 1\.2, 2", register(made))


def test_a_register_names_verses_by_their_numbers() -> None:
    made = volume(f"<lg><l>one</l><l>{ANNA}</l></lg>")
    assert "Weber, Anna 1.2" in register(made)


def test_a_heading_has_a_page_and_no_line() -> None:
    made = volume(f"<head>Of {ANNA}</head><p>{entry('a', 'b')}</p>")
    assert re.search(r"Weber, Anna 1(?!\.)", register(made))


@pytest.mark.parametrize("notes", ["foot", "end"])
def test_references_name_page_and_line_of_their_place(notes: str) -> None:
    reference = "see <ref target='#there'>that word</ref>, "
    body = (
        f"<p>{reference}{entry('a', 'b')} {words(40)}</p>{APART * 2}"
        f"<p>{words(20)} <anchor xml:id='there'/>target</p>"
    )
    made = published(body, notes=notes)
    assert not made.diagnostics
    shown = pages(made)
    match = re.search(r"that word \(p\. (\d+)\.(\d+)\)", shown[0])
    assert match is not None
    assert re.search(r"\btarget\b", shown[int(match[1]) - 1])
    assert line_of(made, int(match[1]), "target") == int(match[2])


def line_of(made: Published, number: int, word: str) -> int:
    """Return which line of the text of a page a word stands on, by the heights of the lines."""
    heights: list[float] = []
    found: list[float] = []

    def visit(text: str, outer: Sequence[float], matrix: Sequence[float], *font: object) -> None:
        height = round(outer[5] + outer[3] * matrix[5])
        if text.strip() and font[1] == 10.5:
            heights.append(height)
            if word in text:
                found.append(height)

    page = pypdf.PdfReader(io.BytesIO(made.files["t.pdf"])).pages[number - 1]
    page.extract_text(visitor_text=visit)
    lines = sorted(set(heights), reverse=True)
    return lines.index(found[0]) + 1


def test_a_pointer_says_the_page_alone() -> None:
    shown = pages(
        published(f"<p>see <ptr target='#there'/></p>{APART * 2}<p xml:id='there'>target</p>")
    )
    assert "see → p. 2" in shown[0]


def test_a_reference_to_another_document_names_its_page_in_the_volume() -> None:
    link = '<ref target="d1.xml">the other</ref>'
    made = volume(f"<p>{link}</p>", "<p>text</p>")
    assert any("the other (p. 2)" in page for page in texts(made))


def test_a_reference_that_leads_out_of_the_volume_names_no_page() -> None:
    shown = pages(published("<p><ref target='https://example.org/'>there</ref></p>"))
    assert "(p." not in shown[0]
