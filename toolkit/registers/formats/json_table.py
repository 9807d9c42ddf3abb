"""GeoJSON (RFC 7946), the JSON that OpenRefine exports (``{"rows": [{…}]}``), or a plain list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.diagnostics import Diagnostic, DiagnosticError, Position, SourceText
from toolkit.diagnostics.json_positions import offsets
from toolkit.diagnostics.json_reading import json_of
from toolkit.registers.kinds import BAD_ROW, BAD_TABLE
from toolkit.registers.table import Cell, Row, Table
from toolkit.registers.text import text_of_table

SUFFIXES = frozenset({".json", ".geojson"})

_HINT = "A table in JSON is GeoJSON, an export of OpenRefine, or a list of objects."


def read(path: Path, content: bytes, encoding: str = "") -> Table:
    """Return the table in a JSON file.

    Raises:
        DiagnosticError: it is not text (F004, F005), not JSON, or no table (R001).
    """
    source = text_of_table(path, content, encoding)
    data = json_of(source, BAD_TABLE, _HINT)
    places = offsets(source.text)
    key: tuple[str, ...] = ()
    rows = data
    if isinstance(data, dict):
        key = ("features",) if data.get("type") == "FeatureCollection" else ("rows",)
        rows = data.get(key[0])
    if not isinstance(rows, list):
        raise DiagnosticError(BAD_TABLE.at(source.position(0), "there is no list of rows", _HINT))
    found = tuple(
        _row(source, places, (*key, index), row, is_feature=key == ("features",))
        for index, row in enumerate(rows)
    )
    return _alike(found)


def _alike(rows: tuple[Row, ...]) -> Table:
    """Return the table of the rows, in which a name has the capitals that it has first."""
    names: dict[str, str] = {}
    headers: dict[str, Position] = {}
    made: list[Row] = []
    for row in rows:
        cells = {names.setdefault(n.casefold(), n): cell for n, cell in row.cells.items()}
        for header, cell in cells.items():
            headers.setdefault(header, cell.position)
        made.append(replace(row, cells=cells))
    return Table(headers, tuple(made))


_Path = tuple[str | int, ...]


def _row(
    source: SourceText,
    places: Mapping[_Path, int],
    path: _Path,
    row: Any,  # noqa: ANN401
    *,
    is_feature: bool,
) -> Row:
    position = source.position(places.get(path, 0))
    if not isinstance(row, dict):
        message = "this row is no object with names and values"
        return Row({}, position, (BAD_ROW.at(position, message, _HINT),))
    cells: dict[str, Cell] = {}
    faults: list[Diagnostic] = []
    parts: list[tuple[_Path, Any]] = [(path, row)]
    if is_feature:
        cells |= _coordinates(source, places, path, row, faults)
        own = {"id": row["id"]} if isinstance(row.get("id"), str | int) else {}
        properties = row.get("properties")
        parts = [(path, own), ((*path, "properties"), properties or {})]
    for start, values in parts:
        if not isinstance(values, dict):
            faults.append(BAD_ROW.at(position, "the properties of this feature are no object", ""))
            continue
        for name, value in values.items():
            text = "|".join(_texts(value))
            where = source.position(places.get((*start, name), 0))
            if text and name.strip():
                cells[name.strip()] = Cell(text, where)
    return Row(cells, position, tuple(faults))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield a value as text; of a list or an object, each of its values."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))


def _coordinates(
    source: SourceText,
    places: Mapping[_Path, int],
    path: _Path,
    feature: Mapping[str, Any],
    faults: list[Diagnostic],
) -> dict[str, Cell]:
    """Return latitude and longitude of a feature that is a point."""
    geometry = feature.get("geometry")
    if geometry is None:
        return {}
    where = source.position(places.get((*path, "geometry"), places.get(path, 0)))
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    values = geometry.get("coordinates") if isinstance(geometry, dict) else None
    numbers = isinstance(values, list) and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in values
    )
    if kind != "Point" or not numbers or not isinstance(values, list) or len(values) < 2:
        message = "the place of this feature is no point"
        hint = "Give it a Point with longitude and latitude, or the geometry null."
        faults.append(BAD_ROW.at(where, message, hint))
        return {}
    return {"longitude": Cell(str(values[0]), where), "latitude": Cell(str(values[1]), where)}
