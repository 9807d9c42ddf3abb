"""``tei validate --watch`` validates again when something changes, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO

import pytest

from tests.letter import LETTER

SETTINGS = 'title = "A"\nlanguage = "en"\nschema = "letters.rnc"\n'


class Watching:
    """A running ``tei validate --watch``, whose output is read as it comes."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from toolkit.cli import main; main()", "validate", "--watch"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(repository)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, output: IO[str]) -> None:
        for line in output:
            self._lines.put(line)

    def rest(self) -> str:
        """Return what is printed until the command ends."""
        self._reader.join(timeout=30)
        return "".join(self._lines.queue)

    def round(self) -> str:
        """Return what is printed until the command waits again."""
        lines: list[str] = []
        deadline = time.monotonic() + 60
        while not lines or "Watching" not in lines[-1]:
            try:
                lines.append(self._lines.get(timeout=deadline - time.monotonic()))
            except (Empty, ValueError):
                pytest.fail(f"nothing more is printed after {lines}")
        return "".join(lines)


@pytest.fixture
def watching(tmp_path: Path, repository: Path) -> Iterator[Watching]:
    (tmp_path / "tei").mkdir()
    (tmp_path / "edition.toml").write_text('title = "A"\nlanguage = "en"\n')
    (tmp_path / "tei" / "a.xml").write_text(LETTER, encoding="utf-8")
    found = Watching(tmp_path, repository)
    yield found
    found.process.kill()
    found.process.wait()


def test_it_follows_documents_schema_and_settings_and_ends_by_an_interrupt(
    watching: Watching, tmp_path: Path
) -> None:
    assert "1 file checked; nothing to report." in watching.round()

    (tmp_path / "tei" / "b.xml").write_text(LETTER.replace("<p>thank", "<p><bogus/>thank"))
    assert "tei/b.xml:32:12: error V101" in watching.round()

    (tmp_path / "tei" / "b.xml").unlink()
    assert "1 file checked; nothing to report." in watching.round()

    (tmp_path / "edition.toml").write_text('title = "A"\n')
    assert "edition.toml:1:1: error E003" in watching.round()

    (tmp_path / "letters.rnc").write_text("start = element TEI { text }")
    (tmp_path / "edition.toml").write_text(SETTINGS)
    assert "error V" in watching.round()

    (tmp_path / "letters.rnc").write_text(
        'default namespace = "http://www.tei-c.org/ns/1.0"\nstart = element TEI { any }\n'
        "any = (element * { attribute * { text }*, any } | text)*\n"
    )
    assert "error V" not in watching.round()

    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(timeout=30) == 130
    assert "Interrupted" in (said := watching.rest())
    assert "Traceback" not in said
