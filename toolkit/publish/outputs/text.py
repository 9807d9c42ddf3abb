"""Plain text: the reading text with its notes, for search, mail and concordances."""

from __future__ import annotations

import re

from toolkit.publish.printing import incomplete, print_document
from toolkit.publish.publication import Publication, Published
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import transform

SUFFIX = "txt"
STYLESHEET = XSLT / "text.xsl"


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return ``document`` as plain text in UTF-8.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    printed = print_document(stem, document, publication)
    parameters = {"language": publication.language}
    text = transform(STYLESHEET, printed, parameters, file=document.file).text
    lost = incomplete(document, printed, name="text")
    return Published({f"{stem}.{SUFFIX}": _tidy(text).encode()}, lost)


def _tidy(text: str) -> str:
    """Return ``text`` without white space at line ends and with single empty lines."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
