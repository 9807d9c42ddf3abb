"""Comparing two schemas: what is told of each kind of difference."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.validate.relaxng import load_schema
from toolkit.validate.relaxng.comparison import Comparison, Difference, compare, walk
from toolkit.validate.relaxng.comparison.report import as_json, as_text

Compared = Callable[[str, str], Comparison]


@pytest.fixture
def compared(tmp_path: Path) -> Compared:
    """Return a function that compares two schemas in compact syntax."""

    def run(first: str, second: str) -> Comparison:
        schemas = []
        for name, text in (("a.rnc", first), ("b.rnc", second)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            schemas.append(load_schema(tmp_path / name))
        return compare(*schemas)

    return run


DIFFERENCES = {
    "another outermost element": (
        "start = element a { empty } | element b { empty }",
        "start = element a { empty }",
        (Difference.ROOT, ("b",), (), "<b/>"),
    ),
    "an element that may follow": (
        "start = element a { element b { empty }, element c { empty }? }",
        "start = element a { element b { empty } }",
        (Difference.CHILD, ("c",), ("a",), "<a><b/><c/></a>"),
    ),
    "another order": (
        "start = element a { element b { empty } & element c { empty } }",
        "start = element a { element b { empty }, element c { empty } }",
        (Difference.CHILD, ("c",), ("a",), "<a><c/><b/></a>"),
    ),
    "one more of the same": (
        "start = element a { element b { empty }* }",
        "start = element a { element b { empty }?, element b { empty }? }",
        (Difference.CHILD, ("b",), ("a",), "<a><b/><b/><b/></a>"),
    ),
    "an end where more has to come": (
        "start = element a { element b { empty }? }",
        "start = element a { element b { empty } }",
        (Difference.END, (), ("a",), "<a/>"),
    ),
    "text among elements": (
        "start = element a { mixed { element b { empty }* } }",
        "start = element a { element b { empty }* }",
        (Difference.TEXT, ("#text",), ("a",), "<a>text</a>"),
    ),
    "a text of a closed list": (
        'start = element a { "x" | "y" }',
        'start = element a { "x" }',
        (Difference.CONTENT, ("y",), ("a",), "<a>y</a>"),
    ),
    "an attribute, far inside": (
        "start = element a { b } b = element b { b?, attribute x { text }? }",
        "start = element a { b } b = element b { b? }",
        (Difference.ATTRIBUTE, ("x",), ("a", "b"), '<b x="a"/>'),
    ),
    "an attribute that may be left out": (
        "start = element a { attribute x { text }? }",
        "start = element a { attribute x { text } }",
        (Difference.OPTIONAL, ("x",), ("a",), "<a/>"),
    ),
    "values of an attribute": (
        'start = element a { attribute x { "u" | "v" | "w" } }',
        'start = element a { attribute x { "u" } }',
        (Difference.VALUE, ("v", "w"), ("a",), '<a x="v"/>'),
    ),
    "a value that a regular expression leaves out": (
        'start = element a { attribute x { xsd:token { pattern = "[a-c]{2}" } } }',
        'start = element a { attribute x { xsd:token { pattern = "[ab]{2}" } } }',
        (Difference.VALUE, ("ac",), ("a",), '<a x="ac"/>'),
    ),
    "a list that is longer": (
        "start = element a { attribute x { list { xsd:NCName+ } } }",
        "start = element a { attribute x { list { xsd:NCName, xsd:NCName? } } }",
        (Difference.VALUE, ("a a a",), ("a",), '<a x="a a a"/>'),
    ),
    "attributes that exclude each other": (
        "start = element a { attribute x { text }?, attribute y { text }? }",
        "start = element a { attribute x { text }? | attribute y { text }? }",
        (Difference.COMBINATION, ("x", "y"), ("a",), '<a x="a" y="a"/>'),
    ),
    "a name that a wildcard takes": (
        "start = element a { element * { empty } }",
        "start = element a { element * - b { empty } }",
        (Difference.CHILD, ("b",), ("a",), "<a><b/></a>"),
    ),
    "what comes after an element of two meanings": (
        """start = element a { element b { element c { empty }? },
               (element d { empty } | element e { empty }) }""",
        """start = element a { (element b { element c { empty } }, element d { empty })
               | (element b { empty }, element e { empty }) }""",
        (Difference.CHILD, ("d",), ("a",), "<a><b/><d/></a>"),
    ),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_a_difference_is_told_with_the_smallest_element_that_shows_it(
    compared: Compared, case: str
) -> None:
    first, second, (kind, subject, path, element) = DIFFERENCES[case]
    for result, first_only in ((compared(first, second), True), (compared(second, first), False)):
        found = result.findings[0]
        assert (found.kind, found.subject, found.element) == (kind, subject, element)
        assert found.first_only is first_only
        assert found.places[0].path == path
        assert not result.same
        assert result.second_within_first is first_only
        assert result.first_within_second is not first_only


SAME = {
    "another way to repeat": (
        "start = element a { b* } b = element b { text }",
        "start = element a { (b+)? } b = element b { text }",
    ),
    "two elements of a name that are one": (
        "start = element a { element b { empty }, (element b { empty } | empty) }",
        "start = element a { element b { empty }?, element b { empty } }",
    ),
    "an element that can never be": (
        "start = element a { b? } b = element b { b }",
        "start = element a { empty }",
    ),
    "values that text includes": (
        'start = element a { attribute x { "1" | text } }',
        "start = element a { attribute x { text } }",
    ),
    "a list of values and an expression of them": (
        'start = element a { attribute x { "yes" | "no" } }',
        'start = element a { attribute x { xsd:token { pattern = "yes|no" } } }',
    ),
    "white space that a type does not see": (
        "start = element a { attribute x { xsd:token } }",
        "start = element a { attribute x { text } }",
    ),
    "interleaving one thing": (
        "start = element a { attribute x { text } & element b { empty }* }",
        "start = element a { element b { empty }*, attribute x { text } }",
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_two_ways_to_write_the_same_are_proven_the_same(compared: Compared, case: str) -> None:
    result = compared(*SAME[case])
    assert result.findings == ()
    assert result.not_compared == ()
    assert result.same


def test_an_identifier_that_is_none_in_the_other_schema_is_told(compared: Compared) -> None:
    result = compared(
        "start = element a { attribute x { xsd:NCName } }",
        "start = element a { attribute x { xsd:ID } }",
    )
    assert [(found.kind, found.subject, found.first_only) for found in result.findings] == [
        (Difference.IDENTIFIER, ("x",), True)
    ]
    told = "  any value of @x on <a>; in B it is an identifier or refers to one\n    a\n"
    assert told in as_text(result, "a.rnc", "b.rnc")


def test_a_value_at_a_bound_is_tried(compared: Compared) -> None:
    result = compared(
        'start = element a { attribute x { xsd:date { minInclusive = "2001-05-07" } } }',
        'start = element a { attribute x { xsd:date { minExclusive = "2001-05-07" } } }',
    )
    assert [(f.subject, f.first_only) for f in result.findings] == [(("2001-05-07",), True)]


def test_what_cannot_be_decided_is_said_and_is_not_called_the_same(compared: Compared) -> None:
    result = compared(
        'start = element a { attribute x { xsd:date { pattern = "2000-02-.*" } } }',
        'start = element a { attribute x { xsd:date { pattern = "2000-02-[0-2].*" } } }',
    )
    assert result.findings == ()
    assert not (result.same or result.first_within_second or result.second_within_first)
    assert "Not compared:\n  @x on a: xsd:date" in as_text(result, "a.rnc", "b.rnc")


def test_an_attribute_that_may_be_left_out_and_has_more_values_is_told_twice(
    compared: Compared,
) -> None:
    result = compared(
        'start = element a { attribute x { "1" | "2" }? }',
        'start = element a { attribute x { "1" } }',
    )
    assert [(found.kind, found.element) for found in result.findings] == [
        (Difference.OPTIONAL, "<a/>"),
        (Difference.VALUE, '<a x="2"/>'),
    ]


def test_what_differs_in_the_same_elements_is_told_together(compared: Compared) -> None:
    result = compared(
        "start = element a { (element b { empty } | element c { text })*, attribute x { text }? }",
        "start = element a { empty }",
    )
    assert as_text(result, "a.rnc", "b.rnc").partition("Only A accepts:\n")[2] == (
        "  <b> and <c> in <a>; B has no such elements\n"
        "    a: <a><b/></a>\n"
        "  the attribute @x on <a>; B has no such attribute\n"
        '    a: <a x="a"/>\n'
    )


def test_the_order_of_choices_changes_nothing_of_what_is_told(compared: Compared) -> None:
    content = ["element b { empty }", "element c { text }"]
    one, other = (" | ".join(order) for order in (content, content[::-1]))
    told = [
        as_text(
            compared(f"start = element a {{ {each} }}", "start = element a { empty }"), "A", "B"
        )
        for each in (one, other)
    ]
    assert told[0] == told[1]


def test_more_orders_than_can_be_followed_are_said_not_to_be_compared(
    compared: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "_MOST_STATES", 100)
    names = [f"element e{number} {{ empty }}" for number in range(8)]
    one, other = (f"start = element a {{ {' & '.join(some)} }}" for some in (names, names[::-1]))
    result = compared(one, other)
    assert result.findings == ()
    assert not result.same
    assert "  the content of a: element e" in as_text(result, "A", "B")


def test_a_long_list_of_values_is_compared(compared: Compared) -> None:
    values = [f'"v{number}"' for number in range(2000)]
    result = compared(
        f"start = element a {{ attribute x {{ {' | '.join(values)} }} }}",
        f"start = element a {{ attribute x {{ {' | '.join(values[:-1])} }} }}",
    )
    assert [(found.kind, found.subject) for found in result.findings] == [
        (Difference.VALUE, ("v1999",))
    ]
    assert result.second_within_first


def test_elements_may_nest_to_any_depth(compared: Compared) -> None:
    levels = [f"e{n} = element e{n} {{ e{n + 1} }}" for n in range(600)]
    schema = "\n".join(["start = e0", *levels])
    result = compared(
        f"{schema}\ne600 = element e600 {{ text }}", f"{schema}\ne600 = element e600 {{ empty }}"
    )
    assert [(found.kind, len(found.places[0].path)) for found in result.findings] == [
        (Difference.TEXT, 601)
    ]


def test_the_text_tells_what_either_schema_alone_accepts(compared: Compared) -> None:
    result = compared(
        """start = element letter { p+ }
           p = element p { attribute n { text }?, attribute rend { "bold" | "italic" }?, text }""",
        """start = element letter { p* }
           p = element p { attribute rend { "bold" }?, mixed { element hi { text }* } }""",
    )
    assert (
        as_text(result, "old.rnc", "new.rnc")
        == """\
A: old.rnc
B: new.rnc

A and B differ (2 elements compared).

Only A accepts:
  the attribute @n on <p>; B has no such attribute
    letter/p: <p n="a"/>
  @rend with “italic” on <p>
    letter/p: <p rend="italic"/>

Only B accepts:
  <hi> in <p>; A has no such element
    letter/p: <p><hi/></p>
  nothing more in <letter>
    letter: <letter/>
"""
    )


def test_the_json_holds_a_whole_document_for_each_difference(compared: Compared) -> None:
    result = compared(
        'default namespace = "urn:x" start = element a { element b { empty }?, text }',
        'default namespace = "urn:x" start = element a { text }',
    )
    told = json.loads(as_json(result, "a.rnc", "b.rnc"))
    assert (told["same"], told["allOfAInB"], told["allOfBInA"]) == (False, False, True)
    assert told["differences"] == [
        {
            "difference": "child",
            "acceptedBy": "A",
            "subject": ["{urn:x}b"],
            "attribute": "",
            "unknownToTheOther": True,
            "places": [{"path": ["{urn:x}a"], "after": []}],
            "element": '<a xmlns="urn:x"><b/></a>',
            "document": '<a xmlns="urn:x"><b/></a>',
        }
    ]
