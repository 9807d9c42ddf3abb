"""Every entry of a register can be pointed to, has a name, and stands for one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Severity
from toolkit.files import version
from toolkit.tei.names import XML_ID, tei
from toolkit.tei.parse import ParsedDocument, parse_file
from toolkit.tei.positions import positions
from toolkit.tei.registers import entries_of, faults
from toolkit.validate.context import Context

if TYPE_CHECKING:
    from lxml import etree

SAME_AUTHORITY = Kind(
    "V403",
    "same-authority-number",
    Severity.WARNING,
    "Two entries have the same number of an authority file: probably they are the same thing.",
)

_Number = tuple[str, str]


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what is amiss with the entries of a register."""
    here = Path(document.file).resolve()
    numbers: dict[_Number, str] = {}
    for other in context.register_files:
        if other == here:
            break
        numbers = {**_numbers_in(other), **numbers}
    yield from faults(document)
    for entry in entries_of(document.root):
        yield from _repeated(document, entry, numbers)


def _repeated(
    document: ParsedDocument, entry: etree._Element, numbers: dict[_Number, str]
) -> Iterator[Diagnostic]:
    for idno in entry.iterchildren(tei("idno")):
        number = _number(idno)
        if not number[1]:
            continue
        if number in numbers:
            yield SAME_AUTHORITY.at(
                positions(document).element(idno),
                f"the number {' '.join(number).strip()} is also that of {numbers[number]}",
                "Join the two entries, or correct one of the numbers.",
            )
        numbers.setdefault(number, f"“{entry.get(XML_ID, '')}” in {Path(document.file).name}")


def _number(idno: etree._Element) -> _Number:
    text = "".join(str(part) for part in idno.itertext())
    return idno.get("type", ""), " ".join(text.split())


def _numbers_in(file: Path) -> Mapping[_Number, str]:
    return _numbers(file, version(file))


@lru_cache(maxsize=64)
def _numbers(file: Path, _version: tuple[int, int] | None) -> Mapping[_Number, str]:
    """Return the numbers of a register, read again only when the file has changed."""
    try:
        root = parse_file(file).root
    except DiagnosticError:
        return {}
    found: dict[_Number, str] = {}
    for entry in entries_of(root):
        for idno in entry.iterchildren(tei("idno")):
            found.setdefault(_number(idno), f"“{entry.get(XML_ID, '')}” in {file.name}")
    return {number: where for number, where in found.items() if number[1]}
