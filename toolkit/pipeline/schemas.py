"""What ``tei schema`` does."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from toolkit.cache import cache_folder
from toolkit.validate.bundled import bundled_schemas

FORMATS = ("text", "json")


class Compared(NamedTuple):
    """The result of a comparison, ready to print."""

    text: str
    same: bool


def compare_schemas(first: str, second: str, format_: str) -> Compared:
    """Compare two RELAX NG schemas, each a file or the name of one that comes with the toolkit.

    Raises:
        DiagnosticError: one of them cannot be used (F0xx, V18x, V190).
    """
    from toolkit.validate.relaxng import load_schema
    from toolkit.validate.relaxng.comparison import compare
    from toolkit.validate.relaxng.comparison.report import as_json, as_text

    cache = cache_folder()
    schemas = [load_schema(_grammar(given), cache) for given in (first, second)]
    result = compare(*schemas)
    render = as_json if format_ == "json" else as_text
    return Compared(render(result, first, second), result.same)


def _grammar(given: str) -> Path:
    known = bundled_schemas().get(given)
    return known.grammar if known else Path(given)
