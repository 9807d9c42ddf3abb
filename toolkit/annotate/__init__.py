"""Annotation: names linked to the registers of the edition, dates made computable.

The document is not written anew: tags are put into its source, and every other byte stays.
"""

from toolkit.annotate.added_names import added_names
from toolkit.annotate.annotation import Annotation, annotate
from toolkit.annotate.decision_file import DecisionFile, decisions_as_toml, read_decisions
from toolkit.annotate.decisions import Decision, Decisions, Place
from toolkit.annotate.keeping import made_once
from toolkit.annotate.learning import learn
from toolkit.annotate.open_names import Candidate, OpenName, Reason
from toolkit.annotate.reading import read_source
from toolkit.annotate.recognition import Recogniser, load_recogniser
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry, Registers, WrittenForm, read_registers
from toolkit.annotate.removal import Removal, remove
from toolkit.annotate.review_file import (
    OpenForm,
    by_form,
    names_in_review,
    read_review,
    renewed,
    review_as_json,
)
from toolkit.annotate.review_page import review_as_html
from toolkit.annotate.source import Source
from toolkit.annotate.usage import Usage
from toolkit.annotate.variants import Variants

__all__ = [
    "Annotation",
    "Candidate",
    "Decision",
    "DecisionFile",
    "Decisions",
    "Entry",
    "OpenForm",
    "OpenName",
    "Place",
    "Reason",
    "Recogniser",
    "References",
    "Registers",
    "Removal",
    "Source",
    "Usage",
    "Variants",
    "WrittenForm",
    "added_names",
    "annotate",
    "by_form",
    "decisions_as_toml",
    "learn",
    "load_recogniser",
    "made_once",
    "names_in_review",
    "read_decisions",
    "read_registers",
    "read_review",
    "read_source",
    "remove",
    "renewed",
    "review_as_html",
    "review_as_json",
]
