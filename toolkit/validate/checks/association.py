"""The schemas that the document names are at hand."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.diagnostics import Diagnostic
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association import choice
from toolkit.validate.context import Context


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what is wrong with the ``xml-model`` instructions that count for the document."""
    yield from choice(document, context).findings
