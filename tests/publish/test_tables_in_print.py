"""Tables have room on their pages: no cell is printed over another."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.publish.test_pdf import document, read, text_of
from toolkit.publish.outputs.pdf import publish_document
from toolkit.publish.publication import Publication

APP = "<p>A <app><lem>word</lem><rdg>world</rdg></app>.</p>"


def table(columns: int, word: str, rows: int = 2) -> str:
    return (
        "<table>"
        + "".join(
            f"<row>{''.join(f'<cell>{word}{r}{c:02}</cell>' for c in range(columns))}</row>"
            for r in range(1, rows + 1)
        )
        + "</table>"
    )


@pytest.mark.parametrize(
    ("columns", "word", "before"),
    [(9, "123", ""), (14, "123", ""), (12, "Spaltenwert", ""), (20, "1", APP)],
)
def test_the_words_of_a_wide_table_stand_apart(columns: int, word: str, before: str) -> None:
    tree = document(before + table(columns, word))
    made = publish_document("test", tree, Publication(title="E"))
    cells = [str(cell.text) for cell in tree.root.iter("{*}cell")]
    shown = text_of(made.files["test.pdf"]).split()
    assert set(cells) <= set(shown)
    assert [each.code for each in made.diagnostics] == []


def test_a_short_table_is_not_parted() -> None:
    tree = document(f"<p>{'word ' * 406}</p>{table(3, 'cell', 4)}<p>{'word ' * 20}</p>")
    made = publish_document("test", tree, Publication(title="E"))
    pages = [page.extract_text() for page in read(made.files["test.pdf"]).pages]
    assert [text.count("cell") for text in pages if "cell" in text] == [12]


def test_a_note_in_a_table_of_many_columns_is_there_once() -> None:
    root = etree.fromstring(table(20, "Wert"))
    etree.SubElement(root[0][0], "note").text = "Once."
    body = etree.tostring(root, encoding="unicode")
    made = publish_document("test", document(body), Publication(title="E"))
    assert text_of(made.files["test.pdf"]).count("Once.") == 1
    assert [each.code for each in made.diagnostics] == []
