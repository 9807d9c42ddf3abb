"""The rules that a grammar cannot state: the toolkit's own, the schema's and the edition's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from toolkit.diagnostics import Diagnostic
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association import Rule, choice
from toolkit.validate.context import Context
from toolkit.validate.kept_findings import Found, findings_of


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what the rules of ``schemas/schematron`` and those chosen for the document find.

    Raises:
        DiagnosticError: the rules chosen cannot be used (F0xx, X0xx, V690).
    """
    if not context.schematron:
        return
    for rule in (*_own_rules(), *choice(document, context).rules):
        find = partial(_find, document, rule, context)
        schema = ("schematron", str(rule.file), rule.phase, str(context.root))
        yield from findings_of(document, context.cache, schema, find)


@cache
def _own_rules() -> tuple[Rule, ...]:
    return tuple(map(Rule, sorted((SCHEMAS / "schematron").glob("*.sch"))))


def _find(document: ParsedDocument, rule: Rule, context: Context) -> Found:
    # Who checks no rules, or knows what they find, need not wait for Saxon.
    from toolkit.validate.schematron import findings, load_rules

    rules = load_rules(rule.file, rule.phase, store=context.cache)
    return Found(
        tuple(findings(rules, document, context.root)),
        rules.sources,
        daily=rules.asks_for_the_day,
        lasting=not rules.looks_around,
    )
