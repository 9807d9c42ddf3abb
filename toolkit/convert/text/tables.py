"""Telling whether a block of text is laid out as a table."""

from __future__ import annotations

from toolkit.convert.conventions.model import TableForm
from toolkit.convert.text.blocks import Block, Line

_FEWEST_LINES = 2


def is_table(text: str, block: Block, form: TableForm) -> bool:
    """Tell whether every line of a block is a row of a table of that form, or rules rows off."""
    if len(block.lines) < _FEWEST_LINES:
        return False
    rows = [line for line in block.lines if not is_ruling(text, line, form)]
    fits = all(form.row.fullmatch(text, line.start, line.end) for line in rows)
    return bool(rows) and fits


def is_ruling(text: str, line: Line, form: TableForm) -> bool:
    """Tell whether a line only rules off the rows above it."""
    return bool(form.ruling and form.ruling.fullmatch(text, line.start, line.end))
