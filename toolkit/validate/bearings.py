"""Where a schema comes from, and where the files are found that it refers to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Located(NamedTuple):
    """A file, and the address that references in it start from if that is not the file's own."""

    path: Path
    base: str = ""


def _nowhere(_address: str) -> Located | None:
    return None


class Bearings(NamedTuple):
    """Where a schema comes from, and where the files are found that it refers to.

    Attributes:
        base: the address that references in the main file start from; "" for the file's own.
        locate: returns the file of an absolute address, or None: then the address itself holds.
        key: differs wherever ``locate`` finds other files.
    """

    base: str = ""
    locate: Callable[[str], Located | None] = _nowhere
    key: bytes = b""
