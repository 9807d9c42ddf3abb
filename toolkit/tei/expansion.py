"""Where a document refers to the entities that it declares."""

from __future__ import annotations

from contextlib import suppress
from xml.parsers import expat

from toolkit.diagnostics import Position, SourceText
from toolkit.expressions import expression

_REFERENCE = expression("&([^#;][^;]*);")


class _Found(Exception):  # noqa: N818 (it is no error)
    """The reference has been found."""


def first_expansion(file: str, utf8: bytes, stopped: Position) -> Position:
    """Return the place of the first reference to an entity the document declares.

    In the text, a reference to an entity that holds references itself is preferred. Nothing is
    expanded there; in attributes expat's bounds hold.

    Args:
        file: names the document.
        utf8: the document in UTF-8.
        stopped: where libxml2 stopped, which counts lines and columns within the values of
            entities. It is returned if no reference is found.
    """
    return _in_text(file, utf8) or _before(utf8, stopped)


def _in_text(file: str, utf8: bytes) -> Position | None:
    scanner = expat.ParserCreate("utf-8")
    nested: set[str] = set()
    declared: set[str] = set()
    places: list[Position] = []

    def on_declaration(name: str, _is_parameter: bool, value: str | None, *_rest: object) -> None:
        declared.add(name)
        if value and _REFERENCE.search(value):
            nested.add(name)

    # Set as default handler, it is given references as they are written: none is expanded.
    def on_the_rest(written: str) -> None:
        reference = _REFERENCE.fullmatch(written)
        if reference is None or reference[1] not in declared:
            return
        place = Position(file, scanner.CurrentLineNumber, scanner.CurrentColumnNumber + 1)
        if reference[1] in nested:
            places.insert(0, place)
            raise _Found
        if not places:
            places.append(place)

    scanner.EntityDeclHandler = on_declaration
    scanner.DefaultHandler = on_the_rest
    with suppress(expat.ExpatError, _Found):
        scanner.Parse(utf8, True)
    return places[0] if places else None


def _before(utf8: bytes, stopped: Position) -> Position:
    """Return the place of the reference that ends at ``stopped``, or ``stopped``."""
    source = SourceText(stopped.file, utf8.decode("utf-8", "replace"))
    end = source.offset(stopped.line, stopped.column)
    start = source.text.rfind("&", 0, end)
    if start < 0 or not _REFERENCE.fullmatch(source.text, start, end):
        return stopped
    return source.position(start)
