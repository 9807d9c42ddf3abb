"""The schemas that a document names itself, by its ``xml-model`` instructions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.diagnostics.used_schema import UsedSchema
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association.findings import (
    Missing,
    not_at_hand,
    not_checked,
    unknown_language,
)
from toolkit.validate.association.languages import GRAMMAR
from toolkit.validate.association.locating import absolute, located
from toolkit.validate.association.rule import Rule, phase_named
from toolkit.validate.association.xml_model import XmlModel, xml_models
from toolkit.validate.context import Context


@dataclass
class Named:
    """What a document names.

    Attributes:
        grammars: the RELAX NG schemas that are at hand.
        rules: the Schematron rules that are.
        used: both, by name.
        findings: what is wrong with the instructions and the schemas they name.
    """

    grammars: list[Path] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    used: list[UsedSchema] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)


def named_by(document: ParsedDocument, context: Context) -> Named:
    """Return the schemas that a document names.

    Raises:
        DiagnosticError: a stored schema has changed (V195), or a store cannot be used (V197).
    """
    read = xml_models(document)
    named = Named(findings=list(read.findings))
    missing: list[Missing] = []
    for model in read.models:
        _add(model, document, context, named, missing)
    other_grammar = bool(named.grammars)
    named.findings += (not_at_hand(each, other_grammar=other_grammar) for each in missing)
    return named


def _add(
    model: XmlModel,
    document: ParsedDocument,
    context: Context,
    named: Named,
    missing: list[Missing],
) -> None:
    language = model.language
    if language is None:
        named.findings.append(unknown_language(model))
    elif not language.checked:
        named.findings.append(not_checked(model, language))
    elif language.checked == GRAMMAR or context.schematron:
        address = absolute(model.href, document.file)
        found = located(address, language, context.addresses)
        if found is None:
            missing.append(Missing(model, address, language))
            return
        file, used = found
        named.used.append(used)
        if language.checked == GRAMMAR:
            named.grammars.append(file)
        else:
            named.rules.append(Rule(file, phase_named(model.phase)))
