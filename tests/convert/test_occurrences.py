"""Patterns are tried only where they can begin, and nothing is missed by that."""

import re

import pytest
from hypothesis import given, settings

from tests.convert.test_properties import TEXTS
from toolkit.beginnings import may_begin
from toolkit.convert import convention_names, load_convention
from toolkit.convert.notation.occurrences import Patterns
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
    held = Patterns((each.pattern, each) for each in patterns if each)
    every = list(blocks(text, 0, len(text)))
    found = {
        pattern: {start: [match.span() for match in inside] for start, inside in matches.items()}
        for pattern, matches in held.matches(text, every)
    }
    for said, pattern in held.known:
        searched = {
            block.start: spans
            for block in every
            if (spans := _searched(pattern, text, block.start, block.end))
        }
        assert found.get(said, {}) == searched, pattern


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
        (r"(?P<sign>\[|\()(?P<again>a)?(?P=again)b", "[aab [ab (aab"),
        (r"\[(?i:S)?x|\[\d{2,}", "[sx [Sx [x [1 [12 [X"),
        (r"\[[^\W\d][^a]", "[b1 [ba [1b [ bb"),
        (r"(?s:\[.\])|\{.\}", "[\n] {\n} {x}"),
    ],
)
def test_a_pattern_is_found_wherever_it_may_begin(pattern: str, text: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    block = Block(0, len(text), (Line(0, len(text)),))
    ((_, found),) = Patterns([("", compiled)]).matches(text, [block])
    assert [match.span() for match in found[0]] == _searched(compiled, text, 0, len(text))


@pytest.mark.parametrize("profile", convention_names())
@given(text=TEXTS)
@settings(max_examples=5, deadline=None)
def test_a_block_rule_is_tried_wherever_its_pattern_may_describe_a_block(
    profile: str, text: str
) -> None:
    rules = load_convention(profile).blocks
    for rule in (*rules.body, *rules.opener, *rules.closer, *rules.head, *rules.postscript):
        for block in blocks(text, 0, len(text)):
            if rule.pattern and rule.pattern.fullmatch(text, block.start, block.end):
                assert may_begin(rule.pattern, text[block.start : block.start + 2])
