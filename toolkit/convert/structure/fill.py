"""Filling the cells of the structure with text, ranges, points and line breaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.convert.conventions.model import BlockRules
from toolkit.convert.ledger import TileKind
from toolkit.convert.metadata.fields import Sign
from toolkit.convert.notation.marks import Hole, Mark, Point, Range
from toolkit.convert.tree import GLOBAL, Cell, Element, Node, Space, Span

LINE_END = "line end"
INDENTATION = "indentation"

_LINE_END = re.compile(r"\r\n?|\n")
_INDENT = re.compile(r"[ \t\u00a0]*")
_TEXT_ONLY = {"idno": "seg"}
"""Elements that hold text alone, and what stands for them where there is more."""

_GIVE_WAY = frozenset({"p", "l", "ab"})
_BARE = GLOBAL | {"lb", "stage"}


@dataclass(frozen=True, slots=True)
class _LineEnd:
    start: int
    end: int


_Stop = Hole | Point | _LineEnd
_ORDER = {Point: 0, _LineEnd: 1, Hole: 2}


class Filler:
    """Fills cells. The signs that are not written are gathered in ``signs``."""

    def __init__(
        self, text: str, marks: Sequence[Mark], ranges: Sequence[Range], rules: BlockRules
    ) -> None:
        self._text = text
        self._breaks = rules.line_ends == "lb"
        self._hyphen = rules.line_hyphen
        self._ranges = sorted(ranges, key=lambda each: each.start)
        self._range_starts = [each.start for each in self._ranges]
        stops: list[Hole | Point] = [hole for mark in marks for hole in mark.holes]
        stops += [point for mark in marks for point in mark.points]
        self._stops = sorted(stops, key=lambda stop: (stop.start, _ORDER[type(stop)]))
        self._stop_starts = [stop.start for stop in self._stops]
        self._pieces: dict[int, list[Element]] = defaultdict(list)
        self.signs: list[Sign] = []

    def fill(self, parent: Element) -> None:
        """Fill all cells below ``parent``.

        An element around nothing but elements of model.global gives way to them.
        """
        children: list[Node] = []
        for child in parent.children:
            if isinstance(child, Cell):
                children += self.cell(child)
            elif isinstance(child, Element):
                self.fill(child)
                children += self._unwrapped(child)
            else:
                children.append(child)
        parent.children = children
        if parent.name in _TEXT_ONLY and any(isinstance(each, Element) for each in children):
            parent.name = _TEXT_ONLY[parent.name]

    def _unwrapped(self, child: Element) -> list[Node]:
        inside = [node for node in child.children if not self._is_white(node)]
        bare = all(isinstance(node, Element) and node.name in _BARE for node in inside)
        return inside if child.name in _GIVE_WAY and inside and bare else [child]

    def _is_white(self, node: Node) -> bool:
        return isinstance(node, Space) or (
            isinstance(node, Span) and self._text[node.start : node.end].isspace()
        )

    def cell(self, cell: Cell) -> list[Node]:
        """Return the nodes that a cell becomes."""
        return _CellFiller(self, cell).nodes()

    def join_pieces(self) -> None:
        """Join the pieces of each range that was cut."""
        number = 0
        for pieces in self._pieces.values():
            if len(pieces) < 2:
                continue
            number += 1
            names = [f"{piece.name}-{number}.{n}" for n, piece in enumerate(pieces, 1)]
            for index, piece in enumerate(pieces):
                piece.attributes = {"xml:id": names[index], **piece.attributes}
                if index:
                    piece.attributes["prev"] = f"#{names[index - 1]}"
                if index + 1 < len(pieces):
                    piece.attributes["next"] = f"#{names[index + 1]}"

    def ranges_in(self, cell: Cell) -> Sequence[Range]:
        """Return the ranges that begin in a cell, outer ones first."""
        first = bisect_left(self._range_starts, cell.start)
        return self._ranges[first : bisect_left(self._range_starts, cell.end)]

    def stops_in(self, cell: Cell) -> list[_Stop]:
        """Return the holes, points and line ends in a cell, in order."""
        first = bisect_left(self._stop_starts, cell.start)
        stops: list[_Stop] = list(self._stops[first : bisect_left(self._stop_starts, cell.end)])
        ends = [
            _LineEnd(end.start(), end.end())
            for end in _LINE_END.finditer(self._text, cell.start, cell.end)
        ]
        if not ends:
            return stops
        holes = [stop for stop in stops if isinstance(stop, Hole) and stop.end > stop.start + 1]
        if holes:
            ends = list(_outside(ends, holes))
        return sorted([*stops, *ends], key=lambda stop: (stop.start, _ORDER[type(stop)]))

    def line_end(self, at: _LineEnd) -> Iterator[Node]:
        """Yield what a line end inside a paragraph becomes."""
        said = self._text[at.start : at.end]
        if self._hyphen and at.start and self._hyphen.match(self._text, at.start - 1):
            self.sign(at.start, at.end, LINE_END, TileKind.WHITESPACE)
            yield Element("lb", {"break": "no"})
            return
        if said == "\r":
            yield Space(at.start, at.end, "\n", LINE_END)
        else:
            if said == "\r\n":
                self.sign(at.start, at.start + 1, LINE_END, TileKind.WHITESPACE)
            yield Span(at.end - 1, at.end)
        if self._breaks and not self._is_marked(at.end):
            yield Element("lb")

    def _is_marked(self, start: int) -> bool:
        """Tell whether notation at the start of a line says itself that a line begins there."""
        found = _INDENT.match(self._text, start)
        begins = found.end() if found else start
        for stop in self._stops[bisect_left(self._stop_starts, start) :]:
            if stop.start > begins:
                return False
            if isinstance(stop, Point) and stop.element == "lb":
                return True
        return False

    def indentation(self, start: int, end: int) -> int:
        """Return where a line begins: like that of the first line, its indentation is left out."""
        found = _INDENT.match(self._text, start, end)
        begins = found.end() if found else start
        self.sign(start, begins, INDENTATION, TileKind.WHITESPACE)
        return begins

    def sign(self, start: int, end: int, rule: str, kind: TileKind) -> None:
        """Note characters that are not written."""
        if start < end:
            self.signs.append(Sign(start, end, kind, rule))

    def keep_piece(self, each: Range, made: Element) -> bool:
        """Tell whether the piece of a range is to be kept; empty pieces are not."""
        if each.group < 0:
            return True
        if made.children:
            self._pieces[each.group].append(made)
        return bool(made.children)


def _outside(ends: Sequence[_LineEnd], holes: Sequence[Hole]) -> Iterator[_LineEnd]:
    """Yield the line ends that are in no hole; both are in the order of the text."""
    following = iter(holes)
    hole = next(following, None)
    reached = 0
    for end in ends:
        while hole is not None and hole.start <= end.start:
            reached = max(reached, hole.end)
            hole = next(following, None)
        if reached <= end.start:
            yield end


class _CellFiller:
    def __init__(self, filler: Filler, cell: Cell) -> None:
        self._filler = filler
        self._cell = cell
        self._at = cell.start
        self._stops = filler.stops_in(cell)
        self._next = 0
        self._root: list[Node] = []
        self._open: list[tuple[Range, Element]] = []

    def nodes(self) -> list[Node]:
        for each in self._filler.ranges_in(self._cell):
            self._close_until(each.start)
            self._advance(each.start)
            made = Element(each.element, dict(each.attributes))
            self._open.append((each, made))
        self._close_until(self._cell.end)
        while self._open:
            self._close()
        self._advance(self._cell.end)
        return self._root

    def _close_until(self, start: int) -> None:
        while self._open and self._open[-1][0].end <= start:
            self._close()

    def _close(self) -> None:
        each, made = self._open[-1]
        self._advance(min(each.end, self._cell.end))
        self._open.pop()
        if self._filler.keep_piece(each, made):
            self._holder().append(made)

    def _holder(self) -> list[Node]:
        return self._open[-1][1].children if self._open else self._root

    def _advance(self, to: int) -> None:
        while self._next < len(self._stops) and self._stops[self._next].start < to:
            stop = self._stops[self._next]
            self._next += 1
            self._text(stop.start)
            self._pass(stop)
        self._text(to)

    def _text(self, to: int) -> None:
        if self._at < to:
            self._holder().append(Span(self._at, to))
            self._at = to

    def _pass(self, stop: _Stop) -> None:
        if isinstance(stop, Point):
            inside = [self._filler.cell(Cell(part.start, part.end)) for part in stop.inside]
            nodes: list[Node] = [Element("p", {}, part) for part in inside]
            if len(inside) == 1:
                nodes = inside[0]
            self._holder().append(Element(stop.element, dict(stop.attributes), nodes))
            return
        if stop.end <= self._at:
            return
        if isinstance(stop, _LineEnd):
            self._holder().extend(self._filler.line_end(stop))
            self._at = self._filler.indentation(stop.end, self._cell.end)
            return
        kind = TileKind.WHITESPACE if stop.is_space else TileKind.DELIMITER
        self._filler.sign(max(stop.start, self._at), stop.end, stop.rule, kind)
        self._at = stop.end
