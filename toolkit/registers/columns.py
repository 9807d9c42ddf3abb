"""Which field of an entry each column of a table holds."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.diagnostics import Diagnostic, Position
from toolkit.registers.entry import fields, folded, ranks, without_field
from toolkit.registers.kinds import UNKNOWN_COLUMN
from toolkit.registers.table import Table
from toolkit.tei.authorities import authorities, authority_named

_LONG_ENOUGH = 5
_NAMES = frozenset({"name", "surname"})


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they hold: fields, and numbers of authority files."""

    fields: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def columns_of(table: Table, chosen: Mapping[str, str]) -> Columns:
    """Return what the columns hold: as ``chosen`` (field by header), else by their headers.

    Of two columns for one field the first counts, or the one that was chosen.
    """
    of_fields: dict[str, str] = {}
    numbers: dict[str, str] = {}
    unknown: list[Diagnostic] = []
    unlike: list[str] = []
    ordered = sorted(table.headers, key=lambda each: (each not in chosen, folded(each) in ranks()))
    for header in ordered:
        wanted = chosen.get(header) or _field(header)
        if header not in chosen and folded(header) in ranks() and _NAMES & of_fields.keys():
            unknown.append(_rank(header, table.headers[header]))
            continue
        authority = authority_named(wanted or header)
        if wanted and wanted in fields():
            if of_fields.setdefault(wanted, header) != header:
                unknown.append(_second(header, wanted, of_fields[wanted], table.headers[header]))
        elif authority is not None:
            numbers[header] = authority.name
        elif wanted != "":
            near = _nearest(header)
            # What there is to choose from is said once.
            is_first = not (near or unlike)
            unknown.append(_unknown(header, near, table.headers[header], with_fields=is_first))
            unlike += [] if near else [header]
    return Columns(of_fields, numbers, tuple(sorted(unknown)))


def possible_fields() -> list[str]:
    """Return what a column may hold."""
    return [*fields(), *authorities()]


def _field(header: str) -> str | None:
    word = folded(header)
    return next((name for name, headers in fields().items() if word in headers), None)


def _unknown(header: str, near: str | None, position: Position, *, with_fields: bool) -> Diagnostic:
    message = f"the column “{header}” is left out: its header names no field of an entry"
    hint = "Name its field with --column, if it has one"
    if near:
        hint = f'Perhaps it is the {near}: --column "{header}={near}"'
    elif with_fields:
        hint = f"{hint}: {', '.join(possible_fields())}"
    return UNKNOWN_COLUMN.at(position, message, f"{hint}.")


def _rank(header: str, position: Position) -> Diagnostic:
    return UNKNOWN_COLUMN.at(
        position,
        f"the column “{header}” is left out: beside names it has ranks, which are no names",
        "What is to be kept of it has a place in the note; if it has names: "
        f'--column "{header}=name".',
    )


def _nearest(header: str) -> str | None:
    """Return the field, or authority file, that has the most similar header."""
    if len(folded(header)) < _LONG_ENOUGH or folded(header) in without_field():
        return None  # “Ort” is not nearly “mort”, a “Geburtsort” no birth.
    known = {word: name for name, headers in fields().items() for word in headers}
    known |= {folded(name): name for name in authorities()}
    found = difflib.get_close_matches(folded(header), known, n=1, cutoff=0.75)
    return known[found[0]] if found else None


def _second(header: str, name: str, first: str, position: Position) -> Diagnostic:
    return UNKNOWN_COLUMN.at(
        position,
        f"the column “{header}” is left out: “{first}” is taken for the {name} already",
        f'Say which is meant with --column "{header}={name}".',
    )


def wrong_fields(chosen: Mapping[str, str]) -> Iterator[str]:
    """Yield the chosen fields that there are not; "" leaves a column out."""
    for wanted in chosen.values():
        if wanted and wanted not in fields() and authority_named(wanted) is None:
            yield wanted
