"""What must be known of each document before the page of any can be made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from toolkit.publish.describe import describe_document
from toolkit.publish.images import ImageAddresses, image_addresses
from toolkit.publish.prepare import Pointers, pointers_in
from toolkit.publish.publication import DocumentEntry
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument


@dataclass(frozen=True, slots=True)
class Description:
    """A document's line in lists, what it may point to (None: anything), its images and notes.

    Of each note there are its ``@type`` and ``@resp``.
    """

    entry: DocumentEntry
    pointers: Pointers | None
    images: ImageAddresses
    notes: frozenset[tuple[str, str]] = frozenset()


def description_of(stem: str, document: ParsedDocument) -> Description:
    """Return what must be known of ``document``."""
    return Description(
        describe_document(stem, document),
        pointers_in(document.root),
        image_addresses(document),
        frozenset((n.get("type", ""), n.get("resp", "")) for n in document.root.iter(tei("note"))),
    )


def description_to_json(description: Description) -> str:
    """Return the description as JSON, without the path of the document."""
    pointers = description.pointers
    data = {
        "entry": asdict(description.entry),
        "pointers": pointers and [sorted(pointers.identifiers), sorted(pointers.stems)],
        "images": description.images.addresses,
        "notes": sorted(description.notes),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def description_from_json(text: str, file: str) -> Description:
    """Return the description of the document ``file`` that :func:`description_to_json` wrote."""
    data = json.loads(text)
    pointers = data["pointers"]
    return Description(
        DocumentEntry(**data["entry"]),
        Pointers(frozenset(pointers[0]), frozenset(pointers[1])) if pointers else None,
        ImageAddresses(file, tuple((url, line) for url, line in data["images"])),
        frozenset((type_, resp) for type_, resp in data["notes"]),
    )
