"""The entries that registers have: read as tables have them, and found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.registers.entry import RegisterEntry, entry_kinds
from toolkit.tei.authorities import authority_named, authority_of
from toolkit.tei.identifiers import identifier_of
from toolkit.tei.names import local_name, tei
from toolkit.tei.parse import ParsedDocument, parse_file
from toolkit.tei.registers import entries_of, names_of, register_types, text_of

if TYPE_CHECKING:
    from lxml import etree

_FAR = 0.5
"""In degrees: what one table takes for the middle of a region lies nearer to what another does."""


def read_entries(
    files: Iterable[Path], folder: Path
) -> tuple[tuple[RegisterEntry, ...], tuple[Diagnostic, ...]]:
    """Return the entries of registers in ``folder``, and why a register cannot be read."""
    found: list[RegisterEntry] = []
    faults: list[Diagnostic] = []
    for file in files:
        try:
            document = parse_file(file)
        except DiagnosticError as error:
            faults += error.diagnostics
        else:
            found += entries_in(document, file.relative_to(folder).as_posix())
    return tuple(found), tuple(faults)


def entries_in(document: ParsedDocument, file: str) -> Iterator[RegisterEntry]:
    """Yield the entries of a register that have an identifier and a name.

    Of an entry only that is read which a table can hold.
    """
    for element in entries_of(document.root):
        kind = register_types().entries[local_name(str(element.tag))].kind
        entry = _entry(element, kind, file, names_of(element))
        if entry is not None:
            yield entry
    for listed in document.root.iter(tei("listBibl")):
        for element in listed.iterchildren(tei("bibl"), tei("biblStruct")):
            titles = [title for title in element.iter(tei("title")) if text_of(title)]
            entry = _entry(element, "work", file, titles)
            if entry is not None:
                yield entry


def _entry(
    element: etree._Element, kind: str, file: str, names: list[etree._Element]
) -> RegisterEntry | None:
    identifier = identifier_of(element)
    if kind not in entry_kinds() or not identifier or not names:
        return None
    texts = list(dict.fromkeys(text_of(name) for name in names))
    surname, forename = _parts(names) if kind == "person" else ("", "")
    latitude, longitude = _coordinates(element) if kind == "place" else ("", "")
    date = element.find(tei("date"))
    dated = element if kind == "event" else date
    return RegisterEntry(
        kind=kind,
        id=identifier,
        name=texts[0],
        surname=surname,
        forename=forename,
        variants=tuple(texts[1:]),
        birth=_when(element.find(tei("birth"))) if kind == "person" else "",
        death=_when(element.find(tei("death"))) if kind == "person" else "",
        date=_when(dated) if kind in ("event", "work") else "",
        author=_text(element.find(tei("author"))) if kind == "work" else "",
        latitude=latitude,
        longitude=longitude,
        numbers=tuple(dict.fromkeys(_numbers(element))),
        note=_text(element.find(tei("note"))),
        file=file,
    )


def _parts(names: Sequence[etree._Element]) -> tuple[str, str]:
    """Return the surname and the forename of the first name that has both."""
    for name in names:
        surname = " ".join(text_of(part) for part in name.iter(tei("surname")))
        forename = " ".join(text_of(part) for part in name.iter(tei("forename")))
        if (
            surname
            and forename
            and text_of(name)
            in (
                f"{surname}, {forename}",
                f"{forename} {surname}",
            )
        ):
            return surname, forename
    return "", ""


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _when(element: etree._Element | None) -> str:
    return "" if element is None else element.get("when", "").strip()


def _coordinates(element: etree._Element) -> tuple[str, str]:
    geo = element.find(f"{tei('location')}/{tei('geo')}")
    parts = _text(geo).replace(",", " ").split()
    return (parts[0], parts[1]) if len(parts) == 2 else ("", "")


def _numbers(element: etree._Element) -> Iterator[tuple[str, str]]:
    for idno in element.iterchildren(tei("idno")):
        text, type_ = _text(idno), idno.get("type", "")
        authority = authority_named(type_) or authority_of(text)
        if authority is None and type_ in ("URI", "URL"):
            authority = authority_named(idno.get("subtype", ""))
        if text:
            yield (authority.name, authority.number(text)) if authority else (type_, text)


@dataclass
class KnownEntries:
    """Entries that can be asked for by what tells them: identifier, numbers, names."""

    _by_id: dict[str, RegisterEntry] = field(default_factory=dict)
    _by_number: dict[tuple[str, str], RegisterEntry] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], list[RegisterEntry]] = field(default_factory=dict)

    def add(self, entry: RegisterEntry) -> None:
        """Note an entry."""
        self._by_id.setdefault(entry.id, entry)
        for number in filter(_tells_apart, entry.numbers):
            self._by_number.setdefault(number, entry)
        for name in {entry.name.casefold(), *(v.casefold() for v in entry.variants)}:
            self._by_name.setdefault((entry.kind, name), []).append(entry)

    @property
    def identifiers(self) -> frozenset[str]:
        """All identifiers in use."""
        return frozenset(self._by_id)

    def same_as(self, entry: RegisterEntry) -> tuple[RegisterEntry, str] | None:
        """Return the entry that is about the same thing, and by what that is told.

        It has the same identifier, a number in common, or the same name; but an entry that has an
        identifier of its own, and those with different numbers of one authority file, born or dead
        in different years, or lying far apart, are different things of the same name.
        """
        if entry.id and (found := self._by_id.get(entry.id)):
            return found, f"the identifier “{entry.id}”"
        for number in filter(_tells_apart, entry.numbers):
            if found := self._by_number.get(number):
                return found, f"the number {' '.join(number).strip()}"
        found = self.namesake_of(entry)
        return None if found is None or entry.id else (found, f"the name “{entry.name}”")

    def namesake_of(self, entry: RegisterEntry) -> RegisterEntry | None:
        """Return the entry of the same name that nothing but an identifier tells apart."""
        named = self._by_name.get((entry.kind, entry.name.casefold()), ())
        return next((found for found in named if not _are_different(found, entry)), None)


def _tells_apart(number: tuple[str, str]) -> bool:
    """Tell whether a number says of which collection it is, so that no two things have it."""
    return bool(number[0])


def _are_different(one: RegisterEntry, other: RegisterEntry) -> bool:
    for one_date, other_date in ((one.birth, other.birth), (one.death, other.death)):
        if one_date and other_date and _year(one_date) != _year(other_date):
            return True
    if _are_far_apart(one, other):
        return True
    numbers = dict(one.numbers)
    return any(
        authority_named(type_) is not None and numbers.get(type_, number) != number
        for type_, number in other.numbers
    )


def _are_far_apart(one: RegisterEntry, other: RegisterEntry) -> bool:
    """Tell whether two places lie where one place cannot, however roughly it was measured."""
    pairs = ((one.latitude, other.latitude), (one.longitude, other.longitude))
    try:
        return any(abs(float(first) - float(second)) > _FAR for first, second in pairs)
    except ValueError:
        return False  # one has none, or none that are degrees


def _year(date: str) -> str:
    """Return the year of a date in ISO 8601, which may have a sign."""
    return date[:1] + date[1:].partition("-")[0]
