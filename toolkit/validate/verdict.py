"""What the engine says of a parsed document."""

from __future__ import annotations

from toolkit.tei.parse import ParsedDocument
from toolkit.validate.relaxng import Schema, Violation


def violations(schema: Schema, document: ParsedDocument) -> tuple[Violation, ...]:
    """Return what is wrong with the document, in the order of lines; nothing if it is valid."""
    return schema.validate(document.utf8, document.file, "utf-8")
