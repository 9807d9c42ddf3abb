"""Running one function over many tasks, in processes, with results in the order of the tasks."""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

# What runs processes takes as long to load as a small file to check, so it is loaded when needed.

Task = TypeVar("Task")
Result = TypeVar("Result")

LIGHT = 6
"""So many tasks take as long as a process to start and to load its libraries."""

WITH_SAXON = 16
"""So many take as long as one that loads Saxon too, and compiles stylesheets."""


def run(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    jobs: int | None,
    on_crash: Callable[[Task], Result],
    worth_a_process: int = LIGHT,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """Yield ``function(task)`` for each task, in order, whatever number of processes does the work.

    ``jobs`` is the number of processes, or None to let the number of tasks and processors decide:
    then there is one more for every ``worth_a_process`` tasks.
    ``prepare`` loads what all tasks need, where processes begin as copies of this one.

    With more than one process, a task whose process dies (not one that raises) yields
    ``on_crash(task)``; the others go on.
    """
    processes = min(jobs or _sensible_number(len(tasks), worth_a_process), max(len(tasks), 1))
    if processes == 1:
        yield from map(function, tasks)
        return
    done = 0
    while done < len(tasks):
        if _may_be_copied():
            prepare()
        for result in _until_a_crash(function, tasks[done:], processes):
            done += 1
            yield result
        if done < len(tasks):
            # One dead process breaks the pool for all. The first task without a result is tried
            # alone: either it was the culprit, or the culprit comes soon after it.
            yield _alone(function, tasks[done], on_crash)
            done += 1


def _until_a_crash(
    function: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Iterator[Result]:
    """Yield results in order; end early if a process dies."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(processes)
    try:
        futures = deque(pool.submit(function, task) for task in tasks)
        while futures:
            try:
                result = futures.popleft().result()
            except BrokenProcessPool:
                return
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(
    function: Callable[[Task], Result], task: Task, on_crash: Callable[[Task], Result]
) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            return pool.submit(function, task).result()
        except BrokenProcessPool:
            return on_crash(task)


def _pool(processes: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if _may_be_copied() else "spawn")
    return ProcessPoolExecutor(
        processes, mp_context=context, initializer=_begin, initargs=gc.get_threshold()
    )


def _may_be_copied() -> bool:
    """Tell whether a copy of this process would work; it would begin at once, with all it loaded.

    Threads other than the one that copies are not copied, but what they were in the midst of is:
    there may be none, and Saxon, which has its own, may not be loaded. Only Linux tells of all.
    """
    if "saxonche" in sys.modules:
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 (names are not needed)
    except OSError:
        return False


def _begin(*objects_before_collection: int) -> None:
    """Begin as a process of the pool: it collects garbage as often as the main process does.

    Ctrl-C is left to the main process: what is being written is finished, nothing more begun.
    """
    gc.set_threshold(*objects_before_collection)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _sensible_number(tasks: int, worth_a_process: int) -> int:
    return max(1, min(os.cpu_count() or 1, math.ceil(tasks / worth_a_process)))
