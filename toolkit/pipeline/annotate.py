"""Annotating TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options
from toolkit.steps.annotate import AnnotateTask, report_registers, run_annotate
from toolkit.steps.report import Report


def annotate_files(
    files: Sequence[Path], registers: Path, output: Path | None, options: Options
) -> Iterator[Report]:
    """Annotate TEI files, in place unless an output folder is given."""
    tasks = [
        AnnotateTask(file, output / file.name if output else file, registers) for file in files
    ]
    yield report_registers(registers)
    targets = [task.target for task in tasks]
    yield from run_each_to_its_own(run_annotate, tasks, targets, options)
