"""The document follows the grammar: the schema of the edition, or that of the toolkit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.tei.names import XML_ID, is_ncname
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import Positions, positions
from toolkit.validate.context import Context
from toolkit.validate.grammar.diagnosis import diagnose
from toolkit.validate.grammar.findings import Finding
from toolkit.validate.grammar.grammar import Grammar
from toolkit.validate.relaxng import Schema, complaints, load_schema

NOT_VALID = Kind(
    "V199",
    "not-valid",
    Severity.ERROR,
    "The document does not follow the schema, and the toolkit cannot say it better than the "
    "validating engine does.",
)


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what the schema has against the document.

    Raises:
        DiagnosticError: the schema cannot be used (F0xx, X0xx, V190).
    """
    schema = load_schema(context.schema_file)
    said = complaints(schema, document)
    if not said:
        return
    findings = list(diagnose(_grammar(schema), document.root))
    where = positions(document)
    for finding in findings:
        yield finding.kind.at(_place(where, finding), finding.message, finding.hint)
    if not findings and not _has_bad_id(document):
        yield NOT_VALID.at(
            Position(document.file, max(said[0].line, 1)),
            f"the document does not follow the schema: {' '.join(said[0].message.split())}",
            "Compare the element with others of its name.",
        )


@cache
def _grammar(schema: Schema) -> Grammar:
    return Grammar(schema.tree)


def _place(where: Positions, finding: Finding) -> Position:
    if finding.attribute is not None:
        return where.attribute(finding.element, finding.attribute)
    if finding.is_text:
        return where.text(finding.element, finding.after)
    return where.element(finding.element)


def _has_bad_id(document: ParsedDocument) -> bool:
    """Tell whether an xml:id is not a name; that is for the check of identifiers to tell."""
    return any(
        not is_ncname(element.get(XML_ID, ""))
        for element in document.root.iter("{*}*")
        if element.get(XML_ID) is not None
    )
