"""Schemas ready for use: each is loaded once in a process, and kept compiled on disk."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from toolkit.validate.relaxng import Schema, load_schema


@lru_cache(maxsize=8)
def schema_at(path: Path, cache: Path | None = None) -> Schema:
    """Return the schema ``path`` (RELAX NG, XML or compact syntax).

    ``cache`` is a folder to keep it compiled in. One that cannot be read or written only costs
    time.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), or is not a RELAX NG schema (V18x, V190).
    """
    return load_schema(path, cache)


def forget_schemas() -> None:
    """Load schemas anew from now on: a file of one has changed."""
    schema_at.cache_clear()
