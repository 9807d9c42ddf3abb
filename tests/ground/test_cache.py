"""What can be made again is kept, and believed only when it is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit import cache
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


def test_only_the_newest_entries_of_a_kind_stay(tmp_path: Path) -> None:
    other = entry(tmp_path, "other")
    keep(other, 0)
    for number in range(5):
        path = entry(tmp_path, "thing", bytes([number]))
        keep(path, number, most=3)
        os.utime(path, ns=(number, number))
    assert sorted(map(kept, tmp_path.glob("thing-*.json"))) == [2, 3, 4]
    assert kept(other) == 0


def test_a_change_in_the_toolkit_makes_other_entries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = tmp_path / "schemas"
    data.mkdir()
    monkeypatch.setattr(cache, "SCHEMAS", data)
    cache._toolkit.cache_clear()
    try:
        before = entry(tmp_path, "thing")
        (data / "new.json").write_text("{}")
        assert entry(tmp_path, "thing") == before  # a process sees one state
        cache._toolkit.cache_clear()
        assert entry(tmp_path, "thing") != before
    finally:
        cache._toolkit.cache_clear()


def test_an_installed_toolkit_is_known_by_the_record_of_its_contents(tmp_path: Path) -> None:
    folder = tmp_path / "tei_toolkit-1.0.dist-info"
    folder.mkdir()
    lines = ["toolkit/b.py,sha256=1,2", "toolkit/a.py,sha256=3,4", "toolkit/__pycache__/a.pyc,,"]
    (folder / "RECORD").write_text("\n".join([*lines, "tei_toolkit-1.0.dist-info/METADATA,x,1"]))
    assert cache._recorded(tmp_path / "toolkit") == [b"toolkit/a.py,sha256=3,4", lines[0].encode()]
    assert cache._recorded(tmp_path / "elsewhere" / "toolkit") == []
