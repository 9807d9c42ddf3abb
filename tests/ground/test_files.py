from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import files
from toolkit.diagnostics import DiagnosticError, SourceText


def diagnosed(path: Path) -> tuple[str, int, int]:
    with pytest.raises(DiagnosticError) as caught:
        files.read_text(path)
    (found,) = caught.value.diagnostics
    assert found.hint
    return found.code, found.line, found.column


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert diagnosed(tmp_path / "absent.txt") == ("F001", 1, 1)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert diagnosed(tmp_path) == ("F002", 1, 1)


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b" \n\n")
    assert diagnosed(path) == ("F003", 1, 1)


def test_a_binary_file_is_not_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "image.txt"
    path.write_bytes(b"ab\ncd\0ef")
    assert diagnosed(path) == ("F004", 2, 1)


def test_a_wrong_encoding_is_found_at_its_character(tmp_path: Path) -> None:
    path = tmp_path / "latin1.txt"
    path.write_bytes("Größe\nGrüße".encode("latin-1"))
    assert diagnosed(path) == ("F005", 1, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf8_and_marked_utf16_are_read_whole(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("Владивосток\r\n1911".encode(encoding))
    assert files.read_text(path).text.removeprefix("\ufeff") == "Владивосток\r\n1911"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.xml"
    path.write_bytes(b"old")

    def full_disk(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(DiagnosticError) as caught:
        files.write_atomically(path, b"new")
    (found,) = caught.value.diagnostics
    assert found.code == "F006"
    assert "room" in found.hint
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["letter.xml"]


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.xml"
    path.write_bytes(b"old")

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["letter.xml"]


def test_a_folder_that_is_a_file_cannot_be_written_into(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(DiagnosticError) as caught:
        files.write_atomically(tmp_path / "taken" / "letter.xml", b"new")
    assert caught.value.diagnostics[0].code == "F006"


@given(st.text(alphabet=st.sampled_from("ab\r\nж"), max_size=40))
def test_a_position_points_at_its_character(text: str) -> None:
    source = SourceText("f", text)
    for offset, character in enumerate(text):
        where = source.position(offset)
        if character not in "\r\n":
            assert source.line(where.line)[where.column - 1] == character


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_different_contents_have_different_digests(a: list[bytes], b: list[bytes]) -> None:
    assert (files.digest(*a) == files.digest(*b)) == (a == b)
