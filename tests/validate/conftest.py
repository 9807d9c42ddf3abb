"""What the tests of validation share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.letter import Edition, Findings
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import parse
from toolkit.validate import Context, validate


@pytest.fixture(scope="session")
def findings() -> Findings:
    """Return a function that validates an XML text and returns the findings, parse errors too."""

    def run(
        text: str, context: Context | None = None, file: str = "letter.xml"
    ) -> tuple[Diagnostic, ...]:
        try:
            return validate(parse(file, text.encode()), context or Context())
        except DiagnosticError as error:
            return error.diagnostics

    return run


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return a function that writes the files of an edition and returns its context."""

    def make(files: dict[str, str]) -> Context:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        registers = tuple(tmp_path / name for name in files if name.startswith("registers/"))
        return Context(root=tmp_path, registers=registers)

    return make
