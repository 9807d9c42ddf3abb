"""References from a document to register entries, and which entries a document names."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote

from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Source
from toolkit.annotate.usage import Usage


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
        base = posixpath.normpath(unquote(self.base)) if self.base else "."
        for part in reference.split():
            file, _, identifier = part.partition("#")
            target = posixpath.normpath(unquote(file))
            if base != ".":
                if not target.startswith(f"{base}/"):
                    continue
                target = target[len(base) + 1 :]
            if entry := self.registers.by_key.get(f"{target}#{unquote(identifier)}"):
                return entry
        return None

    def entry_of(self, reference: str) -> Entry | None:
        """Return the entry that an attribute points to, or the only one with its identifier.

        Editions that lie elsewhere point to the registers by paths of their own.
        """
        found = self.entry(reference)
        for part in () if found else reference.split():
            found = found or self.registers.by_id.get(unquote(part.rpartition("#")[2]))
        return found

    def named_in(self, source: Source) -> set[str]:
        """Return the keys of the entries that elements of the document refer to already."""
        found = (
            self.entry(element.attributes["ref"])
            for element in source.elements
            if "ref" in element.attributes
        )
        return {entry.key for entry in found if entry is not None}


def settle(form: str, candidates: tuple[Entry, ...], named: set[str], usage: Usage) -> Entry | None:
    """Return the entry that a form means.

    It is the only one, or the only one named elsewhere in the document, or the one that editors
    clearly mean by it most often.
    """
    if len(candidates) > 1:
        here = tuple(entry for entry in candidates if entry.key in named)
        usual = usage.usual(form)
        candidates = here if len(here) == 1 else tuple(e for e in candidates if e.key == usual)
    return candidates[0] if len(candidates) == 1 else None


def whole_name(
    text: str, names: Collection[str], registers: Registers, scope: Scope
) -> tuple[str, tuple[Entry, ...]]:
    """Return the form that ``text`` as a whole is, and its entries.

    Only those entries count whose name is one of the elements ``names``. A leading article does
    not count.
    """
    words = " ".join(text.split())
    article, _, rest = words.partition(" ")
    spellings = [words, rest] if article in scope.articles else [words]
    for spelling in spellings:
        entries = tuple(
            entry
            for entry in registers.by_form.get(spelling, ())
            if scope.names[entry.kind] in names
        )
        if entries:
            return spelling, entries
    return words, ()
