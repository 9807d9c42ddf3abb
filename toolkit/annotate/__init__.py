"""Annotation: names linked to the registers of the edition, dates made computable.

The document is not written anew: tags are put into its source, and every other byte stays.
"""

from toolkit.annotate.annotation import Annotation, annotate, read_source
from toolkit.annotate.decisions import Decision, Decisions, Place
from toolkit.annotate.learning import learn
from toolkit.annotate.open_names import Candidate, OpenName, Reason
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry, Registers, WrittenForm, read_registers
from toolkit.annotate.removal import Removal, remove
from toolkit.annotate.source import Source

__all__ = [
    "Annotation",
    "Candidate",
    "Decision",
    "Decisions",
    "Entry",
    "OpenName",
    "Place",
    "Reason",
    "References",
    "Registers",
    "Removal",
    "Source",
    "WrittenForm",
    "annotate",
    "learn",
    "read_registers",
    "read_source",
    "remove",
]
