"""What the engine says of a parsed document."""

from __future__ import annotations

from lxml import etree

from toolkit.tei.parse import ParsedDocument
from toolkit.validate.relaxng import Schema, Violation, ViolationKind


def violations(schema: Schema, document: ParsedDocument) -> tuple[Violation, ...]:
    """Return what is wrong with the document, in the order of lines; nothing if it is valid."""
    found = schema.validate(document.content, document.file)
    if any(violation.kind is ViolationKind.NOT_WELL_FORMED for violation in found):
        # It has been parsed, so it is in an encoding that only libxml2 knows.
        content = etree.tostring(document.root.getroottree(), encoding="UTF-8")
        found = schema.validate(content, document.file)
    return found
