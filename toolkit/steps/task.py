"""Something to do with one file, and what becomes of it when the toolkit itself fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.steps.report import Report

INTERNAL_ERROR = Kind(
    "E901",
    "internal-error",
    Severity.ERROR,
    "The toolkit itself failed on this document. The other documents are not concerned.",
)


@dataclass(frozen=True)
class Task:
    """Something to do with the file ``source``."""

    source: Path

    @property
    def transforms(self) -> bool:
        """Whether stylesheets are needed for it: to load Saxon takes as long as many documents."""
        return False


T = TypeVar("T", bound=Task)


def guarded(step: Callable[[T], Report], task: T) -> Report:
    """Return what ``step`` reports, or that it failed: one bad document never stops a batch."""
    try:
        return step(task)
    except DiagnosticError as error:
        return Report(str(task.source), diagnostics=error.diagnostics, failed=True)
    except Exception as error:
        if os.environ.get("TEI_DEBUG"):
            raise
        return _failed(task, f"{type(error).__name__}: {error}")


def crashed(task: Task) -> Report:
    """Return the report for a task whose process died."""
    return _failed(task, "the process that worked on this document died")


def _failed(task: Task, reason: str) -> Report:
    found = INTERNAL_ERROR.at(
        Position(str(task.source)),
        f"the toolkit failed on this document: {reason}",
        "Please report this with the document and what the command prints when the environment "
        "variable TEI_DEBUG is set.",
    )
    return Report(str(task.source), diagnostics=(found,), failed=True)
