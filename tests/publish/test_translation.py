"""A translation in print: beside the original, row by row as on the web page; no word lost."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from lxml import etree

from toolkit.publish import DocumentEntry, Earlier, print_settings, publish_document
from toolkit.publish.outputs import pdf, volume
from toolkit.publish.print_settings import PrintSettings, Translation
from toolkit.publish.printing import parse_print, print_document
from toolkit.publish.publication import Publication
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument, parse

SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
    "<title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)
BY_CORRESP = (
    "<div xml:id='o' xml:lang='de'><head>Eins</head><p xml:id='a'>ja</p><p>hm</p>"
    "<p xml:id='b'>nein</p></div><div type='translation' corresp='#o'><head>One</head>"
    "<p corresp='#a'>yes</p><p corresp='#b'>no</p><p>end</p></div>"
)
UNALIGNED = (
    "<div type='edition'><p>a</p><p>b</p></div><div type='translation'><p>c</p><p>d</p></div>"
)
LATIN = (
    "Horum omnium fortissimi sunt Belgae, propterea quod a cultu atque humanitate provinciae "
    "longissime absunt,<note>Narbonensis</note> minimeque ad eos mercatores saepe commeant. "
) * 3
ENGLISH = (
    "Of all these the Belgae are the bravest, because they are furthest from the civilisation and "
    "refinement of our Province,<note>A note</note> and merchants least frequently resort to them. "
) * 3


def document(body: str) -> ParsedDocument:
    return parse("test.xml", SHELL.format(body).encode())


def publication(translation: Translation = "columns") -> Publication:
    settings = PrintSettings(translation=translation)
    return Publication(title="E", language="en", print=settings)


def printed(body: str, translation: Translation = "columns") -> etree._Element:
    root = parse_print(print_document("test", document(body), publication(translation)).xml)
    etree.RelaxNG(etree.parse(SCHEMAS / "print.rng")).assertValid(root)
    return root


def said(element: etree._Element) -> str:
    return " ".join("".join(map(str, block.itertext())) for block in element.iter("{*}block"))


def rows(root: etree._Element) -> list[list[str]]:
    return [[said(side).strip() for side in row] for row in root.iterfind(".//{*}parallel/{*}row")]


def long_text(count: int) -> str:
    original = "".join(f"<p n='{n}'>{LATIN}</p>" for n in range(count))
    translated = "".join(f"<p n='{n}'>{ENGLISH}</p>" for n in range(count))
    return (
        f"<div type='edition' xml:lang='la'>{original}</div>"
        f"<div type='translation'>{translated}</div>"
    )


def test_what_corresponds_stands_in_one_row() -> None:
    assert rows(printed(BY_CORRESP)) == [["Eins", "One"], ["ja hm", "yes"], ["nein", "no end"]]


def test_correspondences_that_cross_lose_and_double_no_word() -> None:
    body = (
        "<div type='edition'><p n='1'>a</p><p n='2'>b</p><p n='3'>c</p></div>"
        "<div type='translation'><p n='3'>x</p><p n='1'>y</p><p>z</p><p n='2'>v</p></div>"
    )
    assert rows(printed(body)) == [["a", "y z"], ["b", "v"], ["c", "x"]]


def test_each_side_has_its_language() -> None:
    sides = printed(BY_CORRESP).findall(".//{*}side")
    assert [side.get("lang") for side in sides[:2]] == ["de", None]


def test_verses_are_numbered_beside_the_original_only() -> None:
    verses = "".join(f"<l n='{n}'>v</l>" for n in range(1, 6))
    body = f"<div type='edition'>{verses}</div><div type='translation'>{verses}</div>"
    numbered = printed(body).findall(".//{*}block[@number]")
    assert [block.get("number") for block in numbered] == ["5"]


def poem(kind: str, lines: str) -> str:
    verses = "".join(f"<l n='{n}'>{kind}{n}</l>" for n in lines)
    return f"<div type='{kind}'><lg>{verses}</lg></div>"


def test_verses_of_one_number_begin_on_one_line() -> None:
    root = printed(poem("edition", "1234") + poem("translation", "134"))
    assert rows(root) == [
        ["edition1 edition2", "translation1"],
        ["edition3", "translation3"],
        ["edition4", "translation4"],
    ]


@pytest.mark.parametrize("lines", ["132", "1223", "123"])
def test_no_verse_is_lost_or_doubled_beside_another(lines: str) -> None:
    root = printed(poem("edition", "123") + poem("translation", lines))
    original, translation = (" ".join(side).split() for side in zip(*rows(root), strict=True))
    assert original == ["edition1", "edition2", "edition3"]
    assert translation == [f"translation{n}" for n in lines]


def test_a_short_translation_needs_no_correspondences() -> None:
    body = "<div type='edition'><ab>a</ab></div><div type='translation'><p>b</p><p>c</p></div>"
    assert rows(printed(body)) == [["a", "b c"]]


@pytest.mark.parametrize(
    ("body", "translation"), [(UNALIGNED, "columns"), (BY_CORRESP, "after")], ids=["none", "after"]
)
def test_a_translation_follows_where_nothing_corresponds_or_it_is_so_wanted(
    body: str, translation: Translation
) -> None:
    root = printed(body, translation)
    assert rows(root) == []
    assert said(root).endswith(("c d", "One yes no end"))


@pytest.mark.parametrize("output", ["text", "epub"])
def test_outputs_without_columns_have_the_translation_behind_the_original(output: str) -> None:
    made = publish_document(output, "test", document(BY_CORRESP), publication())
    assert made.diagnostics == ()
    if output == "text":
        text = made.files["test.txt"].decode()
        assert text.index("nein") < text.index("One") < text.index("no")


@pytest.mark.parametrize("translation", ["columns", "facing"])
def test_every_word_of_both_sides_is_on_the_pages(translation: Translation) -> None:
    body = document(long_text(12))
    assert not pdf.publish_document("test", body, publication(translation)).diagnostics


def pages_of(body: str, translation: Translation = "facing") -> list[str]:
    made = pdf.publish_document("test", document(body), publication(translation))
    assert made.diagnostics == ()
    reader = pypdf.PdfReader(io.BytesIO(made.files["test.pdf"]))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_on_facing_pages_what_corresponds_stands_on_one_opening() -> None:
    pages = pages_of(BY_CORRESP.replace("ja", f"ja {LATIN * 3}").replace("nein", f"nein {LATIN}"))
    assert [page for page, text in enumerate(pages, 1) if "ja" in text.split()] == [2]
    assert [page for page, text in enumerate(pages, 1) if "yes" in text.split()] == [3]
    left = next(page for page, text in enumerate(pages, 1) if "nein" in text.split())
    assert left % 2 == 0
    assert "no" in pages[left].split()


def test_a_paragraph_longer_than_a_page_is_parted_on_both_sides() -> None:
    body = (
        f"<div type='edition' xml:lang='la'><p>{LATIN * 5}</p></div>"
        f"<div type='translation'><p>{ENGLISH * 6} end</p></div>"
    )
    pages = pages_of(body)
    assert ["Horum" in page for page in pages[1:5]] == [True, False] * 2
    assert ["bravest" in page for page in pages[1:5]] == [False, True] * 2
    assert "end" in pages[4]


ENTRY = "<app><lem>b</lem><rdg wit='#x'>c</rdg></app>"


def volume_pages(
    bodies: Mapping[str, str], settings: Mapping[str, Any], told: Sequence[str] = ()
) -> list[str]:
    """Return the text of each page of a volume of these documents, spaces as they stand."""
    with_settings = replace(
        publication(),
        print=print_settings(settings),
        documents=tuple(DocumentEntry(stem, stem) for stem in bodies),
    )
    kept: dict[str, bytes] = {}
    for stem, body in bodies.items():
        kept.update(volume.publish_document(stem, document(body), with_settings).files)
    made = volume.publish_edition(with_settings, Earlier(lambda path: kept.get(path, b"")))
    assert [found.code for found in made.diagnostics] == list(told)
    reader = pypdf.PdfReader(io.BytesIO(made.files[volume.VOLUME]))
    return [page.extract_text(extraction_mode="layout") for page in reader.pages]


@pytest.mark.parametrize("notes", ["foot", "end"])
@pytest.mark.parametrize("new_page", [True, False])
def test_in_a_volume_each_document_decides_whether_its_translation_stands_beside_it(
    notes: str, new_page: bool
) -> None:
    keyed = (
        f"<div type='edition'><p n='1'>before {ENTRY}</p></div>"
        "<div type='translation'><p n='1'>behind</p></div>"
    )
    beside = BY_CORRESP.replace("nein", "nein<note type='editorial'>note</note>")
    bodies = {"beside": beside, "keyed": keyed, "further": long_text(12)}
    lines = "\n".join(volume_pages(bodies, {"notes": notes, "new-page": new_page})).splitlines()
    assert any("nein" in line and re.search(r"\bno\b", line) for line in lines)
    assert not any("before" in line and "behind" in line for line in lines)
    assert any(re.search(r"b\] c", line) for line in lines)


@pytest.mark.parametrize(("notes", "told"), [("foot", ["P112"]), ("end", [])])
def test_facing_pages_beside_documents_with_an_apparatus_are_set_or_told(
    notes: str, told: list[str]
) -> None:
    bodies = {"facing": BY_CORRESP, "keyed": f"<p>a {ENTRY}</p>"}
    pages = volume_pages(bodies, {"notes": notes, "translation": "facing"}, told)
    original = [number for number, page in enumerate(pages) if "nein" in page.split()]
    translation = [number for number, page in enumerate(pages) if "no" in page.split()]
    assert translation[0] - original[0] == (0 if told else 1)


def test_a_row_higher_than_a_page_has_its_translation_behind_it_beside_keyed_documents() -> None:
    long = (
        f"<div type='edition' xml:lang='la'><p>{LATIN * 9}</p></div>"
        f"<div type='translation'><p>{ENGLISH * 9} end</p></div>"
    )
    bodies = {"long": long, "keyed": f"<p>a {ENTRY}</p>", "beside": BY_CORRESP}
    lines = "\n".join(volume_pages(bodies, {})).splitlines()
    assert not any("bravest" in line and "Horum" in line for line in lines)
    assert any("nein" in line and re.search(r"\bno\b", line) for line in lines)


def test_a_text_with_an_apparatus_has_its_translation_behind_it() -> None:
    body = (
        "<div type='edition'><p n='1'>a <app><lem>b</lem><rdg wit='#x'>c</rdg></app></p></div>"
        "<div type='translation'><p n='1'>d</p></div>"
    )
    assert not pdf.publish_document("test", document(body), publication()).diagnostics
