"""Entities: internal ones are expanded within bounds, external ones never loaded."""

from __future__ import annotations

from toolkit.expressions import expression

_REFERENCE = expression(r"&([^#;&][^;&]*);")
_MOST_CHARACTERS = 10_000_000
_DEEPEST = 40


class EntityExpansionError(Exception):
    """The entities of a document expand to too much, or are nested too deeply."""


def check_expansion(values: dict[str, str]) -> None:
    """Check what internal entities expand to, given their declared values by name.

    Raises:
        EntityExpansionError: one expands to more than ten million characters, refers to itself,
            or nests deeper than 40.
    """
    references = {name: _REFERENCE.findall(value) for name, value in values.items()}
    sizes: dict[str, int] = {}
    depths: dict[str, int] = {}
    for root in values:
        stack = [root]
        open_names: set[str] = set()
        while stack:
            name = stack[-1]
            inner = [n for n in references[name] if n in values]
            missing = [n for n in dict.fromkeys(inner) if n not in sizes]
            if name in sizes:
                stack.pop()
            elif missing:
                open_names.add(name)
                if any(n in open_names for n in missing):
                    raise EntityExpansionError(name)
                stack.extend(missing)
            else:
                sizes[name] = len(values[name]) + sum(sizes[n] for n in inner)
                depths[name] = 1 + max((depths[n] for n in inner), default=0)
                if sizes[name] > _MOST_CHARACTERS or depths[name] > _DEEPEST:
                    raise EntityExpansionError(name)
                open_names.discard(name)
                stack.pop()
