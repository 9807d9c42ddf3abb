"""What a document was checked against, as reports tell it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Origin(StrEnum):
    """Who chose a schema: the command line, the edition, the document, or nobody."""

    OPTION = "option"
    EDITION = "edition"
    XML_MODEL = "xml-model"
    BUNDLED = "bundled"


class UsedSchema(NamedTuple):
    """A schema that a document was checked against.

    Attributes:
        name: what it is called: a name of the store or of the toolkit, or its file.
        version: what it is, such as ``TEI P5 4.12.0``: the release it says it is of, and the
            beginning of its SHA-256.
        language: ``RELAX NG`` or ``Schematron``.
        origin: who chose it.
        address: the address by which the document names it, if that is not its file.
    """

    name: str
    version: str
    language: str
    origin: Origin
    address: str = ""

    def as_data(self) -> dict[str, str]:
        """Return the schema as an object of JSON, without an empty address."""
        data = {
            "name": self.name,
            "version": self.version,
            "language": self.language,
            "origin": str(self.origin),
        }
        return data | ({"address": self.address} if self.address else {})

    def __str__(self) -> str:
        place = f"{self.origin}, {self.address}" if self.address else str(self.origin)
        return f"{self.name}, {self.version} ({place})"
