"""Validity against a RELAX NG schema: the one place that knows which engine decides.

libxml2 says yes or no. Why not, and where, :mod:`toolkit.validate.grammar` finds out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.grammar.files import (
    NOT_A_SCHEMA,
    RNG,
    SchemaTree,
    read_schema,
    without_groups,
)


@dataclass(frozen=True, eq=False)
class Schema:
    """A schema ready for use: as the engine has it, and as data."""

    file: Path
    tree: SchemaTree
    engine: etree.RelaxNG

    @cached_property
    def engine_for_many_siblings(self) -> etree.RelaxNG:
        """An engine whose time does not grow with the square of the number of siblings.

        libxml2 takes long to make it: it compiles the content models.
        """
        return etree.RelaxNG(without_groups(self.tree.root))


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the engine says of an invalid document; ``line`` may be wrong beyond 65,535."""

    line: int
    message: str


@cache
def load_schema(path: Path) -> Schema:
    """Return the schema ``path`` (RELAX NG, XML syntax), compiled once per process.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), is not well-formed (X001), or is not
            a RELAX NG schema (V190).
    """
    tree = read_schema(path)
    try:
        engine = etree.RelaxNG(tree.root)
    except etree.RelaxNGError as error:
        raise DiagnosticError(_schema_error(tree, error)) from None
    return Schema(path, tree, engine)


def complaints(schema: Schema, document: ParsedDocument) -> tuple[Complaint, ...]:
    """Return what the engine has against ``document``; nothing if it is valid."""
    many = _HAS_MANY_SIBLINGS(document.root)
    engine = schema.engine_for_many_siblings if many else schema.engine
    if engine.validate(document.root.getroottree()):
        return ()
    found = tuple(
        Complaint(entry.line, entry.message) for entry in engine.error_log if entry.message
    )
    return found or (Complaint(1, "the document does not match the schema"),)


# Up to here libxml2 is faster without compiled content models than it is at compiling them.
_MANY = 30_000
_HAS_MANY_SIBLINGS = etree.XPath(f"boolean(//*[*[{_MANY}]])")
_UNDEFINED = re.compile(r"[Rr]eference (\S+) has no matching definition")


def _schema_error(tree: SchemaTree, error: etree.RelaxNGError) -> Diagnostic:
    entries = list(error.error_log)
    message = entries[0].message if entries else str(error)
    line = next((entry.line for entry in entries if entry.line > 0), 1)
    undefined = _UNDEFINED.search(message)
    if undefined:
        line = _line_of_reference(tree, undefined[1])
        message = f"“{undefined[1]}” is referred to but not defined"
    return NOT_A_SCHEMA.at(
        tree.position(line),
        f"the schema breaks the rules of RELAX NG: {' '.join(message.split())}",
        "Mend the schema at the place named, or name another.",
    )


def _line_of_reference(tree: SchemaTree, name: str) -> int:
    for reference in tree.root.iter(f"{RNG}ref", f"{RNG}parentRef"):
        line = reference.sourceline
        if reference.get("name") == name and isinstance(line, int):
            return line
    return 1
