"""What stands around a form in a document, as far as it tells whether and whom the form names."""

from __future__ import annotations

import re

from toolkit.annotate.flows import BARRIER, Flow, ends
from toolkit.annotate.scope import Scope
from toolkit.annotate.source import CDATA, Element, Source

_BEFORE = re.compile(r"(\w+\.?|[^\w\s])\s*$")
_AFTER = re.compile(r"\s*(\w+|[^\w\s])")
_NEAR = 40
_EDGE = "|"
_TOLD_BY_TYPE = frozenset({"note", "div", "rs", "quote", "q", "seg", "ab"})


def cues_at(source: Source, scope: Scope, flow: Flow, start: int, end: int) -> tuple[str, ...]:
    """Return what stands around a part of a text: words, and the elements that it is in."""
    before = _BEFORE.search(flow.text, max(0, start - _NEAR), start)
    after = _AFTER.match(flow.text, end, end + _NEAR)
    place, under = _elements_at(source.element_at(ends(flow, start, end)[0]), scope)
    return (
        f"before “{_word(before)}”",
        f"before {_shape(before)}",
        f"after “{_word(after)}”",
        f"after {_shape(after)}",
        f"in {place}",
        f"under {under}",
        f"in {place} under {under}",
        f"form {_form(flow.text[start:end])}",
    )


def _form(text: str) -> str:
    """Return of what sort a form is as it stands in the text."""
    if text.isupper():
        return "AA"
    words = text.split()
    large = sum(word[0].isupper() for word in words)
    return ("a", "A")[large > 0] + " a" * (len(words) > 1)


def _word(match: re.Match[str] | None) -> str:
    return _EDGE if match is None or match[1] == BARRIER else match[1].lower()


def _shape(match: re.Match[str] | None) -> str:
    """Return of what sort a word is, in signs that are no words."""
    if match is None or match[1] == BARRIER:
        return _EDGE
    if match[1][0].isupper():
        return "Aa"
    return "aa" if match[1][0].isalpha() else "0" if match[1][0].isdigit() else "?"


def _elements_at(element: Element | None, scope: Scope) -> tuple[str, str]:
    """Return the element that is no part of a line of text, and the one above that has a type."""
    place = ""
    while element is not None:
        if not place and not _is_inline(element, scope):
            place = _described(element)
        elif place and ("type" in element.attributes or element.name == "note"):
            return place, _described(element)
        element = element.parent
    return place, ""


def _is_inline(element: Element, scope: Scope) -> bool:
    if element.name == "rs":
        said = element.attributes.get("type")
        return said is None or said in scope.named_types
    return element.name in scope.inline or element.name in (CDATA, "name", *scope.names.values())


def _described(element: Element) -> str:
    if element.name in _TOLD_BY_TYPE and "type" in element.attributes:
        return f"{element.name} {element.attributes['type']}"
    return element.name
