"""Identifiers: what can be cited gets one that stays the same as long as the text does.

They are given before ``xslt/prepare.xsl`` adds the rest. Which elements can be cited is said in
``schemas/citable.json``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import cast

from lxml import etree

from toolkit.publish.query import elements
from toolkit.resources import SCHEMAS
from toolkit.tei.names import XML_ID, tei

PREPARED_NAMESPACE = "urn:tei-toolkit:prepared"

_ID = f"{{{PREPARED_NAMESPACE}}}id"
_WHITE_SPACE = re.compile("[ \t\r\n]+")
_OUT_OF_PATH, _PAGE = "body", "pb"


def identified(root: etree._Element) -> etree._Element:
    """Return a copy of a document in which what can be cited has an attribute ``p:id``.

    It is the ``xml:id``, or else a path of names and numbers, such as ``div1.p3``: a number counts
    the elements of the name in the same citable element. Where an ``xml:id`` has taken the path, a
    mark stands behind it. Attributes of the document's own in the namespace of ``p`` are left out.
    """
    copy = _with_prefix(root)
    _take_away_forged(copy)
    given = {element: element.get(XML_ID, "") for element in elements(copy, "//*[@xml:id]")}
    taken = frozenset(given.values())
    for element, identifier in given.items():
        element.set(_ID, _own(identifier))
    singles, pages = _singles(copy), _pages(copy)
    paths: dict[etree._Element | None, str] = {None: ""}
    numbers: Counter[tuple[etree._Element | None, str]] = Counter()
    for element in copy.iter(*_names()):
        name = _citable_name(element)
        if not name:
            continue
        around = _around(element, paths)
        above = paths[around]
        number = numbers[around, name] = numbers[around, name] + 1
        step = pages.get(element) or (name if element in singles else f"{name}{number}")
        path = f"{above}.{step}" if above and element not in pages else step
        identifier = element.get(_ID, "") or _free(path, taken)
        element.set(_ID, identifier)
        paths[element] = above if step == _OUT_OF_PATH else identifier
    return copy


def _around(
    element: etree._Element, paths: Mapping[etree._Element | None, str]
) -> etree._Element | None:
    """Return the innermost element around ``element`` that has one of the ``paths``, if any."""
    above = element.getparent()
    while above is not None and above not in paths:
        above = above.getparent()
    return above


@cache
def _names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the names of citable elements, each with the attributes of which it must have one."""
    data = json.loads((SCHEMAS / "citable.json").read_text(encoding="utf-8"))
    plain = dict.fromkeys((*data["numbered"], *data["single"], data["page"]), ())
    names = {**plain, **data["numbered_with"]}
    return {tei(name): (name, tuple(attributes)) for name, attributes in names.items()}


@cache
def _names_of_singles() -> tuple[str, ...]:
    data = json.loads((SCHEMAS / "citable.json").read_text(encoding="utf-8"))
    return tuple(map(tei, data["single"]))


def _citable_name(element: etree._Element) -> str:
    """Return the name by which an element is cited; nothing if it is not."""
    name, attributes = _names().get(str(element.tag), ("", ()))
    return name if not attributes or any(map(element.get, attributes)) else ""


def _singles(root: etree._Element) -> frozenset[etree._Element]:
    """Return the elements of which there is but one in a citable element."""
    places: dict[tuple[etree._Element | None, str], list[etree._Element]] = {}
    for element in root.iter(*_names_of_singles()):
        above = next((up for up in element.iterancestors() if _citable_name(up)), None)
        places.setdefault((above, str(element.tag)), []).append(element)
    return frozenset(found[0] for found in places.values() if len(found) == 1)


def _pages(root: etree._Element) -> dict[etree._Element, str]:
    """Return the steps of the beginnings of pages: their numbers, doubles told apart."""
    found: dict[etree._Element, str] = {}
    counts: Counter[str] = Counter()
    for element in root.iter(tei(_PAGE)):
        number = "".join(filter(_is_plain, element.get("n", ""))) or "break"
        counts[number] += 1
        found[element] = f"page-{number}" + (f".{counts[number]}" if counts[number] > 1 else "")
    return found


def _is_plain(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd" or character in "_-"


def _own(identifier: str) -> str:
    """Return the ``xml:id`` without colons, which are for identifiers that the page gives."""
    return _WHITE_SPACE.sub(" ", identifier).strip(" ").replace(":", "_")


def _free(path: str, taken: frozenset[str]) -> str:
    while path in taken:
        path += "_"
    return path


def _with_prefix(root: etree._Element) -> etree._Element:
    """Return a copy of ``root`` that declares the prefix of our attributes."""
    free = next(prefix for prefix in ("p", "p_1", "p_2") if prefix not in root.nsmap)
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    # The types of lxml-stubs do not know that a default namespace has the prefix None.
    namespaces = cast(dict[str, str], {**root.nsmap, free: PREPARED_NAMESPACE})
    copy = etree.Element(root.tag, attributes, namespaces)
    copy.text = root.text
    copy.extend(map(deepcopy, root))
    return copy


def _take_away_forged(root: etree._Element) -> None:
    for element in elements(root, f"//*[@*[namespace-uri() = '{PREPARED_NAMESPACE}']]"):
        for name in list(map(str, element.attrib)):
            if name.startswith(f"{{{PREPARED_NAMESPACE}}}"):
                del element.attrib[name]
