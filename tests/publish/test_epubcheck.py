"""EPUBCheck, the judge of the W3C, finds nothing amiss, not even a warning."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.java import archive_in, java_program
from tests.publish.genres import GENRES, PIXEL, genre
from tests.publish.whole_edition import edition_as
from toolkit.diagnostics import DiagnosticError, Severity
from toolkit.publish import Publication, Register
from toolkit.publish.outputs.epub import VOLUME, publish_document
from toolkit.tei.parse import ParsedDocument, parse, parse_file

EDITION = Publication(
    title="All genres & <kinds>",
    description="One of each.",
    editors=("A. Editor",),
    publisher="A press",
    licence_name="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    address="https://example.org/genres/",
)
LARGE = 60_000


def findings(book: bytes, folder: Path) -> list[str]:
    """Return what EPUBCheck says of ``book``, or skip the test where it is not there."""
    file, report = folder / "book.epub", folder / "report.json"
    file.write_bytes(book)
    command = java_program(archive_in("epubcheck", "epubcheck.jar"))
    subprocess.run([*command, str(file), "--json", str(report)], check=False, capture_output=True)
    said = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [
        f"{each['severity']} {each['ID']} {each['message']} {each['locations'][:1]}"
        for each in said
        if each["severity"] not in ("INFO", "USAGE")
    ]


def test_the_sample_edition_and_every_genre_pass(repository: Path, tmp_path: Path) -> None:
    if os.environ.get("TEI_TOOLKIT_DATA"):
        pytest.skip("the volume with slices of the corpora holds the same documents")
    done = edition_as("epub", edition_of(repository), samples(repository))
    assert {found.code for found in done.diagnostics} == {"P020"}  # images that are elsewhere
    assert findings(done.files[VOLUME], tmp_path) == []


def test_one_document_with_images_passes(tmp_path: Path) -> None:
    (tmp_path / "a seal.jpg").write_bytes(PIXEL)
    (tmp_path / "drawn.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    )
    (tmp_path / "broken.png").write_bytes(b"no image")
    figures = "".join(
        f'<figure><graphic url="{url}"/><figDesc>A seal.</figDesc></figure>'
        for url in ("a%20seal.jpg", "drawn.svg", "broken.png")
    )
    source = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
        "<title>Seals</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
        f"</sourceDesc></fileDesc></teiHeader><text><body><p>x</p>{figures}</body></text></TEI>"
    )
    document = parse(str(tmp_path / "seals.xml"), source.encode())
    done = publish_document("seals", document, Publication(title="Seals"))
    assert [(found.code, "broken.png" in found.message) for found in done.diagnostics] == [
        ("P020", True)
    ]
    assert findings(done.files["seals.epub"], tmp_path) == []


def test_the_same_with_a_slice_of_every_corpus_passes(
    repository: Path, data_folder: Path, tmp_path: Path
) -> None:
    slices = [
        (f"{corpus.name} {file.stem}", parse_file(file))
        for corpus in sorted((data_folder / "corpora").iterdir())
        for file in some_of(corpus)
    ]
    assert slices
    done = edition_as("epub", edition_of(repository), [*samples(repository), *slices])
    assert [found for found in done.diagnostics if found.severity is Severity.ERROR] == []
    assert findings(done.files[VOLUME], tmp_path) == []


def edition_of(repository: Path) -> Publication:
    files = sorted((repository / "tei" / "registers").glob("*.xml"))
    registers = tuple(Register(file.stem, file.read_bytes()) for file in files)
    return replace(EDITION, registers=registers)


def samples(repository: Path) -> list[tuple[str, ParsedDocument]]:
    """Return the documents of the sample edition and one of every genre."""
    sample = [(file.stem, parse_file(file)) for file in sorted((repository / "tei").glob("*.xml"))]
    return [*sample, *((name, genre(name)) for name in GENRES)]


def some_of(corpus: Path) -> list[Path]:
    """Return two documents of a corpus, not the largest: these would take long."""
    files = (
        sorted(file for file in corpus.iterdir() if file.stat().st_size < LARGE and is_tei(file))
        or sorted(corpus.glob("*.xml"), key=lambda file: file.stat().st_size)[:1]
    )
    return files[:: max(len(files) // 2, 1)][:2]


def is_tei(file: Path) -> bool:
    try:
        return "tei-c.org" in str(parse_file(file).root.tag)
    except DiagnosticError:
        return False
