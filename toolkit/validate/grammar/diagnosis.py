"""Why a document is not valid: one finding a mistake, at the element, attribute or text in fault.

The document is followed with the grammar's patterns of names. Where something does not fit, the
likeliest repair is assumed (a name was misspelt, two elements changed places, one is missing) and
the rest is read as if it had been made, so that a mistake does not draw others after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.diagnostics import Kind, Severity
from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_NAMESPACE, local_name
from toolkit.validate.grammar import words
from toolkit.validate.grammar.grammar import Grammar
from toolkit.validate.grammar.patterns import (
    TEXT_STEP,
    Named,
    Pattern,
    Sort,
    first,
    required,
)
from toolkit.validate.grammar.values import ValuePattern, impossible_date
from toolkit.validate.grammar.words import tag, tags

UNKNOWN_ELEMENT = Kind(
    "V101", "unknown-element", Severity.ERROR, "The schema has no element of this name."
)
NOT_ALLOWED = Kind(
    "V102",
    "element-not-allowed",
    Severity.ERROR,
    "The element exists, but may not stand in the element that holds it.",
)
WRONG_ORDER = Kind(
    "V103",
    "wrong-order",
    Severity.ERROR,
    "The element may stand in its parent, but not at this place among the others.",
)
MISSING_ELEMENT = Kind(
    "V104", "element-missing", Severity.ERROR, "An element lacks one that it must hold."
)
TEXT_NOT_ALLOWED = Kind(
    "V105",
    "text-not-allowed",
    Severity.ERROR,
    "Text stands directly in an element that may hold only elements.",
)
UNKNOWN_ATTRIBUTE = Kind(
    "V106", "unknown-attribute", Severity.ERROR, "The element does not have this attribute."
)
MISSING_ATTRIBUTE = Kind(
    "V107", "attribute-missing", Severity.ERROR, "The element needs an attribute it does not have."
)
BAD_VALUE = Kind(
    "V108",
    "attribute-value",
    Severity.ERROR,
    "The value of the attribute is not what the schema asks for.",
)
WRONG_NAMESPACE = Kind(
    "V109",
    "wrong-namespace",
    Severity.ERROR,
    "The element has the right name but is in another namespace, so it is not the TEI element.",
)
BAD_CONTENT = Kind(
    "V110",
    "content-value",
    Severity.ERROR,
    "The text of the element is not what the schema asks for.",
)

# How many siblings before and after are looked at for what is out of place.
_LOOKED_AT = 200


@dataclass(frozen=True)
class Finding:
    """A mistake: at an element, at one of its attributes, or at a text in it.

    A text is the one at the start of ``element`` or that behind its child ``after``.
    """

    kind: Kind
    element: etree._Element
    message: str
    hint: str
    attribute: str | None = None
    is_text: bool = False
    after: etree._Element | None = None


def diagnose(grammar: Grammar, root: etree._Element) -> Iterator[Finding]:
    """Yield the mistakes in the document of ``root``, in document order by parent."""
    diagnosis = _Diagnosis(grammar, Counter(e.tag for e in root.iter(etree.Element)))
    pending = diagnosis.root(root)
    while pending:
        element, candidates = pending.pop()
        findings, children = diagnosis.best(element, candidates)
        yield from findings
        pending += reversed(children)
    yield from diagnosis.about_root


_Checked = tuple[list[Finding], list[tuple[etree._Element, list[Named]]]]


@dataclass
class _Diagnosis:
    """What is known of the whole document while it is followed."""

    grammar: Grammar
    used: Counter[object]
    about_root: list[Finding] = field(default_factory=list)
    _namespaces: dict[str, str] = field(default_factory=dict)
    _values: dict[Named, ValuePattern] = field(default_factory=dict)
    _guesses: dict[tuple[str | int, ...], str | None] = field(default_factory=dict)

    def name(self, element: etree._Element) -> str:
        """Return the element's name; a wrong namespace already told of counts as the right one."""
        name = str(element.tag)
        meant = self._namespaces.get(words.namespace(name))
        return name if meant is None else _in_namespace(meant, local_name(name))

    def root(self, root: etree._Element) -> list[tuple[etree._Element, list[Named]]]:
        """Check the name of the root element; return it with what it is taken for."""
        roots = first(self.grammar.start)
        name = self.name(root)
        fitting = [named for named in roots if name in named.names]
        if fitting:
            return [(root, fitting)]
        allowed = [n for named in roots for n in sorted(named.names.names)]
        same = self._same_name(name)
        if name in self.grammar.elements:
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
        return [(root, self.grammar.elements.get(self.name(root), []))]

    def is_native(self, element: etree._Element) -> bool:
        """Tell whether an element is in a namespace of the grammar."""
        return words.namespace(self.name(element)) in self.grammar.namespaces

    def best(self, element: etree._Element, candidates: Sequence[Named]) -> _Checked:
        """Check an element against what it may be, and keep what fits best."""
        if not candidates:
            return [], [
                (child, self.grammar.elements.get(self.name(child), []))
                for child in element.iterchildren(etree.Element)
                if self.is_native(child)
            ]
        checked = [self._check(element, named) for named in candidates]
        return min(checked, key=lambda result: len(result[0]))

    def _check(self, element: etree._Element, named: Named) -> _Checked:
        of_attributes = list(self._attributes(element, named))
        content = _Content(self, element, named)
        content.follow()
        return of_attributes + content.findings, content.children

    def value(self, named: Named) -> ValuePattern:
        """Return the pattern of a value, compiled once."""
        if named not in self._values:
            self._values[named] = ValuePattern(self.grammar.value(named))
        return self._values[named]

    def _attributes(self, element: etree._Element, named: Named) -> Iterator[Finding]:
        make = self.grammar.workshop
        state = self.grammar.attributes(named)
        known = self.grammar.possible_attributes(named)
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
            if name != XML_ID and not any(self.value(p).accepts(value) for p in patterns):
                yield self._bad_value(element, name, value, patterns[0])
        for need in required(state):
            yield self._missing_attribute(element, sorted(need))

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

    def _conflict(self, element: etree._Element, name: str, named: Named) -> Finding:
        make = self.grammar.workshop
        alone = make.after(self.grammar.attributes(named), name)
        others = [
            str(other)
            for other in element.attrib
            if other != name and not make.allows(alone, str(other))
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

    def _bad_value(self, element: etree._Element, name: str, value: str, pattern: Named) -> Finding:
        values = self.value(pattern)
        wanted, meant = values.wanted(), values.meant(value)
        written = f'`{words.attribute(name)}="{_short(value)}"` on {tag(self.name(element))}'
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
        same = self.grammar.names_by_local_name.get(local_name(name), [])
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
        if words.namespace(name) not in self.grammar.namespaces:
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
            guess = words.nearest(name, here, self.grammar.elements) or words.habitual(name)
            self._guesses[key] = guess if guess in self.grammar.elements else None
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
        parents = self.grammar.parents.get(name, [])
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
        holding = [name for name in names if name in self.grammar.parents.get(child, ())]
        return self.by_use(n for n in holding if self.used[n] or words.is_common(n))

    def wrappers(self, names: Sequence[str]) -> list[str]:
        """Return those of ``names`` that may hold text, the likeliest first."""
        make = self.grammar.workshop
        return self.by_use(
            name
            for name in names
            if any(
                make.allows(self.grammar.content(named), TEXT_STEP)
                for named in self.grammar.elements.get(name, [])
            )
        )


@dataclass
class _Content:
    """One element's content, followed child by child."""

    whole: _Diagnosis
    element: etree._Element
    named: Named
    findings: list[Finding] = field(default_factory=list)
    children: list[tuple[etree._Element, list[Named]]] = field(default_factory=list)
    _siblings: list[etree._Element] = field(default_factory=list)
    _met: list[str] = field(default_factory=list)
    _states: list[Pattern] = field(default_factory=list)
    _displaced: Counter[str] = field(default_factory=Counter)
    _blocking: int | None = None
    _misplaced: str | None = None
    _wrapper: str | None = None
    _gap: bool = False

    def __post_init__(self) -> None:
        self.make = self.whole.grammar.workshop
        self.state = self.whole.grammar.content(self.named)
        self.parent = self.whole.name(self.element)
        self.possible = self.whole.grammar.possible_children(self.named)

    def follow(self) -> None:
        """Follow the content to its end."""
        elements = self._siblings = list(self.element.iterchildren(etree.Element))
        if not elements and self.whole.grammar.takes_data(self.named):
            self._data()
            return
        if _has_text(self.element, None):
            self._text(None)
        for index, child in enumerate(elements):
            self._child(child, index)
            if _has_text(self.element, child):
                self._text(child)
        if not self.state.nullable and not self.findings and not self._gap:
            self._incomplete()

    def _data(self) -> None:
        text = "".join(str(part) for part in self.element.itertext())
        pattern = self.whole.value(self.named)
        if (self.state.nullable and not text.strip()) or pattern.accepts(text):
            return
        wanted = pattern.wanted()
        self.findings.append(
            Finding(
                BAD_CONTENT,
                self.element,
                f"“{_short(text.strip())}” in {tag(self.parent)} is not {wanted.is_}",
                f"Write {wanted.write}.",
            )
        )

    def _text(self, after: etree._Element | None) -> None:
        if self.make.allows(self.state, TEXT_STEP):
            self.state = self.make.after(self.state, TEXT_STEP)
            return
        if self._wrapper is not None:
            return
        ways = [] if self.state.nullable else self.make.ways_to_end(self.state)
        needed = {step for way in ways for step in way}
        wrappers = sorted(
            self.whole.wrappers(self.make.next_names(self.state)),
            key=lambda name: name not in needed,
        )
        # Where a paragraph fits, or what is missing anyway, the others need not be told.
        certain = wrappers and (wrappers[0] in needed or local_name(wrappers[0]) == "p")
        shown = wrappers[:1] if certain else wrappers
        said = f"text is not allowed directly in {tag(self.parent)}"
        hint = "Move it into an element that holds text."
        if not self.possible:
            said = f"{tag(self.parent)} is an empty element and holds no text"
            hint = f"Write `<{local_name(self.parent)}/>` and put the text behind it."
        elif wrappers:
            self._wrapper = wrappers[0]
            said += f"; put it into {tags(shown, shown=4)}"
            hint = (
                f"Write {tag(wrappers[0])} before it and `</{local_name(wrappers[0])}>` after it."
            )
        self.findings.append(
            Finding(TEXT_NOT_ALLOWED, self.element, said, hint, is_text=True, after=after)
        )

    def _child(self, child: etree._Element, index: int) -> None:
        name = self.whole.name(child)
        if self.make.allows(self.state, name):
            self._accept(child, name)
        elif self._displaced[name]:
            self._displaced[name] -= 1
            self._skip(child, name)
        elif name in self.whole.grammar.elements:
            self._known(child, name, index)
        else:
            self._unknown(child)

    def _accept(self, child: etree._Element, name: str) -> None:
        self.children.append((child, self.make.next_elements(self.state, name)))
        self._met.append(name)
        self._states.append(self.state)
        self.state = self.make.after(self.state, name)
        self._misplaced = None
        if self._wrapper is not None and not self._may_hold(self._wrapper, name):
            self._wrapper = None

    def _skip(self, child: etree._Element, name: str) -> None:
        """Leave a child out of the content, but look into it."""
        here = [d for d in self.possible if name in d.names]
        self.children.append((child, here or self.whole.grammar.elements.get(name, [])))

    def _may_hold(self, parent: str, child: str) -> bool:
        return parent in self.whole.grammar.parents.get(child, ())

    def _unknown(self, child: etree._Element) -> None:
        finding, meant = self.whole.unknown(child, self.parent, self.make.next_names(self.state))
        self.findings.append(finding)
        if meant is None:
            self._gap = True
            if finding.kind is not UNKNOWN_ELEMENT or self.whole.is_native(child):
                self.children.append((child, []))
        elif self.make.allows(self.state, meant):
            self._accept(child, meant)
        elif any(meant in named.names for named in self.possible):
            self._skip(child, meant)
        else:
            self._gap = True
            self.children.append((child, []))

    def _known(self, child: etree._Element, name: str, index: int) -> None:
        if self._wrapper is not None and self._may_hold(self._wrapper, name):
            self._skip(child, name)
            return
        if not any(name in named.names for named in self.possible):
            if self._misplaced != name:
                self.findings.append(self._not_allowed(child, name))
            self._misplaced = name
            self._skip(child, name)
            return
        ways = self.make.ways_to(self.state, name)
        if ways:
            following = self._siblings[index + 1 : index + 1 + _LOOKED_AT]
            self._after_gap(child, name, ways, [self.whole.name(f) for f in following])
        else:
            self._too_late(child, name)

    def _not_allowed(self, child: etree._Element, name: str) -> Finding:
        here = self.make.next_names(self.state)
        fitting = self.whole.containers(here, name)
        places = self.whole.places(name, here)
        said = f"{tag(name)} is not allowed in {tag(self.parent)}; {places}"
        hint = "Move it there, or use another element."
        if name == self.parent:
            hint = f"Close the {tag(name)} around it first."
        elif fitting:
            hint = f"Put it into {tags(fitting, shown=4)}, which may stand here."
        return Finding(NOT_ALLOWED, child, said, hint)

    def _after_gap(
        self,
        child: etree._Element,
        name: str,
        ways: list[tuple[str, ...]],
        following: Sequence[str],
    ) -> None:
        """Take a child that something must come before: it comes later, or is missing."""
        later = [way for way in ways if any(step in following for step in way)]
        way = (later or ways)[0]
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
                self._along((*way, name)), following, moved
            ):
                self._skip(child, name)
                return
            self._displaced.update(moved)
        elif not self._gap:
            self.findings.append(self._missing(child, ways, f" before {tag(name)}"))
        self._gap = False
        self.state = self._along(way)
        self._accept(child, name)

    def _along(self, steps: Iterable[str]) -> Pattern:
        state = self.state
        for step in steps:
            state = self.make.after(state, step)
        return state

    def _rejected(
        self, state: Pattern, following: Sequence[str], displaced: Sequence[str] = ()
    ) -> int:
        """Return how many of the following siblings would not fit from ``state`` on."""
        awaited = Counter(displaced)
        rejected = 0
        for name in following:
            if self.make.allows(state, name):
                state = self.make.after(state, name)
            elif awaited[name]:
                awaited[name] -= 1
            else:
                rejected += 1
        return rejected

    def _missing(self, where: etree._Element, ways: list[tuple[str, ...]], place: str) -> Finding:
        what, them = self._ways_in_words(ways)
        return Finding(
            MISSING_ELEMENT,
            where,
            f"{what} missing in {tag(self.parent)}{place}",
            f"Add {them}{place}.",
        )

    def _ways_in_words(self, ways: list[tuple[str, ...]]) -> tuple[str, str]:
        """Return “`<a>` is” and “`<a>`”, for what is missing on the shortest ways."""
        if len(ways[0]) > 1:
            names = tags(ways[0], "and")
            return f"{names} are", names
        wanted = {name for met in self._met for name in words.partners(met)}
        ranked = sorted(
            self.whole.by_use(way[0] for way in ways),
            key=lambda name: local_name(name) not in wanted,
        )
        names = tags(ranked)
        if len(ranked) == 1:
            return f"{names} is", names
        return f"one of {names} is", f"one of {names}"

    def _incomplete(self) -> None:
        ways = self.make.ways_to_end(self.state)
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
        what, them = self._ways_in_words(ways)
        hint = f"Add {them}."
        if not self._met:
            said = f"{tag(self.parent)} is empty; {what} missing"
            hint = f"Add {them}, or take {tag(self.parent)} out."
        elif len(ways) == 1:
            said = f"{what} missing in {tag(self.parent)} after {tag(self._met[-1])}"
        else:
            held = tags(dict.fromkeys(self._met), "and", shown=4)
            said = f"{tag(self.parent)} holds only {held}; {what} missing"
        self.findings.append(Finding(MISSING_ELEMENT, self.element, said, hint))

    def _too_late(self, child: etree._Element, name: str) -> None:
        """Take a child that could only have come earlier, or only once."""
        index = self._fitting_place(name)
        if index is not None and index == self._blocking:
            self._skip(child, name)
            return
        here = self.make.next_names(self.state)
        fitting = self.whole.containers(here, name)
        if index is not None:
            self._blocking = index
            before = tag(self._met[index])
            said = f"{tag(name)} must stand before {before} in {tag(self.parent)}"
            hint = f"Move {tag(name)} before {before}"
            hint += f", or put it into {tags(fitting, shown=3)}." if fitting else "."
        elif name in self._met:
            said = f"{tag(self.parent)} may hold only one {tag(name)}, or none at this place"
            hint = f"Put what it holds into the first {tag(name)}, or take it out."
        else:
            said = f"{tag(name)} is not allowed at this place in {tag(self.parent)}"
            hint = (
                f"Allowed here: {tags(self.whole.by_use(here))}."
                if here
                else "Nothing more may follow here."
            )
        self.findings.append(Finding(WRONG_ORDER, child, said, hint))
        self._skip(child, name)

    def _fitting_place(self, name: str) -> int | None:
        """Return before which of the children met so far, the last, the element would fit."""
        last = len(self._met) - 1
        for index in range(last, max(-1, last - _LOOKED_AT), -1):
            state = self.make.after(self._states[index], name)
            for step in self._met[index:]:
                state = self.make.after(state, step)
            if state.sort is not Sort.NOT_ALLOWED:
                return index
        return None


def _nearest_attribute(name: str, known: list[Named]) -> str | None:
    if words.namespace(name) not in ("", XML_NAMESPACE):
        return None
    return words.nearest(name, sorted({n for named in known for n in named.names.names}))


def _followed(state: Pattern, before: Pattern) -> Pattern:
    return before if state.sort is Sort.NOT_ALLOWED else state


def _in_namespace(namespace: str, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local


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


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:59]}…"
