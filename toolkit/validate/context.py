"""What a document is validated against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.resources import SCHEMAS

BUNDLED_SCHEMA = SCHEMAS / "relaxng" / "tei-edition.rng"


@dataclass(frozen=True)
class Context:
    """The edition a document belongs to.

    Attributes:
        schema: a RELAX NG schema, in XML or compact syntax; None for the schema that comes with
            the toolkit.
        root: the folder of the edition: pointers into files below it are followed. None if there
            is none: then only pointers within the document are.
        registers: the edition's register files.
    """

    schema: Path | None = None
    root: Path | None = None
    registers: tuple[Path, ...] = ()

    @property
    def schema_file(self) -> Path:
        """The schema to use."""
        return self.schema or BUNDLED_SCHEMA

    @cached_property
    def register_files(self) -> tuple[Path, ...]:
        """The register files as absolute paths, sorted."""
        return tuple(sorted({path.resolve() for path in self.registers}))
