"""Every entry of a register can be pointed to, has a name, and stands for one thing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Severity
from toolkit.files import read_bytes
from toolkit.tei.names import XML_ID, local_name, tei
from toolkit.tei.parse import ParsedDocument, parse
from toolkit.tei.positions import positions
from toolkit.validate.context import Context
from toolkit.validate.grammar.words import tag, tags
from toolkit.validate.kinds import kinds

ENTRY_WITHOUT_ID = Kind(
    "V401",
    "entry-without-id",
    Severity.WARNING,
    "An entry of a register has no xml:id, so nothing can point to it.",
)
ENTRY_WITHOUT_NAME = Kind(
    "V402",
    "entry-without-name",
    Severity.WARNING,
    "An entry of a register has no name, so it can neither be found nor shown.",
)
SAME_AUTHORITY = Kind(
    "V403",
    "same-authority-number",
    Severity.WARNING,
    "Two entries have the same number of an authority file: probably they are the same thing.",
)

_Number = tuple[str, str]


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what is amiss with the entries, if the document is a register."""
    here = Path(document.file).resolve()
    if here not in context.register_files:
        return
    numbers: dict[_Number, str] = {}
    for other in context.register_files:
        if other == here:
            break
        numbers = {**_numbers_in(other), **numbers}
    where = positions(document)
    for entry in _entries(document.root):
        name = local_name(str(entry.tag))
        if not entry.get(XML_ID):
            yield ENTRY_WITHOUT_ID.at(
                where.element(entry),
                f"this {tag(name)} has no xml:id",
                'Give it one, such as xml:id="surname".',
            )
        wanted = kinds().entries[name]
        if not _has_name(entry, wanted):
            yield ENTRY_WITHOUT_NAME.at(
                where.element(entry),
                f"this {tag(name)} has no name",
                f"Give it a name in {tags(wanted, shown=3)}.",
            )
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


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    for name in kinds().entries:
        for entry in root.iter(tei(name)):
            parent = entry.getparent()
            # A person or place inside another entry belongs to that entry.
            if parent is not None and local_name(str(parent.tag)) not in kinds().entries:
                yield entry


def _has_name(entry: etree._Element, names: tuple[str, ...]) -> bool:
    return any(
        "".join(str(part) for part in element.itertext()).strip()
        for name in names
        for element in entry.iterchildren(tei(name))
    )


def _number(idno: etree._Element) -> _Number:
    text = "".join(str(part) for part in idno.itertext())
    return idno.get("type", ""), " ".join(text.split())


def _numbers_in(file: Path) -> dict[_Number, str]:
    try:
        return dict(_numbers(file.name, read_bytes(file)))
    except DiagnosticError:
        return {}


@lru_cache(maxsize=64)
def _numbers(name: str, content: bytes) -> tuple[tuple[_Number, str], ...]:
    found: dict[_Number, str] = {}
    for entry in _entries(parse(name, content).root):
        for idno in entry.iterchildren(tei("idno")):
            found.setdefault(_number(idno), f"“{entry.get(XML_ID, '')}” in {name}")
    return tuple((number, where) for number, where in found.items() if number[1])
