"""References from a document to register entries, and which entries a document names."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source


@dataclass(frozen=True)
class References:
    """The references of a document to registers in the folder ``base``, relative to it."""

    registers: Registers
    base: str

    def to(self, key: str) -> str:
        """Return the URI reference for the entry ``key`` (``file#id``)."""
        return f"{self.base}/{key}" if self.base else key

    def entry(self, reference: str) -> Entry | None:
        """Return the entry that one of the URI references in an attribute points to."""
        for part in reference.split():
            file, _, fragment = part.partition("#")
            target = posixpath.normpath(file)
            base = posixpath.normpath(self.base) if self.base else ""
            if base and base != ".":
                if not target.startswith(f"{base}/"):
                    continue
                target = target[len(base) + 1 :]
            if entry := self.registers.by_key.get(f"{target}#{fragment}"):
                return entry
        return None

    def named_in(self, source: Source) -> set[str]:
        """Return the keys of the entries that elements of the document refer to already."""
        found = (
            self.entry(element.attributes["ref"])
            for element in source.root.descendants()
            if "ref" in element.attributes
        )
        return {entry.key for entry in found if entry is not None}


def settle(candidates: tuple[Entry, ...], named: set[str]) -> Entry | None:
    """Return the entry meant: the only one, or the only one named elsewhere in the document."""
    if len(candidates) > 1:
        candidates = tuple(entry for entry in candidates if entry.key in named)
    return candidates[0] if len(candidates) == 1 else None


def is_full(entry: Entry, form: str) -> bool:
    """Tell whether the form is a full one for this entry."""
    return any(written.full for written in entry.forms if written.text == form)


def whole_name(
    text: str, element: Element, registers: Registers, scope: Scope
) -> tuple[str, tuple[Entry, ...]]:
    """Return the form that ``text`` as a whole is, and its entries of the element's kind.

    A leading article does not count.
    """
    words = " ".join(text.split())
    article, _, rest = words.partition(" ")
    spellings = [words, rest] if article in scope.articles else [words]
    for spelling in spellings:
        entries = tuple(
            entry
            for entry in registers.by_form.get(spelling, ())
            if element.name in ("name", "rs", scope.names[entry.kind])
        )
        if entries:
            return spelling, entries
    return words, ()
