"""A grammar as one document uses it: what its names are, and what is likely meant in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from toolkit.tei.names import TEI_NAMESPACE, local_name
from toolkit.validate.grammar import likeness, usage, words
from toolkit.validate.grammar.findings import UNKNOWN_ELEMENT, WRONG_NAMESPACE, Finding
from toolkit.validate.grammar.model import Model
from toolkit.validate.grammar.words import tag, tags
from toolkit.validate.relaxng.patterns import Element


@dataclass
class DocumentGrammar:
    """A grammar and what is known of the document that is followed with it.

    ``root`` is the root element of the document.
    """

    model: Model
    root: etree._Element
    _namespaces: dict[str, str] = field(default_factory=dict)
    _guesses: dict[tuple[object, ...], str | None] = field(default_factory=dict)
    _places: dict[tuple[str, ...], str] = field(default_factory=dict)

    @cached_property
    def used(self) -> Counter[object]:
        """How many elements of each name the document has."""
        return Counter(element.tag for element in self.root.iter(etree.Element))

    @cached_property
    def _ranks(self) -> _Ranks:
        return _Ranks(self.used)

    def name(self, element: etree._Element) -> str:
        """Return the element's name; a wrong namespace already told of counts as the right one."""
        name = str(element.tag)
        if not self._namespaces:
            return name
        meant = self._namespaces.get(words.namespace(name))
        return name if meant is None else _in_namespace(meant, local_name(name))

    def is_native(self, element: etree._Element) -> bool:
        """Tell whether an element is in a namespace of the grammar."""
        return words.namespace(self.name(element)) in self.model.namespaces

    def was_checked(self, element: etree._Element) -> bool:
        """Tell whether the engine checks what is in such an element: others it passes over."""
        return str(element.tag) in self.model.elements

    def same_name(self, name: str) -> str | None:
        """Return the element of the grammar with this local name in another namespace."""
        same = self.model.names_by_local_name.get(local_name(name), [])
        return same[0] if same and name not in same else None

    def wrong_namespace(self, element: etree._Element, name: str, meant: str) -> Finding:
        """Return the finding on an element in another namespace than ``meant``."""
        wrong, right = words.namespace(name), words.namespace(meant)
        self._namespaces[wrong] = right
        whose = "the TEI" if right == TEI_NAMESPACE else f"“{right}”"
        is_in = f"the namespace “{wrong}”" if wrong else "no namespace"
        hint = _hint_on_namespace(element, wrong, right)
        return Finding(
            WRONG_NAMESPACE, element, f"{tag(name)} is in {is_in}, not in that of {whose}", hint
        )

    def unknown(
        self, element: etree._Element, parent: str, here: Sequence[str], possible: Sequence[Element]
    ) -> tuple[Finding, str | None]:
        """Return the finding on an element that the grammar has not, and what was meant.

        ``here`` may come at this place, ``possible`` at some place in ``parent``.
        """
        name = self.name(element)
        same = self.same_name(name)
        if same and words.namespace(name) not in self._namespaces:
            return self.wrong_namespace(element, name, same), same
        if words.namespace(name) not in self.model.namespaces:
            return self._foreign(element, name, parent), None
        kind = "a TEI element" if words.is_tei(name) else "an element of this schema"
        meant = self._meant(name, here, frozenset(map(str, element.attrib)))
        said = f"{tag(name)} is not {kind}"
        if meant is None:
            hint = f"Take the tags out, or use an element that may stand in {tag(parent)}."
            return Finding(UNKNOWN_ELEMENT, element, said, hint), None
        said += f"; did you mean {tag(meant)}?"
        if meant in here:
            hint = self._rewritten(element, meant)
        elif self.model.named(possible, meant):
            hint = f"Write {tag(meant)}, at a place in {tag(parent)} where it may stand."
        else:
            hint = f"{tag(meant)} is not allowed in {tag(parent)} either; {self.places(meant)}."
        return Finding(UNKNOWN_ELEMENT, element, said, hint), meant

    def _rewritten(self, element: etree._Element, meant: str) -> str:
        """Say how to write an element so that it is the one meant."""
        slash = "" if words.has_content(element) else "/"
        written = self.habit_tag(element, meant) or local_name(meant)
        ends = "." if slash else f", and `</{local_name(meant)}>` at its end."
        return f"Write `<{written}{slash}>`{ends}"

    def habit_tag(self, element: etree._Element, meant: str) -> str:
        """Return what the tag of an element from HTML or TEI P4 is in TEI; "" if it is not one."""
        habit = usage.habit(self.name(element))
        if habit is None or habit.element != meant:
            return ""
        known = [p for named in self.model.elements[meant] for p in self.model.attributes_of(named)]
        values: dict[str, str] = {}
        for name, value in element.attrib.items():
            meant_by = next(
                (
                    candidate
                    for candidate in (str(name), *usage.habitual_attributes(str(name)))
                    if self.model.of_attribute(known, candidate)
                ),
                None,
            )
            if meant_by is not None and f"{local_name(meant_by)}=" not in habit.tag:
                values.setdefault(words.attribute(meant_by), str(value))
        return " ".join([habit.tag, *(f'{name}="{value}"' for name, value in values.items())])

    def is_habit(self, element: etree._Element) -> bool:
        """Tell whether an element is one from HTML or TEI P4, whose attributes go with it."""
        name = self.name(element)
        habit = usage.habit(name)
        return name not in self.model.elements and habit is not None

    def meant(self, name: str, allowed: Sequence[str]) -> str | None:
        """Return the one of ``allowed`` that an unknown name was meant to be."""
        habit = usage.habit(name)
        if habit is not None and habit.element in allowed:
            return habit.element
        return likeness.nearest(name, allowed)

    def _meant(self, name: str, here: Sequence[str], names: frozenset[str]) -> str | None:
        """Return the element that an unknown name was meant to be, one allowed here if possible."""
        key = (name, *here[:3], len(here), names)
        if key not in self._guesses:
            self._guesses[key] = self._guessed(name, here, names)
        return self._guesses[key]

    def _guessed(self, name: str, here: Sequence[str], names: frozenset[str]) -> str | None:
        habit = usage.habit(name)
        near = likeness.nearest(name, here, self.model.elements)
        if near is not None and local_name(near).lower() == local_name(name).lower():
            return near
        if habit is not None and habit.element in here:
            return habit.element
        if near is None and habit is not None and habit.element in self.model.elements:
            return habit.element
        if near is None or near not in here:
            return near
        # Of names as near, the element is meant that has the attributes.
        return min(
            likeness.as_near(name, near, here),
            key=lambda candidate: sum(not self._has_attribute(candidate, n) for n in names),
        )

    def _has_attribute(self, element: str, name: str) -> bool:
        return any(
            self.model.of_attribute(self.model.attributes_of(named), name)
            for named in self.model.elements[element]
        )

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
        key = (name, *here)
        if key not in self._places:
            self._places[key] = self._ranked_places(name, frozenset(here))
        return self._places[key]

    def _ranked_places(self, name: str, here: frozenset[str]) -> str:
        parents = self.model.parents.get(name, [])
        ranked = sorted(
            self.by_use(parents),
            key=lambda parent: (
                not (parent in here and usage.is_usual_in(parent, name)),
                not self.used[parent],
                parent not in here,
            ),
        )
        return f"it may stand in {tags(ranked, shown=6)}" if ranked else "it stands nowhere"

    def by_use(self, names: Iterable[str]) -> list[str]:
        """Return names with those first that the document, or editors in general, use most."""
        return sorted(names, key=self._ranks.__getitem__)

    def containers(self, names: Sequence[str], child: str) -> list[str]:
        """Return those of ``names`` that may hold ``child`` and are in use, the likeliest first."""
        holding = [name for name in names if name in self.model.parents.get(child, ())]
        usual = [name for name in holding if usage.is_usual_in(name, child)]
        if usual:
            return self.by_use(usual)
        return self.by_use(n for n in holding if self.used[n] or usage.is_common(n))

    def wrappers(self, parent: str, names: Sequence[str]) -> list[str]:
        """Return those of ``names`` that may hold text in ``parent``, the likeliest first."""
        holding = self.by_use(
            name
            for name in names
            if any(
                self.model.after_text(self.model.content(named)) is not None
                for named in self.model.elements.get(name, [])
            )
        )
        return sorted(holding, key=lambda name: usage.rank_in(parent, name))


class _Ranks(dict[str, tuple[bool, int, int]]):
    """The ranks of elements in use: those of one document first, then those of editors."""

    def __init__(self, used: Counter[object]) -> None:
        super().__init__()
        self._used = used

    def __missing__(self, name: str) -> tuple[bool, int, int]:
        rank = self[name] = not self._used[name], usage.commonness(name), -self._used[name]
        return rank


def _in_namespace(namespace: str, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local


def _hint_on_namespace(element: etree._Element, wrong: str, right: str) -> str:
    """Return how an element comes into the right namespace, by how its document declares it."""
    parent = element.getparent()
    if parent is not None and (wrong or parent.nsmap.get(None)):
        return f'Take the declaration xmlns="{wrong}" out, here or in an element around it.'
    if parent is not None and parent.prefix and words.namespace(str(parent.tag)) == right:
        name = f"{parent.prefix}:{local_name(str(element.tag))}"
        return f"Write the prefix too: {tag(name)}."
    return f'Write xmlns="{right}" on the outermost element.'
