"""What annotation adds to the header: who is responsible, and what correspDesc leaves open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator

from toolkit.annotate import contradictions
from toolkit.annotate.calendar_description import CalendarDescription
from toolkit.annotate.dating import DATE_ATTRIBUTES, certainty
from toolkit.annotate.decisions import Decision, Place, shortened
from toolkit.annotate.edits import Edit, Order, add_attributes, element_text, rename, wrap
from toolkit.annotate.flows import RESPONSIBLE, is_added
from toolkit.annotate.judging import Ranked, is_beyond_doubt, rank, settle, sort_of
from toolkit.annotate.open_names import OpenName, Reason, candidates
from toolkit.annotate.references import References, is_in_header, is_whole_name
from toolkit.annotate.registers import Entry, Registers
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import Element, Source
from toolkit.annotate.whole_names import WholeName, whole_name
from toolkit.dates import normalise

_NAMES = frozenset({"persName", "placeName", "orgName", "name", "rs"})
_STEP = "  "
_REASONS = {0: Reason.NO_ENTRY, 1: Reason.UNCERTAIN}
"""Why a name is left open, by the number of its candidates, if these are not several."""


Decided = Callable[[str, Place], Decision | None]
"""What editors have decided about a form at a place."""


def linked_names(
    source: Source,
    references: References,
    scope: Scope,
    named: set[str],
    decided: Decided,
    file: str,
    *,
    only_certain: bool = False,
) -> dict[Element, tuple[WholeName, Entry]]:
    """Return the elements that are a name as a whole and want a reference, with form and entry.

    They are the name elements of the toolkit, and the authors and editors without any markup. The
    entries that are clear are put among the ``named``, and settle those that are not. With
    ``only_certain`` a reference is only wanted where it is beyond doubt.
    """
    found: list[tuple[Element, WholeName]] = []
    holders = frozenset[str]().union(*scope.holders.values())
    for element in source.elements_named(_NAMES | holders):
        if _lacks_reference(element):
            names = _possible(element, scope)
        elif _is_plain_holder(element, scope):
            names = scope.held
        else:
            continue
        name = _named_by(element, names, source, references.registers, scope)
        decision = decided(name.asked, _place(source, element, name.asked, file))
        if decision is not None:
            entry = references.registers.by_key.get(decision.entry or "")
            fits = entry is not None and scope.names[entry.kind] in names
            name = WholeName(name.asked, name.asked, (entry,) if entry is not None and fits else ())
        if name.entries:
            found.append((element, name))
    return _settled(found, references, named, only_certain=only_certain)


def _settled(
    found: list[tuple[Element, WholeName]],
    references: References,
    named: set[str],
    *,
    only_certain: bool,
) -> dict[Element, tuple[WholeName, Entry]]:
    """Return what is clear, what that settles, and so on; each is then ``named``."""
    linked: dict[Element, tuple[WholeName, Entry]] = {}
    before = -1
    while len(linked) > before:
        before = len(linked)
        for element, name in found:
            if element not in linked:
                ranked = _ranked(name, named, references.registers)
                entry = settle(ranked)
                sort = sort_of(name.form, references.registers)
                is_certain = not name.may_be_other and is_beyond_doubt(ranked, named, sort)
                if entry is not None and (is_certain or not only_certain):
                    linked[element] = name, entry
        named.update(entry.key for _, entry in linked.values())
    return linked


def open_names(
    source: Source,
    references: References,
    scope: Scope,
    linked: Container[Element],
    decided: Decided,
    file: str,
) -> Iterator[OpenName]:
    """Yield the name elements of the toolkit that no register has, or that several entries have."""
    kinds = {name: kind for kind, name in scope.names.items()}
    for element in source.elements_named(_NAMES):
        if element in linked or not _lacks_reference(element):
            continue
        possible = (
            (kinds[element.name],) if element.name in kinds else tuple(sorted(kinds.values()))
        )
        names = _possible(element, scope)
        name = _named_by(element, names, source, references.registers, scope)
        form, place = name.asked, _place(source, element, name.asked, file)
        if not form or form in references.registers.decided or decided(form, place) is not None:
            continue
        found = candidates(_ranked(name, (), references.registers)) if name.entries else ()
        reason = _REASONS.get(len(found), Reason.SEVERAL_ENTRIES)
        line = source.content.count("\n", 0, element.start) + 1
        around = _around(source, element, form)
        yield OpenName(form, reason, found, possible, file, line, *around, element.name)


def _possible(element: Element, scope: Scope) -> frozenset[str]:
    """Return the names that an element of the toolkit may have.

    Who sends or receives may be a person, a place or an organisation, and may have become what it
    is for want of a register: the entry that is meant says what it is.
    """
    every = frozenset(scope.names.values())
    if element.name in ("name", "rs") or _is_correspondent(element):
        return every
    return every & {element.name}


def _is_correspondent(element: Element) -> bool:
    return element.parent is not None and element.parent.name == "correspAction"


def _named_by(
    element: Element, names: frozenset[str], source: Source, registers: Registers, scope: Scope
) -> WholeName:
    """Return the form that an element consists of, and its entries: those of its kind if any."""
    text = source.text_of(element)
    name = whole_name(text, names & {element.name}, registers, scope)
    return name if name.entries else whole_name(text, names, registers, scope)


def _ranked(name: WholeName, named: Collection[str], registers: Registers) -> tuple[Ranked, ...]:
    return rank(name.form, name.entries, named, registers, called=name.called)


def places_of_names(
    source: Source, registers: Registers, scope: Scope, file: str
) -> Iterator[tuple[str, Place]]:
    """Yield the names that fields of the header consist of, linked or not, with their places."""
    holders = frozenset[str]().union(*scope.holders.values())
    for element in source.elements_named(_NAMES | holders):
        if _lacks_reference(element) or (is_in_header(element) and is_whole_name(element, scope)):
            names = _possible(element, scope) if element.name in _NAMES else scope.held
            form = _named_by(element, names, source, registers, scope).asked
            yield form, _place(source, element, form, file)


def decided_names(
    source: Source, registers: Registers, scope: Scope, decided: Decided, file: str
) -> Iterator[contradictions.Decided]:
    """Yield what is decided about the names that fields of the header consist of."""
    for element in source.elements_with("resp"):
        if is_added(element, scope) and is_whole_name(element, scope):
            form = _named_by(element, _possible(element, scope), source, registers, scope).asked
            decision = decided(form, _place(source, element, form, file))
            if decision is not None or form in registers.decided:
                key = registers.decided.get(form) if decision is None else decision.entry
                yield contradictions.Decided(element.first, element.last - 1, key)


def not_fitting(
    source: Source,
    references: References,
    scope: Scope,
    linked: Container[Element],
    decided: Decided,
    file: str,
) -> Iterator[tuple[Element, str, Entry]]:
    """Yield the name elements of the toolkit that are decided to mean what they cannot name."""
    registers = references.registers
    for element in source.elements_named(_NAMES):
        if element in linked or not _lacks_reference(element):
            continue
        form = whole_name(
            source.text_of(element), frozenset(scope.names.values()), registers, scope
        ).asked
        decision = decided(form, _place(source, element, form, file))
        key = decision.entry if decision is not None else registers.decided.get(form)
        entry = registers.by_key.get(key or "")
        if entry is not None and scope.names[entry.kind] not in _possible(element, scope):
            yield element, form, entry


def named_in_full(source: Source, registers: Registers, scope: Scope) -> Iterator[str]:
    """Yield the keys of the entries that editors name in full in the header without a reference."""
    for element in source.elements_named(frozenset(scope.names.values())):
        if element.attributes.keys() & {"ref", "key", "resp"} or not is_in_header(element):
            continue
        whole = whole_name(source.text_of(element), frozenset({element.name}), registers, scope)
        if len(whole.entries) == 1 and not whole.may_be_other:
            (entry,) = whole.entries
            if registers.is_sure(whole.form, entry):
                yield entry.key


def _place(source: Source, element: Element, form: str, file: str) -> Place:
    """Return the place of a name in the header, as decisions tell it."""
    return Place(file, *shortened(*_around(source, element, form)))


def _around(source: Source, element: Element, form: str) -> tuple[str, str]:
    """Return what stands before and after a form: what it is the name of, titles and offices."""
    parent = element.parent
    kind = parent.attributes.get("type") if parent else None
    text = " ".join(source.text_of(element).split())
    before, _, after = text.partition(form) if form and form in text else ("", "", "")
    return f"<{parent.name if parent else ''}{f' {kind}' if kind else ''}> {before}", after


def link(
    source: Source,
    references: References,
    scope: Scope,
    element: Element,
    whole: WholeName,
    entry: Entry,
) -> tuple[str, tuple[Edit, ...]]:
    """Return the insertion of a reference to ``entry``, and the name of the element that has it.

    A name element gets it itself, and becomes that of the entry's kind; the text of another is put
    into a name element.
    """
    attributes = {"ref": references.to(entry.key)}
    name = scope.names[entry.kind]
    renamed = element.name in scope.names.values() and element.name != name
    registers = references.registers
    is_sure = registers.is_sure(whole.form, entry) and (
        not renamed or whole.form in registers.decided
    )
    certainty = "low" if whole.may_be_other else "high" if is_sure else "medium"
    if element.name in _NAMES:
        if "cert" not in element.attributes:
            attributes["cert"] = certainty
        edits = (add_attributes(source, element, attributes),)
        if renamed:
            return name, (*rename(source, element, name), *edits)
        return element.name, edits
    text = source.text_of(element)
    start = source.start_of(element.first + len(text) - len(text.lstrip()))
    end = source.end_of(element.last - 1 - len(text) + len(text.rstrip()))
    if start is None or end is None:
        return name, ()
    attributes |= {"resp": f"#{RESPONSIBLE}", "cert": certainty}
    return name, wrap(source.prefix_at(element) + name, attributes, start, end)


def dates_of_correspondence(
    source: Source, language: str, anchor: str | None, calendars: CalendarDescription
) -> list[tuple[Element, Edit]]:
    """Return the dates in ``correspAction`` that lack attributes, with what to insert."""
    found: list[tuple[Element, Edit]] = []
    for element in source.elements_named(("date",)):
        parent = element.parent
        if parent is None or parent.name != "correspAction":
            continue
        if not element.in_source or DATE_ATTRIBUTES & element.attributes.keys():
            continue
        language_here = element.attributes.get("xml:lang", language)
        read = normalise(source.text_of(element), language_here, anchor)
        if read is None:
            continue
        wanted = {
            **calendars.attributes_of(read),
            "resp": f"#{RESPONSIBLE}",
            "cert": certainty(read, anchor),
        }
        missing = {n: v for n, v in wanted.items() if n not in element.attributes}
        found.append((element, add_attributes(source, element, missing)))
    return found


def places_of_dispatch(
    source: Source,
    references: References,
    linked: dict[Element, tuple[WholeName, Entry]],
) -> list[Edit]:
    """Return a placeName for each sending without one, where the sender is an organisation.

    The place is where the register says that the organisation sits. See the TEI Guidelines,
    2.4.6 Correspondence Description.
    """
    edits: list[Edit] = []
    for action in source.elements_named(("correspAction",)):
        if action.attributes.get("type") != "sent":
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
    statement = next(iter(source.elements_named(("titleStmt",))), None)
    if statement is None or not statement.in_source or not statement.elements():
        return None
    last = statement.elements()[-1]
    if not last.in_source:
        return None
    space = source.space_before(last)
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
    if RESPONSIBLE not in element.tag.markup:
        return False
    attributes = element.attributes
    return (
        element.name in _NAMES
        and element.in_source
        and f"#{RESPONSIBLE}" in attributes.get("resp", "").split()
        and "ref" not in attributes
        and "key" not in attributes
    )


def _is_plain_holder(element: Element, scope: Scope) -> bool:
    """Tell whether the text of an element is a name as a whole, with no markup yet."""
    parent = element.parent
    return (
        parent is not None
        and element.name in scope.holders.get(parent.name, ())
        and element.in_source
        and not element.elements()
        and not {"ref", "key"} & element.attributes.keys()
    )


def _entry_of(
    element: Element, references: References, linked: dict[Element, tuple[WholeName, Entry]]
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
    space = source.space_before(after)
    name = f"{source.prefix_at(after)}placeName"
    text = space + element_text(name, attributes, place.preferred)
    return Edit(after.end, Order.WHOLE, text, adds_text=True)
