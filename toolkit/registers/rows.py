"""From the rows of a table to entries of a register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from toolkit.dates import normalise
from toolkit.diagnostics import Diagnostic, DiagnosticError, Position
from toolkit.registers.columns import Columns, columns_of
from toolkit.registers.entry import RegisterEntry, entry_kinds, is_before, is_date, kind_named
from toolkit.registers.kinds import (
    BAD_NUMBER,
    BAD_ROW,
    BAD_TABLE,
    DATE_IN_WORDS,
    DEATH_BEFORE_BIRTH,
    NAME_NOT_DIVIDED,
    UNKNOWN_COLUMN,
)
from toolkit.registers.person_names import divided
from toolkit.registers.table import Cell, Row, Table
from toolkit.tei.authorities import authorities, authority_named, authority_of
from toolkit.tei.names import is_ncname

_DAY_FIRST = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")
"""As spreadsheets write dates where points stand between: the day is first everywhere."""
_DATE_IN_WORDS = re.compile(
    r"(?!-?\d+-)(?=.*\d{3}).*[^\W\d_].*|\[?\d{3,4}\]?\s?\(?\?\)?|\[\d{3,4}\]"
)
"""“um 1900”, “before May 1840”, “1890?”: a year, and words that say how it is meant."""
_ANY_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?|\d\d?\.\d\d?\.\d{4}"
_LIFE = re.compile(rf"(?=.*[-–—*†])(?:\*\s?)?({_ANY_DATE})?\s?[-–—,;]?\s?(?:†\s?)?({_ANY_DATE})?")
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.,]\d+)?")
_EXAMPLES = {"latitude": "48.2085", "longitude": "16.3721"}
_NAMING = ("name", "surname", "forename")
_OF_SOME_KINDS = (
    "surname", "forename", "birth", "death", "date", "author", "latitude", "longitude",
)  # fmt: skip
_NOT_IN_XML = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]"
)
_PAIR = re.compile(r"\s*([-+]?[\d.]+)\s*[,; ]\s*([-+]?[\d.]+)\s*")


@dataclass(frozen=True)
class Reading:
    """What a table says: entries, each with its row, and what is amiss.

    ``rejected`` is how many rows have mistakes.
    """

    entries: tuple[tuple[RegisterEntry, Row], ...]
    diagnostics: tuple[Diagnostic, ...]
    rejected: int


def entries_of_table(
    table: Table,
    kind: str | None,
    chosen: Mapping[str, str] | None = None,
    *,
    separator: str = "|",
    records: bool = False,
) -> Reading:
    """Return the entries that the rows of a table are.

    Args:
        table: The table.
        kind: The kind of all entries, if no column says it.
        chosen: The fields of columns whose headers do not tell, by header.
        separator: What parts several values in a cell.
        records: Whether a row without a name goes on with the entry above, as OpenRefine exports
            records.

    Raises:
        DiagnosticError: no column holds names (R001).
    """
    columns = columns_of(table, chosen or {})
    if not has_names(columns):
        raise DiagnosticError(nameless(table))
    found: list[tuple[RegisterEntry, Row]] = []
    diagnostics = list(columns.diagnostics)
    rejected = 0
    homeless: dict[tuple[str, str], Diagnostic] = {}
    rows = _joined(table.rows, columns, separator) if records else iter(table.rows)
    for row in rows:
        reader = _RowReader(row, columns, kind, separator)
        entry = reader.entry()
        diagnostics += (*reader.faults, *reader.remarks)
        if entry is None:
            rejected += 1
            continue
        found.append((entry, row))
        for field, told in reader.without_a_place(entry.kind):
            homeless.setdefault((entry.kind, field), told)
    return Reading(tuple(found), (*diagnostics, *homeless.values()), rejected)


def has_names(columns: Columns) -> bool:
    """Tell whether a column holds names."""
    return not columns.fields.keys().isdisjoint(_NAMING)


def nameless(table: Table) -> Diagnostic:
    """Return the finding that no column of a table holds names."""
    if not table.headers:
        position = table.rows[0].position if table.rows else Position("")
        return BAD_TABLE.at(position, "no row has anything in it", "Export the table again.")
    first = next(iter(table.headers.values()))
    headers = ", ".join(f"“{header}”" for header in table.headers)
    message = f"no column holds names: the headers are {headers}"
    return BAD_TABLE.at(first, message, "Name the one that does: --column HEADER=name.")


def _joined(rows: tuple[Row, ...], columns: Columns, separator: str) -> Iterator[Row]:
    """Yield the rows, those without name and identifier joined to the one above."""
    naming = [columns.fields[f] for f in ("id", "name", "surname") if f in columns.fields]
    pending: Row | None = None
    for row in rows:
        named = any(row.cells[h].text.strip() for h in naming if h in row.cells)
        if pending is None or named:
            if pending is not None:
                yield pending
            pending = row
            continue
        cells = dict(pending.cells)
        for header, cell in row.cells.items():
            before = cells.get(header)
            if cell.text.strip():
                has = before is not None and before.text.strip()
                text = f"{before.text}{separator}{cell.text}" if has and before else cell.text
                cells[header] = replace(before if has and before else cell, text=text)
        pending = replace(
            pending,
            cells=cells,
            faults=(*pending.faults, *row.faults),
            remarks=(*pending.remarks, *row.remarks),
        )
    if pending is not None:
        yield pending


class _RowReader:
    """The reading of one row."""

    def __init__(self, row: Row, columns: Columns, kind: str | None, separator: str) -> None:
        self._row = row
        self._columns = columns
        self._kind = kind
        self._separator = separator
        self.faults: list[Diagnostic] = list(row.faults)
        self.remarks: list[Diagnostic] = list(row.remarks)

    def entry(self) -> RegisterEntry | None:
        """Return the entry that the row is, or None if it has a mistake."""
        kind = self._kind_of_row()
        name, surname, forename = self._name(kind)
        identifier = self._identifier()
        latitude, longitude = self._coordinates()
        born, died = self._life()
        entry = RegisterEntry(
            kind=kind,
            id=identifier,
            name=name,
            surname=surname,
            forename=forename,
            variants=tuple(v for v in dict.fromkeys(self._values("variants")) if v != name),
            birth=self._date("birth") or born,
            death=self._date("death") or died,
            date=self._date("date", in_words=kind != "event"),
            author=self._text("author"),
            latitude=latitude,
            longitude=longitude,
            numbers=tuple(dict.fromkeys((*self._numbers(), *self._other_numbers()))),
            note=self._text("note"),
        )
        if entry.birth and entry.death and is_before(entry.death, entry.birth):
            self.remarks.append(self._dies_first(entry))
        return None if self.faults else self._fitting(entry)

    def _dies_first(self, entry: RegisterEntry) -> Diagnostic:
        cell = self._cell("death")
        return DEATH_BEFORE_BIRTH.at(
            cell.position if cell else self._row.position,
            f"“{entry.name}” dies ({entry.death}) before being born ({entry.birth})",
            "Correct one of the two dates, here and in the register.",
        )

    def _fitting(self, entry: RegisterEntry) -> RegisterEntry:
        """Return the entry without what its kind has no place for."""
        known = entry_kinds()[entry.kind].fields
        empty: dict[str, Any] = {field: "" for field in _OF_SOME_KINDS if field not in known}
        return replace(entry, **empty)

    def without_a_place(self, kind: str) -> Iterator[tuple[str, Diagnostic]]:
        """Yield each filled field that entries of the kind have no place for, and what to say."""
        known = entry_kinds()[kind].fields
        for field in _OF_SOME_KINDS:
            cell = self._cell(field)
            if field not in known and cell is not None and cell.text.strip():
                message = f"the {field} is left out: an entry of the kind {kind} has none"
                yield field, UNKNOWN_COLUMN.at(cell.position, message, "Write it into the note.")

    def _cell(self, field: str) -> Cell | None:
        header = self._columns.fields.get(field)
        return self._row.cells.get(header) if header is not None else None

    def _text(self, field: str) -> str:
        cell = self._cell(field)
        return self._clean(cell) if cell else ""

    def _clean(self, cell: Cell) -> str:
        bad = _NOT_IN_XML.search(cell.text)
        if bad:
            message = f"this cell holds the control character U+{ord(bad[0]):04X}"
            self._fault(cell, message, "Take it out; no XML can hold it.")
            return ""
        return " ".join(cell.text.split())

    def _values(self, field: str) -> list[str]:
        cell = self._cell(field)
        return self._parts(cell) if cell else []

    def _parts(self, cell: Cell) -> list[str]:
        parts = _split(cell.text, self._separator) if self._clean(cell) else ()
        return [" ".join(part.split()) for part in parts if part.strip()]

    def _fault(self, cell: Cell | None, message: str, hint: str) -> None:
        position = cell.position if cell else self._row.position
        self.faults.append(BAD_ROW.at(position, message, hint))

    def _kind_of_row(self) -> str:
        cell = self._cell("kind")
        said = self._clean(cell) if cell else ""
        found = kind_named(said) if said else None
        if found is not None:
            return found.name
        if self._kind is not None:
            return self._kind
        kinds = ", ".join(entry_kinds())
        message = f"“{said}” is no kind of entry" if said else "this row does not say what it is"
        self._fault(cell, message, f"Write one of: {kinds}; or say it of all rows with --kind.")
        return "person"

    def _name(self, kind: str) -> tuple[str, str, str]:
        """Return name, surname and forename, which may stand in one column or in several."""
        name = self._text("name")
        surname, forename = self._text("surname"), self._text("forename")
        if name and kind == "person" and "surname" not in self._columns.fields:
            parts = divided(name, forename)
            if parts is None and forename:
                self.remarks.append(self._not_fitting(name, forename))
            surname, forename = parts or ("", "")
            if parts and forename not in name:
                name = ""  # A column “name” beside one of forenames has the surname.
        made = ", ".join(part for part in (surname, forename) if part)
        if not (name or made) and not self.faults:
            message = "this row has no name"
            self._fault(self._cell("name"), message, "Write the name, or take the row out.")
        return name or made, surname, forename

    def _not_fitting(self, name: str, forename: str) -> Diagnostic:
        cell = self._cell("forename")
        return NAME_NOT_DIVIDED.at(
            cell.position if cell else self._row.position,
            f"the forename “{forename}” is left out: it is not the forename in the name “{name}”",
            "Write the surname alone into the column, and call it surname.",
        )

    def _identifier(self) -> str:
        cell = self._cell("id")
        said = self._clean(cell) if cell else ""
        if said and not is_ncname(said):
            message = f"“{said}” cannot be an xml:id"
            hint = "It begins with a letter and holds letters, digits, hyphens, points and _ only."
            self._fault(cell, message, hint)
        return said

    def _date(self, field: str, *, in_words: bool = True) -> str:
        cell = self._cell(field)
        said = self._clean(cell) if cell else ""
        in_iso = _DAY_FIRST.sub(_year_first, said)
        if not is_date(in_iso) and _DATE_IN_WORDS.fullmatch(said):
            in_iso = _day_in_words(said) or in_iso
        if in_words and not is_date(in_iso) and _DATE_IN_WORDS.fullmatch(said):
            self.remarks.append(self._in_words(cell, field, said))
        elif said and not is_date(in_iso):
            message = f"“{said}” is no date in ISO 8601"
            self._fault(cell, message, "Write 1907-02-21, 1907-02 or 1907.")
        return in_iso

    def _life(self) -> tuple[str, str]:
        """Return birth and death of which one column tells (“1873–1943”, “* 1.2.1873”)."""
        cell = self._cell("life")
        said = self._clean(cell) if cell else ""
        found = _LIFE.fullmatch(said)
        if not said or found is None:
            if said:
                message = f"of “{said}” it is not certain what is birth and what is death"
                hint = "Write 1873-1943, 1873- or -1943; or give both columns of their own."
                self._fault(cell, message, hint)
            return "", ""
        born, died = (_DAY_FIRST.sub(_year_first, each or "") for each in found.groups())
        for each in (born, died):
            if each and not is_date(each):
                self._fault(cell, f"“{each}” is no day of the calendar", "Correct the date.")
        return born, died

    def _in_words(self, cell: Cell | None, field: str, said: str) -> Diagnostic:
        return DATE_IN_WORDS.at(
            cell.position if cell else self._row.position,
            f"the {field} “{said}” is kept as words: it is no date in ISO 8601",
            "Write 1907-02-21, 1907-02 or 1907 where it is certain.",
        )

    def _coordinates(self) -> tuple[str, str]:
        both = self._cell("coordinates")
        if both is not None and both.text.strip():
            pair = _PAIR.fullmatch(self._clean(both))
            if pair is None:
                message = f"“{both.text.strip()}” are no coordinates"
                self._fault(both, message, "Write latitude and longitude, such as 48.2085 16.3721.")
                return "", ""
            found = [Cell(text, both.position) for text in pair.groups()]
        else:
            cells = (self._cell("latitude"), self._cell("longitude"))
            found = [cell for cell in cells if cell is not None and cell.text.strip()]
            if not found:
                return "", ""
        if len(found) == 1:
            self._fault(found[0], "latitude or longitude is missing", "Write both, or neither.")
            return "", ""
        return self._degrees(found[0], 90, "latitude"), self._degrees(found[1], 180, "longitude")

    def _degrees(self, cell: Cell, most: int, what: str) -> str:
        said = self._clean(cell)
        number = said.replace(",", ".").removeprefix("+")
        if not _NUMBER.fullmatch(said) or abs(float(number)) > most:
            message = f"“{said}” is no {what} in degrees"
            self._fault(
                cell, message, f"Write a number from -{most} to {most}, such as {_EXAMPLES[what]}."
            )
            return ""
        return number

    def _numbers(self) -> Iterator[tuple[str, str]]:
        for header, authority in self._columns.numbers.items():
            cell = self._row.cells.get(header)
            for said in self._parts(cell) if cell else ():
                yield from self._checked(cell, authority, said)

    def _other_numbers(self) -> Iterator[tuple[str, str]]:
        """Yield the numbers of the column for all: URIs, or with the name before (``GND:1…``)."""
        cell = self._cell("numbers")
        for said in self._parts(cell) if cell else ():
            before, _, after = said.partition(":")
            authority = authority_of(said) or authority_named(before)
            if authority is not None:
                number = said if authority_of(said) else after.strip()
                yield from self._checked(cell, authority.name, number)
            elif after.startswith("//") or not (before and after):
                yield "URI" if after else "", said
            else:
                yield before.strip(), after.strip()

    def _checked(self, cell: Cell | None, name: str, said: str) -> Iterator[tuple[str, str]]:
        """Yield the number, unless it is none: then the entry does without."""
        authority = authorities()[name]
        number = authority.number(said)
        mistake = authority.mistake(number)
        if mistake is None:
            yield name, number
            return
        self.remarks.append(
            BAD_NUMBER.at(
                cell.position if cell else self._row.position,
                f"“{said}” is no number of {name}: {mistake}",
                "Look the number up in the authority file, and add it to the entry.",
            )
        )


def _split(text: str, separator: str) -> list[str]:
    """Return the values in a cell; a backslash before the separator takes its meaning from it."""
    values = [""]
    signs = re.compile(rf"\\(\\|{re.escape(separator)})|{re.escape(separator)}|.", re.DOTALL)
    for sign in signs.finditer(text):
        if sign[0] == separator:
            values.append("")
        else:
            values[-1] += sign[1] or sign[0]
    return values


def _day_in_words(said: str) -> str | None:
    """Return the day, month or year that words are for certain (“23. Mai 1868”), in ISO 8601."""
    if any(sign in said for sign in "?[("):
        return None  # Brackets and question marks doubt it.
    found = normalise(said, "und")
    if found is None or found.is_doubtful or found.is_approximate or found.by:
        return None
    return found.attributes["when"] if found.attributes.keys() == {"when"} else None


def _year_first(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}"
