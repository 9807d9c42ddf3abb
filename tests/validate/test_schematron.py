"""Schematron: rules say what they find, where it is, and nothing that they must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import parse, parse_file
from toolkit.validate.schematron import DEFAULT_PHASE, Rules, findings, load_rules, svrl
from toolkit.validate.schematron import rules as making

Files = Callable[[dict[str, str]], Path]
Validate = Callable[..., list[Diagnostic]]

SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"{attributes}>
{content}
</schema>"""


def schema(content: str, attributes: str = "") -> str:
    return SCHEMA.format(content=content, attributes=attributes)


def pattern(context: str, *assertions: str, attributes: str = "") -> str:
    rule = f'<rule context="{context}">{"".join(assertions)}</rule>'
    return f"<pattern {attributes}>{rule}</pattern>"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Return a function that writes files and returns the first."""

    def write(texts: dict[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / next(iter(texts))

    return write


@pytest.fixture
def validated(files: Files, tmp_path: Path) -> Validate:
    """Return a function that validates a document by a schema, with other files beside them."""

    def run(
        rules: str, document: str, phase: str = DEFAULT_PHASE, **others: str
    ) -> list[Diagnostic]:
        more = {name.replace("_", "."): text for name, text in others.items()}
        path = files({"rules.sch": rules, "document.xml": document, **more})
        parsed = parse_file(tmp_path / "document.xml")
        return sorted(findings(load_rules(path, phase), parsed, tmp_path))

    return run


def messages(found: list[Diagnostic]) -> list[str]:
    return [diagnostic.message for diagnostic in found]


def test_only_the_first_rule_of_a_pattern_fires_but_every_pattern_does(
    validated: Validate,
) -> None:
    one = '<rule context="b"><report test="1">1</report></rule>'
    two = '<rule context="*"><report test="1">2</report></rule>'
    three = pattern("a | b", '<report test="1">3</report>')
    found = validated(schema(f"<pattern>{one}{two}</pattern>{three}"), "<a><b/></a>")
    assert [(d.column, d.message) for d in found] == [(1, "2"), (1, "3"), (4, "1"), (4, "3")]


@pytest.mark.parametrize(
    ("phase", "expected"),
    [("#DEFAULT", ["two"]), ("#ALL", ["one", "two"]), ("first", ["one"])],
)
def test_a_phase_chooses_its_patterns(validated: Validate, phase: str, expected: list[str]) -> None:
    patterns = "".join(
        pattern("a", f'<assert test="false()">{name}</assert>', attributes=f'id="{name}"')
        for name in ("one", "two")
    )
    phases = (
        '<phase id="first"><active pattern="one"/></phase>'
        '<phase id="second"><active pattern="two"/></phase>'
    )
    rules = schema(phases + patterns, ' defaultPhase="second"')
    assert messages(validated(rules, "<a/>", phase)) == expected


def test_variables_of_two_patterns_may_have_one_name(validated: Validate) -> None:
    patterns = "".join(
        f'<pattern><let name="v" value="{value}"/><rule context="*[@n = $v]">'
        f'<report test="true()">$v is <value-of select="$v"/></report></rule></pattern>'
        for value in (1, 2)
    )
    found = validated(schema(patterns), '<a n="1"><b n="2"/></a>')
    assert [(d.column, d.message) for d in found] == [(1, "$v is 1"), (10, "$v is 2")]


def test_a_pattern_for_other_documents_has_its_variables_from_them(validated: Validate) -> None:
    rules = schema(
        '<pattern documents="//@href"><let name="name" value="name(/*)"/>'
        '<rule context="*[name() = $name]"><report test="true()">root '
        '<value-of select="$name"/></report></rule></pattern>'
    )
    document = '<a href="one.xml"><b href="two.xml"/></a>'
    found = validated(rules, document, one_xml="\n<x/>", two_xml="<y>\n<x/></y>")
    assert [(Path(d.file).name, d.line, d.message) for d in found] == [
        ("one.xml", 2, "root x"),
        ("two.xml", 1, "root y"),
    ]


def test_an_abstract_pattern_takes_parameters(validated: Validate) -> None:
    rules = schema(
        '<pattern abstract="true" id="needs"><param name="child" value="b"/>'
        '<rule context="$parent"><assert test="$child" diagnostics="d">no <value-of '
        "select=\"'$child'\"/></assert></rule></pattern>"
        '<pattern is-a="needs"><param name="parent" value="a"/></pattern>'
        '<pattern is-a="needs"><param name="parent" value="b"/><param name="child" value="c|d"/>'
        '</pattern><diagnostics><diagnostic id="d">Add <value-of select="\'$child\'"/>.'
        "</diagnostic></diagnostics>"
    )
    (found,) = validated(rules, "<a><b/></a>")
    assert found.message == "no c|d"
    assert found.hint.startswith("Add c|d.")


def test_rules_come_from_other_files_with_their_namespaces(validated: Validate) -> None:
    rules = schema(
        '<ns prefix="p" uri="urn:two"/><include href="one.sch"/>'
        '<pattern><rule context="/*"><extends href="two.sch#shared"/>'
        '<report test="p:b">two</report></rule></pattern>'
    )
    one = (
        '<pattern xmlns="http://purl.oclc.org/dsdl/schematron">'
        '<rule context="*:a"><report test="true()">from one</report></rule></pattern>'
    )
    two = schema(
        '<ns prefix="p" uri="urn:one"/><pattern><rule abstract="true" id="shared">'
        '<report test="p:b">one</report></rule></pattern>'
    )
    document = '<a><b xmlns="urn:one"/></a>'
    found = validated(rules, document, one_sch=one, two_sch=two)
    assert messages(found) == ["from one", "one"]


@pytest.mark.parametrize("prefix", ["t", "sch", "svrl", "out", "xs"])
def test_a_schema_may_use_any_prefix(validated: Validate, prefix: str) -> None:
    namespace = f'<ns prefix="{prefix}" uri="urn:mine"/>'
    assertion = f'<report test="{prefix}:b"><value-of select="{prefix}:b"/></report>'
    found = validated(
        schema(
            f'{namespace}<let name="v" value="//{prefix}:b"/>'
            + pattern(f"{prefix}:a[$v]", assertion)
        ),
        '\n<a xmlns="urn:mine"><b>here</b></a>',
    )
    assert [(d.line, d.message) for d in found] == [(2, "here")]
    with pytest.raises(DiagnosticError) as raised:
        validated(schema(namespace + "\n" + pattern("a", f'<assert test="{prefix}:b["/>')), "<a/>")
    assert raised.value.diagnostics[0].line == 3


def test_functions_and_keys_of_xslt_can_be_used(validated: Validate) -> None:
    rules = schema(
        '<ns prefix="f" uri="urn:f"/>'
        '<xsl:function name="f:twice"><xsl:param name="n"/><xsl:sequence select="2 * $n"/>'
        '</xsl:function><xsl:key name="by-n" match="b" use="@n"/>'
        + pattern("a", "<report test=\"key('by-n', string(f:twice(2)))\">found</report>"),
        ' xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="urn:f"',
    )
    assert messages(validated(rules, '<a><b n="4"/></a>')) == ["found"]


def test_each_item_that_a_rule_visits_is_tested(validated: Validate) -> None:
    rules = schema(
        '<pattern><rule context="a/@n" visit-each="tokenize(.)">'
        '<assert test="number(.) lt 3"><value-of select="."/> is too much</assert>'
        "</rule></pattern>"
    )
    found = validated(rules, '<a n="1 3 2 4"/>')
    assert [(d.column, d.message) for d in found] == [(4, "3 is too much"), (4, "4 is too much")]


PLACES = [
    # (context, subject, line, column)
    ("c", "", 3, 3),
    ("c/@n", "", 3, 6),
    ("a/text()", "", 2, 1),
    ("c", 'subject="../../@m"', 1, 4),
    ("c", 'subject="following::text()[normalize-space()][1]"', 3, 21),
    ("comment()", "", 2, 6),
    ("/", "", 1, 1),
]


@pytest.mark.parametrize(("context", "subject", "line", "column"), PLACES)
def test_a_finding_is_where_its_subject_is(
    validated: Validate, context: str, subject: str, line: int, column: int
) -> None:
    rules = schema(pattern(context, f'<report test="true()" {subject}>here</report>'))
    document = '<a m="0">\nfirst<b>\n  <c n="1"/><!-- -->x</b></a>'
    found = validated(rules, document)[0]
    assert (found.line, found.column) == (line, column)


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("", "V601"),
        ('role="error"', "V601"),
        ('role="FATAL"', "V601"),
        ('role="warning"', "V602"),
        ('role="nonfatal"', "V602"),
        ('severity="warn"', "V602"),
        ('role="info"', "V603"),
    ],
)
def test_the_role_says_how_grave_a_finding_is(validated: Validate, role: str, code: str) -> None:
    (found,) = validated(schema(pattern("a", f'<assert test="b" {role}>x</assert>')), "<a/>")
    assert found.code == code


def test_a_rule_lends_its_role_to_its_assertions(validated: Validate) -> None:
    rule = '<pattern><rule context="a" role="info"><assert test="b">x</assert></rule></pattern>'
    assert [d.code for d in validated(schema(rule), "<a/>")] == ["V603"]


def test_the_text_is_the_message_and_diagnostics_are_the_hint(validated: Validate) -> None:
    rules = schema(
        pattern(
            "a",
            '<assert id="has-b" test="b" diagnostics="one two">the <name/> of\n'
            '  <value-of select="@n"/> <emph>lacks</emph> a <dir value="ltr">b</dir>.</assert>',
        )
        + '<diagnostics><diagnostic id="one">Add a b.</diagnostic>'
        '<diagnostic id="two">Or delete the <name/>.</diagnostic></diagnostics>'
    )
    (found,) = validated(rules, '<a n="7"/>')
    assert found.message == "the a of 7 lacks a b"
    assert found.hint == "Add a b. Or delete the a. Rule “has-b” of rules.sch."


def test_a_rule_that_cannot_be_applied_is_one_finding_and_stops_no_other(
    validated: Validate,
) -> None:
    rules = schema(
        '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>'
        + pattern("b", '<assert test="xs:date(@n)">x</assert>')
        + pattern("a", '<report test="true()">still here</report>')
    )
    found = validated(rules, '<a><b n="soon"/><b n="soon"/></a>')
    assert [(d.code, d.column) for d in found] == [("V601", 1), ("V691", 4)]
    assert "soon" in found[1].message


def test_the_processing_instructions_before_the_root_are_seen(validated: Validate) -> None:
    rules = schema(
        pattern("/", "<assert test=\"processing-instruction('xml-model')\">none</assert>")
    )
    assert validated(rules, '<?xml-model href="x.rng"?>\n<a/>') == []


def test_the_full_report_names_patterns_and_rules_in_order(files: Files) -> None:
    rules = schema(
        pattern("b", '<report test="1">b</report>', attributes='id="first"')
        + pattern("a", '<report test="1">a</report>', attributes='id="second"')
    )
    path = files({"rules.sch": rules})
    report = svrl(load_rules(path, full=True), parse("d.xml", b"<a><b/></a>"))
    order = ['id="first"', 'context="b"', ">b<", 'id="second"', 'context="a"', ">a<"]
    assert sorted(order, key=report.index) == order


# Schemas that cannot be used

UNUSABLE = [
    # (schema, in the message, line)
    ("<a/>", "no Schematron schema", 1),
    ('<schema xmlns="http://www.ascc.net/xml/schematron"/>', "Schematron 1.5", 1),
    (schema("", "").replace("xslt3", "xquery"), "query binding “xquery”", 1),
    (schema('<pattern><rule><assert test="a">x</assert></rule></pattern>'), "no context", 2),
    (schema(pattern("a", "<assert>x</assert>")), "no test", 2),
    (schema('\n<pattern is-a="none"/>'), "no abstract pattern “none”", 3),
    (schema(pattern("a", '\n<extends rule="none"/>')), "no abstract rule “none”", 3),
    (schema(pattern("a", '<assert test="a" diagnostics="d">x</assert>')), "no diagnostic “d”", 2),
    (schema('<phase id="p"><active pattern="none"/></phase>'), "no pattern “none”", 2),
    (schema("", ' defaultPhase="none"'), "no phase “none”", 1),
    (schema(pattern("a", '\n<assert test="b[">x</assert>')), "cannot be evaluated", 3),
    (schema(pattern("a", '\n<assert test="p:b">x</assert>')), "prefix 'p'", 3),
    (schema("\n" + pattern("a +", '<assert test="b">x</assert>')), "cannot be evaluated", 3),
    (schema(pattern("a", '<report test="b">\n<value-of select="$v"/></report>')), "v", 3),
    (schema('\n<ns prefix="xsl" uri="urn:x"/>'), "“xsl” is for XSLT", 3),
    (schema('\n<include href="gone.sch"/>'), "gone.sch cannot be read", 3),
    (schema('\n<include href="http://localhost:9/x.sch"/>'), "only well-formed local files", 3),
    (schema('\n<include href="rules.sch"/>'), "includes itself", 3),
    (
        schema(
            '<xsl:include href="http://localhost:9/x.xsl"/>' + pattern("a", '<report test="b"/>'),
            ' xmlns:xsl="http://www.w3.org/1999/XSL/Transform"',
        ),
        "cannot be evaluated",
        1,
    ),
    (
        schema(
            '<pattern><rule abstract="true" id="r"><extends rule="r"/></rule>'
            '<rule context="a"><extends rule="r"/></rule></pattern>'
        ),
        "extends itself",
        2,
    ),
]


@pytest.mark.parametrize(("text", "message", "line"), UNUSABLE)
def test_a_mistake_in_the_rules_is_told_with_its_place(
    files: Files, text: str, message: str, line: int
) -> None:
    with pytest.raises(DiagnosticError) as raised:
        load_rules(files({"rules.sch": text}))
    found = raised.value.diagnostics[0]
    assert (found.code, found.line) == ("V690", line)
    assert message in found.message


def test_a_mistake_in_an_included_file_is_told_there(files: Files) -> None:
    included = '<pattern xmlns="http://purl.oclc.org/dsdl/schematron">\n' + pattern(
        "a", '<assert test="b[">x</assert>'
    ).removeprefix("<pattern >")
    path = files({"rules.sch": schema('<include href="sub/one.sch"/>'), "sub/one.sch": included})
    with pytest.raises(DiagnosticError) as raised:
        load_rules(path)
    found = raised.value.diagnostics[0]
    assert (Path(found.file).name, found.line) == ("one.sch", 2)


def test_changed_rules_are_read_anew(files: Files, validated: Validate) -> None:
    included = '<pattern xmlns="http://purl.oclc.org/dsdl/schematron">{}</pattern>'
    rule = '<rule context="a"><report test="true()">{}</report></rule>'
    rules = schema('<include href="one.sch"/>')
    for text in ("before", "after"):
        found = validated(rules, "<a/>", one_sch=included.format(rule.format(text)))
        assert messages(found) == [text]


@pytest.mark.parametrize("spoilt", [False, True])
def test_a_store_keeps_what_was_made(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bool
) -> None:
    path = files({"rules.sch": schema(pattern("a", '<report test="true()">here</report>'))})
    store = tmp_path / "store"
    first = load_rules(path, store=store)
    making._load.cache_clear()
    (kept,) = store.iterdir()
    made = []
    make = making._made

    def counted(path: Path, phase: str, full: bool) -> Rules:
        made.append(path)
        return make(path, phase, full)

    monkeypatch.setattr(making, "_made", counted)
    if spoilt:
        kept.write_bytes(b'{"sources": 7}')
    assert load_rules(path, store=store) == first
    assert len(made) == spoilt


def test_a_store_gives_nothing_that_is_out_of_date(files: Files, tmp_path: Path) -> None:
    one = '<pattern xmlns="http://purl.oclc.org/dsdl/schematron">{}</pattern>'
    rule = '<rule context="a"><report test="true()">{}</report></rule>'
    texts = {"rules.sch": schema('<include href="one.sch"/>'), "one.sch": one.format("")}
    for text in ("before", "after"):
        path = files({**texts, "one.sch": one.format(rule.format(text))})
        making._load.cache_clear()
        found = findings(load_rules(path, store=tmp_path / "store"), parse("d.xml", b"<a/>"))
        assert messages(list(found)) == [text]


# Rules in RELAX NG

GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:a"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron">
  <sch:ns prefix="p" uri="urn:a"/>
  <include href="more.rng"/>
  <start><element name="a">
    <sch:pattern><sch:rule context="p:a"><sch:report test="p:b">pattern</sch:report></sch:rule>
    </sch:pattern>
    <sch:report test="p:b">assertion</sch:report>
    <ref name="b"/>
  </element></start>
</grammar>"""
MORE = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:a"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron">
  <define name="b"><element name="b"><empty/></element></define>
  <sch:rule context="p:b"><sch:report test="true()">rule</sch:report></sch:rule>
</grammar>"""


COMPACT = """default namespace = "urn:a"
namespace sch = "http://purl.oclc.org/dsdl/schematron"
namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"
sch:ns [ prefix = "p" uri = "urn:a" ]
a:documentation [ "on all of it" ]
include "more.rnc"
start = [ a:x = "1" sch:assert [ test = "@x" "asser" ~ "tion" ] ]
  element a { attribute x { text }?, b*
  >> sch:pattern [ "\\x{a}" sch:rule [ context = "p:a" sch:report [ test = "p:b" "pattern" ] ] ] }
"""
MORE_COMPACT = """default namespace = "urn:a"
namespace s = "http://purl.oclc.org/dsdl/schematron"
b = element b { empty }
s:rule [ context = "p:b" s:report [ test = "true()" "rule" ] ]
"""


@pytest.mark.parametrize(
    ("main", "texts"),
    [
        ("main.rng", {"main.rng": GRAMMAR, "more.rng": MORE}),
        ("main.rnc", {"main.rnc": COMPACT, "more.rnc": MORE_COMPACT}),
    ],
)
def test_rules_embedded_in_relax_ng_are_found_in_all_its_files(
    files: Files, main: str, texts: dict[str, str]
) -> None:
    document = parse("d.xml", b'<a xmlns="urn:a"><b/></a>')
    found = sorted(findings(load_rules(files(texts)), document))
    assert [(d.column, d.message) for d in found] == [
        (1, "assertion"),
        (1, "pattern"),
        (18, "rule"),
    ]
    assert found[2].hint == f"A rule of {main}."


@pytest.mark.parametrize(
    ("file", "right", "wrong", "place", "code"),
    [
        ("more.rnc", "true()", "true(", ("more.rnc", 4, 26), "V690"),
        ("main.rnc", 'context = "p:a"', "", ("main.rnc", 9, 24), "V690"),
        ("main.rnc", '"pattern" ] ] ] }', '"pattern"', ("main.rnc", 10, 1), "V181"),
        ("main.rnc", '"asser"', '"\\x{1}"', ("main.rnc", 7, 46), "V181"),
    ],
)
def test_a_mistake_in_a_rule_of_compact_syntax_is_told_at_its_place(
    files: Files, file: str, right: str, wrong: str, place: tuple[str, int, int], code: str
) -> None:
    texts = {"main.rnc": COMPACT, "more.rnc": MORE_COMPACT}
    assert right in texts[file]
    path = files(texts | {file: texts[file].replace(right, wrong)})
    with pytest.raises(DiagnosticError) as refused:
        load_rules(path)
    (found,) = refused.value.diagnostics
    assert (Path(found.file).name, found.line, found.column) == place
    assert found.code == code


def test_a_grammar_in_compact_syntax_without_rules_needs_no_stylesheet(files: Files) -> None:
    path = files({"main.rnc": 'include "main.rnc"\nstart = element a { empty }'})
    assert load_rules(path).stylesheet is None


def test_a_grammar_without_rules_finds_nothing(files: Files) -> None:
    grammar = '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
    rules = load_rules(files({"main.rng": grammar}))
    assert rules.stylesheet is None
    assert list(findings(rules, parse("d.xml", b"<a/>"))) == []


# What a document cannot do

NAMED = schema(
    '<pattern documents="/a/@href"><rule context="/"><report test="true()">read '
    '<value-of select="."/></report></rule></pattern>'
)


@pytest.mark.parametrize(
    "href",
    [
        "../outside.xml",
        "sub/../../outside.xml",
        "sub/%2e%2e/%2e%2e/outside.xml",
        "http://localhost:9/x.xml",
        "gone.xml",
    ],
)
def test_a_document_names_no_documents_outside_the_edition(
    files: Files, tmp_path: Path, href: str
) -> None:
    path = files(
        {
            "edition/rules.sch": NAMED,
            "edition/document.xml": f'<a href="{href}"/>',
            "edition/sub/x.xml": "<x/>",
            "outside.xml": "<x>secret</x>",
        }
    )
    document = parse_file(tmp_path / "edition" / "document.xml")
    (found,) = findings(load_rules(path), document, tmp_path / "edition")
    assert found.code == "V691"
    assert "secret" not in found.message


def test_without_an_edition_a_document_names_no_documents(files: Files, tmp_path: Path) -> None:
    path = files({"rules.sch": NAMED, "d.xml": '<a href="x.xml"/>', "x.xml": "<x>secret</x>"})
    (found,) = findings(load_rules(path), parse_file(tmp_path / "d.xml"))
    assert found.code == "V691"


def test_a_document_that_is_named_loads_no_entities(validated: Validate, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    bad = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><x>no &e;</x>'
    found = validated(NAMED, '<a href="x.xml"/>', x_xml=bad)
    assert "secret" not in "".join(messages(found))
