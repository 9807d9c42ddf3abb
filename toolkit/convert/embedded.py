"""The ledger inside the TEI file, and the transcription rebuilt from the two.

The ledger is kept in ``xenoData`` (TEI Guidelines, 2.5) as JSON, in the order of the source. Text
is not repeated there: it is named by its place. A text stretch is counted in the ``text`` element,
whose characters annotation never changes; a header field by the path of its element, so that what
is added elsewhere in the header does no harm.

``parts`` holds, in the order of the source:

- a number ``n``: the next ``n`` characters of the text;
- ``[at, n]``: ``n`` characters of the text from the offset ``at`` on (a note at the foot);
- ``[field, at, n]``: ``n`` characters of the header field with that number in ``fields``;
- a string: characters that are not written: signs of notation, white space, furniture;
- ``{"source": s, "text": n}``: white space ``s`` that is written in another form, ``n`` long.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.convert.kinds import NO_LEDGER, NOT_REBUILT
from toolkit.convert.ledger import Ledger, Tile, TileKind
from toolkit.convert.texts import Field, Texts, read_texts
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument

_TYPE = "ledger"
_DIGITS = 16
_FOLLOWING = "\n    <revisionDesc>"
"""What stands in the header behind xenoData."""


def with_ledger(xml: str, texts: Texts, ledger: Ledger, encoding: str) -> str:
    """Return the TEI document ``xml``, in which ``texts`` stand, with its ledger inside."""
    source = "".join(tile.literal for tile in ledger.tiles)
    used: dict[str, int] = {}
    parts = list(_parts(ledger.tiles, texts.fields, used))
    data = {
        "file": ledger.file.replace("\\", "/").rpartition("/")[2],
        "encoding": encoding,
        "sha256": _digest(source.encode(encoding)),
        "fields": list(used),
        "parts": parts,
    }
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    said = said.replace("\ufeff", "\\ufeff").replace("\x7f", "\\u007f")
    said = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    element = f'\n    <xenoData type="{_TYPE}">{said}</xenoData>'
    return xml.replace(_FOLLOWING, element + _FOLLOWING, 1)


def transcribe(document: ParsedDocument) -> bytes:
    """Return the transcription a TEI document was made from, byte for byte.

    Raises:
        DiagnosticError: the document holds no ledger (C301), or its text is no longer the one
            of the transcription (C302).
    """
    data = _embedded(document)
    try:
        source = "".join(_rebuilt(data, read_texts(document.utf8))).encode(data["encoding"])
    except (KeyError, TypeError, ValueError, IndexError, LookupError):
        source = None
    if source is None or _digest(source) != data.get("sha256"):
        raise DiagnosticError(
            NOT_REBUILT.at(
                Position(document.file),
                "the transcription cannot be rebuilt: words of the text or of the header were "
                "changed since the conversion",
                "Tags may be added freely; change words in the transcription and convert it anew.",
            )
        )
    return source


def _embedded(document: ParsedDocument) -> Mapping[str, Any]:
    for element in document.root.iter(tei("xenoData")):
        if element.get("type") == _TYPE:
            try:
                data = json.loads(element.text or "")
            except (ValueError, RecursionError):
                data = None
            if isinstance(data, dict):
                return data
    raise DiagnosticError(
        NO_LEDGER.at(
            Position(document.file),
            "this document holds no ledger, so it is not known which transcription it was made "
            "from",
            "Only documents that this toolkit has converted go back to their transcription.",
        )
    )


def _parts(
    tiles: Sequence[Tile], fields: Sequence[Field], used: dict[str, int]
) -> Iterator[int | str | list[int] | dict[str, Any]]:
    at = 0
    literal = ""
    for tile in tiles:
        if tile.at < 0:
            literal += tile.literal
            continue
        if literal:
            yield literal
            literal = ""
        if tile.place == "header":
            yield from _header_part(tile, fields, used)
            continue
        if tile.kind is TileKind.TEXT:
            yield tile.length if tile.at == at else [tile.at, tile.length]
        elif tile.at == at:
            yield {"source": tile.literal, "text": tile.length}
        else:
            literal += tile.literal
            continue
        at = tile.at + tile.length
    if literal:
        yield literal


def _header_part(
    tile: Tile, fields: Sequence[Field], used: dict[str, int]
) -> Iterator[str | list[int]]:
    if tile.kind is not TileKind.HEADER:
        yield tile.literal
        return
    field = fields[bisect_right(fields, tile.at, key=_start) - 1]
    number = used.setdefault(field.path, len(used))
    yield [number, tile.at - field.start, tile.length]


def _start(field: Field) -> int:
    return field.start


def _rebuilt(data: Mapping[str, Any], texts: Texts) -> Iterator[str]:
    text = texts.streams["text"]
    fields = texts.field_texts()
    named = [fields[path] for path in data["fields"]]
    at = 0
    for part in data["parts"]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, int):
            yield text[at : at + part]
            at += part
        elif isinstance(part, dict):
            yield part["source"]
            at += part["text"]
        elif len(part) == 2:
            yield text[part[0] : part[0] + part[1]]
            at = part[0] + part[1]
        else:
            yield named[part[0]][part[1] : part[1] + part[2]]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
