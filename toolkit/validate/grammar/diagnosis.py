"""Why a document is not valid: one finding a mistake, at the element, attribute or text in fault.

The document is followed with the states of the engine. Where something does not fit, the
likeliest repair is assumed (a name was misspelt, two elements changed places, one is missing) and
the rest is read as if it had been made, so that a mistake does not draw others after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_NAMESPACE, local_name
from toolkit.validate.grammar import words
from toolkit.validate.grammar.content import Content
from toolkit.validate.grammar.findings import (
    BAD_VALUE,
    MISSING_ATTRIBUTE,
    NOT_ALLOWED,
    UNKNOWN_ATTRIBUTE,
    UNKNOWN_ELEMENT,
    WRONG_NAMESPACE,
    Finding,
)
from toolkit.validate.grammar.marks import BEYOND, Marks, Place
from toolkit.validate.grammar.model import Model, attribute_names
from toolkit.validate.grammar.values import impossible_date
from toolkit.validate.grammar.words import shortened, tag, tags
from toolkit.validate.relaxng.patterns import Element, Pattern


def diagnose(model: Model, root: etree._Element, marks: Marks) -> Iterator[Finding]:
    """Yield the mistakes in the document of ``root``, in document order by parent.

    What the engine has passed through without a violation is not gone through again.
    """
    diagnosis = Diagnosis(model, Counter(e.tag for e in root.iter(etree.Element)))
    pending = [_Pending(*entry, BEYOND, sure=True) for entry in diagnosis.root(root)]
    while pending:
        place = pending.pop()
        sure = place.sure and diagnosis.was_checked(place.element)
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
    end: Place
    sure: bool


_Checked = tuple[list[Finding], list[tuple[etree._Element, list[Element]]]]


@dataclass
class Diagnosis:
    """What is known of the whole document while it is followed."""

    model: Model
    used: Counter[object]
    about_root: list[Finding] = field(default_factory=list)
    _namespaces: dict[str, str] = field(default_factory=dict)
    _guesses: dict[tuple[object, ...], str | None] = field(default_factory=dict)

    def name(self, element: etree._Element) -> str:
        """Return the element's name; a wrong namespace already told of counts as the right one."""
        name = str(element.tag)
        meant = self._namespaces.get(words.namespace(name))
        return name if meant is None else _in_namespace(meant, local_name(name))

    def root(self, root: etree._Element) -> list[tuple[etree._Element, list[Element]]]:
        """Check the name of the root element; return it with what it is taken for."""
        name = self.name(root)
        fitting = self.model.next_elements(self.model.start, name)
        if fitting:
            return [(root, fitting)]
        allowed = self.model.next_names(self.model.start)
        same = self._same_name(name)
        if name in self.model.elements:
            self.about_root.append(
                Finding(
                    NOT_ALLOWED,
                    root,
                    f"{tag(name)} cannot be the outermost element",
                    f"Put it into a document whose outermost element is {tags(allowed)}.",
                )
            )
        elif same:
            self.about_root.append(self._wrong_namespace(root, name, same))
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
        return [(root, self.model.elements.get(self.name(root), []))]

    def was_checked(self, element: etree._Element) -> bool:
        """Tell whether the engine checks what is in such an element: others it passes over."""
        return str(element.tag) in self.model.elements

    def is_native(self, element: etree._Element) -> bool:
        """Tell whether an element is in a namespace of the grammar."""
        return words.namespace(self.name(element)) in self.model.namespaces

    def best(self, element: etree._Element, candidates: Sequence[Element]) -> _Checked:
        """Check an element against what it may be, and keep what fits best."""
        if not candidates:
            return [], [
                (child, self.model.elements.get(self.name(child), []))
                for child in element.iterchildren(etree.Element)
                if self.is_native(child)
            ]
        checked = [self._check(element, named) for named in candidates]
        return min(checked, key=lambda result: len(result[0]))

    def _check(self, element: etree._Element, named: Element) -> _Checked:
        of_attributes = list(self._attributes(element, named))
        content = Content(self, element, named)
        content.follow()
        return of_attributes + content.findings, content.children

    def _attributes(self, element: etree._Element, named: Element) -> Iterator[Finding]:
        if self.model.attributes_fit(named, element):
            return
        rest = named.content
        known = self.model.attributes_of(named)
        for name, value in sorted(element.attrib.items()):
            name, value = str(name), str(value)
            patterns = self.model.of_attribute(known, name)
            meant = name if patterns else _nearest_attribute(name, known)
            following = self.model.after_attribute(rest, meant) if meant else rest
            if not patterns:
                yield self._unknown_attribute(element, name, meant)
            elif following is None:
                yield self._conflict(element, name, named)
            elif name != XML_ID and not any(
                self.model.accepts(pattern, value, element) for pattern in patterns
            ):
                yield self._bad_value(element, name, value, patterns[0])
            rest = rest if following is None else following
        for need in self.model.missing_attributes(rest):
            yield self._missing_attribute(element, need)

    def _unknown_attribute(self, element: etree._Element, name: str, meant: str | None) -> Finding:
        shown = words.attribute(name, element)
        said = f"`{shown}` is not an attribute of {tag(self.name(element))}"
        hint = f"Did you mean `{words.attribute(meant)}`?" if meant else ""
        if meant:
            said += f"; did you mean `{words.attribute(meant)}`?"
            hint = f"Write `{words.attribute(meant)}`, or take the attribute out."
        return Finding(
            UNKNOWN_ATTRIBUTE, element, said, hint or "Take the attribute out.", attribute=name
        )

    def _conflict(self, element: etree._Element, name: str, named: Element) -> Finding:
        alone = self.model.after_attribute(named.content, name) or named.content
        others = [
            str(other)
            for other in element.attrib
            if other != name and self.model.after_attribute(alone, str(other)) is None
        ]
        shown = words.listed([f"`{words.attribute(other)}`" for other in others], "and")
        return Finding(
            UNKNOWN_ATTRIBUTE,
            element,
            f"`{words.attribute(name)}` on {tag(self.name(element))} cannot stand together with "
            f"{shown or 'the other attributes'}",
            "Keep one of them.",
            attribute=name,
        )

    def _bad_value(
        self, element: etree._Element, name: str, value: str, pattern: Pattern
    ) -> Finding:
        values = self.model.value(pattern)
        wanted, meant = values.wanted(), values.meant(value)
        written = f'`{words.attribute(name)}="{shortened(value)}"` on {tag(self.name(element))}'
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
        if meant:
            hint = f"Did you mean “{meant}”? {hint}"
        return Finding(BAD_VALUE, element, said, hint, attribute=name)

    def _missing_attribute(self, element: etree._Element, names: list[str]) -> Finding:
        shown = words.listed([f"`{words.attribute(name)}`" for name in names])
        return Finding(
            MISSING_ATTRIBUTE,
            element,
            f"{tag(self.name(element))} needs the attribute {shown}",
            f'Add {words.attribute(names[0]) if names else "it"}="…" to the tag.',
        )

    def _same_name(self, name: str) -> str | None:
        """Return the element of the grammar with this local name in another namespace."""
        same = self.model.names_by_local_name.get(local_name(name), [])
        return same[0] if same and name not in same else None

    def _wrong_namespace(self, element: etree._Element, name: str, meant: str) -> Finding:
        wrong, right = words.namespace(name), words.namespace(meant)
        self._namespaces[wrong] = right
        whose = "the TEI" if right == TEI_NAMESPACE else f"“{right}”"
        is_in = f"the namespace “{wrong}”" if wrong else "no namespace"
        hint = f'Write xmlns="{right}" on the outermost element.'
        if element.getparent() is not None:
            hint = f'Take the declaration xmlns="{wrong}" out, here or in an element around it.'
        return Finding(
            WRONG_NAMESPACE, element, f"{tag(name)} is in {is_in}, not in that of {whose}", hint
        )

    def unknown(
        self, element: etree._Element, parent: str, here: Sequence[str]
    ) -> tuple[Finding, str | None]:
        """Return the finding on an element that the grammar has not, and what was meant."""
        name = self.name(element)
        same = self._same_name(name)
        if same and words.namespace(name) not in self._namespaces:
            return self._wrong_namespace(element, name, same), same
        if words.namespace(name) not in self.model.namespaces:
            return self._foreign(element, name, parent), None
        kind = "a TEI element" if words.is_tei(name) else "an element of this schema"
        meant = self._meant(name, here)
        said = f"{tag(name)} is not {kind}"
        if meant is None:
            hint = f"Take the tags out, or use an element that may stand in {tag(parent)}."
        elif meant in here:
            said += f"; did you mean {tag(meant)}?"
            hint = f"Write {tag(meant)}, in the start tag and in the end tag."
        else:
            said += f"; did you mean {tag(meant)}?"
            hint = f"{tag(meant)} is not allowed in {tag(parent)} either; {self.places(meant)}."
        return Finding(UNKNOWN_ELEMENT, element, said, hint), meant

    def _meant(self, name: str, here: Sequence[str]) -> str | None:
        """Return the element that an unknown name was meant to be, one allowed here if possible."""
        key = (name, *here[:3], len(here))
        if key not in self._guesses:
            guess = words.nearest(name, here, self.model.elements) or words.habitual(name)
            self._guesses[key] = guess if guess in self.model.elements else None
        return self._guesses[key]

    def _foreign(self, element: etree._Element, name: str, parent: str) -> Finding:
        of = f"of the namespace “{words.namespace(name)}” " if words.namespace(name) else ""
        return Finding(
            UNKNOWN_ELEMENT,
            element,
            f"{tag(name)} {of}is not allowed in {tag(parent)}: the schema does not know it",
            "Take it out, or validate against a schema that has these elements.",
        )

    def places(self, name: str, here: Sequence[str] = ()) -> str:
        """Return a sentence on where an element may stand, the likeliest places first."""
        parents = self.model.parents.get(name, [])
        ranked = sorted(
            self.by_use(parents), key=lambda parent: (not self.used[parent], parent not in here)
        )
        return f"it may stand in {tags(ranked, shown=6)}" if ranked else "it stands nowhere"

    def by_use(self, names: Iterable[str]) -> list[str]:
        """Return names with those first that the document, or editors in general, use most."""
        return sorted(
            names,
            key=lambda name: (not self.used[name], words.commonness(name), -self.used[name]),
        )

    def containers(self, names: Sequence[str], child: str) -> list[str]:
        """Return those of ``names`` that may hold ``child`` and are in use, the likeliest first."""
        holding = [name for name in names if name in self.model.parents.get(child, ())]
        return self.by_use(n for n in holding if self.used[n] or words.is_common(n))

    def wrappers(self, names: Sequence[str]) -> list[str]:
        """Return those of ``names`` that may hold text, the likeliest first."""
        return self.by_use(
            name
            for name in names
            if any(
                self.model.after_text(self.model.content(named)) is not None
                for named in self.model.elements.get(name, [])
            )
        )


def _nearest_attribute(name: str, known: list[Pattern]) -> str | None:
    if words.namespace(name) not in ("", XML_NAMESPACE):
        return None
    return words.nearest(name, sorted({n for pattern in known for n in attribute_names(pattern)}))


def _in_namespace(namespace: str, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local
