"""What becomes of each TEI element on a web page, read from the stylesheets themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from lxml import etree

from toolkit.resources import SCHEMAS, XSLT

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_WHY = "{urn:tei-toolkit:html}why"
_ELEMENT = re.compile(r"\belement (\w+) \{")
_SENTENCE = re.compile(r"(.+?[.:;])(\s|$)")
_CALLED = {"h:plain": 1, "h:default": 2}


class Form(IntEnum):
    """How much of a form an element has, the least first."""

    NONE = 0
    """No template knows it: it is shown as an unknown element is, and reported (P002)."""
    BOX = 1
    """Its box is all its form: part of the text, or a plain block, with its name as a class."""
    DEFAULT = 2
    """Its words are shown in a plain box, and it is reported (P002)."""
    NOT_SHOWN = 3
    """It is not shown in this view, for a reason given."""
    OWN = 4
    """It has a form of its own."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What becomes of one element: its form, what the stylesheet says of it, and where."""

    module: str
    element: str
    form: Form
    how: str = ""
    stylesheet: str = ""


def renderings() -> tuple[Rendering, ...]:
    """Return what becomes of each element of TEI P5, by module and name.

    The elements are those of the bundled grammar. An element that several templates match goes by
    the one that gives it most form.
    """
    known = _known()
    return tuple(
        max(
            (Rendering(module, name, *found) for found in known.get(name, [(Form.NONE, "", "")])),
            key=lambda rendering: rendering.form,
        )
        for module, name in _elements()
    )


def table() -> str:
    """Return the renderings as a Markdown page: a table for each module of TEI."""
    found = renderings()
    parts = []
    for module in dict.fromkeys(rendering.module for rendering in found):
        rows = [_row(rendering) for rendering in found if rendering.module == module]
        parts.append(
            "\n".join(
                (f"## {module}", "", "| element | on the page | by |", "|---|---|---|", *rows)
            )
        )
    return "\n\n".join(parts)


def _row(rendering: Rendering) -> str:
    said = {
        Form.NONE: "unknown: its words in a plain box, reported (P002)",
        Form.BOX: "set by the style sheet, by its class"
        if rendering.element in _styled()
        else "as part of the text, or a plain block",
        Form.DEFAULT: "default: its words in a plain box, reported (P002)",
        Form.NOT_SHOWN: f"not shown: {rendering.how}",
        Form.OWN: rendering.how or "a form of its own",
    }
    how = said[rendering.form].replace("|", "\\|")
    return f"| `{rendering.element}` | {how} | {rendering.stylesheet} |"


def _elements() -> list[tuple[str, str]]:
    """Return module and name of each element of the bundled grammar."""
    return sorted(
        (file.stem, name)
        for file in (SCHEMAS / "relaxng" / "modules").glob("*.rnc")
        for name in set(_ELEMENT.findall(file.read_text(encoding="utf-8")))
    )


@cache
def _known() -> dict[str, list[tuple[Form, str, str]]]:
    known: dict[str, list[tuple[Form, str, str]]] = {}
    for file in sorted((XSLT / "html").glob("*.xsl")):
        for template in etree.parse(str(file)).iter(f"{_XSL}template"):
            pattern = template.get("match")
            if not pattern or template.get("mode"):
                continue
            found = (*_form(template), file.name)
            for name in _names(pattern):
                known.setdefault(name, []).append(found)
    return known


@cache
def _styled() -> frozenset[str]:
    """Return the classes that the style sheet of the pages speaks of."""
    return frozenset(re.findall(r"\.([A-Za-z]\w*)", (XSLT / "assets" / "edition.css").read_text()))


def _form(template: etree._Element) -> tuple[Form, str]:
    why = template.get(_WHY)
    if why:
        return Form.NOT_SHOWN, why
    body = [child for child in template if isinstance(child.tag, str)]
    if len(body) == 1 and len(body[0]) == 0:
        called = body[0].get("name", "")
        if called in _CALLED:
            return Form(_CALLED[called]), ""
    return Form.OWN, _comment(template)


def _comment(template: etree._Element) -> str:
    """Return the first sentence of the comment that stands before the template."""
    before = template.getprevious()
    if not isinstance(before, etree._Comment):
        return ""
    text = " ".join((before.text or "").split())
    sentence = _SENTENCE.match(text)
    return (sentence[1] if sentence else text).rstrip(".:;")


def _names(pattern: str) -> Iterator[str]:
    """Yield the names of elements that an XSLT pattern matches, whatever its conditions."""
    bare = pattern
    while "[" in bare:
        shorter = re.sub(r"\[[^\[\]]*\]", "", bare)
        if shorter == bare:
            break
        bare = shorter
    bare = re.sub(r"\([^()]*\)/", "", bare)
    for alternative in bare.replace("text()", "").split("|"):
        name = alternative.strip(" ()\n").rpartition("/")[2].strip()
        if re.fullmatch(r"\w+", name):
            yield name
