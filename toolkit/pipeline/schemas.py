"""What ``tei schema`` does."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from toolkit.cache import cache_folder

FORMATS = ("text", "json")


class Compared(NamedTuple):
    """The result of a comparison, ready to print."""

    text: str
    same: bool


def compare_schemas(first: Path, second: Path, format_: str) -> Compared:
    """Compare two RELAX NG schemas.

    Raises:
        DiagnosticError: one of them cannot be used (F0xx, V18x, V190).
    """
    from toolkit.validate.relaxng import load_schema
    from toolkit.validate.relaxng.comparison import compare
    from toolkit.validate.relaxng.comparison.report import as_json, as_text

    cache = cache_folder()
    result = compare(load_schema(first, cache), load_schema(second, cache))
    render = as_json if format_ == "json" else as_text
    return Compared(render(result, str(first), str(second)), result.same)
