"""EPUB 3: a document as an electronic book (EPUB 3.3, EPUB Accessibility 1.1)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from toolkit.publish.archive import pack
from toolkit.publish.printing import IMAGE_TYPES, image_files, incomplete, print_document
from toolkit.publish.publication import Publication, Published
from toolkit.publish.revision import last_revision
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import transform

SUFFIX = "epub"
STYLESHEET = XSLT / "epub.xsl"
STYLE = XSLT / "epub" / "style.css"

_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_DOCTYPE = b"<!DOCTYPE html>\n"
_CORE_TYPES = frozenset(IMAGE_TYPES) - {".svg"}


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return ``document`` as an EPUB.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    printed = print_document(stem, document, publication)
    images = {
        source: file
        for source, file in image_files(document, printed).items()
        if file.suffix.lower() in _CORE_TYPES
    }
    paths = {
        source: f"images/{n}{images[source].suffix.lower()}" for n, source in enumerate(images, 1)
    }
    parameters = {
        "language": publication.language,
        "identifier": f"urn:uuid:{_identifier(stem, publication)}",
        "modified": last_revision(document).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publisher": publication.publisher,
        "rights": " ".join(filter(None, (publication.licence_name, publication.licence_url))),
        "images": _image_table(images, paths),
    }
    made = transform(STYLESHEET, printed, parameters, file=document.file).text
    files = _files(made) | {"EPUB/style.css": STYLE.read_bytes()}
    files |= {f"EPUB/{paths[source]}": file.read_bytes() for source, file in images.items()}
    files["mimetype"] = b"application/epub+zip"
    lost = incomplete(document, printed, name="EPUB")
    return Published({f"{stem}.{SUFFIX}": pack(files, first="mimetype")}, lost)


def _identifier(stem: str, publication: Publication) -> uuid.UUID:
    """Return the identifier of the document in its edition: the same for each revision."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tei-toolkit:{publication.title}/{stem}")


def _image_table(images: Mapping[str, Path], paths: Mapping[str, str]) -> str:
    return "\n".join(
        f"{source}\t{paths[source]}\t{IMAGE_TYPES[file.suffix.lower()]}"
        for source, file in images.items()
    )


def _files(made: str) -> dict[str, bytes]:
    """Return the files of the package that the stylesheet made, each serialised by itself."""
    parser = etree.XMLParser(huge_tree=True, no_network=True)
    root = etree.fromstring(made.encode(), parser)
    found: dict[str, bytes] = {}
    for file in root.iter("file"):
        content = etree.ElementTree(file[0])
        etree.cleanup_namespaces(file[0])
        head = _XML if not file.get("path", "").endswith(".xhtml") else _XML + _DOCTYPE
        found[file.get("path", "")] = head + bytes(
            etree.tostring(content, encoding="UTF-8", xml_declaration=False)
        )
    return found
