"""From a rule's template to ranges, points and holes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.convert.conventions.model import NotationRule, Template
from toolkit.convert.notation.marks import (
    Attributes,
    Hole,
    Mark,
    Parts,
    Point,
    Range,
    complement,
)
from toolkit.convert.tree import Span

_SLOT = re.compile(r"\{(#?)(\w+)\}")

Values = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Site:
    """Where a rule applies: all of it, the text it is about, and the parts of its pattern."""

    start: int
    end: int
    content: Span | None
    parts: Parts
    cert: str = ""
    closing: Span | None = None
    """Punctuation between a word and the sign after it: it stays, behind the element."""
    signs: tuple[Span, ...] = ()
    """What the patterns of the rule matched."""


def mark_of(text: str, rule: NotationRule, site: Site) -> Mark:
    """Return the mark that a rule makes at a site. What no element holds becomes a hole."""
    maker = _Maker(text, site, rule.values)
    maker.make(rule.tei, 0)
    if site.closing:
        maker.kept.append(site.closing)
    holes = [
        Hole(a, b, rule.name, text[a:b].isspace())
        for a, b in complement(site.start, site.end, maker.kept)
    ]
    within: list[Span] = []
    for kept in maker.kept if rule.signs else ():
        signs = rule.signs.finditer(text, kept.start, kept.end) if rule.signs else ()
        within += [Span(*sign.span()) for sign in signs if sign[0]]
    holes += [Hole(sign.start, sign.end, rule.name) for sign in within]
    return Mark(
        site.start,
        site.end,
        rule.name,
        tuple(maker.ranges),
        tuple(maker.points),
        tuple(holes),
        (*site.signs, *within),
    )


def filled(text: str, templates: Mapping[str, str], parts: Parts, values: Values) -> Attributes:
    """Return the attributes with the parts put in; without those of which a part is missing."""
    attributes: list[tuple[str, str]] = []
    for name, template in templates.items():
        if any(slot not in parts for _, slot in _SLOT.findall(template)):
            continue
        value = _SLOT.sub(lambda slot: _value(text, slot, parts, values), template)
        if value:
            attributes.append((name, value))
    return tuple(attributes)


def _value(text: str, slot: re.Match[str], parts: Parts, values: Values) -> str:
    name = slot[2]
    said = " ".join(text[parts[name].start : parts[name].end].split())
    if slot[1]:
        return str(len(said.replace(" ", "")))
    return values.get(name, {}).get(said.casefold(), said)


class _Maker:
    def __init__(self, text: str, site: Site, values: Values) -> None:
        self._text = text
        self._site = site
        self._values = values
        self.ranges: list[Range] = []
        self.points: list[Point] = []
        self.kept: list[Span] = []

    def make(self, template: Template, depth: int) -> Span | None:
        attributes = filled(self._text, template.attributes, self._site.parts, self._values)
        if depth == 0 and self._site.cert:
            attributes = (*attributes, ("cert", self._site.cert))
        if template.children:
            return self._with_children(template, attributes, depth)
        span = self._span(template.content)
        if span is None:
            if template.element and not (depth and template.content):
                self.points.append(Point(self._site.start, template.element, attributes))
            return None
        self.kept.append(span)
        if not template.element:
            return span
        closing = self._site.closing
        end = closing.start if closing else self._site.end
        outer = span if depth else Span(self._site.start, end)
        self.ranges.append(Range(outer.start, outer.end, template.element, attributes, depth))
        return span

    def _with_children(self, template: Template, attributes: Attributes, depth: int) -> Span | None:
        place = len(self.ranges)
        spans = [self.make(child, depth + 1) for child in template.children]
        leaves = tuple(span for span in spans if span)
        start = (
            self._site.start
            if depth == 0
            else min((leaf.start for leaf in leaves), default=self._site.start)
        )
        end = (
            self._site.end
            if depth == 0
            else max((leaf.end for leaf in leaves), default=self._site.start)
        )
        self.ranges.insert(
            place,
            Range(start, end, template.element, attributes, depth, whole=True, leaves=leaves),
        )
        return Span(start, end)

    def _span(self, content: str) -> Span | None:
        if content == "content":
            return self._site.content
        return self._site.parts.get(content)
