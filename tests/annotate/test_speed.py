"""The work grows with the document, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotate import Registers, annotate, read_registers, remove
from toolkit.annotate.ranges import Ranges
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files

TEI = "http://www.tei-c.org/ns/1.0"


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    folder = tmp_path_factory.mktemp("registers")
    (folder / "r.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body><listPerson><person xml:id="a"><persName>'
        "Ann Ames</persName></person></listPerson></body></text></TEI>",
        encoding="utf-8",
    )
    return read_registers(register_files(folder), folder)


def steps(work: Callable[[], object]) -> int:
    """Return how many lines of the toolkit and of what it calls are run."""
    count = 0

    def in_function(_frame: object, event: str, _value: object) -> Callable[..., object]:
        nonlocal count
        count += event == "line"
        return in_function

    def trace(frame: FrameType, _event: str, _value: object) -> Any:
        # Methods that a dataclass is given have no file.
        file = frame.f_code.co_filename
        return in_function if "toolkit" in file or file == "<string>" else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "passage",
    [
        "so Ann Ames\n<lb/>",
        "<choice><sic>a</sic><corr>b</corr></choice> Ann Ames ",
        "<hi>so Ann</hi> Ames é ",
        "so [Ann] A[me]s line-\nend ",
        "on 3 May 1848 ",
    ],
)
def test_twice_as_many_names_take_about_twice_as_long(registers: Registers, passage: str) -> None:
    def annotating(times: int) -> Callable[[], object]:
        body = f"<text><body><p>{passage * times}</p></body></text>"
        text = f'<TEI xmlns="{TEI}" xml:lang="en">{body}</TEI>'
        document = parse("x.xml", text.encode())
        return lambda: annotate(document, registers, "reg")

    annotating(10)()
    assert steps(annotating(600)) < 2.6 * steps(annotating(300))


def test_twice_as_many_names_take_about_twice_as_long_to_remove(registers: Registers) -> None:
    def removing(times: int) -> Callable[[], object]:
        body = f"<text><body><p>{'so Ann Ames came. ' * times}</p></body></text>"
        text = f'<TEI xmlns="{TEI}" xml:lang="en">{body}</TEI>'
        tagged = annotate(parse("x.xml", text.encode()), registers, "reg").content
        return lambda: remove(parse("x.xml", tagged))

    removing(10)()
    assert steps(removing(200)) < 2.6 * steps(removing(100))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=12), st.integers(0, 30))
def test_ranges_know_what_they_overlap_and_hold(
    stretches: list[tuple[int, int]], start: int
) -> None:
    ranges = Ranges()
    kept: list[tuple[int, int]] = []
    for begin, length in stretches:
        free = all(end <= begin or begin + length <= at for at, end in kept)
        assert ranges.add(begin, begin + length) == free
        if free:
            kept.append((begin, begin + length))
    for end in range(start + 1, start + 5):
        assert ranges.touch(start, end) == any(at < end and start < to for at, to in kept)
        assert ranges.hold(start, end) == any(at <= start and end <= to for at, to in kept)
