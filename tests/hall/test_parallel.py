from __future__ import annotations

import os

import pytest

from toolkit.parallel import run


def double(number: int) -> int:
    return 2 * number


def die_on_three(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


def crashed(number: int) -> int:
    return -number


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_results_come_in_the_order_of_the_tasks(jobs: int | None) -> None:
    assert list(run(double, range(8), jobs=jobs, on_crash=crashed)) == list(range(0, 16, 2))


def test_no_tasks_give_no_results() -> None:
    assert list(run(double, [], jobs=4, on_crash=crashed)) == []


def test_a_process_that_dies_takes_only_its_own_task_with_it() -> None:
    assert list(run(die_on_three, range(6), jobs=2, on_crash=crashed)) == [0, 1, 2, -3, 4, 5]
