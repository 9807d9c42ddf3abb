"""The convention profiles there are, and checking them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit import convert
from toolkit.edition import Edition
from toolkit.steps.check_profile import run_check_profile
from toolkit.steps.report import Report
from toolkit.steps.task import Task


def list_conventions(edition: Edition | None) -> list[tuple[str, str, str]]:
    """Return name, title and description of each convention profile there is."""
    return convert.list_conventions(_convention_folders(edition))


def describe_conventions(name: str, edition: Edition | None) -> str:
    """Return a page of text about a convention profile.

    Raises:
        DiagnosticError: there is none of that name, or it has a mistake.
    """
    return convert.describe(convert.load_convention(name, _convention_folders(edition)))


def check_profiles(files: Sequence[Path]) -> Iterator[Report]:
    """Check convention profiles and run their examples."""
    return map(run_check_profile, (Task(file) for file in files))


def check_conventions(name: str, edition: Edition | None) -> None:
    """Make sure there is such a convention profile before any file is touched.

    Raises:
        DiagnosticError: there is none, or it has a mistake.
    """
    convert.load_convention(name, _convention_folders(edition))


def _convention_folders(edition: Edition | None) -> tuple[Path, ...]:
    return (edition.root if edition else Path(),)
