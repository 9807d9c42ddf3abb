"""Formats of tables: one module each, with ``SUFFIXES`` and ``read(path, content, encoding)``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType

from toolkit.diagnostics import DiagnosticError, Position
from toolkit.registers.kinds import BAD_TABLE
from toolkit.registers.table import Table


def read_table(path: Path, content: bytes, encoding: str = "", form: str = "") -> Table:
    """Return the table in a file; its form is told by the suffix.

    Args:
        path: The file.
        content: What is in it.
        encoding: Its encoding, where that is neither UTF-8 nor UTF-16 with a byte order mark.
        form: Its form, as a suffix without the point, where that of the file does not tell.

    Raises:
        DiagnosticError: the content is not text in this encoding (F004, F005), or no table (R001).
    """
    where = Position(str(path))
    if content.startswith(b"PK\x03\x04"):
        message = "this is a spreadsheet or an archive (ZIP), not a table in plain text"
        raise DiagnosticError(BAD_TABLE.at(where, message, "Export it as CSV in UTF-8."))
    suffix = f".{form}" if form else path.suffix.lower()
    reader = next((m for m in _formats() if suffix in m.SUFFIXES), None)
    if reader is None:
        ending = f"files ending in “{path.suffix}” are" if path.suffix else "such a file is"
        message = f"{ending} not read as tables"
        hint = f"Name a file ending in {', '.join(suffixes())}; or say what it is: --form csv."
        raise DiagnosticError(BAD_TABLE.at(where, message, hint))
    table: Table = reader.read(path, content, encoding)
    if not table.rows:
        message = "there are no rows below the headers" if table.headers else "there are no rows"
        raise DiagnosticError(
            BAD_TABLE.at(where, message, "Export the table again, with its rows.")
        )
    return table


def suffixes() -> list[str]:
    """Return the suffixes of files that are read as tables."""
    return sorted({suffix for module in _formats() for suffix in module.SUFFIXES})


def form_names() -> list[str]:
    """Return what the forms of tables are called."""
    return [suffix.removeprefix(".") for suffix in suffixes()]


@cache
def _formats() -> tuple[ModuleType, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)
