"""What an automaton has learnt outlives the process, and changes no verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validate.relaxng.test_relaxng_violations import LETTER
from toolkit.validate.relaxng import Schema, load_schema

HEAD = "<head><title>T</title><date when='1959-06-18'>d</date><source url='u'/></head>"
PARTS = ("<p kind='plain'>x</p>", "<p>x<hi rend='b'>y</hi></p>", "<verse><l>a</l></verse>")
WRONG = ("<p kind='other'/>", "<frob/>", "text", "<verse/>", "<p><see ref='nobody'/></p>")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "letter.rnc"
    path.write_text(LETTER, encoding="utf-8")
    return path


def letter(*parts: str) -> bytes:
    return f"<letter id='a'>{HEAD}<body>{''.join(parts)}</body></letter>".encode()


def learnt_by(schema: Path, folder: Path, *documents: bytes) -> Schema:
    """Return the schema as a process finds it after others have validated the documents."""
    before = load_schema(schema, folder)
    for document in documents:
        before.validate(document, "before.xml")
    return load_schema(schema, folder)


@given(before=st.sets(st.sampled_from(PARTS)), after=st.lists(st.sampled_from(PARTS + WRONG)))
def test_what_was_learnt_changes_no_verdict(
    schema: Path, tmp_path_factory: pytest.TempPathFactory, before: set[str], after: list[str]
) -> None:
    learnt = learnt_by(schema, tmp_path_factory.mktemp("cache"), letter(*sorted(before)))
    document = letter(*after)
    assert learnt.validate(document, "x") == load_schema(schema).validate(document, "x")


def test_what_was_learnt_is_not_derived_again(schema: Path, tmp_path: Path) -> None:
    document = letter(*PARTS)
    learnt = learnt_by(schema, tmp_path, document)
    assert learnt.validate(document, "x") == ()
    assert not learnt.automaton.memory.has_news()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"null"])
def test_a_damaged_memory_is_made_anew(schema: Path, tmp_path: Path, content: bytes) -> None:
    learnt_by(schema, tmp_path, letter(*PARTS))
    (kept,) = tmp_path.glob("automaton-*")
    whole = kept.read_bytes()
    for damaged in (content, whole[: len(whole) // 2], whole.replace(b"[[", b"[", 1)):
        kept.write_bytes(damaged)
        assert load_schema(schema, tmp_path).validate(letter(*PARTS), "x") == ()
        assert kept.read_bytes() == whole
