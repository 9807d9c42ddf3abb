"""Plain text, with or without notation; Markdown too, which is notation of a profile."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.convert.formats.transcription import Transcription
from toolkit.convert.kinds import IS_XML
from toolkit.diagnostics import DiagnosticError
from toolkit.files import decode

_XML = re.compile(r"\ufeff?\s*<(?=\?xml\s|(?:TEI|teiCorpus|TEI\.2)[\s>])")

SUFFIXES = frozenset({".txt", ".md"})


def read(path: Path, content: bytes) -> Transcription:
    """Return a text file as it stands.

    Raises:
        DiagnosticError: it is binary (F004), in another encoding than UTF-8 or UTF-16 (F005), or
            an XML document (C004).
    """
    source = decode(path, content)
    beginning = _XML.match(source.text)
    if beginning:
        raise DiagnosticError(
            IS_XML.at(
                source.position(beginning.end() - 1),
                "this is XML, not a plain transcription",
                "If it is TEI, it needs no conversion: put it among the TEI files of the edition.",
            )
        )
    return Transcription(source)
