"""The house: imports run downwards only."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import toolkit

WRITTEN = frozenset((".py", ".xsl", ".typ", ".js", ".css", ".rnc", ".sch", ".toml", ".md"))
PACKAGE = Path(toolkit.__file__).parent
ROOMS = ("convert", "annotate", "registers", "validate", "publish")
HALL = (
    "cli",
    "pipeline",
    "steps",
    "checking",
    "edition",
    "edition_folder",
    "doubtful_settings",
    "idle_settings",
    "summary",
    "build_record",
    "parallel",
    "catalogue",
    "reviewing",
    "new_edition",
)
GROUND = (
    "tei",
    "dates",
    "beginnings",
    "contained",
    "shapes",
    "expressions",
    "collection",
    "rows",
    "xslt",
    "diagnostics",
    "files",
    "cache",
    "merge_marks",
    "settings",
    "resources",
)


@cache
def imported(file: Path) -> frozenset[str]:
    """Return the first part below ``toolkit`` of each import in the file."""
    return frozenset(imports(file))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "toolkit":
            modules = [f"toolkit.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: imports are absolute"
            modules = [node.module]
        else:
            continue
        for module in modules:
            if module.startswith("toolkit."):
                yield module.split(".")[1]


def files_of(part: str) -> list[Path]:
    folder = PACKAGE / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{part}.py"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_itself_and_the_ground(room: str) -> None:
    for file in files_of(room):
        assert imported(file) <= {room, *GROUND}, file


@pytest.mark.parametrize("part", GROUND)
def test_the_ground_imports_only_the_ground(part: str) -> None:
    for file in files_of(part):
        assert imported(file) <= set(GROUND), file


def test_only_the_door_knows_the_door() -> None:
    for part in (*ROOMS, *HALL[1:], *GROUND):
        for file in files_of(part):
            assert "cli" not in imported(file), file


def test_every_part_of_the_house_has_a_place() -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert parts - {"__init__", "__main__", "__pycache__", "data"} == {*ROOMS, *HALL, *GROUND}


@pytest.mark.parametrize("room", ROOMS)
def test_a_command_loads_no_room_but_its_own(room: str) -> None:
    # Conversion annotates what it has converted.
    own = {room, "annotate"} if room == "convert" else {room}
    assert rooms_loaded_by(room) == own


def test_publishing_an_edition_loads_no_other_room() -> None:
    assert rooms_loaded_by("build") == {"publish"}


def rooms_loaded_by(pipeline: str) -> set[str]:
    code = f"import sys, toolkit.cli, toolkit.pipeline.{pipeline}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    parts = {name.split(".")[1] for name in loaded.stdout.split() if name.startswith("toolkit.")}
    return parts & set(ROOMS)


def test_only_one_file_talks_to_saxon() -> None:
    for file in PACKAGE.rglob("*.py"):
        if file.name != "xslt.py":
            modules = re.findall(r"import\s+saxonche|from\s+saxonche", file.read_text("utf-8"))
            assert not modules, file


def test_no_file_holds_both_sides_of_a_merge(repository: Path) -> None:
    side = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
    for folder in ("toolkit", "xslt", "schemas", "tests", "docs"):
        for file in (repository / folder).rglob("*"):
            if "node_modules" not in file.parts and file.suffix in WRITTEN:
                assert not side.search(file.read_text(encoding="utf-8")), file
