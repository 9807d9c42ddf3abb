"""The datatypes and regular expressions of XML Schema."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.validate.relaxng.datatypes.context import NO_CONTEXT, Context
from toolkit.validate.relaxng.datatypes.library import XML_SCHEMA, DatatypeError, datatype
from toolkit.validate.relaxng.datatypes.regex import Regex, RegexError

VALUES = {
    "boolean": (["true", " 0 "], ["TRUE", ""]),
    "decimal": (["-1.50", ".5", "1."], ["1e3", "."]),
    "integer": (["+007", "9" * 5000], ["1.0", "٣"]),
    "byte": (["-128", "127"], ["128"]),
    "unsignedLong": (["18446744073709551615"], ["-1", "18446744073709551616"]),
    "float": (["INF", "NaN", "1E-2"], ["+INF", "nan"]),
    "date": (["2000-02-29", "-0044-03-15", "1959-06-18+05:30"], ["1900-02-29", "0000-01-01"]),
    "dateTime": (["1959-06-18T24:00:00", "1959-06-18T10:00:00.5Z"], ["1959-06-18T24:00:01"]),
    "time": (["23:59:59"], ["23:59", "12:00:60"]),
    "gYear": (["1959", "12005"], ["59", "01959"]),
    "gMonthDay": (["--02-29"], ["--02-30", "--06-31"]),
    "gMonth": (["--06"], ["--13", "06"]),
    "duration": (["P1Y2M3DT4H5M6.7S", "-PT1S"], ["P", "P1YT", "P1S"]),
    "hexBinary": (["0aFF", ""], ["0", "0g", "0a 0b"]),
    "base64Binary": (["YWI=", "YW I=", ""], ["YWJ", "YR=="]),
    "anyURI": (["größe b", "#a[1]", "http://[::1]/", ""], ["%zz", "a#b#c", "a[1]", "1a:b"]),
    "language": (["de-AT", "x-klingon"], ["de-", "abcdefghi"]),
    "NCName": (["größe", "_a.b-c"], ["a:b", "1a", "a b", ""]),
    "NMTOKENS": (["1 a:b", " a "], ["", "a,b"]),
    "QName": (["a", "xml:a"], ["p:a", "a:b:c"]),
}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_type_has_its_lexical_space(name: str) -> None:
    kind = datatype(XML_SCHEMA, name)
    good, bad = VALUES[name]
    assert [v for v in good if not kind.allows(v, NO_CONTEXT)] == []
    assert [v for v in bad if kind.allows(v, NO_CONTEXT)] == []


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("integer", "01", "1"),
        ("decimal", "1.0", "1"),
        ("float", "NaN", "NaN"),
        ("dateTime", "2001-01-01T12:00:00Z", "2001-01-01T13:00:00+01:00"),
        ("duration", "P12M", "P1Y"),
        ("hexBinary", "0a", "0A"),
        ("token", " a  b ", "a b"),
    ],
)
def test_values_are_equal_in_the_value_space(name: str, one: str, other: str) -> None:
    kind = datatype(XML_SCHEMA, name)
    assert kind.equal(kind.value(one, NO_CONTEXT), other, NO_CONTEXT)


def test_names_with_prefixes_are_equal_if_their_namespaces_are() -> None:
    kind = datatype(XML_SCHEMA, "QName")
    value = kind.value("p:a", Context({"p": "u:x"}))
    assert kind.equal(value, "q:a", Context({"q": "u:x"}))
    assert not kind.equal(value, "p:a", Context({"p": "u:y"}))


@pytest.mark.parametrize(
    ("name", "facet", "bound", "good", "bad"),
    [
        ("string", "length", "3", "äöü", "ab"),
        ("NMTOKENS", "maxLength", "2", "a b", "a b c"),
        ("hexBinary", "minLength", "2", "0a0b", "0a"),
        ("decimal", "totalDigits", "3", "0012.30", "12.34"),
        ("decimal", "fractionDigits", "1", "1.50", "1.55"),
        ("date", "minInclusive", "1959-06-18", "1959-06-18", "1959-06-17"),
        ("date", "minExclusive", "1959-06-18", "1959-06-20Z", "1959-06-18Z"),
        ("duration", "maxExclusive", "P30D", "P29D", "P1M"),
        ("double", "maxInclusive", "INF", "INF", "NaN"),
    ],
)
def test_facets_bound_values(name: str, facet: str, bound: str, good: str, bad: str) -> None:
    kind = datatype(XML_SCHEMA, name, [(facet, bound)])
    assert kind.allows(good, NO_CONTEXT)
    assert not kind.allows(bad, NO_CONTEXT)


@pytest.mark.parametrize(
    ("name", "facet", "text"),
    [
        ("string", "minInclusive", "1"),
        ("integer", "length", "1"),
        ("date", "maxInclusive", "tomorrow"),
        ("string", "length", "-1"),
        ("string", "pattern", "("),
        ("string", "enumeration", "a"),
        ("string", "whiteSpace", "collapse"),
    ],
)
def test_wrong_facets_are_refused(name: str, facet: str, text: str) -> None:
    with pytest.raises(DatatypeError):
        datatype(XML_SCHEMA, name, [(facet, text)])


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"[^\p{C}\p{Z}]+", ["größe", "日本"], ["a b", "a\u200bb", "\u00a0"]),
        (r"[a-z-[aeiou]]+", ["bcd"], ["abc"]),
        (r"\i\c*", ["a1", "é:b"], ["1a"]),
        (r"[\i-[:]][\c-[:]]*", ["a1"], ["a:b"]),
        (r"\d{2,3}", ["12", "٣٤"], ["1", "1234"]),
        (r"\p{IsCyrillic}+", ["Привет"], ["Privet"]),
        (r"a.b", ["a$b"], ["a\nb"]),
        (r"^a$", ["^a$"], ["a"]),
        (r"a|", ["", "a"], ["aa"]),
        (r"[+-]x", ["+x", "-x"], ["x"]),
        (r"(a{0,1000}){0,1000}", ["", "a" * 500], ["b"]),
        (r"(a+)+b", ["aab"], ["a" * 10_000]),
    ],
)
def test_regular_expressions_are_those_of_xml_schema(
    pattern: str, good: list[str], bad: list[str]
) -> None:
    regex = Regex(pattern)
    assert [v for v in good if not regex.matches(v)] == []
    assert [v for v in bad if regex.matches(v)] == []


@pytest.mark.parametrize(
    "pattern", ["(", ")", "[", "[]", "a{2,1}", "*", r"\q", r"\p{Xx}", "[b-a]", "a**", "(" * 500]
)
def test_what_is_no_regular_expression_is_refused(pattern: str) -> None:
    with pytest.raises(RegexError):
        Regex(pattern)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "[ab]", "[^a]"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
            st.tuples(inner, st.sampled_from("?*+")).map(lambda two: f"({two[0]}){two[1]}"),
            st.tuples(inner, st.sampled_from(["{2}", "{1,3}", "{2,}"])).map(
                lambda two: f"({two[0]}){two[1]}"
            ),
        ),
        max_leaves=6,
    ),
    st.text("abc", max_size=6),
)
def test_matching_agrees_with_python_where_the_notations_do(pattern: str, value: str) -> None:
    assert Regex(pattern).matches(value) == (re.fullmatch(pattern, value) is not None)
