"""Running one function over many tasks, in processes, with results in the order of the tasks."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Starting a process and loading its libraries takes as long as a few documents.
_TASKS_WORTH_A_PROCESS = 6


def run(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    jobs: int | None,
    on_crash: Callable[[Task], Result],
) -> Iterator[Result]:
    """Yield ``function(task)`` for each task, in order, whatever number of processes does the work.

    ``jobs`` is the number of processes, or None to let the number of tasks and processors decide.
    A task whose process dies (not one that raises) yields ``on_crash(task)``; the others go on.
    """
    processes = min(jobs or _sensible_number(len(tasks)), max(len(tasks), 1))
    if processes == 1:
        yield from map(function, tasks)
        return
    pool = _pool(processes)
    try:
        futures = [pool.submit(function, task) for task in tasks]
        for task, future in zip(tasks, futures, strict=True):
            yield _result(function, task, future, on_crash)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(
    function: Callable[[Task], Result],
    task: Task,
    future: Future[Result],
    on_crash: Callable[[Task], Result],
) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        # One dead process breaks the pool for all, so each remaining task gets a pool of its own:
        # only the culprit fails again.
        with _pool(1) as pool:
            try:
                return pool.submit(function, task).result()
            except BrokenProcessPool:
                return on_crash(task)


def _pool(processes: int) -> ProcessPoolExecutor:
    # Not fork: a copy of a process in which Saxon runs is not usable.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the main process: what is being written is finished, nothing more begun."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _sensible_number(tasks: int) -> int:
    return max(1, min(os.cpu_count() or 1, math.ceil(tasks / _TASKS_WORTH_A_PROCESS)))
