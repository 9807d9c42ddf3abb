"""Patterns are tried only where they can begin, and nothing is missed by that."""

import re

import pytest
from hypothesis import given, settings

from tests.convert.test_properties import TEXTS
from toolkit.convert import convention_names, load_convention
from toolkit.convert.notation.occurrences import Occurrences, beginnings_of
from toolkit.convert.text.blocks import blocks


@pytest.mark.parametrize("profile", convention_names())
@given(text=TEXTS)
@settings(max_examples=15, deadline=None)
def test_patterns_are_found_where_a_search_of_each_block_finds_them(
    profile: str, text: str
) -> None:
    convention = load_convention(profile)
    patterns = [
        *(sign for rule in convention.notation for sign in (rule.pattern, rule.open, rule.close)),
        *(rule.pattern for rule in convention.suspicious),
    ]
    occurrences = Occurrences(text, blocks(text, 0, len(text)))
    for pattern in patterns:
        if pattern is None:
            continue
        found = {
            start: [match.span() for match in matches]
            for start, matches in occurrences.of(pattern).items()
        }
        searched = {
            block.start: spans
            for block in occurrences.blocks
            if (spans := _searched(pattern, text, block.start, block.end))
        }
        assert found == searched, pattern


def _searched(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text, start, end) if match[0]]


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r"(?<!\[)\[blank\]", {"["}),
        (r"(?i:_?\*{0,2}\[seal)", {"_", "*", "["}),
        (r"\(sic\)|[⁰¹]+", {"(", "⁰", "¹"}),
        (r"(?P<n>(?>~~))x", {"~"}),
        (r"\f", {"\f"}),
    ],
)
def test_the_signs_a_pattern_begins_with_are_known(pattern: str, signs: set[str]) -> None:
    assert beginnings_of(pattern, 0) == frozenset(signs)


@pytest.mark.parametrize(
    "pattern", [r"\s*\]", "sic", "é", r"[^\]]x", r"\[?", r"[1-9]\]", "(a)?\\1"]
)
def test_a_pattern_that_may_begin_anywhere_is_tried_everywhere(pattern: str) -> None:
    assert beginnings_of(pattern, re.IGNORECASE) is None
