"""What registers hold: their entries, what names them, and what is amiss with them.

What an entry is and what names it is data: ``schemas/registers.json``. TEI Guidelines, chapter 14
(names, dates, people and places).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.resources import SCHEMAS
from toolkit.tei.names import XML_ID, local_name, tei
from toolkit.tei.parse import ParsedDocument
from toolkit.tei.positions import positions

if TYPE_CHECKING:
    from lxml import etree

# Whichever step reads the registers reports these, so they have the codes of validation.
ENTRY_WITHOUT_ID = Kind(
    "V401",
    "entry-without-id",
    Severity.WARNING,
    "An entry of a register has no xml:id, so nothing can point to it.",
)
ENTRY_WITHOUT_NAME = Kind(
    "V402",
    "entry-without-name",
    Severity.WARNING,
    "An entry of a register has no name, so it can neither be found nor shown.",
)


@dataclass(frozen=True, slots=True)
class EntryType:
    """An element that is an entry of a register.

    Attributes:
        kind: what the entry is: ``person``, ``place``, ``organisation``, ``event``, ``object``.
        names: groups of elements that may name it; the first it has any of does.
    """

    kind: str
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RegisterTypes:
    """What registers hold, by local name of the element.

    Attributes:
        entries: the elements that are entries.
        records: the elements in which an entry element without xml:id is only a mention.
        described_by: the elements that tell an entry from others of its name.
        not_matched: the ``type`` of a name that is not to be looked for in texts.
    """

    entries: Mapping[str, EntryType]
    records: frozenset[str]
    described_by: tuple[str, ...]
    not_matched: str


@cache
def register_types() -> RegisterTypes:
    """Return what registers hold (schemas/registers.json)."""
    data = json.loads((SCHEMAS / "registers.json").read_text(encoding="utf-8"))
    entries = {
        element: EntryType(entry["kind"], tuple(map(tuple, entry["names"])))
        for element, entry in data["entries"].items()
    }
    records = frozenset((*data["mentions"], *entries))
    return RegisterTypes(entries, records, tuple(data["described_by"]), data["not_matched"])


def register_files(folder: Path) -> tuple[Path, ...]:
    """Return the register files in ``folder`` and below, sorted; hidden ones do not count."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            path
            for path in folder.rglob("*")
            if path.suffix.lower() == ".xml" and not _is_hidden(path, folder) and path.is_file()
        )
    )


def entries_of(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the entries of a register in document order; mentions are left out."""
    types = register_types()
    for element in root.iter(*map(tei, types.entries)):
        if element.get(XML_ID) is not None or not any(
            local_name(str(ancestor.tag)) in types.records for ancestor in element.iterancestors()
        ):
            yield element


def names_of(entry: etree._Element) -> list[etree._Element]:
    """Return the children that name an entry, those without text left out."""
    for group in register_types().entries[local_name(str(entry.tag))].names:
        names = [name for name in entry.iterchildren(*map(tei, group)) if text_of(name)]
        if names:
            return names
    return []


def text_of(element: etree._Element) -> str:
    """Return the text of an element without notes, white space made single."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(_strings(element)).split())


def faults(document: ParsedDocument) -> Iterator[Diagnostic]:
    """Yield the entries that have no xml:id (V401) or no name (V402)."""
    for entry in entries_of(document.root):
        name = local_name(str(entry.tag))
        if not entry.get(XML_ID):
            yield ENTRY_WITHOUT_ID.at(
                positions(document).element(entry),
                f"this `<{name}>` has no xml:id",
                'Give it one, such as xml:id="surname".',
            )
        if not names_of(entry):
            wanted = register_types().entries[name].names[0][0]
            yield ENTRY_WITHOUT_NAME.at(
                positions(document).element(entry),
                f"this `<{name}>` has no name",
                f"Give it a `<{wanted}>` for each written form.",
            )


def _strings(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag != tei("note"):
            yield from _strings(child)
        if child.tail:
            yield child.tail


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
