"""The kinds of findings of this room that concern a transcription."""

from __future__ import annotations

from toolkit.diagnostics import Kind, Severity

FORBIDDEN_CHARACTER = Kind(
    "C001",
    "forbidden-character",
    Severity.ERROR,
    "The transcription holds a control character that XML cannot hold. Leaving it out would lose "
    "a character, so the document is not converted.",
)
NO_TEXT = Kind(
    "C002",
    "no-text",
    Severity.ERROR,
    "Nothing is left of the transcription once metadata and page furniture are taken off.",
)
LOST_TEXT = Kind(
    "C003",
    "text-not-accounted-for",
    Severity.ERROR,
    "The proof that no character was lost or invented failed, so nothing is written. This is a "
    "defect of the toolkit, not of the transcription.",
)
IS_XML = Kind(
    "C004",
    "transcription-is-xml",
    Severity.ERROR,
    "The file is an XML document. Read as a plain transcription, its tags would become text of the "
    "edition.",
)
NO_LEDGER = Kind(
    "C301",
    "no-ledger",
    Severity.ERROR,
    "The document was not made by this toolkit, or its ledger was taken out. Without it nobody "
    "knows which signs and which white space the transcription had.",
)
NOT_REBUILT = Kind(
    "C302",
    "transcription-not-rebuilt",
    Severity.ERROR,
    "What is rebuilt from the document is not the transcription it was made from, so it is not "
    "given out.",
)
UNKNOWN_NOTATION = Kind(
    "C101",
    "unknown-notation",
    Severity.WARNING,
    "Something looks like notation, but no rule of the convention profile describes it. It stays "
    "in the text as it is written.",
)
UNBALANCED = Kind(
    "C102",
    "unbalanced-delimiter",
    Severity.WARNING,
    "A delimiter is opened and not closed in the same paragraph, or closed without having been "
    "opened. It stays in the text as it is written.",
)
CALL_WITHOUT_NOTE = Kind(
    "C103",
    "note-call-without-note",
    Severity.WARNING,
    "The text calls a note that is not at the foot. The call stays in the text.",
)
NOTE_WITHOUT_CALL = Kind(
    "C104",
    "note-without-call",
    Severity.WARNING,
    "A note at the foot is not called in the text before it. It stays where it stands.",
)
CONFLICT = Kind(
    "C105",
    "crossing-notation",
    Severity.WARNING,
    "Two pieces of notation cross in a way that no encoding can hold. The second stays in the "
    "text as it is written.",
)
TOO_DEEP = Kind(
    "C106",
    "notation-too-deep",
    Severity.WARNING,
    "Brackets are nested deeper than any reader follows. The innermost stay in the text.",
)
OPEN_FRONT_MATTER = Kind(
    "C107",
    "front-matter-not-closed",
    Severity.WARNING,
    "The file begins as front matter does, but the line that ends front matter is missing. All of "
    "it is treated as text.",
)
UNKNOWN_LANGUAGE = Kind(
    "C108",
    "unknown-language",
    Severity.WARNING,
    "The language is neither a BCP 47 tag nor a name the profile knows.",
)
SIGN_WITHOUT_WORD = Kind(
    "C109",
    "sign-without-word",
    Severity.WARNING,
    "A sign that speaks of the word before it, such as [sic], has no word before it on its line "
    "or in its table cell. It stays in the text as it is written.",
)
DOUBTFUL_WORDS = Kind(
    "C110",
    "doubtful-supplied-words",
    Severity.NOTE,
    "What stands in these brackets is encoded as words supplied by the transcriber, but it reads "
    "like a remark on the document. Each wording is told once in a file.",
)
BETWEEN_NOTES = Kind(
    "C111",
    "paragraph-between-notes",
    Severity.WARNING,
    "Between two notes at the foot stands a paragraph that is not indented, so nothing says that "
    "it belongs to the note before it. It stays in the text.",
)
REPEATED_FIELD = Kind(
    "C112",
    "repeated-field",
    Severity.WARNING,
    "The front matter gives a field twice that a document has once. Both values are kept.",
)
LINE_WITHOUT_KEY = Kind(
    "C113",
    "front-matter-line-without-key",
    Severity.WARNING,
    "A line of the front matter is no field, so it says nothing of the document. It is kept in "
    "the header as a note.",
)
IMPOSSIBLE_DATE = Kind(
    "C114",
    "impossible-date-in-metadata",
    Severity.WARNING,
    "The date of the document names no day of the calendar, so the document cannot be put in "
    "order by it.",
)
GENRE_WITHOUT_RULES = Kind(
    "C115",
    "genre-without-rules",
    Severity.NOTE,
    "The convention profile has no rules for this genre. The text is read as prose.",
)
