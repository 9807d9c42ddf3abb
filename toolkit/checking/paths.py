"""Files that are named one by one, by folders and by patterns."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.diagnostics import Diagnostic, Position
from toolkit.expressions import expression
from toolkit.files import NOT_FOUND, NOT_READABLE

_WILDCARD = expression(r"[*?\[]")


def expand(paths: Iterable[Path], suffix: str) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files that are meant, each once, and what is wrong with the paths.

    A folder stands for the files of that suffix below it, sorted; hidden files and folders are
    left out, and links to folders not followed, so that no circle of links is walked. A path with
    wildcards that names no file is a pattern, in which ``**`` stands for any number of folders.
    """
    files: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for path in paths:
        for each in _meant(path, suffix, found):
            files.setdefault(os.path.realpath(each), each)
    return list(files.values()), found


def _meant(path: Path, suffix: str, found: list[Diagnostic]) -> Iterator[Path]:
    if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where it may not look)
        yield from _below(path, suffix, found)
    elif os.path.lexists(path) or not _WILDCARD.search(str(path)):
        if _is_device(path):
            found.append(_not_a_file(path))
        else:
            yield path
    else:
        yield from _matching(path, suffix, found)


def _below(folder: Path, suffix: str, found: list[Diagnostic]) -> Iterator[Path]:
    files: list[Path] = []
    troubles = len(found)

    def refused(error: OSError) -> None:
        where = Position(str(error.filename))
        reason = (error.strerror or str(error)).lower()
        found.append(
            NOT_READABLE.at(
                where, f"cannot be read: {reason}", "Check the permissions of the folder."
            )
        )

    for here, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += (
            Path(here, name)
            for name in names
            if name.lower().endswith(suffix) and not name.startswith(".")
        )
    for file in sorted(files):
        if _is_no_file(file):
            found.append(_not_a_file(file))
        else:
            yield file
    if not files and len(found) == troubles:
        message = f"there is no {suffix} file in this folder"
        hint = "Name a file, or another folder."
        found.append(NOT_FOUND.at(Position(str(folder)), message, hint))


def _matching(pattern: Path, suffix: str, found: list[Diagnostic]) -> Iterator[Path]:
    parts = list(pattern.parts)
    first = next(index for index, part in enumerate(parts) if _WILDCARD.search(part))
    while parts[-1] == "**":
        # The files below a folder are what the folder stands for.
        parts.pop()
    base, below = Path(*parts[:first]), "/".join(parts[first:])
    try:
        matches = sorted(base.glob(below)) if below else [base]
    except (ValueError, IndexError):
        matches = []
    visible = [each for each in matches if not _is_hidden(each.relative_to(base))]
    if not visible:
        message = "no file matches this pattern"
        hint = "A pattern is written 'tei/**/*.xml': ** stands for folders, * for part of a name."
        found.append(NOT_FOUND.at(Position(str(pattern)), message, hint))
    for each in visible:
        yield from _meant(each, suffix, found)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_no_file(path: Path) -> bool:
    """Tell whether something else than a file lies there; a link that leads nowhere may be one."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_device(path: Path) -> bool:
    """Tell whether reading might never end. A pipe is read: a shell makes one of ``<(…)``."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode))


def _not_a_file(path: Path) -> Diagnostic:
    return NOT_READABLE.at(
        Position(str(path)),
        "this is a device or the like, not a file",
        "Name a file; standard input is named -.",
    )
