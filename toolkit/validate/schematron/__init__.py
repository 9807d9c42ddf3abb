"""Schematron: what the rules of a schema find in a document, with line and column.

``xslt/schematron.xsl`` turns a schema (ISO/IEC 19757-3) into a stylesheet (:mod:`.rules`); the
stylesheet says which node breaks which rule, by the number of the element, and that becomes a place
in the file (:mod:`.findings`).
"""

from toolkit.validate.schematron.findings import findings, svrl
from toolkit.validate.schematron.rules import ALL_PHASES, DEFAULT_PHASE, Rules, load_rules

__all__ = [
    "ALL_PHASES",
    "DEFAULT_PHASE",
    "Rules",
    "findings",
    "load_rules",
    "svrl",
]
