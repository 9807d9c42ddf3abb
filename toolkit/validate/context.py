"""What a document is validated against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.diagnostics.used_schema import Origin
from toolkit.validate.addresses import NOWHERE, Addresses
from toolkit.validate.bundled import default_schema

BUNDLED_SCHEMA = default_schema().grammar
BUNDLED_RULES = default_schema().rules


@dataclass(frozen=True)
class Context:
    """The edition a document belongs to.

    Attributes:
        schema: a RELAX NG schema, in XML or compact syntax, that all documents are validated
            against; None for the one that each names itself, or that comes with the toolkit.
        origin: who chose ``schema``.
        root: the folder of the edition: pointers into files below it are followed. None if there
            is none: then only pointers within the document are.
        registers: the edition's register files.
        documents: the folder of the edition's documents; None if there is no edition.
        awaited: the ids of entries that names may mean which wait for an editor.
        rules: Schematron schemas to validate against besides the rules of the toolkit and those
            that belong to the schema.
        phase: the phase of the rules to check, by its id or ``#ALL``: of those that are not the
            toolkit's own and of which the document asks for no other. "" for what each proposes.
        schematron: whether rules are checked at all.
        references: whether pointers are followed.
        addresses: where schemas are looked for that are named by an address.
        cache: a folder in which what was made from schemas and rules is kept for other processes.
    """

    schema: Path | None = None
    origin: Origin = Origin.OPTION
    root: Path | None = None
    registers: tuple[Path, ...] = ()
    documents: Path | None = None
    awaited: frozenset[str] = frozenset()
    rules: tuple[Path, ...] = ()
    phase: str = ""
    schematron: bool = True
    references: bool = True
    addresses: Addresses = NOWHERE
    cache: Path | None = None

    @cached_property
    def register_files(self) -> tuple[Path, ...]:
        """The register files as absolute paths, sorted."""
        return tuple(sorted({path.resolve() for path in self.registers}))
