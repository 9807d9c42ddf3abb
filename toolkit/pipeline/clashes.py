"""Results that would overwrite each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from toolkit.edition import same_names
from toolkit.pipeline.running import Options, run
from toolkit.steps.report import Report
from toolkit.steps.task import Task

T = TypeVar("T", bound=Task)


def clashes_of(tasks: Sequence[Task], targets: Sequence[Path]) -> list[Report]:
    """Return a report for each task that would overwrite what another writes."""
    sources = [task.source for task in tasks]
    found = same_names(list(zip(sources, targets, strict=True)))
    return [Report(clash.file, diagnostics=(clash,), failed=True) for clash in found]


def run_each_to_its_own(
    function: Callable[[T], Report], tasks: Sequence[T], targets: Sequence[Path], options: Options
) -> Iterator[Report]:
    """Run the tasks but those that would overwrite what another writes; these are reported."""
    clashes = clashes_of(tasks, targets)
    yield from clashes
    refused = {clash.file for clash in clashes}
    yield from run(function, [t for t in tasks if str(t.source) not in refused], options)
