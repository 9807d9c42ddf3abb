"""Setting tags around what was found, where a tag may stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from toolkit.annotate.edits import Edit, wrap
from toolkit.annotate.flows import Flow, ends, is_added, is_first_sight
from toolkit.annotate.kinds import CROSSING, NOT_ALLOWED
from toolkit.annotate.placing import Placement, Refusal, place
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import CDATA, Element, Source
from toolkit.diagnostics import Diagnostic, Kind, Position, SourceText


@dataclass(frozen=True)
class Found:
    """A name or date in a flow: the characters from ``start`` up to ``end`` of its text."""

    start: int
    end: int
    name: str
    attributes: dict[str, str]


class Tagger:
    """Collects the edits that tag a document, and what is to be said about it.

    ``file`` is the name of the document's file; ``counts`` says how many elements of each name were
    added or completed.
    """

    def __init__(self, file: str, source: Source, scope: Scope) -> None:
        self.file = file
        self._source = source
        self._scope = scope
        self._ranges = Ranges()
        self.edits: list[Edit] = []
        self.diagnostics: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()

    @cached_property
    def _text(self) -> SourceText:
        return SourceText(self.file, self._source.content)

    def can_stand(self, flow: Flow, start: int, end: int, name: str) -> bool:
        """Tell whether an element may hold these characters, and none that names does yet."""
        if not is_first_sight(flow, start, end) or flow.tagged.find(1, start, end) >= 0:
            return False
        first, last = ends(flow, start, end)
        return isinstance(place(self._source, self._scope, first, last, name), Placement)

    def added_around(self, flow: Flow, start: int, end: int) -> Element | None:
        """Return the name that annotation has tagged around these characters."""
        if flow.tagged.find(1, start, end) < 0:
            return None
        element: Element | None = self._source.element_at(ends(flow, start, end)[0])
        while element is not None and not is_added(element, self._scope):
            element = element.parent
        return element

    def text_of(self, element: Element) -> str:
        """Return the text of an element, in one line."""
        return " ".join(self._source.text_of(element).split())

    def position_of(self, offset: int) -> Position:
        """Return the position of an offset in the source, such as the start of an element."""
        return self._text.position(offset)

    def tag(self, flow: Flow, found: Found) -> bool:
        """Tag what was found; tell whether it stands there, tagged or not possible to tag."""
        if not is_first_sight(flow, found.start, found.end):
            return False
        if flow.tagged.find(1, found.start, found.end) >= 0:
            return True
        first, last = ends(flow, found.start, found.end)
        placement = place(self._source, self._scope, first, last, found.name)
        if placement is Refusal.TAKEN:
            return False
        if isinstance(placement, Refusal):
            self._refuse(flow, found, placement)
            return True
        if not self._ranges.add(placement.start, placement.end):
            return False
        self._insert(placement, found)
        return True

    def _insert(self, placement: Placement, found: Found) -> None:
        name = self._source.prefix_at(placement.parent) + found.name
        self.edits += wrap(name, found.attributes, placement.start, placement.end)
        self.counts[found.name] += 1

    def _refuse(self, flow: Flow, found: Found, refusal: Refusal) -> None:
        shown = " ".join(flow.text[found.start : found.end].split())
        parent = self._source.element_at(ends(flow, found.start, found.end)[0]).name
        if refusal is Refusal.CROSSING:
            message = f"“{shown}” crosses the border of an element and was not tagged"
            hint = "Move the tag so that it holds the whole of it, or tag it by hand."
            self.report(CROSSING, flow, found.start, message, hint)
        elif parent == CDATA:
            message = f"“{shown}” was not tagged: it stands in a CDATA section, which holds no tags"
            hint = "Write the text without <![CDATA[ … ]]>, with &lt; and &amp;, if it is to be."
            self.report(NOT_ALLOWED, flow, found.start, message, hint)
        else:
            message = f"“{shown}” was not tagged: no {found.name} may stand here (in {parent})"
            self.report(NOT_ALLOWED, flow, found.start, message, "Tag it by hand if need be.")

    def report(self, kind: Kind, flow: Flow, start: int, message: str, hint: str) -> None:
        """Say something about the character at ``start`` of a flow's text."""
        self.diagnostics.append(kind.at(self.position(flow, start), message, hint))

    def position(self, flow: Flow, start: int) -> Position:
        """Return where the character at ``start`` of a flow's text stands in the file."""
        first, _last = ends(flow, start, start + 1)
        return self._text.position(self._source.offset_near(first))
