"""The wheel does the main job in an empty environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it into a new environment and return the folder of its commands.

    What the wheel stands on is taken from the environment of the tests.
    """
    folder = tmp_path_factory.mktemp("wheel")
    environment = folder / "environment"
    venv.create(environment)
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    # The backend itself: a frontend would start a second process only to call it.
    ran(["hatchling", "build", "--target", "wheel", "--directory", str(folder)], repository)
    (wheel,) = folder.glob("*.whl")
    # What is imported is compiled then, which is not all.
    into = ["--python", str(commands / "python"), "install", "--no-deps", "--no-compile"]
    ran(["pip", *into, str(wheel)], repository)
    (packages,) = environment.rglob("site-packages")
    # The links of this folder to other places, to the checkout among them, are not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return commands


def ran(module: list[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *module], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_wheel_makes_and_builds_an_edition(installed: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for arguments in (["init", "letters"], ["build", "--edition", "letters"]):
        done = subprocess.run(
            [installed / "tei", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    output = tmp_path / "letters" / "output"
    assert (output / "first-letter.html").is_file()
    assert (output / "first-letter.pdf").read_bytes().startswith(b"%PDF")
