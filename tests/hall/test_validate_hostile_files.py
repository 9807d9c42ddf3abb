"""Files that are broken, or made to do harm: one finding each, and the rest is checked."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hall.conftest import Run
from tests.letter import LETTER

PROGRAM = [sys.executable, "-c", "from toolkit.cli import main; main()", "validate"]
NESTED = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))


def declaring(declarations: str, text: str) -> str:
    """Return the letter with a document type declaration in its line 2, and a text in line 33."""
    head, start, rest = LETTER.replace("thank", text).partition("<TEI")
    return f"{head}<!DOCTYPE TEI {declarations}>\n{start}{rest}"


# What the file holds; the code, line and column of the one finding on it, or None.
FILES: dict[str, tuple[str | bytes, tuple[str, int, int] | None]] = {
    "bad-tag.xml": (LETTER.replace("<p>thank", "<p>thank<p>"), ("X001", 35, 7)),
    "binary.xml": (bytes(range(256)), ("X001", 1, 1)),
    "blank.xml": (" \n", ("F003", 1, 1)),
    "bomb-in-attribute.xml": (
        declaring(f'[<!ENTITY e0 "ha">{NESTED}]', 'thank <hi n="&e11;">you</hi>'),
        ("X002", 33, 25),
    ),
    "bomb-quadratic.xml": (
        declaring(f'[<!ENTITY q "{"q" * 100_000}">]', "thank " + "&q;" * 10_000),
        ("X002", 33, 18),
    ),
    "bomb.xml": (declaring(f'[<!ENTITY e0 "ha">{NESTED}]', "thank &e11;"), ("X002", 33, 18)),
    "control.xml": (LETTER.replace("thank", "th\x01ank"), ("X001", 32, 14)),
    "deep.xml": (
        LETTER.replace("thank", "<hi>" * 100_000 + "x" + "</hi>" * 100_000),
        ("X003", 32, 1019),
    ),
    "dtd-missing.xml": (declaring('SYSTEM "absent.dtd"', "thank"), ("V120", 2, 1)),
    "dtd-remote.xml": (declaring('SYSTEM "http://localhost:9/t.dtd"', "thank"), ("V120", 2, 1)),
    "entity-external.xml": (
        declaring('[<!ENTITY e SYSTEM "good.xml">]', "thank &e;"),
        ("X002", 2, 16),
    ),
    "entity-internal.xml": (
        declaring('[<!ENTITY who "<hi>Anna</hi>"><!ENTITY v "of &who;">]', "thank &v;"),
        None,
    ),
    "entity-internal-wrong.xml": (
        declaring('[<!ENTITY who "Anna">]', "thank &who; <bogus/>"),
        ("V101", 33, 24),
    ),
    "entity-unknown.xml": (declaring('SYSTEM "absent.dtd"', "caf&eacute;"), ("X001", 33, 15)),
    "good.xml": (LETTER, None),
    "huge-attribute.xml": (
        LETTER.replace("<p>thank", f'<p n="{"x" * 1_000_000}" bogus="1">thank'),
        ("V106", 32, 1_000_017),
    ),
    "nothing.xml": ("", ("F003", 1, 1)),
    "null.xml": (LETTER.replace("thank", "th\0ank"), ("X001", 32, 14)),
    "utf-16.xml": (LETTER.replace("UTF-8", "UTF-16").encode("utf-16"), None),
    "utf-16-only-said.xml": (LETTER.replace("UTF-8", "UTF-16"), ("X004", 1, 1)),
    "utf-8-only-said.xml": (LETTER.replace("thank", "thänk").encode("latin-1"), ("X001", 32, 14)),
    "unknown-encoding.xml": (LETTER.replace("UTF-8", "klingon"), ("X004", 1, 1)),
}
EXPECTED = {name: place for name, (_, place) in FILES.items() if place}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a folder with the files, a folder that is named like one, and links in a circle."""
    for name, (content, _) in FILES.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.xml").mkdir()
    (tmp_path / "folder.xml" / "in.xml").write_text(LETTER)
    (tmp_path / "link.xml").symlink_to("link.xml")
    (tmp_path / "up").symlink_to("..")
    return tmp_path


def test_each_file_gives_one_finding_at_its_place_and_the_rest_is_checked(
    tei: Run, hostile: Path
) -> None:
    arguments = ("validate", str(hostile), "--no-schematron", "--format", "json", "--jobs")
    code, out, _ = tei(*arguments, 1)
    assert code == 1
    found: dict[str, list[tuple[str, int, int]]] = {}
    for each in json.loads(out):
        place = each["code"], each["line"], each["column"]
        found.setdefault(Path(each["file"]).name, []).append(place)
        assert each["hint"]
    assert found == {"link.xml": [("F002", 1, 1)]} | {
        name: [place] for name, place in EXPECTED.items()
    }
    assert tei(*arguments, 2)[1] == out


def running(folder: Path, repository: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(repository), "PYTHONUNBUFFERED": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_reader_that_goes_away_is_no_failure_of_the_command(
    tmp_path: Path, repository: Path
) -> None:
    text = LETTER.replace("thank", "<bogus/>" * 2_000)
    (tmp_path / "a.xml").write_text(text)
    process = running(tmp_path, repository, "a.xml", "--no-schematron")
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline().startswith(b"a.xml:32:12: error V101")
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 1


def opened_by_a_reader(pipe: Path) -> int:
    """Return a descriptor to write to the pipe, once someone reads from it."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_the_command_cleanly(tmp_path: Path, repository: Path, jobs: str) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    (tmp_path / "good.xml").write_text(LETTER)
    process = running(tmp_path, repository, "good.xml", "pipe.xml", "--jobs", jobs)
    pipe = opened_by_a_reader(tmp_path / "pipe.xml")
    process.send_signal(signal.SIGINT)
    # A process that reads finishes its file.
    os.close(pipe)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.startswith(b"\nInterrupted.")
    assert err.count(b"\n") == 2
