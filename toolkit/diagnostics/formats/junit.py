"""For build servers: JUnit XML, one test case a finding, grouped by file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from toolkit.diagnostics.diagnostic import Diagnostic, Severity
from toolkit.diagnostics.sources import Sources

# Some build servers take a report without a test for a failure.
_NOTHING_FOUND = """\
  <testsuite name="tei" tests="1" failures="0">
    <testcase classname="tei" name="nothing found"/>
  </testsuite>"""


def render(diagnostics: Sequence[Diagnostic], _sources: Sources) -> str:
    """Return a ``testsuites`` document; errors and warnings are failures, notes pass."""
    found = sorted(diagnostics, key=lambda d: d.file)
    suites = [_suite(file, list(group)) for file, group in groupby(found, key=lambda d: d.file)]
    total = f"tests={_attribute(len(found) or 1)} failures={_attribute(_failures(found))}"
    head = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="tei" {total}>']
    return "\n".join([*head, *(suites or [_NOTHING_FOUND]), "</testsuites>", ""])


def _suite(file: str, diagnostics: list[Diagnostic]) -> str:
    failures = _failures(diagnostics)
    cases = "\n".join(_case(d) for d in sorted(diagnostics))
    head = f"name={_attribute(file)} tests={_attribute(len(diagnostics))}"
    return f"  <testsuite {head} failures={_attribute(failures)}>\n{cases}\n  </testsuite>"


def _failures(diagnostics: Sequence[Diagnostic]) -> int:
    return sum(d.severity is not Severity.NOTE for d in diagnostics)


def _case(d: Diagnostic) -> str:
    name = _attribute(f"{d.code} at {d.line}:{d.column}")
    where = f"{d.file}:{d.line}:{d.column}"
    text = escape(_clean(f"{where}: {d.message}\n{d.hint}".strip()))
    attributes = f"type={_attribute(d.severity)} message={_attribute(d.message)}"
    body = (
        f"<system-out>{text}</system-out>"
        if d.severity is Severity.NOTE
        else f"<failure {attributes}>{text}</failure>"
    )
    return f"    <testcase classname={_attribute(d.file)} name={name}>{body}</testcase>"


def _attribute(value: object) -> str:
    return quoteattr(_clean(str(value)))


def _clean(text: str) -> str:
    """Replace the control characters that XML forbids."""
    return "".join(c if c in "\t\n" or c.isprintable() else "\ufffd" for c in text)
