"""Finding all notation of a document by the rules of its profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.convert.conventions.model import Convention, NotationRule
from toolkit.convert.kinds import (
    CALL_WITHOUT_NOTE,
    NOTE_WITHOUT_CALL,
    TOO_DEEP,
    UNBALANCED,
    UNKNOWN_NOTATION,
)
from toolkit.convert.notation.apply import Site, mark_of
from toolkit.convert.notation.enclosed import DEEPEST, Enclosure, families, find_enclosed
from toolkit.convert.notation.extents import after, name_before, word_before
from toolkit.convert.notation.footnotes import Footnotes, find_footnotes
from toolkit.convert.notation.marks import Claims, Hole, Mark, Range
from toolkit.convert.notation.report import Findings
from toolkit.convert.notation.suggest import misspelt, nearest
from toolkit.convert.text.blocks import Block
from toolkit.convert.tree import Span
from toolkit.diagnostics import Diagnostic, SourceText

_EXCERPT = 50


@dataclass
class Found:
    """The notation of a document, in the order of the text, and what could not be read."""

    marks: list[Mark] = field(default_factory=list)
    footnotes: Footnotes = field(default_factory=Footnotes)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def find_notation(source: SourceText, blocks: Sequence[Block], convention: Convention) -> Found:
    """Return the notation in ``blocks``, and the blocks without the notes at the foot."""
    return _Finder(source, convention).find(blocks)


class _Finder:
    def __init__(self, source: SourceText, convention: Convention) -> None:
        self._source = source
        self._text = source.text
        self._convention = convention
        self._rules = convention.notation
        self._families = families(convention.notation)
        self._searched = tuple(rule for rule in self._rules if rule.scope != "enclosed")
        self._findings = Findings(source)
        self._open_ended: dict[str, tuple[NotationRule, int]] = {}

    def find(self, blocks: Sequence[Block]) -> Found:
        found = Found(footnotes=find_footnotes(self._text, blocks, self._convention.footnotes))
        calls = iter(found.footnotes.calls)
        call = next(calls, None)
        everything = [*found.footnotes.blocks, *found.footnotes.notes]
        for block in sorted(everything, key=lambda each: each.start):
            claims = Claims()
            while call and call.start < block.end:
                claims.add(call.start, call.end)
                found.marks.append(call)
                call = next(calls, None)
            found.marks += self._combined(sorted(self._in_block(block, claims), key=_outer_first))
        for rule, start in self._open_ended.values():
            self._report_unbalanced(start, rule.open_literal)
        for sign in found.footnotes.uncalled:
            self._report_uncalled(sign)
        found.diagnostics = self._findings.all()
        return found

    def _in_block(self, block: Block, claims: Claims) -> Iterator[Mark]:
        for rule in self._searched:
            assert rule.pattern is not None  # noqa: S101 (the schema asks for it)
            for match in rule.pattern.finditer(self._text, block.start, block.end):
                if match.end() == match.start() or not claims.free(*match.span()):
                    continue
                site = self._site(rule, match, block)
                if site is not None:
                    claims.add(*match.span())
                    yield mark_of(self._text, rule.name, rule.tei, site, rule.values)
        yield from self._enclosed(block, claims)
        self._report_suspicious(block, claims)

    def _site(self, rule: NotationRule, match: re.Match[str], block: Block) -> Site | None:
        parts = _parts(match)
        start, end = match.span()
        if rule.scope == "point":
            return Site(*self._swallowed(start, end, rule, block), None, parts)
        if rule.scope == "prefix":
            reached = after(
                self._text, start, end, block, rule.extents, self._convention.abbreviations
            )
            if reached is None:
                return None
            content, cert = reached
            return Site(start, content.end, content, parts, cert)
        if rule.likeness:
            other = match["other"]
            before = name_before(self._text, start, block, other, rule.likeness)
        else:
            before = word_before(self._text, start, block)
        return Site(before.start, end, before, parts) if before else None

    def _swallowed(self, start: int, end: int, rule: NotationRule, block: Block) -> tuple[int, int]:
        if rule.swallow == "before":
            while start > block.start and self._text[start - 1] in " \t\u00a0":
                start -= 1
        if rule.swallow == "after":
            while end < block.end and self._text[end] in " \t\u00a0":
                end += 1
        return start, end

    def _enclosed(self, block: Block, claims: Claims) -> Iterator[Mark]:
        found = find_enclosed(self._text, block, self._families, claims)
        for enclosure in found.enclosures:
            rule = enclosure.rule
            if rule.catches_all and self._is_misspelt(enclosure):
                continue
            content = Span(enclosure.content_start, enclosure.content_end)
            site = Site(enclosure.start, enclosure.end, content, _parts(enclosure.opening))
            yield mark_of(self._text, rule.name, rule.tei, site, rule.values)
        for start, end in found.unknown:
            self._report_unknown(start, end)
        for start, sign in found.unbalanced:
            self._report_unbalanced(start, sign)
        for start in found.too_deep:
            self._findings.add(
                TOO_DEEP,
                start,
                f"this bracket is nested more than {DEEPEST} deep",
                "Close the brackets around it, or take some of them out.",
            )
        yield from self._across(found.open_ended)

    def _across(self, open_ended: Sequence[tuple[NotationRule, int]]) -> Iterator[Mark]:
        """Join a sign left open in one paragraph with the next one left over, if that may be."""
        for rule, start in open_ended:
            before = self._open_ended.pop(rule.name, None)
            if before is None or not rule.crosses_paragraphs:
                if before:
                    self._report_unbalanced(before[1], rule.open_literal)
                self._open_ended[rule.name] = rule, start
                continue
            width = len(rule.open_literal)
            content = Span(before[1] + width, start)
            site = Site(before[1], start + width, content, {})
            yield mark_of(self._text, rule.name, rule.tei, site, rule.values)

    def _is_misspelt(self, enclosure: Enclosure) -> bool:
        content = self._text[enclosure.content_start : enclosure.content_end]
        meant = misspelt(content, self._rules)
        if meant:
            self._report_unknown(enclosure.start, enclosure.end, meant)
        return bool(meant)

    def _combined(self, marks: list[Mark]) -> list[Mark]:
        rules = {(rule.first, rule.second): rule for rule in self._convention.combinations}
        if not rules:
            return marks
        combined: list[Mark] = []
        ends: dict[int, Mark] = {}
        for mark in marks:
            combined.append(mark)
            at = mark.start
            while at > 0 and self._text[at - 1] in " \t\u00a0":
                at -= 1
            before = ends.get(at)
            rule = rules.get((before.rule, mark.rule)) if before else None
            if before and rule:
                leaves = (Span(before.start, before.end), Span(mark.start, mark.end))
                attributes = tuple(rule.tei.attributes.items())
                wrapper = Range(
                    before.start, mark.end, rule.tei.element, attributes, -1, True, leaves
                )
                holes = (Hole(at, mark.start, rule.name, True),) if at < mark.start else ()
                combined.append(Mark(before.start, mark.end, rule.name, (wrapper,), (), holes))
            else:
                ends[mark.end] = mark
        return sorted(combined, key=_outer_first)

    def _report_suspicious(self, block: Block, claims: Claims) -> None:
        for rule in self._convention.suspicious:
            for match in rule.pattern.finditer(self._text, block.start, block.end):
                if match.end() > match.start() and claims.free(*match.span()):
                    self._report_unknown(*match.span())

    def _report_unknown(self, start: int, end: int, meant: str = "") -> None:
        shown = _shown(self._text[start:end])
        for rule in self._convention.footnotes:
            if rule.call.fullmatch(self._text, start, end):
                self._findings.add(
                    CALL_WITHOUT_NOTE,
                    start,
                    f"the note called by “{shown}” is not at the foot",
                    "Add the note after the text, beginning with the same sign.",
                )
                return
        rule_name = nearest(meant or self._text[start + 1 : end - 1], self._rules)
        guess = f"The nearest rule of the profile is “{rule_name}”. " if rule_name else ""
        self._findings.add(
            UNKNOWN_NOTATION,
            start,
            f"“{shown}” is no notation of the profile “{self._convention.name}”; it stays as text",
            f"{guess}Mend the spelling, or add a rule for it to the convention profile.",
        )

    def _report_unbalanced(self, start: int, sign: str) -> None:
        self._findings.add(
            UNBALANCED,
            start,
            f"“{sign}” has no partner in this paragraph; it stays as text",
            "Add the missing sign, or take this one out.",
        )

    def _report_uncalled(self, sign: Span) -> None:
        shown = _shown(self._text[sign.start : sign.end].strip())
        self._findings.add(
            NOTE_WITHOUT_CALL,
            sign.start,
            f"nothing before this line calls the note “{shown}”",
            "Put the call where the note belongs, or write the line without its sign.",
        )


def _parts(match: re.Match[str]) -> dict[str, Span]:
    return {name: Span(*match.span(name)) for name in match.re.groupindex if match[name]}


def _shown(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _EXCERPT else flat[: _EXCERPT - 1] + "…"


def _outer_first(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end
