"""The pages about an edition, made from its documents in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.diagnostics import Diagnostic
from toolkit.publish import (
    Earlier,
    Publication,
    Published,
    describe_document,
    publish_document,
    publish_edition,
    record_path,
)
from toolkit.tei.parse import ParsedDocument


def pages_about(
    publication: Publication, documents: Sequence[tuple[str, ParsedDocument]] = ()
) -> Published:
    """Publish the documents, and then the pages about the edition."""
    records = {}
    for stem, document in documents:
        record = publish_document("html", stem, document, publication).record
        assert record is not None
        records[record_path(stem)] = record.to_json()
    return publish_edition("html", publication, Earlier(lambda path: records.get(path, b"")))


def edition_as(
    output: str, publication: Publication, documents: Sequence[tuple[str, ParsedDocument]]
) -> Published:
    """Publish the documents, and then what ``output`` makes of the edition as a whole.

    Returned is the latter, with what was found amiss with the documents too.
    """
    entries = tuple(describe_document(stem, document) for stem, document in documents)
    publication = replace(publication, documents=entries, linked=tuple(e.stem for e in entries))
    files: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for stem, document in documents:
        made = publish_document(output, stem, document, publication)
        files |= made.files
        found.extend(made.diagnostics)
    done = publish_edition(output, publication, Earlier(lambda path: files.get(path, b"")))
    return replace(done, diagnostics=(*found, *done.diagnostics))
