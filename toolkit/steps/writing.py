"""Writing what a step made: only what changed, and never over its source."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.files import write_atomically

SOURCE_IN_THE_WAY = Kind(
    "E103",
    "source-in-the-way",
    Severity.ERROR,
    "The result would overwrite the file it is made from.",
)


def write_changed(files: Mapping[Path, bytes], source: Path | None = None) -> tuple[Path, ...]:
    """Write the files whose content is not there yet, and return them; never over ``source``."""
    written = []
    for path, content in files.items():
        if path.is_file() and path.read_bytes() == content:
            continue
        if source is not None and path.resolve() == source.resolve():
            raise DiagnosticError(
                SOURCE_IN_THE_WAY.at(
                    Position(str(path)),
                    "the result would overwrite the file it is made from",
                    "Name another folder with --output.",
                )
            )
        write_atomically(path, content)
        written.append(path)
    return tuple(written)
