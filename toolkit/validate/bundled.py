"""The schemas that come with the toolkit (``schemas/bundled.json``)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from toolkit.resources import SCHEMAS

DEFAULT = "tei"


class BundledSchema(NamedTuple):
    """A schema that comes with the toolkit.

    Attributes:
        name: its name, which options and settings may use.
        version: what it is.
        grammar: the RELAX NG schema.
        rules: the Schematron schema that goes with it.
        addresses: where the same schema is published: regular expressions.
    """

    name: str
    version: str
    grammar: Path
    rules: Path
    addresses: tuple[str, ...]


@cache
def bundled_schemas() -> Mapping[str, BundledSchema]:
    """Return the schemas by name."""
    data = json.loads((SCHEMAS / "bundled.json").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: BundledSchema(
                name=name,
                version=each["version"],
                grammar=SCHEMAS / each["grammar"],
                rules=SCHEMAS / each["rules"],
                addresses=tuple(each["addresses"]),
            )
            for name, each in data["schemas"].items()
        }
    )


def default_schema() -> BundledSchema:
    """Return the schema that is used where nobody names one."""
    return bundled_schemas()[DEFAULT]


def bundled_with_grammar(path: Path) -> BundledSchema | None:
    """Return the schema whose grammar is the file ``path``."""
    return next((each for each in bundled_schemas().values() if each.grammar == path), None)


def bundled_at(address: str) -> BundledSchema | None:
    """Return the schema that is published at ``address``."""
    for schema in bundled_schemas().values():
        if any(re.fullmatch(published, address) for published in schema.addresses):
            return schema
    return None
