from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.tei.fingerprint import Origin, is_untouched, origin_of, sign, unsigned

ORIGIN = Origin("1848-letter.txt", "sha256:1", "default")
TEI = b'<?xml version="1.0" encoding="UTF-8"?>\n<TEI>\n  <p>a</p>\n</TEI>\n'


def test_a_signed_file_is_untouched_until_one_character_changes() -> None:
    signed = sign(TEI, ORIGIN)
    assert is_untouched(signed)
    assert not is_untouched(signed.replace(b"<p>a", b"<p>b"))
    assert not is_untouched(signed + b"\n")


def test_a_file_without_the_instruction_belongs_to_its_editor() -> None:
    assert not is_untouched(TEI)
    assert origin_of(TEI) is None


def test_line_ends_of_another_system_are_not_an_edit() -> None:
    assert is_untouched(sign(TEI, ORIGIN).replace(b"\n", b"\r\n"))


def test_signing_again_replaces_the_instruction() -> None:
    other = Origin("x.txt", "sha256:2", "wilson-center")
    assert sign(sign(TEI, ORIGIN), other) == sign(TEI, other)
    assert unsigned(sign(TEI, ORIGIN)) == TEI


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), min_size=1))
def test_any_file_name_is_kept(name: str) -> None:
    signed = sign(TEI, Origin(name, "d", "c"))
    assert is_untouched(signed)
    found = origin_of(signed)
    assert found is not None
    assert found.source == name
