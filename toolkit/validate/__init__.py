"""Validation: a document against its grammar, its pointers, the registers and the calendar."""

from toolkit.validate.association import choice
from toolkit.validate.context import Context
from toolkit.validate.run import check_names, prepare, validate

__all__ = ["Context", "check_names", "choice", "prepare", "validate"]
