"""What a document says of its lines: what they are counted by, and which its notes are keyed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from toolkit.publish.apparatus.marking import PRINT, Marked, Note
from toolkit.publish.apparatus.numbering import Numbering, counts_verses
from toolkit.publish.apparatus.style import NoteStyle

OCCURRENCE = "occurrence"
"""The sign that tells which of the same words in its line a lemma is."""


def key_to_line(note: Note, numbering: Numbering, before: str) -> str:
    """Say in an entry on which line its lemma stands, unless the entry before has said it."""
    lines = numbering.lines(note)
    note.content.attrib.pop("lines", "")
    if lines != before:
        note.content.set("lines", lines)
    occurrence = numbering.occurrence(note)
    lemma = note.content.find(f".//{PRINT}t")
    if occurrence and lemma is not None:
        raised = etree.Element(f"{PRINT}t", style="superscript", sign=OCCURRENCE)
        raised.text = str(occurrence)
        lemma.addnext(raised)
    return lines


def forget_occurrences(notes: Iterable[Note]) -> None:
    """Take out of the entries which of the same words in their line their lemmata are."""
    for note in notes:
        for run in [run for run in note.content.iter(f"{PRINT}t") if run.get("sign") == OCCURRENCE]:
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)


def mark_parts(root: etree._Element, style: NoteStyle) -> int:
    """Mark where lines are counted anew: at each document, or at each section of it."""
    parts = 0
    for text in root.iter(f"{PRINT}text"):
        begins = True
        for block in text.iterchildren(f"{PRINT}block"):
            if block.get("role") == "heading":
                begins = begins or style.line_numbers == "section"
            elif begins:
                block.insert(0, etree.Element(f"{PRINT}word", key=f"part.{parts}"))
                parts += 1
                begins = False
    return parts


def number_lines(marked: Marked, style: NoteStyle, verses: Mapping[etree._Element, str]) -> None:
    """Say in each text what its lines are counted by, and which verses show their number."""
    entries = (note for note in marked.notes.values() if note.is_entry)
    keyed = {text for note in entries for text in note.block.iterancestors(f"{PRINT}text")}
    for text in marked.root.iter(f"{PRINT}text"):
        if style.line_numbers == "auto" and text not in keyed:
            text.set("lines", "none")
        elif counts_verses(text, style):
            text.set("lines", "verse")
    for block in marked.root.iter(f"{PRINT}block"):
        number = block.get("line", "")
        block.attrib.pop("number", "")
        if block in verses and number.isdecimal() and int(number) % style.line_interval == 0:
            block.set("number", number)
