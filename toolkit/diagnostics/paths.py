"""The names of files as build services want them: relative to the top of the checkout."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def from_checkout(file: str) -> str:
    """Return the path of a file as seen from the checkout, with slashes.

    The checkout is the folder that the build service (GitHub, GitLab) names in the environment; on
    a desk it is the current folder. A file that lies elsewhere keeps its absolute path.
    """
    path = Path(os.path.abspath(file))  # noqa: PTH100 (links are names of files too)
    for folder in (*map(os.environ.get, _CHECKOUTS), os.fspath(Path.cwd())):
        if folder and path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return PurePath(path).as_posix()
