"""Where names and dates are looked for and may stand: the data of ``schemas/annotation``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, cached_property

from toolkit.resources import SCHEMAS

_DATES = frozenset({"date", "time"})


class Role(Enum):
    """What an element is to the text that it stands in."""

    INLINE = "a part of it"
    ADDED = "a name in it that annotation has tagged"
    SKIPPED = "a part of it that is left alone"
    WAYS = "ways of writing a part of it"
    SPACE = "space between its words"
    ASIDE = "a text beside it"
    BLOCK = "a text of its own, which parts it"


@dataclass(frozen=True)
class Scope:
    """Sets of TEI element names.

    ``header``: parts of the header that are searched; ``skip``: elements left alone with all they
    hold; ``inline``: elements through which a name may run; ``alternatives``: elements whose
    children are ways of writing the same words; ``aside``: elements that stand beside the text
    they are in; ``space``: empty elements that part words. Any other element is a text of its own.
    An ``rs`` whose type is none of the ``named_types`` (a work, a letter) may hold names.
    ``parents`` may hold text, names and dates, ``name_parents`` names; ``children`` says what
    these may hold. ``articles`` may stand before a name in a name element; a word of
    ``before_other_place`` makes the name of a place that of another place (“New York” is not
    York). In the header, the text of the ``holders`` (by their parent) is as a whole a name: one
    that an element of ``held`` marks. Names in the name elements ``opened`` that point to no entry
    are looked for too.
    """

    header: frozenset[str]
    holders: Mapping[str, frozenset[str]]
    held: frozenset[str]
    skip: frozenset[str]
    skip_where: tuple[tuple[str, str, str], ...]
    inline: frozenset[str]
    alternatives: frozenset[str]
    aside: frozenset[str]
    space: frozenset[str]
    names: Mapping[str, str]
    parents: frozenset[str]
    name_parents: frozenset[str]
    children: Mapping[str, frozenset[str]]
    named_types: frozenset[str]
    articles: frozenset[str]
    before_other_place: frozenset[str]
    opened: frozenset[str] = frozenset()

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The roles of elements by name, as far as they are known; the name tells most of them."""
        return {}

    @cached_property
    def with_several_roles(self) -> frozenset[str]:
        """The names of elements whose attributes or content tell their role."""
        names = {"rs", *self.names.values(), *self.opened, *self.alternatives}
        return frozenset(names.union(element for element, _, _ in self.skip_where))

    def with_names_inline(self) -> Scope:
        """Return the scope of who reads the text within names too."""
        names = {"name", "rs", *self.names.values()}
        return replace(self, skip=self.skip - names, inline=self.inline | names)

    def with_opened(self, names: frozenset[str]) -> Scope:
        """Return the scope of who looks for names within these name elements too."""
        return replace(self, opened=names) if names else self

    def may_stand_in(self, name: str, parent: str) -> bool:
        """Tell whether the name or date element ``name`` may stand in a ``parent``."""
        return parent in self.parents or (name not in _DATES and parent in self.name_parents)

    def may_hold(self, name: str, child: str) -> bool:
        """Tell whether the name or date element ``name`` may hold a ``child``."""
        return child in self.children["date" if name in _DATES else "names"]


@cache
def scope() -> Scope:
    """Return the scope of annotation."""
    path = SCHEMAS / "annotation" / "scope.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    texts = ("skip_where", "names", "children", "holders", "$comment")
    sets = [name for name in data if name not in texts]
    return Scope(
        **{name: frozenset(data[name]) for name in sets},
        skip_where=tuple((s["element"], s["attribute"], s["value"]) for s in data["skip_where"]),
        names=data["names"],
        holders={parent: frozenset(elements) for parent, elements in data["holders"].items()},
        children={name: frozenset(elements) for name, elements in data["children"].items()},
    )
