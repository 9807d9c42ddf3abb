"""Notes as they stand at the foot of a page: whole or in part, and the height they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil

from toolkit.publish.apparatus.marking import SERIES, Note
from toolkit.publish.apparatus.measuring import Pass

RULE_GAP = 8.0
"""Points between the text and the first note, where the rule stands."""
SERIES_GAP = 5.0
"""Points between two series of notes."""
_LOOSE = 1.012  # an apparatus that runs on takes a little more than its entries side by side
_DOUBTFUL = 0.35  # of a line: what the breaking of lines may take in addition
_LETTER = 5.5  # points, more than most letters of a note take
_FEWEST_LINES = 2  # that stand together on either page, if a note is parted


@dataclass(frozen=True)
class Piece:
    """The lines of a note from ``begin`` to before ``end``, which is None for its last."""

    note: Note
    begin: int = 0
    end: int | None = None

    @property
    def is_rest(self) -> bool:
        """Tell whether the note begins on a page before."""
        return self.begin > 0

    @property
    def order(self) -> tuple[int, int]:
        """The place among the pieces of a page."""
        return SERIES.index(self.note.series), self.note.order


class Heights:
    """What notes need, in points, by what the pass without notes says.

    ``more`` is what entries need in addition to their width, by their keys.
    """

    def __init__(
        self, notes: Iterable[Note], done: Pass, more: Mapping[str, float] | None = None
    ) -> None:
        self._done = done
        self._more = dict(more or {})
        self._tops = [(place, key) for key, place in done.marks["note-top"].items()]
        self._words = {note.key: note.words_of_text for note in notes}

    @cached_property
    def _of_notes(self) -> dict[str, float]:
        ordered = sorted(self._tops)
        return {key: after.y - top.y for (top, key), (after, _) in pairwise(ordered)}

    def of(self, pieces: Iterable[Piece]) -> float:
        """Return the height of the notes of one page, with the rule above them."""
        series: dict[str, float] = {}
        for piece in pieces:
            name = piece.note.series
            series[name] = series.get(name, 0.0) + self._size(piece)
        if not series:
            return 0.0
        heights = [
            ceil(size * _LOOSE / self._done.width) * self._done.step if name == SERIES[0] else size
            for name, size in series.items()
        ]
        return sum(heights) + SERIES_GAP * (len(heights) - 1) + RULE_GAP

    def is_tight(self, pieces: Iterable[Piece], room: float) -> bool:
        """Tell whether the apparatus of a page may need a line that ``room`` does not hold."""
        pieces = tuple(pieces)
        width = sum(self._size(piece) for piece in pieces if piece.note.is_entry)
        lines = width * _LOOSE / self._done.width
        is_spare = room - self.of(pieces) >= self._done.step
        return lines > 0 and not is_spare and ceil(lines) - lines < _DOUBTFUL

    def parted(self, piece: Piece, room: float) -> tuple[Piece, Piece] | None:
        """Return the part of a note that fits into some more points of room, and the rest of it.

        Return None if a note cannot be parted so.
        """
        ends = self.lines(piece.note)
        first = piece.begin + int(room / self._done.step)
        first = min(first, len(ends) - _FEWEST_LINES)
        if piece.note.is_entry or first - piece.begin < _FEWEST_LINES:
            return None
        return Piece(piece.note, piece.begin, first), Piece(piece.note, first, piece.end)

    def add_line(self, pieces: Iterable[Piece]) -> None:
        """Give a page one line more for its apparatus."""
        entry = next((piece.note.key for piece in pieces if piece.note.is_entry), None)
        if entry is not None:
            self._more[entry] = self._more.get(entry, 0.0) + self._done.width

    def lines(self, note: Note) -> Sequence[str]:
        """Return the keys of the words that end the lines of a long note."""
        return () if note.tells_of else tuple(self._ends(note.key))

    def size(self, piece: Piece) -> float:
        """Return the height of a piece of a note that does not run on."""
        return self._size(piece)

    def _ends(self, key: str) -> Iterator[str]:
        places = [(self._done.place("word", word), word) for word in self._words.get(key, ())]
        found = [(place, word) for place, word in places if place is not None]
        for (place, word), (after, _) in pairwise(found):
            if not place.on_line_of(after):
                yield word
        if found:
            yield found[-1][1]

    def _size(self, piece: Piece) -> float:
        if piece.note.tells_of:
            # It is short, and not measured.
            return len(piece.note.tells_of) * _LETTER if piece.note.is_entry else self._done.step
        if piece.note.is_entry:
            key = piece.note.key
            return self._done.widths.get(key, 0.0) + self._more.get(key, 0.0)
        if piece.begin == 0 and piece.end is None:
            return self._of_notes.get(piece.note.key, 0.0)
        end = len(self.lines(piece.note)) if piece.end is None else piece.end
        return (end - piece.begin) * self._done.step
