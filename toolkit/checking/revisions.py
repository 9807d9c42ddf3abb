"""Which files have changed since a revision of a git repository.

Only commands of git's own that read are run, and settings under which git would run a program of
the user's or of the repository's (hooks, file system monitor, filters) are overruled: to look at
files must not run anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from toolkit.checking import WrongUseError

_NO_PROGRAMS = {"core.fsmonitor": "false", "core.hooksPath": os.devnull}
_FILTER = re.compile(r"filter\..*\.(clean|process|required)", re.DOTALL)


def changed_since(revision: str, folder: Path) -> frozenset[Path]:
    """Return the files that have changed since ``revision``, as absolute paths without links.

    These are the files that differ from the commit at which the branch left ``revision`` (the merge
    base), committed or not, and those that git does not know and is not told to ignore. Files
    that were deleted are left out.

    Raises:
        WrongUseError: git is not installed, the folder is in no repository, or there is no such
            revision.
    """
    program = shutil.which("git")
    if program is None:
        raise _error(revision, "git is not installed", "Install git, or name the files.")
    git = _Git(program, folder, revision)
    top = Path(git.run("rev-parse", "--show-toplevel").removesuffix("\n"))
    git = _Git(program, top, revision, git.filters_off())
    # What begins with a hyphen is no option of git's.
    named = ("--verify", "--end-of-options", f"{revision}^{{commit}}")
    commit = git.run("rev-parse", *named).strip()
    base = git.run("merge-base", commit, "HEAD").strip()
    how = ("--name-only", "--no-renames", "--diff-filter=d", "--ignore-submodules=all", "-z")
    changed = git.run("diff-index", *how, base)
    unknown = git.run("ls-files", "--others", "--exclude-standard", "-z")
    found = {Path(os.path.realpath(top / name)) for name in (changed + unknown).split("\0") if name}
    return frozenset(path for path in found if path.exists())


class _Git:
    """Runs git in a folder, with settings overruled."""

    def __init__(
        self, program: str, folder: Path, revision: str, settings: Mapping[str, str] | None = None
    ) -> None:
        self._program = program
        self._folder = folder
        self._revision = revision
        self._environment = _environment({**_NO_PROGRAMS, **(settings or {})})

    def run(self, *arguments: str) -> str:
        """Return what git prints.

        Raises:
            WrongUseError: git fails.
        """
        done = subprocess.run(  # noqa: S603 (the arguments are fixed; the revision is set off)
            [self._program, "--no-pager", *arguments],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            return os.fsdecode(done.stdout)
        said = os.fsdecode(done.stderr).strip().splitlines()
        raise _explained(self._revision, arguments[0], said[0] if said else "")

    def filters_off(self) -> dict[str, str]:
        """Return settings without the filters through which git would compare files."""
        names = self.run("config", "--list", "--name-only", "-z").split("\0")
        filters = (_FILTER.fullmatch(name) for name in names)
        return {f[0]: "false" if f[1] == "required" else "" for f in filters if f}


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with settings added to those that it hands to git already."""
    environment = os.environ | {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    count = environment.get("GIT_CONFIG_COUNT", "")
    number = int(count) if count.isdecimal() else 0
    for key, value in settings.items():
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
        number += 1
    environment["GIT_CONFIG_COUNT"] = str(number)
    return environment


def _explained(revision: str, command: str, said: str) -> WrongUseError:
    if "not a git repository" in said:
        message = "this folder is not in a git repository"
        return _error(revision, message, "Go into the repository, or name the files.")
    if command == "merge-base" and not said:
        message = f"the branch and “{revision}” have no commit in common"
        hint = "A shallow clone lacks it: fetch the whole history (fetch-depth: 0)."
        return _error(revision, message, hint)
    if "HEAD" in said:
        return _error(revision, "the repository has no commit yet", "Commit something first.")
    if "single revision" in said or "unknown revision" in said:
        message = f"there is no revision “{revision}”"
        hint = "Name a branch, a tag or a commit. A build server may have to fetch it first."
        return _error(revision, message, hint)
    return _error(revision, f"git {command} failed: {said}", "Mend that, or name the files.")


def _error(revision: str, message: str, hint: str) -> WrongUseError:
    return WrongUseError(f"--changed-since {revision}: {message}. {hint}")
