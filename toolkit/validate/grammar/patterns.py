"""Content models as patterns of names, followed child by child (derivatives, Brzozowski 1964).

Only names matter here, not values: the patterns tell which elements and whether text may come
next, which could have come, and what is missing. Patterns are made by a :class:`Workshop`, which
makes equal patterns one object, so that the derivatives of a model that loops are found once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from lxml import etree


class Sort(Enum):
    """The sorts of patterns; the names are those of the RELAX NG specification."""

    NOT_ALLOWED = auto()
    EMPTY = auto()
    TEXT = auto()
    DATA = auto()
    ELEMENT = auto()
    ATTRIBUTE = auto()
    CHOICE = auto()
    GROUP = auto()
    INTERLEAVE = auto()
    ONE_OR_MORE = auto()


@dataclass(frozen=True)
class NameClass:
    """A set of names in Clark notation: some names, some whole namespaces, or all names."""

    names: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()
    any_name: bool = False
    excepted: NameClass | None = None

    def __contains__(self, name: str) -> bool:
        if name in self.names:
            return True
        if not self.any_name and not (self.namespaces and _namespace(name) in self.namespaces):
            return False
        return self.excepted is None or name not in self.excepted


@dataclass(frozen=True, eq=False)
class Named:
    """An element or attribute pattern of the schema: its names, and where it is defined."""

    names: NameClass
    node: etree._Element
    scope: object


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern; ``nullable`` says whether it matches nothing at all."""

    sort: Sort
    parts: tuple[Pattern, ...] = ()
    named: Named | None = None
    nullable: bool = False
    _after: dict[str | None, Pattern] = field(default_factory=dict, repr=False)
    _next: dict[str, list[Named]] = field(default_factory=dict, repr=False)


TEXT_STEP = None


class Workshop:
    """Makes patterns and their derivatives."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Pattern] = {}
        self._next_names: dict[Pattern, list[str]] = {}
        self._known_ways: dict[tuple[Pattern, str, int], list[tuple[str, ...]]] = {}
        self.not_allowed = self._make(Sort.NOT_ALLOWED)
        self.empty = self._make(Sort.EMPTY, nullable=True)
        self.text = self._make(Sort.TEXT, nullable=True)
        self.data = self._make(Sort.DATA)

    def _make(
        self,
        sort: Sort,
        parts: tuple[Pattern, ...] = (),
        named: Named | None = None,
        *,
        nullable: bool = False,
    ) -> Pattern:
        key = (sort, tuple(id(part) for part in parts), id(named))
        pattern = self._made.get(key)
        if pattern is None:
            pattern = self._made[key] = Pattern(sort, parts, named, nullable)
        return pattern

    def element(self, named: Named) -> Pattern:
        """Return the pattern of one element."""
        return self._make(Sort.ELEMENT, named=named)

    def attribute(self, named: Named) -> Pattern:
        """Return the pattern of one attribute."""
        return self._make(Sort.ATTRIBUTE, named=named)

    def choice(self, patterns: Iterable[Pattern]) -> Pattern:
        """Return the pattern of what any of ``patterns`` matches."""
        parts: dict[Pattern, None] = {}
        for pattern in patterns:
            if pattern.sort is Sort.CHOICE:
                parts.update(dict.fromkeys(pattern.parts))
            elif pattern.sort is not Sort.NOT_ALLOWED:
                parts[pattern] = None
        if self.empty in parts and any(p.nullable for p in parts if p is not self.empty):
            del parts[self.empty]
        if len(parts) < 2:
            return next(iter(parts), self.not_allowed)
        return self._make(Sort.CHOICE, tuple(parts), nullable=any(part.nullable for part in parts))

    def group(self, patterns: Iterable[Pattern]) -> Pattern:
        """Return the pattern of what ``patterns`` match one after another."""
        return self._joined(Sort.GROUP, patterns)

    def interleave(self, patterns: Iterable[Pattern]) -> Pattern:
        """Return the pattern of what ``patterns`` match in any order, mixed."""
        return self._joined(Sort.INTERLEAVE, patterns)

    def _joined(self, sort: Sort, patterns: Iterable[Pattern]) -> Pattern:
        parts: list[Pattern] = []
        for pattern in patterns:
            if pattern.sort is Sort.NOT_ALLOWED:
                return self.not_allowed
            if pattern.sort is sort:
                parts += pattern.parts
            elif pattern.sort is not Sort.EMPTY:
                parts.append(pattern)
        if len(parts) < 2:
            return parts[0] if parts else self.empty
        return self._make(sort, tuple(parts), nullable=all(part.nullable for part in parts))

    def one_or_more(self, pattern: Pattern) -> Pattern:
        """Return the pattern of ``pattern`` repeated."""
        if pattern.sort in (Sort.NOT_ALLOWED, Sort.EMPTY, Sort.ONE_OR_MORE):
            return pattern
        return self._make(Sort.ONE_OR_MORE, (pattern,), nullable=pattern.nullable)

    def optional(self, pattern: Pattern) -> Pattern:
        """Return the pattern of ``pattern`` or nothing."""
        return self.choice((pattern, self.empty))

    def after(self, pattern: Pattern, step: str | None) -> Pattern:
        """Return what may follow once ``pattern`` has met the element or attribute ``step``.

        ``step`` is a name in Clark notation, or ``TEXT_STEP`` for text.
        """
        known = pattern._after.get(step)
        if known is None:
            known = pattern._after[step] = self._derivative(pattern, step)
        return known

    def _derivative(self, pattern: Pattern, step: str | None) -> Pattern:
        match pattern.sort:
            case Sort.TEXT:
                return pattern if step is TEXT_STEP else self.not_allowed
            case Sort.DATA:
                return self.empty if step is TEXT_STEP else self.not_allowed
            case Sort.ELEMENT | Sort.ATTRIBUTE:
                named = pattern.named
                met = step is not None and named is not None and step in named.names
                return self.empty if met else self.not_allowed
            case Sort.CHOICE:
                return self.choice(self.after(part, step) for part in pattern.parts)
            case Sort.ONE_OR_MORE:
                (part,) = pattern.parts
                return self.group((self.after(part, step), self.optional(pattern)))
            case Sort.GROUP:
                return self._after_group(pattern, step)
            case Sort.INTERLEAVE:
                parts = pattern.parts
                return self.choice(
                    self.interleave((*parts[:i], self.after(part, step), *parts[i + 1 :]))
                    for i, part in enumerate(parts)
                )
            case _:
                return self.not_allowed

    def _after_group(self, pattern: Pattern, step: str | None) -> Pattern:
        results = []
        for i, part in enumerate(pattern.parts):
            results.append(self.group((self.after(part, step), *pattern.parts[i + 1 :])))
            if not part.nullable:
                break
        return self.choice(results)

    def next_elements(self, pattern: Pattern, name: str) -> list[Named]:
        """Return the elements of this name that may come next."""
        if name not in pattern._next:
            pattern._next[name] = [named for named in first(pattern) if name in named.names]
        return pattern._next[name]

    def next_names(self, pattern: Pattern) -> list[str]:
        """Return the names of the elements that may come next, those named one by one."""
        if pattern not in self._next_names:
            names = (name for named in first(pattern) for name in sorted(named.names.names))
            self._next_names[pattern] = list(dict.fromkeys(names))
        return self._next_names[pattern]

    def allows(self, pattern: Pattern, step: str | None) -> bool:
        """Tell whether ``step`` may come next."""
        return self.after(pattern, step).sort is not Sort.NOT_ALLOWED

    def ways_to(self, pattern: Pattern, step: str, longest: int = 3) -> list[tuple[str, ...]]:
        """Return the shortest sequences of elements after which ``step`` may come."""
        key = (pattern, step, longest)
        if key not in self._known_ways:
            self._known_ways[key] = self._ways(
                pattern, longest, lambda state: self.allows(state, step)
            )
        return self._known_ways[key]

    def ways_to_end(self, pattern: Pattern, longest: int = 3) -> list[tuple[str, ...]]:
        """Return the shortest sequences of elements after which ``pattern`` is complete."""
        return self._ways(pattern, longest, lambda state: state.nullable)

    def _ways(
        self, pattern: Pattern, longest: int, done: Callable[[Pattern], bool]
    ) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        seen = {pattern}
        queue: deque[tuple[Pattern, tuple[str, ...]]] = deque([(pattern, ())])
        while queue:
            state, way = queue.popleft()
            if len(way) >= (len(found[0]) if found else longest):
                break
            for name in self.next_names(state):
                following = self.after(state, name)
                if done(following):
                    found.append((*way, name))
                elif following not in seen:
                    seen.add(following)
                    queue.append((following, (*way, name)))
        return found


def first(pattern: Pattern) -> list[Named]:
    """Return the elements that may come next, in the order of the schema."""
    found: dict[Named, None] = {}
    pending = [pattern]
    while pending:
        current = pending.pop()
        if current.sort is Sort.ELEMENT and current.named is not None:
            found[current.named] = None
        elif current.sort is Sort.GROUP:
            heads = []
            for part in current.parts:
                heads.append(part)
                if not part.nullable:
                    break
            pending += reversed(heads)
        else:
            pending += reversed(current.parts)
    return list(found)


def everywhere(pattern: Pattern) -> list[Named]:
    """Return the elements or attributes that ``pattern`` speaks of at all."""
    found: dict[Named, None] = {}
    pending = [pattern]
    seen: set[Pattern] = set()
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        if current.named is not None:
            found[current.named] = None
        pending += reversed(current.parts)
    return list(found)


def takes_data(pattern: Pattern) -> bool:
    """Tell whether ``pattern`` asks for text of some datatype."""
    return pattern.sort is Sort.DATA or any(takes_data(part) for part in pattern.parts)


def required(pattern: Pattern) -> list[frozenset[str]]:
    """Return what ``pattern`` still needs: one name of each of the sets returned."""
    if pattern.nullable:
        return []
    match pattern.sort:
        case Sort.ELEMENT | Sort.ATTRIBUTE if pattern.named is not None:
            return [pattern.named.names.names]
        case Sort.GROUP | Sort.INTERLEAVE | Sort.ONE_OR_MORE:
            return [need for part in pattern.parts for need in required(part)]
        case Sort.CHOICE:
            needs = [required(part) for part in pattern.parts]
            return [frozenset().union(*(need[0] for need in needs if need))]
        case _:
            return []


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""
