"""Setting a page with Typst: the print vocabulary goes in as data, a PDF comes out.

Nothing is written to disk on the way: the template and the document are handed over in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.publish.fonts import FontSet
from toolkit.publish.glyphs import character_class, describe_missing, reported_texts, unset_texts
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument

if TYPE_CHECKING:
    from typst import PDFStandard

TEMPLATE = XSLT / "print" / "edition.typ"
PROBE = XSLT / "print" / "probe.typ"

NOT_SET = Kind(
    "P102",
    "not-typeset",
    Severity.ERROR,
    "The typesetter stopped with an error, so there is no PDF of the document.",
)
NOT_ARCHIVAL = Kind(
    "P103",
    "not-archival",
    Severity.NOTE,
    "The PDF does not keep the standard for archives (PDF/A-2a), mostly because the document uses "
    "characters of a private use area, whose meaning no reader can know.",
)
LAYOUT_UNSTEADY = Kind(
    "P104",
    "layout-warning",
    Severity.WARNING,
    "The typesetter doubts a part of its result, such as the place of a marginal note.",
)
IMAGE_UNUSABLE = Kind(
    "P105",
    "image-unusable",
    Severity.WARNING,
    "An image is there but cannot be read, so the page is set without images.",
)

# From the strictest on; the last makes no promise.
_STANDARDS: tuple[list[PDFStandard], ...] = (["a-2a", "ua-1"], ["ua-1"], [])


@dataclass(frozen=True)
class Typeset:
    """A PDF and what there is to say about it."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class _Job:
    """All that one run of the typesetter needs."""

    document: str
    folder: Path
    images: tuple[str, ...]
    fonts: FontSet
    timestamp: int

    def run(self, standards: list[PDFStandard], absent: str = "") -> tuple[bytes, list[str]]:
        """Return the PDF and the warnings."""
        inputs = {
            "document": self.document,
            "fonts": "\n".join(self.fonts.families),
            "images": "\n".join(self.images),
            "absent": absent,
        }
        return _compile(
            TEMPLATE.read_bytes(), inputs, self.fonts, standards, self.folder, self.timestamp
        )


def typeset(
    document: ParsedDocument,
    printed: str,
    fonts: FontSet,
    *,
    images: Mapping[str, Path],
    date: datetime,
) -> Typeset:
    """Set ``printed``, the document in the print vocabulary, as PDF/UA-1 and PDF/A-2a.

    Args:
        document: the TEI the page is made from, for messages.
        printed: XML text valid against ``schemas/print.rng``.
        fonts: the fonts to set it in.
        images: images by the address the document gives; they lie below the document's folder.
        date: the date the PDF carries as that of its making.

    Raises:
        DiagnosticError: the typesetter stopped (P102).
    """
    folder = Path(document.file).resolve().parent
    job = _Job(printed, folder, tuple(images), fonts, int(date.timestamp()))
    try:
        return _with_all_glyphs(document, job)
    except typst.TypstError as error:
        if not images:
            raise _failure(document, error) from None
        reason = str(error.message)
    try:
        done = _with_all_glyphs(document, _Job(printed, folder, (), fonts, job.timestamp))
    except typst.TypstError as error:
        raise _failure(document, error) from None
    warning = IMAGE_UNUSABLE.at(
        Position(document.file),
        f"the images of this document cannot be shown: {reason}",
        "Check that the image files are whole and of the type their names say.",
    )
    return Typeset(done.pdf, (warning, *done.diagnostics))


def _with_all_glyphs(document: ParsedDocument, job: _Job) -> Typeset:
    """Set the job; where characters have no glyph, set it again with stand-ins for them."""
    try:
        return _by_strictest_standard(document, job, "")
    except typst.TypstError as error:
        if not reported_texts(str(error.diagnostic)):
            raise
    # A report may name the letter a mark stands on, not the mark: so all characters are tried.
    absent = absent_characters(job.document, job.fonts)
    done = _by_strictest_standard(document, job, character_class(absent))
    return Typeset(done.pdf, (*describe_missing(document, absent), *done.diagnostics))


def absent_characters(text: str, fonts: FontSet) -> set[str]:
    """Return the characters of ``text`` that no font has: each is set by itself."""
    alone = sorted(character for character in set(text) if ord(character) > 0x7E)
    inputs = {"fonts": "\n".join(fonts.families), "text": "\n".join(alone)}
    try:
        _compile(PROBE.read_bytes(), inputs, fonts, ["ua-1"], None, 0)
    except typst.TypstError as error:
        reported = "".join(reported_texts(str(error.diagnostic)))
        return {character for character in reported if ord(character) > 0x7E}
    return set()


def _by_strictest_standard(document: ParsedDocument, job: _Job, absent: str) -> Typeset:
    """Set the job to the strictest standard that it can keep.

    Raises:
        typst.TypstError: it cannot be set at all, or (before any is known to be absent) a
            character has no glyph.
    """
    refused: list[str] = []
    lost: list[str] = []
    for standards in _STANDARDS:
        try:
            pdf, warnings = job.run(standards, absent)
        except typst.TypstError as error:
            unset = reported_texts(str(error.diagnostic))
            if not standards or (unset and not absent):
                raise
            lost = lost or unset
            refused.append(str(error.message))
            continue
        found = (
            *unset_texts(document, lost),
            *_not_archival(document, refused),
            *_doubts(document, warnings),
        )
        return Typeset(pdf, found)
    raise AssertionError("the last standard either succeeds or raises")


def _compile(
    source: bytes,
    inputs: dict[str, str],
    fonts: FontSet,
    standards: list[PDFStandard],
    root: Path | None,
    timestamp: int,
) -> tuple[bytes, list[str]]:
    compiler = typst.Compiler(
        source,
        root=str(root) if root else None,
        font_paths=fonts.typst_fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=standards, timestamp=timestamp
    )
    assert isinstance(pdf, bytes)  # noqa: S101 (one file: PDF is never returned page by page)
    return pdf, [str(warning.message) for warning in warnings]


def _not_archival(document: ParsedDocument, refused: list[str]) -> list[Diagnostic]:
    if not refused:
        return []
    return [
        NOT_ARCHIVAL.at(
            Position(document.file),
            f"the PDF does not keep the standard for archives: {refused[0]}",
            "Look for private use or control characters, and write them otherwise.",
        )
    ]


def _doubts(document: ParsedDocument, warnings: list[str]) -> list[Diagnostic]:
    return [
        LAYOUT_UNSTEADY.at(
            Position(document.file),
            f"the typesetter warns: {warning}",
            "Look at the pages; if they are wrong, please report this with the document.",
        )
        for warning in dict.fromkeys(warnings)
    ]


def _failure(document: ParsedDocument, error: typst.TypstError) -> DiagnosticError:
    return DiagnosticError(
        NOT_SET.at(
            Position(document.file),
            f"the document could not be typeset: {error.message}",
            "Please report this with the document.",
        )
    )
