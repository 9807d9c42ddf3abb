"""RELAX NG: schemas in both syntaxes, validation of documents at the speed of the XML parser.

Implements the RELAX NG specification, RELAX NG Compact Syntax and the identifiers of RELAX NG DTD
Compatibility, with the datatypes of XML Schema Part 2.
"""

from toolkit.validate.relaxng.schema import Schema, load_schema
from toolkit.validate.relaxng.violations import (
    Expected,
    ValueExpectation,
    ValueType,
    Violation,
    ViolationKind,
)

__all__ = [
    "Expected",
    "Schema",
    "ValueExpectation",
    "ValueType",
    "Violation",
    "ViolationKind",
    "load_schema",
]
