"""The document follows the grammar that was chosen for it.

The engine decides. What it refuses is then explained: a document that follows its schema costs
nothing more than the engine's passage through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.association import choice
from toolkit.validate.context import Context
from toolkit.validate.kept_findings import Found, findings_of


def check(document: ParsedDocument, context: Context) -> Iterator[Diagnostic]:
    """Yield what the schema has against the document.

    Raises:
        DiagnosticError: the schema cannot be used (F0xx, V18x, V190).
    """
    for grammar in choice(document, context).grammars:
        bearings = context.addresses.bearings(grammar)
        schema = ("grammar", str(grammar), bearings.base, bearings.key.hex())
        find = partial(_find, document, grammar, context)
        yield from findings_of(document, context.cache, schema, find)


def _find(document: ParsedDocument, grammar: Path, context: Context) -> Found:
    # The engine is not needed where a document is known.
    from toolkit.validate.schemas import schema_at
    from toolkit.validate.verdict import violations

    schema = schema_at(grammar, context.cache, context.addresses)
    found = violations(schema, document)
    if not found:
        return Found((), schema.sources)
    # Valid documents need none of what explains mistakes.
    from toolkit.validate.grammar.explanation import explain

    return Found(tuple(explain(schema, document, found)), schema.sources)
