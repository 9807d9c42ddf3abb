"""The files of the schemas that documents name, and how reports name them."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

from toolkit.diagnostics.used_schema import Origin, UsedSchema
from toolkit.files import path_of_uri
from toolkit.validate.addresses import Addresses
from toolkit.validate.association.languages import RULES, Language
from toolkit.validate.association.version import version_of
from toolkit.validate.bundled import bundled_at, bundled_with_grammar
from toolkit.validate.store.folder import StoredSchema


@lru_cache(maxsize=32)
def located(
    address: str, language: Language, addresses: Addresses
) -> tuple[Path, UsedSchema] | None:
    """Return the file of a schema and how reports name it; None if it is not at hand.

    Raises:
        DiagnosticError: it is a stored one that has changed (V195), or a store cannot be used
            (V197).
    """
    mapped = addresses.mapped(address)
    file = path_of_uri(mapped)
    if file is not None:
        if not os.path.isfile(file):  # noqa: PTH113 (Path.is_file raises for a name too long)
            return None
        named = address if mapped != address else ""
        return file, used_schema(file, language.name, Origin.XML_MODEL, addresses, named)
    stored = addresses.stored_at(mapped)
    if stored is not None and _is_usable(stored, language):
        return stored.main, used_schema(
            stored.main, language.name, Origin.XML_MODEL, addresses, address
        )
    known = bundled_at(mapped)
    if known is None:
        return None
    file = known.rules if language.checked == RULES else known.grammar
    return file, UsedSchema(known.name, known.version, language.name, Origin.XML_MODEL, address)


def _is_usable(stored: StoredSchema, language: Language) -> bool:
    """Tell whether a stored schema is of a language: rules may be embedded in a grammar."""
    return stored.language == language.name or language.checked == RULES


def used_schema(
    file: Path, language: str, origin: Origin, addresses: Addresses, address: str = ""
) -> UsedSchema:
    """Return how reports name a schema.

    Raises:
        DiagnosticError: it is a stored one that has changed (V195), or a store cannot be used
            (V197).
    """
    stored, known = addresses.stored(file), bundled_with_grammar(file)
    name = stored.name if stored else known.name if known else _shown(file)
    return UsedSchema(name, version_of(file), language, origin, address)


def absolute(href: str, file: str) -> str:
    """Return the absolute address of what a document refers to."""
    try:
        return urljoin(Path(os.path.abspath(file)).as_uri(), href)  # noqa: PTH100 (no links)
    except ValueError:
        return href


def _shown(file: Path) -> str:
    here = Path.cwd()
    return file.relative_to(here).as_posix() if file.is_relative_to(here) else str(file)
