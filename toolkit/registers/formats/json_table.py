"""GeoJSON (RFC 7946), the JSON that OpenRefine exports (``{"rows": [{…}]}``), or a plain list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.diagnostics import Diagnostic, DiagnosticError, Position, SourceText
from toolkit.diagnostics.json_positions import offsets
from toolkit.diagnostics.json_reading import json_of
from toolkit.registers.kinds import BAD_ROW, BAD_TABLE, MIDDLE_OF_AREA
from toolkit.registers.table import Cell, Row, Table
from toolkit.registers.text import text_of_table

SUFFIXES = frozenset({".json", ".geojson"})

_GEOMETRIES = frozenset(
    {
        *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
        "GeometryCollection",
    }
)
_PAIR = 2
_HALF_ROUND = 180
"""In degrees of longitude."""
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
    remarks: list[Diagnostic] = []
    parts: list[tuple[_Path, Any]] = [(path, row)]
    if is_feature:
        where = source.position(places.get((*path, "geometry"), places.get(path, 0)))
        cells |= _coordinates(row.get("geometry"), where, faults, remarks)
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
    return Row(cells, position, tuple(faults), tuple(remarks))


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
    geometry: Any,  # noqa: ANN401
    where: Position,
    faults: list[Diagnostic],
    remarks: list[Diagnostic],
) -> dict[str, Cell]:
    """Return latitude and longitude of the geometry of a feature: of an area, of its middle."""
    points = list(_points(geometry))
    if points and not all(map(_is_on_earth, points)):
        message = "the coordinates of this feature are no degrees: the longitude comes first"
        hint = "Write a longitude from -180 to 180, and a latitude from -90 to 90."
        faults.append(BAD_ROW.at(where, message, hint))
        return {}
    if not points:
        if geometry is not None:
            message = "the place of this feature has no coordinates"
            hint = "Give it a Point with longitude and latitude, or the geometry null."
            faults.append(BAD_ROW.at(where, message, hint))
        return {}
    west, east = _ends(longitude for longitude, _ in points)
    south, north = _ends(latitude for _, latitude in points)
    if len(points) == 1:
        return _cells(str(west), str(south), where)
    if east - west > _HALF_ROUND:
        message = "this feature reaches around the world, so it is imported without a place"
        remarks.append(MIDDLE_OF_AREA.at(where, message, "Give it a Point."))
        return {}
    middle = f"{(west + east) / 2:.5f}", f"{(south + north) / 2:.5f}"
    message = (
        f"the middle of this {geometry['type']} is taken as its place: {middle[1]} {middle[0]}"
    )
    remarks.append(MIDDLE_OF_AREA.at(where, message, "Give it a Point if another place is meant."))
    return _cells(*middle, where)


def _cells(longitude: str, latitude: str, where: Position) -> dict[str, Cell]:
    return {"longitude": Cell(longitude, where), "latitude": Cell(latitude, where)}


def _ends(numbers: Iterable[float]) -> tuple[float, float]:
    found = sorted(numbers)
    return found[0], found[-1]


def _points(geometry: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    """Yield each point of a geometry, the longitude first (RFC 7946, 3.1)."""
    if isinstance(geometry, dict):
        if geometry.get("type") not in _GEOMETRIES:
            return
        yield from _points(geometry.get("coordinates"))
        yield from _points(geometry.get("geometries"))
    elif isinstance(geometry, list):
        pair = geometry[:2]
        if len(pair) == _PAIR and all(map(_is_number, pair)):
            yield pair[0], pair[1]
        else:
            for each in geometry:
                yield from _points(each)


def _is_on_earth(point: tuple[float, float]) -> bool:
    # What is no number at all (NaN) is not within the bounds either.
    return abs(point[0]) <= _HALF_ROUND and abs(point[1]) <= _HALF_ROUND / 2


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)
