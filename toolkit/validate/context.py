"""What a document is validated against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.resources import SCHEMAS

BUNDLED_SCHEMA = SCHEMAS / "relaxng" / "tei-edition.rng"
BUNDLED_RULES = SCHEMAS / "schematron" / "grammar" / "tei.sch"


@dataclass(frozen=True)
class Context:
    """The edition a document belongs to.

    Attributes:
        schema: a RELAX NG schema, in XML or compact syntax; None for the schema that comes with
            the toolkit.
        root: the folder of the edition: pointers into files below it are followed. None if there
            is none: then only pointers within the document are.
        registers: the edition's register files.
        rules: Schematron schemas to validate against besides the rules of the toolkit and those
            that belong to the schema.
        schematron: whether rules are checked at all.
        references: whether pointers are followed.
        cache: a folder in which what was made from schemas and rules is kept for other processes.
    """

    schema: Path | None = None
    root: Path | None = None
    registers: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    schematron: bool = True
    references: bool = True
    cache: Path | None = None

    @property
    def schema_file(self) -> Path:
        """The schema to use."""
        return self.schema or BUNDLED_SCHEMA

    @cached_property
    def register_files(self) -> tuple[Path, ...]:
        """The register files as absolute paths, sorted."""
        return tuple(sorted({path.resolve() for path in self.registers}))

    @cached_property
    def rule_files(self) -> tuple[Path, ...]:
        """The files that hold Schematron rules: those of the schema, and ``rules``.

        The rules of a schema are embedded in it, if it is XML.
        """
        if self.schema is None:
            return (BUNDLED_RULES, *self.rules)
        embedding = self.schema.suffix.lower() != ".rnc"
        return (*((self.schema,) if embedding else ()), *self.rules)
