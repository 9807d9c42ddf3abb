"""EPUB 3: each document, and the edition as one volume (EPUB 3.3, EPUB Accessibility 1.1)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from toolkit.publish.cover import cover_svg
from toolkit.publish.earlier import Earlier
from toolkit.publish.epub_chapter import Chapter, Image, image_type, make_chapter
from toolkit.publish.epub_volume import Volume, make_volume, stable_identifier
from toolkit.publish.images import ImageAddresses, image_inputs
from toolkit.publish.publication import Publication, Published
from toolkit.publish.record import RECORDS
from toolkit.publish.revision import UNDATED, last_revision
from toolkit.tei.parse import ParsedDocument

SUFFIX = "epub"
LABEL = "EPUB"

VOLUME = "edition/volume.epub"
"""Where the volume lies in the output folder."""


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return ``document`` as an EPUB; within an edition also as a chapter of its volume.

    Words lost (P010) are errors; they are looked for in the text nodes of the book itself. Images
    that cannot be shown are warnings (P020).

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    chapter = make_chapter(stem, document, publication)
    revised = last_revision(document)
    volume = Volume(
        kind="document",
        title=chapter.root.get("title", stem),
        identifier=stable_identifier(publication, stem),
        modified="" if revised == UNDATED else revised.date().isoformat(),
        chapters=[chapter.root],
        images=chapter.images,
    )
    book, found = make_volume(volume, publication, file=document.file)
    files = {f"{stem}.{SUFFIX}": book}
    if publication.linked is not None:
        files[_chapter_path(stem)] = bytes(etree.tostring(chapter.root, encoding="UTF-8"))
    return Published(files, (*chapter.diagnostics, *found))


def further_inputs(images: ImageAddresses) -> tuple[str, ...]:
    """Return what the EPUB depends on beside the TEI and the publication: its images."""
    return image_inputs(images)


def publish_edition(publication: Publication, earlier: Earlier) -> Published:
    """Return the edition as one EPUB, put together from the chapters of its documents.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    chapters = list(_chapters(publication, earlier))
    if not chapters:
        return Published()
    svg = cover_svg(
        publication.title, publication.editors, publication.publisher, publication.language
    )
    volume = Volume(
        kind="book",
        title=publication.title,
        identifier=stable_identifier(publication, "volume"),
        modified=max(entry.revised for entry in publication.documents),
        chapters=[chapter.root for chapter in chapters],
        images=[image for chapter in chapters for image in chapter.images],
        cover=Image("images/cover.svg", "image/svg+xml", svg),
    )
    book, found = make_volume(volume, publication, file=VOLUME)
    return Published({VOLUME: book}, found)


def _chapter_path(stem: str) -> str:
    return f"{RECORDS}/epub/{stem}.xml"


def _chapters(publication: Publication, earlier: Earlier) -> Iterator[Chapter]:
    """Yield the chapters of the documents that could be made, in the order of the edition."""
    parser = etree.XMLParser(huge_tree=True, no_network=True)
    for entry in publication.documents:
        content = earlier.read(_chapter_path(entry.stem))
        if content:
            root = etree.fromstring(content, parser)
            yield Chapter(root, tuple(_images(root, earlier.read(f"{entry.stem}.{SUFFIX}"))))


def _images(chapter: etree._Element, book: bytes) -> Iterator[Image]:
    """Yield the images of the chapter, which lie in the EPUB of its document."""
    shown = chapter.iter("{http://www.w3.org/1999/xhtml}img")
    paths = dict.fromkeys(image.get("src", "") for image in shown)
    if not paths:
        return
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for path in paths:
            yield Image(path, image_type(path), archive.read(f"EPUB/{path}"))
