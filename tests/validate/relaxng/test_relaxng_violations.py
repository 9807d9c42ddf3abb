"""One mistake, one violation, at the right place, with what would have been right."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from toolkit.validate.relaxng import Schema, Violation, ViolationKind, load_schema

LETTER = """
start = element letter { attribute id { xsd:ID }?, head, body, closer? }
head = element head { title, date, source }
title = element title { text }
date = element date { attribute when { xsd:date }?, text }
source = element source { attribute url { xsd:anyURI }, empty }
body = element body { (p | verse)+ }
p = element p { attribute kind { "plain" | "margin" }?, (text | hi | see)* }
verse = element verse { element l { text }+ }
hi = element hi { attribute rend { text }, text }
see = element see { attribute ref { xsd:IDREF } }
closer = element closer { text }
"""
HEAD = '<head><title>T</title><date when="1959-06-18">d</date><source url="u"/></head>'


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    path = tmp_path_factory.mktemp("schema") / "letter.rnc"
    path.write_text(LETTER, encoding="utf-8")
    return load_schema(path)


def _only(schema: Schema, document: str) -> Violation:
    found = schema.validate(document.encode(), "letter.xml")
    assert len(found) == 1, found
    return found[0]


def test_a_misspelt_element_is_taken_for_the_one_meant(letter: Schema) -> None:
    found = _only(letter, f"<letter>{HEAD}\n<boddy><p>x</p></boddy></letter>")
    assert found.kind is ViolationKind.UNKNOWN_ELEMENT
    assert (found.line, found.column) == (2, 1)


def test_an_unknown_element_is_passed_over_with_its_content(letter: Schema) -> None:
    document = f"<letter>{HEAD}<body><p>a<frob x='1'><p/><q/></frob>b</p></body></letter>"
    assert _only(letter, document).name == "frob"


def test_two_unknown_elements_are_two_violations(letter: Schema) -> None:
    document = f"<letter>{HEAD}<body><frob/><nix/><p/></body></letter>"
    assert [v.name for v in letter.validate(document.encode(), "x")] == ["frob", "nix"]


def test_a_missing_element_is_reported_once(letter: Schema) -> None:
    found = _only(
        letter, '<letter><head><title>T</title><source url="u"/></head><body><p/></body></letter>'
    )
    assert found.kind is ViolationKind.ELEMENT_MISSING
    assert found.expected.missing == ("date",)


def test_a_wrong_order_is_one_mistake(letter: Schema) -> None:
    head = '<head><date>d</date><title>T</title><source url="u"/></head>'
    document = f"<letter>{head}<body><p/></body></letter>"
    assert _only(letter, document).expected.missing == ("title",)


def test_elements_after_one_that_came_too_early_are_one_mistake(letter: Schema) -> None:
    document = f"<letter>{HEAD}<closer>c</closer><body><p/></body><body><p/></body></letter>"
    assert _only(letter, document).expected.missing == ("body",)


def test_an_element_out_of_place_is_checked_by_its_own_definition(letter: Schema) -> None:
    document = f"<letter>{HEAD}<body><p>a<p kind='odd'>b</p></p></body></letter>"
    found = letter.validate(document.encode(), "x")
    assert [v.kind for v in found] == [
        ViolationKind.ELEMENT_NOT_ALLOWED,
        ViolationKind.ATTRIBUTE_VALUE,
    ]


def test_an_incomplete_element_tells_what_is_missing(letter: Schema) -> None:
    found = _only(letter, f"<letter>{HEAD}<body>\n  <verse>\n  </verse></body></letter>")
    assert found.kind is ViolationKind.ELEMENT_INCOMPLETE
    assert (found.line, found.column) == (3, 3)
    assert found.expected.missing == ("l",)


def test_text_out_of_place_is_told_once(
    letter: Schema,
) -> None:
    found = _only(
        letter, f'<letter>{HEAD}<body>\n  lost <hi rend="x">text</hi> here<p/></body></letter>'
    )
    assert found.kind is ViolationKind.TEXT_NOT_ALLOWED
    assert (found.line, found.column) == (2, 3)


def test_a_misspelt_attribute_is_not_also_a_missing_one(letter: Schema) -> None:
    found = _only(letter, f"<letter>{HEAD}<body><p><hi rendd='x'/></p></body></letter>")
    assert found.kind is ViolationKind.ATTRIBUTE_NOT_ALLOWED
    assert found.name == "rendd"


def test_a_missing_attribute_is_named(letter: Schema) -> None:
    found = _only(letter, f"<letter>{HEAD}<body><p><hi>x</hi></p></body></letter>")
    assert (found.kind, found.name) == (ViolationKind.ATTRIBUTE_MISSING, "rend")


def test_a_value_outside_a_closed_list_is_told_with_its_attribute(letter: Schema) -> None:
    found = _only(letter, f"<letter>{HEAD}<body><p kind='odd'/></body></letter>")
    assert found.kind is ViolationKind.ATTRIBUTE_VALUE
    assert (found.element, found.name, found.value) == ("p", "kind", "odd")


def test_identifiers_are_unique_and_references_resolve(letter: Schema) -> None:
    document = f"<letter id='a'>{HEAD}<body><p><see ref='a'/><see ref='b'/></p></body></letter>"
    found = _only(letter, document)
    assert (found.kind, found.value) == (ViolationKind.UNRESOLVED_IDREF, "b")


def test_a_file_that_is_not_well_formed_is_one_violation(letter: Schema) -> None:
    found = _only(letter, f"<letter>{HEAD}<body><p>x</body></letter>")
    assert found.kind is ViolationKind.NOT_WELL_FORMED
    assert found.element == "p"


def test_ambiguous_content_is_followed_until_it_decides(tmp_path: Path) -> None:
    path = tmp_path / "ambiguous.rnc"
    path.write_text(
        "element a { (element b { element c { empty } }, element d { empty })"
        " | (element b { element e { empty } }, element f { empty }) }",
        encoding="utf-8",
    )
    schema = load_schema(path)
    assert not schema.validate(b"<a><b><c/></b><d/></a>", "x")
    assert not schema.validate(b"<a><b><e/></b><f/></a>", "x")
    assert schema.validate(b"<a><b><c/></b><f/></a>", "x")


def test_a_value_may_decide_what_follows(tmp_path: Path) -> None:
    path = tmp_path / "value.rnc"
    path.write_text(
        'element a { (attribute t { "1" }, element b { empty })'
        ' | (attribute t { "2" }, element c { empty }) }',
        encoding="utf-8",
    )
    schema = load_schema(path)
    assert not schema.validate(b'<a t="1"><b/></a>', "x")
    assert not schema.validate(b'<a t="2"><c/></a>', "x")
    assert schema.validate(b'<a t="2"><b/></a>', "x")
    assert len(schema.validate(b'<a t="3"><b/></a>', "x")) == 1


def test_a_stream_gives_the_same_as_bytes(letter: Schema) -> None:
    document = f"<letter>{HEAD}<body>lost<verse/></body></letter>".encode()
    assert letter.validate(io.BytesIO(document), "x") == letter.validate(document, "x")


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"\0\1\2",
        b"<a>" * 100_000,
        b"<letter>" + b"<p>" * 100_000 + b"</p>" * 100_000 + b"</letter>",
        b'<letter id="' + b"x" * 5_000_000 + b'"/>',
        b'<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>',
        b'<!DOCTYPE letter SYSTEM "http://nowhere/x.dtd"><letter>&eacute;</letter>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><letter>&e;</letter>',
        b'<?xml version="1.0" encoding="shift_jis"?><letter/>',
        b"<!DOCTYPE a [<!ENTITY e0 'x'>"
        + b"".join(b"<!ENTITY e%d '%s'>" % (i + 1, b"&e%d;" % i * 10) for i in range(12))
        + b"]><a>&e12;</a>",
    ],
    ids=range(10),
)
def test_a_hostile_file_is_a_violation_and_no_crash(letter: Schema, document: bytes) -> None:
    assert letter.validate(document, "x")


def test_internal_entities_work(letter: Schema) -> None:
    document = f'<!DOCTYPE letter [<!ENTITY h "{HEAD.replace(chr(34), chr(39))}">]>'
    document += "<letter>&h;<body><p/></body></letter>"
    assert letter.validate(document.encode(), "x") == ()


def test_the_cache_gives_the_same_schema_and_notices_changes(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (tmp_path / "part.rnc").write_text("b = element b { empty }", encoding="utf-8")
    main = tmp_path / "main.rnc"
    main.write_text('include "part.rnc"\nstart = element a { b }', encoding="utf-8")
    first, second = load_schema(main, cache), load_schema(main, cache)
    assert first.compiled == second.compiled
    assert not second.validate(b"<a><b/></a>", "x")
    (tmp_path / "part.rnc").write_text("b = element c { empty }", encoding="utf-8")
    assert load_schema(main, cache).validate(b"<a><b/></a>", "x")


def test_a_spoilt_cache_is_made_anew(tmp_path: Path) -> None:
    schema = tmp_path / "a.rnc"
    schema.write_text("element a { empty }", encoding="utf-8")
    load_schema(schema, tmp_path / "cache")
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(b"{")
    assert not load_schema(schema, tmp_path / "cache").validate(b"<a/>", "x")


def test_deeply_nested_schemas_load(tmp_path: Path) -> None:
    path = tmp_path / "deep.rnc"
    path.write_text("element a { " + "(" * 5000 + "text" + ")?" * 5000 + " }", encoding="utf-8")
    assert not load_schema(path).validate(b"<a>x</a>", "x")


def test_an_encoding_that_is_known_better_is_used(letter: Schema) -> None:
    document = (
        f"<?xml version='1.0' encoding='utf-16'?><letter>{HEAD}<body><p>ü<q/></p></body></letter>"
    )
    (found,) = letter.validate(document.encode(), "x", "utf-8")
    assert found.column == document.index("<q/>") + 1


def test_an_element_asked_for_twice_in_a_row_has_to_come_twice(tmp_path: Path) -> None:
    """The two parts of the group are one and the same pattern."""
    for content, fewest in (("c, c", 2), ("c+, c+", 2), ("text, (c, c)", 2), ("c?, c?", 0)):
        path = tmp_path / "s.rnc"
        path.write_text(f"start = element b {{ {content} }} c = element c {{ empty }}")
        schema = load_schema(path)
        for count in range(4):
            valid = not schema.validate(b"<b>%s</b>" % (b"<c/>" * count), "b.xml")
            assert valid == (fewest <= count and (count <= 2 or "+" in content)), (content, count)
