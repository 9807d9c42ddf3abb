"""What the forms of a date grammar begin with: as much as tells the first two characters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.beginnings import beginning_of_expression

_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<date>\(\?P<date>)|(?P<open>\()|(?P<close>\))"
    r"|\{(?P<part>[a-z][a-z0-9-]*)\}(?P<repeated>[?*])?"
)


def opening_of(form: str, parts: Mapping[str, str], openings: Mapping[str, str]) -> str:
    """Return an expression that begins with the characters with which matches of a form begin.

    Args:
        form: A form with no alternatives but in groups, its parts in braces.
        parts: The expressions of the parts.
        openings: The first two characters of the long parts.
    """
    known = {**parts, **openings}
    cut = _cut(form, parts, openings)
    return re.sub(r"\{([a-z][a-z0-9-]*)\}", lambda match: known[match[1]], cut)


def _cut(form: str, parts: Mapping[str, str], openings: Mapping[str, str]) -> str:
    """Return the form up to the first part that has at least two characters."""
    depth, in_date, depth_of_date = 0, False, 0
    for token in _TOKEN.finditer(form):
        if token["date"]:
            in_date, depth_of_date = True, depth
        elif token["open"]:
            depth += 1
        elif token["close"] and in_date and depth == depth_of_date:
            in_date = False
        elif token["close"]:
            depth -= 1
        elif token["part"] and not token["repeated"] and not depth:
            name = token["part"]
            if name in openings or has_two(parts[name]):
                return form[: token.end()] + ")" * in_date
    return form


def has_two(expression: str) -> bool:
    """Tell whether each match of an expression has at least two characters that are told."""
    beginning = beginning_of_expression(expression, 0)
    return beginning is not None and all(len(lead) == 2 for lead in beginning.leads)
