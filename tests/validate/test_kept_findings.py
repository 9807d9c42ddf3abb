"""Findings are kept from run to run, and only as long as they hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.letter import LETTER, Edition
from toolkit import cache as cache_module
from toolkit.diagnostics import Diagnostic
from toolkit.files import version
from toolkit.pipeline.running import Options
from toolkit.pipeline.validate import validate_files
from toolkit.tei.parse import open_file
from toolkit.validate import Context, kept_findings, validate
from toolkit.validate.schemas import forget_schemas

GRAMMAR = 'include "p.rnc"\nstart = element note { p+ }'
PARAGRAPH = "p = element p { text }"
NOTE = "<note><p>one</p><q/></note>"
RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">
  <pattern><rule context="p"><assert id="r" test="{}">wrong</assert></rule></pattern></schema>"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Return a document beside its schema, which is in two files."""
    (tmp_path / "note.rnc").write_text(GRAMMAR)
    (tmp_path / "p.rnc").write_text(PARAGRAPH)
    path = tmp_path / "note.xml"
    path.write_text(NOTE)
    return path


@pytest.fixture
def context(note: Path) -> Context:
    folder = note.parent
    return Context(schema=folder / "note.rnc", schematron=False, cache=folder / "cache")


def codes(path: Path, context: Context) -> list[str]:
    # Each time as a new process would.
    forget_schemas()
    return [finding.code for finding in validate(open_file(path), context)]


def entries(context: Context) -> list[Path]:
    assert context.cache is not None
    return sorted((context.cache / "findings").rglob("*.json"))


def forge(context: Context) -> None:
    """Make all entries say that nothing was found."""
    for path in entries(context):
        cache_module.keep(path, cache_module.kept(path) | {"findings": []})


def test_what_is_known_is_not_looked_for_again(note: Path, context: Context) -> None:
    assert codes(note, context) == ["V101"]
    forge(context)
    assert codes(note, context) == []
    assert codes(note, replace(context, cache=None)) == ["V101"]


def test_a_changed_document_is_looked_at_again(note: Path, context: Context) -> None:
    codes(note, context)
    forge(context)
    note.write_text(NOTE.replace("one", "two"))
    assert codes(note, context) == ["V101"]


@pytest.mark.parametrize(
    ("file", "content"),
    [("note.rnc", GRAMMAR.replace("p+", "p+, element q { empty }")), ("p.rnc", "p = empty")],
)
def test_a_changed_schema_is_used(note: Path, context: Context, file: str, content: str) -> None:
    before = codes(note, context)
    (note.parent / file).write_text(content)
    assert codes(note, context) != before
    assert codes(note, context) == codes(note, replace(context, cache=None))


def test_another_state_of_the_toolkit_looks_again(
    note: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes(note, context)
    forge(context)
    monkeypatch.setattr(cache_module, "_toolkit", lambda: b"another")
    assert codes(note, context) == ["V101"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\n{}"])
def test_a_damaged_entry_is_made_anew(note: Path, context: Context, damage: bytes) -> None:
    codes(note, context)
    (entry,) = entries(context)
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert codes(note, context) == ["V101"]
    assert entry.read_bytes() == whole


def test_an_entry_of_another_form_counts_as_none(note: Path, context: Context) -> None:
    codes(note, context)
    (entry,) = entries(context)
    others: list[object] = [[], {"day": None}, {"day": None, "sources": [], "findings": [[1]]}]
    for data in others:
        cache_module.keep(entry, data)
        assert codes(note, context) == ["V101"]


def test_findings_are_the_same_with_and_without_a_cache(edition: Edition, tmp_path: Path) -> None:
    spoilt = {
        "tei/a.xml": LETTER.replace("<p>thank", "<foo/><p>thank"),
        "tei/b.xml": LETTER.replace("<title>Letter to Clara</title>", "<title/>"),
        "tei/c.xml": LETTER.replace("</p>", "", 1),
        "tei/d.xml": LETTER.replace("#clara", "#klara").replace("<hi ", '<hi frob="1" '),
    }
    without = edition(spoilt)
    files = [tmp_path / name for name in spoilt]

    def found(context: Context, jobs: int = 1) -> list[tuple[Diagnostic, ...]]:
        reports = validate_files(files, context, Options(jobs=jobs))
        return [report.diagnostics for report in reports]

    expected = found(without)
    assert all(expected)
    kept = replace(without, cache=tmp_path / "cache")
    # Two processes fill the folder at the same time.
    assert found(kept, jobs=2) == expected
    assert found(kept) == expected


def test_what_a_pointer_leads_to_is_looked_at_each_time(edition: Edition, tmp_path: Path) -> None:
    letter = LETTER.replace("#clara", "other.xml#clara")
    context = replace(
        edition({"letter.xml": letter, "other.xml": LETTER}),
        schematron=False,
        cache=tmp_path / "cache",
    )
    assert codes(tmp_path / "letter.xml", context) == []
    (tmp_path / "other.xml").write_text(LETTER.replace("clara", "klara"))
    assert codes(tmp_path / "letter.xml", context) == ["V301"]


def checked_by_rule(note: Path, context: Context, test: str) -> tuple[Path, Context]:
    rules = note.parent / "rules.sch"
    rules.write_text(RULES.format(test))
    note.write_text("<note><p>one</p></note>")
    return note, replace(context, schematron=True, rules=(rules,))


def test_a_changed_rule_is_used(note: Path, context: Context) -> None:
    assert codes(*checked_by_rule(note, context, "true()")) == []
    assert codes(*checked_by_rule(note, context, "false()")) == ["V601"]
    assert codes(*checked_by_rule(note, context, "false()")) == ["V601"]


def test_a_rule_that_reads_another_file_reads_it_each_time(note: Path, context: Context) -> None:
    other = note.parent / "other.xml"
    other.write_text("<a/>")
    test = f"doc('{other.as_uri()}')/a"
    assert codes(*checked_by_rule(note, context, test)) == []
    other.write_text("<b/>")
    # Saxon keeps documents for a process: what counts is that the rule is asked again.
    before = {path: version(path) for path in entries(context)}
    codes(*checked_by_rule(note, context, test))
    # Of the grammar, of the rules in it (none), of the toolkit's own rules; not of this rule.
    assert len(before) == 3
    assert not any("rules.sch" in path.read_text() for path in entries(context))


def test_what_depends_on_the_day_is_kept_for_a_day(
    note: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = checked_by_rule(note, context, "string(current-date()) gt '2020'")
    assert codes(*found) == []
    (entry,) = (path for path in entries(context) if "rules.sch" in path.read_text())
    monkeypatch.setattr(kept_findings, "_today", lambda: "1999-01-01")
    codes(*found)
    assert '"day":"1999-01-01"' in entry.read_text()
