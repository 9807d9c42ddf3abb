"""The publication as one document sees it.

A page shows its neighbours, not all the documents of the edition, and of the registers only what
it names. What it does not show cannot change it: so a page is made again only if something it shows
has changed, and little has to be handed to the process that makes it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from toolkit.publish.description import Description
from toolkit.publish.prepare import Pointers, entries_for
from toolkit.publish.publication import DocumentEntry, Publication, Register
from toolkit.publish.site import register_heading
from toolkit.tei.names import TEI_NAMESPACE


class Selection:
    """Cuts a publication down to what the page of one document shows."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication

    def for_document(self, description: Description) -> Publication:
        """Return the publication with all that the page of a document can show, and no more."""
        pointers = description.pointers
        linked = self._stems if pointers is None else self._stems & pointers.stems
        earlier, later = self._in_exchange.get(description.entry.stem, (None, None))
        return replace(
            self._publication,
            documents=self._around(description.entry),
            linked=tuple(sorted(linked)),
            registers=tuple(_cut(each, pointers) for each in self._registers),
            earlier=earlier,
            later=later,
        )

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(self._positions)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {entry.stem: at for at, entry in enumerate(self._publication.documents)}

    @cached_property
    def _in_exchange(self) -> dict[str, tuple[DocumentEntry | None, DocumentEntry | None]]:
        """The documents before and after each, between the same correspondents."""
        exchanges: dict[tuple[str, str], list[DocumentEntry]] = {}
        for entry in self._publication.documents:
            if entry.correspondents:
                exchanges.setdefault(entry.correspondents, []).append(entry)
        return {
            entry.stem: (earlier, later)
            for exchange in exchanges.values()
            for earlier, entry, later in zip(
                (None, *exchange), exchange, (*exchange[1:], None), strict=False
            )
        }

    @cached_property
    def _registers(self) -> tuple[Register, ...]:
        return tuple(
            replace(register, heading=register_heading(register))
            for register in self._publication.registers
        )

    def _around(self, entry: DocumentEntry) -> tuple[DocumentEntry, ...]:
        at = self._positions[entry.stem]
        return self._publication.documents[max(at - 1, 0) : at + 2]


def _cut(register: Register, pointers: Pointers | None) -> Register:
    if pointers is None:
        return register
    entries = b"".join(entries_for(pointers, register))
    content = f'<TEI xmlns="{TEI_NAMESPACE}">'.encode() + entries + b"</TEI>"
    return replace(register, content=content, file="")
