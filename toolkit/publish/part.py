"""A document made ready for the volume, and kept until all documents are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from toolkit.diagnostics import Diagnostic
from toolkit.files import digest
from toolkit.publish.coverage import absent_characters
from toolkit.publish.fonts import fonts_for
from toolkit.publish.glyphs import describe_missing
from toolkit.publish.messages import message_findings
from toolkit.publish.printing import (
    image_files,
    images_not_shown,
    print_document,
    unprinted_words,
)
from toolkit.publish.publication import Publication
from toolkit.publish.record import RECORDS
from toolkit.publish.revision import last_revision
from toolkit.publish.typesetting import tei_text
from toolkit.tei.parse import ParsedDocument

FOLDER = f"{RECORDS}/volume"


@dataclass(frozen=True, slots=True)
class Part:
    """A document in the print vocabulary, its TEI, and its images: by the address, the file.

    ``images`` name files below the output folder.
    """

    stem: str
    printed: str
    tei: str
    revised: str
    images: Mapping[str, str]

    @property
    def date(self) -> datetime:
        """When the document was last revised."""
        return datetime.fromisoformat(self.revised)

    def to_json(self) -> bytes:
        """Return the part as JSON in UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class MadePart:
    """A part, the files to keep for it, and what is amiss with the document."""

    part: Part
    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def part_path(stem: str) -> str:
    """Return where the part lies below the output folder."""
    return f"{FOLDER}/documents/{stem}.json"


def make_part(stem: str, document: ParsedDocument, publication: Publication) -> MadePart:
    """Make ``document`` ready for the volume.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    printed = print_document(stem, document, publication)
    fonts = fonts_for(publication)
    images = image_files(document, printed.xml)
    contents = {source: file.read_bytes() for source, file in images.items()}
    paths = {
        source: f"{FOLDER}/images/{digest(content)}{images[source].suffix.lower()}"
        for source, content in contents.items()
    }
    part = Part(
        stem,
        printed.xml,
        tei_text(document),
        last_revision(document).isoformat(),
        paths,
    )
    files = {paths[source]: content for source, content in contents.items()}
    found = (
        *unprinted_words(document, printed, name="volume"),
        *describe_missing(document, absent_characters(printed.xml, fonts), fonts),
        *images_not_shown(document, printed.xml),
        *message_findings(printed.messages, document.file),
    )
    return MadePart(part, {part_path(stem): part.to_json(), **files}, found)


def read_parts(contents: Iterable[bytes]) -> list[Part]:
    """Return the parts that ``contents`` hold; what is none, is left out."""
    return [part for content in contents if (part := _read(content)) is not None]


def _read(content: bytes) -> Part | None:
    try:
        return Part(**json.loads(content))
    except (ValueError, TypeError):
        return None
