"""Checking one convention profile."""

from __future__ import annotations

from toolkit import convert
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded


def run_check_profile(task: Task) -> Report:
    """Check one convention profile."""
    return guarded(lambda each: Report(str(each.source), (), (), convert.check(each.source)), task)
