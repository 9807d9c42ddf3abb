"""The numbers of authority files in registers have the right form and the right check digit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.tei.authorities import Authority, authority_named, authority_of
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions
from toolkit.tei.registers import text_of
from toolkit.validate.context import Context

if TYPE_CHECKING:
    from lxml import etree

WRONG_NUMBER = Kind(
    "V405",
    "wrong-authority-number",
    Severity.WARNING,
    "A number of an authority file such as GND, VIAF, Wikidata, GeoNames, ORCID or ISNI has not "
    "the form of such numbers, or not the right check digit.",
)


def check(document: ParsedDocument, _context: Context) -> Iterator[Diagnostic]:
    """Yield the wrong numbers of a register."""
    for idno in document.root.iter(tei("idno")):
        text = text_of(idno)
        authority = _authority(idno, text)
        if authority is None or not text:
            continue
        mistake = authority.mistake(authority.number(text))
        if mistake is not None:
            yield WRONG_NUMBER.at(
                positions(document).element(idno),
                f"“{text}” is no number of {authority.name}: {mistake}",
                "Look the number up in the authority file again.",
            )


def _authority(idno: etree._Element, text: str) -> Authority | None:
    named = authority_named(idno.get("type", "")) or authority_named(idno.get("subtype", ""))
    return named or authority_of(text)
