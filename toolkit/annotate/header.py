"""What annotation adds to the header: who is responsible, and what correspDesc leaves open."""

from __future__ import annotations

import re

from toolkit.annotate.dating import DATE_ATTRIBUTES, certainty
from toolkit.annotate.edits import Edit, Order, add_attributes, element_text
from toolkit.annotate.references import References, is_full, settle, whole_name
from toolkit.annotate.registers import Entry
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source, TextRun
from toolkit.dates import normalise

RESPONSIBLE = "toolkit"
_NAMES = frozenset({"persName", "placeName", "orgName", "name", "rs"})
_STEP = "  "


def linked_names(
    source: Source, references: References, scope: Scope, named: set[str]
) -> dict[Element, tuple[str, Entry]]:
    """Return the name elements of the toolkit without reference, with form and entry.

    The entries that are clear are put among the ``named``, and settle those that are not.
    """
    found: list[tuple[Element, str, tuple[Entry, ...]]] = []
    for element in source.root.descendants():
        if not _lacks_reference(element):
            continue
        text = source.text_of(element)
        form, entries = whole_name(text, element, references.registers, scope)
        if len(entries) == 1:
            named.add(entries[0].key)
        found.append((element, form, entries))
    settled = ((element, form, settle(entries, named)) for element, form, entries in found)
    return {element: (form, entry) for element, form, entry in settled if entry is not None}


def link(source: Source, references: References, element: Element, form: str, entry: Entry) -> Edit:
    """Return the insertion of a reference to ``entry`` into a name element."""
    attributes = {"ref": references.to(entry.key)}
    if "cert" not in element.attributes:
        attributes["cert"] = "high" if is_full(entry, form) else "medium"
    return add_attributes(source, element, attributes)


def dates_of_correspondence(
    source: Source, language: str, anchor: str | None
) -> list[tuple[Element, Edit]]:
    """Return the dates in ``correspAction`` that lack attributes, with what to insert."""
    found: list[tuple[Element, Edit]] = []
    for element in source.root.descendants():
        parent = element.parent
        if element.name != "date" or parent is None or parent.name != "correspAction":
            continue
        if not element.in_source or DATE_ATTRIBUTES & element.attributes.keys():
            continue
        language_here = element.attributes.get("xml:lang", language)
        read = normalise(source.text_of(element), language_here, anchor)
        if read is None:
            continue
        wanted = {
            **read.attributes,
            "resp": f"#{RESPONSIBLE}",
            "cert": certainty(read, anchor),
        }
        missing = {n: v for n, v in wanted.items() if n not in element.attributes}
        found.append((element, add_attributes(source, element, missing)))
    return found


def places_of_dispatch(
    source: Source,
    references: References,
    linked: dict[Element, tuple[str, Entry]],
) -> list[Edit]:
    """Return a placeName for each sending without one, where the sender is an organisation.

    The place is where the register says that the organisation sits. See the TEI Guidelines,
    2.4.6 Correspondence Description.
    """
    edits: list[Edit] = []
    for action in source.root.descendants():
        if action.name != "correspAction" or action.attributes.get("type") != "sent":
            continue
        inside = action.descendants()
        if any(element.name in ("placeName", "address", "p", "ab") for element in inside):
            continue
        senders = [e for e in action.elements() if e.name in _NAMES and e.in_source]
        entries = [_entry_of(element, references, linked) for element in senders]
        places = {entry.place for entry in entries if entry is not None}
        place = references.registers.by_key.get(places.pop() or "") if len(places) == 1 else None
        if place is None or None in entries:
            continue
        edits.append(_placename(source, references, senders[-1], place))
    return edits


def responsibility(source: Source) -> Edit | None:
    """Return a respStmt for the toolkit at the end of titleStmt; None if there is no titleStmt."""
    statement = next((e for e in source.root.descendants() if e.name == "titleStmt"), None)
    if statement is None or not statement.in_source or not statement.elements():
        return None
    last = statement.elements()[-1]
    if not last.in_source:
        return None
    space = _space_before(statement, last)
    prefix = source.prefix_at(statement)
    inner = space + _STEP if "\n" in space else ""
    text = (
        f'{space}<{prefix}respStmt xml:id="{RESPONSIBLE}">'
        f"{inner}{element_text(prefix + 'resp', {}, 'annotation by rule')}"
        f"{inner}{element_text(prefix + 'name', {}, 'TEI toolkit')}"
        f"{space if inner else ''}</{prefix}respStmt>"
    )
    return Edit(last.end, Order.WHOLE, text, adds_text=True)


def _lacks_reference(element: Element) -> bool:
    attributes = element.attributes
    return (
        element.name in _NAMES
        and element.in_source
        and f"#{RESPONSIBLE}" in attributes.get("resp", "").split()
        and "ref" not in attributes
        and "key" not in attributes
    )


def _entry_of(
    element: Element, references: References, linked: dict[Element, tuple[str, Entry]]
) -> Entry | None:
    if element in linked:
        return linked[element][1]
    return references.entry(element.attributes.get("ref", ""))


def _placename(source: Source, references: References, after: Element, place: Entry) -> Edit:
    attributes = {
        "ref": references.to(place.key),
        "resp": f"#{RESPONSIBLE}",
        "cert": "medium",
        "evidence": "external",
    }
    parent = after.parent
    space = _space_before(parent, after) if parent is not None else ""
    name = f"{source.prefix_at(after)}placeName"
    text = space + element_text(name, attributes, place.preferred)
    return Edit(after.end, Order.WHOLE, text, adds_text=True)


def _space_before(parent: Element, child: Element) -> str:
    """Return the white space of the file between the child and what is before it."""
    text = ""
    for sibling in parent.children[: parent.children.index(child)]:
        text = text + sibling.text if isinstance(sibling, TextRun) else ""
    return text if re.fullmatch(r"\s*", text) else ""
