"""What one step did to one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic
from toolkit.diagnostics.used_schema import UsedSchema

if TYPE_CHECKING:
    from toolkit.annotate import OpenName


@dataclass(frozen=True)
class Report:
    """What one step did to one document: the files it makes, and those it had to write for that.

    ``schemas`` are those that the document was checked against; ``open_names`` wait for an editor,
    None if the step looked for none.
    """

    file: str
    outputs: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    text: str = ""
    content: bytes = b""
    failed: bool = False
    schemas: tuple[UsedSchema, ...] = ()
    open_names: tuple[OpenName, ...] | None = None
