"""What annotation has to tell an editor."""

from __future__ import annotations

from toolkit.diagnostics import Kind, Severity

TOO_SHORT = Kind(
    "A004",
    "register-form-too-short",
    Severity.WARNING,
    "A form of one letter would be found in every text; it is left out of the search.",
)
AMBIGUOUS = Kind(
    "A005",
    "ambiguous-name",
    Severity.NOTE,
    "A name in the text is a form of more than one entry, and the document does not settle which.",
)
UNCERTAIN = Kind(
    "A018",
    "uncertain-name",
    Severity.NOTE,
    "What may be a name of an entry may as well be none, or somebody else's.",
)
CROSSING = Kind(
    "A006",
    "name-crosses-element",
    Severity.NOTE,
    "A name or date begins inside an element and ends outside it, so no element can hold it.",
)
NOT_ALLOWED = Kind(
    "A007",
    "name-not-allowed-here",
    Severity.NOTE,
    "The TEI scheme allows no name or date at this place.",
)
IMPOSSIBLE_DATE = Kind(
    "A008",
    "impossible-date",
    Severity.WARNING,
    "An expression has the form of a date, but the calendar has no such day.",
)
NO_TITLE_STATEMENT = Kind(
    "A009",
    "no-title-statement",
    Severity.WARNING,
    "The header has no titleStmt, so it cannot say who is responsible for what was added.",
)
ENCODING = Kind(
    "A010",
    "encoding-not-supported",
    Severity.ERROR,
    "The document is in an encoding that cannot be written back unchanged.",
)
EMPTY_REGISTER = Kind(
    "A011",
    "register-without-entries",
    Severity.WARNING,
    "A file in the register folder holds no person, place or organisation.",
)
ADDITION_CHANGED = Kind(
    "A012",
    "addition-changed",
    Severity.NOTE,
    "A tag that annotation had added was changed by an editor, so it is not taken away again.",
)
BAD_DECISIONS = Kind(
    "A013",
    "bad-decisions",
    Severity.ERROR,
    "The file of decisions about names has a mistake, so none of them can be relied on.",
)
DECISION_WITHOUT_ENTRY = Kind(
    "A014",
    "decision-without-entry",
    Severity.WARNING,
    "A form is decided to mean an entry that no register has; the decision does not count.",
)
CONTRADICTING_DECISIONS = Kind(
    "A019",
    "contradicting-decisions",
    Severity.WARNING,
    "Two decisions about the same form, document or place say otherwise; neither counts.",
)
DECISION_WITHOUT_PLACE = Kind(
    "A021",
    "decision-without-place",
    Severity.WARNING,
    "A decision is about a document, or a place or form in one, that is not there any more.",
)
TAGS_TAKEN_BACK = Kind(
    "A020",
    "tags-taken-back",
    Severity.NOTE,
    "Names that were tagged before are tagged no longer, since the files that editors have touched "
    "leave such names untagged.",
)
NO_RECOGNISER = Kind(
    "A016",
    "recogniser-not-usable",
    Severity.ERROR,
    "The model that is to propose names is not installed, or recognises none.",
)
DECISION_NOT_FITTING = Kind(
    "A017",
    "decision-not-fitting",
    Severity.WARNING,
    "A name is decided to mean an entry, but stands in an element that cannot name such a thing.",
)
TAG_WITHOUT_REASON = Kind(
    "A023",
    "tag-without-reason",
    Severity.NOTE,
    "A name was tagged as certain, as an editor had decided or the registers and tags told then; "
    "nothing tells so any more.",
)
REVIEW_KEPT = Kind(
    "A022",
    "review-not-renewed",
    Severity.NOTE,
    "The list of names that wait for an editor stays as it was: a register has a mistake, so that "
    "the list would lack the names of its entries.",
)
BAD_REVIEW = Kind(
    "A015",
    "bad-review-file",
    Severity.ERROR,
    "The file of names that wait for an editor was changed by hand, and cannot be read any more.",
)
NO_DOCUMENT = Kind(
    "A024",
    "no-document",
    Severity.NOTE,
    "The file is no TEI document, so no names and dates are looked for in it.",
)
DECISION_WITHOUT_FORM = Kind(
    "A025",
    "decision-without-form",
    Severity.NOTE,
    "A form is decided to mean an entry, or to be no name, but no document has it.",
)
