"""What the outputs know about the edition they publish, and what they give back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.publish.print_settings import DEFAULT_PRINT, PrintSettings
from toolkit.publish.record import DocumentRecord
from toolkit.tei.parse import ParsedDocument, parse

_DATE = re.compile(r"(-?\d+)(?:-(\d\d))?(?:-(\d\d))?")

SortKey = tuple[bool, int, int, int, str]


@dataclass(frozen=True, slots=True)
class RegisterHeading:
    """What pages say of a register: title, the one kind of its entries or nothing, their number."""

    title: str
    kind: str = ""
    entries: int = 0


@dataclass(frozen=True)
class Register:
    """One register of the edition: the stem of its file, its bytes, and its path for messages.

    ``heading`` is given where ``content`` is only a part of the register.
    """

    stem: str
    content: bytes
    file: str = field(default="", repr=False)
    heading: RegisterHeading | None = None

    @property
    def document(self) -> ParsedDocument:
        """The register, parsed once per process.

        Raises:
            DiagnosticError: the content is not well-formed or unsafe (X001, X002, X003).
        """
        return _parsed(self)


@lru_cache(maxsize=64)
def _parsed(register: Register) -> ParsedDocument:
    return parse(register.file or f"registers/{register.stem}.xml", register.content)


@dataclass(frozen=True)
class DocumentEntry:
    """One line in a list of documents, as :func:`toolkit.publish.describe_document` reads it.

    ``date`` is a W3C date (``1959-06-18``, ``1959-06``, ``1959``) or empty, ``date_end`` the end of
    the time that begins with it, if it is not one date; ``date_text`` is the date in the words of
    the header; ``kind`` is the genre (``letter``, ``cable``, ``verse`` …);
    ``author`` is who the title statement says wrote it;
    ``sender_ids`` and ``recipient_ids`` are the pointers to their register entries, if any;
    ``revised`` is the day of the last revision (``2026-05-01``) or empty.
    """

    stem: str
    title: str
    date: str = ""
    kind: str = ""
    sender: str = ""
    recipient: str = ""
    place: str = ""
    date_text: str = ""
    abstract: str = ""
    language: str = ""
    sender_ids: str = ""
    recipient_ids: str = ""
    revised: str = ""
    date_end: str = ""
    author: str = ""

    @property
    def correspondents(self) -> tuple[str, str] | None:
        """Between whom the document went, in whichever direction; None if that is not told.

        Who has an entry in a register is known by it, others by the name.
        """
        sent, received = self.sender_ids or self.sender, self.recipient_ids or self.recipient
        first, second = sorted((sent, received))
        return (first, second) if first else None

    @property
    def sort_key(self) -> SortKey:
        """What documents are sorted by: year (before Christ too), month, day, then the stem.

        A document without a date comes last, one dated by its year before those of its months.
        """
        match = _DATE.match(self.date)
        if not match:
            return (True, 0, 0, 0, self.stem)
        year, month, day = (int(part or 0) for part in match.groups())
        return (False, year, month, day, self.stem)


@dataclass(frozen=True)
class Publication:
    """The edition a document is published in.

    ``documents`` lists the edition's documents in reading order; it is empty, or holds the one
    document, for a file outside any edition. ``custom_stylesheets`` is the edition's own folder of
    stylesheets: where it holds ``html.xsl``, that is used in place of the toolkit's (which it
    imports). ``outputs`` names the outputs being published, so that pages can link to them.
    ``views`` are the layers of the text that readers can choose from, the first shown first.
    ``address`` is where the edition lies on the web, ending in a slash, or empty. ``image_hosts``
    are the sites (``https://iiif.example.org``) from which pages may show images. ``signs`` are the
    signs of the edition as JSON (:func:`toolkit.publish.signs.signs_of`), if it has its own;
    ``note_series`` the series of editors' notes that it keeps apart, as a JSON array, if any.

    For one document the publication may be cut down to what its page shows
    (:class:`toolkit.publish.selection.Selection`): ``documents`` are then its neighbours and
    itself, ``linked`` the stems of the documents it may link to, ``earlier`` and ``later`` its
    neighbours in the same exchange of letters.
    """

    title: str
    language: str = "en"
    editors: tuple[str, ...] = ()
    publisher: str = ""
    licence_name: str = ""
    licence_url: str = ""
    registers: tuple[Register, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    custom_stylesheets: Path | None = None
    description: str = ""
    outputs: tuple[str, ...] = ()
    views: tuple[str, ...] = ("both", "reading", "diplomatic")
    address: str = ""
    image_hosts: tuple[str, ...] = ()
    linked: tuple[str, ...] | None = None
    earlier: DocumentEntry | None = None
    later: DocumentEntry | None = None
    print: PrintSettings = DEFAULT_PRINT
    signs: str = ""
    note_series: str = ""


@dataclass(frozen=True)
class Published:
    """The files an output made, by their path relative to the output folder, and its findings.

    ``record`` is what the pages about the edition need of a document.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    record: DocumentRecord | None = None
