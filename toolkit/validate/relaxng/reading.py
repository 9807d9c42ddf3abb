"""A schema from its files to the tables: the whole way."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import NamedTuple

from toolkit.validate.bearings import Bearings
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.identifiers import Table, identifier_table
from toolkit.validate.relaxng.lowering import compile_schema
from toolkit.validate.relaxng.restrictions import check
from toolkit.validate.relaxng.scopes import Scopes
from toolkit.validate.relaxng.simplify import simplify
from toolkit.validate.relaxng.sources import Sources


class Read(NamedTuple):
    """A schema read: its tables, its identifiers, and the digests of the files it refers to."""

    compiled: Compiled
    identifiers: Table
    conflicts: list[tuple[str, str]]
    files: dict[str, str]


def read_schema(path: Path, content: bytes, bearings: Bearings) -> Read:
    """Return the tables of the schema ``path``, whose content has been read already.

    Raises:
        DiagnosticError: the schema breaks the syntax (V181) or a rule (V182), or refers to a file
            that cannot be used (V183).
    """
    # A schema becomes a hundred thousand small objects without any garbage among them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        sources = Sources(path, content, bearings)
        simple = simplify(Scopes(sources))
        check(simple)
        compiled = compile_schema(simple)
    finally:
        if collecting:
            gc.enable()
    return Read(compiled, *identifier_table(compiled), sources.digests)
