"""What is made of expressions of dates, by lists of them in each language.

A line has a text, ``=>`` and what is found in it, with the attributes; ``@`` begins a line with the
date against which those after it are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.dates import find_dates

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


@pytest.mark.parametrize(("language", "anchor", "text", "expected"), list(cases()))
def test_expressions_are_read_as_the_lists_say(
    language: str, anchor: str, text: str, expected: str
) -> None:
    found = [
        f"{text[date.start : date.end]}: "
        + " ".join(f"{name}={value}" for name, value in date.of_element.items())
        for date in find_dates(text, language, anchor or None)
    ]
    assert "; ".join(found) == expected
