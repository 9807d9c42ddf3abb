"""What is made of expressions of dates, by lists of them in each language.

A line has a text, ``=>`` and what is found in it, with the attributes; ``@`` begins a line with the
date against which those after it are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.dates import find_dates
from toolkit.dates.spacing import SingleSpaced

LISTS = sorted((Path(__file__).parent / "expressions").glob("*.txt"))


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Yield language, date of the document, text and what is expected, of each line."""
    for path in LISTS:
        anchor = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                anchor = line[1:].strip()
            elif line and not line.startswith("#"):
                text, arrow, expected = line.partition("=>")
                assert arrow, f"{path.name}: {line}"
                yield path.stem, anchor, text.strip(), expected.strip()


def found_in(text: str, language: str, anchor: str) -> str:
    """Return what is found in a text, as the lists have it."""
    return "; ".join(
        f"{' '.join(text[date.start : date.end].split())}: "
        + " ".join(f"{name}={value}" for name, value in date.of_element.items())
        for date in find_dates(text, language, anchor or None)
    )


@pytest.mark.parametrize(("language", "anchor", "text", "expected"), list(cases()))
def test_expressions_are_read_as_the_lists_say(
    language: str, anchor: str, text: str, expected: str
) -> None:
    assert found_in(text, language, anchor) == expected


def test_the_ends_of_lines_and_their_indentation_do_not_count() -> None:
    for language, anchor, text, expected in islice(cases(), 0, None, 4):
        assert found_in(text.replace(" ", "\n   "), language, anchor) == expected


@given(st.text(st.sampled_from("ab \n\t")))
def test_a_span_of_a_single_spaced_text_is_that_of_the_original(original: str) -> None:
    spaced = SingleSpaced(original)
    for words in (r"\S+", r"\S+\s+\S+", r"(?s)\S.*\S"):
        for match in re.finditer(words, spaced.text):
            start, end = spaced.original(*match.span())
            assert re.sub(r"\s\s+", " ", original[start:end]) == match[0]
