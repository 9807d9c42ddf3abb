"""Tables: rows on lines, cells between signs (TEI Guidelines, 15.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.convert.conventions.model import TableForm
from toolkit.convert.structure.nodes import Maker
from toolkit.convert.text.blocks import Block, Line
from toolkit.convert.text.characters import trimmed
from toolkit.convert.text.tables import is_ruling, is_table
from toolkit.convert.tree import Cell, Element


class Table:
    """Makes the tables of one form."""

    def __init__(self, text: str, form: TableForm, rule: str, maker: Maker) -> None:
        self._text = text
        self._form = form
        self._rule = rule
        self._maker = maker

    def made(self, block: Block) -> Element | None:
        """Return the block as a table, or None if it is none."""
        if not is_table(self._text, block, self._form):
            return None
        lines, separator = self._laid_out(block)
        table = Element("table")
        for line in lines:
            if is_ruling(self._text, line, self._form):
                self._maker.sign(line.start, line.end, self._rule)
                for row in table.children:
                    if isinstance(row, Element):
                        row.attributes = {"role": "label"}
            else:
                table.children.append(Element("row", {}, list(self._cells(line, separator))))
        return table

    def _laid_out(self, block: Block) -> tuple[Sequence[Line], re.Pattern[str]]:
        """Return the lines, and what parts their cells.

        Where each row has as many signs, counted with those at its edges, each sign parts two
        cells, one of them empty perhaps.
        """
        sign = self._form.sign
        if sign is not None:
            whole = [self._whole(line, sign) for line in block.lines]
            counts = {len(sign.findall(self._text, line.start, line.end)) for line in whole}
            if len(counts) == 1:
                return whole, sign
        return block.lines, self._form.separator

    def _whole(self, line: Line, sign: re.Pattern[str]) -> Line:
        """Return a line with the signs at its edges, which are white space."""
        start, end = line.start, line.end
        while start and sign.match(self._text, start - 1):
            start -= 1
        while sign.match(self._text, end):
            end += 1
        return Line(start, end)

    def _cells(self, line: Line, separator: re.Pattern[str]) -> Iterator[Element]:
        start, end = self._within_edges(line)
        at = start
        for sign in separator.finditer(self._text, start, end):
            yield self._cell(at, sign.start())
            self._maker.sign(*sign.span(), self._rule)
            at = sign.end()
        yield self._cell(at, end)

    def _within_edges(self, line: Line) -> tuple[int, int]:
        start, end = line.start, line.end
        edge = self._form.edge
        for sign in edge.finditer(self._text, start, end) if edge else ():
            if sign.start() == line.start:
                start = sign.end()
                self._maker.sign(*sign.span(), self._rule)
            elif sign.end() == line.end:
                end = sign.start()
                self._maker.sign(*sign.span(), self._rule)
        return start, end

    def _cell(self, start: int, end: int) -> Element:
        a, b = trimmed(self._text, start, end)
        self._maker.sign(start, min(a, end), self._rule)
        self._maker.sign(max(b, a), end, self._rule)
        return Element("cell", {}, [Cell(a, b)] if a < b else [])
