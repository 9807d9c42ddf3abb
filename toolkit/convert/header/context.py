"""What the parts of the header are made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.convert.conventions.model import Convention, Statement
from toolkit.convert.metadata.fields import Reading, Value
from toolkit.convert.publication import Publication
from toolkit.convert.tree import Copy, Element, Node, Space, Span, Words
from toolkit.dates import normalise


@dataclass(frozen=True)
class Context:
    """All that the header of one document is made from."""

    text: str
    file: str
    """The name of the transcription, with its ending."""
    convention: Convention
    publication: Publication
    reading: Reading
    language: str
    roles: Mapping[str, list[Span]]
    """What the text says of sender (``sender``), recipient and so on."""
    heading: Span | None
    responsible: frozenset[str]
    """The names that ``resp`` attributes of the text point to."""
    classifications: tuple[tuple[Span, ...], ...]
    """The text of each classification in the opener: its secrecy, its urgency."""
    hands: frozenset[str]
    """The names that ``hand`` and ``new`` attributes of the text point to."""
    statements: tuple[Statement, ...]
    without_signs: Callable[[Span], Sequence[Span]]
    """Returns what is left of a stretch of the source without the signs of notation in it."""

    done: set[int] = field(default_factory=set)
    """The values that are written already, by where they begin."""

    def written(self, value: Value) -> list[Node]:
        """Return the nodes that write a value, and remember that it is written."""
        self.done.add(value.pieces[0].start)
        return list(value.pieces)

    def as_attribute(self, value: Value) -> bool:
        """Note that a value stands in an attribute alone; tell whether that may be."""
        span = value.span
        if span is None:
            return False
        self.done.add(span.start)
        self.reading.delimiter(span.start, span.end, "language tag")
        return True

    def left(self) -> Iterator[tuple[str, Value]]:
        """Yield the fields that no part of the header has written, with their names."""
        for name, values in self.reading.fields.items():
            for value in values:
                if value.pieces and value.pieces[0].start not in self.done:
                    yield name, value
        yield from self.reading.unknown

    def dated(self, name: str, value: Value) -> Element:
        """Return an element that writes a date, with its attributes where they are known."""
        found = normalise(value.text, self.language or "und")
        return Element(name, dict(found.of_element) if found else {}, self.written(value))

    def correspondent(self, said: str) -> str:
        """Return the name of the element for a correspondent, or for the place of one."""
        if any(post.fullmatch(said.strip()) for post in self.convention.posts):
            return "placeName"
        if any(person.fullmatch(said.strip()) for person in self.convention.persons):
            return "persName"
        is_organisation = any(p.search(said) for p in self.convention.organisations)
        return "orgName" if is_organisation else "persName"

    def copied(self, value: Value) -> list[Node]:
        """Return nodes that write a value again that is written elsewhere, signs left out."""
        nodes: list[Node] = []
        for piece in value.pieces:
            if isinstance(piece, Space):
                nodes.append(Words(piece.written))
                continue
            nodes += [Copy(kept.start, kept.end) for kept in self.without_signs(piece)]
        return nodes


def token(said: str) -> str:
    """Return words as a token for an attribute such as ``type``."""
    return re.sub(r"[^\w.]+", "-", said.strip().casefold()).strip("-.")
