"""Tasks for processes, which load this file and so nothing that takes long."""

from __future__ import annotations

import os

LOADED: list[str] = []


def double(number: int) -> int:
    return 2 * number


def die_on_three(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


def crashed(number: int) -> int:
    return -number


def how_much_is_loaded(_number: int) -> int:
    return len(LOADED)
