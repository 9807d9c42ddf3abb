"""Documents put together to one volume, and set as PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.publish.apparatus.passes import typeset_keyed
from toolkit.publish.completeness import Word, describe_lost, words_of
from toolkit.publish.font_choice import choose_fonts
from toolkit.publish.fonts import fonts_for
from toolkit.publish.glyphs import unset_texts
from toolkit.publish.overfull import describe_cut
from toolkit.publish.own_check import own_functions
from toolkit.publish.part import Part
from toolkit.publish.pdf_text import read_pdf
from toolkit.publish.prepare import xml_safe
from toolkit.publish.printing import PRINT_NAMESPACE, lost_from_print
from toolkit.publish.publication import Publication
from toolkit.publish.site import publication_xml
from toolkit.publish.typesetting import VOLUME_TEMPLATE, Job, tei_attachment
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.tei.quoting import quoted
from toolkit.xslt import ParameterValue, Xml, transform

STYLESHEET = XSLT / "volume.xsl"
RAISED = frozenset({"added", "superscript", "subscript"})


@dataclass(frozen=True)
class MadeVolume:
    """The volume as PDF, and what is amiss with it."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]


def make_volume(
    parts: Sequence[Part], publication: Publication, *, file: str, read: Callable[[str], bytes]
) -> MadeVolume:
    """Set the parts, in their order, as one volume.

    Args:
        parts: the documents made ready; at least one.
        publication: the edition they belong to.
        file: what messages about the volume name.
        read: gives the content of an image of a part.

    Raises:
        DiagnosticError: a stylesheet failed (X101) or the typesetter stopped (P102, P110).
    """
    own = own_functions(publication)
    printed = assemble(parts, publication, file=file)
    fonts = fonts_for(publication)
    chosen = choose_fonts(printed, fonts, publication.print.layout.fonts)
    with _images(parts, read) as images:
        job = Job(
            file,
            printed,
            fonts,
            max(part.date for part in parts),
            layout=publication.print.layout,
            template=VOLUME_TEMPLATE,
            images=images,
            chosen=chosen,
            attachments=tuple(tei_attachment(part.stem, part.tei) for part in parts),
            new_page=publication.print.new_page,
            own=own.functions,
        )
        done = typeset_keyed(job, publication.print.notes)
    shown = read_pdf(done.pdf)
    lost = lost_from_print(
        printed,
        shown.texts,
        borders=RAISED,
        unreadable=chosen.absent | frozenset("".join(done.unset)),
        spaces_are_sure=False,
    )
    found = (
        *(_lost(parts, lost, file, own.advice) if lost else ()),
        *(d for part in parts if done.unset for d in unset_texts(_document(part), done.unset)),
        *describe_cut(file, shown),
        *done.diagnostics,
        *own.diagnostics,
    )
    return MadeVolume(done.pdf, found)


def assemble(parts: Sequence[Part], publication: Publication, *, file: str) -> str:
    """Return the parts as one volume in the print vocabulary.

    Raises:
        DiagnosticError: the stylesheet failed (X101).
    """
    held = "".join(
        f"<part stem={quoted(xml_safe(part.stem))}>{part.printed}</part>" for part in parts
    )
    parameters: dict[str, ParameterValue] = {"publication": Xml(publication_xml(publication))}
    if publication.language:
        parameters["language"] = publication.language
    source = f'<parts xmlns="{PRINT_NAMESPACE}">{held}</parts>'
    return transform(STYLESHEET, source, parameters, file=file).text


@contextmanager
def _images(parts: Sequence[Part], read: Callable[[str], bytes]) -> Iterator[dict[str, Path]]:
    """Give the images of the parts as files that the typesetter can read."""
    with tempfile.TemporaryDirectory() as folder:
        images: dict[str, Path] = {}
        for part in parts:
            for source, path in part.images.items():
                file = Path(folder).resolve() / Path(path).name
                file.write_bytes(read(path))
                images[f"{part.stem}:{source}"] = file
        yield images


def _lost(
    parts: Sequence[Part], lost: Sequence[Word], file: str, advice: str
) -> Iterator[Diagnostic]:
    """Yield an error for each lost word, in the document that has it if one does."""
    left = list(lost)
    for part in parts:
        lines: dict[str, int] = {}
        document = _document(part)
        for word in words_of(document):
            lines.setdefault(word.text, word.line)
        here = [replace(word, line=lines[word.text]) for word in left if word.text in lines]
        left = [word for word in left if word.text not in lines]
        yield from describe_lost(document.file, here, name="volume", advice=advice)
    if left:
        yield from describe_lost(file, left, name="volume", advice=advice)


def _document(part: Part) -> ParsedDocument:
    return parse(f"{part.stem}.xml", part.tei.encode())
