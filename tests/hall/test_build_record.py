from __future__ import annotations

from pathlib import Path

from toolkit.build_record import BuildRecord, read_record, write_record
from toolkit.diagnostics import Kind, Position, Severity

KIND = Kind("T002", "test", Severity.WARNING, "A finding of the tests.")


def recorded(folder: Path) -> BuildRecord:
    (folder / "page.html").write_text("page")
    record = BuildRecord(folder)
    found = [KIND.at(Position("a.xml"), "odd", "Mend it.")]
    record.note("publish a", "inputs", [folder / "page.html"], found)
    return record


def test_a_record_is_read_back_as_written(tmp_path: Path) -> None:
    record = recorded(tmp_path)
    write_record(record, tmp_path)
    assert read_record(tmp_path, tmp_path) == record


def test_a_step_is_fresh_while_inputs_and_outputs_are_the_same(tmp_path: Path) -> None:
    record = recorded(tmp_path)
    assert record.fresh("publish a", "inputs") is not None
    assert record.fresh("publish a", "other inputs") is None
    assert record.fresh("publish b", "inputs") is None


def test_a_changed_or_missing_output_is_made_again(tmp_path: Path) -> None:
    record = recorded(tmp_path)
    (tmp_path / "page.html").write_text("changed")
    assert record.fresh("publish a", "inputs") is None
    (tmp_path / "page.html").unlink()
    assert record.fresh("publish a", "inputs") is None


def test_a_damaged_record_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / ".tei-build.json").write_text('{"a": 1}')
    assert read_record(tmp_path, tmp_path).steps == {}
    (tmp_path / ".tei-build.json").write_text("{")
    assert read_record(tmp_path, tmp_path).steps == {}
