"""What the second pass says is compared with what was planned and printed."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from toolkit.publish.apparatus.marking import Marked, Note
from toolkit.publish.apparatus.measuring import Pass
from toolkit.publish.apparatus.numbering import Numbering


def astray(
    marked: Marked,
    last: Pass,
    printed: Numbering,
    real: Numbering,
    *,
    at_end: Container[str] = (),
) -> str:
    """Return what is wrong with the notes as they are set; nothing if all stand where they should.

    Each note must stand once and name the line that it is about; and begin on the page of that
    line, if it does not stand at the end.

    Args:
        marked: the notes of the document.
        last: what the second pass says.
        printed: the numbers of lines that the notes name.
        real: the numbers of lines by the second pass.
        at_end: the keys of the notes that stand at the end.
    """
    if last.overfull:
        return f"the notes of page {last.overfull[0]} find no room on it"
    reasons = (
        _reason(note, last, printed, real, note.key in at_end) for note in marked.notes.values()
    )
    return next((reason for reason in reasons if reason), "")


def not_set_once(marked: Marked, last: Pass) -> str:
    """Return which note is not set once; nothing if there is none."""
    return next((said for note in marked.notes.values() if (said := _times(note, last))), "")


def _reason(note: Note, last: Pass, printed: Numbering, real: Numbering, at_end: bool) -> str:
    if times := _times(note, last):
        return times
    said = said_of(note)
    place = (last.place("lemma", note.key) if note.is_entry else None) or last.place(
        "call", note.key
    )
    entry = last.place("entry", note.key)
    if place and entry and entry.page != place.page and not at_end:
        return f"the note {said} stands on page {entry.page}, its line on page {place.page}"
    lines, own = (replace(each, with_pages=at_end).lines(note) for each in (printed, real))
    if note.is_entry and lines != own:
        return f"the note {said} names line {lines}, its line is {own}"
    return ""


def _times(note: Note, last: Pass) -> str:
    count = last.count("entry", note.key)
    if count == 1 and last.place("call", note.key) is not None:
        return ""
    return f"the note {said_of(note)} is set {count} times"


def said_of(note: Note) -> str:
    """Return the beginning of a note in quotation marks."""
    text = " ".join("".join(map(str, note.content.itertext())).split())
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
