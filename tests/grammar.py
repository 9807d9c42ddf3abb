"""The verdict of a schema on documents, as tests ask for it."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from toolkit.validate.schemas import schema_at


class Verdicts:
    """A schema that says yes or no; ``error`` is the first thing it had against the last document.

    Identifiers count: two elements with one xml:id are not valid.
    """

    def __init__(self, path: Path) -> None:
        self._schema = schema_at(path)
        self.error = ""

    def validate(self, document: bytes | etree._Element | etree._ElementTree) -> bool:
        """Tell whether a document, as it is written or as a tree, follows the schema."""
        content = document if isinstance(document, bytes) else etree.tostring(document)
        found = self._schema.validate(content, "document")
        self.error = str(found[0]) if found else ""
        return not found
