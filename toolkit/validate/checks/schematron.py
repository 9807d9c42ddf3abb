"""The rules that a grammar cannot state: the toolkit's own, the schema's and the edition's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic
from toolkit.resources import SCHEMAS
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association import choice
from toolkit.validate.context import Context

if TYPE_CHECKING:
    from toolkit.validate.schematron import Rules


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what the rules of ``schemas/schematron`` and those chosen for the document find.

    Raises:
        DiagnosticError: the rules chosen cannot be used (F0xx, X0xx, V690).
    """
    if not context.schematron:
        return
    # Who checks no rules need not wait for Saxon.
    from toolkit.validate.schematron import findings, load_rules

    for rules in _own_rules(context.cache):
        yield from findings(rules, document, context.root)
    for rule in choice(document, context).rules:
        rules = load_rules(rule.file, rule.phase, store=context.cache)
        yield from findings(rules, document, context.root)


@cache
def _own_rules(store: Path | None) -> tuple[Rules, ...]:
    from toolkit.validate.schematron import load_rules

    files = sorted((SCHEMAS / "schematron").glob("*.sch"))
    return tuple(load_rules(file, store=store) for file in files)
