"""The data of the search, in script files of at most 48 kB, of which a page loads what it needs.

A script file is all that a page opened from a disk may load; a browser gives it no other file.

``edition/documents.js`` describes the documents and says which words begin each file of words;
``edition/words/N.js`` holds, sorted, the words and their places; ``edition/texts/STEM.N.js`` the
passages of a document. ``assets/search.js`` reads them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from toolkit.publish.passages import Passage
from toolkit.publish.publication import DocumentEntry, Publication, Register
from toolkit.publish.record import DocumentRecord
from toolkit.publish.search_words import words_in
from toolkit.publish.site import register_heading
from toolkit.tei.names import XML_ID
from toolkit.tei.registers import entries_of, names_of, text_of

LARGEST = 48_000
"""The most that a file of words or texts holds, in bytes; one passage may be larger."""

_FACETS = ("person", "place")
_YEAR = re.compile(r"-?\d{4,}")


def words_of(passages: Sequence[Passage]) -> dict[str, str]:
    """Return where each word of the passages of a document stands, in both layers.

    The places of a word are ``PASSAGE.PLACE.PLACE,PASSAGE.PLACE``, in hexadecimal figures. The
    words of the reading text follow those of the source, one place left free.
    """
    found: dict[str, str] = {}
    for number, passage in enumerate(passages):
        for word, places in _places(passage).items():
            at = f"{number:x}{places}"
            found[word] = f"{found[word]},{at}" if word in found else at
    return found


def _places(passage: Passage) -> dict[str, str]:
    found: dict[str, str] = {}
    begin = 0
    for layer in filter(None, (passage.diplomatic, passage.reading)):
        end = begin
        for word, place in words_in(layer):
            end = begin + place
            found[word] = f"{found.get(word, '')}.{end:x}"
        begin = end + 2
    return found


def parts_of(passages: Sequence[Passage]) -> tuple[int, ...]:
    """Return the numbers of the passages that begin a file of texts."""
    parts, size = [0], 0
    for number, passage in enumerate(passages):
        more = len(_json(_passage(passage)).encode()) + 1
        if size and size + more > LARGEST:
            parts.append(number)
            size = 0
        size += more
    return tuple(parts)


def text_files(stem: str, passages: Sequence[Passage]) -> dict[str, bytes]:
    """Return the script files with the passages of a document: anchor, source, reading text."""
    ends = (*parts_of(passages), len(passages))
    return dict(
        _script(f"texts/{stem}.{number}", [_passage(each) for each in passages[start:end]])
        for number, (start, end) in enumerate(pairwise(ends))
    )


def _passage(passage: Passage) -> list[str]:
    layers = (passage.diplomatic, passage.reading)
    return [passage.anchor, *(layers if passage.reading else layers[:1])]


def index_files(publication: Publication, records: Sequence[DocumentRecord]) -> dict[str, bytes]:
    """Return the script files that describe the documents and say where their words stand.

    Of each document are told: stem, title, date and year, end of the time if it is one, genre,
    language, the numbers of the persons and places it names. Persons and places are listed once, by
    name.
    """
    facets = _Facets(publication.registers)
    documents = [
        _document(entry, record, facets)
        for entry, record in zip(publication.documents, records, strict=True)
    ]
    files = list(_files_of_words(records))
    described = {
        "names": facets.names(),
        "documents": documents,
        "words": [lines[0].partition(" ")[0] for lines in files],
    }
    words = (_script(f"words/{n}", "\n".join(lines)) for n, lines in enumerate(files))
    return dict((_script("documents", described), *words))


def _files_of_words(records: Iterable[DocumentRecord]) -> Iterator[list[str]]:
    """Yield the lines of each file of words: a word, then ``DOCUMENT:PLACES`` for each document.

    A word that stands in very many documents goes on in the next file.
    """
    lines: list[str] = []
    size = 0
    for line in _lines_of_words(records):
        more = len(line.encode()) + 2  # the end of the line is escaped
        if lines and size + more > LARGEST:
            yield lines
            lines, size = [], 0
        lines.append(line)
        size += more
    if lines:
        yield lines


def _lines_of_words(records: Iterable[DocumentRecord]) -> Iterator[str]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for number, record in enumerate(records):
        document = f"{number:x}:"
        for word, at in record.words.items():
            places[word].append(document + at)
    for word in sorted(places, key=_utf16):
        yield from _lines(word, places[word])


def _utf16(word: str) -> bytes:
    """Return what words are sorted by, as scripts in a page compare them (ECMAScript)."""
    return word.encode("utf-16-be")


def _lines(word: str, documents: list[str]) -> Iterator[str]:
    room = LARGEST - len(word.encode()) - 3
    whole = " ".join(documents)
    if len(whole) <= room:
        yield f"{word} {whole}"
        return
    line: list[str] = []
    size = 0
    for document in documents:
        if size and size + len(document) > room:
            yield " ".join((word, *line))
            line, size = [], 0
        line.append(document)
        size += len(document) + 1
    yield " ".join((word, *line))


def _script(name: str, data: Any) -> tuple[str, bytes]:  # noqa: ANN401 (what JSON can hold)
    """Return path and content of the script that hands ``data`` to ``assets/search.js``."""
    text = f"editionData({_json(name)},{_json(data)});\n"
    # JSON is JavaScript but for the ends of lines (ECMAScript before 2019).
    return f"edition/{name}.js", text.translate({0x2028: " ", 0x2029: " "}).encode()


def _json(value: Any) -> str:  # noqa: ANN401 (what JSON can hold)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _document(entry: DocumentEntry, record: DocumentRecord, facets: _Facets) -> dict[str, Any]:
    year, until = _YEAR.match(entry.date), _YEAR.match(entry.date_end)
    found: dict[str, Any] = {
        "stem": entry.stem,
        "title": entry.title,
        "date": entry.date or entry.date_text,
        "end": entry.date_end,
        "year": int(year[0]) if year else None,
        "until": int(until[0]) if until else None,
        "kind": entry.kind,
        "language": entry.language,
        "named": facets.numbers(record),
        "parts": record.parts if len(record.parts) > 1 else None,
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
