"""Validating one TEI file."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.tei.parse import open_file
from toolkit.validate import Context, validate


@dataclass(frozen=True)
class ValidateTask(Task):
    """A TEI file to validate."""

    context: Context


def run_validate(task: ValidateTask) -> Report:
    """Validate one TEI file."""
    return guarded(_validate, task)


def _validate(task: ValidateTask) -> Report:
    found = validate(open_file(task.source), task.context)
    return Report(str(task.source), diagnostics=found)
