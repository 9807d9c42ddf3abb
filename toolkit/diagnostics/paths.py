"""The names of files as build services want them: relative to the top of the checkout."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path, PurePath

_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def from_checkout(file: str) -> str:
    """Return the path of a file as seen from the top of the checkout, with slashes.

    The top is the folder that the build service (GitHub, GitLab) names in the environment, else the
    nearest one at or above the current folder that holds ``.git``, else the current folder. A file
    that lies elsewhere keeps its absolute path.
    """
    path = Path(os.path.abspath(file))  # noqa: PTH100 (links are names of files too)
    for folder in (*map(os.environ.get, _CHECKOUTS), _top(Path.cwd())):
        if folder and path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return PurePath(path).as_posix()


@lru_cache(maxsize=8)
def _top(folder: Path) -> str:
    # In a linked work tree .git is a file.
    above = (each for each in (folder, *folder.parents) if (each / ".git").exists())
    return os.fspath(next(above, folder))
