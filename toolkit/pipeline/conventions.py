"""The convention profiles there are, and checking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit import convert
from toolkit.convert.conventions import find_convention
from toolkit.diagnostics import DiagnosticError
from toolkit.edition import Edition, place_of
from toolkit.settings import KeyPath
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


def check_settings(
    edition: Edition, check: Callable[[str, Edition], object] = check_conventions
) -> None:
    """Make sure that the settings of an edition name profiles that can be used.

    Args:
        edition: the edition.
        check: what a name has to pass.

    Raises:
        DiagnosticError: there is no such profile, told where it is named (C201), or it has a
            mistake.
    """
    named: list[tuple[KeyPath, str]] = [(("conventions",), edition.conventions)]
    for index, choice in enumerate(edition.documents):
        named.append((("documents", index, "conventions"), choice.conventions))
    for path, name in named:
        try:
            check(name, edition)
        except DiagnosticError as error:
            where = place_of(edition, path)
            raise DiagnosticError(
                *(
                    replace(found, file=where.file, line=where.line, column=where.column)
                    if found.file == name
                    else found
                    for found in error.diagnostics
                )
            ) from None


def find_conventions(name: str, edition: Edition | None) -> None:
    """Make sure there is such a convention profile, whatever is in it.

    Raises:
        DiagnosticError: there is none (C201).
    """
    find_convention(name, _convention_folders(edition))


def _convention_folders(edition: Edition | None) -> tuple[Path, ...]:
    return (edition.root if edition else Path(),)
