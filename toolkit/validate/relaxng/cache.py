"""Compiled schemas on disk: plain JSON, keyed by the schema's content and the engine's form.

An entry names every further file the schema was made of by its digest; if one has changed, or
the entry cannot be read, the schema is compiled anew.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.diagnostics import DiagnosticError
from toolkit.files import digest, write_atomically
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.identifiers import Table

if TYPE_CHECKING:
    from toolkit.validate.relaxng.reading import Read

FORM = "2"
"""Changes whenever the tables, or what the engine makes of them, change."""


def entry_path(folder: Path, schema: Path, content: bytes) -> Path:
    """Return the file of a schema's entry.

    The suffix tells the syntax and is part of the key; the folder is so only through the files
    that the schema includes.
    """
    return folder / f"relaxng-{digest(FORM.encode(), schema.suffix.encode(), content)}.json"


def load(entry: Path, schema: Path) -> tuple[Compiled, Table, list[Any]] | None:
    """Return the tables, identifiers and conflicts of an entry; None if there is no good one."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        data = json.loads(entry.read_bytes())
        for name, expected in data["files"].items():
            if digest((schema.parent / name).read_bytes()) != expected:
                return None
        return Compiled(**data["compiled"]), data["identifiers"], data["conflicts"]
    return None


def store(entry: Path, schema: Path, read: Read) -> None:
    """Write an entry. A cache that cannot be written is not an error: it only costs time."""
    files = {os.path.relpath(name, schema.parent): value for name, value in read.files.items()}
    data = {
        "files": files,
        "compiled": asdict(read.compiled),
        "identifiers": read.identifiers,
        "conflicts": read.conflicts,
    }
    with suppress(DiagnosticError):
        write_atomically(entry, json.dumps(data, ensure_ascii=False).encode())
