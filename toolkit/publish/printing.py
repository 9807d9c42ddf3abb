"""The print vocabulary: the intermediate from which PDF, plain text and EPUB are made.

``xslt/print.xsl`` makes it, ``schemas/print.rng`` is its grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from lxml import etree

from toolkit.diagnostics import Diagnostic
from toolkit.publish.completeness import missing_words
from toolkit.publish.prepare import prepare, registers_for
from toolkit.publish.publication import Publication
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import ParameterValue, Xml, transform

PRINT_NAMESPACE = "urn:tei-toolkit:print"
STYLESHEET = XSLT / "print.xsl"
IMAGE_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}

_PRINT = f"{{{PRINT_NAMESPACE}}}"
_PARTS_WITH_TEXT = (f"{_PRINT}front", f"{_PRINT}text")


@lru_cache(maxsize=4)
def print_document(stem: str, document: ParsedDocument, publication: Publication) -> str:
    """Return ``document`` in the print vocabulary, as XML text.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    prepared = prepare(document, publication)
    parameters: dict[str, ParameterValue] = {
        "edition": publication.title,
        "language": publication.language,
        "stem": stem,
        "registers": Xml(registers_for(document, publication.registers)),
    }
    return transform(STYLESHEET, prepared, parameters, file=document.file).text


def incomplete(document: ParsedDocument, printed: str, *, name: str) -> tuple[Diagnostic, ...]:
    """Return an error (P010) for each word of the document that the print vocabulary lacks."""
    return missing_words(document, text_pieces(printed), name=name)


def text_pieces(printed: str) -> list[str]:
    """Return the runs of the title block and the text: each text node of the TEI makes its own."""
    root = parse_print(printed)
    return [
        piece
        for part in root.iter(*_PARTS_WITH_TEXT)
        for block in part.iter(f"{_PRINT}block")
        for piece in _pieces(block)
    ]


def _pieces(block: etree._Element) -> Iterator[str]:
    """Yield the runs of one block; its notes and marginalia have blocks of their own."""
    yield block.get("marker", "")
    for child in block:
        if child.tag == f"{_PRINT}t":
            yield child.text or ""
        elif child.tag == f"{_PRINT}stamp":
            yield from _pieces(child)


def image_files(document: ParsedDocument, printed: str) -> dict[str, Path]:
    """Return the images that may be shown: by the address in the document, the file.

    Only files of a known type at or below the folder of the document are taken.
    """
    folder = Path(document.file).resolve().parent
    sources = {figure.get("source", "") for figure in parse_print(printed).iter(f"{_PRINT}figure")}
    found: dict[str, Path] = {}
    for source in sorted(sources):
        path = PurePosixPath(source)
        if not source or path.is_absolute() or path.suffix.lower() not in IMAGE_TYPES:
            continue
        file = (folder / path).resolve()
        if file.is_relative_to(folder) and file.is_file():
            found[source] = file
    return found


def parse_print(printed: str) -> etree._Element:
    """Return the tree of a document in the print vocabulary."""
    return etree.fromstring(printed.encode(), etree.XMLParser(huge_tree=True, no_network=True))
