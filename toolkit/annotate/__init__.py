"""Annotation: names linked to the registers of the edition, dates made computable.

The document is not written anew: tags are put into its source, and every other byte stays.
"""

from toolkit.annotate.annotation import Annotation, annotate
from toolkit.annotate.learning import learn
from toolkit.annotate.registers import Entry, Registers, WrittenForm, read_registers

__all__ = [
    "Annotation",
    "Entry",
    "Registers",
    "WrittenForm",
    "annotate",
    "learn",
    "read_registers",
]
