"""Reading the source of a document."""

from __future__ import annotations

from xml.parsers import expat

from toolkit.annotate.source import Source
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.tei.tree import NOT_WELL_FORMED


def read_source(file: str, content: bytes) -> Source:
    """Return the source of the document ``file``, whose content in UTF-8 this is.

    Raises:
        DiagnosticError: it is not well-formed (X001).
    """
    try:
        return Source(content)
    except expat.ExpatError as error:
        raise DiagnosticError(
            NOT_WELL_FORMED.at(
                Position(file, error.lineno, error.offset + 1),
                f"not well-formed XML: {expat.ErrorString(error.code)}",
                "Validate the document and mend what is reported there.",
            )
        ) from None
