"""What can be made again is kept, and believed only when it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.cache import cache_folder, entry, keep, kept


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    path = entry(tmp_path / "cache", "thing", b"made", b"from")
    assert kept(path) is None
    keep(path, {"a": [1, "é", None]})
    assert kept(path) == {"a": [1, "é", None]}


def test_what_is_made_from_other_things_is_another_entry(tmp_path: Path) -> None:
    assert entry(tmp_path, "x", b"ab", b"c") != entry(tmp_path, "x", b"a", b"bc")


@pytest.mark.parametrize("damage", [b"", b"no digest", b"\xff\n[]", b"0" * 64 + b"\n[]"])
def test_a_damaged_entry_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(damage)
    assert kept(path) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    keep(tmp_path / "file" / "x.json", [])


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEI_TOOLKIT_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
