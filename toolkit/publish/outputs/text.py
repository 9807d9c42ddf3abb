"""Plain text: the reading text with its notes, for search, mail and concordances."""

from __future__ import annotations

import re

from toolkit.publish.images import ImageAddresses
from toolkit.publish.messages import message_findings
from toolkit.publish.parallel_text import without_columns
from toolkit.publish.printing import incomplete, print_document
from toolkit.publish.publication import Publication, Published
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import transform

SUFFIX = "txt"
LABEL = "plain text"
_MARKED = frozenset({"added", "deleted"})
STYLESHEET = XSLT / "text.xsl"


def publish_document(stem: str, document: ParsedDocument, publication: Publication) -> Published:
    """Return ``document`` as plain text in UTF-8.

    Words lost (P010) are errors; they are looked for in the text itself.

    Raises:
        DiagnosticError: a stylesheet failed (X101).
    """
    printed = print_document(stem, document, publication)
    parameters = {"language": publication.language}
    made = transform(STYLESHEET, without_columns(printed.xml), parameters, file=document.file)
    text = _tidy(made.text)
    found = (
        *incomplete(document, printed, [text], name=LABEL, without=("legend",), borders=_MARKED),
        *message_findings((*printed.messages, *made.messages), document.file),
    )
    return Published({f"{stem}.{SUFFIX}": text.encode()}, found)


def further_inputs(_images: ImageAddresses) -> tuple[str, ...]:
    """Return what the text depends on beside the TEI and the publication: nothing."""
    return ()


def _tidy(text: str) -> str:
    """Return ``text`` without white space at line ends and with single empty lines."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
