"""What reading tables and writing registers has to tell an editor."""

from __future__ import annotations

from toolkit.diagnostics import Kind, Severity

BAD_TABLE = Kind(
    "R001",
    "bad-table",
    Severity.ERROR,
    "The file is no table that can become entries of a register, so nothing of it is imported.",
)
UNKNOWN_COLUMN = Kind(
    "R002",
    "unknown-column",
    Severity.NOTE,
    "A column says nothing that entries of registers of this kind hold; it is left out.",
)
BAD_ROW = Kind(
    "R003",
    "bad-row",
    Severity.ERROR,
    "A row has a mistake, so it becomes no entry. The other rows are imported.",
)
ALREADY_THERE = Kind(
    "R004",
    "already-in-register",
    Severity.NOTE,
    "A row is about what a register has already: the entry there stays as it is.",
)
NO_LIST = Kind(
    "R005",
    "no-list-for-entry",
    Severity.ERROR,
    "The register has no list for entries of this kind, so there is no place to put them.",
)
NAME_NOT_DIVIDED = Kind(
    "R006",
    "name-not-divided",
    Severity.NOTE,
    "It is not known which word of the name of a person is the surname, so texts are searched for "
    "the name as a whole only.",
)
DATE_IN_WORDS = Kind(
    "R007",
    "date-in-words",
    Severity.NOTE,
    "A date is kept in the words of the table, so it is not compared with the dates of documents.",
)
DEATH_BEFORE_BIRTH = Kind(
    "R008",
    "row-dies-before-birth",
    Severity.WARNING,
    "The death in a row is earlier than the birth; both are imported as they stand.",
)
SAME_NAME = Kind(
    "R009",
    "same-name-own-identifier",
    Severity.NOTE,
    "A row has the name of another entry, and becomes an entry of its own since it has an "
    "identifier of its own.",
)
RELATIVE_ADDRESSES = Kind(
    "R010",
    "relative-addresses",
    Severity.NOTE,
    "The entries are exported with addresses that are complete only on the site of the edition.",
)
MIDDLE_OF_AREA = Kind(
    "R011",
    "middle-of-area",
    Severity.NOTE,
    "The place of a feature is an area or a line; its middle is imported as the place.",
)
BAD_NUMBER = Kind(
    "R012",
    "bad-number",
    Severity.ERROR,
    "A number of an authority file in a row is none; the entry is imported without it.",
)
