"""Where register entries are named: for the pages of registers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from toolkit.publish.citable import PREPARED_NAMESPACE
from toolkit.publish.site import PUBLICATION_NAMESPACE, pub
from toolkit.tei.names import tei

_BLOCKS = frozenset(
    map(
        tei,
        (
            *("p", "ab", "l", "head", "item", "cell", "speaker", "stage", "note", "addrLine"),
            *("salute", "signed", "dateline", "stamp", "quote", "bibl", "opener", "closer", "u"),
            *("correspAction", "titlePart", "trailer", "label", "desc", "title", "abstract"),
        ),
    )
)
_REACH = 60
_LEFT_OUT = frozenset(map(tei, ("note", "reg", "corr", "expan", "rdg", "fw")))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where an entry is named: the anchor in the page, and the words around it."""

    register: str
    entry: str
    anchor: str
    before: str
    name: str
    after: str
    language: str
    role: str


def occurrences_in(prepared: str) -> list[Occurrence]:
    """Return the places in a prepared document that lead to register entries, in order."""
    root = etree.fromstring(prepared.encode(), etree.XMLParser(huge_tree=True, collect_ids=False))
    found = []
    for element in root.iter(etree.Element):
        href = element.get(f"{{{PREPARED_NAMESPACE}}}href", "")
        anchor = element.get(f"{{{PREPARED_NAMESPACE}}}id", "")
        path, _, entry = href.partition(".html#")
        if path.startswith("registers/") and anchor:
            register = unquote(path.removeprefix("registers/"))
            found.append(_occurrence(element, register, entry, anchor))
    return found


def _occurrence(element: etree._Element, register: str, entry: str, anchor: str) -> Occurrence:
    block = next((up for up in element.iterancestors() if up.tag in _BLOCKS), element)
    parts = ["", "", ""]
    _gather(block, element, parts, 0)
    action = next((up for up in element.iterancestors(tei("correspAction"))), None)
    return Occurrence(
        register=register,
        entry=entry,
        anchor=anchor,
        before=_left(parts[0]) if action is None else "",
        name=" ".join(parts[1].split()) or entry,
        after=_right(parts[2]) if action is None else "",
        language=_language(element),
        role=action.get("type", "sent") if action is not None else "",
    )


def _gather(node: etree._Element, target: etree._Element, parts: list[str], at: int) -> int:
    """Collect the text before, in and after ``target``; return which of the three comes next."""
    if node is target:
        at = 1
    parts[at] += "[…]" if node.tag == tei("gap") else node.text or ""
    for child in node:
        if isinstance(child.tag, str) and not (child.tag in _LEFT_OUT and child is not target):
            at = _gather(child, target, parts, at)
        parts[at] += child.tail or ""
    return 2 if node is target else at


def _left(text: str) -> str:
    words = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    return words if len(words) <= _REACH else "… " + words[-_REACH:].partition(" ")[2]


def _right(text: str) -> str:
    words = (" " if text[:1].isspace() else "") + " ".join(text.split())
    return words if len(words) <= _REACH else words[:_REACH].rpartition(" ")[0] + " …"


def _language(element: etree._Element) -> str:
    name = f"{{{PREPARED_NAMESPACE}}}lang"
    chain = (element, *element.iterancestors())
    return next((e.get(name, "") for e in chain if e.get(name)), "")


def occurrences_xml(places: list[Occurrence]) -> str:
    """Return the occurrences in a document, by entry, as the document its stylesheet reads."""
    root = etree.Element(pub("occurrences"), nsmap={"pub": PUBLICATION_NAMESPACE})
    entries: dict[tuple[str, str], etree._Element] = {}
    for place in places:
        key = (place.register, place.entry)
        if key not in entries:
            entries[key] = etree.SubElement(
                root, pub("entry"), register=place.register, id=place.entry
            )
        at = etree.SubElement(entries[key], pub("at"), id=place.anchor)
        for name in ("before", "name", "after", "language", "role"):
            if getattr(place, name):
                at.set(name, getattr(place, name))
    return str(etree.tostring(root, encoding="unicode"))
