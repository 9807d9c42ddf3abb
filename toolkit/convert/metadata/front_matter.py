"""Front matter: lines of ``key: value`` between two fences.

This reads what editors write by hand and what static site generators hold: YAML 1.2 block
mappings of plain, quoted and folded scalars. Values of other forms (lists, nested mappings) are
kept in the words they are written in. A YAML library would not say where each character stands.
"""

from __future__ import annotations

import re

from toolkit.convert.conventions.model import Metadata
from toolkit.convert.kinds import OPEN_FRONT_MATTER
from toolkit.convert.metadata.fields import FOLDED, Reading, Value, value_from, value_of
from toolkit.convert.text.blocks import Line, lines
from toolkit.convert.text.characters import trimmed
from toolkit.convert.tree import Space, Span
from toolkit.diagnostics import SourceText

RULE = "front matter"

_KEY = re.compile(r"([^\W\d][\w .\-/]{0,60}?)[^\S\r\n]*:(?=\s|$)[^\S\r\n]*")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?[0-9]?[^\S\r\n]*(?=[\r\n])")
_ESCAPED = {"'": re.compile(r"''"), '"': re.compile(r'\\(?=["\\])')}


def read_front_matter(source: SourceText, start: int, rules: Metadata, reading: Reading) -> int:
    """Read front matter at ``start`` into ``reading``; return the offset of what follows it."""
    text = source.text
    every = lines(text, start, len(text))
    first = next(every, None)
    if not rules.fence or first is None or text[first.start : first.end].rstrip() != rules.fence:
        return start
    inside: list[Line] = []
    for line in every:
        if text[line.start : line.end].rstrip() in rules.fence_ends:
            reading.delimiter(*trimmed(text, first.start, first.end), RULE)
            reading.delimiter(*trimmed(text, line.start, line.end), RULE)
            for entry in _entries(text, inside):
                _read_entry(text, entry, rules, reading)
            return line.end
        inside.append(line)
    if inside and _KEY.match(text, inside[0].start, inside[0].end):
        ends = " or ".join(f"“{end}”" for end in rules.fence_ends)
        reading.diagnostics.append(
            OPEN_FRONT_MATTER.at(
                source.position(first.start),
                "the front matter that begins here is not closed",
                f"End it with a line that holds only {ends}.",
            )
        )
    return start


def _entries(text: str, inside: list[Line]) -> list[Line]:
    """Join each line that begins with a key with the lines that continue it."""
    entries: list[Line] = []
    for line in inside:
        if not text[line.start : line.end].strip():
            continue
        continues = text[line.start] in " \t" or text.startswith("- ", line.start)
        if continues and entries:
            entries[-1] = Line(entries[-1].start, line.end)
        else:
            entries.append(line)
    return entries


def _read_entry(text: str, entry: Line, rules: Metadata, reading: Reading) -> None:
    key = _KEY.match(text, entry.start, entry.end)
    if key is None:
        value = value_of(text, entry.start, entry.end)
        if value.pieces:
            reading.unknown.append(("", value))
        return
    name = key[1].strip()
    a, b = trimmed(text, key.end(), entry.end)
    scalar = _BLOCK_SCALAR.match(text, a, b)
    quote = text[a] if a < b else ""
    if scalar:
        value = value_of(text, scalar.end(), b)
        key_end = scalar.end()
    elif quote in _ESCAPED and b - a > 1 and text[b - 1] == quote:
        value = _unquoted(text, a, b, reading)
        key_end = a + 1
    else:
        value, key_end = value_of(text, a, b), max(a, key.end()) if a == b else key.end()
    reading.delimiter(entry.start, _sign_end(text, entry.start, key_end), RULE)
    if not value.pieces:
        return
    known = rules.keys.get(name.casefold())
    if known:
        reading.add(known, value)
    else:
        reading.unknown.append((name, value))


def _sign_end(text: str, start: int, end: int) -> int:
    return trimmed(text, start, end)[1]


def _unquoted(text: str, a: int, b: int, reading: Reading) -> Value:
    """Return the value in quotation marks; the marks and escape signs are delimiters."""
    reading.delimiter(b - 1, b, RULE)
    pieces: list[Span | Space] = []
    at = a + 1
    for escape in _ESCAPED[text[a]].finditer(text, a + 1, b - 1):
        pieces += _exact(text, at, escape.start())
        reading.delimiter(escape.start(), escape.start() + 1, RULE)
        at = escape.start() + 1
    pieces += _exact(text, at, b - 1)
    return value_from(text, pieces)


def _exact(text: str, start: int, end: int) -> list[Span | Space]:
    """Return the pieces between two offsets: spaces at the edges kept, line ends folded."""
    pieces: list[Span | Space] = []
    for line in lines(text, start, end):
        a = line.start if not pieces else trimmed(text, line.start, line.end)[0]
        if pieces:
            pieces.append(Space(pieces[-1].end, a, " ", FOLDED))
        if a < line.end:
            pieces.append(Span(a, line.end))
    return pieces
