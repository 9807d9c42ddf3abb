"""Comparing two schemas: what is found holds for documents, what is proven for all of them."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from toolkit.validate.relaxng import Schema, load_schema
from toolkit.validate.relaxng.comparison import compare

# Shrinking takes minutes here; the grammars are small as they are.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
NAMES = "abc"
OPEN = {"c2": "* - (a | b)"}
VALUES = ('"1"', '"2"', '("1" | "2")', 'xsd:token { pattern = "[12]" }', "xsd:integer", "text")
ATTRIBUTES = [f"attribute {name} {{ {value} }}" for name in "xy" for value in VALUES[:4]]

# Two elements of each name: one may be met alone, or both at once. One takes other names too.
references = st.sampled_from([f"{name}{number}" for name in NAMES for number in (1, 2)])
contents = st.recursive(
    references | st.sampled_from(["text", "empty"]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from([",", "|"]), inner, inner),
        st.tuples(st.sampled_from(["?", "*", "+"]), inner),
    ),
)
attributes = st.one_of(
    st.just("empty"),
    st.sampled_from(ATTRIBUTES),
    st.tuples(st.just("?"), st.sampled_from(ATTRIBUTES)),
)
coupled = st.tuples(st.just("|"), st.sampled_from(ATTRIBUTES), references)
bodies = st.one_of(
    st.tuples(st.just(","), attributes | coupled, contents),
    st.tuples(st.just(","), attributes, st.sampled_from(VALUES)),
)
grammars = st.lists(bodies, min_size=6, max_size=6)


def plain(pattern: Any) -> str:
    match pattern:
        case (("," | "|") as connector, one, other):
            return f"({plain(one)} {connector} {plain(other)})"
        case (repetition, inner):
            return f"({plain(inner)}){repetition}"
    return str(pattern)


def otherwise(pattern: Any) -> str:
    """Write the same pattern in another way."""
    match pattern:
        case (",", (str() | ("?", str())) as one, other) if "attribute" in repr(one):
            return f"({otherwise(other)}, {otherwise(one)})"
        case (",", one, other):
            return f"({otherwise(one)}, (empty, {otherwise(other)}))"
        case ("|", one, other):
            return f"({otherwise(other)} | {otherwise(one)} | {otherwise(other)})"
        case ("?", inner):
            return f"(empty | {otherwise(inner)})"
        case ("*", inner):
            return f"(({otherwise(inner)})+ | empty)"
        case ("+", inner):
            return f"({otherwise(inner)}, ({otherwise(inner)})*)"
    return str(pattern).replace("[12]", "1|2").replace('("1" | "2")', '("2" | "1")')


def schema(patterns: list[Any], write: Callable[[Any], str]) -> Schema:
    lines = ["start = a1 | a2 | b1"]
    for body, (name, number) in zip(patterns, itertools.product(NAMES, (1, 2)), strict=True):
        named = OPEN.get(f"{name}{number}", name)
        lines.append(f"{name}{number} = element {named} {{ {write(body)} }}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "schema.rnc")
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_schema(path)


def small_documents(depth: int) -> list[str]:
    tags = [f"{name}{said}" for name in NAMES for said in ("", ' x="1"', ' y="2"')]
    inner = [
        "",
        "1",
        "t",
        "<a/><b/>",
        "<b/><a/>",
        "<a/><a/>",
        "<c/><c/>",
        "<a/>t<b/>",
        "t<c/>",
        "<d/>",
    ]
    if depth:
        inner += small_documents(depth - 1)
    return [f"<{tag}>{content}</{tag[0]}>" for tag, content in itertools.product(tags, inner)]


DOCUMENTS = [document.encode() for document in small_documents(1)][::5]


@settings(max_examples=examples(20), deadline=None, phases=PHASES)
@given(grammars, grammars)
def test_no_document_contradicts_a_comparison(one: list[Any], other: list[Any]) -> None:
    first, second = schema(one, plain), schema(other, plain)
    result = compare(first, second)
    for document in DOCUMENTS:
        by_first, by_second = (not s.validate(document, "d.xml") for s in (first, second))
        if by_first != by_second:
            assert not result.same
            assert not (result.first_within_second if by_first else result.second_within_first)
    # Both schemas have been asked about the examples.
    assert all(found.document for found in result.findings)


@settings(max_examples=examples(20), deadline=None, phases=PHASES)
@given(grammars)
def test_another_way_to_write_a_grammar_makes_no_difference(patterns: list[Any]) -> None:
    result = compare(schema(patterns, plain), schema(patterns, otherwise))
    assert result.findings == ()
    assert result.same
