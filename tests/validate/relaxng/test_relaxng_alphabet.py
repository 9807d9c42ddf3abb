"""The classes of characters that a comparison looks at: no set tells the members of one apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.validate.relaxng.comparison.alphabet import classes
from toolkit.validate.relaxng.datatypes.regex import Expression, matches_empty, parse_regex
from toolkit.validate.relaxng.datatypes.regex import derive as after

SETS = (r"\p{Lu}", r"[^\p{C}\p{Z}]", r"\i", r"\c", r"\s", "[a-f0-3]", r"[\w-[b-y]]", r"[^\d]", "é")


def matches(expression: Expression, character: str) -> bool:
    return matches_empty(after(expression, character))


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(SETS), min_size=1, max_size=4))
def test_the_members_of_a_class_match_the_same_sets(written: set[str]) -> None:
    expressions = [parse_regex(each) for each in sorted(written)]
    found = classes(expressions)
    signatures = set()
    for members in found:
        of_members = {tuple(matches(e, member) for e in expressions) for member in members}
        assert len(of_members) == 1
        signatures |= of_members
    assert len(signatures) == len(found)
    for character in "aZb5 é\n\u200b中\U0001f600":
        assert tuple(matches(e, character) for e in expressions) in signatures
