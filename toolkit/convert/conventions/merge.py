"""Inheritance of profiles: what the child says goes before and over what the parent says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_OWN = frozenset({"$schema", "name", "title", "description", "extends", "remove"})


def merge(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """Return the child with what it inherits.

    Objects are merged key by key. In lists the child's entries come first, then those of the
    parent; a rule of the parent that has the name of a rule of the child does not hold. A rule of
    the child that is a name alone stands for the parent's rule, so that the child can order them.
    Rules that catch all come last. ``remove`` names rules of the parent that do not hold.
    """
    removed = frozenset(child.get("remove", ()))
    inherited = {key: value for key, value in parent.items() if key not in _OWN}
    merged = _objects(_without(inherited, removed), child)
    return {key: value for key, value in merged.items() if key not in ("extends", "remove")}


def _objects(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(parent)
    for key, value in child.items():
        before = parent.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = _objects(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            merged[key] = _lists(before, value)
        else:
            merged[key] = value
    return merged


def _lists(parent: Sequence[Any], child: Sequence[Any]) -> list[Any]:
    inherited = {_name(entry): entry for entry in parent if _name(entry)}
    own = [
        inherited.get(_name(entry), entry) if _is_name_alone(entry) else entry for entry in child
    ]
    names = {_name(entry) for entry in own} - {""}
    rest = [entry for entry in parent if _name(entry) not in names and entry not in own]
    return sorted(own + rest, key=_catches_all)


def _is_name_alone(entry: Any) -> bool:  # noqa: ANN401
    return isinstance(entry, Mapping) and set(entry) == {"name"}


def _catches_all(entry: Any) -> bool:  # noqa: ANN401
    return isinstance(entry, Mapping) and bool(entry.get("catches_all"))


def _name(entry: Any) -> str:  # noqa: ANN401 (any JSON value)
    return str(entry.get("name", "")) if isinstance(entry, Mapping) else ""


def _without(value: Any, removed: frozenset[str]) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {key: _without(entry, removed) for key, entry in value.items()}
    if isinstance(value, list):
        return [
            _without(entry, removed)
            for entry in value
            if _name(entry) not in removed or not _name(entry)
        ]
    return value
