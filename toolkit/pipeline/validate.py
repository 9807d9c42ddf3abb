"""Validating TEI files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cache import cache_folder
from toolkit.diagnostics import Diagnostic, Position
from toolkit.files import NOT_FOUND
from toolkit.pipeline.running import Options, run
from toolkit.steps.report import Report
from toolkit.steps.validate import ValidateTask, run_validate
from toolkit.validate import Context

if TYPE_CHECKING:
    from toolkit.edition import Edition


def validate_files(files: Sequence[Path], context: Context, options: Options) -> Iterator[Report]:
    """Validate TEI files."""
    return run(run_validate, [ValidateTask(file, context) for file in files], options)


def expand(paths: Iterable[Path], suffix: str) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files named, folders replaced by the files of that suffix below them."""
    files: list[Path] = []
    missing: list[Diagnostic] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        below = sorted(file for file in path.rglob(f"*{suffix}") if file.is_file())
        files += below
        if not below:
            hint = "Name a file, or another folder."
            message = f"there is no {suffix} file in this folder"
            missing.append(NOT_FOUND.at(Position(str(path)), message, hint))
    return files, missing


def validation_context(
    edition: Edition | None,
    schema: Path | None = None,
    *,
    schematron: bool = True,
    references: bool = True,
    cache: bool = True,
) -> Context:
    """Return what the documents of the edition, or of none, are validated against.

    Args:
        edition: the edition.
        schema: a RELAX NG schema to use instead of the edition's.
        schematron: whether to check Schematron rules.
        references: whether to follow pointers.
        cache: whether to use and fill the cache folder.
    """
    found = Context(
        schema=schema,
        schematron=schematron,
        references=references,
        cache=cache_folder() if cache else None,
    )
    if edition is None:
        return found
    return replace(
        found,
        schema=schema or edition.schema,
        root=edition.root,
        registers=edition.register_files(),
    )
