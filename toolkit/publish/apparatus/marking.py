"""Marks in the print vocabulary, by which the typesetter says where lines and lemmata stand.

The notes are taken out of the text; a ``call`` is left where each stood. A ``word`` marks the end
of a word: now and then in the text, so that each page has one; in long notes at each word, so that
they can be parted; and where a lemma's words occur again near it, to tell them apart if they fall
into one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree

from toolkit.publish.apparatus.style import Apparatus

PRINT = "{urn:tei-toolkit:print}"
_KEPT_APART = tuple(f"editor-{number}" for number in range(1, 5))
SERIES = ("app", "readings", "author", "foot", *_KEPT_APART, "editor")
"""The series of notes, in the order in which they stand at the foot.

Entries of the apparatus are ``app`` if they name their lines, ``readings`` if they are called.
"""

_NEARBY = 250  # characters: more than any line holds
_LONGEST_COMPARED = 60  # characters of a lemma that is looked for near it
_APART = 100  # characters between two marks of words: some lines of a page
_LONG = 280  # characters: notes of more than about three lines can be parted
_END_OF_WORD = re.compile(r"\S(?=\s|$)")
_WITH_NOTES = ("front", "text")
_ALL = (*_WITH_NOTES, "closing")
_FLOW = ("block", "table", "figure")
_MARKS = tuple(f"{PRINT}{name}" for name in ("call", "lemma", "word"))
_WITHOUT_WORDS = (f"{PRINT}figure", f"{PRINT}table")
_NOT_MARKED = ("heading", "subheading", "caption", "code")


@dataclass(frozen=True)
class Note:
    """A note taken out of the text.

    ``order`` tells where its lemma (or else its call) stands among all; ``block`` is the block it
    is called in, ``lemma_block`` that in which its lemma begins. ``words`` are the keys of the
    marks at the occurrences of its lemma, its own being ``own`` of them (from 0);
    ``words_of_text`` those of its own words, if it is long. ``tells_of`` is what a note says that
    only tells where the note itself stands.
    """

    key: str
    series: str
    number: str
    content: etree._Element
    order: int
    block: etree._Element
    lemma_block: etree._Element
    words: tuple[str, ...] = ()
    own: int = 0
    words_of_text: tuple[str, ...] = ()
    tells_of: str = ""

    @property
    def is_entry(self) -> bool:
        """Tell whether it is an entry of the apparatus, not a note with a number."""
        return self.series == SERIES[0]


@dataclass(frozen=True)
class Marked:
    """A document with marks, its notes by their keys in the order of their calls, and its words.

    ``spots`` are the places whose lines are asked for.
    """

    root: etree._Element
    notes: dict[str, Note] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    spots: list[etree._Element] = field(default_factory=list)


def mark(root: etree._Element, apparatus: Apparatus, *, in_pages: bool = True) -> Marked:
    """Return ``root`` with marks; the tree is changed.

    ``in_pages`` tells whether pages are made up of its text and its notes, which takes marks of
    its own.
    """
    marked = take_out_notes(root, apparatus, parted=in_pages)
    _mark_flow(marked, in_pages=in_pages)
    return marked


def take_out_notes(root: etree._Element, apparatus: Apparatus, *, parted: bool = False) -> Marked:
    """Return ``root`` with calls in the place of notes; the tree is changed.

    ``parted`` tells whether long notes may be parted at the ends of pages.
    """
    marked = Marked(root)
    if apparatus == "letters":
        for note in root.iter(f"{PRINT}note"):
            if note.get("series") == SERIES[0]:
                note.set("series", SERIES[1])
    for part in list(root.iter(*(f"{PRINT}{name}" for name in _WITH_NOTES))):
        _begin_lemmata_in_text(part)
        _take_out_notes(part, marked.notes, parted=parted)
    return marked


# ---- notes ----


def _begin_lemmata_in_text(part: etree._Element) -> None:
    """Put a lemma that begins between two blocks to the beginning of the second."""
    for block in list(part.iterchildren(f"{PRINT}block")):
        following = block.getnext()
        if block.get("role") == "mark" and following is not None:
            for lemma in reversed(block.findall(f"{PRINT}lemma")):
                if following.tag == f"{PRINT}block":
                    following.insert(0, lemma)


def _take_out_notes(part: etree._Element, notes: dict[str, Note], *, parted: bool) -> None:
    found = [note for note in part.iter(f"{PRINT}note") if _is_called(note)]
    keys = {note: f"n{len(notes) + number}" for number, note in enumerate(found)}
    by_id = {note.get("id"): key for note, key in keys.items() if note.get("id")}
    begins: dict[str, tuple[int, etree._Element]] = {}
    before = max((note.order for note in notes.values()), default=-1) + 1
    for place, mark in enumerate(list(part.iter(f"{PRINT}lemma", f"{PRINT}note"))):
        key = keys.get(mark) or by_id.get(mark.get("note"))
        if mark.tag == f"{PRINT}lemma":
            if key is None or key in begins:
                _take_out(mark)
                continue
            mark.set("key", key)
        if key is not None:
            begins.setdefault(key, (place, _block(mark)))
    for note, key in keys.items():
        place, lemma_block = begins[key]
        order = before + place
        series, number, block = note.get("series", ""), note.get("number", ""), _block(note)
        taken = Note(key, series, number, note, order, block, lemma_block)
        notes[key] = replace(taken, words_of_text=_mark_long(taken) if parted else ())
        note.addprevious(_call(taken))
        _take_out(note)


def _call(note: Note) -> etree._Element:
    call = etree.Element(f"{PRINT}call", key=note.key)
    if not note.is_entry:
        call.set("number", note.number)
    return call


def _mark_long(note: Note) -> tuple[str, ...]:
    """Mark the words of a long note; what runs on is not parted."""
    length = sum(len(run.text or "") for run in note.content.iter(f"{PRINT}t"))
    if note.is_entry or length < _LONG:
        return ()
    note.content.set("long", "yes")
    words: list[str] = []
    for block in note.content.iterchildren(f"{PRINT}block"):
        _, text = _offsets(block)
        ends = [match.end() for match in _END_OF_WORD.finditer(text)]
        keys = [f"{note.key}/{number}" for number in range(len(words), len(words) + len(ends))]
        words += keys
        _insert(block, [_Insertion(end, _word(key)) for end, key in zip(ends, keys, strict=True)])
        _finish(block)
    return tuple(words)


def _is_called(note: etree._Element) -> bool:
    return all(ancestor.tag != f"{PRINT}note" for ancestor in note.iterancestors())


def _block(element: etree._Element) -> etree._Element:
    return next(element.iterancestors(f"{PRINT}block"))


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# ---- blocks, lemmata and words of the text ----


@dataclass(frozen=True)
class _Insertion:
    """A mark to be put into the text of a block, so many characters from its beginning."""

    offset: int
    element: etree._Element


def _mark_flow(marked: Marked, *, in_pages: bool) -> None:
    """Mark each part of the flow, and words of the text."""
    since, number = 0, 0
    for part in marked.root.iter(*(f"{PRINT}{name}" for name in _ALL)):
        for element in part.iterchildren(*(f"{PRINT}{name}" for name in _FLOW)):
            for begins in (element, *_first_cells(element)):
                begins.set("key", f"b{number}")
                number += 1
        for row in part.iterfind(f"{PRINT}parallel/{PRINT}row"):
            row.set("key", f"p{number}")
            number += 1
        part.set("key", f"b{number}")
        number += 1
        for block in part.iter(f"{PRINT}block"):
            insertions, text = _marks_of_lemmata(block, marked.notes)
            ends: list[int] = []
            if in_pages:
                since = _APART if _follows_a_picture(block) else since
                ends, since = _some_ends(text, since, block.get("role", ""))
            for end in ends:
                key = f"w{len(marked.words)}"
                marked.words.append(key)
                insertions.append(_Insertion(end, _word(key)))
            if insertions:
                _insert(block, sorted(insertions, key=lambda insertion: insertion.offset))
            _finish(block)


def _first_cells(table: etree._Element) -> list[etree._Element]:
    """Return the first cell of each row of a table, if it is one."""
    return [row[0] for row in table.iterchildren(f"{PRINT}row") if len(row)]


def _follows_a_picture(block: etree._Element) -> bool:
    """Tell whether a page may have no word before the block, so that its first is marked."""
    before = block.getprevious()
    return before is not None and before.tag in _WITHOUT_WORDS


def _finish(block: etree._Element) -> None:
    """Say which mark is the last of a block."""
    if len(block) and block[-1].tag in _MARKS:
        block[-1].set("last", "yes")


def _some_ends(text: str, since: int, role: str) -> tuple[list[int], int]:
    """Return ends of words that are some way apart, and how far the last is from the end."""
    ends: list[int] = []
    if role in _NOT_MARKED or not text.strip():
        return ends, since
    for match in _END_OF_WORD.finditer(text):
        if since + match.end() - (ends[-1] if ends else 0) >= _APART:
            ends.append(match.end())
            since = 0
    return ends, since + len(text) - (ends[-1] if ends else 0) + 1


def _marks_of_lemmata(
    block: etree._Element, notes: dict[str, Note]
) -> tuple[list[_Insertion], str]:
    """Move the beginnings of lemmata to their first letter, and mark the words about them."""
    offsets, text = _offsets(block)
    calls = {run.get("key", ""): run for run in block.iterfind(f"{PRINT}call")}
    insertions: list[_Insertion] = []
    for lemma in block.findall(f"{PRINT}lemma"):
        start = _first_letter(text, offsets[lemma])
        _take_out(lemma)
        key = lemma.get("key", "")
        insertions.append(_Insertion(start, lemma))
        insertions += _around(text, start, key)
        if key in calls:
            insertions += _occurrences(text, start, offsets[calls[key]], key, notes)
    return insertions, text


def _around(text: str, start: int, key: str) -> Iterator[_Insertion]:
    """Mark the end of the word before a lemma, and of its first word (:func:`begin_of_lemma`)."""
    before = len(text[:start].rstrip())
    if 0 < before < start:
        yield _Insertion(before, _word(word_before(key)))
    if end := _END_OF_WORD.search(text, start):
        yield _Insertion(end.end(), _word(first_word(key)))


def word_before(key: str) -> str:
    """Return the key of the mark at the end of the word before the lemma of a note."""
    return f"{key}<"


def first_word(key: str) -> str:
    """Return the key of the mark at the end of the first word of the lemma of a note."""
    return f"{key}>"


def _offsets(block: etree._Element) -> tuple[dict[etree._Element, int], str]:
    offsets: dict[etree._Element, int] = {}
    pieces: list[str] = []
    length = 0
    for run in block:
        offsets[run] = length
        pieces.append(_text(run))
        length += len(pieces[-1])
    return offsets, "".join(pieces)


def _text(run: etree._Element) -> str:
    if run.tag == f"{PRINT}t":
        return run.text or ""
    return "\n" if run.tag in (f"{PRINT}br", f"{PRINT}stamp") else ""


def _first_letter(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _occurrences(
    text: str, start: int, end: int, key: str, notes: dict[str, Note]
) -> Iterator[_Insertion]:
    words = text[start:end].strip()
    if not words or len(words) > _LONGEST_COMPARED:
        return
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    near = [
        match
        for match in pattern.finditer(text, max(0, start - _NEARBY), end + _NEARBY)
        if match.start() == start or match.end() <= start or match.start() >= end
    ]
    own = next((place for place, match in enumerate(near) if match.start() == start), None)
    if own is None or len(near) < 2:
        return
    keys = tuple(f"{key}.{place}" for place in range(len(near)))
    notes[key] = replace(notes[key], words=keys, own=own)
    for word, match in zip(keys, near, strict=True):
        yield _Insertion(match.end(), _word(word))


def _word(key: str) -> etree._Element:
    return etree.Element(f"{PRINT}word", key=key)


def _insert(block: etree._Element, insertions: Iterable[_Insertion]) -> None:
    """Put the marks into the block; runs are divided where a mark falls into them."""
    waiting: dict[int, list[etree._Element]] = {
        offset: [insertion.element for insertion in group]
        for offset, group in groupby(insertions, key=lambda insertion: insertion.offset)
    }
    start = 0
    for run in list(block):
        length = len(_text(run))
        inside = [offset for offset in waiting if start < offset <= start + length]
        cuts = [(offset - start, waiting.pop(offset)) for offset in inside]
        if run.tag == f"{PRINT}t":
            _divide(run, cuts)
        else:
            for element in (element for _, marks in reversed(cuts) for element in reversed(marks)):
                run.addnext(element)
        start += length
    for marks in waiting.values():
        block[:0] = marks


def _divide(run: etree._Element, cuts: list[tuple[int, list[etree._Element]]]) -> None:
    text = run.text or ""
    before = run
    for number, (offset, marks) in enumerate(cuts):
        following = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        if number == 0:
            run.text = text[:offset]
        for element in marks:
            before.addnext(element)
            before = element
        if text[offset:following]:
            rest = etree.Element(run.tag, attrib={str(k): str(v) for k, v in run.items()})
            rest.text = text[offset:following]
            before.addnext(rest)
            before = rest
