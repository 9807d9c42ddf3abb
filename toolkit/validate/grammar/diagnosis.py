"""Why a document is not valid: one finding a mistake, at the element, attribute or text in fault.

The document is followed with the grammar's patterns of names. Where something does not fit, the
likeliest repair is assumed (a name was misspelt, two elements changed places, one is missing) and
the rest is read as if it had been made, so that a mistake does not draw others after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.tei.names import XML_ID, XML_NAMESPACE
from toolkit.validate.grammar import words
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
from toolkit.validate.grammar.grammar import Grammar
from toolkit.validate.grammar.patterns import (
    Named,
    Pattern,
    Sort,
    first,
    required,
)
from toolkit.validate.grammar.values import impossible_date
from toolkit.validate.grammar.words import shortened, tag, tags


def diagnose(grammar: Grammar, root: etree._Element) -> Iterator[Finding]:
    """Yield the mistakes in the document of ``root``, in document order by parent."""
    used = Counter[object](e.tag for e in root.iter(etree.Element))
    diagnosis = Diagnosis(DocumentGrammar(grammar, used))
    pending = diagnosis.root(root)
    while pending:
        element, candidates = pending.pop()
        findings, children = diagnosis.best(element, candidates)
        yield from findings
        pending += reversed(children)
    yield from diagnosis.about_root


_Checked = tuple[list[Finding], list[tuple[etree._Element, list[Named]]]]


@dataclass
class Diagnosis:
    """The mistakes of one document, element by element."""

    whole: DocumentGrammar
    about_root: list[Finding] = field(default_factory=list)

    def root(self, root: etree._Element) -> list[tuple[etree._Element, list[Named]]]:
        """Check the name of the root element; return it with what it is taken for."""
        roots = first(self.whole.grammar.start)
        name = self.whole.name(root)
        fitting = [named for named in roots if name in named.names]
        if fitting:
            return [(root, fitting)]
        allowed = [n for named in roots for n in sorted(named.names.names)]
        same = self.whole.same_name(name)
        if name in self.whole.grammar.elements:
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
        return [(root, self.whole.grammar.elements.get(self.whole.name(root), []))]

    def best(self, element: etree._Element, candidates: Sequence[Named]) -> _Checked:
        """Check an element against what it may be, and keep what fits best."""
        if not candidates:
            return [], [
                (child, self.whole.grammar.elements.get(self.whole.name(child), []))
                for child in element.iterchildren(etree.Element)
                if self.whole.is_native(child)
            ]
        checked = [self._check(element, named) for named in candidates]
        return min(checked, key=lambda result: len(result[0]))

    def _check(self, element: etree._Element, named: Named) -> _Checked:
        of_attributes = list(self._attributes(element, named))
        content = Content(self.whole, element, named)
        content.follow()
        return of_attributes + content.findings, content.children

    def _attributes(self, element: etree._Element, named: Named) -> Iterator[Finding]:
        make = self.whole.grammar.workshop
        state = self.whole.grammar.attributes(named)
        known = self.whole.grammar.possible_attributes(named)
        for name, value in sorted(element.attrib.items()):
            name, value = str(name), str(value)
            patterns = [pattern for pattern in known if name in pattern.names]
            if not patterns:
                meant = _nearest_attribute(name, known)
                yield self._unknown_attribute(element, name, meant)
                state = _followed(make.after(state, meant), state) if meant else state
                continue
            if not make.allows(state, name):
                yield self._conflict(element, name, named)
                continue
            state = make.after(state, name)
            if name != XML_ID and not any(self.whole.value(p).accepts(value) for p in patterns):
                yield self._bad_value(element, name, value, patterns[0])
        for need in required(state):
            yield self._missing_attribute(element, sorted(need))

    def _unknown_attribute(self, element: etree._Element, name: str, meant: str | None) -> Finding:
        shown = words.attribute(name, element)
        said = f"`{shown}` is not an attribute of {tag(self.whole.name(element))}"
        hint = f"Did you mean `{words.attribute(meant)}`?" if meant else ""
        if meant:
            said += f"; did you mean `{words.attribute(meant)}`?"
            hint = f"Write `{words.attribute(meant)}`, or take the attribute out."
        return Finding(
            UNKNOWN_ATTRIBUTE, element, said, hint or "Take the attribute out.", attribute=name
        )

    def _conflict(self, element: etree._Element, name: str, named: Named) -> Finding:
        make = self.whole.grammar.workshop
        alone = make.after(self.whole.grammar.attributes(named), name)
        others = [
            str(other)
            for other in element.attrib
            if other != name and not make.allows(alone, str(other))
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

    def _bad_value(self, element: etree._Element, name: str, value: str, pattern: Named) -> Finding:
        values = self.whole.value(pattern)
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
        if meant:
            hint = f"Did you mean “{meant}”? {hint}"
        return Finding(BAD_VALUE, element, said, hint, attribute=name)

    def _missing_attribute(self, element: etree._Element, names: list[str]) -> Finding:
        shown = words.listed([f"`{words.attribute(name)}`" for name in names])
        return Finding(
            MISSING_ATTRIBUTE,
            element,
            f"{tag(self.whole.name(element))} needs the attribute {shown}",
            f'Add {words.attribute(names[0]) if names else "it"}="…" to the tag.',
        )


def _nearest_attribute(name: str, known: list[Named]) -> str | None:
    if words.namespace(name) not in ("", XML_NAMESPACE):
        return None
    return words.nearest(name, sorted({n for named in known for n in named.names.names}))


def _followed(state: Pattern, before: Pattern) -> Pattern:
    return before if state.sort is Sort.NOT_ALLOWED else state
