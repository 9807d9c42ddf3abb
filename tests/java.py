"""Java programs that judge what the toolkit makes: they run once and briefly."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

# The quick compiler and the plain collector take a third of the time in a run of a few seconds;
# code of the quick compiler needs more of the stack.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")


def java_program(archive: Path) -> list[str]:
    """Return the command that starts ``archive``, or skip the test where Java is not there."""
    return [*_java(), "-jar", str(archive)]


def java_source(archive: Path, source: Path) -> list[str]:
    """Return the command that runs ``source``, which uses ``archive``, as Java does from 11 on."""
    return [*_java(), "-cp", str(archive), str(source)]


def _java() -> list[str]:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed")
    return [java, *_QUICK]


def archive_in(package: str, name: str) -> Path:
    """Return an archive that a Python package carries, or skip the test where it is not there."""
    found = find_spec(package)
    if found is None or found.origin is None:
        pytest.skip(f"the package {package} is not installed")
    return Path(found.origin).with_name(name)
