"""What would follow if something else stood in an element: states of a grammar tried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.validate.grammar.document_grammar import DocumentGrammar
from toolkit.validate.relaxng.states import State


@dataclass(frozen=True)
class Lookahead:
    """States of one document's grammar, tried out."""

    whole: DocumentGrammar

    def along(self, state: State, steps: Iterable[str]) -> State:
        """Return the state after elements; what is not allowed is passed over."""
        for step in steps:
            state = self.whole.model.after(state, step) or state
        return state

    def after_all(self, state: State | None, steps: Iterable[str]) -> State | None:
        """Return the state after elements; None if one of them is not allowed."""
        for step in steps:
            if state is None:
                return None
            state = self.whole.model.after(state, step)
        return state

    def rejected(
        self, state: State, following: Sequence[str], displaced: Sequence[str] = ()
    ) -> int:
        """Return how many of the following siblings would not fit from ``state`` on.

        Those ``displaced`` stand where they do by mistake, and are not counted.
        """
        awaited = Counter(displaced) if displaced else {}
        after = self.whole.model.after
        rejected = 0
        for name in following:
            allowed = after(state, name)
            if allowed is not None:
                state = allowed
            elif awaited.get(name):
                awaited[name] -= 1
            else:
                rejected += 1
        return rejected

    def harmless(self, state: State, names: Sequence[str], following: Sequence[str]) -> list[str]:
        """Return those of ``names`` after which the following siblings fit as well as without."""
        # Most names lead to the same state.
        reached = {name: self.along(state, (name,)) for name in names}
        counts = {each: self.rejected(each, following) for each in {state, *reached.values()}}
        least = min(counts.values())
        return [name for name in names if counts[reached[name]] == least]

    def needed(self, state: State) -> set[str]:
        """Return the elements that still have to come."""
        model = self.whole.model
        ways = [] if model.may_end(state) else model.ways_to_end(state)
        return {step for way in ways for step in way}

    def through(self, element: etree._Element, state: State | None) -> State | None:
        """Return the state after what ``element`` holds; None if that may not come."""
        for node in (None, *element.iterchildren(etree.Element)):
            if state is not None and node is not None:
                state = self.whole.model.after(state, self.whole.name(node))
            if state is not None and has_text(element, node):
                state = self.whole.model.after_text(state)
        return state

    def fits_into(self, element: etree._Element, name: str) -> bool:
        """Tell whether what ``element`` holds may stand in an element of this name."""
        model = self.whole.model
        ends = (
            self.through(element, model.content(named)) for named in model.elements.get(name, [])
        )
        return any(end is not None and model.may_end(end) for end in ends)

    def may_hold(self, parent: str, child: str) -> bool:
        """Tell whether an element may stand in another."""
        return parent in self.whole.model.parents.get(child, ())

    def may_be_in(self, holder: etree._Element | None, name: str) -> bool:
        """Tell whether an element may stand somewhere in ``holder``."""
        return holder is not None and self.may_hold(self.whole.name(holder), name)


def has_text(element: etree._Element, after: etree._Element | None) -> bool:
    """Tell whether text follows the start tag, or the child ``after``, before the next child.

    Comments and processing instructions do not end a text.
    """
    text, node = (
        (element.text, next(element.iterchildren(), None))
        if after is None
        else (after.tail, after.getnext())
    )
    while not (text and text.strip()):
        if node is None or isinstance(node.tag, str):
            return False
        text, node = node.tail, node.getnext()
    return True
