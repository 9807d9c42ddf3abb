"""Regular expressions of modules, each compiled when it is first used.

A module is loaded for one of the things it can do; to compile what the others match would take
longer than to check a small file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, AnyStr, cast


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` would, compiled as soon as anything is asked of it."""
    return cast("re.Pattern[AnyStr]", _Expression(partial(re.compile, pattern, flags)))


class _Expression:
    def __init__(self, compiled: Callable[[], object]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever re.Pattern has)
        # Asked once for each name: then it is an attribute of this object.
        value = getattr(self._compiled(), name)
        setattr(self, name, value)
        return value
