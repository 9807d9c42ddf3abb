"""The choice of schemas for one document.

What the user names holds for all documents; else each document names its own (``xml-model``); else
the schema that comes with the toolkit is used. Nothing is fetched.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from toolkit.diagnostics import Diagnostic
from toolkit.diagnostics.used_schema import Origin, UsedSchema
from toolkit.tei.parse import ParsedDocument, of_document
from toolkit.validate.association.locating import located, used_schema
from toolkit.validate.association.rule import DEFAULT_PHASE, Rule, phase_named
from toolkit.validate.bundled import bundled_with_grammar, default_schema
from toolkit.validate.context import Context

# What each instruction that names a schema begins with.
_NAMES_A_SCHEMA = b"<?xml-model"


class Choice(NamedTuple):
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
    for each in (_choice_of_user, located):
        each.cache_clear()


def choice(document: ParsedDocument, context: Context) -> Choice:
    """Return what a document is checked against."""
    if context.schema is not None:
        return _choice_of_user(context)
    chosen = _choices(document)
    if context not in chosen:
        chosen[context] = _choice_of_document(document, context)
    return chosen[context]


@of_document
def _choices(_document: ParsedDocument) -> dict[Context, Choice]:
    """Return the choices that the document has made."""
    return {}


@lru_cache(maxsize=1)
def _choice_of_user(context: Context) -> Choice:
    schema = context.schema or default_schema().grammar
    used = used_schema(schema, "RELAX NG", context.origin, context.addresses)
    return Choice((schema,), _rules((schema,), (), context), (used,))


def _choice_of_document(document: ParsedDocument, context: Context) -> Choice:
    if _NAMES_A_SCHEMA not in document.utf8:
        return _default_choice(context)
    from toolkit.validate.association.named import named_by

    named = named_by(document, context)
    grammars = tuple(dict.fromkeys(named.grammars))
    used = named.used
    if not grammars:
        default = _default_choice(context)
        grammars = default.grammars
        used = [*default.used, *used]
    return Choice(
        grammars,
        _rules(grammars, named.rules, context),
        tuple(dict.fromkeys(used)),
        tuple(named.findings),
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

    The rules of a schema are embedded in it.
    """
    if not context.schematron:
        return ()
    files = {rule.file for rule in named}
    implied = []
    for grammar in grammars:
        known = bundled_with_grammar(grammar)
        file = known.rules if known else grammar
        if file not in files:
            implied.append(Rule(file) if known else _of_user(Rule(file), context))
    asked = (_of_user(rule, context) for rule in (*named, *map(Rule, context.rules)))
    return tuple(dict.fromkeys([*implied, *asked]))


def _of_user(rule: Rule, context: Context) -> Rule:
    """Return a rule with the phase that the user asks for, if the document asks for none."""
    if not context.phase or rule.phase != DEFAULT_PHASE:
        return rule
    return Rule(rule.file, phase_named(context.phase))
