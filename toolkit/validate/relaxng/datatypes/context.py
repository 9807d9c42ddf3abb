"""What a value may depend on besides itself: the namespaces and entities in force around it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from toolkit.tei.names import XML_NAMESPACE


class Context(NamedTuple):
    """The declarations in force where a value stands. ``None`` entities: any name will do."""

    prefixes: Mapping[str, str]
    entities: Set[str] = frozenset()
    notations: Set[str] | None = None


NO_CONTEXT = Context({"xml": XML_NAMESPACE})
