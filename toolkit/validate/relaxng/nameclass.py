"""Name classes (specification, sections 4.16, 6.1 and 7.3).

An expanded name is one string, as expat hands it over: the namespace, the separator U+001F (which
no XML document can contain) and the local name; or the local name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

SEPARATOR = "\x1f"


def expanded(namespace: str, local: str) -> str:
    """Return the expanded name of ``local`` in ``namespace``."""
    return f"{namespace}{SEPARATOR}{local}" if namespace else local


def namespace_of(name: str) -> str:
    """Return the namespace of an expanded name, empty for none."""
    return name.rpartition(SEPARATOR)[0]


def local_of(name: str) -> str:
    """Return the local part of an expanded name."""
    return name.rpartition(SEPARATOR)[2]


@lru_cache(maxsize=4096)
def clark(name: str) -> str:
    """Return an expanded name in Clark notation, ``{namespace}local``."""
    namespace, _, local = name.rpartition(SEPARATOR)
    return f"{{{namespace}}}{local}" if namespace else local


@dataclass(frozen=True, slots=True)
class Name:
    """One name."""

    name: str

    def contains(self, name: str) -> bool:
        """Tell whether ``name`` is this name."""
        return name == self.name


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, but for exceptions."""

    exception: NameClass | None = None

    def contains(self, name: str) -> bool:
        """Tell whether ``name`` is in the class."""
        return self.exception is None or not self.exception.contains(name)


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of one namespace, but for exceptions."""

    namespace: str
    exception: NameClass | None = None

    def contains(self, name: str) -> bool:
        """Tell whether ``name`` is in the class."""
        if namespace_of(name) != self.namespace:
            return False
        return self.exception is None or not self.exception.contains(name)


@dataclass(frozen=True, slots=True)
class NameChoice:
    """The names of several classes, none of them a choice itself."""

    members: tuple[NameClass, ...]

    def contains(self, name: str) -> bool:
        """Tell whether ``name`` is in one of the classes."""
        return any(member.contains(name) for member in self.members)


NameClass = Name | AnyName | NsName | NameChoice


def choice(members: Iterable[NameClass]) -> NameClass:
    """Return the class of all names in ``members``, flattened."""
    flat: dict[NameClass, None] = {}
    for member in members:
        inner = member.members if isinstance(member, NameChoice) else (member,)
        flat.update(dict.fromkeys(inner))
    return next(iter(flat)) if len(flat) == 1 else NameChoice(tuple(flat))


def parts(name_class: NameClass) -> tuple[NameClass, ...]:
    """Return the classes a choice is made of, or the class itself."""
    return name_class.members if isinstance(name_class, NameChoice) else (name_class,)


def names(name_class: NameClass) -> tuple[str, ...]:
    """Return the names that the class lists one by one."""
    return tuple(part.name for part in parts(name_class) if isinstance(part, Name))


def is_infinite(name_class: NameClass) -> bool:
    """Tell whether the class holds ``anyName`` or ``nsName`` (section 7.3)."""
    return any(not isinstance(part, Name) for part in parts(name_class))


def overlap(one: NameClass, other: NameClass) -> bool:
    """Tell whether a name is in both classes (section 7.3).

    Two classes overlap if and only if they do at one of the names or namespaces that they
    mention, or at a name and a namespace that neither mentions.
    """
    if isinstance(one, Name):
        return other.contains(one.name)
    if isinstance(other, Name):
        return one.contains(other.name)
    samples = {*mentioned(one), *mentioned(other)}
    return any(one.contains(name) and other.contains(name) for name in samples)


UNMENTIONED = "\x00"
"""Stands for a local name or a namespace that no schema mentions."""


def mentioned(name_class: NameClass) -> Iterator[str]:
    """Yield the names a class mentions, and one for each namespace or wildcard in it.

    Two names are in the same of several classes if nothing that the classes mention tells them
    apart, so these samples stand for all names.
    """
    match name_class:
        case Name(name):
            yield name
        case NameChoice(members):
            for member in members:
                yield from mentioned(member)
        case AnyName(exception):
            yield expanded(UNMENTIONED, UNMENTIONED)
            if exception is not None:
                yield from mentioned(exception)
        case NsName(namespace, exception):
            yield expanded(namespace, UNMENTIONED)
            if exception is not None:
                yield from mentioned(exception)


def to_data(name_class: NameClass) -> object:
    """Return the class as plain data for the cache: see :func:`from_data`."""
    match name_class:
        case Name(name):
            return name
        case NameChoice(members):
            return ["|", *map(to_data, members)]
        case AnyName(exception):
            return ["*", exception and to_data(exception)]
        case NsName(namespace, exception):
            return [":", namespace, exception and to_data(exception)]


def from_data(data: object) -> NameClass:
    """Return the class that :func:`to_data` wrote."""
    if isinstance(data, str):
        return Name(data)
    assert isinstance(data, list)  # noqa: S101
    kind, *rest = data
    if kind == "|":
        return NameChoice(tuple(map(from_data, rest)))
    exception = None if rest[-1] is None else from_data(rest[-1])
    return AnyName(exception) if kind == "*" else NsName(rest[0], exception)
