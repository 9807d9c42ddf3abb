"""The comparison of two schemas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from toolkit.validate.relaxng.comparison.attributes import Unknown, attribute_names
from toolkit.validate.relaxng.comparison.differences import (
    Comparison,
    Difference,
    Finding,
    NotCompared,
    Occurrence,
)
from toolkit.validate.relaxng.comparison.examples import Examples
from toolkit.validate.relaxng.comparison.joint import join
from toolkit.validate.relaxng.comparison.records import Contents, Differing, Item
from toolkit.validate.relaxng.comparison.spelling import spelled
from toolkit.validate.relaxng.comparison.walk import Walk
from toolkit.validate.relaxng.identifiers import identifier_table
from toolkit.validate.relaxng.nameclass import names
from toolkit.validate.relaxng.schema import Schema

_MOST_TRIES = 10

_Met = tuple[Item | None, Contents | None, Differing]


def compare(first: Schema, second: Schema) -> Comparison:
    """Tell whether two schemas accept the same documents, and in what they differ.

    Identifiers are compared by which attributes are of type ID, IDREF or IDREFS.
    """
    walk = Walk(join(first.compiled, second.compiled))
    walk.run()
    return _Comparer(walk, first, second).comparison()


class _Comparer:
    def __init__(self, walk: Walk, first: Schema, second: Schema) -> None:
        self._walk = walk
        self._schemas = (first, second)
        self._examples = Examples(walk)
        self._known = tuple(_vocabulary(walk, is_first) for is_first in (True, False))

    def comparison(self) -> Comparison:
        met: dict[tuple[Difference, bool, tuple[str, ...], str], list[_Met]] = {}
        for each in self._all():
            found = each[2]
            key = (found.kind, found.first_only, found.subject, found.attribute)
            met.setdefault(key, []).append(each)
        findings = [self._finding(each) for each in met.values()]
        findings += self._identifiers()
        order = list(Difference)
        findings.sort(key=lambda f: (not f.is_new, order.index(f.kind), f.attribute, f.subject))
        return Comparison(tuple(findings), tuple(self._not_compared()), len(self._walk.items))

    def _all(self) -> Iterator[_Met]:
        root = self._walk.root
        for found in root.found.values():
            yield None, root, found
        for item in self._walk.items.values():
            for found in item.found:
                yield item, None, found
            for contents, _given in item.contents:
                for found in contents.found.values():
                    yield item, contents, found

    def _finding(self, met: list[_Met]) -> Finding:
        item, contents, found = met[0]
        element = document = ""
        for example in islice(self._examples.of(item, contents, found), _MOST_TRIES):
            written = example.document.xml()
            if self._shows(written, found.first_only):
                element, document = example.element.xml(), written
                break
        places = dict.fromkeys(
            Occurrence(
                () if item is None else path(item),
                () if found.state is None else found.state.word(),
            )
            for item, _contents, found in met
        )
        return Finding(
            found.kind,
            found.first_only,
            found.subject,
            found.attribute,
            self._is_new(found),
            tuple(places),
            element,
            document,
        )

    def _shows(self, document: str, first_only: bool) -> bool:
        """Ask both schemas about an example."""
        taking, other = self._schemas if first_only else reversed(self._schemas)
        content = document.encode()
        return not taking.validate(content, "") and bool(other.validate(content, ""))

    def _is_new(self, found: Differing) -> bool:
        if found.kind not in (Difference.ROOT, Difference.CHILD, Difference.ATTRIBUTE):
            return False
        elements, attributes = self._known[1 if found.first_only else 0]
        known = attributes if found.kind == Difference.ATTRIBUTE else elements
        return known.isdisjoint(found.subject)

    def _not_compared(self) -> Iterator[NotCompared]:
        for item in self._walk.items.values():
            unknown = [*item.unknown, *(u for c, _given in item.contents for u in c.unknown)]
            for each in unknown:
                yield self._undecided(item, each)

    def _undecided(self, item: Item, unknown: Unknown) -> NotCompared:
        sides: tuple[list[str], list[str]] = ([], [])
        for pattern, ways in unknown.patterns:
            for side in {0 if way < item.firsts else 1 for way in ways}:
                text = spelled(pattern)
                if text not in sides[side]:
                    sides[side].append(text)
        return NotCompared(path(item), unknown.attribute, *(" | ".join(side) for side in sides))

    def _identifiers(self) -> Iterator[Finding]:
        tables = [identifier_table(schema.compiled)[0] for schema in self._schemas]
        for first_only, (taking, other) in ((True, tables), (False, tables[::-1])):
            for attribute, elements in sorted(other.items()):
                places = tuple(
                    Occurrence((element,))
                    for element in sorted(elements)
                    if taking.get(attribute, {}).get(element) is None
                    and self._has(first_only, element, attribute)
                )
                if places:
                    yield Finding(
                        Difference.IDENTIFIER, first_only, (attribute,), "", False, places
                    )

    def _has(self, in_first: bool, element: str, attribute: str) -> bool:
        elements, attributes = self._known[0 if in_first else 1]
        return element in elements and attribute in attributes


def path(item: Item) -> tuple[str, ...]:
    """Return the names of an element and those around it, outermost first."""
    found = [item.name]
    while item.state.contents.items:
        item = item.state.contents.items[0]
        found.append(item.name)
    return tuple(reversed(found))


def _vocabulary(walk: Walk, is_first: bool) -> tuple[set[str], set[str]]:
    """Return the names of the elements and of the attributes that one of the schemas lists."""
    elements = [e for e in walk.grammar.elements if walk.joint.is_first(e) == is_first]
    listed = {name for element in elements for name in names(element.name_class)}
    return listed, attribute_names({element.content for element in elements})
