"""The mistakes that a careless editor makes: each yields documents with one of them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.resources import SCHEMAS
from toolkit.tei.names import XML_ID, tei

_HABITS: dict[str, str] = json.loads(
    (SCHEMAS / "validation" / "usage.json").read_text(encoding="utf-8")
)["habits"]


Path = tuple[int, ...]


@dataclass(frozen=True)
class Spoilt:
    """A document with one mistake.

    ``places`` are the elements at which, or in which directly, a finding may rightly stand.
    """

    text: str
    mistake: str
    places: frozenset[Path]


Slip = Callable[[etree._Element, random.Random], Sequence[etree._Element] | None]


def spoilt(source: bytes, slip: Slip, number: int, chance: random.Random) -> Spoilt | None:
    """Return the document with a slip made at its element of this number; None if it cannot be."""
    root = etree.fromstring(source)
    element = list(root.iter(etree.Element))[number]
    said = etree.tostring(element, with_tail=False, encoding="unicode")[:60]
    places = slip(element, chance)
    if places is None:
        return None
    text = etree.tostring(root, encoding="unicode")
    return Spoilt(text, f"{slip.__name__} at {said}", frozenset(map(path_of, places)))


def path_of(element: etree._Element) -> Path:
    """Return where an element stands: the numbers of those around it, and its own, by parent."""
    lineage = [element, *element.iterancestors()]
    return tuple(sum(1 for _ in each.itersiblings(preceding=True)) for each in reversed(lineage))


def _around(element: etree._Element) -> list[etree._Element]:
    """Return an element, what stands beside it, and its parent."""
    near = [element, element.getprevious(), element.getnext(), element.getparent()]
    return [each for each in near if each is not None]


def _slip_of(word: str, chance: random.Random) -> str:
    """Return a word with a letter left out, doubled, exchanged or in the wrong case."""
    at = chance.randrange(len(word))
    match chance.randrange(4):
        case 0 if len(word) > 3:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2 if len(word) > 3 and at:
            return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        case _:
            return word[:at] + word[at].swapcase() + word[at + 1 :]


def misspelt_element(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    local = etree.QName(element).localname
    element.tag = tei(_slip_of(local, chance))
    return [element]


def habit(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    local = etree.QName(element).localname
    from_html = [name for name, tag in _HABITS.items() if tag.split()[0] == local]
    if not from_html:
        return None
    element.tag = tei(chance.choice(from_html))
    return [element]


def misspelt_attribute(
    element: etree._Element, chance: random.Random
) -> list[etree._Element] | None:
    plain = [str(name) for name in element.attrib if "{" not in str(name)]
    if not plain:
        return None
    name = chance.choice(plain)
    value = element.get(name, "")
    del element.attrib[name]
    element.set(_slip_of(name, chance), value)
    return [element]


def lost_attribute(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    names = [str(name) for name in element.attrib if name != XML_ID]
    if not names:
        return None
    del element.attrib[chance.choice(names)]
    return [element]


def misspelt_value(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    names = [str(name) for name in element.attrib if name != XML_ID and element.get(name)]
    if not names:
        return None
    name = chance.choice(names)
    element.set(name, _slip_of(element.get(name, ""), chance))
    return [element]


def lost_element(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    parent = element.getparent()
    if parent is None:
        return None
    near = [each for each in _around(element) if each is not element]
    _cut(element)
    return near


def _cut(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    tail, element.tail = element.tail, None
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
    parent.remove(element)


def doubled_element(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    if element.getparent() is None:
        return None
    twin = copy.deepcopy(element)
    for each in twin.iter(etree.Element):
        if XML_ID in each.attrib:
            del each.attrib[XML_ID]
    twin.tail = None
    element.addnext(twin)
    return _around(twin)


def swapped(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    following = element.getnext()
    if following is None:
        return None
    _cut(element)
    following.addnext(element)
    return [*_around(element), *_around(following)]


def moved_out(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    parent = element.getparent()
    if parent is None or parent.getparent() is None:
        return None
    _cut(element)
    parent.addnext(element)
    return [*_around(element), parent]


def moved_into(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    before = element.getprevious()
    if before is None:
        return None
    _cut(element)
    before.append(element)
    return [*_around(element), before, *_around(before)]


def wrapped(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    if element.getparent() is None:
        return None
    wrapper = etree.Element(tei(chance.choice(("p", "div", "hi", "note", "ab", "list"))))
    element.addprevious(wrapper)
    _cut(element)
    wrapper.append(element)
    return [wrapper, element, *_around(wrapper)]


def unwrapped(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    parent = element.getparent()
    if parent is None:
        return None
    places = [*_around(element), *element]
    for child in list(element):
        element.addprevious(child)
    text, element.text = element.text or "", None
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    _cut(element)
    return [each for each in places if each is not element]


def stray_text(element: etree._Element, chance: random.Random) -> list[etree._Element] | None:
    if (element.text or "").strip():
        return None
    element.text = f"stray{element.text or ''}"
    return [element]


def stray_text_behind(
    element: etree._Element, chance: random.Random
) -> list[etree._Element] | None:
    parent = element.getparent()
    if parent is None or (element.tail or "").strip():
        return None
    element.tail = f"stray{element.tail or ''}"
    return [element, parent]


PLAIN: list[Slip] = [
    misspelt_element,
    habit,
    misspelt_attribute,
    lost_attribute,
    misspelt_value,
    lost_element,
    doubled_element,
    swapped,
    stray_text,
    stray_text_behind,
]
FAR: list[Slip] = [moved_out, moved_into, wrapped, unwrapped]


def all_spoilt(source: bytes, slip: Slip, chance: random.Random) -> Iterator[Spoilt]:
    """Yield the document with a slip at each of its elements where it can be made."""
    count = len(list(etree.fromstring(source).iter(etree.Element)))
    for number in range(count):
        found = spoilt(source, slip, number, chance)
        if found is not None:
            yield found
