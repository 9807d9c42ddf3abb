"""EPUBCheck, the judge of the W3C, finds nothing amiss, not even a warning."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

from tests.java import archive_in, java_source
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


def findings(books: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return what EPUBCheck says of each book, or skip the test where it is not there."""
    files = {name: folder / f"{name}.epub" for name in books}
    for name, file in files.items():
        file.write_bytes(books[name])
    archive = archive_in("epubcheck", "epubcheck.jar")
    subprocess.run(
        [*java_source(archive, Path(__file__).with_name("EpubCheck.java")), *files.values()],
        check=True,
        capture_output=True,
    )
    return {name: said_of(file) for name, file in files.items()}


def said_of(book: Path) -> list[str]:
    report = json.loads(Path(f"{book}.json").read_text(encoding="utf-8"))
    return [
        f"{each['severity']} {each['ID']} {each['message']} {each['locations'][:1]}"
        for each in report["messages"]
        if each["severity"] not in ("INFO", "USAGE")
    ]


def test_a_document_with_images_and_a_volume_of_every_genre_pass(
    repository: Path, tmp_path: Path
) -> None:
    """With real data the volume also holds a slice of every corpus.

    One test for all, since most of the judge's time goes into its start.
    """
    document = document_with_images(tmp_path)
    books = {"document": document, "volume": volume(repository), "spoiled": spoiled(document)}
    found = findings(books, tmp_path)
    assert found.pop("spoiled") != []
    assert found == {"document": [], "volume": []}


def spoiled(book: bytes) -> bytes:
    """Return the book without its images."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            if "/images/" not in entry.filename:
                target.writestr(entry, source.read(entry))
    return made.getvalue()


def document_with_images(folder: Path) -> bytes:
    (folder / "a seal.jpg").write_bytes(PIXEL)
    (folder / "drawn.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    )
    (folder / "broken.png").write_bytes(b"no image")
    figures = "".join(
        f'<figure><graphic url="{url}"/><figDesc>A seal.</figDesc></figure>'
        for url in ("a%20seal.jpg", "drawn.svg", "broken.png")
    )
    source = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
        "<title>Seals</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
        f"</sourceDesc></fileDesc></teiHeader><text><body><p>x</p>{figures}</body></text></TEI>"
    )
    document = parse(str(folder / "seals.xml"), source.encode())
    done = publish_document("seals", document, Publication(title="Seals"))
    assert [(found.code, "broken.png" in found.message) for found in done.diagnostics] == [
        ("P020", True)
    ]
    return done.files["seals.epub"]


def volume(repository: Path) -> bytes:
    documents = [*samples(repository), *slices_of_corpora()]
    done = edition_as("epub", edition_of(repository), documents)
    if len(documents) == len(samples(repository)):
        assert {found.code for found in done.diagnostics} == {"P020"}  # images that are elsewhere
    assert [found for found in done.diagnostics if found.severity is Severity.ERROR] == []
    return done.files[VOLUME]


def slices_of_corpora() -> list[tuple[str, ParsedDocument]]:
    data = os.environ.get("TEI_TOOLKIT_DATA")
    corpora = sorted((Path(data) / "corpora").iterdir()) if data else []
    return [
        (f"{corpus.name} {file.stem}", parse_file(file))
        for corpus in corpora
        for file in some_of(corpus)
    ]


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
