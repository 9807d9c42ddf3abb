"""What ``tei register`` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.checking import WrongUseError
from toolkit.diagnostics import Diagnostic, DiagnosticError, Position
from toolkit.diagnostics.json_reading import json_of
from toolkit.edition_folder import SETTINGS_FILE
from toolkit.files import read_bytes, read_text, write_atomically
from toolkit.registers import (
    KnownEntries,
    RegisterEntry,
    add_entries,
    entries_of_table,
    entry_kinds,
    new_register,
    read_entries,
)
from toolkit.registers.columns import columns_of, possible_fields, wrong_fields
from toolkit.registers.entry import fields as field_names
from toolkit.registers.entry import identifier_for
from toolkit.registers.exports import Published, export, lacking
from toolkit.registers.exports import names as export_names
from toolkit.registers.formats import form_names, read_table
from toolkit.registers.kinds import (
    ALREADY_THERE,
    BAD_ROW,
    BAD_TABLE,
    NAME_NOT_DIVIDED,
    RELATIVE_ADDRESSES,
    SAME_NAME,
)
from toolkit.registers.person_names import may_be_divided
from toolkit.registers.rows import has_names, nameless
from toolkit.registers.table import Cell, Row, Table
from toolkit.tei.authorities import authorities, authority_named
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument, parse, parse_file
from toolkit.tei.registers import register_files

if TYPE_CHECKING:
    from toolkit.edition import Edition


_MOST_NAMED = 20
"""Of more names it is only said how many they are."""


@dataclass(frozen=True)
class Import:
    """What to import, and how.

    ``kind`` is that of all entries, ``columns`` the fields of columns by header, ``target`` a
    register of the choice of the editor; ``language`` is that of new registers. ``form`` says how
    the table is written, where the name of its file does not tell.
    """

    folder: Path
    kind: str | None = None
    target: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    separator: str = "|"
    records: bool = False
    encoding: str = ""
    form: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Imported:
    """What an import makes: entries, the registers with them, and what is amiss."""

    entries: tuple[RegisterEntry, ...]
    registers: Mapping[Path, bytes]
    diagnostics: tuple[Diagnostic, ...]
    already_there: int
    rejected: int


def import_table(file: Path, wanted: Import) -> Imported:
    """Return what the rows of a table become; nothing is written.

    Entries that registers have already, told by identifier, number or name, stay as they are.

    Raises:
        WrongUseError: there is no such form of tables; neither ``wanted`` nor the table says of
            what kind the entries are; or the register to write to does not lie in the folder of the
            registers.
        DiagnosticError: the table cannot be read (F0xx, R001), or a register cannot (X0xx), or has
            no list for the entries (R005).
    """
    if wanted.form and wanted.form not in form_names():
        raise WrongUseError(f"no form “{wanted.form}”; there are: {', '.join(form_names())}")
    target = _within(wanted.folder, wanted.target)
    table = read_table(file, read_bytes(file), wanted.encoding, wanted.form)
    _has_what_is_needed(table, wanted)
    reading = entries_of_table(
        table, wanted.kind, wanted.columns, separator=wanted.separator, records=wanted.records
    )
    known = _known(wanted.folder)
    added: list[RegisterEntry] = []
    there: list[Diagnostic] = []
    there_too: list[Diagnostic] = []
    twice: list[Diagnostic] = []
    whole: list[tuple[RegisterEntry, Row]] = []
    used = {*known.identifiers, *(entry.id for entry, _ in reading.entries if entry.id)}
    for entry, row in reading.entries:
        found = known.same_as(entry)
        if found is not None and _is_another(entry, found[0]):
            twice.append(_same_identifier(entry, row, found[0]))
            continue
        if found is not None:
            there.append(_already_there(entry, row, *found))
            continue
        if entry.id and (namesake := known.namesake_of(entry)):
            there_too.append(_same_name(entry, row, namesake))
        named = entry
        if not entry.id:
            named = replace(entry, id=identifier_for(entry.name, entry.kind, used))
        used.add(named.id)
        known.add(named)
        added.append(named)
        if entry.kind == "person" and not entry.surname and may_be_divided(entry.name):
            whole.append((entry, row))
    already_there = len(there)
    there += _not_divided(whole)
    registers = _with_entries(added, wanted.folder, target, wanted.language)
    found_amiss = sorted((*reading.diagnostics, *there, *there_too, *twice))
    return Imported(
        tuple(added), registers, tuple(found_amiss), already_there, reading.rejected + len(twice)
    )


def _has_what_is_needed(table: Table, wanted: Import) -> None:
    """Raise a WrongUseError that names all that is to be told of a table, at once."""
    columns = columns_of(table, wanted.columns)
    if wanted.kind is not None or "kind" in columns.fields:
        return  # that no column holds names is told where the rows are read
    said = f"say what the rows are with --kind: {', '.join(entry_kinds())}"
    if not has_names(columns):
        told = nameless(table)
        said = f"{said}; and {told.message}. {told.hint}"
    raise WrongUseError(said)


def _not_divided(whole: Sequence[tuple[RegisterEntry, Row]]) -> Iterator[Diagnostic]:
    """Yield once what to say of persons of whose names it is not known which is the surname."""
    if not whole:
        return
    names = [f"“{entry.name}” (line {row.position.line})" for entry, row in whole]
    if len(names) > _MOST_NAMED:
        names[_MOST_NAMED:] = [f"{len(names) - _MOST_NAMED} more"]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    yield NAME_NOT_DIVIDED.at(
        whole[0][1].position,
        f"it is not told which word of {listed} is the surname, so texts are searched for the name "
        "as a whole only",
        "Write “Surname, Forename”, or give both columns of their own: surname, forename.",
    )


def write_registers(registers: Mapping[Path, bytes]) -> None:
    """Write registers.

    Raises:
        DiagnosticError: a file cannot be written (F006).
    """
    for path, content in registers.items():
        write_atomically(path, content)


def add_entry(
    entry: RegisterEntry, folder: Path, target: Path | None, language: str
) -> tuple[RegisterEntry, Mapping[Path, bytes]]:
    """Return an entry with its identifier and its file, and the register with it; unwritten.

    Raises:
        WrongUseError: the register to write to does not lie in the folder of the registers.
        DiagnosticError: a register cannot be read (X0xx), or has no list for the entry (R005).
    """
    target = _within(folder, target)
    identifiers = _known(folder).identifiers
    named = entry
    if not entry.id:
        named = replace(entry, id=identifier_for(entry.name, entry.kind, identifiers))
    registers = _with_entries([named], folder, target, language)
    path = next(iter(registers))
    return replace(named, file=path.relative_to(folder).as_posix()), registers


def same_as(entry: RegisterEntry, folder: Path) -> tuple[RegisterEntry, str] | None:
    """Return the entry of the registers that is the same, and by what that is told.

    Raises:
        DiagnosticError: a register cannot be read (X0xx).
    """
    known = _known(folder)
    found = known.same_as(entry)
    if found is None and (namesake := known.namesake_of(entry)):
        return namesake, f"the name “{entry.name}”"
    return found


def export_registers(
    files: Sequence[Path], folder: Path | None, form: str, edition: Edition | None
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the entries of registers in a form, and why a register could not be read.

    Without ``files`` these are all registers in the folder.

    Raises:
        WrongUseError: there is no such form, there are no registers, the form needs the address
            of the edition, or no entry has what it lists.
    """
    if form not in export_names():
        raise WrongUseError(f"no form “{form}”; there are: {', '.join(export_names())}")
    if form == "beacon" and not (edition and edition.address):
        raise WrongUseError("BEACON needs the address of the edition: set address in edition.toml")
    paths = files or register_files(folder or Path())
    if not paths:
        raise WrongUseError(f"there are no registers in {folder}")
    top = folder if folder and all(p.is_relative_to(folder) for p in paths) else None
    found = [read_entries([path], top or path.parent) for path in paths]
    entries = [entry for some, _ in found for entry in some]
    if missing := lacking(form, entries):
        raise WrongUseError(missing)
    published = Published(edition.title, edition.address) if edition else Published()
    made = export(form, entries, published)
    faults = [fault for _, some in found for fault in some]
    if form == "json-ld" and entries and not published.address:
        faults.append(_relative(edition))
    return made, tuple(faults)


def _relative(edition: Edition | None) -> Diagnostic:
    return RELATIVE_ADDRESSES.at(
        Position(str(edition.root / SETTINGS_FILE) if edition else SETTINGS_FILE),
        "the @id of the entries are relative addresses, which elsewhere name nothing",
        'Set address = "https://…" in edition.toml, where the edition is to be read, and export '
        "again.",
    )


@dataclass(frozen=True)
class Addition:
    """An entry to add, as it is told on the command line.

    ``numbers`` are ``AUTHORITY=NUMBER``, ``fields`` are ``FIELD=TEXT``; with ``force`` it is added
    although there is one like it.
    """

    kind: str
    name: str
    id: str = ""
    variants: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    force: bool = False


def add(addition: Addition, folder: Path, target: Path | None, language: str) -> str:
    """Add an entry to a register, and return what to say about it.

    Raises:
        WrongUseError: the entry has a mistake, or there is one like it.
        DiagnosticError: a register cannot be read (X0xx) or written (F006), or has no list for the
            entry (R005).
    """
    if not addition.kind:
        raise WrongUseError(f"say what it is with --kind: {', '.join(entry_kinds())}")
    if not addition.name.strip():
        raise WrongUseError("the name is empty; say how the entry is called")
    entry = told_entry(addition)
    found = same_as(entry, folder)
    if found is not None and (not addition.force or found[0].id == entry.id):
        there = f"{found[0].file}#{found[0].id}"
        raise WrongUseError(f"“{entry.name}” is there already, by {found[1]}: {there}")
    added, registers = add_entry(entry, folder, target, language)
    write_registers(registers)
    return f"added {added.kind} {added.file}#{added.id}: {added.name}"


def told_entry(addition: Addition) -> RegisterEntry:
    """Return the entry that the command line tells, read as a row of a table is."""
    where = Position("command line")
    values = {"name": addition.name, "id": addition.id, "variants": "\n".join(addition.variants)}
    possible = {*field_names(), *authorities()} - {"kind", "numbers", *values}
    for said in (*addition.fields, *addition.numbers):
        name, equals, text = said.partition("=")
        authority = authority_named(name)
        key = authority.name if authority else name.strip()
        if not equals or key not in possible:
            options = ", ".join(sorted(possible))
            raise WrongUseError(f"“{said}” is not FIELD=TEXT with one of the fields {options}")
        values[key] = f"{values[key]}\n{text}" if key in values else text
    cells = {name: Cell(text, where) for name, text in values.items() if text}
    row = Row(cells, where)
    table = Table(dict.fromkeys(cells, where), (row,))
    reading = entries_of_table(table, addition.kind, separator="\n")
    if reading.diagnostics:
        raise WrongUseError(reading.diagnostics[-1].in_full)
    return reading.entries[0][0]


def chosen_columns(options: Sequence[str], file: Path | None) -> Mapping[str, str]:
    """Return the fields of columns that options and a JSON file tell, by header.

    Raises:
        WrongUseError: an option has not the form HEADER=FIELD, or there is no such field.
        DiagnosticError: the file cannot be read (F0xx), or is no such object (R001).
    """
    chosen = dict(_columns_in(file)) if file else {}
    for option in options:
        header, equals, name = option.rpartition("=")
        if not equals or not header.strip():
            raise WrongUseError(f"“{option}” is not HEADER=FIELD, such as Nachname=surname")
        chosen[header.strip()] = name.strip()
    if wrong := [f"“{name}”" for name in wrong_fields(chosen)]:
        raise WrongUseError(f"there is no field {', '.join(wrong)}: {', '.join(possible_fields())}")
    return chosen


def _columns_in(file: Path) -> Mapping[str, str]:
    source = read_text(file)
    hint = 'Write the field of each header, such as {"Nachname": "surname"}.'
    data = json_of(source, BAD_TABLE, hint)
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        message = "this is no object with a field for each header"
        raise DiagnosticError(BAD_TABLE.at(source.position(0), message, hint))
    return data


def summary(imported: Imported, *, written: bool) -> str:
    """Return a line for people: how many entries went where, how many did not."""
    files = ", ".join(map(str, imported.registers))
    verb = "imported" if written else "would import"
    bad = imported.rejected
    what = f"{_number(len(imported.entries), 'entry', 'entries')} into {files}"
    parts = [f"{verb} {what if files else 'nothing'}"]
    if imported.already_there:
        parts.append(f"{imported.already_there} already there")
    if bad:
        parts.append(f"{_number(bad, 'row', 'rows')} with mistakes left out")
    return "; ".join(parts) + "."


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _known(folder: Path) -> KnownEntries:
    entries, faults = read_entries(register_files(folder), folder)
    if faults:
        raise DiagnosticError(*faults)
    known = KnownEntries()
    for entry in entries:
        known.add(entry)
    return known


def _already_there(entry: RegisterEntry, row: Row, found: RegisterEntry, by: str) -> Diagnostic:
    lacking = [" ".join(n).strip() for n in entry.numbers if n not in found.numbers]
    hints = [f"It lacks {', '.join(lacking)}; add that by hand."] if lacking else []
    if found.file and entry.id and entry.id != found.id:
        hints.append(
            f"The identifier “{entry.id}” of the row is not taken: where it is pointed to, write "
            f"{found.id}, or give the entry this identifier."
        )
    if entry.id != found.id and not set(entry.numbers) & set(found.numbers):
        hints.append(
            "If this is another, give the row an id of its own (a column id; in GeoJSON the id of "
            "the feature), and import it again."
        )
    is_variant = by.startswith("the name") and entry.name.casefold() != found.name.casefold()
    variant = f", a variant of {found.name}" if is_variant else ""
    message = f"“{entry.name}” is there already, by {by}{variant}: {_place_of(found)}"
    return ALREADY_THERE.at(row.position, message, " ".join(hints))


def _same_name(entry: RegisterEntry, row: Row, found: RegisterEntry) -> Diagnostic:
    message = (
        f"“{entry.name}” is imported as {entry.id}, though {_place_of(found)} has this name too"
    )
    hint = "If both are one, take the row, or the entry, out."
    return SAME_NAME.at(row.position, message, hint)


def _place_of(found: RegisterEntry) -> str:
    return f"{found.file}#{found.id}" if found.file else f"“{found.id}”, a row before"


def _is_another(entry: RegisterEntry, before: RegisterEntry) -> bool:
    """Tell whether two rows of one table have an identifier in common, but no name."""
    if before.file or not entry.id or entry.id != before.id:
        return False
    names = {name.casefold() for name in (before.name, *before.variants)}
    return names.isdisjoint(name.casefold() for name in (entry.name, *entry.variants))


def _same_identifier(entry: RegisterEntry, row: Row, before: RegisterEntry) -> Diagnostic:
    message = f"“{entry.name}” has the identifier “{entry.id}”, as has “{before.name}” before"
    return BAD_ROW.at(row.position, message, "Give each row an identifier of its own.")


def _with_entries(
    entries: Iterable[RegisterEntry], folder: Path, target: Path | None, language: str
) -> dict[Path, bytes]:
    by_kind: dict[str, list[RegisterEntry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    made: dict[Path, bytes] = {}
    for kind, some in by_kind.items():
        path = target or _register_for(kind, folder)
        content = made.get(path)
        document = parse(str(path), content) if content else _register(path, kind, language)
        made[path] = add_entries(document, some)
    return made


def _within(folder: Path, target: Path | None) -> Path | None:
    """Return the register to write to as a path that begins with the folder of the registers."""
    if target is None:
        return None
    if not target.resolve().is_relative_to(folder.resolve()):
        message = f"{target} does not lie in {folder}, where the registers are"
        raise WrongUseError(f"{message}; name a file there with --to")
    return folder / target.resolve().relative_to(folder.resolve())


def _register(path: Path, kind: str, language: str) -> ParsedDocument:
    return parse_file(path) if path.exists() else parse(str(path), new_register(kind, language))


def _register_for(kind: str, folder: Path) -> Path:
    """Return the register that entries of a kind go to: the one that has most of them."""
    said = entry_kinds()[kind]
    usual = folder / said.file
    best = (-1, False, usual)
    for file in register_files(folder):
        lists = list(parse_file(file).root.iter(tei(said.list)))
        count = sum(len(each.findall(tei(said.entry))) for each in lists)
        if lists and (count, file == usual) > best[:2]:
            best = (count, file == usual, file)
    return best[2]
