"""What editors have decided about the names of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from toolkit.annotate.decisions import Decision, Decisions, Passage, Place, context, passage
from toolkit.annotate.flows import Flow
from toolkit.annotate.forms import FormMatch


@dataclass(frozen=True)
class Editor:
    """What the editors say about the names of the document that they call ``name``."""

    name: str
    decisions: Decisions
    only_certain: bool

    @property
    def decides_here(self) -> bool:
        """Whether anything is decided about this document alone, or places in it."""
        return bool(self.decisions.forms_in(self.name))

    def place_of(self, flow: Flow, match: FormMatch) -> Place:
        """Return the place of a form in a text, as decisions tell it."""
        return self.place(flow, *extent(flow, match))

    def place(self, flow: Flow, start: int, end: int) -> Place:
        """Return the place of a part of a text, as decisions tell it."""
        return Place(self.name, *context(flow.text, start, end))

    def placed(
        self, flows: Iterable[Flow], find: Callable[[Flow, bytearray | None], Iterable[FormMatch]]
    ) -> Mapping[tuple[str, Place], Decision]:
        """Return the decisions about places, by form and place as they are now, tagged or not."""
        forms = self.decisions.forms_at_places(self.name)
        places: dict[str, dict[Place, Passage]] = {form: {} for form in forms}
        for flow in flows if forms else ():
            for match in find(flow, None):
                if match.form in places:
                    around = passage(flow.text, *extent(flow, match))
                    places[match.form][self.place_of(flow, match)] = around
        return self._decided_at(places)

    def placed_in_header(
        self, names: Iterable[tuple[str, Place]]
    ) -> Mapping[tuple[str, Place], Decision]:
        """Return the decisions about places in the header, by the form and the place there now."""
        places: dict[str, dict[Place, Passage]] = {}
        for form, place in names:
            places.setdefault(form, {})[place] = place.before, place.after
        return self._decided_at(places)

    def _decided_at(
        self, places: Mapping[str, Mapping[Place, Passage]]
    ) -> Mapping[tuple[str, Place], Decision]:
        return {
            (form, place): decision
            for form, there in places.items()
            for place, decision in self.decisions.placed(form, self.name, there).items()
        }


def extent(flow: Flow, match: FormMatch) -> tuple[int, int]:
    """Return where a form begins and ends, its inflection left out (“Müller” in “Müllers”).

    An editor sees the ending behind the form, as it stands in the text.
    """
    is_written = match.inflected and flow.text.startswith(match.form, match.start)
    return match.start, match.start + len(match.form) if is_written else match.end
