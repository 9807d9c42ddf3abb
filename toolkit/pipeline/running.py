"""Running a step over many files, in parallel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from toolkit import parallel
from toolkit.steps.report import Report
from toolkit.steps.task import Task, crashed

T = TypeVar("T", bound=Task)


class Options(NamedTuple):
    """What holds for a whole run: overwrite edited files, and the number of processes."""

    force: bool = False
    jobs: int | None = None


def run(
    function: Callable[[T], Report],
    tasks: Sequence[T],
    options: Options,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Report]:
    """Yield the report of each task, in order; ``prepare`` loads what all of them need."""
    transforms = any(task.transforms for task in tasks)
    worth = parallel.WITH_SAXON if transforms else parallel.LIGHT
    return parallel.run(
        function,
        tasks,
        jobs=options.jobs,
        on_crash=crashed,
        worth_a_process=worth,
        prepare=prepare,
    )
