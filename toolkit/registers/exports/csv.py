"""CSV (RFC 4180) that can be imported again, and that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from toolkit.registers.entry import RegisterEntry
from toolkit.registers.exports import Published
from toolkit.tei.authorities import authorities

_FIELDS = (
    "kind", "id", "name", "surname", "forename", "variants", "birth", "death", "date", "author",
    "latitude", "longitude",
)  # fmt: skip
# What spreadsheets calculate: OWASP, “CSV Injection”. The apostrophe is taken away when imported.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?|-?\d{4,}-\d\d(-\d\d)?")


def export(entries: Sequence[RegisterEntry], _published: Published) -> str:
    """Return the entries as a table, one a row."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*_FIELDS, *authorities(), "numbers", "note"])
    writer.writerows([_safe(cell) for cell in _cells(entry)] for entry in entries)
    return file.getvalue()


def _cells(entry: RegisterEntry) -> list[str]:
    numbers: dict[str, list[str]] = {name: [] for name in authorities()}
    others = []
    for type_, number in entry.numbers:
        if type_ in numbers:
            numbers[type_].append(number)
        else:
            others.append(number if type_ in ("", "URI") else f"{type_}:{number}")
    values = (getattr(entry, name) for name in _FIELDS)
    return [
        *(_joined(value) if isinstance(value, tuple) else str(value) for value in values),
        *map(_joined, numbers.values()),
        _joined(others),
        entry.note,
    ]


def _joined(values: Iterable[str]) -> str:
    """Return values as one cell; a backslash keeps a sign that parts them from doing so."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
