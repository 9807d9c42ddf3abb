"""Making up the pages: which rows and which notes stand on each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.publish.apparatus.marking import Note
from toolkit.publish.apparatus.measuring import Pass, Place
from toolkit.publish.apparatus.pieces import Heights, Piece
from toolkit.publish.apparatus.rows import Row

_SLACK = 2.0  # points between what stands on a page and what does not
_EMPTY = 0.2  # of a page that rather stays empty than that a note is parted
_FOR_TEXT = 0.25  # of a page that rests of notes leave to the text


class NoPageError(Exception):
    """The notes of a line find no room on its page; the message says which.

    ``notes`` are those of which at least one has no room; ``row`` is the first row of the page.
    """

    def __init__(self, message: str, notes: tuple[Note, ...] = (), row: int = 0) -> None:
        super().__init__(message)
        self.notes = notes
        self.row = row


@dataclass(frozen=True)
class Page:
    """What stands on one page: rows from ``first`` to before ``end``, and pieces of notes.

    ``room`` is the height in points that is kept at the foot; ``holder`` is the key of a word or a
    note whose line keeps it, if any is to be kept. A page that has none, such as that of a picture,
    ends where the next block begins one.
    """

    first: int
    end: int
    pieces: tuple[Piece, ...]
    room: float
    holder: str


@dataclass(frozen=True)
class _Ending:
    """A way to end a page before row ``end``.

    ``rests`` of notes go on on the next page; ``parts`` says whether one is parted for this.
    """

    end: int
    pieces: tuple[Piece, ...]
    rests: tuple[Piece, ...] = ()
    parts: bool = False


def paginate(rows: Sequence[Row], heights: Heights, height: float) -> tuple[Page, ...]:
    """Make up pages of so many points of height.

    Raises:
        NoPageError: the notes of a line need more than a page.
    """
    pages: list[Page] = []
    first = 0
    rests: tuple[Piece, ...] = ()
    while first < len(rows):
        number = len(pages) + 1
        ending = _ending(rows, first, rests, heights, height)
        if ending is None:
            notes = (*rows[first].notes, *(piece.note for piece in rests))
            raise NoPageError(f"those of one line need more than page {number}", notes, first)
        pages.append(_page(number, rows, first, ending, heights, height))
        first, rests = ending.end, ending.rests
    if rests:
        notes = tuple(piece.note for piece in rests)
        raise NoPageError("the last goes on after the last line of the text", notes, len(rows) - 1)
    return tuple(pages)


def _ending(
    rows: Sequence[Row], first: int, rests: tuple[Piece, ...], heights: Heights, height: float
) -> _Ending | None:
    """Return the best way to end a page: full, after a row that may end it, with whole notes."""
    whole: _Ending | None = None
    parted: _Ending | None = None
    forced: _Ending | None = None
    unused = 0.0
    for ending, free in _endings(rows, first, rests, heights, height):
        forced = ending
        if not _may_end(rows, ending.end):
            continue
        if ending.parts:
            parted = parted or ending
        else:
            whole, unused = ending, free
    best = whole
    if parted and (whole is None or (parted.end > whole.end and unused > _EMPTY * height)):
        best = parted
    return best or forced


def _endings(
    rows: Sequence[Row], first: int, rests: tuple[Piece, ...], heights: Heights, height: float
) -> Iterator[tuple[_Ending, float]]:
    """Yield the ways to end a page, with the points that then stay free; each has a row more."""
    height -= rows[first].repeated
    pieces, held = _limited(rests, heights, height * (1 - _FOR_TEXT))
    unfinished = {rest.note.series for rest in held}
    for number in range(first, len(rows)):
        row = rows[number]
        if row.sheet != rows[first].sheet:
            return
        if number > first and any(note.series in unfinished for note in row.notes):
            # No note stands before the end of another of its series.
            return
        pieces = tuple(
            sorted((*pieces, *(Piece(note) for note in row.notes)), key=lambda piece: piece.order)
        )
        room = height - (row.bottom - rows[first].top)
        if room < 0:
            return
        free = room - heights.of(pieces)
        if free >= 0:
            yield _Ending(number + 1, pieces, held), free
        elif parted := _parted(pieces, heights, free):
            kept, rest = parted
            yield _Ending(number + 1, kept, (*held, rest), parts=True), 0.0
        else:
            return


def _limited(
    rests: tuple[Piece, ...], heights: Heights, most: float
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return what rests of notes put on a page, and what they leave to the next."""
    free = most - heights.of(rests)
    parted = _parted(rests, heights, free) if free < 0 else None
    return (parted[0], (parted[1],)) if parted else (rests, ())


def _parted(
    pieces: tuple[Piece, ...], heights: Heights, free: float
) -> tuple[tuple[Piece, ...], Piece] | None:
    """Part the last note of a series, so that ``-free`` points less are needed."""
    last = {piece.note.series: piece for piece in pieces if not piece.note.tells_of}
    for piece in reversed(last.values()):
        if parted := heights.parted(piece, heights.size(piece) + free):
            begins, rest = parted
            return tuple(begins if other is piece else other for other in pieces), rest
    return None


def _may_end(rows: Sequence[Row], end: int) -> bool:
    return end == len(rows) or rows[end - 1].ends_page or rows[end].sheet != rows[end - 1].sheet


def _page(
    page: int,
    rows: Sequence[Row],
    first: int,
    ending: _Ending,
    heights: Heights,
    height: float,
) -> Page:
    last = rows[ending.end - 1]
    needed = heights.of(ending.pieces)
    room = needed
    goes_on = ending.end < len(rows) and rows[ending.end].sheet == last.sheet
    if goes_on:
        # The next row must find no place, the last must find it.
        height -= rows[first].repeated
        end = max(last.next_top - _SLACK, last.bottom + _SLACK)
        room = max(needed, height - (end - rows[first].top))
    own = rows[first : ending.end]
    holder = next((word for row in own for word in row.words), "")
    holder = holder or next((note.key for row in own for note in row.notes), "")
    if not holder and (ending.pieces or (goes_on and not rows[ending.end].block)):
        notes = rows[ending.end].notes if goes_on else ()
        raise NoPageError(f"page {page} has no words that could hold its notes", notes, first)
    return Page(first, ending.end, ending.pieces, room, holder)


def planned(done: Pass, rows: Sequence[Row], pages: Sequence[Page], *, by_page: bool) -> Pass:
    """Return what a pass will say that follows the plan: marks stand on the pages made up."""
    tops = [row.place for row in rows]
    page_of_row = [
        number for number, page in enumerate(pages, 1) for _ in range(page.first, page.end)
    ]

    def moved(place: Place) -> Place:
        row = max(0, bisect_right(tops, Place(place.page, place.y + 1)) - 1)
        return Place(page_of_row[row] if rows else 1, place.y)

    lines: list[tuple[int, Place]] = []
    for number, (_, place) in enumerate(done.lines, 1):
        there = moved(place)
        before = lines[-1] if lines else None
        restarts = by_page and (before is None or before[1].page != there.page)
        lines.append((1 if restarts else before[0] + 1 if before else number, there))
    marks = {
        kind: {key: moved(place) for key, place in own.items()} for kind, own in done.marks.items()
    }
    return replace(done, lines=tuple(lines), marks=marks)
