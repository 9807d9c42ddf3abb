"""Schemas ready for use: each is loaded once in a process, and kept compiled on disk."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from toolkit.validate.relaxng import Schema, default_folder, load_schema


@cache
def schema_at(path: Path) -> Schema:
    """Return the schema ``path`` (RELAX NG, XML or compact syntax).

    A cache folder that cannot be read or written only costs time.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), or is not a RELAX NG schema (V18x, V190).
    """
    return load_schema(path, default_folder())
