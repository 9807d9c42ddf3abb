"""Plain text: the reading text with its notes, for search, mail and concordances."""

from __future__ import annotations

import json
import re

from toolkit.publish.images import ImageAddresses
from toolkit.publish.messages import message_findings
from toolkit.publish.parallel_text import without_columns
from toolkit.publish.printing import incomplete, print_document
from toolkit.publish.publication import Publication, Published
from toolkit.publish.signs import PLAIN_SIGNS
from toolkit.resources import XSLT
from toolkit.tei.parse import ParsedDocument
from toolkit.xslt import transform

SUFFIX = "txt"
LABEL = "plain text"
_MARKED = frozenset({"added", "deleted"})
_EACH_LETTER = "\ufdd0"
"""What the stylesheet writes after each letter that has a sign of its own, such as a dot below."""
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
    bare = text.replace(_EACH_LETTER, "")
    found = (
        *incomplete(document, printed, [bare], name=LABEL, without=("legend",), borders=_MARKED),
        *message_findings((*printed.messages, *made.messages), document.file),
    )
    return Published({f"{stem}.{SUFFIX}": text.replace(_EACH_LETTER, _mark()).encode()}, found)


def further_inputs(_images: ImageAddresses) -> tuple[str, ...]:
    """Return what the text depends on beside the TEI and the publication: nothing."""
    return ()


def _mark() -> str:
    """Return the sign of each letter that is dotted elsewhere."""
    return str(json.loads(PLAIN_SIGNS.read_text("utf-8"))["dotted"]["each"])


def _tidy(text: str) -> str:
    """Return ``text`` without white space at line ends and with single empty lines."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
