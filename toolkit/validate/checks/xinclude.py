"""What a document includes is not read."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.validate.context import Context
from toolkit.validate.inclusions import inclusions

NOT_INCLUDED = Kind(
    "V121",
    "xinclude-not-followed",
    Severity.WARNING,
    "The document includes others by XInclude. These are not read, so the whole is not checked: "
    "pointers without a target, and elements that are missing there, are not told of.",
)


def check(document: ParsedDocument, _context: Context) -> Iterator[Diagnostic]:
    """Yield one finding, at the first of the elements that include something."""
    found = inclusions(document)
    if not found:
        return
    times = f" ({len(found)} times in this file)" if len(found) > 1 else ""
    yield NOT_INCLUDED.at(
        positions(document).element(found[0]),
        f"`<include>` of XInclude is not followed{times}: what it names is not checked as a "
        "part of this document",
        "Check the document with all that it includes: xmllint --xinclude FILE --output WHOLE.xml, "
        "then tei validate WHOLE.xml.",
    )
