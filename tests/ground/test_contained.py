"""Tests of what every match of a pattern has in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.contained import signs_of
from toolkit.dates.grammar import Form, grammar_for, grammars_of_scripts, languages

EXPRESSIONS = [
    r"(?:1\d|20)\d\d",
    r"heute?(?:\s+(?:früh|morgen))?",
    r"(?P<one>\d{1,2})\s?[./]\s?(?P<two>0?[1-9]|1[0-2])",
    r"(?:[Ii]n|[Ss]ince)\s+the\s+(?i:year|years)\s+\d{3}",
    r"l['’]an(?:née)?\s+(?:dernier|passé)",
    r"(?:ab){2}c?|[xy]{1,2}z",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_each_match_has_one_of_the_signs(expression: str) -> None:
    signs = signs_of(expression, {})
    assert signs

    @given(st.from_regex(expression, fullmatch=True, alphabet=st.characters(max_codepoint=0x24F)))
    def has_a_sign(match: str) -> None:
        assert any(sign in match.lower() for sign in signs)

    has_a_sign()


@pytest.mark.parametrize("expression", ["a?", "[^a]", r"\w+", "a|[^b]", "(?:abc)*", "."])
def test_a_pattern_that_may_match_anything_has_no_signs(expression: str) -> None:
    assert not signs_of(expression, {})


def _forms() -> list[tuple[str, Form, frozenset[str]]]:
    grammars = [grammar_for(language) for language in (*languages(), "und")]
    grammars += [grammar for _, grammar in grammars_of_scripts()]
    return [(g.language, f, frozenset(g.need_of(f))) for g in grammars for f in g.forms]


def test_no_form_of_a_date_is_looked_for_everywhere() -> None:
    assert [(name, f.outline) for name, f, signs in _forms() if not (signs or f.whole)] == []
