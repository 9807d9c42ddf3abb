"""What an element lacks, in words: of many ways to complete it, the likeliest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.tei.names import local_name
from toolkit.validate.grammar import usage
from toolkit.validate.grammar.document_grammar import DocumentGrammar
from toolkit.validate.grammar.findings import MISSING_ELEMENT, Finding, Lack
from toolkit.validate.grammar.words import tag, tags

# With so many ways to complete an element, the usual one is an example.
_FEW = 8

Way = tuple[str, ...]


@dataclass(frozen=True)
class Lacking:
    """What is missing in ``element``; ``met`` are the names of the children it has."""

    whole: DocumentGrammar
    element: etree._Element
    met: Sequence[str]

    @property
    def _parent(self) -> str:
        return self.whole.name(self.element)

    def before(self, child: etree._Element, ways: Sequence[Way]) -> Finding:
        """Return the finding on what has to come before a child, in one of these ways."""
        what, first, rest = self._in_words(ways)
        place = f" before {tag(self.whole.name(child))}"
        return Finding(
            MISSING_ELEMENT,
            child,
            f"{what} missing in {tag(self._parent)}{place}",
            f"Add {first}{place}{rest}.",
            lack=self._lack(ways, child),
        )

    def at_the_end(self, ways: Sequence[Way]) -> Finding:
        """Return the finding on an element that ends without what has to come in these ways."""
        parent = tag(self._parent)
        if not ways:
            said = f"{parent} is not complete"
            hint = f"Compare it with another {parent}: an element is missing in it."
            return Finding(MISSING_ELEMENT, self.element, said, hint)
        what, first, rest = self._in_words(ways)
        hint = f"Add {first}{rest}."
        if not self.met:
            said = f"{parent} is empty; {what} missing"
            hint = f"Add {first}{rest}, or take {parent} out."
        elif len(ways) == 1:
            said = f"{what} missing in {parent} after {tag(self.met[-1])}"
        else:
            held = tags(dict.fromkeys(self.met), "and", shown=4)
            said = f"{parent} holds only {held}; {what} missing"
        return Finding(MISSING_ELEMENT, self.element, said, hint, lack=self._lack(ways))

    def usual(self, ways: Sequence[Way]) -> Way:
        """Return the likeliest way: of editors' pairs, then of the commonest elements.

        An element rarely lacks its like.
        """
        return min(ways, key=lambda way: (not _is_pair(way), [self._rarity(n) for n in way]))

    def _rarity(self, name: str) -> tuple[bool, int, int]:
        return name == self._parent, usage.rank_in(self._parent, name), usage.commonness(name)

    def _lack(self, ways: Sequence[Way], before: etree._Element | None = None) -> Lack | None:
        if len(ways[0]) != 1:
            return None
        return Lack(self.element, frozenset(way[0] for way in ways), before)

    def _in_words(self, ways: Sequence[Way]) -> tuple[str, str, str]:
        """Return what is missing, as “`<a>` is”, “`<a>`” and “, or another of these”."""
        if len(ways[0]) > 1:
            usual = self.usual(ways)
            names = tags(usual, "and")
            if len(ways) > _FEW:
                return f"{len(usual)} elements, such as {names}, are", names, ""
            return f"{names} are", names, ""
        wanted = {name for met in self.met for name in usage.partners(met)}
        ranked = sorted(
            self.whole.by_use(way[0] for way in ways),
            key=lambda name: (
                local_name(name) not in wanted,
                name == self._parent,
                usage.rank_in(self._parent, name),
            ),
        )
        names = tags(ranked, shown=5)
        if len(ranked) == 1:
            return f"{names} is", names, ""
        rest = "" if local_name(ranked[0]) in wanted else ", or another of these"
        return f"one of {names} is", tag(ranked[0]), rest


def _is_pair(way: Way) -> bool:
    return any(local_name(one) in usage.partners(other) for one in way for other in way)
