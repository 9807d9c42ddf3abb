from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.hall.tasks import LOADED, crashed, die_on_three, double, how_much_is_loaded
from toolkit.parallel import run
from toolkit.steps.task import Task
from toolkit.steps.validate import ValidateTask
from toolkit.validate import Context


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_results_come_in_the_order_of_the_tasks(jobs: int | None) -> None:
    assert list(run(double, range(8), jobs=jobs, on_crash=crashed)) == list(range(0, 16, 2))


def test_no_tasks_give_no_results() -> None:
    assert list(run(double, [], jobs=4, on_crash=crashed)) == []


def test_a_process_that_dies_takes_only_its_own_task_with_it() -> None:
    assert list(run(die_on_three, range(6), jobs=2, on_crash=crashed)) == [0, 1, 2, -3, 4, 5]


def test_a_process_with_threads_is_not_copied() -> None:
    LOADED.append("by the main process")
    ends = threading.Event()
    thread = threading.Thread(target=ends.wait)
    thread.start()
    try:
        found = list(run(how_much_is_loaded, range(2), jobs=2, on_crash=crashed))
    finally:
        ends.set()
        thread.join()
        LOADED.clear()
    assert found == [0, 0]


SCRIPT = """
import sys
from toolkit import parallel
loaded = []
def how_much_is_loaded(_number):
    return len(loaded)
if __name__ == "__main__":
    loaded.append("by the main process")
    if "with Saxon" in sys.argv:
        import saxonche
        processor = saxonche.PySaxonProcessor(license=False)
    print(*parallel.run(how_much_is_loaded, [1, 2], jobs=2, on_crash=abs))
"""


@pytest.mark.parametrize(("argument", "found"), [("with Saxon", "0 0"), ("without", "1 1")])
def test_a_process_is_copied_on_linux_unless_saxon_is_loaded(
    argument: str, found: str, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, argument], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == (found if sys.platform == "linux" else "0 0")


def test_a_step_says_whether_it_needs_saxon() -> None:
    steps = (
        Task(Path("a.xml")),
        ValidateTask(Path("a.xml"), Context()),
        ValidateTask(Path("a.xml"), Context(schematron=False)),
    )
    assert [step.transforms for step in steps] == [False, True, False]
