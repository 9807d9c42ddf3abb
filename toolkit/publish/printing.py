"""The print vocabulary: the intermediate from which PDF, plain text and EPUB are made.

``xslt/print.xsl`` makes it, ``schemas/print.rng`` is its grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from lxml import etree

from toolkit.diagnostics import Diagnostic, Position
from toolkit.files import digest
from toolkit.publish.completeness import (
    REPORT_IT,
    Word,
    describe_lost,
    fold,
    has_all,
    lost_words,
    missing_words,
    words_and_lines,
    words_of,
)
from toolkit.publish.images import IMAGE_NOT_SHOWN, local_images, unshown_images
from toolkit.publish.layers import of_layer
from toolkit.publish.prepare import prepare, registers_for
from toolkit.publish.printed_header import header_words
from toolkit.publish.publication import Publication
from toolkit.publish.query import elements
from toolkit.publish.recent import Recent
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.xslt import ParameterValue, Xml, transform

PRINT_NAMESPACE = "urn:tei-toolkit:print"
STYLESHEET = XSLT / "print.xsl"

_PRINT = f"{{{PRINT_NAMESPACE}}}"
_PARTS_WITH_TEXT = (f"{_PRINT}front", f"{_PRINT}text")
_PARTS_OF_HEADER = (f"{_PRINT}front", f"{_PRINT}apparatus")
_RUN = f"{_PRINT}t"
_UNSEEN = (f"{_PRINT}anchor", f"{_PRINT}index", f"{_PRINT}lemma")
_SPOKEN_ATTRIBUTES = ("label", "title", "meaning", "marker")
_TITLED = (f"{_PRINT}document",)
"""Elements whose titles are said in their text too."""
_GRAPHICS = "//tei:text//tei:graphic[@url] | //tei:text//tei:media[@url]"
_PRINTED_LATELY: Recent[Printed] = Recent(4)


@dataclass(frozen=True)
class Printed:
    """A document in the print vocabulary, as XML text.

    ``pieces`` are the texts of the title block and the text, each as it stood between two tags of
    the TEI, and ``header`` those of the title block and the colophon; ``messages`` is what the
    stylesheet said on the way; ``layer`` is the prepared TEI of the layer that is printed, empty if
    both are.
    """

    xml: str
    pieces: tuple[str, ...]
    header: tuple[str, ...]
    messages: tuple[str, ...]
    layer: str = ""


def print_document(stem: str, document: ParsedDocument, publication: Publication) -> Printed:
    """Return ``document`` in the print vocabulary.

    The outputs of one document are often made one after the other, from trees of their own: what
    was printed lately in this process is known again by the content of the document.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    key = (stem, document.file, digest(document.content), publication)
    return _PRINTED_LATELY.get(key, lambda: _print(stem, document, publication))


def _print(stem: str, document: ParsedDocument, publication: Publication) -> Printed:
    layer = publication.print.layer
    prepared = of_layer(prepare(document, publication), layer)
    parameters: dict[str, ParameterValue] = {
        "edition": publication.title,
        "language": publication.language,
        "stem": stem,
        "layer": layer,
        "translations": publication.print.translation,
        "signs": publication.signs,
        "registers": Xml(registers_for(document, publication.registers)),
    }
    made = transform(STYLESHEET, prepared, parameters, file=document.file)
    root = parse_print(made.text)
    pieces = tuple(_text_pieces(root, _PARTS_WITH_TEXT))
    header = tuple(_text_pieces(root, _PARTS_OF_HEADER))
    _without_registers(root)
    _join_runs(root)
    xml = str(etree.tostring(root, encoding="unicode"))
    return Printed(xml, pieces, header, made.messages, "" if layer == "both" else prepared)


def _without_registers(root: etree._Element) -> None:
    """Take out the lists that are registers of their document: its indices say what they say."""
    for block in list(root.iter(f"{_PRINT}block")):
        parent = block.getparent()
        if block.get("register") and parent is not None:
            parent.remove(block)


def _join_runs(root: etree._Element) -> None:
    """Make one run of those that follow each other in the same form: no reader sees a border."""
    for run in list(root.iter(_RUN)):
        before = run.getprevious()
        if before is not None and before.tag == _RUN and before.items() == run.items():
            # The later one stays, as the one that the next is compared with.
            run.text = (before.text or "") + (run.text or "")
            parent = run.getparent()
            if parent is not None:
                parent.remove(before)


def incomplete(
    document: ParsedDocument,
    printed: Printed,
    shown: Sequence[str],
    *,
    name: str,
    without: tuple[str, ...] = (),
    borders: frozenset[str] = frozenset(),
    unreadable: frozenset[str] = frozenset(),
    spaces_are_sure: bool = True,
    advice: str = REPORT_IT,
) -> tuple[Diagnostic, ...]:
    """Return an error (P010) for each word that is lost on the way to the finished output.

    Each word of the document must be in the print vocabulary, and each word of that, with its
    colophon, legend and indices, in the output itself. So a name in the index never stands for
    one that is lost from the text.

    Args:
        document: the TEI document.
        printed: the document in the print vocabulary.
        shown: the texts of the finished output, in order.
        name: what the output is called in messages.
        without: parts of the print vocabulary that this output leaves out, such as ``legend``.
        borders: styles that divide words in this output, such as ``superscript``: its letters
            stand apart from those before and after them.
        unreadable: characters that the output is known to lack; words with them are not expected.
        spaces_are_sure: whether words that ``shown`` runs together are so in the output. A PDF says
            only where its letters stand.
        advice: what the editor can do about words that are lost on the last way.
    """
    lost = lost_from_print(
        printed.xml,
        shown,
        without=without,
        borders=borders,
        unreadable=unreadable,
        spaces_are_sure=spaces_are_sure,
    )
    return (
        *unprinted_words(document, printed, name=name),
        *describe_lost(
            document.file, _placed(document, lost) if lost else [], name=name, advice=advice
        ),
    )


def unprinted_words(
    document: ParsedDocument, printed: Printed, *, name: str
) -> tuple[Diagnostic, ...]:
    """Return an error (P010) for each word of the layer that the print vocabulary lacks.

    What is owed of the header stands in the TEI (:mod:`toolkit.publish.printed_header`).
    """
    owed = header_words(document)
    unsaid = lost_words(owed, printed.header) if owed else []
    return (
        *_unprinted_text(document, printed, name=name),
        *describe_lost(document.file, unsaid, name=name),
    )


def _unprinted_text(
    document: ParsedDocument, printed: Printed, *, name: str
) -> tuple[Diagnostic, ...]:
    if not printed.layer:
        return missing_words(document, printed.pieces, name=name)
    shown = parse(document.file, printed.layer.encode())
    lost = lost_words(words_of(shown), printed.pieces)
    return describe_lost(document.file, _placed(document, lost) if lost else [], name=name)


def lost_from_print(
    printed: str,
    shown: Sequence[str],
    *,
    without: tuple[str, ...] = (),
    borders: frozenset[str] = frozenset(),
    unreadable: frozenset[str] = frozenset(),
    spaces_are_sure: bool = True,
) -> list[Word]:
    """Return the words of ``printed`` that its output lacks (see :func:`incomplete`)."""
    texts = printed_texts(printed, without, borders)
    if has_all(shown, texts):
        return []
    unseen = {fold(character) for character in unreadable} - {""}
    expected = [
        word if spaces_are_sure else replace(word, apart=False)
        for piece in texts
        for word in words_and_lines(piece)
        if not any(character in word.text for character in unseen)
    ]
    return lost_words(expected, shown)


def _placed(document: ParsedDocument, lost: list[Word]) -> list[Word]:
    """Return the words with the line of the document where each first stands."""
    lines: dict[str, int] = {}
    for word in words_of(document):
        lines.setdefault(word.text, word.line)
    return [Word(word.text, lines.get(word.text, 1)) for word in lost]


def _text_pieces(root: etree._Element, parts: tuple[str, ...]) -> Iterator[str]:
    for part in root.iter(*parts):
        for block in part.iter(f"{_PRINT}block"):
            yield from _pieces(block)


def printed_texts(
    printed: str, without: tuple[str, ...] = (), borders: frozenset[str] = frozenset()
) -> list[str]:
    """Return all that an output is to show, but for the parts named in ``without``.

    Runs that follow each other make one text, unless one has a style among ``borders``.
    """
    left_out = {f"{_PRINT}author", f"{_PRINT}notes", *(f"{_PRINT}{name}" for name in without)}
    return [
        text
        for part in parse_print(printed)
        if part.tag not in left_out and len(part)
        for element in part.iter(etree.Element)
        for text in _said(element, borders)
    ]


def _said(element: etree._Element, borders: frozenset[str]) -> Iterator[str]:
    """Yield what ``element`` itself says: its labels, and the runs that stand in it."""
    if element.tag not in _TITLED:
        yield from (element.get(name, "") for name in _SPOKEN_ATTRIBUTES)
    if element.tag == f"{_PRINT}page":
        yield element.get("number", "")
    seen = (child for child in element if child.tag not in _UNSEEN)
    for form, runs in groupby(seen, key=lambda child: _form(child, borders)):
        if form is not None:
            yield "".join(run.text or "" for run in runs)


def _form(element: etree._Element, borders: frozenset[str]) -> frozenset[str] | None:
    """Return what sets a run apart from its neighbours; None for what is no run."""
    return borders.intersection(element.get("style", "").split()) if element.tag == _RUN else None


def _pieces(block: etree._Element) -> Iterator[str]:
    """Yield the runs of one block; its notes and marginalia have blocks of their own."""
    yield block.get("marker", "")
    for child in block:
        if child.tag == _RUN:
            yield child.text or ""
        elif child.tag == f"{_PRINT}stamp":
            yield from _pieces(child)


def image_files(document: ParsedDocument, printed: str) -> dict[str, Path]:
    """Return the images of the figures that may be shown: by the address, the file."""
    images = local_images(document)
    return {source: images[source] for source in _sources(printed) if source in images}


def images_not_shown(document: ParsedDocument, printed: str) -> tuple[Diagnostic, ...]:
    """Return a warning (P020) for each image of the text that the pages do not show.

    Facsimiles of whole pages (``pb/@facs``, ``facsimile``) are for the screen; they are no part of
    a book.
    """
    local, shown = local_images(document), set(_sources(printed))
    graphics = {
        " ".join(graphic.get("url", "").split()): graphic
        for graphic in elements(document.root, _GRAPHICS)
    }
    passed_over = tuple(
        IMAGE_NOT_SHOWN.at(
            Position(document.file, _line(graphic)),
            f"the image “{url}” is not shown: it stands where pages have no room for one",
            "Put it into a <figure> between paragraphs.",
        )
        for url, graphic in graphics.items()
        if url in local and url not in shown
    )
    return (*unshown_images(document, only=graphics.keys()), *passed_over)


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) and line > 0 else 1


def _sources(printed: str) -> list[str]:
    pictures = parse_print(printed).iter(f"{_PRINT}figure", f"{_PRINT}picture")
    return sorted({picture.get("source", "") for picture in pictures} - {""})


def parse_print(printed: str) -> etree._Element:
    """Return the tree of a document in the print vocabulary."""
    return etree.fromstring(printed.encode(), etree.XMLParser(huge_tree=True, no_network=True))
