"""From the engine's violations to findings: one a mistake, in an editor's words, at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit.diagnostics import Diagnostic, Position
from toolkit.tei.names import XML_ID
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import Positions, positions
from toolkit.validate.grammar.diagnosis import diagnose
from toolkit.validate.grammar.findings import Finding
from toolkit.validate.grammar.marks import Marks
from toolkit.validate.grammar.model import Model
from toolkit.validate.grammar.moves import with_moves
from toolkit.validate.grammar.plainly import IDENTIFIERS, plainly
from toolkit.validate.relaxng import Schema, Violation, ViolationKind


def explain(
    schema: Schema, document: ParsedDocument, violations: Sequence[Violation]
) -> Iterator[Diagnostic]:
    """Yield the findings on a document that the engine refuses.

    The identifiers in xml:id are left to the check of identifiers.
    """
    told = [violation for violation in violations if not _is_about_xml_id(violation)]
    of_identifiers = [violation for violation in told if violation.kind in IDENTIFIERS]
    where = positions(document)
    for violation in of_identifiers:
        yield plainly(violation, _place_of(where, document, violation))
    if len(of_identifiers) == len(told):
        return
    diagnosed = diagnose(_model(schema), document.root, Marks(where, violations))
    findings = list(with_moves(list(diagnosed)))
    for finding in findings:
        yield finding.kind.at(_place(where, finding), finding.message, finding.hint)
    if not findings:
        # Where values or identifiers decide between ways, names do not tell what is wrong.
        violation = next(v for v in told if v.kind not in IDENTIFIERS)
        yield plainly(violation, _place_of(where, document, violation))


def _is_about_xml_id(violation: Violation) -> bool:
    kinds = (ViolationKind.DUPLICATE_ID, ViolationKind.ATTRIBUTE_VALUE)
    return violation.kind in kinds and violation.name == XML_ID


@lru_cache(maxsize=4)
def _model(schema: Schema) -> Model:
    return Model(schema)


def _place(where: Positions, finding: Finding) -> Position:
    if finding.attribute is not None:
        return where.attribute(finding.element, finding.attribute)
    if finding.is_text:
        return where.text(finding.element, finding.after)
    return where.element(finding.element)


_OF_ATTRIBUTES = IDENTIFIERS | {
    ViolationKind.ATTRIBUTE_NOT_ALLOWED,
    ViolationKind.ATTRIBUTE_VALUE,
}


def _place_of(where: Positions, document: ParsedDocument, violation: Violation) -> Position:
    """Return the violation's place; the attribute's, if it is about one."""
    at = Position(document.file, violation.line, violation.column)
    if violation.kind in _OF_ATTRIBUTES:
        for element in document.root.iter(violation.element):
            if where.element(element) == at:
                return where.attribute(element, violation.name)
    return at
