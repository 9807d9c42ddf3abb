"""The simple form of a schema (specification, section 5), with its places in the source.

The rules for ``notAllowed`` (section 4.20) and ``empty`` (section 4.21) are built into the
functions that make patterns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.validate.relaxng import operators as op
from toolkit.validate.relaxng.datatypes.library import Datatype
from toolkit.validate.relaxng.nameclass import NameClass
from toolkit.validate.relaxng.problems import Place


@dataclass(slots=True, eq=False)
class ElementPattern:
    """An ``element`` pattern; its content is filled in once it has been reached."""

    name_class: NameClass
    place: Place
    content: Simple | None = None


@dataclass(slots=True, eq=False)
class Literal:
    """What a ``value`` pattern asks for: a text, and the namespaces it was written in."""

    datatype: Datatype
    text: str
    prefixes: dict[str, str]


Payload = NameClass | ElementPattern | Datatype | Literal | None


@dataclass(slots=True, eq=False)
class Simple:
    """A pattern. ``children`` of ``data`` is its exception, if it has one."""

    operator: int
    place: Place
    children: tuple[Simple, ...] = ()
    payload: Payload = field(default=None)


def composite(operator: int, place: Place, children: Sequence[Simple]) -> Simple:
    """Return a choice, group or interleave of the children (sections 4.12, 4.20, 4.21)."""
    if operator == op.CHOICE:
        kept = [child for child in children if child.operator != op.NOT_ALLOWED]
        empty = [child for child in kept if child.operator == op.EMPTY]
        kept = [*empty[:1], *(child for child in kept if child.operator != op.EMPTY)]
        if not kept:
            return Simple(op.NOT_ALLOWED, place)
    else:
        if any(child.operator == op.NOT_ALLOWED for child in children):
            return Simple(op.NOT_ALLOWED, place)
        kept = [child for child in children if child.operator != op.EMPTY]
        if not kept:
            return Simple(op.EMPTY, place)
    return kept[0] if len(kept) == 1 else Simple(operator, place, tuple(kept))


def wrapped(operator: int, place: Place, child: Simple, payload: Payload = None) -> Simple:
    """Return a oneOrMore, list or attribute of the child (sections 4.20 and 4.21)."""
    if child.operator == op.NOT_ALLOWED:
        return child
    if operator == op.ONE_OR_MORE and child.operator in (op.EMPTY, op.ONE_OR_MORE):
        return child
    return Simple(operator, place, (child,), payload)
