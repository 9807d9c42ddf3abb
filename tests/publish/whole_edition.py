"""The pages about an edition, made from its documents in memory."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.publish import (
    Earlier,
    Publication,
    Published,
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
