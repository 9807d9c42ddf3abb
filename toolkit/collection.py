"""The collector of unreachable objects, held back while many objects are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def look_past_what_there_is() -> None:
    """Let the collector no more look through the objects that there are now: they stay."""
    gc.freeze()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Make objects without the collector looking through them over and over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
