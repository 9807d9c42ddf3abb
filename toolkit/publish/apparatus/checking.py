"""What the second pass says is compared with what was planned and printed."""

from __future__ import annotations

from toolkit.publish.apparatus.marking import Marked, Note
from toolkit.publish.apparatus.measuring import Pass
from toolkit.publish.apparatus.numbering import Numbering


def astray(marked: Marked, last: Pass, printed: Numbering, real: Numbering) -> str:
    """Return what is wrong with the notes as they are set; nothing if all stand where they should.

    Each note must stand once, begin on the page of its line, and name the line that it stands on.

    Args:
        marked: the notes of the document.
        last: what the second pass says.
        printed: the numbers of lines that the notes name.
        real: the numbers of lines by the second pass.
    """
    if last.overfull:
        return f"the notes of page {last.overfull[0]} find no room on it"
    reasons = (_reason(note, last, printed, real) for note in marked.notes.values())
    return next((reason for reason in reasons if reason), "")


def _reason(note: Note, last: Pass, printed: Numbering, real: Numbering) -> str:
    said = _said(note)
    place = (last.place("lemma", note.key) if note.is_entry else None) or last.place(
        "call", note.key
    )
    entry = last.place("entry", note.key)
    if place is None or entry is None or last.count("entry", note.key) != 1:
        return f"the note {said} is set {last.count('entry', note.key)} times"
    if entry.page != place.page:
        return f"the note {said} stands on page {entry.page}, its line on page {place.page}"
    if note.is_entry and printed.lines(note) != real.lines(note):
        return f"the note {said} names line {printed.lines(note)}, its line is {real.lines(note)}"
    return ""


def _said(note: Note) -> str:
    text = " ".join("".join(map(str, note.content.itertext())).split())
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
