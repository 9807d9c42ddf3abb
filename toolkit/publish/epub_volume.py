"""An EPUB from its chapters: what is told of the volume, links that lead somewhere, the archive."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from toolkit.diagnostics import Diagnostic, Position
from toolkit.publish.archive import pack
from toolkit.publish.completeness import (
    REPORT_IT,
    WORD_LOST,
    Word,
    lost_words,
    words_and_lines,
)
from toolkit.publish.epub_chapter import Image, ebook, texts_in
from toolkit.publish.messages import message_findings
from toolkit.publish.prepare import xml_safe
from toolkit.publish.publication import Publication
from toolkit.resources import XSLT
from toolkit.xslt import transform

STYLESHEET = XSLT / "epub" / "volume.xsl"
STYLE = XSLT / "epub" / "style.css"

_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_DOCTYPE = b"<!DOCTYPE html>\n"
_FOLDER = "EPUB/"
_UNDATED = "1980-01-01"
_MOST_WORDS = 12


@dataclass(frozen=True)
class Volume:
    """What is told of a volume, and its chapters as ``xslt/epub.xsl`` made them.

    A ``book`` has a cover, a title page, an imprint and its contents among its pages; the volume
    of one ``document`` has not. ``modified`` is a day (``2026-05-01``) or empty.
    """

    kind: Literal["book", "document"]
    title: str
    identifier: uuid.UUID
    modified: str
    chapters: Sequence[etree._Element]
    images: Sequence[Image] = ()
    cover: Image | None = None


def make_volume(
    volume: Volume, publication: Publication, *, file: str
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the EPUB of ``volume``, and what is amiss with it.

    The words of the chapters are looked for in the files that go into the archive; a missing one
    is an error (P010) of ``file``.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    made = transform(STYLESHEET, _description(volume, publication), file=file)
    pages = _pages(made.text)
    matter = [name for name in pages if name.endswith(".xhtml")]
    content = {name: pages[name] for name in matter}
    for chapter in volume.chapters:
        for part in chapter.iter(ebook("part")):
            content[_FOLDER + part.get("file", "")] = deepcopy(part[0])
    _lead_somewhere(content)
    files = {name: _serialised(name, page) for name, page in {**pages, **content}.items()}
    lost = tuple(_lost(volume, _in_imprint(volume, publication), files, matter, file))
    images = dict.fromkeys((*volume.images, *((volume.cover,) if volume.cover else ())))
    files |= {_FOLDER + image.path: image.content for image in images}
    files["EPUB/style.css"] = STYLE.read_bytes()
    files["mimetype"] = b"application/epub+zip"
    return pack(files, first="mimetype"), (*lost, *message_findings(made.messages, file))


def stable_identifier(publication: Publication, name: str) -> uuid.UUID:
    """Return the identifier of a book of the edition: the same for each revision."""
    where = publication.address or f"tei-toolkit:{publication.title}/"
    return uuid.uuid5(uuid.NAMESPACE_URL, where + name)


def _description(volume: Volume, publication: Publication) -> str:
    """Return what ``xslt/epub/volume.xsl`` reads."""
    root = etree.Element(ebook("volume"), nsmap={"e": "urn:tei-toolkit:epub"})
    for name, value in (
        ("kind", volume.kind),
        ("title", volume.title),
        ("language", publication.language or _languages(volume)[0]),
        ("identifier", f"urn:uuid:{volume.identifier}"),
        ("modified", f"{volume.modified or _UNDATED}T00:00:00Z"),
        ("description", publication.description if volume.kind == "book" else ""),
        ("publisher", publication.publisher),
        ("address", publication.address),
        ("licence-name", publication.licence_name),
        ("licence-url", publication.licence_url),
        ("rights", " ".join(filter(None, (publication.licence_name, publication.licence_url)))),
        ("progression", _progression(volume)),
    ):
        root.set(name, xml_safe(value))
    if volume.cover is not None:
        root.set("cover", volume.cover.path)
    for editor in publication.editors:
        etree.SubElement(root, ebook("editor")).text = xml_safe(editor)
    for language in dict.fromkeys(filter(None, (publication.language, *_languages(volume)))):
        etree.SubElement(root, ebook("language")).text = language
    for image in dict.fromkeys(volume.images):
        etree.SubElement(root, ebook("image"), path=image.path, type=image.type)
    if volume.cover is not None:
        cover = volume.cover
        etree.SubElement(root, ebook("image"), path=cover.path, type=cover.type, cover="yes")
    for chapter in volume.chapters:
        root.append(_summary(chapter, _in_imprint(volume, publication)))
    return str(etree.tostring(root, encoding="unicode"))


def _languages(volume: Volume) -> list[str]:
    return [chapter.get("lang") or "und" for chapter in volume.chapters]


def _progression(volume: Volume) -> str:
    """Return to which side pages are turned: that of most chapters."""
    leftward = [
        chapter.get("dir") == "rtl" or chapter.get("writing-mode") == "vertical-rl"
        for chapter in volume.chapters
    ]
    return "rtl" if 2 * sum(leftward) > len(leftward) else "ltr"


def _summary(chapter: etree._Element, imprint: str) -> etree._Element:
    """Return the chapter without the content of its parts, and what the imprint says anyway."""
    summary = deepcopy(chapter)
    for part in summary.iter(ebook("part")):
        del part[:]
    for about in summary.iter(ebook("about")):
        about[:] = list(_fields(about, imprint))
    return summary


def _in_imprint(volume: Volume, publication: Publication) -> str:
    """Return who publishes the book, which its imprint says; nothing if it has no imprint."""
    return " ".join(publication.publisher.split()) if volume.kind == "book" else ""


def _fields(chapter: etree._Element, imprint: str) -> Iterator[etree._Element]:
    """Yield the fields of the colophon that say more than the imprint."""
    for field in chapter.iter(ebook("field")):
        if not imprint or " ".join(" ".join(texts_in(field)).split()) != imprint:
            yield field


def _pages(made: str) -> dict[str, etree._Element]:
    """Return the files that the stylesheet made, by their path in the archive."""
    parser = etree.XMLParser(huge_tree=True, no_network=True)
    root = etree.fromstring(made.encode(), parser)
    return {file.get("path", ""): file[0] for file in root.iter("file")}


def _serialised(name: str, page: etree._Element) -> bytes:
    etree.cleanup_namespaces(page)
    head = _XML + _DOCTYPE if name.endswith(".xhtml") else _XML
    return head + bytes(etree.tostring(page, encoding="UTF-8", with_tail=False))


def _lead_somewhere(content: Mapping[str, etree._Element]) -> None:
    """Let links within the book lead to the file that holds what they name, or take them away."""
    names = {name.removeprefix(_FOLDER) for name in content}
    places = {
        identifier: name.removeprefix(_FOLDER)
        for name, page in content.items()
        if not name.startswith(f"{_FOLDER}text-")
        for element in page.iter(f"{_XHTML}*")
        if (identifier := element.get("id", "")).startswith(("entry-", "about-"))
    }
    for page in content.values():
        for link in list(page.iter(f"{_XHTML}a")):
            target, _, fragment = link.get("href", "").partition("#")
            if not target or ":" in target:
                continue
            if target.startswith(("register-", "about")) and fragment:
                if fragment in places:
                    link.set("href", f"{places[fragment]}#{fragment}")
                    continue
            elif target in names:
                continue
            _take_away(link)


def _take_away(link: etree._Element) -> None:
    link.tag = f"{_XHTML}span"
    for name in ("href", "role", "{http://www.idpf.org/2007/ops}type"):
        if name in link.attrib:
            del link.attrib[name]


def _lost(
    volume: Volume, imprint: str, files: Mapping[str, bytes], matter: Collection[str], file: str
) -> Iterator[Diagnostic]:
    """Yield an error if words of the chapters are not in the files.

    Each part is compared with its own file, and what stands behind the texts with the pages about
    the volume, so that a name in a register never stands for one that is lost from a text.
    """
    words = [
        word.text
        for chapter in volume.chapters
        for part in chapter.iter(ebook("part"))
        for word in _lost_from(
            texts_in(part[0][-1]), _shown(files, [_FOLDER + part.get("file", "")])
        )
    ]
    said = list(_said_behind(volume, imprint))
    words += [word.text for word in _lost_from(said, _shown(files, matter))]
    if words:
        shown = ", ".join(f"“{word}”" for word in words[:_MOST_WORDS])
        message = f"{len(words)} words are missing from the EPUB, among them {shown}"
        yield WORD_LOST.at(Position(file), message, REPORT_IT)


def _lost_from(expected: Sequence[str], shown: Sequence[str]) -> list[Word]:
    if list(expected) == list(shown):
        return []
    return lost_words([word for text in expected for word in words_and_lines(text)], shown)


def _shown(files: Mapping[str, bytes], names: Collection[str]) -> list[str]:
    """Return the texts of the named files, as they go into the archive."""
    parser = etree.XMLParser(huge_tree=True, no_network=True)
    bodies = (etree.fromstring(files[name], parser).find(f"{_XHTML}body") for name in names)
    return [text for body in bodies if body is not None for text in texts_in(body)]


def _said_behind(volume: Volume, imprint: str) -> Iterator[str]:
    """Yield what the pages about the volume are to say: colophons, signs, names of registers.

    Once in the volume is told what all colophons say, and each sign and name.
    """
    if imprint:
        yield imprint
    colophons = [[_said(field) for field in _fields(each, imprint)] for each in volume.chapters]
    common = set(colophons[0]).intersection(*colophons) if len(colophons) > 1 else set()
    yield from common
    yield from (said for each in colophons for said in each if said not in common)
    yield from {_said(sign): None for each in volume.chapters for sign in each.iter(ebook("sign"))}
    names: dict[str, str] = {}
    for chapter in volume.chapters:
        for entry in chapter.iter(ebook("entry")):
            names.setdefault(entry.get("id", ""), _said(entry[0]))
    yield from names.values()


def _said(element: etree._Element) -> str:
    attributes = (element.get("label", ""), element.get("meaning", ""))
    return "\n".join((*attributes, *texts_in(element)))
