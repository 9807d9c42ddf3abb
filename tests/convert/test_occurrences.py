"""Patterns are tried only where they can begin, and nothing is missed by that."""

import re

import pytest
from hypothesis import given, settings

from tests.convert.test_properties import TEXTS
from toolkit.convert import convention_names, load_convention
from toolkit.convert.notation.occurrences import Occurrences
from toolkit.convert.text.blocks import Block, Line, blocks


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
        *(script.pattern for script in convention.scripts),
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
    ("pattern", "text"),
    [
        (r"(?<!\[)\[blank\]", "[blank] [[blank] [blank]"),
        (r"(?i:_?\*{0,2}\[seal)", "[seal _**[SEAL *[Seal"),
        (r"\(sic\)|[⁰¹]+", "x⁰¹ (sic) ¹"),
        (r"(?P<n>(?>~~))x", "~~~x ~~x"),
        (r"\[?x\]", "x] [x]"),
        (r"(?i)[\u0400-\u042f]{2}", "ж ЖЖ жж"),
        (r"(?i)\u212a", "k K \u212a"),
        (r"(?i)ſ", "s S ſ"),
        (r"^\* |\Z", "* a\n* b"),
    ],
)
def test_a_pattern_is_found_wherever_it_may_begin(pattern: str, text: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    block = Block(0, len(text), (Line(0, len(text)),))
    (found,) = Occurrences(text, [block]).of(compiled).values()
    assert [match.span() for match in found] == _searched(compiled, text, 0, len(text))
