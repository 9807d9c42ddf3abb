"""Tests of what every match of a pattern looks like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.dates.grammar import grammar_for, languages
from toolkit.dates.parts import rough_names
from toolkit.shapes import DEPTH, shape_at, shapes_of

EXPRESSIONS = [
    r"(?:1\d|20)\d\d",
    r"heute?(?:\s+(?:früh|morgen))?",
    r"(?P<one>\d{1,2})\s?[./–-]\s?(?P<two>0?[1-9]|1[0-2])",
    r"(?:[Ii]n|[Ss]ince)\s+the\s+(?i:year|years)\s+\d{3}",
    r"l['’]an(?:née)?\s+(?:dernier|passé)",
    r"(?:a1)+[\w ]{2,5}",
    r"(?:ab |[^x]y)z?",
    r"(?P<sign>[./])\d(?P=sign)\s*",
    r"(?:\d+(?:st|nd|rd|th)?,?\s+){2,3}(?:and|&)?",
    r"\d+(?=\s+(?:und|oder)\s+\d)",
    r"[a-z]{3}(?!x)\b.?",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_text_that_begins_with_a_match_begins_with_one_of_the_shapes(expression: str) -> None:
    shapes = shapes_of(expression, dict[str, frozenset[str]]().get)

    @given(
        st.from_regex(expression, alphabet=st.characters(max_codepoint=0x24F)).filter(
            lambda text: re.search(expression, text) is not None
        )
    )
    def has_a_shape(text: str) -> None:
        match = re.search(expression, text)
        assert match is not None
        assert any(shape_at(text, match.start()).startswith(shape) for shape in shapes)

    has_a_shape()


def test_a_shape_tells_runs_of_figures_of_letters_and_of_space_apart() -> None:
    assert shape_at("am 18.\n  Juni 1959", 3) == "0. a 0"
    assert len(shape_at("1, 2, 3, 4, 5, 6", 0)) == DEPTH


@pytest.mark.parametrize(
    ("expression", "shapes"),
    [
        (r"\d+\.?\s?\d", {"0", "0 0", "0.0", "0. 0"}),
        ("x|[yz]", {"x", "a0"}),
        ("x?!", {"x!", "!"}),
        (r".\d", {""}),
        (r"\d(?=\sa)", {"0 a"}),
        (r"(?=a)\d", {"0"}),
    ],
)
def test_other_patterns_stand_for_characters(expression: str, shapes: set[str]) -> None:
    named = {"x": frozenset({"x"}), "y": frozenset({"a0"}), "z": frozenset({"a0"})}
    assert shapes_of(expression, named.get) == shapes


@pytest.mark.parametrize("language", [*languages(), "und"])
def test_a_rough_pattern_matches_all_names(language: str) -> None:
    grammar = grammar_for(language)
    for names in (grammar.months, grammar.ordinals, grammar.weekdays, grammar.feasts):
        rough = re.compile(rough_names(names))
        assert [name for name in names if rough.fullmatch(name) is None] == []
