"""What rules find in a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.rule_kinds import RULE_BROKEN, RULE_NOTE, RULE_WARNING
from toolkit.validate.schematron.places import OWN, place, xml_text
from toolkit.validate.schematron.rules import Rules, unusable
from toolkit.xslt import ParameterValue, transform

RULE_STOPPED = Kind(
    "V691",
    "rule-stopped",
    Severity.WARNING,
    "A Schematron rule could not be evaluated for a node: most often it takes a value for a date "
    "or a number that is none.",
)

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
# The roles and severities in use; what is none of them is an error.
_KINDS = {
    **dict.fromkeys(("warning", "warn", "nonfatal", "non-fatal", "caution"), RULE_WARNING),
    **dict.fromkeys(
        ("information", "informational", "info", "note", "hint", "debug", "trace"), RULE_NOTE
    ),
}


def findings(
    rules: Rules, document: ParsedDocument, root: Path | None = None
) -> Iterator[Diagnostic]:
    """Yield what ``rules`` find in ``document``.

    ``root`` is the folder of the edition: a pattern that validates documents which the document
    names (``documents``) gets those below it, and no others.

    Raises:
        DiagnosticError: the stylesheet made from the rules failed (X101).
    """
    if rules.stylesheet is None:
        return
    parser = etree.XMLParser(huge_tree=True)
    report = etree.fromstring(svrl(rules, document, root).encode(), parser)
    stopped: set[tuple[str | None, str]] = set()
    for result in report.iterchildren(
        f"{_SVRL}failed-assert", f"{_SVRL}successful-report", f"{OWN}stopped"
    ):
        if result.tag != f"{OWN}stopped":
            yield _finding(rules, document, result)
        elif (reason := (result.get(f"{OWN}rule"), result.text or "")) not in stopped:
            stopped.add(reason)
            yield _stopped(rules, document, result)


def svrl(rules: Rules, document: ParsedDocument, root: Path | None = None) -> str:
    """Return the report of ``rules`` on ``document`` in the Schematron Validation Report Language.

    Raises:
        DiagnosticError: the schema has no rules (V690), or the stylesheet made from them failed
            (X101).
    """
    if rules.stylesheet is None:
        raise DiagnosticError(unusable(Position(str(rules.file)), "there are no rules in it"))
    parameters: dict[str, ParameterValue] = {f"{OWN}uri": Path(document.file).resolve().as_uri()}
    if root is not None:
        parameters[f"{OWN}root"] = f"{root.resolve().as_uri()}/"
    text = xml_text(document)
    return transform(rules.stylesheet, text, parameters, file=document.file).text


def _finding(rules: Rules, document: ParsedDocument, result: etree._Element) -> Diagnostic:
    role = result.get(f"{OWN}role", "").strip().casefold()
    message = _text(result, f"{_SVRL}text") or f"the test {result.get('test')} fails"
    advice = _text(result, f"{_SVRL}diagnostic-reference/{_SVRL}text")
    return _KINDS.get(role, RULE_BROKEN).at(
        place(document, result, result.get(f"{OWN}document")),
        message.removesuffix("."),
        f"{advice} {_source(rules, result)}".lstrip(),
    )


def _stopped(rules: Rules, document: ParsedDocument, result: etree._Element) -> Diagnostic:
    return RULE_STOPPED.at(
        place(document, result, result.get(f"{OWN}document")),
        f"a rule cannot be applied here: {' '.join((result.text or '').split())}",
        f"Correct the value; if it is right, mend the rule. {_source(rules, result)}",
    )


def _source(rules: Rules, result: etree._Element) -> str:
    name = result.get(f"{OWN}rule")
    return f"Rule “{name}” of {rules.file.name}." if name else f"A rule of {rules.file.name}."


def _text(result: etree._Element, path: str) -> str:
    parts = ("".join(map(str, found.itertext())) for found in result.iterfind(path))
    return " ".join(" ".join(parts).split())
