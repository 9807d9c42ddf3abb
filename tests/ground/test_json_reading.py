"""JSON that people may have written: what is no JSON is told at its place."""

from __future__ import annotations

import pytest

from toolkit.diagnostics import DiagnosticError, Kind, Severity, SourceText
from toolkit.diagnostics.json_reading import json_of

KIND = Kind("T001", "a-test", Severity.ERROR, "A kind for this test.")


def test_what_is_json_is_read() -> None:
    assert json_of(SourceText("a.json", '{"a": [1]}'), KIND, "") == {"a": [1]}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('{\n "a": ]', (2, 7), "this is not JSON"),
        ("", (1, 1), "this is not JSON"),
        ("[" * 100_000, (1, 1), "nested too deep"),
        ("9" * 5_000, (1, 1), "a number is too long"),
    ],
)
def test_what_is_no_json_is_told(text: str, place: tuple[int, int], said: str) -> None:
    with pytest.raises(DiagnosticError) as refused:
        json_of(SourceText("a.json", text), KIND, "Mend it.")
    (found,) = refused.value.diagnostics
    assert (found.code, found.line, found.column) == ("T001", *place)
    assert said in found.message
