"""Running a step over many files: in parallel, and no result over another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from toolkit import parallel
from toolkit.edition import same_names
from toolkit.steps.report import Report
from toolkit.steps.task import Task, crashed

T = TypeVar("T", bound=Task)


@dataclass(frozen=True)
class Options:
    """What holds for a whole run: overwrite edited files, and the number of processes."""

    force: bool = False
    jobs: int | None = None


def run(function: Callable[[T], Report], tasks: Sequence[T], options: Options) -> Iterator[Report]:
    """Yield the report of each task, in order."""
    return parallel.run(function, tasks, jobs=options.jobs, on_crash=crashed)


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
