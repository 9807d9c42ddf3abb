"""Annotating one TEI file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from toolkit.annotate import Annotation, Registers, annotate, read_registers
from toolkit.diagnostics import DiagnosticError
from toolkit.files import read_bytes, version
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.fingerprint import is_untouched, origin_of, sign
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files


@dataclass(frozen=True)
class AnnotateTask(Task):
    """A TEI file to annotate into ``target``, which may be the file itself."""

    target: Path
    registers: Path


def run_annotate(task: AnnotateTask) -> Report:
    """Annotate one TEI file."""
    return guarded(_annotate, task)


def report_registers(folder: Path) -> Report:
    """Report the faults of the registers themselves."""
    try:
        found = _registers(folder).diagnostics
    except DiagnosticError as error:
        found = error.diagnostics
    return Report(str(folder), diagnostics=found)


def _annotate(task: AnnotateTask) -> Report:
    content = read_bytes(task.source)
    annotation = annotated(content, task.target, task.registers, task.source)
    origin = origin_of(content)
    ours = origin is not None and is_untouched(content)
    result = sign(annotation.content, origin) if ours and origin else annotation.content
    written = write_changed({task.target: result})  # in place unless told otherwise
    found, counts = annotation.diagnostics, annotation.counts
    return Report(str(task.source), (task.target,), written, found, counts)


def annotated(
    content: bytes, target: Path, registers: Path, source: Path | None = None
) -> Annotation:
    """Return what annotation by the registers makes of the TEI that is to lie in ``target``.

    Raises:
        DiagnosticError: the TEI or a register cannot be parsed (X0xx).
    """
    base = Path(os.path.relpath(registers, target.parent)).as_posix()
    document = parse(str(source or target), content)
    return annotate(document, _registers(registers), quote(base))


def _registers(folder: Path) -> Registers:
    files = register_files(folder)
    return _read_registers(folder, tuple((file, version(file)) for file in files))


@lru_cache(maxsize=1)
def _read_registers(
    folder: Path, versions: tuple[tuple[Path, tuple[int, int] | None], ...]
) -> Registers:
    return read_registers([file for file, _version in versions], folder)
