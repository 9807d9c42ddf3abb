"""Schema languages, and how an association with a schema tells its language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from toolkit.resources import SCHEMAS

GRAMMAR, RULES = "grammar", "rules"


class Language(NamedTuple):
    """A schema language; ``checked`` is what its schemas are to us: a grammar, rules or nothing."""

    name: str
    checked: str = ""
    namespaces: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()


def language_of(href: str, type_: str, namespace: str) -> Language | None:
    """Return the language of a schema by its namespace, else its media type, else its suffix.

    Schemas in XML often have a type that tells no more than that; None if nothing tells.
    """
    suffix = _suffix(href)
    media_type = type_.partition(";")[0].strip().lower()
    for language in _languages():
        if namespace in language.namespaces:
            return language
    if namespace:
        return None
    for language in _languages():
        if media_type in language.types:
            return language
    for language in _languages():
        if suffix in language.suffixes:
            return language
    return None


@cache
def _languages() -> tuple[Language, ...]:
    path = SCHEMAS / "validation" / "schema-languages.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Language(
            each["name"],
            each.get("checked", ""),
            *(frozenset(each.get(key, ())) for key in ("namespaces", "types", "suffixes")),
        )
        for each in data["languages"]
    )


def _suffix(href: str) -> str:
    try:
        return PurePosixPath(urlsplit(href).path).suffix.lower()
    except ValueError:
        return ""
