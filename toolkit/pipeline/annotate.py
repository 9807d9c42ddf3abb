"""Annotating TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.edition import Edition
from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options
from toolkit.steps.annotate import (
    AnnotateTask,
    NameSources,
    RemoveTask,
    report_registers,
    run_annotate,
    run_remove,
)
from toolkit.steps.report import Report
from toolkit.tei.fingerprint import is_untouched


def name_sources(edition: Edition) -> NameSources:
    """Return where the names of an edition are known from.

    Unless its settings name files, it learns from the TEI files that editors have touched.
    """
    learn = edition.taught
    if learn is None:
        learn = tuple(file for file in edition.tei_files() if not _is_toolkits(file))
    return NameSources(edition.registers, learn, edition.surnames)


def names_known(registers: Path, learn: Sequence[Path], edition: Edition | None) -> NameSources:
    """Return where names are known from: these registers, and files or folders to learn from."""
    known = name_sources(edition) if edition else NameSources(registers)
    taught = [file for path in learn for file in (sorted(path.rglob("*.xml")) or [path])]
    return replace(known, registers=registers, learn=(*known.learn, *taught))


def _is_toolkits(file: Path) -> bool:
    try:
        return is_untouched(file.read_bytes())
    except OSError:
        return True  # the step that reads it says why it cannot be read


def annotate_files(
    files: Sequence[Path], names: NameSources, output: Path | None, options: Options
) -> Iterator[Report]:
    """Annotate TEI files, in place unless an output folder is given."""
    tasks = [AnnotateTask(file, output / file.name if output else file, names) for file in files]
    yield report_registers(names)
    targets = [task.target for task in tasks]
    yield from run_each_to_its_own(run_annotate, tasks, targets, options)


def remove_annotation(
    files: Sequence[Path], output: Path | None, options: Options
) -> Iterator[Report]:
    """Take away what annotation added to TEI files, in place unless an output folder is given."""
    tasks = [RemoveTask(file, output / file.name if output else file) for file in files]
    targets = [task.target for task in tasks]
    yield from run_each_to_its_own(run_remove, tasks, targets, options)
