"""The map of the places: drawn from the coordinates in the registers, without a map server.

The projection is equirectangular: parallels keep their distance, meridians that of the middle of
the map. Land is Natural Earth's smallest outline (``schemas/land.json``).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from lxml import etree

from toolkit.publish.prepare import xml_safe
from toolkit.publish.publication import Publication, Register
from toolkit.publish.record import DocumentRecord
from toolkit.publish.site import PUBLICATION_NAMESPACE, pub
from toolkit.resources import SCHEMAS
from toolkit.tei.names import XML_ID, tei
from toolkit.tei.registers import entries_of, names_of, text_of

_COORDINATES = re.compile(r"(-?\d+(?:\.\d+)?)[\s,;]+(-?\d+(?:\.\d+)?)")
_WIDTH = 1000.0
_MOST_HEIGHT, _LEAST_HEIGHT = 900.0, 420.0
_LEAST_SPAN = 6.0
_MARGIN = 0.12

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a register: where it lies (degrees), and how many documents name it."""

    register: str
    entry: str
    name: str
    latitude: float
    longitude: float
    documents: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """The part of the earth that is drawn, in degrees, and its size in units of the drawing."""

    west: float
    south: float
    east: float
    north: float
    height: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Return where a point of the earth lies in the drawing."""
        x = (longitude - self.west) / (self.east - self.west) * _WIDTH
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return x, y


def map_xml(publication: Publication, records: Iterable[DocumentRecord]) -> str:
    """Return the map as the ``pub:map`` document that its stylesheet reads; empty without places.

    It holds the size of the drawing, the outline of the land and the lines of the grid as paths of
    SVG, and the places, the most named first.
    """
    places = _counted(publication.registers, records)
    root = etree.Element(pub("map"), nsmap={"pub": PUBLICATION_NAMESPACE})
    if places:
        view = view_of(places)
        root.set("width", _number(_WIDTH))
        root.set("height", _number(view.height))
        root.set("land", _land(view))
        root.set("grid", _grid(view))
        for place in places:
            x, y = view.point(place.longitude, place.latitude)
            element = etree.SubElement(root, pub("place"), x=_number(x), y=_number(y))
            for key in ("register", "entry", "name", "documents"):
                element.set(key, xml_safe(str(getattr(place, key))))
    return str(etree.tostring(root, encoding="unicode"))


def _counted(registers: Iterable[Register], records: Iterable[DocumentRecord]) -> list[Place]:
    named = Counter(
        key
        for record in records
        for key in dict.fromkeys((each.register, each.entry) for each in record.mentions)
    )
    found = [
        replace(place, documents=named[place.register, place.entry])
        for register in registers
        for place in places_in(register)
    ]
    return sorted(found, key=lambda each: (-each.documents, each.register, each.entry))


@lru_cache(maxsize=16)
def places_in(register: Register) -> tuple[Place, ...]:
    """Return the entries of a register that say where they lie.

    ``location/geo`` holds latitude and longitude in degrees (TEI Guidelines, 14.3.4); what is
    none, or no point on the earth, is passed over.
    """
    return tuple(_places(register))


def _places(register: Register) -> Iterable[Place]:
    for entry in entries_of(register.document.root):
        geo = entry.find(f"{tei('location')}/{tei('geo')}")
        match = _COORDINATES.fullmatch((geo.text or "").strip()) if geo is not None else None
        names, identifier = names_of(entry), entry.get(XML_ID)
        if match and names and identifier:
            latitude, longitude = float(match[1]), float(match[2])
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                yield Place(register.stem, identifier, text_of(names[0]), latitude, longitude)


def has_places(publication: Publication) -> bool:
    """Tell whether any register says where a place lies."""
    return any(places_in(register) for register in publication.registers)


def view_of(places: Sequence[Place]) -> View:
    """Return the smallest part of the earth that shows all places with a margin."""
    west, east = _span([p.longitude for p in places], 180)
    south, north = _span([p.latitude for p in places], 85)
    shrink = math.cos(math.radians((south + north) / 2))
    height = (north - south) / ((east - west) * shrink) * _WIDTH
    if height > _MOST_HEIGHT:
        west, east = _widened(west, east, (north - south) / shrink * _WIDTH / _MOST_HEIGHT)
        height = _MOST_HEIGHT
    elif height < _LEAST_HEIGHT:
        south, north = _widened(south, north, (east - west) * shrink * _LEAST_HEIGHT / _WIDTH)
        height = _LEAST_HEIGHT
    return View(west, south, east, north, height)


def _span(values: list[float], limit: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    span = max((high - low) * (1 + 2 * _MARGIN), _LEAST_SPAN)
    low, high = _widened(low, high, span)
    return max(low, -limit), min(high, limit)


def _widened(low: float, high: float, span: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return middle - span / 2, middle + span / 2


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    data = json.loads((SCHEMAS / "land.json").read_text(encoding="utf-8"))
    return tuple(
        tuple((x / 10, y / 10) for x, y in zip(ring[::2], ring[1::2], strict=True))
        for ring in data["rings"]
    )


def _land(view: View) -> str:
    turns = ([(x + turn, y) for x, y in ring] for turn in (-360, 0, 360) for ring in _rings())
    clipped = (clip(ring, view) for ring in turns)
    return "".join(_path([view.point(*p) for p in ring], closed=True) for ring in clipped if ring)


def clip(ring: Sequence[Point], view: View) -> list[Point]:
    """Return the part of a ring within the view (Sutherland and Hodgman, 1974)."""
    kept = list(ring)
    for axis, bound, sign in (
        (0, view.west, 1),
        (0, view.east, -1),
        (1, view.south, 1),
        (1, view.north, -1),
    ):
        kept = _clip_at(kept, axis, bound, sign)
    return kept


def _clip_at(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        inside, was_inside = (sign * (p[axis] - bound) >= 0 for p in (point, before))
        if inside != was_inside:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            crossing = [b + share * (p - b) for b, p in zip(before, point, strict=True)]
            crossing[axis] = bound
            kept.append((crossing[0], crossing[1]))
        if inside:
            kept.append(point)
    return kept


def _grid(view: View) -> str:
    step = next(
        (step for step in (1, 2, 5, 10, 20, 30) if (view.east - view.west) / step <= 12), 45
    )
    meridians = range(math.ceil(view.west / step) * step, math.floor(view.east) + 1, step)
    parallels = range(math.ceil(view.south / step) * step, math.floor(view.north) + 1, step)
    lines = [
        *([view.point(x, view.south), view.point(x, view.north)] for x in meridians),
        *([view.point(view.west, y), view.point(view.east, y)] for y in parallels),
    ]
    return "".join(_path(line, closed=False) for line in lines)


def _path(points: Sequence[Point], *, closed: bool) -> str:
    steps = dict.fromkeys(f"{_number(x)} {_number(y)}" for x, y in points)
    return f"M{'L'.join(steps)}{'Z' if closed else ''}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
