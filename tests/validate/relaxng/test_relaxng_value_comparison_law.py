"""Comparing values: what is found of two datatypes holds for values, what is proven for all."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from toolkit.validate.relaxng import Schema, load_schema
from toolkit.validate.relaxng.comparison import compare

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

values = st.sampled_from(['"a"', '"1"', '"a 1"', 'xsd:string "a"', 'xsd:integer "1"'])
types = st.sampled_from(
    [
        "text",
        "xsd:NCName",
        "xsd:anyURI",
        "xsd:integer",
        'xsd:integer { minInclusive = "1" }',
        'xsd:decimal { maxExclusive = "1" }',
        'xsd:anyURI { pattern = "\\S+" }',
        'xsd:token { pattern = "[a1]+" }',
        'xsd:token { pattern = "a?( 1)*" }',
        'xsd:string { pattern = "[a ]*" }',
        'xsd:token { maxLength = "2" }',
        '(xsd:NCName - "a")',
    ]
)
tokens = st.one_of(
    values.filter(lambda value: " " not in value),
    types.filter(lambda kind: kind != "text"),
)
lists = st.recursive(
    tokens,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from([",", "|"]), inner, inner),
        st.tuples(st.sampled_from("?*+"), inner),
    ),
    max_leaves=3,
).map(lambda pattern: f"list {{ {plain(pattern)} }}")
alternatives = st.lists(values | types | lists, min_size=1, max_size=3).map(" | ".join)

STRINGS = ["".join(some) for n in range(4) for some in itertools.product("a1 -", repeat=n)]
STRINGS += ["%", "http://a", "01", " a 1 1", "aa 11"]


def plain(pattern: Any) -> str:
    match pattern:
        case (("," | "|") as connector, one, other):
            return f"({plain(one)} {connector} {plain(other)})"
        case (repetition, inner):
            return f"({plain(inner)}){repetition}"
    return str(pattern)


def schema(value: str) -> Schema:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "schema.rnc")
        path.write_text(f"element e {{ attribute x {{ {value} }} }}", encoding="utf-8")
        return load_schema(path)


@settings(max_examples=examples(30), deadline=None, phases=PHASES)
@given(alternatives, alternatives)
def test_no_value_contradicts_a_comparison(one: str, other: str) -> None:
    first, second = schema(one), schema(other)
    result = compare(first, second)
    for string in STRINGS:
        document = f'<e x="{string}"/>'.encode()
        by_first, by_second = (not s.validate(document, "e.xml") for s in (first, second))
        if by_first != by_second:
            assert not result.same
            assert not (result.first_within_second if by_first else result.second_within_first)
    assert all(found.document for found in result.findings)
