"""What the tests of the hall and the door share."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tei(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs ``tei`` with arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tei", *map(str, arguments)])
        before = gc.get_threshold()
        with pytest.raises(SystemExit) as ended:
            main()
        gc.set_threshold(*before)  # the command sets one for a process of its own
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        code = ended.value.code
        assert isinstance(code, int | None)
        return code or 0, out, err

    return run
