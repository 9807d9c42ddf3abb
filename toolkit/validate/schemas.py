"""Schemas ready for use: each is loaded once in a process, and kept compiled on disk."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from toolkit.validate.addresses import NOWHERE, Addresses, forget_bearings
from toolkit.validate.association import forget_choices
from toolkit.validate.association.version import version_of
from toolkit.validate.relaxng import Schema, load_schema
from toolkit.validate.store.folder import forget_stores


@lru_cache(maxsize=8)
def schema_at(path: Path, cache: Path | None = None, addresses: Addresses = NOWHERE) -> Schema:
    """Return the schema ``path`` (RELAX NG, XML or compact syntax).

    ``cache`` is a folder to keep it compiled in. One that cannot be read or written only costs
    time. ``addresses`` tells where the files are that it refers to.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), is not a RELAX NG schema (V18x, V190), or
            is a stored one that has changed (V195, V197).
    """
    return load_schema(path, cache, addresses.bearings(path))


def forget_schemas() -> None:
    """Load schemas anew from now on: a file of one has changed."""
    from toolkit.validate.catalogs import forget_catalogs

    schema_at.cache_clear()
    forget_choices()
    forget_bearings()
    forget_stores()
    forget_catalogs()
    version_of.cache_clear()
