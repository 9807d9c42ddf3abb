"""The data of the search: a script file with the passages of all documents.

A script file is all that a page opened from a disk may load; a browser gives it no other file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.publish.publication import DocumentEntry, Publication, Register
from toolkit.publish.record import DocumentRecord
from toolkit.publish.site import register_heading
from toolkit.tei.names import XML_ID
from toolkit.tei.registers import entries_of, names_of, text_of

TEXTS = "edition/texts.js"
_FACETS = ("person", "place")
_YEAR = re.compile(r"-?\d{4,}")


def search_texts(publication: Publication, records: Iterable[DocumentRecord]) -> bytes:
    """Return the script that hands the documents to ``assets/search.js``.

    It gives, for each document: stem, title, date in words and year, genre, language, the numbers
    of the persons and places it names, and its passages (anchor, text as in the source, reading
    text where that differs). Persons and places are listed once, by name.
    """
    facets = _Facets(publication.registers)
    documents = [
        _document(entry, record, facets)
        for entry, record in zip(publication.documents, records, strict=True)
    ]
    data = {"names": facets.names(), "documents": documents}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # JSON is JavaScript but for the ends of lines (ECMAScript before 2019).
    return f"var editionTexts={text.translate({0x2028: ' ', 0x2029: ' '})};\n".encode()


def _document(entry: DocumentEntry, record: DocumentRecord, facets: _Facets) -> dict[str, Any]:
    year = _YEAR.match(entry.date)
    found: dict[str, Any] = {
        "stem": entry.stem,
        "title": entry.title,
        "date": entry.date or entry.date_text,
        "year": int(year[0]) if year else None,
        "kind": entry.kind,
        "language": entry.language,
        "named": facets.numbers(record),
        "passages": [
            [each.anchor, each.diplomatic, *([each.reading] if each.reading else [])]
            for each in record.passages
        ],
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


class _Facets:
    """The persons and places that readers can choose from: entries of registers, numbered."""

    def __init__(self, registers: Iterable[Register]) -> None:
        self._registers = {register.stem: register for register in registers}
        self._kinds = {
            stem: register_heading(register).kind for stem, register in self._registers.items()
        }
        self._numbers: dict[tuple[str, str], int] = {}

    def numbers(self, record: DocumentRecord) -> list[int]:
        """Return the numbers of the persons and places that a document names."""
        found = {
            self._numbers.setdefault((each.register, each.entry), len(self._numbers))
            for each in record.mentions
            if self._kinds.get(each.register) in _FACETS
        }
        return sorted(found)

    def names(self) -> list[list[str]]:
        """Return kind and name of each entry, by number."""
        names = {stem: _names(register) for stem, register in self._registers.items()}
        return [
            [self._kinds[register], names[register].get(entry, entry)]
            for register, entry in self._numbers
        ]


def _names(register: Register) -> Mapping[str, str]:
    found = {}
    for entry in entries_of(register.document.root):
        named = names_of(entry)
        if named and entry.get(XML_ID):
            found[str(entry.get(XML_ID))] = text_of(named[0])
    return found
