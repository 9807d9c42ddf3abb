"""What is told of the schemas that documents name."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from urllib.parse import urlsplit

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.validate.association.languages import RULES, Language
from toolkit.validate.association.xml_model import BAD_XML_MODEL, XmlModel
from toolkit.validate.bundled import default_schema

NOT_AT_HAND = Kind(
    "V191",
    "schema-not-at-hand",
    Severity.WARNING,
    "The document names a schema that is not at hand, so it was not checked against it.",
)
NOT_CHECKED = Kind(
    "V192",
    "schema-language-not-checked",
    Severity.NOTE,
    "The document names a schema in a language that the toolkit does not check. It checks RELAX NG "
    "and Schematron.",
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A schema that is not at hand, and its address."""

    model: XmlModel
    address: str
    language: Language


def not_at_hand(missing: Missing, *, other_grammar: bool) -> Diagnostic:
    """Tell that a schema is not at hand; ``other_grammar``: the document names one that is."""
    model = missing.model
    if missing.language.checked == RULES:
        instead = "its rules were not checked"
    elif other_grammar:
        instead = "the document was not checked against it"
    else:
        default = default_schema()
        instead = f"the document was checked against {default.name} ({default.version}) instead"
    if _is_remote(missing.address):
        said = f"the schema {missing.address} is not at hand"
        # A document may say anything, and hints are pasted into shells.
        command = f"tei schema add {shlex.quote(missing.address)}"
        hint = f"Nothing is fetched unasked; put it into the store: {command}"
    else:
        said = f"there is no schema {model.href}"
        hint = "Mend the href, or put the schema there."
    return NOT_AT_HAND.at(model.position, f"{said}: {instead}", hint)


def not_checked(model: XmlModel, language: Language) -> Diagnostic:
    """Tell that nothing is checked against schemas in this language."""
    return NOT_CHECKED.at(
        model.position,
        f"{model.href} is a schema in {language.name}, which is not checked",
        "Name a schema in RELAX NG beside it; TEI publishes all its schemas as such too.",
    )


def unknown_language(model: XmlModel) -> Diagnostic:
    """Tell that it cannot be known what the schema is."""
    return BAD_XML_MODEL.at(
        model.position,
        f"nothing tells in which language the schema {model.href} is written",
        'For RELAX NG write schematypens="http://relaxng.org/ns/structure/1.0", for Schematron '
        'schematypens="http://purl.oclc.org/dsdl/schematron".',
    )


def _is_remote(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False
