"""A grammar as one document uses it: what its names are, and what is likely meant in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.tei.names import TEI_NAMESPACE, local_name
from toolkit.validate.grammar import words
from toolkit.validate.grammar.findings import UNKNOWN_ELEMENT, WRONG_NAMESPACE, Finding
from toolkit.validate.grammar.model import Model
from toolkit.validate.grammar.words import tag, tags


@dataclass
class DocumentGrammar:
    """A grammar and what is known of the document that is followed with it.

    ``used`` counts the elements of the document by name.
    """

    model: Model
    used: Counter[object]
    _namespaces: dict[str, str] = field(default_factory=dict)
    _guesses: dict[tuple[object, ...], str | None] = field(default_factory=dict)

    def name(self, element: etree._Element) -> str:
        """Return the element's name; a wrong namespace already told of counts as the right one."""
        name = str(element.tag)
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
        same = self.same_name(name)
        if same and words.namespace(name) not in self._namespaces:
            return self.wrong_namespace(element, name, same), same
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


def _in_namespace(namespace: str, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local
