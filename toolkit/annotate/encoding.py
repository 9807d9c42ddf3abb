"""The encoding of a document: into UTF-8 and back, every character kept."""

from __future__ import annotations

from toolkit.annotate.kinds import ENCODING
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.tei.encoding import Encoding
from toolkit.tei.parse import ParsedDocument


def read_encoded(document: ParsedDocument) -> tuple[bytes, Encoding]:
    """Return the content of a document in UTF-8, without byte order mark, and its encoding.

    Raises:
        DiagnosticError: the encoding does not give the same bytes back (A010).
    """
    if document.encoding.write(document.utf8) != document.content:
        raise DiagnosticError(
            ENCODING.at(
                Position(document.file),
                f"the encoding {document.encoding.name} cannot be written back unchanged",
                "Save the document as UTF-8.",
            )
        )
    return document.utf8, document.encoding
