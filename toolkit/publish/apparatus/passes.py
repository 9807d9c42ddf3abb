"""The passes in which a document with keyed notes is set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.publish.apparatus.checking import astray, said_of
from toolkit.publish.apparatus.endnotes import (
    EndNotes,
    key_at_end,
    note_telling_where,
    set_keyed_at_end,
    typeset_at_end,
)
from toolkit.publish.apparatus.fitting import QUESTION as FITTING
from toolkit.publish.apparatus.fitting import Fitting
from toolkit.publish.apparatus.keying import (
    forget_occurrences,
    key_to_line,
    mark_parts,
    number_lines,
)
from toolkit.publish.apparatus.lines_of_places import (
    has_references,
    mark_places,
    tell_lines,
    tell_references,
)
from toolkit.publish.apparatus.marking import (
    PRINT,
    SERIES,
    Marked,
    Note,
    first_word,
    mark,
    word_before,
)
from toolkit.publish.apparatus.measuring import QUESTION, Pass, read_pass
from toolkit.publish.apparatus.numbering import Numbering, starts_of_parts, verse_labels
from toolkit.publish.apparatus.page_runs import (
    begin_pages,
    begin_runs,
    end_runs,
    has_runs,
    is_as_planned,
)
from toolkit.publish.apparatus.pagination import NoPageError, Page, paginate, planned
from toolkit.publish.apparatus.pieces import Heights, Piece
from toolkit.publish.apparatus.rows import Row, rows_of
from toolkit.publish.apparatus.style import NoteStyle
from toolkit.publish.apparatus.translations import (
    not_beside,
    not_facing,
    too_tall,
    with_counted_lines,
)
from toolkit.publish.broken_images import without_broken_images
from toolkit.publish.parallel_text import put_behind
from toolkit.publish.printing import parse_print
from toolkit.publish.typesetting import Job, Typeset, ask, typeset

NOT_KEYED = Kind(
    "P106",
    "notes-not-keyed",
    Severity.WARNING,
    "The notes of a document could not be set by the lines of the page, each at the foot of the "
    "page of its line; so they are set as footnotes with calls of their own.",
)
NOTE_AT_END = Kind(
    "P109",
    "note-at-end",
    Severity.WARNING,
    "A note has no room on the page of its line, so it stands at the end of the document or of the "
    "volume.",
)
_ENTRY = f'series="{SERIES[0]}"'
_ENTRIES = f".//{PRINT}text//{PRINT}note[@series='{SERIES[0]}']"
_PARALLEL = f"{PRINT}parallel"
_MOST_PASSES = 3
_MOST_TRIALS = 12
_MOST_NAMED = 4
_FIGURES = re.compile(r"\d+")
_FIGURE = 4.6  # points, more than a figure takes
_MILLIMETRE = 72 / 25.4


def typeset_keyed(job: Job, style: NoteStyle) -> Typeset:
    """Set a job; where its notes are keyed to lines, in two passes.

    Where that does not succeed, they are called by numbers or letters, with a warning (P106).

    Raises:
        DiagnosticError: the typesetter stopped (P102).
    """
    try:
        return _typeset_keyed(job, style)
    except DiagnosticError:
        sound, told = without_broken_images(job)
        if not told:
            raise
    done = _typeset_keyed(sound, style)
    return replace(done, diagnostics=(*told, *done.diagnostics))


def _typeset_keyed(job: Job, style: NoteStyle) -> Typeset:
    plain = typeset if style.place == "foot" else typeset_at_end
    if style.line_numbers == "auto" and _ENTRY not in job.printed:
        return plain(job)
    root = parse_print(job.printed)
    if not is_keyed(root, style):
        return plain(job)
    told = tuple(not_beside(root, style, job.file))
    if style.place == "foot":
        reason, done = _setting(job, style, root).finish()
    else:
        put_behind(list(with_counted_lines(root, style)))
        reason, done = set_keyed_at_end(job, style, root)
    if done is not None:
        return replace(done, diagnostics=(*told, *done.diagnostics))
    warning = NOT_KEYED.at(
        Position(job.file),
        f"the notes are not keyed to lines: {reason}",
        _what_to_do(job),
    )
    unkeyed = plain(job)
    return replace(unkeyed, diagnostics=(warning, *unkeyed.diagnostics))


def _what_to_do(job: Job) -> str:
    """Return what an editor can do about notes that are not keyed to lines."""
    settled = 'Shorten the notes of this place, or say apparatus = "letters" in [print].'
    return f"Try it without {job.own.file}. {settled}" if job.own else settled


def is_keyed(root: etree._Element, style: NoteStyle) -> bool:
    """Tell whether the lines of a document are numbered: in ``auto``, if it has an apparatus."""
    if style.line_numbers == "auto":
        return style.apparatus == "lines" and root.find(_ENTRIES) is not None
    return style.line_numbers != "off"


def _setting(job: Job, style: NoteStyle, root: etree._Element) -> _Setting:
    """Return the document with its translations beside their originals, where they can be.

    Where lines are counted, or a row would not find room on a page, they follow.
    """
    put_behind(list(with_counted_lines(root, style)))
    beside = deepcopy(root)
    setting = _Setting(job, style, mark(beside, style.apparatus))
    originals = dict(zip(beside.iter(_PARALLEL), root.iter(_PARALLEL), strict=True))
    if not originals:
        return setting
    tall = [originals[each] for each in setting.too_tall_translations()]
    if not tall:
        return setting
    put_behind(tall)
    return _Setting(job, style, mark(root, style.apparatus))


@dataclass
class _Setting:
    """A document on its way through the passes; its tree is changed from pass to pass."""

    job: Job
    style: NoteStyle
    marked: Marked

    def __post_init__(self) -> None:
        root = self.marked.root
        self.verses = verse_labels(root, self.style)
        self.parts = mark_parts(root, self.style)
        self.by_page = self.style.line_numbers in ("auto", "page", "verse")
        number_lines(self.marked, self.style, self.verses)
        mark_places(self.marked)
        self.end = EndNotes(root)
        self.at_end: dict[str, Note] = {}
        self.telling: dict[str, Note] = {}

    def finish(self) -> tuple[str, Typeset | None]:
        """Return the document as it is set, or the reason why it cannot be set so."""
        lines = self._text
        rows: Sequence[Row] = rows_of(self.marked, lines)
        heights = Heights(self.marked.notes.values(), lines, self._widths_of_numbers(lines))
        reason = ""
        fitting = Fitting(self.marked.root, self._fit)
        passes = 0
        for _ in range(_MOST_TRIALS):
            try:
                rows, pages = self._pages(rows, heights)
            except NoPageError as error:
                return f"{error}{self._document_of(rows, error.row)}", None
            plan = planned(lines, rows, pages, by_page=self.by_page)
            starts = () if self.by_page else starts_of_parts(plan, self.parts)
            numbering = Numbering(plan, self.by_page, self.verses, starts)
            tell_lines(self.marked, numbering)
            areas = self._put_notes(pages, heights, numbering)
            self._put_at_end(numbering)
            crowded = fitting.fit(
                area for area, page in areas if heights.is_tight(page.pieces, page.room)
            )
            if crowded:
                reason = f"the notes of page {crowded[0]} find no room on it"
                self._make_room(pages, crowded, heights)
                continue
            passes += 1
            begin_pages(self.marked.root, rows, pages)
            begin_runs(self.marked.root, rows, pages)
            done, last = self._set_pages(starts)
            if has_runs(self.marked.root) and not is_as_planned(last, plan):
                end_runs(self.marked.root)
                done, last = self._set_pages(starts)
            real = replace(numbering, done=last)
            reason = astray(self.marked, last, numbering, real, at_end=self.at_end)
            if not reason:
                told = (*self._told(), *not_facing(self.marked.root, self.job.file))
                return "", replace(done, diagnostics=(*told, *done.diagnostics))
            if not last.overfull or passes == _MOST_PASSES:
                break
            self._make_room(pages, last.overfull, heights)
        return reason, None

    def _set_pages(self, starts: tuple[int, ...]) -> tuple[Typeset, Pass]:
        spared = _spared(self.marked, self._text)
        done = typeset(replace(self._job("pages", starts, spared), question=QUESTION))
        return done, read_pass(done.answer)

    @cached_property
    def _text(self) -> Pass:
        """What the pass without notes says."""
        return self._lines_with_references()

    def too_tall_translations(self) -> list[etree._Element]:
        """Return the translations with a row that is too high for a page."""
        return list(too_tall(self.marked.root, self._text, self._height()))

    def _pages(self, rows: Sequence[Row], heights: Heights) -> tuple[Sequence[Row], Sequence[Page]]:
        """Make up the pages; a note that has no room on its own goes to the end.

        Raises:
            NoPageError: the pages cannot be made up for another reason.
        """
        while True:
            try:
                return rows, paginate(rows, heights, self._height())
            except NoPageError as error:
                left = [note for note in error.notes if note.key not in self.at_end]
                if left:
                    largest = max(left, key=lambda note: (heights.of([Piece(note)]), note.order))
                    self.at_end[largest.key] = largest
                    self.telling[largest.key] = note_telling_where(largest, self.end.where)
                elif not (telling := {note.key for note in error.notes} & self.telling.keys()):
                    raise
                else:
                    # Not even what tells where they stand has room.
                    for key in telling:
                        del self.telling[key]
                rows = [replace(row, notes=tuple(self._at_foot(row.notes))) for row in rows]

    def _at_foot(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Yield the notes at the foot; for one that stands at the end, what tells where it does."""
        for note in notes:
            if note.key not in self.at_end:
                yield note
            elif note.key in self.telling:
                yield self.telling[note.key]

    def _document_of(self, rows: Sequence[Row], number: int) -> str:
        """Return how a message names the document of a volume that a row belongs to."""
        keys = {row.block for row in rows[: number + 1] if row.block}
        titles = [
            document.get("title", "")
            for document in self.marked.root.iter(f"{PRINT}document")
            if any(each.get("key") in keys for each in document.iter())
        ]
        return f", in “{titles[-1]}”" if titles else ""

    def _put_at_end(self, numbering: Numbering) -> None:
        if self.at_end:
            key_at_end(self.at_end.values(), numbering)
            self.end.put(self.at_end.values())

    def _told(self) -> Iterator[Diagnostic]:
        notes = [said_of(note) for note in self.at_end.values()]
        if not notes:
            return
        more = f" and {len(notes) - _MOST_NAMED} more" if len(notes) > _MOST_NAMED else ""
        named = f"{', '.join(notes[:_MOST_NAMED])}{more}"
        yield NOTE_AT_END.at(
            Position(self.job.file),
            f"the note {named} has no room on the page of its line"
            if len(notes) == 1
            else f"{len(notes)} notes have no room on the pages of their lines: {named}",
            "What has no room stands at the end, and the foot of the page says where. Shorten it, "
            "or make it a part of the text.",
        )

    def _height(self) -> float:
        """Return the height of the text on a page, in points."""
        layout = self.job.layout
        return (layout.height - layout.top - layout.bottom) * _MILLIMETRE

    def _lines_with_references(self) -> Pass:
        """Set the text without notes, until its references say the pages they will name."""
        lines = self._lines()
        for _ in range(_MOST_PASSES if has_references(self.marked) else 0):
            rows = rows_of(self.marked, lines)
            heights = Heights(self.marked.notes.values(), lines, self._widths_of_numbers(lines))
            try:
                pages = paginate(rows, heights, self._height())
            except NoPageError:
                break
            plan = planned(lines, rows, pages, by_page=self.by_page)
            starts = () if self.by_page else starts_of_parts(plan, self.parts)
            numbering = Numbering(plan, self.by_page, self.verses, starts)
            tell_lines(self.marked, numbering)
            if not tell_references(self.marked, numbering):
                break
            lines = self._lines()
        return lines

    def _fit(self, root: etree._Element) -> str:
        return ask(replace(self._job("lines", (), root), question=FITTING))

    def _make_room(self, pages: Sequence[Page], crowded: Iterable[int], heights: Heights) -> None:
        """Take out the notes, so that the pages can be made up with more room on these."""
        self._take_out_notes()
        for page in crowded:
            heights.add_line(pages[page - 1].pieces)

    def _widths_of_numbers(self, lines: Pass) -> dict[str, float]:
        """Return what the numbers of lines need, in points, beyond the two figures measured."""
        numbering = Numbering(lines, self.by_page, self.verses)
        lengths = {
            note.key: len(_FIGURES.sub("00", numbering.lines(note)))
            for note in self.marked.notes.values()
        }
        return {key: max(0, length - 2) * _FIGURE for key, length in lengths.items()}

    def _lines(self) -> Pass:
        """Set the text without notes, and measure these."""
        measured = etree.SubElement(self.marked.root, f"{PRINT}measured")
        for note in self.marked.notes.values():
            note.content.set("key", note.key)
            if note.is_entry:
                note.content.set("lines", "00")
            measured.append(note.content)
        done = read_pass(ask(replace(self._job("lines", (), self.marked.root), question=QUESTION)))
        self.marked.root.remove(measured)
        return done

    def _put_notes(
        self, pages: Sequence[Page], heights: Heights, numbering: Numbering
    ) -> list[tuple[etree._Element, Page]]:
        """Put the notes of each page to the word whose line keeps their room, and return them."""
        areas: list[tuple[etree._Element, Page]] = []
        marks = self.marked.root.iter(*(f"{PRINT}{name}" for name in ("call", "lemma", "word")))
        holders = {mark.get("key", ""): mark for mark in reversed(list(marks))}
        for number, page in enumerate(pages, start=1):
            if not page.holder:
                continue
            area = etree.Element(f"{PRINT}area", key=str(number), height=f"{page.room:.2f}")
            before = ""
            series: dict[str, etree._Element] = {}
            for piece in page.pieces:
                name = piece.note.series
                if name not in series:
                    series[name] = etree.SubElement(area, f"{PRINT}series", name=name)
                if piece.note.is_entry:
                    before = key_to_line(piece.note, numbering, before)
                series[name].append(_content(piece, heights))
            holders[page.holder].addnext(area)
            areas.append((area, page))
        return areas

    def _take_out_notes(self) -> None:
        forget_occurrences((*self.marked.notes.values(), *self.telling.values()))
        for area in list(self.marked.root.iter(f"{PRINT}area")):
            parent = area.getparent()
            if parent is not None:
                parent.remove(area)

    def _job(self, which: str, starts: tuple[int, ...], root: etree._Element) -> Job:
        keyed = {
            "pass": which,
            "interval": self.style.line_interval,
            "scope": "page" if self.by_page else "document",
            "starts": starts,
            "place": "foot",
        }
        return replace(self.job, printed=_text(root), keyed=keyed)


def _spared(marked: Marked, lines: Pass) -> etree._Element:
    """Return a copy without the marks that only the first pass needs: each parts the text anew.

    Of those about a lemma, the end of the word before it tells something only at the end of a line.
    """
    copy = deepcopy(marked.root)
    needed = set(_about_lemmata(marked, lines))
    for word in list(copy.iter(f"{PRINT}word")):
        following, before = word.getnext(), word.getprevious()
        is_holder = following is not None and following.tag == f"{PRINT}area"
        parent = word.getparent()
        if parent is None or is_holder or word.get("last") or word.get("key") in needed:
            continue
        parent.remove(word)
        if before is not None and following is not None and _are_alike(before, following):
            following.text = (before.text or "") + (following.text or "")
            parent.remove(before)
    return copy


def _about_lemmata(marked: Marked, lines: Pass) -> Iterator[str]:
    for key in marked.notes:
        yield first_word(key)
        before = lines.place("word", word_before(key))
        first = lines.place("word", first_word(key))
        if before and first and not before.on_line_of(first):
            yield word_before(key)


def _are_alike(before: etree._Element, after: etree._Element) -> bool:
    return before.tag == after.tag == f"{PRINT}t" and before.items() == after.items()


def _content(piece: Piece, heights: Heights) -> etree._Element:
    """Return what a piece of a note says."""
    note = piece.note
    if piece.begin == 0 and piece.end is None:
        return note.content
    content = deepcopy(note.content)
    ends = heights.lines(note)
    if piece.end is not None:
        _cut(content, ends[piece.end - 1], before=False)
    if piece.begin:
        _cut(content, ends[piece.begin - 1], before=True)
        content.set("rest", "yes")
    return content


def _cut(content: etree._Element, word: str, *, before: bool) -> None:
    """Take out all that stands before the end of a word, or behind it."""
    mark = next(mark for mark in content.iter(f"{PRINT}word") if mark.get("key") == word)
    block = mark.getparent()
    assert block is not None  # noqa: S101 (words stand in blocks)
    for element in (mark, block):
        parent = element.getparent()
        for other in list(element.itersiblings(preceding=before)):
            if parent is not None:
                parent.remove(other)
    following = mark.getnext()
    if before and following is not None:
        following.text = (following.text or "").lstrip()


def _text(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode"))
