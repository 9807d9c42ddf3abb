"""Making a new edition: a folder that builds at once and explains itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.files import write_atomically

FOLDER_IN_USE = Kind(
    "E102",
    "folder-in-use",
    Severity.ERROR,
    "tei init only fills new or empty folders, so that it never overwrites anything.",
)

_FILES = Path(__file__).resolve().parent / "files"


def make_edition(folder: Path) -> list[Path]:
    """Fill ``folder`` with a small edition and return the files made.

    Raises:
        DiagnosticError: the folder is there and not empty (E102), or is not writable (F006).
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DiagnosticError(
            FOLDER_IN_USE.at(
                Position(str(folder)),
                "this folder is already there and is not empty"
                if folder.is_dir()
                else "there is a file of this name already",
                "Choose another name.",
            )
        )
    made: list[Path] = []
    for template in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        target = folder / template.relative_to(_FILES)
        text = template.read_text(encoding="utf-8").replace("EDITION-TITLE", _title(folder))
        try:
            write_atomically(target, text.encode())
        except DiagnosticError:
            _take_away(made)
            raise
        made.append(target)
    return made


def template_settings() -> dict[str, Any]:
    """Return the settings of a new edition, as they wait to be replaced."""
    return tomllib.loads((_FILES / "edition.toml").read_text(encoding="utf-8"))


def _take_away(files: list[Path]) -> None:
    """Remove the files, so that a second try meets no leavings of the first."""
    for file in files:
        file.unlink(missing_ok=True)


def _title(folder: Path) -> str:
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    title = words[:1].upper() + words[1:]
    return title.replace("\\", "\\\\").replace('"', '\\"')
