"""A DTD that the document names is not loaded."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity, SourceText
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.context import Context

DTD_NOT_LOADED = Kind(
    "V120",
    "dtd-not-loaded",
    Severity.WARNING,
    "The document names a DTD. It is never loaded: TEI P5 is defined by a RELAX NG schema.",
)


def check(document: ParsedDocument, _context: Context) -> Iterator[Diagnostic]:
    """Yield a finding if the document type declaration names a DTD."""
    if not document.has_document_type:
        return
    about = document.root.getroottree().docinfo
    named = about.system_url or about.public_id  # type: ignore[attr-defined]
    if named is None:
        return
    before, found, _ = document.utf8.partition(b"<!DOCTYPE")
    source = SourceText(document.file, before.decode() if found else "")
    yield DTD_NOT_LOADED.at(
        source.position(len(source.text)) if found else Position(document.file),
        f"the document names the DTD {named}, which is not loaded",
        "Take the document type declaration out.",
    )
