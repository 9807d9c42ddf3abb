"""What printed outputs owe of the header: witnesses, sources, principles (TEI, chapter 2)."""

from __future__ import annotations

import json
from functools import cache

from toolkit.publish.completeness import Word, words_of
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument

PRINTED_HEADER = SCHEMAS / "header.json"
"""Which parts of the header are printed, and which stand on the web page only, and why."""


def header_words(document: ParsedDocument) -> list[Word]:
    """Return the words of the header of ``document`` that PDF, EPUB, volume and text must say.

    They are read from the TEI itself, so that a part no stylesheet knows is found missing.
    """
    printed, without = _paths()
    return words_of(document, printed, without)


@cache
def _paths() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = json.loads(PRINTED_HEADER.read_text("utf-8"))
    printed, without = (
        tuple(f"tei:teiHeader/{path}" for path in table[part]) for part in ("printed", "except")
    )
    return printed, without
