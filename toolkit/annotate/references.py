"""References from a document to register entries, and which entries a document names."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from toolkit.annotate.flows import is_added
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source


@dataclass(frozen=True)
class References:
    """The references of a document to registers.

    ``base`` is the URI reference to their folder, relative to the document.
    """

    registers: Registers
    base: str

    def to(self, key: str) -> str:
        """Return the URI reference for the entry ``key`` (``file#id``)."""
        file, _, identifier = key.rpartition("#")
        written = f"{quote(file)}#{identifier}"
        return f"{self.base}/{written}" if self.base else written

    def entry(self, reference: str) -> Entry | None:
        """Return the entry that one of the URI references in an attribute points to."""
        for part in reference.split():
            key = self._key(part)
            if key and (entry := self.registers.by_key.get(key)):
                return entry
        return None

    def is_lost(self, reference: str) -> bool:
        """Tell whether all that an attribute points to are entries that are not there any more.

        Of register files that cannot be read it is not known.
        """
        return bool(reference.split()) and all(map(self._is_lost, reference.split()))

    def _is_lost(self, pointer: str) -> bool:
        key = self._key(pointer)
        if not key or key in self.registers.by_key:
            return False
        file = key.partition("#")[0]
        is_register = self._base != "." or file in {each.file for each in self.registers.entries}
        return is_register and file not in self.registers.unreadable

    def _key(self, pointer: str) -> str | None:
        """Return the key that a pointer into the folder of the registers would be of."""
        file, _, identifier = pointer.partition("#")
        target = posixpath.normpath(unquote(file))
        if self._base != ".":
            if not target.startswith(f"{self._base}/"):
                return None
            target = target[len(self._base) + 1 :]
        return f"{target}#{unquote(identifier)}"

    @cached_property
    def _base(self) -> str:
        return posixpath.normpath(unquote(self.base)) if self.base else "."

    def entries_of(self, reference: str) -> tuple[Entry, ...]:
        """Return all entries that an attribute points to: “the Toynbees” are two."""
        found = (self.entry_of(part) for part in reference.split())
        return tuple(dict.fromkeys(entry for entry in found if entry is not None))

    def entry_of(self, reference: str) -> Entry | None:
        """Return the entry that an attribute points to, or the only one with its identifier.

        Editions that lie elsewhere point to the registers by paths of their own.
        """
        if reference not in self._known:
            found = self.entry(reference)
            for part in () if found else reference.split():
                found = found or self.registers.by_id.get(unquote(part.rpartition("#")[2]))
            self._known[reference] = found
        return self._known[reference]

    @cached_property
    def _known(self) -> dict[str, Entry | None]:
        """What references point to, as far as asked for: a document repeats them."""
        return {}

    def named_in(self, source: Source, scope: Scope) -> set[str]:
        """Return the keys of the entries that editors, or the header, refer to already.

        What annotation has tagged in the text does not count: a second run sees the same.
        """
        return self._named_by(
            element
            for element in source.elements_with("ref")
            if (not is_added(element, scope) or is_whole_name(element, scope))
        )

    def named_in_header(self, source: Source) -> set[str]:
        """Return the keys of the entries that the header refers to."""
        return self._named_by(filter(is_in_header, source.elements_with("ref")))

    def _named_by(self, elements: Iterable[Element]) -> set[str]:
        found = (self.entry_of(element.attributes["ref"]) for element in elements)
        return {entry.key for entry in found if entry is not None}


def is_whole_name(element: Element, scope: Scope) -> bool:
    """Tell whether this is a name that a field of the header consists of, not one in a text."""
    if element.parent is not None and element.parent.name == "correspAction":
        return True
    return is_in_header(element) and not _is_in(element, scope.header)


def is_in_header(element: Element) -> bool:
    """Tell whether an element is in the header of the document."""
    return _is_in(element, frozenset({"teiHeader"}))


def _is_in(element: Element, names: Collection[str]) -> bool:
    parent: Element | None = element
    while parent is not None:
        if parent.name in names:
            return True
        parent = parent.parent
    return False
