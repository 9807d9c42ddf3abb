"""A document as a chapter of an EPUB: ``xslt/epub.xsl`` makes it from the print vocabulary."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from toolkit.diagnostics import Diagnostic, Position
from toolkit.publish.images import IMAGE_NOT_SHOWN
from toolkit.publish.messages import message_findings
from toolkit.publish.parallel_text import without_columns
from toolkit.publish.printing import (
    image_files,
    images_not_shown,
    incomplete,
    print_document,
)
from toolkit.publish.publication import Publication
from toolkit.publish.query import elements
from toolkit.resources import XSLT
from toolkit.tei.names import XML_ID, tei
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import transform

EPUB_NAMESPACE = "urn:tei-toolkit:epub"
STYLESHEET = XSLT / "epub.xsl"

_XHTML = "{http://www.w3.org/1999/xhtml}"
_INLINE = frozenset(_XHTML + name for name in ("a", "b", "del", "i", "ins", "span", "sub", "sup"))
_SET_APART = frozenset({"blank", "call", "line-number", "marker", "number", "page", "stamp"})
_BORDER = "\0"
_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_SUFFIXES = {
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}
_WRITING_MODE = re.compile(r"writing-mode\s*:\s*(vertical-rl|vertical-lr|tb-rl|tb-lr)")
_STYLED = ("self::tei:TEI", "tei:text", "tei:text/tei:body", "tei:text/tei:body/tei:div")


def ebook(name: str) -> str:
    """Return the name of an element of the chapter vocabulary in Clark notation."""
    return f"{{{EPUB_NAMESPACE}}}{name}"


@dataclass(frozen=True)
class Image:
    """An image of the book: its path in it, its media type and its bytes."""

    path: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Chapter:
    """A document as a chapter: ``root`` is what ``xslt/epub.xsl`` made."""

    root: etree._Element
    images: tuple[Image, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def make_chapter(stem: str, document: ParsedDocument, publication: Publication) -> Chapter:
    """Return ``document`` as a chapter.

    Words lost (P010) are errors; they are looked for in the text nodes of the chapter itself.
    Images that cannot be shown are warnings (P020).

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    printed = print_document(stem, document, publication)
    files = image_files(document, printed.xml)
    images = {source: image for source, file in files.items() if (image := image_of(file))}
    parameters = {
        "language": publication.language,
        "name": chapter_name(stem),
        "documents": "\n".join(_addresses(publication)),
        "images": "\n".join(f"{url}\t{each.path}\t{each.type}" for url, each in images.items()),
        "writing-mode": writing_mode(document),
    }
    made = transform(STYLESHEET, without_columns(printed.xml), parameters, file=document.file)
    root = etree.fromstring(made.text.encode(), etree.XMLParser(huge_tree=True, no_network=True))
    found = (
        *incomplete(document, printed, texts_of(root), name="EPUB"),
        *images_not_shown(document, printed.xml),
        *(_not_an_image(document, source) for source in files if source not in images),
        *message_findings((*printed.messages, *made.messages), document.file),
    )
    return Chapter(root, tuple(dict.fromkeys(images.values())), found)


def chapter_name(stem: str) -> str:
    """Return the name of the files of a document in the book, without suffix.

    Reading systems differ in the names they can take, so that letters, digits, ``-`` and ``_`` of
    ASCII are kept, and what has others is told apart by a digest.
    """
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem)
    if plain == stem:
        return f"text-{stem}"
    return f"text-{plain.strip('-')[:40]}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def image_of(file: Path) -> Image | None:
    """Return the image that ``file`` holds, named by its content; None if it holds none."""
    content = file.read_bytes()
    media_type = _media_type(content, file.suffix.lower())
    if media_type is None:
        return None
    name = hashlib.sha256(content).hexdigest()[:16]
    return Image(f"images/{name}{_SUFFIXES[media_type]}", media_type, content)


def image_type(path: str) -> str:
    """Return the media type of an image of the book by its path."""
    return next(kind for kind, suffix in _SUFFIXES.items() if path.endswith(suffix))


def _media_type(content: bytes, suffix: str) -> str | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if suffix == ".svg":
        return "image/svg+xml"
    return next((kind for head, kind in _BEGINNINGS.items() if content.startswith(head)), None)


def _not_an_image(document: ParsedDocument, source: str) -> Diagnostic:
    return IMAGE_NOT_SHOWN.at(
        Position(document.file),
        f"the image “{source}” is not shown: the file holds no image that reading systems know",
        "Save it anew as PNG or JPEG.",
    )


def writing_mode(document: ParsedDocument) -> str:
    """Return ``vertical-rl`` or ``vertical-lr`` if the text is said to run so, else nothing.

    It is said by ``@style`` or by ``@rendition``, in CSS (TEI Guidelines, 5.6), on the text or its
    body.
    """
    root = document.root
    said = [element.get("style", "") for path in _STYLED for element in elements(root, path)]
    named = {
        pointer.removeprefix("#")
        for path in _STYLED
        for element in elements(root, path)
        for pointer in element.get("rendition", "").split()
    }
    said += [
        "".join(map(str, each.itertext()))
        for each in (root.iter(tei("rendition")) if named else ())
        if each.get(XML_ID) in named
    ]
    match = next((match for style in said if (match := _WRITING_MODE.search(style))), None)
    return match[1].replace("tb-", "vertical-") if match else ""


def _addresses(publication: Publication) -> Iterator[str]:
    """Yield for each document that may be linked to its address and the name of its files."""
    linked = publication.linked
    stems = [entry.stem for entry in publication.documents] if linked is None else linked
    for stem in stems:
        yield f"{quote(stem, safe='')}.html\t{chapter_name(stem)}"


def texts_of(chapter: etree._Element) -> list[str]:
    """Return what is read in the chapter, each text as far as its letters follow each other.

    What is said of the chapter elsewhere, such as its headings in the contents, does not count.
    """
    return [text for part in _read_parts(chapter) for text in texts_in(part)]


def _read_parts(chapter: etree._Element) -> Iterator[etree._Element | str]:
    """Yield what is read in the chapter: the text, and what stands behind it."""
    yield from chapter.iter(f"{_XHTML}body")
    for element in chapter.iter(*map(ebook, ("about", "signs", "register", "field", "sign"))):
        yield element.get("title", "")
        yield element.get("label", "")
        yield element.get("meaning", "")
    yield from chapter.iter(*map(ebook, ("field", "sign", "name")))


def texts_in(part: etree._Element | str) -> list[str]:
    """Return the texts below an element of XHTML, each as far as its letters follow each other."""
    return [part] if isinstance(part, str) else "".join(_own_texts(part)).split(_BORDER)


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
