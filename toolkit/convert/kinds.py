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
