"""One element's content, followed child by child: what in it is wrong, and what is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.tei.names import local_name
from toolkit.validate.grammar import words
from toolkit.validate.grammar.document_grammar import DocumentGrammar
from toolkit.validate.grammar.findings import (
    BAD_CONTENT,
    MISSING_ELEMENT,
    NOT_ALLOWED,
    TEXT_NOT_ALLOWED,
    UNKNOWN_ELEMENT,
    WRONG_ORDER,
    Finding,
)
from toolkit.validate.grammar.model import names_of
from toolkit.validate.grammar.words import shortened, tag, tags
from toolkit.validate.relaxng.patterns import Element
from toolkit.validate.relaxng.states import State

# How many siblings before and after are looked at for what is out of place.
_LOOKED_AT = 200
# More containers than this are no advice.
_FEW_CONTAINERS = 3
# With so many ways to complete an element, the usual one is an example.
_FEW = 8


@dataclass
class Content:
    """One element's content, followed child by child."""

    whole: DocumentGrammar
    element: etree._Element
    named: Element
    findings: list[Finding] = field(default_factory=list)
    children: list[tuple[etree._Element, list[Element]]] = field(default_factory=list)
    _siblings: list[etree._Element] = field(default_factory=list)
    _met: list[str] = field(default_factory=list)
    _states: list[State] = field(default_factory=list)
    _displaced: Counter[str] = field(default_factory=Counter)
    _closed_by: dict[str, str | None] = field(default_factory=dict)
    _blocking: int | None = None
    _misplaced: str | None = None
    _wrapper: str | None = None
    _gap: bool = False

    def __post_init__(self) -> None:
        self.model = self.whole.model
        self.state = self.model.content(self.named)
        self.parent = self.whole.name(self.element)
        self.possible = self.model.possible_children(self.named)

    def follow(self) -> None:
        """Follow the content to its end."""
        elements = self._siblings = list(self.element.iterchildren(etree.Element))
        if not elements and self.state.data:
            self._data()
            return
        if _has_text(self.element, None):
            self._text(None, 0)
        for index, child in enumerate(elements):
            self._child(child, index)
            if _has_text(self.element, child):
                self._text(child, index + 1)
        if not self.model.may_end(self.state) and not self.findings and not self._gap:
            self._incomplete()

    def _data(self) -> None:
        text = "".join(str(part) for part in self.element.itertext())
        (pattern,) = self.state.vector
        if self.model.accepts(pattern, text, self.element):
            return
        wanted = self.model.value(pattern).wanted()
        self.findings.append(
            Finding(
                BAD_CONTENT,
                self.element,
                f"“{shortened(text.strip())}” in {tag(self.parent)} is not {wanted.is_}",
                f"Write {wanted.write}.",
            )
        )

    def _text(self, after: etree._Element | None, index: int) -> None:
        """Take the text before the child at ``index``."""
        following = self.model.after_text(self.state)
        if following is not None:
            self.state = following
            return
        if self._wrapper is not None:
            return
        if not self.possible:
            self.findings.append(self._text_in_empty(after))
            return
        said = f"text is not allowed directly in {tag(self.parent)}"
        hint = "Move it into an element that holds text."
        wrappers = self._wrappers(index)
        if wrappers:
            self._wrapper = wrappers[0]
            said += f"; put it into {tags(wrappers, shown=4)}"
            hint = (
                f"Write {tag(wrappers[0])} before it and `</{local_name(wrappers[0])}>` after it."
            )
        self.findings.append(
            Finding(TEXT_NOT_ALLOWED, self.element, said, hint, is_text=True, after=after)
        )

    def _text_in_empty(self, after: etree._Element | None) -> Finding:
        name = local_name(self.parent)
        text = (self.element.text or "").strip()
        hint = f"Write `<{name}/>` and put the text behind it."
        numbers = self.model.of_attribute(self.model.attributes_of(self.named), "n")
        if numbers and re.fullmatch(r"\w{1,6}", text):
            hint = f'Write `<{name} n="{text}"/>`.'
        said = f"{tag(self.parent)} is an empty element and holds no text"
        return Finding(TEXT_NOT_ALLOWED, self.element, said, hint, is_text=True, after=after)

    def _wrappers(self, index: int) -> list[str]:
        """Return the elements to put a text into, which stands before the child at ``index``."""
        ways = [] if self.model.may_end(self.state) else self.model.ways_to_end(self.state)
        needed = {step for way in ways for step in way}
        here = self._harmless(self.model.next_names(self.state), index)
        wrappers = sorted(
            self.whole.wrappers(self.parent, here), key=lambda name: name not in needed
        )
        # Where what is usual fits, or what is missing anyway, the others need not be told.
        certain = wrappers and (
            wrappers[0] in needed
            or local_name(wrappers[0]) == "p"
            or words.is_usual_in(self.parent, wrappers[0])
        )
        return wrappers[:1] if certain else wrappers

    def _harmless(self, names: Sequence[str], index: int) -> list[str]:
        """Return those of ``names`` after which the children from ``index`` on fit as before."""
        following = self._names_from(index)
        before = self._rejected(self.state, following)
        harmless = [
            name
            for name in names
            if self._rejected(self._along(self.state, (name,)), following) <= before
        ]
        return harmless or list(names)

    def _names_from(self, index: int) -> list[str]:
        return [self.whole.name(child) for child in self._siblings[index : index + _LOOKED_AT]]

    def _child(self, child: etree._Element, index: int) -> None:
        name = self.whole.name(child)
        following = self.model.after(self.state, name)
        if following is not None:
            self._accept(child, name, following)
        elif self._displaced[name]:
            self._displaced[name] -= 1
            self._skip(child, name)
        elif name in self.model.elements:
            self._known(child, name, index)
        else:
            self._unknown(child)

    def _accept(self, child: etree._Element, name: str, following: State) -> None:
        self.children.append((child, self.model.next_elements(self.state, name)))
        self._met.append(name)
        self._states.append(self.state)
        self.state = following
        self._misplaced = None
        if self._wrapper is not None and not self._may_hold(self._wrapper, name):
            self._wrapper = None

    def _skip(self, child: etree._Element, name: str) -> None:
        """Leave a child out of the content, but look into it."""
        here = self.model.named(self.possible, name)
        self.children.append((child, here or self.model.elements.get(name, [])))

    def _may_hold(self, parent: str, child: str) -> bool:
        return parent in self.model.parents.get(child, ())

    def _unknown(self, child: etree._Element) -> None:
        finding, meant = self.whole.unknown(
            child, self.parent, self.model.next_names(self.state), self.possible
        )
        self.findings.append(finding)
        following = None if meant is None else self.model.after(self.state, meant)
        if meant is None:
            self._gap = True
            if finding.kind is not UNKNOWN_ELEMENT or self.whole.is_native(child):
                self.children.append((child, []))
        elif following is not None:
            self._accept(child, meant, following)
        elif self.model.named(self.possible, meant):
            self._skip(child, meant)
        else:
            self._gap = True
            self.children.append((child, []))

    def _known(self, child: etree._Element, name: str, index: int) -> None:
        if self._wrapper is not None and self._may_hold(self._wrapper, name):
            self._skip(child, name)
            return
        if not self.model.named(self.possible, name):
            if self._misplaced != name:
                self.findings.append(self._not_allowed(child, name, index))
            self._misplaced = name
            self._skip(child, name)
            return
        ways = self.model.ways_to(self.state, name)
        following = self._names_from(index + 1)
        if ways:
            self._after_gap(child, name, ways, following)
        else:
            self._too_late(child, name, following)

    def _not_allowed(self, child: etree._Element, name: str, index: int) -> Finding:
        here = self._harmless(self.model.next_names(self.state), index + 1)
        habit = words.habit(name)
        said = f"{tag(name)} is not allowed in {tag(self.parent)}"
        if habit is not None and habit.element in here:
            written = self.whole.habit_tag(child, habit.element)
            said += f"; did you mean {tag(habit.element)}?"
            hint = f"Write `<{written}>`, and `</{local_name(habit.element)}>` at its end."
            return Finding(NOT_ALLOWED, child, said, hint)
        said += f"; {self.whole.places(name, here)}"
        return Finding(NOT_ALLOWED, child, said, self._way_out(child, name, here))

    def _way_out(self, child: etree._Element, name: str, here: Sequence[str]) -> str:
        """Say what to do with an element that may not stand in this one."""
        fitting = self.whole.containers(here, name)
        usual = [container for container in fitting if words.is_usual_in(container, name)]
        around = self.element.getparent()
        if name == self.parent:
            return f"Close the {tag(name)} around it first."
        if usual:
            return f"Put it into {tags(usual, shown=4)}, which may stand here."
        if self._holds_what_is_in(child):
            tags_of_it = f"{tag(name)} and `</{local_name(name)}>`"
            return f"Take the tags {tags_of_it} out: {tag(self.parent)} may hold what is in it."
        if around is not None and name in self._children_of(self.whole.name(around)):
            return f"Move it behind {tag(self.parent)}, or end {tag(self.parent)} before it."
        if fitting:
            return f"Put it into {tags(fitting, shown=4)}, which may stand here."
        return "Move it there, or use another element."

    def _children_of(self, parent: str) -> set[str]:
        return {
            name
            for named in self.model.elements.get(parent, [])
            for child in self.model.possible_children(named)
            for name in names_of(child)
        }

    def _holds_what_is_in(self, child: etree._Element) -> bool:
        """Tell whether what is in ``child`` could stand in its place."""
        if not words.has_content(child) or self.model.after_text(self.state) is None:
            return False
        state: State | None = self.state
        nodes = list(child.iterchildren(etree.Element))
        for node in (None, *nodes):
            if state is not None and node is not None:
                state = self.model.after(state, self.whole.name(node))
            if state is not None and _has_text(child, node):
                state = self.model.after_text(state)
        return state is not None

    def _after_gap(
        self,
        child: etree._Element,
        name: str,
        ways: list[tuple[str, ...]],
        following: Sequence[str],
    ) -> None:
        """Take a child that something must come before: it comes later, or is missing."""
        later = [way for way in ways if any(step in following for step in way)]
        way = self._usual(later or ways)
        before = self._along(self.state, way)
        if later:
            moved = [step for step in way if step in following]
            self.findings.append(
                Finding(
                    WRONG_ORDER,
                    child,
                    f"{tag(name)} must stand after {tags(moved, 'and')} in {tag(self.parent)}",
                    f"Move {tag(name)} behind {tags(moved, 'and')}.",
                )
            )
            if self._rejected(self.state, following) < self._rejected(
                self._along(before, (name,)), following, moved
            ):
                self._skip(child, name)
                return
            self._displaced.update(moved)
        elif not self._gap:
            self.findings.append(self._missing(child, ways, f" before {tag(name)}"))
        self._gap = False
        self.state = before
        self._accept(child, name, self._along(before, (name,)))

    def _along(self, state: State, steps: Iterable[str]) -> State:
        """Return the state after elements of which all are allowed."""
        for step in steps:
            state = self.model.after(state, step) or state
        return state

    def _rejected(
        self, state: State, following: Sequence[str], displaced: Sequence[str] = ()
    ) -> int:
        """Return how many of the following siblings would not fit from ``state`` on."""
        awaited = Counter(displaced)
        rejected = 0
        for name in following:
            allowed = self.model.after(state, name)
            if allowed is not None:
                state = allowed
            elif awaited[name]:
                awaited[name] -= 1
            else:
                rejected += 1
        return rejected

    def _missing(self, where: etree._Element, ways: list[tuple[str, ...]], place: str) -> Finding:
        what, first, rest = self._ways_in_words(ways)
        return Finding(
            MISSING_ELEMENT,
            where,
            f"{what} missing in {tag(self.parent)}{place}",
            f"Add {first}{place}{rest}.",
        )

    def _ways_in_words(self, ways: list[tuple[str, ...]]) -> tuple[str, str, str]:
        """Return “`<a>` is”, “`<a>`” and “, or another” for what is missing on the shortest ways."""
        if len(ways[0]) > 1:
            usual = self._usual(ways)
            names = tags(usual, "and")
            if len(ways) > _FEW:
                return f"{len(usual)} elements, such as {names}, are", names, ""
            return f"{names} are", names, ""
        wanted = {name for met in self._met for name in words.partners(met)}
        ranked = sorted(
            self.whole.by_use(way[0] for way in ways),
            key=lambda name: (
                local_name(name) not in wanted,
                name == self.parent,
                words.rank_in(self.parent, name),
            ),
        )
        names = tags(ranked, shown=5)
        if len(ranked) == 1:
            return f"{names} is", names, ""
        rest = "" if local_name(ranked[0]) in wanted else ", or another of these"
        return f"one of {names} is", tag(ranked[0]), rest

    def _usual(self, ways: list[tuple[str, ...]]) -> tuple[str, ...]:
        """Return the likeliest way: of editors' pairs, then of the commonest elements.

        An element rarely lacks its like.
        """
        return min(ways, key=lambda way: (not _is_pair(way), [self._rarity(n) for n in way]))

    def _rarity(self, name: str) -> tuple[bool, int, int]:
        return name == self.parent, words.rank_in(self.parent, name), words.commonness(name)

    def _incomplete(self) -> None:
        ways = self.model.ways_to_end(self.state)
        if not ways:
            self.findings.append(
                Finding(
                    MISSING_ELEMENT,
                    self.element,
                    f"{tag(self.parent)} is not complete",
                    f"Compare it with another {tag(self.parent)}: an element is missing in it.",
                )
            )
            return
        what, first, rest = self._ways_in_words(ways)
        hint = f"Add {first}{rest}."
        if not self._met:
            said = f"{tag(self.parent)} is empty; {what} missing"
            hint = f"Add {first}{rest}, or take {tag(self.parent)} out."
        elif len(ways) == 1:
            said = f"{what} missing in {tag(self.parent)} after {tag(self._met[-1])}"
        else:
            held = tags(dict.fromkeys(self._met), "and", shown=4)
            said = f"{tag(self.parent)} holds only {held}; {what} missing"
        self.findings.append(Finding(MISSING_ELEMENT, self.element, said, hint))

    def _too_late(self, child: etree._Element, name: str, following: Sequence[str]) -> None:
        """Take a child that could only have come earlier, or only once."""
        index = self._fitting_place(name)
        if index is not None and index == self._blocking:
            self._skip(child, name)
            return
        here = self.model.next_names(self.state)
        if index is not None:
            self._blocking = index
            before = tag(self._met[index])
            first = "the first " if self._met[index] in self._met[index + 1 :] else ""
            said = f"{tag(name)} must stand before {first}{before} in {tag(self.parent)}"
            hint = f"Move {tag(name)} before {first}{before}{self._or_into(here, name)}."
        elif closing := self._closing(name):
            said = f"{tag(name)} must stand before {tag(closing)} in {tag(self.parent)}"
            hint = f"Move {tag(name)} before the first {tag(closing)}."
        elif name in self._met:
            said = f"{tag(self.parent)} may hold only one {tag(name)}, or none at this place"
            hint = f"Put what it holds into the first {tag(name)}, or take it out."
        elif self._met and self.model.after(self._states[0], name) is not None:
            said = f"{tag(name)} cannot stand beside {tag(self._met[0])} in {tag(self.parent)}"
            into = self._or_into(here, name).removeprefix(", or p")
            hint = f"P{into}." if into else _allowed(self.whole.by_use(here))
        else:
            said = f"{tag(name)} is not allowed at this place in {tag(self.parent)}"
            hint = _allowed(self.whole.by_use(here))
        self.findings.append(Finding(WRONG_ORDER, child, said, hint))
        if index is None or not self._resume(index, child, name, following):
            self._skip(child, name)

    def _or_into(self, here: Sequence[str], name: str) -> str:
        usual = [c for c in self.whole.containers(here, name) if words.is_usual_in(c, name)]
        return f", or put it into {tags(usual)}" if 0 < len(usual) <= _FEW_CONTAINERS else ""

    def _resume(
        self, index: int, child: etree._Element, name: str, following: Sequence[str]
    ) -> bool:
        """Go on as if the children met from ``index`` on came too early, if more fits so."""
        state = self._along(self._states[index], (name,))
        if self._rejected(state, following) >= self._rejected(self.state, following):
            return False
        self._accept(child, name, state)
        return True

    def _closing(self, name: str) -> str | None:
        """Return the child from which on an element that may come again and again may not."""
        if name not in self._closed_by:
            allowed = [self.model.after(state, name) is not None for state in self._states]
            last = next((i for i in range(len(allowed) - 1, -1, -1) if allowed[i]), None)
            again = last is not None and self._met[last] != name
            closing = self._met[last] if again and last is not None else None
            if closing is not None and last is not None:
                moved = self.model.after(self._states[last], name)
                fits = moved is not None and self.model.after(moved, closing) is not None
                closing = closing if fits else None
            self._closed_by[name] = closing
        return self._closed_by[name]

    def _fitting_place(self, name: str) -> int | None:
        """Return before which of the children met so far, the last, the element would fit."""
        last = len(self._met) - 1
        for index in range(last, max(-1, last - _LOOKED_AT), -1):
            state = self.model.after(self._states[index], name)
            for step in self._met[index:]:
                state = None if state is None else self.model.after(state, step)
            if state is not None:
                return index
        return None


def _allowed(names: Sequence[str]) -> str:
    return f"Allowed here: {tags(names)}." if names else "Nothing more may follow here."


def _is_pair(way: Sequence[str]) -> bool:
    return any(local_name(one) in words.partners(other) for one in way for other in way)


def _has_text(element: etree._Element, after: etree._Element | None) -> bool:
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
