"""The tree both syntaxes are read into: the elements of the XML syntax, annotations left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.validate.relaxng.problems import Place

PATTERNS = frozenset(
    {
        "element",
        "attribute",
        "group",
        "interleave",
        "choice",
        "optional",
        "zeroOrMore",
        "oneOrMore",
        "list",
        "mixed",
        "ref",
        "parentRef",
        "empty",
        "value",
        "data",
        "notAllowed",
        "externalRef",
        "grammar",
        "text",
    }
)
NAME_CLASSES = frozenset({"name", "anyName", "nsName", "choice"})


@dataclass(slots=True, eq=False)
class Node:
    """One element of the full syntax (section 3).

    ``namespace`` and ``library`` are the values of ``ns`` and ``datatypeLibrary`` in force;
    ``prefixes`` are the namespace declarations in force; ``text`` is the content of ``name``,
    ``value`` and ``param``.
    """

    kind: str
    place: Place
    namespace: str = ""
    library: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""
    base: str = ""

    @property
    def name(self) -> str:
        """The ``name`` attribute, without white space around it."""
        return self.attributes["name"].strip(" \t\r\n")
