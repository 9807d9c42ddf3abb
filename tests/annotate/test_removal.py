"""What annotation added can be taken away again: nothing else goes, nothing else stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.annotate.test_annotation import BODIES, PERSONS, TEI, document
from tests.examples import examples
from toolkit.annotate import Registers, annotate, read_registers, remove
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

HEADER = (
    '<correspDesc>\n  <correspAction type="sent">\n    <orgName resp="#toolkit">Ministry of Foreign'
    " Affairs of North Korea</orgName>\n    <date>June 18, 1959</date>\n  </correspAction>\n"
    "</correspDesc>"
)


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{PERSONS}</body></text></TEI>'
    (folder / "r.xml").write_text(text, encoding="utf-8")
    return read_registers(register_files(folder), folder)


def annotated(registers: Registers, content: bytes) -> bytes:
    return annotate(parse("x.xml", content), registers, "reg").content


def removed(content: bytes) -> bytes:
    result = remove(parse("x.xml", content))
    assert result.diagnostics == ()
    return result.content


def without_statement(text: str) -> str:
    return re.sub(r"<respStmt.*?</respStmt>", "", text)


@settings(max_examples=examples(75), deadline=None)
@given(
    st.lists(BODIES, min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_annotating_and_removing_gives_the_file_back(
    registers: Registers, bodies: list[str], stated: bool, with_header: bool, line_end: str
) -> None:
    text = document("".join(f"<p>{body}</p>" for body in bodies), HEADER if with_header else "")
    text = text if stated else without_statement(text)
    content = text.replace("\n", line_end).encode()
    assert removed(annotated(registers, content)) == content


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(BODIES, min_size=2, max_size=3), st.sampled_from(["<p>Ames ", "<p><hi>x</hi>"]))
def test_other_changes_of_an_editor_stay(
    registers: Registers, bodies: list[str], change: str
) -> None:
    content = document("<p>|</p>" + "".join(f"<p>{body}</p>" for body in bodies)).encode()
    edited = annotated(registers, content).replace(b"<p>|", change.encode())
    assert removed(edited) == content.replace(b"<p>|", change.encode())


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=2), st.lists(BODIES, min_size=1, max_size=2))
def test_what_a_second_run_added_goes_too(
    registers: Registers, before: list[str], after: list[str]
) -> None:
    content = document("".join(f"<p>{body}</p>" for body in before)).encode()
    more = "".join(f"<p>{body}</p>" for body in after).encode()
    longer = annotated(registers, content).replace(b"</div>", more + b"</div>")
    assert removed(annotated(registers, longer)) == content.replace(b"</div>", more + b"</div>")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_come_back_byte_for_byte(registers: Registers, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{declared}'?>{document('<p>in Korea, café</p>')}"
    content = without_statement(text).encode(encoding)
    assert annotated(registers, content) != content
    assert removed(annotated(registers, content)) == content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('ref="reg/r.xml#korea"', 'ref="reg/r.xml#york"'),
        ('cert="medium">Korea', 'cert="low">Korea'),
        ('cert="medium">Korea', 'cert="medium" n="1">Korea'),
        ('cert="medium">Korea', 'cert="medium">the Korea'),
    ],
)
def test_a_tag_that_an_editor_has_changed_stays_and_is_told(
    registers: Registers, before: str, after: str
) -> None:
    content = document("<p>Kim Il Sung in Korea</p>").encode()
    edited = annotated(registers, content).decode().replace(before, after)
    assert after in edited
    result = remove(parse("x.xml", edited.encode()))
    text = result.content.decode()
    assert after in text
    assert "<persName" not in text
    assert "tei-annotation" not in text
    assert [(d.code, d.severity.value) for d in result.diagnostics] == [("A012", "note")]
    assert "<placeName" in edited.splitlines()[result.diagnostics[0].line - 1]


def test_a_tag_that_an_editor_has_taken_over_stays_with_what_it_refers_to(
    registers: Registers,
) -> None:
    content = without_statement(document("<p>Kim Il Sung in Korea</p>")).encode()
    edited = annotated(registers, content).replace(b"placeName", b"rs")
    result = remove(parse("x.xml", edited))
    assert b"<rs " in result.content
    assert b'<respStmt xml:id="toolkit">' in result.content
    assert [d.code for d in result.diagnostics] == ["A012"]
    mended = re.sub(rb"</?rs[^>]*>", b"", result.content)
    assert removed(mended) == content


def test_tags_of_editors_are_never_touched(registers: Registers) -> None:
    own = '<p><persName ref="reg/r.xml#ann" resp="#toolkit" cert="high">Ann Ames</persName></p>'
    content = document(own).encode()
    assert remove(parse("x.xml", content)).content == content
    more = content.replace(b"</div>", b"<p>in Korea</p></div>")
    result = remove(parse("x.xml", annotated(registers, more)))
    assert result.content == more


def test_markup_that_an_editor_put_into_a_tag_stays(registers: Registers) -> None:
    content = document("<p>Kim Il Sung</p>").encode()
    edited = annotated(registers, content).replace(b"Il Sung", b"<hi>Il</hi> Sung")
    assert removed(edited) == content.replace(b"Il Sung", b"<hi>Il</hi> Sung")


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=3), st.sets(st.integers(0, 8)))
def test_only_the_unwanted_go_and_the_others_are_still_known(
    registers: Registers, bodies: list[str], wanted: set[int]
) -> None:
    content = document("".join(f"<p>{body}</p>" for body in bodies)).encode()
    full = annotated(registers, content)
    assume(full != content)
    part = remove(parse("x.xml", full), lambda element: element.start % 9 not in wanted)
    assert removed(part.content) == content


@pytest.mark.parametrize("profile", ["", f"<profileDesc>{HEADER}</profileDesc>"])
def test_calendars_declared_in_two_runs_are_taken_away_again(
    registers: Registers, profile: str
) -> None:
    text = document("<p>On 24 Receb 1131. On .</p>", HEADER)
    original = text.replace(f"<profileDesc>{HEADER}</profileDesc>", profile).encode()
    once = annotated(registers, original)
    assert once.count(b"<calendar ") == 1
    twice = annotated(registers, once.replace(b"On .", b"On 18 brumaire an VIII."))
    assert twice.count(b"<calendar ") == 2
    assert removed(twice) == original.replace(b"On .", b"On 18 brumaire an VIII.")


def test_tags_of_which_the_record_is_gone_are_told(registers: Registers) -> None:
    tagged = annotate(
        parse("x.xml", document("<p>Ri Chang-jeong came.</p>").encode()), registers, "r"
    ).content
    without = re.sub(rb"<\?tei-annotation[^>]*>\n?", b"", tagged)
    removal = remove(parse("x.xml", without))
    assert removal.content == without
    assert [each.code for each in removal.diagnostics] == ["A012"]
    assert "<?tei-annotation …?>" in removal.diagnostics[0].message
