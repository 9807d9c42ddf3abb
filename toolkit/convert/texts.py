"""The texts of a TEI document as the ledger counts them: of the header, its fields and the text.

White space is layout, and not counted, where it stands alone in an element that holds no text of
its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from toolkit.convert.tree import STRUCTURAL
from toolkit.tei.names import TEI_NAMESPACE

_SEPARATOR = " "
_PLACES = {
    f"{TEI_NAMESPACE}{_SEPARATOR}teiHeader": "header",
    f"{TEI_NAMESPACE}{_SEPARATOR}text": "text",
}


@dataclass(frozen=True, slots=True)
class Field:
    """An element of the header that holds text: from ``start`` to ``end`` of the header's text.

    Names in the path are numbered among those of the same name, so that an element of another
    name that is added changes no path.
    """

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of the header (``header``) and of the ``text`` element, and the header's fields."""

    streams: Mapping[str, str]
    fields: Sequence[Field]

    def field_texts(self) -> Mapping[str, str]:
        """Return the text of each field by its path."""
        header = self.streams["header"]
        return {field.path: header[field.start : field.end] for field in self.fields}


def read_texts(utf8: bytes) -> Texts:
    """Return the texts of a document, which is in UTF-8 whatever it declares.

    Raises:
        xml.parsers.expat.ExpatError: it is not well-formed.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.CommentHandler = reader.beside_text
    parser.ProcessingInstructionHandler = reader.beside_text
    parser.Parse(utf8, True)
    return Texts({name: "".join(parts) for name, parts in reader.parts.items()}, reader.fields)


class _Reader:
    """The handlers of one expat run."""

    def __init__(self) -> None:
        self.parts: dict[str, list[str]] = {"header": [], "text": []}
        self.fields: list[Field] = []
        self._open: list[str] = []
        self._place = ""
        self._read: set[str] = set()
        self._into: list[str] = []
        self._at = 0
        self._paths: list[tuple[str, dict[str, int]]] = []
        """The open elements of the header that may hold fields, with the names in them."""
        self._field: tuple[int, str, int] | None = None
        """The depth, path and start of the field that is open."""

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        local = name.rpartition(_SEPARATOR)[2]
        depth = len(self._open)
        self._open.append(local)
        if depth == 1:
            self._begin(_PLACES.get(name, ""))
        elif self._place == "header" and self._field is None:
            self._in_header(local, depth)

    def end(self, _name: str) -> None:
        self._open.pop()
        depth = len(self._open)
        if depth == 1:
            self._place = ""
        if self._place != "header":
            return
        if self._field is None:
            self._paths.pop()
        elif self._field[0] == depth:
            self.fields.append(Field(*self._field[1:], self._at))
            self._field = None

    def characters(self, text: str) -> None:
        if self._place and not (self._open[-1] in STRUCTURAL and text.isspace()):
            self._into.append(text)
            self._at += len(text)

    def beside_text(self, *_: str) -> None:
        """Part the text before a comment or processing instruction from the text after it."""

    def _begin(self, place: str) -> None:
        if place and place not in self._read:
            self._read.add(place)
            self._place, self._into, self._at = place, self.parts[place], 0
            self._paths = [("", {})]

    def _in_header(self, name: str, depth: int) -> None:
        path, counts = self._paths[-1]
        counts[name] = counts.get(name, 0) + 1
        number = f"[{counts[name]}]" if counts[name] > 1 else ""
        here = f"{path}/{name}{number}" if path else f"{name}{number}"
        if name in STRUCTURAL:
            self._paths.append((here, {}))
        else:
            self._field = depth, here, self._at
