"""What takes long to make of registers and documents is made once, and kept while they last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from toolkit.cache import entry, keep, kept
from toolkit.collection import collection_paused
from toolkit.files import digest
from toolkit.rows import as_data, from_data

T = TypeVar("T")


def made_once(
    cache: Path | None,
    name: str,
    made_from: Iterable[str],
    kind: type[T],
    make: Callable[[], T],
) -> T:
    """Return what ``make`` makes of ``made_from``, or what it has made before.

    Args:
        cache: the folder to keep it in; None keeps nothing.
        name: what is made, in the name of the file.
        made_from: all that it depends on.
        kind: its type, which :mod:`toolkit.rows` can turn into data.
        make: makes it.
    """
    if cache is None:
        with collection_paused():
            return make()
    path = entry(
        cache,
        name,
        *(digest(part.encode("utf-8", "surrogateescape")).encode() for part in made_from),
    )
    with suppress(ValueError, TypeError, KeyError, IndexError), collection_paused():
        data = kept(path)
        if data is not None:
            return from_data(data, kind)
    with collection_paused():
        made = make()
        keep(path, as_data(made, kind))
    return made
