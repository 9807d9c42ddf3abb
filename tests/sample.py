"""Copies of the sample edition, which this repository is, to build and to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.edition import load_edition
from toolkit.pipeline.build import build_edition
from toolkit.pipeline.running import Options


def copy_of_sample(repository: Path, folder: Path) -> Path:
    """Copy what the sample edition is made from into the folder."""
    for name in ("transcriptions", "tei/registers", "annotation"):
        shutil.copytree(repository / name, folder / name)
    shutil.copy(repository / "edition.toml", folder)
    return folder


def build(folder: Path, *, force: bool = False, jobs: int | None = 1) -> list[Diagnostic]:
    """Build the edition in the folder and return all findings."""
    reports = build_edition(load_edition(folder), Options(force=force, jobs=jobs))
    return [found for report in reports for found in report.diagnostics]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its content."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
