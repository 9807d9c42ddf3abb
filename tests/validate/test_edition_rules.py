"""The toolkit's own rules: each finds its mistake, and nothing in what is right."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from tests.letter import LETTER, Findings
from toolkit.diagnostics import DiagnosticError
from toolkit.resources import SCHEMAS
from toolkit.tei.names import tei
from toolkit.tei.parse import parse, parse_file
from toolkit.validate import Context, validate
from toolkit.validate.context import BUNDLED_RULES
from toolkit.validate.schematron import findings as findings_of_rules
from toolkit.validate.schematron import load_rules

SCH = "{http://purl.oclc.org/dsdl/schematron}"
PROFILE = "<profileDesc>"
CORRESPONDENCE = (
    '<profileDesc><correspDesc><correspAction type="sent"><date when="{}"/></correspAction>'
    '<correspAction type="received"><date when="{}"/></correspAction></correspDesc>'
)
SENT = (
    '<profileDesc><correspDesc><correspAction type="{}"><persName ref="#clara">Clara</persName>'
    '<date when="{}"/></correspAction></correspDesc>'
)
LANGUAGES = '<profileDesc><langUsage><language ident="{}">x</language></langUsage>'
LICENCE = "<availability><licence>{}</licence></availability></publicationStmt>"
RESPONSIBLE = "</title><respStmt><resp>{}</resp><name>{}</name></respStmt></titleStmt>"

SPOILT = [
    # (what stands in the letter, what stands there instead, the rule, in the message)
    ("Letter to Clara", "", "title-empty", "no title"),
    ("</title>\n      </titleStmt>", RESPONSIBLE.format("", "Ann"), "responsibility-empty", "what"),
    ("</title>\n      </titleStmt>", RESPONSIBLE.format("ed.", " "), "responsible-unnamed", "who"),
    ("</publicationStmt>", LICENCE.format("CC BY"), "licence-target", "no address"),
    (PROFILE, CORRESPONDENCE.format("1901-02-03", "1901-02-01"), "received-before-sent", "03"),
    (PROFILE, CORRESPONDENCE.format("1901-02", "1901-01"), "received-before-sent", "1901-01-31"),
    (PROFILE, SENT.format("send", "1901-02-03"), "action-known", "send"),
    (PROFILE, SENT.format("sent", "1901-01-03"), "dateline-differs", "1901-02-03"),
    ("3 February 1901", "3 February 1902", "year-differs", "1902"),
    ("3 February 1901", "3 February 1902 (no. 1234)", "year-differs", "1902"),
    ("<text>", '<text xml:lang="deutsch">', "language-tag", "deutsch"),
    ("<text>", '<text xml:lang="de-D">', "language-tag", "de-D"),
    ("<text>", '<text xml:lang="ger">', "language-tag-short", "ger"),
    (PROFILE, LANGUAGES.format("english"), "language-tag", "english"),
    ("thank you", "<foreign xml:lang='fr'>merci</foreign>", None, ""),
    ("<p>thank", "<p/><p>thank", "empty-element", "`<p>` is empty"),
    ("<p>thank", "<p> <!-- to do --></p><p>thank", "empty-element", "`<p>` is empty"),
    ("<head>Letter", "<head>", "empty-element", "`<head>`"),
    ('underline">very', 'underline">', "empty-element", "`<hi>`"),
    ("3 February 1901</date>", "3 Feb <date/></date>", "empty-element", "`<date>`"),
]

RIGHT = [
    ("3 February 1901", "a letter of 24 Shawwal 1318"),
    (PROFILE, SENT.format("sent", "1901-02-03")),
    (PROFILE, SENT.format("sent", "1901-02-05")),
    (PROFILE, SENT.format("sent", "1901-01")),
    (PROFILE, CORRESPONDENCE.format("1901-02-03", "1901-02-03")),
    (PROFILE, CORRESPONDENCE.format("1901-02-03", "1901-02")),
    (PROFILE, CORRESPONDENCE.format("1901-02-03", "1901")),
    ("3 February 1901", "3 February"),
    ("3 February 1901", "No. 1234, 3 February 1901"),
    ("3 February 1901", "3 Feb. 1900/01"),
    ("3 February 1901", "<choice><sic>1902</sic><corr>1901</corr></choice>"),
    ("3 February 1901", "1902-1903"),
    ("</publicationStmt>", LICENCE.format('<ref target="https://example.org">CC BY</ref>')),
    ("thank you", '<persName ref="#clara"/>'),
    ("thank you", "<choice><sic/><corr>you</corr></choice>"),
    *(
        ("<text>", f'<text xml:lang="{tag}">')
        for tag in ("de", "de-DE-1996", "sr-Latn", "zh-Hant-TW", "es-419", "grc", "x-own", "")
    ),
    *(("<text>", f'<text xml:lang="{tag}">') for tag in ("en-GB-oed", "de-u-co-phonebk", "SL")),
]


@pytest.mark.parametrize(
    ("life", "rule"),
    [
        ('<birth when="1870"/><death when="1900-12-24"/>', "sent-after-death"),
        ('<birth when="1902"/>', "sent-before-birth"),
        ('<birth when="1870"/><death when="1901"/>', None),
        ('<birth when="1870"/><death notBefore="1899" notAfter="1905"/>', None),
    ],
)
def test_nobody_writes_before_birth_or_after_death(
    findings: Findings, life: str, rule: str | None
) -> None:
    text = LETTER.replace(PROFILE, SENT.format("sent", "1901-02-03"))
    text = text.replace("Clara</persName></person>", f"Clara</persName>{life}</person>")
    found = [rule_of(diagnostic.hint) for diagnostic in findings(text)]
    assert found == ([rule] if rule else [])


def rule_of(hint: str) -> str | None:
    found = re.search(r"Rule “(.+?)” of \w+\.sch\.$", hint)
    return found[1] if found else None


@pytest.mark.parametrize(("before", "after", "rule", "message"), SPOILT)
def test_a_rule_finds_its_mistake(
    findings: Findings, before: str, after: str, rule: str | None, message: str
) -> None:
    assert before in LETTER
    found = findings(LETTER.replace(before, after, 1))
    assert [rule_of(diagnostic.hint) for diagnostic in found] == ([rule] if rule else [])
    assert all(message in diagnostic.message for diagnostic in found)


@pytest.mark.parametrize(("before", "after"), RIGHT)
def test_what_is_right_gives_no_finding(findings: Findings, before: str, after: str) -> None:
    assert before in LETTER
    assert findings(LETTER.replace(before, after, 1)) == ()


@pytest.mark.parametrize(
    ("declared", "used", "rules"),
    [
        ("en", "en-GB", []),
        ("la", "lat", ["language-tag-short"]),
        ("en", "de", ["language-declared"]),
        ("en", "und", []),
        ("en", "english", ["language-tag"]),
    ],
)
def test_the_languages_of_the_text_are_declared(
    findings: Findings, declared: str, used: str, rules: list[str]
) -> None:
    text = LETTER.replace(PROFILE, LANGUAGES.format(declared), 1)
    text = text.replace("<head>", f'<head xml:lang="{used}">')
    text = text.replace("<salute>", f'<salute xml:lang="{used}">')
    found = findings(text)
    assert [rule_of(diagnostic.hint) for diagnostic in found] == rules
    assert all(text.split("\n")[d.line - 1][d.column - 1 :].startswith("xml:lang") for d in found)


def test_a_longer_tag_is_told_by_its_shorter_one(findings: Findings) -> None:
    (found,) = findings(LETTER.replace("<text>", '<text xml:lang="ger-AT">'))
    assert found.code == "V603"
    assert "Write “de-AT”" in found.hint


def test_every_rule_has_an_id_a_role_and_advice() -> None:
    ids: list[str | None] = []
    for file in sorted((SCHEMAS / "schematron").rglob("*.sch")):
        for rule in etree.parse(file).getroot().iter(f"{SCH}assert", f"{SCH}report"):
            if rule.get("test") == "true()":
                continue
            ids.append(rule.get("id"))
            assert rule.get("role") in ("error", "warning", "info"), (file, rule.get("id"))
            assert rule.get("diagnostics"), (file, rule.get("id"))
    assert len(ids) == len(set(ids))
    assert None not in ids


def test_one_mistake_is_not_told_by_grammar_and_rule(tmp_path: Path) -> None:
    rules = tmp_path / "own.sch"
    rules.write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern>'
        '<rule context="*:titel | *:head"><report test="1">own</report></rule></pattern></schema>',
        encoding="utf-8",
    )
    text = LETTER.replace("<salute>", "<titel>x</titel><salute>")
    found = validate(parse("letter.xml", text.encode()), Context(rules=(rules,)))
    assert [(d.code, d.message) for d in found if d.message == "own"] == [("V601", "own")]
    assert len(found) == 2


# Documents with schema specifications, for which TEI has constraints of its own.
ODD = ("schemaSpec", "elementSpec", "moduleRef", "constraintSpec")


@pytest.mark.parametrize("corpus", ["tei-test", "schnitzler-briefe", "isicily"])
def test_the_constraints_of_tei_are_those_of_the_official_schema(
    data_folder: Path, corpus: str
) -> None:
    official = load_rules(data_folder / "schemas" / "tei_all_4.12.0.rng")
    ours = load_rules(BUNDLED_RULES)
    files = sorted((data_folder / "corpora" / corpus).glob("*.xml"))
    assert files
    for file in files:
        try:
            document = parse_file(file)
        except DiagnosticError:
            continue
        if any(next(document.root.iter(tei(name)), None) is not None for name in ODD):
            continue
        codes = [
            # The official schema has some of its rules twice.
            Counter(code for code, *_ in {(d.code, d.line, d.column) for d in found})
            for found in (findings_of_rules(rules, document) for rules in (ours, official))
        ]
        assert codes[0] == codes[1], file.name


def test_published_editions_give_few_warnings(data_folder: Path) -> None:
    rules = load_rules(SCHEMAS / "schematron" / "edition.sch")
    for name in ("schnitzler-briefe", "frus-history", "dracor-ger"):
        files = sorted((data_folder / "corpora" / name).glob("*.xml"))
        with_warnings = [
            file
            for file in files
            if any(d.code != "V603" for d in findings_of_rules(rules, parse_file(file)))
        ]
        assert files
        assert len(with_warnings) <= len(files) / 3, name
