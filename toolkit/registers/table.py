"""A table as it is read: rows of cells, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.diagnostics import Diagnostic, Position


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and where."""

    text: str
    position: Position


@dataclass(frozen=True)
class Row:
    """A row: its cells by header, its place, what is wrong with it, and what is notable."""

    cells: Mapping[str, Cell]
    position: Position
    faults: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: the headers with their places, and the rows."""

    headers: Mapping[str, Position]
    rows: tuple[Row, ...]
