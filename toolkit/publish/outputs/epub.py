"""EPUB 3: a document as an electronic book (EPUB 3.3, EPUB Accessibility 1.1)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from toolkit.publish.archive import pack
from toolkit.publish.images import IMAGE_TYPES, ImageAddresses, image_inputs
from toolkit.publish.messages import message_findings
from toolkit.publish.printing import (
    image_files,
    images_not_shown,
    incomplete,
    print_document,
)
from toolkit.publish.publication import Publication, Published
from toolkit.publish.revision import last_revision
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import transform

SUFFIX = "epub"
LABEL = "EPUB"
STYLESHEET = XSLT / "epub.xsl"
STYLE = XSLT / "epub" / "style.css"

_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_DOCTYPE = b"<!DOCTYPE html>\n"
_TEXT = "EPUB/text.xhtml"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_INLINE = frozenset(_XHTML + name for name in ("a", "b", "del", "i", "ins", "span", "sub", "sup"))
_SET_APART = frozenset({"blank", "call", "line-number", "marker", "number", "page", "stamp"})
_BORDER = "\0"


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return ``document`` as an EPUB.

    Words lost (P010) are errors; they are looked for in the text nodes of the book itself. Images
    that cannot be shown are warnings (P020).

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    printed = print_document(stem, document, publication)
    images = image_files(document, printed.xml)
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
    made = transform(STYLESHEET, printed.xml, parameters, file=document.file)
    files = _files(made.text) | {"EPUB/style.css": STYLE.read_bytes()}
    files |= {f"EPUB/{paths[source]}": file.read_bytes() for source, file in images.items()}
    files["mimetype"] = b"application/epub+zip"
    found = (
        *incomplete(document, printed, _texts(files[_TEXT]), name=LABEL),
        *images_not_shown(document, printed.xml),
        *message_findings((*printed.messages, *made.messages), document.file),
    )
    return Published({f"{stem}.{SUFFIX}": pack(files, first="mimetype")}, found)


def further_inputs(images: ImageAddresses) -> tuple[str, ...]:
    """Return what the EPUB depends on beside the TEI and the publication: its images."""
    return image_inputs(images)


def _texts(page: bytes) -> list[str]:
    """Return the texts of a content document, each as far as its letters follow each other."""
    body = etree.fromstring(page, etree.XMLParser(huge_tree=True)).find(f"{_XHTML}body")
    return [] if body is None else "".join(_own_texts(body)).split(_BORDER)


def _own_texts(element: etree._Element) -> Iterator[str]:
    border = "" if _in_the_line(element) else _BORDER
    yield border
    yield element.text or ""
    for child in element:
        yield from _own_texts(child)
        yield child.tail or ""
    yield border


def _in_the_line(element: etree._Element) -> bool:
    return element.tag in _INLINE and _SET_APART.isdisjoint(element.get("class", "").split())


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
