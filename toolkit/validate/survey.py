"""What the checks look at in a document, gathered in one passage of the parser.

Most documents have nothing amiss, and to find that out no tree of them is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from toolkit.tei.names import TEI_NAMESPACE, XML_ID, XML_NAMESPACE
from toolkit.tei.parse import ParsedDocument, of_document
from toolkit.validate.pointer_attributes import pointer_attributes

XML_BASE = f"{{{XML_NAMESPACE}}}base"
PERIODS = tuple(
    (begin + suffix, end + suffix)
    for suffix in ("", "-iso")
    for begin, end in (("notBefore", "notAfter"), ("from", "to"))
)
"""The attributes of dates that come in pairs: which begins, and which ends."""

_TEI = f"{TEI_NAMESPACE}}}"


class Attribute(NamedTuple):
    """An attribute in a document; names are in Clark notation.

    ``number`` is that of its element in document order, from 0.
    """

    number: int
    element: str
    name: str
    value: str


class Dated(NamedTuple):
    """An element that has both attributes of a pair of dates."""

    number: int
    element: str
    attributes: Mapping[str, str]


@dataclass(slots=True)
class Survey:
    """What the checks look at in one document.

    Attributes:
        elements: the names of all elements, in Clark notation.
        identifiers: the attributes xml:id.
        pointers: the pointer attributes of TEI elements.
        periods: the TEI elements with pairs of dates.
        prefixes: the attributes of each prefixDef.
        has_bases: whether any element has an xml:base.
    """

    elements: frozenset[str] = frozenset()
    identifiers: list[Attribute] = field(default_factory=list)
    pointers: list[Attribute] = field(default_factory=list)
    periods: list[Dated] = field(default_factory=list)
    prefixes: list[Mapping[str, str]] = field(default_factory=list)
    has_bases: bool = False


@of_document
def survey(document: ParsedDocument) -> Survey:
    """Return what the checks look at in ``document``.

    Raises:
        DiagnosticError: the document is not well-formed (X001), or nested too deep (X003).
    """
    surveyor = _Surveyor()
    scanner = expat.ParserCreate("utf-8", namespace_separator="}")
    scanner.ordered_attributes = True
    scanner.StartElementHandler = surveyor.start
    try:
        scanner.Parse(document.utf8, True)
    except expat.ExpatError:
        # What only libxml2 reads is surveyed as far as both do.
        _ = document.root
    return surveyor.result()


class _Plan(NamedTuple):
    """What is wanted of the start tags with the same names in them, by position of the value."""

    element: str
    identifiers: tuple[int, ...]
    pointers: tuple[int, ...]
    is_prefix: bool
    is_period: bool
    has_base: bool


class _Plans(dict[tuple[str, ...], "_Plan | None"]):
    """The plans by the names in a start tag of one document."""

    def __missing__(self, names: tuple[str, ...]) -> _Plan | None:
        plan = self[names] = _plan(*names)
        return plan


@lru_cache(maxsize=1 << 14)
def _plan(element: str, *attributes: str) -> _Plan | None:
    is_tei = element.startswith(_TEI)
    local = element[len(_TEI) :] if is_tei else ""
    named = {_clark(name): 2 * index + 1 for index, name in enumerate(attributes)}
    known = pointer_attributes()
    plan = _Plan(
        _clark(element),
        tuple(at for name, at in named.items() if name == XML_ID),
        tuple(at for name, at in named.items() if is_tei and known.has(name, local)),
        is_prefix=local == "prefixDef",
        is_period=is_tei and any(begin in named and end in named for begin, end in PERIODS),
        has_base=XML_BASE in named,
    )
    return plan if any(plan[1:]) else None


class _Surveyor:
    """The handler of the parser's start tags."""

    def __init__(self) -> None:
        self._survey = Survey()
        self._plans = _Plans()
        self._number = -1

    def start(self, name: str, attributes: list[str]) -> None:
        """Note what is wanted of a start tag."""
        self._number += 1
        plan = self._plans[name, *attributes[::2]]
        if plan is not None:
            self._note(plan, attributes)

    def result(self) -> Survey:
        """Return what was noted."""
        self._survey.has_bases = any(plan and plan.has_base for plan in self._plans.values())
        self._survey.elements = frozenset(_clark(names[0]) for names in self._plans)
        return self._survey

    def _note(self, plan: _Plan, attributes: list[str]) -> None:
        survey, number, element = self._survey, self._number, plan.element
        for at in plan.identifiers:
            survey.identifiers.append(Attribute(number, element, XML_ID, attributes[at]))
        for at in plan.pointers:
            name = _clark(attributes[at - 1])
            survey.pointers.append(Attribute(number, element, name, attributes[at]))
        if plan.is_prefix or plan.is_period:
            names = map(_clark, attributes[::2])
            values = dict(zip(names, attributes[1::2], strict=True))
            if plan.is_prefix:
                survey.prefixes.append(values)
            if plan.is_period:
                survey.periods.append(Dated(number, element, values))


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name
