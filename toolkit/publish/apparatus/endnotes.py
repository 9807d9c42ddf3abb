"""Notes at the end of a document, or of a volume by its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from toolkit.diagnostics import Kind, Position, Severity
from toolkit.publish.apparatus.checking import astray, not_set_once
from toolkit.publish.apparatus.keying import (
    forget_occurrences,
    key_to_line,
    mark_parts,
    number_lines,
)
from toolkit.publish.apparatus.lines_of_places import mark_places, tell_lines
from toolkit.publish.apparatus.marking import PRINT, SERIES, Note, mark, take_out_notes
from toolkit.publish.apparatus.measuring import QUESTION, read_pass
from toolkit.publish.apparatus.numbering import Numbering, starts_of_parts, verse_labels
from toolkit.publish.apparatus.style import NoteStyle
from toolkit.publish.printing import parse_print
from toolkit.publish.typesetting import Job, Typeset, ask, typeset

NOTE_NOT_SET = Kind(
    "P108",
    "note-not-set",
    Severity.ERROR,
    "A note of a document is missing on the pages, or stands there twice.",
)
_MOST_PASSES = 3
_LONGEST_LEMMA = 30  # characters of a lemma at the foot, if its entry stands at the end
_PAGE_NUMBER = "000"  # as wide as most numbers of pages, where these are not known yet
_TITLED = ("stem", "title", "lang", "dir")
_CALLED_AS_ENTRIES = SERIES[1]


class EndNotes:
    """The part of a document or volume that holds its notes at the end; the tree is changed."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._part = root.find(f"{PRINT}notes")
        series = () if self._part is None else self._part.iterchildren(f"{PRINT}series")
        self._titles = {one.get("name", ""): one.get("title", "") for one in series}
        self._titles[_CALLED_AS_ENTRIES] = self._titles.get(SERIES[0], "")
        self.where = "" if self._part is None else self._part.get("see", "")
        """How it is said that a note stands on another page: {1} stands for the page."""

    def put(self, notes: Iterable[Note]) -> None:
        """Put the notes there, by documents and series, in the place of those that are there."""
        if self._part is None:
            return
        self._part[:] = []
        notes = list(notes)
        called = {note.key for note in notes}
        for call in self._root.iter(f"{PRINT}call"):
            if call.get("key") in called:
                call.set("end", "yes")
        is_one = len({note.series for note in notes}) < 2
        for document, own in groupby(notes, key=_document):
            self._part.append(self._group(document, list(own), is_one=is_one))

    def _group(
        self, document: etree._Element | None, notes: list[Note], *, is_one: bool
    ) -> etree._Element:
        group = etree.Element(f"{PRINT}group")
        for name in _TITLED if document is not None else ():
            group.set(name, document.get(name, "") if document is not None else "")
        for name in SERIES:
            own = sorted((note for note in notes if note.series == name), key=_order)
            if own:
                series = etree.SubElement(group, f"{PRINT}series", name=name)
                if not is_one:
                    series.set("title", self._titles[name])
                series.extend(_contents(own))
        return group


def note_telling_where(note: Note, where: str) -> Note:
    """Return what stands at the foot of a page for a note that stands at the end.

    It names the lemma, and the page of the note by a reference; the note gets the anchor of that.
    """
    anchor = f"end-{note.key}"
    first = note.content.find(f"{PRINT}block")
    content = etree.Element(f"{PRINT}note", series=note.series, number=note.number, key=anchor)
    block = etree.SubElement(content, f"{PRINT}block", role="line")
    if first is not None:
        first.insert(0, etree.Element(f"{PRINT}anchor", id=anchor))
    lemma = note.content.find(f".//{PRINT}t")
    if note.is_entry and lemma is not None:
        block.append(_shortened(lemma))
        following = lemma.getnext()
        if following is not None and following.get("style") == "sign":
            block.append(deepcopy(following))
    said = where.replace("{1}", _PAGE_NUMBER)
    etree.SubElement(block, f"{PRINT}reference", link=f"#{anchor}", said=where, shown=_PAGE_NUMBER)
    told = "".join(map(str, block.itertext())) + said
    return replace(note, content=content, words_of_text=(), tells_of=told)


def _shortened(lemma: etree._Element) -> etree._Element:
    shown = deepcopy(lemma)
    text = shown.text or ""
    shown.text = text if len(text) <= _LONGEST_LEMMA else f"{text[:_LONGEST_LEMMA]}…"
    shown.tail = None
    return shown


def _contents(notes: Iterable[Note]) -> Iterator[etree._Element]:
    for note in notes:
        note.content.set("key", note.key)
        yield note.content


def _order(note: Note) -> int:
    return note.order


def _document(note: Note) -> etree._Element | None:
    """Return the document of a volume that a note belongs to."""
    return next(note.block.iterancestors(f"{PRINT}document"), None)


def typeset_at_end(job: Job) -> Typeset:
    """Set a job with its notes at the end, called by their numbers and letters.

    A note that is not set once is an error (P108).

    Raises:
        DiagnosticError: the typesetter stopped (P102).
    """
    root = parse_print(job.printed)
    marked = take_out_notes(root, "letters")
    if not marked.notes:
        return typeset(job)
    EndNotes(root).put(marked.notes.values())
    done = typeset(replace(job, printed=_text(root), question=QUESTION))
    reason = not_set_once(marked, read_pass(done.answer))
    if not reason:
        return done
    error = NOTE_NOT_SET.at(
        Position(job.file),
        reason,
        "If a function of your own sets notes, let it set all of them; else please report this.",
    )
    return replace(done, diagnostics=(error, *done.diagnostics))


def set_keyed_at_end(
    job: Job, style: NoteStyle, root: etree._Element
) -> tuple[str, Typeset | None]:
    """Return the document with notes at the end, entries keyed to lines, or why it cannot be.

    The text does not depend on its notes, so it is set once to learn its lines, and once with them.

    Raises:
        DiagnosticError: the typesetter stopped (P102).
    """
    marked = mark(root, style.apparatus, in_pages=False)
    verses = verse_labels(root, style)
    parts = mark_parts(root, style)
    by_page = style.line_numbers in ("auto", "page", "verse")
    number_lines(marked, style, verses)
    mark_places(marked)
    lines = _Lines(style.line_interval, by_page)
    end = EndNotes(root)
    end.put(marked.notes.values())
    last = read_pass(ask(lines.job(job, root, ())))
    reason = ""
    for _ in range(_MOST_PASSES):
        starts = () if by_page else starts_of_parts(last, parts)
        numbering = Numbering(last, by_page, verses, starts)
        tell_lines(marked, numbering)
        key_at_end(marked.notes.values(), numbering)
        end.put(marked.notes.values())
        done = typeset(lines.job(job, root, starts))
        last = read_pass(done.answer)
        reason = astray(marked, last, numbering, replace(numbering, done=last), at_end=marked.notes)
        if not reason:
            return "", done
    return reason, None


@dataclass(frozen=True)
class _Lines:
    """How lines are numbered."""

    interval: int
    by_page: bool

    def job(self, job: Job, root: etree._Element, starts: tuple[int, ...]) -> Job:
        """Return the job with lines that are numbered so."""
        keyed = {
            "pass": "pages",
            "interval": self.interval,
            "scope": "page" if self.by_page else "document",
            "starts": starts,
            "place": "end",
        }
        return replace(job, printed=_text(root), keyed=keyed, question=QUESTION)


def key_at_end(notes: Iterable[Note], numbering: Numbering) -> None:
    """Say in the entries on which lines their lemmata stand, and which begin a page of the text."""
    entries = sorted((note for note in notes if note.is_entry), key=_order)
    numbering = replace(numbering, with_pages=True)
    forget_occurrences(entries)
    for _, own in groupby(entries, key=_document):
        before, page = "", 0
        for note in own:
            place = numbering.done.place("lemma", note.key) or numbering.done.place(
                "call", note.key
            )
            note.content.attrib.pop("begins", "")
            if place and place.page != page:
                note.content.set("begins", "page")
                before, page = "", place.page
            before = key_to_line(note, numbering, before)


def _text(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode"))
