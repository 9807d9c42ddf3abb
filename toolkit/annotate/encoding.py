"""The encoding of a document: into UTF-8 and back, every character kept."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from toolkit.annotate.kinds import ENCODING
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.tei.parse import ParsedDocument

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class Encoding:
    """The encoding of a document and the byte order mark it begins with."""

    name: str
    mark: bytes

    def write(self, content: bytes) -> bytes:
        """Return UTF-8 in this encoding; characters it lacks become references (&#…;)."""
        if self.name == "utf-8":
            return self.mark + content
        return self.mark + content.decode().encode(self.name, "xmlcharrefreplace")


def read_encoded(document: ParsedDocument) -> tuple[bytes, Encoding]:
    """Return the content of a document in UTF-8, without byte order mark, and its encoding.

    Raises:
        DiagnosticError: the encoding is not known, or it does not give the same bytes back (A010).
    """
    encoding = _encoding_of(document)
    body = document.content[len(encoding.mark) :]
    try:
        content = body.decode(encoding.name).encode()
    except (UnicodeDecodeError, LookupError):
        raise _not_supported(document, encoding.name) from None
    if encoding.write(content) != document.content:
        raise _not_supported(document, encoding.name)
    return content, encoding


def _encoding_of(document: ParsedDocument) -> Encoding:
    for mark, name in _BYTE_ORDER_MARKS:
        if document.content.startswith(mark):
            return Encoding(name, mark)
    declared = document.root.getroottree().docinfo.encoding or "utf-8"
    return Encoding(declared.lower() if declared.lower() != "utf8" else "utf-8", b"")


def _not_supported(document: ParsedDocument, name: str) -> DiagnosticError:
    return DiagnosticError(
        ENCODING.at(
            Position(document.file),
            f"the encoding {name} cannot be read and written back unchanged",
            "Save the document as UTF-8.",
        )
    )
