"""With how many examples a law is tried."""

from __future__ import annotations

import os

_TIMES = 10 if os.environ.get("TEI_TOOLKIT_TESTS") == "thorough" else 1


def examples(usual: int) -> int:
    """Return ``usual``, or ten times as many where tests are to be thorough.

    Each run tries other examples. ``TEI_TOOLKIT_TESTS=thorough`` in the environment asks for more,
    after a change of what a law is about.
    """
    return _TIMES * usual
