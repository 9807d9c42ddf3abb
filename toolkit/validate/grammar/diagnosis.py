"""Why a document is not valid: one finding a mistake, at the element, attribute or text in fault.

The document is followed with the states of the engine. Where something does not fit, the
likeliest repair is assumed (a name was misspelt, two elements changed places, one is missing) and
the rest is read as if it had been made, so that a mistake does not draw others after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from toolkit.tei.names import XML_ID, XML_NAMESPACE, local_name
from toolkit.validate.grammar import likeness, usage, words
from toolkit.validate.grammar.content import Content
from toolkit.validate.grammar.document_grammar import DocumentGrammar
from toolkit.validate.grammar.findings import (
    BAD_VALUE,
    MISSING_ATTRIBUTE,
    NOT_ALLOWED,
    UNKNOWN_ATTRIBUTE,
    UNKNOWN_ELEMENT,
    Finding,
)
from toolkit.validate.grammar.marks import BEYOND, Marks
from toolkit.validate.grammar.model import Model
from toolkit.validate.grammar.repairs import period
from toolkit.validate.grammar.values import impossible_date
from toolkit.validate.grammar.words import shortened, tag, tags
from toolkit.validate.relaxng.patterns import Element, Pattern

# To look for what was meant takes time; who has more wrong attributes has another problem.
_SUGGESTIONS = 100


def diagnose(model: Model, root: etree._Element, marks: Marks) -> Iterator[Finding]:
    """Yield the mistakes in the document of ``root``, in document order by parent.

    What the engine has passed through without a violation is not gone through again.
    """
    diagnosis = Diagnosis(DocumentGrammar(model, root))
    pending = [_Pending(*entry, BEYOND, sure=True) for entry in diagnosis.root(root)]
    while pending:
        place = pending.pop()
        sure = place.sure and diagnosis.whole.was_checked(place.element)
        if sure and marks.is_clean(marks.start(place.element), place.end):
            continue
        findings, children = diagnosis.best(place.element, place.candidates)
        yield from findings
        end = place.end
        for child, candidates in reversed(children):
            pending.append(_Pending(child, candidates, end, sure))
            end = marks.start(child)
    yield from diagnosis.about_root


class _Pending(NamedTuple):
    """An element to check; ``sure`` if the engine has checked what holds it."""

    element: etree._Element
    candidates: Sequence[Element]
    end: int
    sure: bool


_Checked = tuple[list[Finding], list[tuple[etree._Element, list[Element]]]]


@dataclass
class Diagnosis:
    """The mistakes of one document, element by element."""

    whole: DocumentGrammar
    about_root: list[Finding] = field(default_factory=list)

    def root(self, root: etree._Element) -> list[tuple[etree._Element, list[Element]]]:
        """Check the name of the root element; return it with what it is taken for."""
        name = self.whole.name(root)
        fitting = self.whole.model.next_elements(self.whole.model.start, name)
        if fitting:
            return [(root, fitting)]
        allowed = self.whole.model.next_names(self.whole.model.start)
        same = self.whole.same_name(name)
        if name in self.whole.model.elements:
            self.about_root.append(
                Finding(
                    NOT_ALLOWED,
                    root,
                    f"{tag(name)} cannot be the outermost element",
                    f"Put it into a document whose outermost element is {tags(allowed)}.",
                )
            )
        elif same:
            self.about_root.append(self.whole.wrong_namespace(root, name, same))
        elif meant := self.whole.meant(name, allowed):
            self.about_root.append(
                Finding(
                    UNKNOWN_ELEMENT,
                    root,
                    f"{tag(name)} is not an element of this schema; did you mean {tag(meant)}?",
                    f"Write {tag(meant)}, and `</{local_name(meant)}>` at its end.",
                )
            )
            return [(root, self.whole.model.elements.get(meant, []))]
        else:
            self.about_root.append(
                Finding(
                    UNKNOWN_ELEMENT,
                    root,
                    f"{tag(name)} is not an element of this schema",
                    f"The outermost element is {tags(allowed)}: validate the file against the "
                    "schema it was made for.",
                )
            )
        return [(root, self.whole.model.elements.get(self.whole.name(root), []))]

    def best(self, element: etree._Element, candidates: Sequence[Element]) -> _Checked:
        """Check an element against what it may be, and keep what fits best."""
        if not candidates:
            return [], [
                (child, self.whole.model.elements.get(self.whole.name(child), []))
                for child in element.iterchildren(etree.Element)
                if self.whole.is_native(child)
            ]
        checked = [self._check(element, named) for named in candidates]
        return min(checked, key=lambda result: len(result[0]))

    def _check(self, element: etree._Element, named: Element) -> _Checked:
        of_attributes = list(self._attributes(element, named))
        content = Content(self.whole, element, named)
        content.follow()
        return of_attributes + content.findings, content.children

    def _attributes(self, element: etree._Element, named: Element) -> Iterator[Finding]:
        if self.whole.model.attributes_fit(named, element) or self.whole.is_habit(element):
            return
        rest = named.content
        known = self.whole.model.attributes_of(named)
        asked = _Asked(
            element, self.whole.model.attribute_names(named), self._needed(element, named)
        )
        for name, value in sorted(element.attrib.items()):
            name, value = str(name), str(value)
            patterns = self.whole.model.of_attribute(known, name)
            meant = name if patterns else asked.meant(name)
            following = self.whole.model.after_attribute(rest, meant) if meant else rest
            if not patterns:
                yield self._unknown_attribute(element, name, meant)
            elif following is None:
                yield self._conflict(element, name, named)
            elif name != XML_ID and not any(
                self.whole.model.accepts(pattern, value, element) for pattern in patterns
            ):
                yield self._bad_value(element, name, value, patterns[0])
            rest = rest if following is None else following
        for need in self.whole.model.missing_attributes(rest):
            yield self._missing_attribute(element, need, named)

    def _needed(self, element: etree._Element, named: Element) -> list[str]:
        """Return the one attribute that the element lacks, and what it could be instead."""
        rest = named.content
        for name in map(str, element.attrib):
            rest = self.whole.model.after_attribute(rest, name) or rest
        missing = self.whole.model.missing_attributes(rest)
        return missing[0] if len(missing) == 1 else []

    def _unknown_attribute(self, element: etree._Element, name: str, meant: str | None) -> Finding:
        shown = words.attribute(name, element)
        said = f"`{shown}` is not an attribute of {tag(self.whole.name(element))}"
        hint = "Take the attribute out."
        if meant:
            said += f"; did you mean `{words.attribute(meant)}`?"
            hint = f"Write `{words.attribute(meant)}`, or take the attribute out."
            if element.get(meant) is not None:
                hint = f"Join it with `{words.attribute(meant)}`, which stands there too."
        return Finding(UNKNOWN_ATTRIBUTE, element, said, hint, attribute=name)

    def _conflict(self, element: etree._Element, name: str, named: Element) -> Finding:
        alone = self.whole.model.after_attribute(named.content, name) or named.content
        others = [
            str(other)
            for other in element.attrib
            if other != name and self.whole.model.after_attribute(alone, str(other)) is None
        ]
        shown = words.listed([f"`{words.attribute(other)}`" for other in others], "and")
        return Finding(
            UNKNOWN_ATTRIBUTE,
            element,
            f"`{words.attribute(name)}` on {tag(self.whole.name(element))} cannot stand together "
            f"with {shown or 'the other attributes'}",
            "Keep one of them.",
            attribute=name,
        )

    def _bad_value(
        self, element: etree._Element, name: str, value: str, pattern: Pattern
    ) -> Finding:
        values = self.whole.model.value(pattern)
        wanted, meant = values.wanted(), values.meant(value)
        written = (
            f'`{words.attribute(name)}="{shortened(value)}"` on {tag(self.whole.name(element))}'
        )
        impossible = impossible_date(value) if "date" in wanted.is_ else ""
        if impossible:
            said, hint = f"{written} is not a date: {impossible}", "Correct the date."
        elif values.listed_values:
            said = f"{written} is not allowed: the value must be {wanted.write}"
            hint = f"Write one of them: {wanted.write}."
        else:
            said = f"{written} is not {wanted.is_}"
            hint = f"Write {wanted.write}."
            said += f" ({wanted.write})" if wanted.is_ == "a date" else ""
        instead = period(value) if "date" in wanted.is_ and name == "when" else {}
        if meant:
            hint = f"Did you mean “{meant}”? {hint}"
        elif instead:
            put = words.listed([f'{other}="{date}"' for other, date in instead.items()], "and")
            hint = f"Write {put} in place of `when`: it takes one date."
        return Finding(BAD_VALUE, element, said, hint, attribute=name)

    def _missing_attribute(
        self, element: etree._Element, names: list[str], named: Element
    ) -> Finding:
        shown = words.listed([f"`{words.attribute(name)}`" for name in names])
        known = self.whole.model.attributes_of(named)
        asked = []
        for name in names:
            patterns = self.whole.model.of_attribute(known, name)
            asked.append(words.listed([self.whole.model.value(p).wanted().write for p in patterns]))
        if len(names) == 1:
            hint = f'Add {words.attribute(names[0])}="…" to the tag: {asked[0]}.'
        else:
            pairs = zip(names, asked, strict=True)
            added = [f'{words.attribute(name)}="…" ({value})' for name, value in pairs]
            hint = f"Add to the tag {words.listed(added)}."
        return Finding(
            MISSING_ATTRIBUTE,
            element,
            f"{tag(self.whole.name(element))} needs the attribute {shown}",
            hint,
        )


@dataclass
class _Asked:
    """What the unknown attributes of an element may have been meant to be."""

    element: etree._Element
    names: list[str]
    needed: list[str]
    times: int = 0

    @cached_property
    def _foreign(self) -> int:
        names = frozenset(self.names)
        return sum(1 for other in self.element.attrib if str(other) not in names)

    def meant(self, name: str) -> str | None:
        """Return the attribute that one was meant to be, one that is needed if possible."""
        self.times += 1
        if words.namespace(name) not in ("", XML_NAMESPACE) or self.times > _SUGGESTIONS:
            return None
        names, wanted = self.names, local_name(name).lower()
        same = next((n for n in names if local_name(n).lower() == wanted), None)
        if same is not None and same not in self.element.attrib and not self.needed:
            return same
        habits = [n for n in usage.habitual_attributes(name) if n in names]
        if self.needed and self._foreign == 1:
            return next((n for n in habits if n in self.needed), None) or self.needed[0]
        return same or next(iter(habits), None) or likeness.nearest(name, names)
