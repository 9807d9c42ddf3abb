"""Schemas on disk: compiled, and what their automata have learnt from documents.

An entry names every further file the schema was made of by its digest; if one has changed, or
the entry cannot be read, the schema is compiled anew.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.cache import entry, keep, kept
from toolkit.files import digest
from toolkit.validate.bearings import Bearings
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.identifiers import Table
from toolkit.validate.relaxng.memory import Memory, Tables

if TYPE_CHECKING:
    from toolkit.validate.relaxng.reading import Read

FORM = b"3"
"""Changes whenever the tables, or what the engine makes of them, change."""


def schema_entry(folder: Path, schema: Path, content: bytes, bearings: Bearings) -> Path:
    """Return the file of a compiled schema.

    The suffix tells the syntax and is part of the key; the folder is so only through the files
    that the schema includes.
    """
    known = (bearings.base.encode(), bearings.key)
    return entry(folder, "relaxng", FORM, schema.suffix.encode(), content, *known)


class Entry(NamedTuple):
    """A compiled schema; ``files`` holds the digests of the files it refers to, by path."""

    compiled: Compiled
    identifiers: Table
    conflicts: list[tuple[str, str]]
    files: dict[str, str]


def load(path: Path, schema: Path) -> Entry | None:
    """Return a compiled schema, or None if there is no good entry."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        data = kept(path)
        for name, expected in data["files"].items():
            if digest((schema.parent / name).read_bytes()) != expected:
                return None
        return Entry(**data | {"compiled": Compiled(**data["compiled"])})
    return None


def entry_of(schema: Path, read: Read) -> Entry:
    """Return the entry of a compiled schema."""
    files = {os.path.relpath(name, schema.parent): value for name, value in read.files.items()}
    return Entry(read.compiled, read.identifiers, read.conflicts, files)


def store(path: Path, found: Entry) -> None:
    """Write the entry of a compiled schema."""
    compiled = {each.name: getattr(found.compiled, each.name) for each in fields(Compiled)}
    keep(path, found._asdict() | {"compiled": compiled})


def memory_entry(folder: Path, content: bytes, files: dict[str, str]) -> Path:
    """Return the file of what the automaton of a schema has learnt."""
    # Signatures are as this Python makes them.
    python = (sys.implementation.cache_tag or "").encode()
    digests = (value.encode() for value in files.values())
    return entry(folder, "automaton", FORM, python, content, *digests)


def load_memory(path: Path) -> Tables | None:
    """Return what was learnt, or None if nothing was."""
    data = kept(path)
    return Tables(**data) if isinstance(data, dict) else None


def store_memory(path: Path, memory: Memory) -> None:
    """Keep what was learnt; of processes that learn at the same time, the last one's is kept."""
    keep(path, memory.as_data())
