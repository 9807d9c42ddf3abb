"""One mistake, one finding: what several checks say of the same mistake."""

from __future__ import annotations

from collections.abc import Collection

from toolkit.diagnostics import Diagnostic, Position
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.inclusions import inclusions, places, places_around
from toolkit.validate.rule_kinds import RULE_BROKEN, RULE_CODES

# The grammar's findings on attributes and their values, and on elements that stand where they may
# not.
_ATTRIBUTE = frozenset(("V106", "V108"))
_MISPLACED = frozenset(("V101", "V102", "V103", "V109"))
_OF_POINTERS = "V30"
# The grammar's findings on an element that includes something, and on that which holds it.
_INCLUDING = "V101"
_LACKING = "V104"


def repeated(document: ParsedDocument, found: Collection[Diagnostic]) -> set[Diagnostic]:
    """Return those of ``found`` that only say again, or in consequence, what another says.

    These are what a rule says at a place of which another check has said more; what is said of a
    pointer that the grammar does not take for one, or does not allow there; the rules that an
    element breaks which stands in another that is misplaced; and what is said of elements that
    include something, of which one finding tells, or is missing where they stand.
    """
    by_rule = {finding for finding in found if finding.code in RULE_CODES}
    taken = {_place(finding) for finding in found if finding not in by_rule}
    bad = {_place(finding) for finding in found if finding.code in _ATTRIBUTE}
    again = {finding for finding in by_rule if _place(finding) in taken}
    again |= {f for f in found if f.code.startswith(_OF_POINTERS) and _place(f) in bad}
    return again | _in_consequence(document, found) | _of_inclusions(document, found)


def _in_consequence(document: ParsedDocument, found: Collection[Diagnostic]) -> set[Diagnostic]:
    broken = [finding for finding in found if finding.code == RULE_BROKEN.code]
    misplaced = [finding for finding in found if finding.code in _MISPLACED]
    if not broken or not misplaced:
        return set()
    from toolkit.tei.positions import positions

    again = set()
    for outer in misplaced:
        inside = positions(document).elements_within(_place(outer))
        if inside is not None:
            again |= {f for f in broken if inside[0] <= _place(f) <= inside[1]}
    return again


def _of_inclusions(document: ParsedDocument, found: Collection[Diagnostic]) -> set[Diagnostic]:
    if not found or not inclusions(document):
        return set()
    including, around = places(document), places_around(document)
    return {
        f
        for f in found
        if (f.code == _INCLUDING and _place(f) in including)
        or (f.code == _LACKING and _place(f) in around)
    }


def _place(finding: Diagnostic) -> Position:
    return Position(finding.file, finding.line, finding.column)
