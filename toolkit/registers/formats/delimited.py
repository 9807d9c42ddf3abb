"""CSV and TSV, as spreadsheets and OpenRefine export them (RFC 4180).

Which sign parts the cells (comma, semicolon, tab, vertical bar) is told by the line of headers.
The library of Python does not say where a cell stands, and a mistake is to be told at its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from toolkit.diagnostics import DiagnosticError, Position, SourceText
from toolkit.registers.kinds import BAD_ROW, BAD_TABLE
from toolkit.registers.table import Cell, Row, Table
from toolkit.registers.text import text_of_table

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt"})

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_LINE_END = re.compile(r"\r\n?|\n")
_DECLARED = re.compile(rf"sep=([{_DELIMITERS}])(?=[\r\n])")
"""A first line by which Excel is told the delimiter."""
_FORMULA = re.compile(r"'+[=+\-@\t\r]")


def read(path: Path, content: bytes, encoding: str = "") -> Table:
    """Return the table in a file of delimited text.

    Raises:
        DiagnosticError: it is not text (F004, F005), a quotation mark is never closed, or the
            headers are missing or doubled (R001).
    """
    source = text_of_table(path, content, encoding)
    declared = _DECLARED.match(source.text)
    delimiter = declared[1] if declared else _delimiter(source.text)
    records = _records(source, delimiter, declared.end() if declared else 0)
    headers = next((cells for cells in records if _is_filled(cells)), [])
    named = {cell.text.strip(): cell.position for cell in headers if cell.text.strip()}
    _check_headers(headers, Position(str(path)))
    rows = tuple(_row(headers, cells) for cells in records if _is_filled(cells))
    return Table(named, rows)


def _is_filled(cells: list[Cell]) -> bool:
    return any(cell.text.strip() for cell in cells)


def _check_headers(headers: list[Cell], where: Position) -> None:
    if not headers:
        hint = "The first line must name the columns, such as: name,GND"
        raise DiagnosticError(BAD_TABLE.at(where, "there are no headers", hint))
    counts = Counter(cell.text.strip() for cell in headers if cell.text.strip())
    doubled = [cell for cell in headers if counts[cell.text.strip()] > 1]
    if doubled:
        message = f"two columns are called “{doubled[-1].text.strip()}”"
        hint = "Give each column a header of its own."
        raise DiagnosticError(BAD_TABLE.at(doubled[-1].position, message, hint))


def _row(headers: list[Cell], cells: list[Cell]) -> Row:
    pairs = zip(headers, cells, strict=False)
    found = {h.text.strip(): cell for h, cell in pairs if h.text.strip()}
    extra = [cell for cell in cells[len(headers) :] if cell.text.strip()]
    faults = [
        BAD_ROW.at(
            cell.position,
            f"this row has {len(cells)} cells, but there are {len(headers)} headers",
            "Put a cell that holds the delimiter into quotation marks.",
        )
        for cell in extra[:1]
    ]
    return Row(found, cells[0].position, tuple(faults))


def _delimiter(text: str) -> str:
    """Return the sign that parts the headers: the one that occurs most often outside quotes."""
    line = _LINE_END.split(_QUOTED.sub("", text.lstrip()), maxsplit=1)[0]
    return max(_DELIMITERS, key=line.count) if text else ","


def _records(source: SourceText, delimiter: str, at: int) -> Iterator[list[Cell]]:
    text = source.text
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*+")
    cells: list[Cell] = []
    while at <= len(text):
        position = source.position(at)
        quoted = _QUOTED.match(text, at)
        if quoted is None and text.startswith('"', at):
            hint = "Close it; a quotation mark within a cell is written twice."
            raise DiagnosticError(
                BAD_TABLE.at(position, "this quotation mark is never closed", hint)
            )
        rest = plain.match(text, quoted.end() if quoted else at)
        end = rest.end() if rest else len(text)
        said = quoted[1].replace('""', '"') if quoted else ""
        # What follows a closing quotation mark belongs to the cell, as spreadsheets read it.
        said += text[quoted.end() if quoted else at : end]
        cells.append(Cell(_without_guard(said), position))
        if text.startswith(delimiter, end) and end < len(text):
            at = end + 1
            continue
        yield cells
        cells = []
        line_end = _LINE_END.match(text, end)
        at = line_end.end() if line_end else len(text) + 1


def _without_guard(said: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return said[1:] if _FORMULA.match(said) else said
