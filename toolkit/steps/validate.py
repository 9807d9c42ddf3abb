"""Validating one TEI file."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.files import checked
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.tei.parse import ParsedDocument, open_file
from toolkit.validate import Context, choice, validate


@dataclass(frozen=True)
class ValidateTask(Task):
    """A TEI file to validate; with ``content``, that content is validated instead of the file's."""

    context: Context
    content: bytes | None = None

    @property
    def transforms(self) -> bool:
        """Whether stylesheets are needed for it: rules are made into one."""
        return self.context.schematron


def run_validate(task: ValidateTask) -> Report:
    """Validate one TEI file."""
    return guarded(_validate, task)


def _validate(task: ValidateTask) -> Report:
    document = (
        open_file(task.source)
        if task.content is None
        else ParsedDocument(str(task.source), checked(task.source, task.content))
    )
    found = validate(document, task.context)
    used = choice(document, task.context).used
    return Report(str(task.source), diagnostics=found, schemas=used)
