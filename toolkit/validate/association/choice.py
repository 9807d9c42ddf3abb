"""The choice of schemas for one document.

What the user names holds for all documents; else each document names its own (``xml-model``); else
the schema that comes with the toolkit is used. Nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.diagnostics.used_schema import Origin, UsedSchema
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association.findings import (
    Missing,
    not_at_hand,
    not_checked,
    unknown_language,
)
from toolkit.validate.association.languages import GRAMMAR
from toolkit.validate.association.locating import COMPACT, absolute, located, used_schema
from toolkit.validate.association.xml_model import XmlModel, xml_models
from toolkit.validate.bundled import bundled_with_grammar, default_schema
from toolkit.validate.context import Context

_DEFAULT_PHASE = "#DEFAULT"
_ALL_PHASES = "ALL"


@dataclass(frozen=True, slots=True)
class Rule:
    """A file with Schematron rules, and the phase to check."""

    file: Path
    phase: str = _DEFAULT_PHASE


@dataclass(frozen=True, slots=True)
class Choice:
    """What a document is checked against.

    Attributes:
        grammars: the RELAX NG schemas; the document has to follow each of them.
        rules: the Schematron rules.
        used: the schemas by name, for reports.
        findings: what is wrong with the document's own choice.
    """

    grammars: tuple[Path, ...]
    rules: tuple[Rule, ...]
    used: tuple[UsedSchema, ...]
    findings: tuple[Diagnostic, ...] = ()


def forget_choices() -> None:
    """Choose anew from now on: a file may have changed."""
    for each in (choice, _choice_of_user, located):
        each.cache_clear()


@lru_cache(maxsize=1)
def choice(document: ParsedDocument, context: Context) -> Choice:
    """Return what a document is checked against; the choice for the last one is kept."""
    if context.schema is not None:
        return _choice_of_user(context)
    return _choice_of_document(document, context)


@lru_cache(maxsize=1)
def _choice_of_user(context: Context) -> Choice:
    schema = context.schema or default_schema().grammar
    used = used_schema(schema, "RELAX NG", context.origin, context.addresses)
    return Choice((schema,), _rules((schema,), (), context), (used,))


def _choice_of_document(document: ParsedDocument, context: Context) -> Choice:
    named = xml_models(document)
    if not (named.models or named.findings):
        return _default_choice(context)
    collected = _Collected()
    for model in named.models:
        _collect(model, document, context, collected)
    grammars = tuple(dict.fromkeys(collected.grammars))
    used = collected.used
    if not grammars:
        default = _default_choice(context)
        grammars = default.grammars
        used = [*default.used, *used]
    missing = (
        not_at_hand(each, other_grammar=bool(collected.grammars)) for each in collected.missing
    )
    return Choice(
        grammars,
        _rules(grammars, collected.rules, context),
        tuple(dict.fromkeys(used)),
        (*named.findings, *collected.findings, *missing),
    )


@lru_cache(maxsize=1)
def _default_choice(context: Context) -> Choice:
    default = default_schema()
    used = UsedSchema(default.name, default.version, "RELAX NG", Origin.BUNDLED)
    return Choice((default.grammar,), _rules((default.grammar,), (), context), (used,))


def _rules(
    grammars: tuple[Path, ...], named: list[Rule] | tuple[Rule, ...], context: Context
) -> tuple[Rule, ...]:
    """Return the rules that were named, those of the context, and those that go with grammars.

    The rules of a schema are embedded in it, if it is XML.
    """
    if not context.schematron:
        return ()
    files = {rule.file for rule in named}
    implied = []
    for grammar in grammars:
        known = bundled_with_grammar(grammar)
        file = known.rules if known else grammar
        if file.suffix.lower() != COMPACT and file not in files:
            implied.append(Rule(file) if known else _of_user(Rule(file), context))
    asked = (_of_user(rule, context) for rule in (*named, *map(Rule, context.rules)))
    return tuple(dict.fromkeys([*implied, *asked]))


def _of_user(rule: Rule, context: Context) -> Rule:
    """Return a rule with the phase that the user asks for, if the document asks for none."""
    if not context.phase or rule.phase != _DEFAULT_PHASE:
        return rule
    return Rule(rule.file, _phase(context.phase))


@dataclass
class _Collected:
    """What was found so far of the schemas that a document names."""

    grammars: list[Path] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    used: list[UsedSchema] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


def _collect(model: XmlModel, document: ParsedDocument, context: Context, into: _Collected) -> None:
    language = model.language
    if language is None:
        into.findings.append(unknown_language(model))
    elif not language.checked:
        into.findings.append(not_checked(model, language))
    elif language.checked == GRAMMAR or context.schematron:
        address = absolute(model.href, document.file)
        found = located(address, language, context.addresses)
        if found is None:
            into.missing.append(Missing(model, address, language))
            return
        file, used = found
        into.used.append(used)
        if language.checked == GRAMMAR:
            into.grammars.append(file)
        else:
            into.rules.append(Rule(file, _phase(model.phase)))


def _phase(named: str) -> str:
    return f"#{named}" if named == _ALL_PHASES else named or _DEFAULT_PHASE
