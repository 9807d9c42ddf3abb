"""Front matter: lines of ``key: value`` between two fences.

This reads what editors write by hand and what static site generators hold: YAML 1.2 block
mappings of plain, quoted and folded scalars, and lists of such mappings where a profile says what
they are. Values of other forms are kept in the words they are written in. A YAML library would
not say where each character stands.
"""

from __future__ import annotations

import re

from toolkit.convert.conventions.model import Metadata
from toolkit.convert.kinds import LINE_WITHOUT_KEY, OPEN_FRONT_MATTER, REPEATED_FIELD
from toolkit.convert.metadata.fields import (
    FOLDED,
    Reading,
    SourceReference,
    Value,
    value_from,
    value_of,
)
from toolkit.convert.metadata.sources import parts_of_source
from toolkit.convert.text.blocks import Line, lines
from toolkit.convert.text.characters import trimmed
from toolkit.convert.tree import Space, Span
from toolkit.diagnostics import SourceText

RULE = "front matter"
_COMMENT = "#"

_KEYWORDS = "keywords"
_FEWEST = 2
"""Fewer lines than these are no front matter, if no fence says so."""

_KEY = re.compile(r"([^\W\d][\w .\-/]{0,60}?)[^\S\r\n]*:(?=\s|$)[^\S\r\n]*")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?[0-9]?[^\S\r\n]*(?=[\r\n])")
_EMPTY = re.compile(r"\[\s*\]|\{\s*\}|~|null")
_ITEM = re.compile(r"-\s+")
_FLOW_SEQUENCE = re.compile(r"\[[^\[\]{}'\"]+\]")
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
                _read_entry(source, entry, rules, reading)
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


def read_unfenced(source: SourceText, start: int, rules: Metadata, reading: Reading) -> int:
    """Read front matter without fences: the first block, if it can be nothing else.

    All its lines must have keys that the profile knows, and one of the fields that no document
    says of itself must be there. Returns the offset of what follows it.
    """
    text = source.text
    inside: list[Line] = []
    fields: set[str] = set()
    for line in lines(text, start, len(text)):
        if not text[line.start : line.end].strip():
            if inside:
                break
            continue
        key = _KEY.match(text, line.start, line.end)
        field = rules.keys.get(key[1].strip().casefold()) if key else None
        if field is None:
            return start
        fields.add(field)
        inside.append(line)
    if len(inside) < _FEWEST or not fields & rules.unfenced:
        return start
    for line in inside:
        _read_entry(source, [line], rules, reading)
    return inside[-1].end


def _entries(text: str, inside: list[Line]) -> list[list[Line]]:
    """Join each line that begins with a key with the lines that continue it."""
    entries: list[list[Line]] = []
    for line in inside:
        if not text[line.start : line.end].strip():
            continue
        continues = text[line.start] in " \t" or text.startswith("- ", line.start)
        if continues and entries:
            entries[-1].append(line)
        else:
            entries.append([line])
    return entries


def _read_entry(source: SourceText, entry: list[Line], rules: Metadata, reading: Reading) -> None:
    text = source.text
    start, end = entry[0].start, entry[-1].end
    key = _KEY.match(text, start, end)
    if key is None:
        value = value_of(text, start, end)
        if value.pieces:
            reading.unknown.append(("", value))
            if not text.startswith(_COMMENT, start):
                _report_keyless(source, start, reading)
        return
    name = key[1].strip()
    is_list = any(known.startswith(f"{name.casefold()}.") for known in rules.source_keys)
    if is_list and not text[key.end() : entry[0].end].strip():
        reading.delimiter(start, _sign_end(text, start, key.end()), RULE)
        _read_list(text, name, entry[1:], rules, reading)
        return
    known_as = rules.keys.get(name.casefold())
    if known_as and known_as not in rules.once:
        values = _read_sequence(text, start, key.end(), entry, known_as, reading)
        if values:
            for value in values:
                reading.add(known_as, value)
            return
    read = _read_value(text, start, key.end(), end, reading)
    if read is None:
        return
    if known_as:
        if known_as in rules.once and reading.fields.get(known_as):
            _report_repeated(source, start, name, reading)
        reading.add(known_as, read)
    else:
        reading.unknown.append((name, read))


def _read_sequence(
    text: str, start: int, at: int, entry: list[Line], field: str, reading: Reading
) -> list[Value]:
    """Return the values of a YAML sequence behind a key; none if there is no sequence.

    Names in brackets are an editor's, so that only keywords may stand in a flow sequence.
    """
    below = [line for line in entry[1:] if text[line.start : line.end].strip()]
    starts = [trimmed(text, line.start, line.end)[0] for line in below]
    marks = [n for n, first in enumerate(starts) if _ITEM.match(text, first, below[n].end)]
    if not text[at : entry[0].end].strip() and marks[:1] == [0]:
        reading.delimiter(start, _sign_end(text, start, at), RULE)
        ends = [below[n - 1].end for n in marks[1:]] + [below[-1].end]
        bounds = [(starts[n], starts[n] + 1, end) for n, end in zip(marks, ends, strict=True)]
    else:
        bounds = _flow_sequence(text, start, at, entry[-1].end) if field == _KEYWORDS else []
    if bounds and text[bounds[-1][2] : entry[-1].end].strip() == "]":
        reading.delimiter(*trimmed(text, bounds[-1][2], entry[-1].end), RULE)
    read = (_read_value(text, *bound, reading) for bound in bounds)
    return [value for value in read if value is not None]


def _flow_sequence(text: str, start: int, at: int, end: int) -> list[tuple[int, int, int]]:
    """Return for each item of a flow sequence where its signs begin and end, and where it ends."""
    first, last = trimmed(text, at, end)
    found = _FLOW_SEQUENCE.fullmatch(text, first, last)
    if found is None:
        return []
    commas = [match.start() for match in re.finditer(",", text[first:last])]
    borders = [first, *(first + comma for comma in commas), last - 1]
    return [
        (start if number == 0 else border, border + 1, borders[number + 1])
        for number, border in enumerate(borders[:-1])
    ]


def _report_keyless(source: SourceText, start: int, reading: Reading) -> None:
    reading.diagnostics.append(
        LINE_WITHOUT_KEY.at(
            source.position(start),
            "this line of the front matter is no “key: value”; it is kept as a note",
            "Write a key, a colon and a space before the value, or indent what goes on.",
        )
    )


def _report_repeated(source: SourceText, start: int, name: str, reading: Reading) -> None:
    reading.diagnostics.append(
        REPEATED_FIELD.at(
            source.position(start),
            f"the front matter has “{name}” a second time; both values are kept",
            "Leave one of the two lines.",
        )
    )


def _read_value(text: str, start: int, at: int, end: int, reading: Reading) -> Value | None:
    """Return the value from ``at``; the key that begins at ``start`` is a delimiter."""
    a, b = trimmed(text, at, end)
    scalar = _BLOCK_SCALAR.match(text, a, b)
    quote = text[a] if a < b else ""
    if _EMPTY.fullmatch(text, a, b):
        reading.delimiter(start, b, RULE)
        return None
    if scalar:
        value = value_of(text, scalar.end(), b)
        key_end = scalar.end()
    elif quote in _ESCAPED and b - a > 1 and text[b - 1] == quote:
        value = _unquoted(text, a, b, reading)
        key_end = a + 1
    else:
        value, key_end = value_of(text, a, b), max(a, at) if a == b else at
    reading.delimiter(start, _sign_end(text, start, key_end), RULE)
    return value if value.pieces else None


def _read_list(text: str, name: str, inside: list[Line], rules: Metadata, reading: Reading) -> None:
    """Read a list of mappings, each of which says where the original is kept."""
    parts: list[tuple[str, Value]] = []
    for entry in _items(text, inside):
        item = _ITEM.match(text, *trimmed(text, entry.start, entry.end))
        if item and parts:
            reading.sources.append(SourceReference(tuple(parts)))
            parts = []
        start = trimmed(text, entry.start, entry.end)[0]
        key = _KEY.match(text, item.end() if item else start, entry.end)
        if key is None:
            reading.unknown.append((name, value_of(text, entry.start, entry.end)))
            continue
        value = _read_value(text, start, key.end(), entry.end, reading)
        full_name = f"{name}.{key[1].strip()}"
        part = rules.source_keys.get(full_name.casefold())
        if value and part:
            parts += parts_of_source(text, part, value, rules, reading)
        elif value:
            reading.unknown.append((full_name, value))
    if parts:
        reading.sources.append(SourceReference(tuple(parts)))


def _items(text: str, inside: list[Line]) -> list[Line]:
    """Join each line with a key with the lines that continue it."""
    entries: list[Line] = []
    for line in inside:
        start = trimmed(text, line.start, line.end)[0]
        item = _ITEM.match(text, start, line.end)
        has_key = _KEY.match(text, item.end() if item else start, line.end)
        if entries and not has_key and not item:
            entries[-1] = Line(entries[-1].start, line.end)
        else:
            entries.append(line)
    return entries


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
