"""Setting a page with Typst: the print vocabulary goes in as data, a PDF comes out.

Nothing is written to disk on the way: the template and the document are handed over in memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typst

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.publish.broken_images import without_broken_images
from toolkit.publish.font_choice import Family, FontChoice
from toolkit.publish.fonts import FontSet
from toolkit.publish.glyphs import character_class, reported_texts
from toolkit.publish.own_functions import TEMPLATES, OwnFunctions
from toolkit.publish.prepare import xml_text
from toolkit.publish.print_settings import DEFAULT_LAYOUT, TEXT_FONT, Layout
from toolkit.tei.parse import ParsedDocument

if TYPE_CHECKING:
    from typst import PDFStandard

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
    "The PDF does not keep the standard for archives (PDF/A-3), mostly because the document uses "
    "characters of a private use area, whose meaning no reader can know.",
)
LAYOUT_UNSTEADY = Kind(
    "P104",
    "layout-warning",
    Severity.ERROR,
    "The typesetter doubts a part of its result: a font is unknown, or page numbers and marginal "
    "notes do not come to rest.",
)


# From the strictest on; the last makes no promise. PDF/A-3a asks for what PDF/A-3u does, and for
# tags; it forbids private use characters, whose meaning no reader can know.
_STANDARDS: tuple[list[PDFStandard], ...] = (["a-3a", "ua-1"], ["a-3u", "ua-1"], ["ua-1"], [])
_ARCHIVAL = 2
DEFAULT_CHOICE = FontChoice((Family(TEXT_FONT),))
VOLUME_TEMPLATE = "volume.typ"
_DOCUMENT = "document.xml"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the PDF: its name, its text, what it is."""

    name: str
    content: str
    description: str
    media_type: str


@dataclass(frozen=True)
class Typeset:
    """A PDF and what there is to say about it."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]
    unset: tuple[str, ...] = ()
    """Texts that no font can set with the marks that stand on them."""
    answer: str = ""
    """The answer to the question of the job, as JSON."""


@dataclass(frozen=True)
class Job:
    """All that one run of the typesetter needs.

    Args:
        file: what messages are about.
        printed: XML text valid against ``schemas/print.rng``.
        fonts: the fonts to set it in.
        date: the date the PDF carries as that of its making.
        layout: page, letters and so on, as the edition wants them.
        template: the main file of the templates.
        images: images by the address the document gives: resolved paths of files that exist.
        chosen: the families for its text, and the characters that no font has.
        attachments: files to go with the PDF.
        new_page: whether each document of a volume begins on a new page.
        own: Typst functions of the edition that stand in the place of the toolkit's.
        keyed: how lines are numbered and notes keyed to them (``xslt/print/settings.typ``), if so.
        question: a Typst expression, to be evaluated when the document is set.
        calls: names of functions of the edition's own that ``check.typ`` is to call.
    """

    file: str
    printed: str
    fonts: FontSet
    date: datetime
    layout: Layout = DEFAULT_LAYOUT
    template: str = "edition.typ"
    images: Mapping[str, Path] = field(default_factory=dict)
    chosen: FontChoice = DEFAULT_CHOICE
    attachments: tuple[Attachment, ...] = ()
    new_page: bool = True
    own: OwnFunctions | None = None
    keyed: Mapping[str, object] | None = None
    question: str = ""
    calls: tuple[str, ...] = ()

    def run(self, standards: list[PDFStandard]) -> tuple[bytes, list[typst.TypstWarning], str]:
        """Return the PDF, the warnings, and the answer to the question."""
        pdf, warnings = self._compiler().compile_with_warnings(
            format="pdf", pdf_standards=standards, timestamp=int(self.date.timestamp())
        )
        # The typesetter forgets its sources after a PDF; what it has set it still knows.
        answer = self.ask() if self.question else ""
        assert isinstance(pdf, bytes)  # noqa: S101 (one file: PDF is never returned page by page)
        return pdf, warnings, answer

    def ask(self) -> str:
        """Set the document, and return the answer to the question.

        Raises:
            typst.TypstError: it cannot be set.
        """
        try:
            return str(self._compiler().eval(self.question))
        except RuntimeError as error:
            # Asked a question, the typesetter does not say where it stopped.
            if not isinstance(error, typst.TypstError):
                self._compiler().compile(format="pdf")
            raise

    def warnings(self) -> list[typst.TypstWarning]:
        """Set the document for what the typesetter warns of."""
        return self._compiler().compile_with_warnings(format="pdf")[1]

    def _compiler(self) -> typst.Compiler:
        sources = templates(self.template) | {_DOCUMENT: self.printed.encode()}
        if self.own:
            sources |= self.own.sources
        for number, attachment in enumerate(self.attachments):
            sources[_attached(number)] = attachment.content.encode()
        inputs = {"settings": json.dumps(self._settings()), "calls": " ".join(self.calls)}
        return _compiler(sources, inputs, self.fonts, self._root)

    def _settings(self) -> dict[str, object]:
        return {
            **self.layout.measures(),
            "fonts": [_family(family) for family in self.chosen.families],
            "from-right-fonts": [
                {"name": family.name, "covers": family.covers} for family in self.chosen.from_right
            ],
            "language-fonts": {
                language: _family(family) for language, family in self.chosen.languages.items()
            },
            "images": dict(self._paths()),
            "absent": character_class(self.chosen.absent),
            "new-page": self.new_page,
            "keyed": self.keyed,
            "attachments": [
                {
                    "path": attachment.name,
                    "source": _attached(number),
                    "description": attachment.description,
                    "type": attachment.media_type,
                }
                for number, attachment in enumerate(self.attachments)
            ],
        }

    @property
    def in_volume(self) -> bool:
        """Tell whether several documents are set, so that addresses of images name theirs."""
        return self.template == VOLUME_TEMPLATE

    @property
    def _root(self) -> Path:
        """The deepest folder that holds all images: the typesetter reads nothing outside of it."""
        folders = [str(file.parent) for file in self.images.values()]
        # Without images it reads nothing: what it needs is handed over.
        return Path(os.path.commonpath(folders)) if folders else TEMPLATES

    def _paths(self) -> Iterator[tuple[str, str]]:
        for source, file in self.images.items():
            yield source, file.relative_to(self._root).as_posix()


def tei_attachment(stem: str, tei: str) -> Attachment:
    """Return the text of a TEI file as what goes with the PDF."""
    return Attachment(f"{stem}.xml", tei, "TEI", "application/tei+xml")


def tei_text(document: ParsedDocument) -> str:
    """Return the text of a TEI file; what is not in UTF-8 has no declaration of its encoding."""
    try:
        return document.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return xml_text(document)


def typeset(job: Job) -> Typeset:
    """Set a job as PDF/UA-1 and PDF/A-3a, or the strictest of the standards below that it keeps.

    Raises:
        DiagnosticError: the typesetter stopped (P102), or did so in a function of the edition's
            own (P110).
    """
    try:
        return _by_strictest_standard(job)
    except typst.TypstError as error:
        sound, told = without_broken_images(job)
        if not told:
            raise _failure(job, error) from None
    done = typeset(sound)
    return replace(done, diagnostics=(*told, *done.diagnostics))


def ask(job: Job) -> str:
    """Set a job without making a PDF, and return the answer to its question as JSON.

    Raises:
        DiagnosticError: the typesetter stopped (P102), or did so in a function of the edition's
            own (P110).
    """
    try:
        return job.ask()
    except typst.TypstError as error:
        raise _failure(job, error) from None


def _by_strictest_standard(job: Job) -> Typeset:
    """Set the job to the strictest standard that it can keep.

    Raises:
        typst.TypstError: it cannot be set at all.
    """
    refused: list[str] = []
    unset: list[str] = []
    for number, standards in enumerate(_STANDARDS):
        try:
            pdf, warnings, answer = job.run(standards)
        except typst.TypstError as error:
            if not standards:
                raise
            unset = unset or reported_texts(str(error.diagnostic))
            refused.append(str(error.message))
            continue
        reasons = refused if number >= _ARCHIVAL else []
        found = (*_not_archival(job, reasons), *_doubts(job, warnings))
        return Typeset(pdf, found, tuple(unset), answer)
    raise AssertionError("the last standard either succeeds or raises")


@cache
def templates(main: str) -> dict[str, bytes]:
    """Return the files of the templates by name; ``main`` is the one that the typesetter runs."""
    files = {file.name: file.read_bytes() for file in sorted(TEMPLATES.glob("*.typ"))}
    return {**files, "main": files[main]}


def _family(family: Family) -> dict[str, str]:
    return {"name": family.name, "covers": family.covers and f"[{family.covers}]"}


def _attached(number: int) -> str:
    return f"attached/{number}"


def _compiler(
    sources: dict[str, bytes], inputs: dict[str, str], fonts: FontSet, root: Path
) -> typst.Compiler:
    return typst.Compiler(
        cast(bytes, sources),  # it takes several files by name, which its stubs do not tell
        root=str(root),
        font_paths=fonts.typst_fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def _not_archival(job: Job, refused: list[str]) -> list[Diagnostic]:
    if not refused:
        return []
    return [
        NOT_ARCHIVAL.at(
            Position(job.file),
            f"the PDF does not keep the standard for archives: {refused[0]}",
            "Look for control characters, and write them otherwise.",
        )
    ]


def _doubts(job: Job, warnings: list[typst.TypstWarning]) -> list[Diagnostic]:
    found = [
        (job.own.mistake(warning) if job.own else None)
        or LAYOUT_UNSTEADY.at(
            Position(job.file),
            f"the typesetter warns: {warning.message}",
            "Look at the pages; if they are wrong, please report this with the document.",
        )
        for warning in warnings
    ]
    return list(dict.fromkeys(found))


def _failure(job: Job, error: typst.TypstError) -> DiagnosticError:
    own = job.own.mistake(error) if job.own else None
    return DiagnosticError(
        own
        or NOT_SET.at(
            Position(job.file),
            f"the document could not be typeset: {error.message}",
            f"{_look_first(job)}lease report this with the document.",
        )
    )


def _look_first(job: Job) -> str:
    """Return where a failure may come from: the edition's own functions, if it has some."""
    return f"Try it without {job.own.file}; if that does not help, p" if job.own else "P"
