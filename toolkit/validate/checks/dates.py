"""Dates that belong together are in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.expressions import expression
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.validate.context import Context
from toolkit.validate.grammar.words import tag
from toolkit.validate.survey import PERIODS, Dated, survey

if TYPE_CHECKING:
    from lxml import etree

REVERSED = Kind(
    "V501",
    "dates-reversed",
    Severity.ERROR,
    "The end of a period is earlier than its beginning.",
)
DEATH_BEFORE_BIRTH = Kind(
    "V502", "death-before-birth", Severity.WARNING, "Someone dies before being born."
)

_DATE = expression(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*|Z|[+-]\d\d:\d\d)?")
_LIFE = frozenset(map(tei, ("person", "birth", "death")))

_Day = tuple[int, int, int]


def check(document: ParsedDocument, _context: Context) -> Iterator[Diagnostic]:
    """Yield periods that end before they begin, and lives."""
    surveyed = survey(document)
    for dated in surveyed.periods:
        yield from _periods(document, dated)
    if surveyed.elements >= _LIFE:
        for person in document.root.iter(tei("person")):
            yield from _life(document, person)


def _periods(document: ParsedDocument, dated: Dated) -> Iterator[Diagnostic]:
    for begin, end in PERIODS:
        beginning, ending = dated.attributes.get(begin), dated.attributes.get(end)
        if beginning is None or ending is None:
            continue
        earliest, latest = _day(beginning, last=False), _day(ending, last=True)
        if earliest is None or latest is None or earliest <= latest:
            continue
        yield REVERSED.at(
            positions(document).attribute_of(dated.number, end),
            f'`{end}="{ending}"` is earlier than `{begin}="{beginning}"` on {tag(dated.element)}',
            "Correct one of the two dates, or exchange them.",
        )


def _life(document: ParsedDocument, person: etree._Element) -> Iterator[Diagnostic]:
    birth, death = person.find(tei("birth")), person.find(tei("death"))
    if birth is None or death is None:
        return
    born = _day(birth.get("when") or birth.get("notBefore") or "", last=False)
    died = _day(death.get("when") or death.get("notAfter") or "", last=True)
    if born is not None and died is not None and died < born:
        yield DEATH_BEFORE_BIRTH.at(
            positions(document).element(death),
            "this person dies before being born",
            "Correct one of the two dates.",
        )


def _day(value: str, *, last: bool) -> _Day | None:
    """Return the first or last day that a date of XML Schema may mean."""
    written = _DATE.fullmatch(value.strip())
    if written is None:
        return None
    month, day = (12, 31) if last else (1, 1)
    return int(written[1]), int(written[2] or month), int(written[3] or day)
