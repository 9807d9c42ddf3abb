"""The volume: an edition as one book, with contents, registers and all its words."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree

from toolkit.diagnostics import Diagnostic
from toolkit.publish import (
    DocumentEntry,
    Earlier,
    Publication,
    Published,
    Register,
    print_settings,
    publish_document,
    publish_edition,
)
from toolkit.publish.fonts import installed_fonts
from toolkit.publish.outputs.volume import VOLUME
from toolkit.publish.part import make_part
from toolkit.publish.volume import assemble
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument, parse, parse_file

SAMPLE = Path(__file__).parent / "samples" / "print-features.xml"
SHELL = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{title}</title>'
    "</titleStmt><publicationStmt><availability><licence>Free for all</licence></availability>"
    "</publicationStmt><sourceDesc><p>{title} of the source</p></sourceDesc></fileDesc></teiHeader>"
    "<text><body>{body}</body></text></TEI>"
)
PERSONS = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>'
    '<person xml:id="anna"><persName>Anna Weber</persName></person>'
    '<person xml:id="bert"><persName>Bert Ott</persName></person></listPerson></body></text></TEI>'
)
EDITION = Publication(
    title="Letters",
    editors=("A. Editor",),
    publisher="The Press",
    registers=(Register("persons", PERSONS.encode()),),
)
ANNA = '<persName ref="registers/persons.xml#anna">Anna</persName>'
BERT = '<persName ref="registers/persons.xml#bert">Bert</persName>'


def letter(title: str, body: str) -> ParsedDocument:
    return parse(f"{title}.xml", SHELL.format(title=title, body=body).encode())


TWO = (
    ("first", letter("First", f"<p>{ANNA} wrote to {BERT}.</p>")),
    ("second", letter("Second", f'<p>To {ANNA}, <ref target="first.xml">as before</ref>.</p>')),
)


def volume_of(
    documents: Sequence[tuple[str, ParsedDocument]], publication: Publication = EDITION
) -> Published:
    entries = tuple(DocumentEntry(stem, stem.title()) for stem, _ in documents)
    publication = Publication(**{**vars(publication), "documents": entries})
    kept: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for stem, document in documents:
        part = publish_document("volume", stem, document, publication)
        kept.update(part.files)
        found += part.diagnostics
    made = publish_edition("volume", publication, Earlier(lambda path: kept.get(path, b"")))
    return Published(made.files, (*found, *made.diagnostics))


def with_settings(settings: Mapping[str, Any]) -> Publication:
    return Publication(**{**vars(EDITION), "print": print_settings(settings)})


def read(made: Published) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made.files[VOLUME]))


def texts(made: Published) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(made).pages]


def test_the_volume_has_title_page_contents_documents_and_registers() -> None:
    made = volume_of(TWO)
    pages = texts(made)
    assert made.diagnostics == ()
    assert pages[0] == "Letters Edited by A. Editor The Press"
    assert re.search(
        r"Contents First [ .]*1 Second [ .]*2 About the texts [ .]*3 Persons", pages[2]
    )
    assert [bool(pages[number]) for number in (3, 4, 5, 6)] == [False, True, True, True]
    assert "Ott, Bert 1 Weber, Anna 1–2" in pages[7]


def test_pages_before_the_documents_have_numbers_of_their_own() -> None:
    labels = read(volume_of(TWO)).page_labels
    assert [labels[number] for number in (2, 4, 5, 6)] == ["iii", "1", "2", "3"]


def test_the_volume_obeys_the_grammar(repository: Path) -> None:
    folder = repository / "tei" / "registers"
    registers = tuple(Register(p.stem, p.read_bytes()) for p in sorted(folder.glob("*.xml")))
    publication = Publication(title="Sample edition", registers=registers)
    documents = (("sample", parse_file(SAMPLE)), *TWO)
    parts = [make_part(stem, document, publication).part for stem, document in documents]
    printed = assemble(parts, publication, file=VOLUME)
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "print.rng"))
    grammar.assertValid(etree.fromstring(printed.encode()))


def test_the_documents_are_those_of_the_settings_in_the_order_of_the_edition() -> None:
    made = volume_of(
        (*TWO, ("third", letter("Third", "<p>x</p>"))), with_settings({"documents": ["[ft]*"]})
    )
    titles = [str(entry.title) for entry in read(made).outline if not isinstance(entry, list)]
    assert [title for title in titles if title in ("First", "Second", "Third")] == [
        "First",
        "Third",
    ]


def test_documents_follow_each_other_on_a_page_if_the_settings_say_so() -> None:
    pages = texts(volume_of(TWO, with_settings({"new-page": False})))
    assert any("First" in page and "Second of the source" in page for page in pages)


def test_a_link_to_another_document_leads_to_its_place_in_the_volume() -> None:
    reader = read(volume_of(TWO))
    pages: list[Any] = list(reader.pages)
    links = [annotation.get_object() for annotation in pages[5]["/Annots"]]
    assert any("as before" not in str(link) and link["/Subtype"] == "/Link" for link in links)
    names = reader.named_destinations
    assert names is not None


def test_what_all_colophons_say_is_said_once() -> None:
    said = " ".join(texts(volume_of(TWO)))
    assert said.count("Free for all") == 1
    assert "First of the source" in said
    assert "Second of the source" in said


def test_the_tei_of_every_document_goes_with_the_volume() -> None:
    attached = dict(read(volume_of(TWO)).attachments)
    assert attached == {f"{stem}.xml": [document.content] for stem, document in TWO}


def test_the_same_edition_gives_the_same_volume() -> None:
    assert volume_of(TWO).files == volume_of(TWO).files


def test_page_and_letters_are_those_of_the_settings() -> None:
    settings = {"width": 148, "height": 210, "margins": {"outside": 30}, "size": 9}
    box = read(volume_of(TWO, with_settings(settings))).pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (148, 210)


def test_fonts_of_the_system_are_used_only_if_asked() -> None:
    asked = print_settings({"system-fonts": True}).system_fonts
    fonts = installed_fonts(system=asked)
    assert set(fonts.families) >= set(installed_fonts().families)
    assert (fonts.system, installed_fonts().system) == (True, False)


def test_functions_of_the_editions_own_replace_those_of_the_toolkit(tmp_path: Path) -> None:
    own = "#let title-page(title, subtitle, editors, publisher) = [A page by us: #title]"
    (tmp_path / "print.typ").write_text(own, "utf-8")
    made = volume_of(TWO, Publication(**{**vars(EDITION), "custom_stylesheets": tmp_path}))
    assert texts(made)[0] == "A page by us: Letters"


def test_a_word_that_the_volume_loses_is_told_with_its_document(tmp_path: Path) -> None:
    (tmp_path / "print.typ").write_text(
        '#let style-italic(body) = if repr(body).contains("treasure") { [] } else { body }', "utf-8"
    )
    lost = ("third", letter("Third", '<p>a\n<hi rend="italic">treasure</hi></p>'))
    made = volume_of((*TWO, lost), Publication(**{**vars(EDITION), "custom_stylesheets": tmp_path}))
    (found,) = made.diagnostics
    assert (found.code, found.file, found.line) == ("P010", "third.xml", 2)
    assert "“treasure” is missing from the volume" in found.message


def test_figures_of_several_documents_are_told_apart(tmp_path: Path) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{n}v9z"/></svg>'
    )
    documents = []
    for number, stem in enumerate(("first", "second"), start=1):
        folder = tmp_path / stem
        folder.mkdir()
        (folder / "a.svg").write_text(svg.format(n=number), "utf-8")
        body = '<figure><graphic url="a.svg"/><figDesc>A seal</figDesc></figure>'
        source = SHELL.format(title=stem, body=body).encode()
        documents.append((stem, parse(str(folder / f"{stem}.xml"), source)))
    assert volume_of(documents).diagnostics == ()


@pytest.mark.parametrize("kind", ["schnitzler-briefe", "isicily"])
def test_a_published_edition_becomes_a_volume_without_loss(kind: str, data_folder: Path) -> None:
    files = sorted((data_folder / "corpora" / kind).rglob("*.xml"))[:6]
    documents = [(file.stem, parse_file(file)) for file in files]
    found = volume_of(documents, Publication(title=kind)).diagnostics
    assert [d.message for d in found if d.code not in ("P020", "P101")] == []


@pytest.mark.parametrize("new_page", [True, False])
def test_an_apparatus_is_keyed_to_lines_and_other_documents_have_none(new_page: bool) -> None:
    entry = "<app><lem>arma</lem><rdg>armis</rdg></app>"
    verses = letter("Verses", f"{'<p>line</p>' * 40}<p>{entry}</p>{'<p>line</p>' * 20}")
    made = volume_of((*TWO, ("verses", verses)), with_settings({"new-page": new_page}))
    assert made.diagnostics == ()
    (page,) = (page for page in texts(made) if "] armis" in page)
    number = re.search(r"(\d+) arma] armis", page)
    assert number is not None
    assert page.split("arma ")[0].count("line") == int(number[1]) - 1


def test_marks_and_notes_in_a_heading_have_one_place_only() -> None:
    head = '<head xml:id="h">Arrival<note>by sea</note><pb n="7"/></head>'
    body = f'<div>{head}<p>It was late.</p></div><p><ref target="#h">See there</ref></p>'
    made = volume_of((("first", letter("First", body)),))
    assert made.diagnostics == ()
    assert "".join(texts(made)).count("by sea") == 1


def test_marks_in_a_passage_from_right_to_left_keep_their_places() -> None:
    words = "בראשית ברא אלהים את השמים ואת הארץ " * 20
    passage = "".join(f"{words}<anchor xml:id='a{n}'/>" for n in range(9))
    links = " ".join(f"<ref target='#a{n}'>{n}</ref>" for n in range(9))
    body = f"<p>{links} <quote xml:lang='he'>{passage}</quote></p>"
    reader = read(volume_of((("first", letter("First", body)),)))
    numbers = {page.indirect_reference: n for n, page in enumerate(reader.pages)}
    links_of_page: Any = reader.pages[4]["/Annots"]
    targets = [link.get_object()["/Dest"] for link in links_of_page]
    places = list(dict.fromkeys((numbers[page], -float(top)) for page, _, _, top, _ in targets))
    assert places == sorted(places)
    assert len(places) == 9
