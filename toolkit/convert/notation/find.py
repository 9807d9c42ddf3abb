"""Finding all notation of a document by the rules of its profile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.convert.conventions.model import Convention, Named, NotationRule, Script
from toolkit.convert.kinds import (
    BETWEEN_NOTES,
    CALL_WITHOUT_NOTE,
    DOUBTFUL_WORDS,
    NOTE_WITHOUT_CALL,
    SIGN_WITHOUT_WORD,
    TOO_DEEP,
    UNBALANCED,
    UNKNOWN_NOTATION,
)
from toolkit.convert.notation.apply import Site, mark_of
from toolkit.convert.notation.enclosed import (
    DEEPEST,
    EnclosingSigns,
    Enclosure,
    Sign,
    enclosing_signs,
    find_enclosed,
    signs_of,
)
from toolkit.convert.notation.extents import after, before, name_before
from toolkit.convert.notation.footnotes import Footnotes, find_footnotes
from toolkit.convert.notation.marks import Claims, Hole, Mark, Range
from toolkit.convert.notation.occurrences import Matches, Patterns
from toolkit.convert.notation.report import Findings
from toolkit.convert.notation.suggest import misspelt, nearest
from toolkit.convert.text.blocks import Block
from toolkit.convert.text.tables import is_table
from toolkit.convert.tree import Span
from toolkit.diagnostics import Diagnostic, SourceText

_EXCERPT = 50
_PART_OF_WORD = 5
"""So many letters in brackets at most complete the word that they are in."""

_Key = NotationRule | Named | Script | Sign


@dataclass
class Found:
    """The notation of a document, in the order of the text, and what could not be read."""

    footnotes: Footnotes
    scripts: list[tuple[Script, Matches]] = field(default_factory=list)
    """The passages in each script that occurs."""
    marks: list[Mark] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def find_notation(source: SourceText, blocks: Sequence[Block], convention: Convention) -> Found:
    """Return the notation in ``blocks``, and the blocks without the notes at the foot."""
    return _Finder(source, convention).find(blocks)


def may_hold_notation(text: str, start: int, end: int, convention: Convention) -> bool:
    """Tell whether a few words can hold notation: most have none of the signs of the profile."""
    return _prefilter(convention).may_match(text, start, end)


@lru_cache(maxsize=64)
def _prefilter(convention: Convention) -> Patterns[None]:
    rules = convention.notation
    patterns = [sign for rule in rules for sign in (rule.pattern, rule.open, rule.close) if sign]
    calls = [rule.call for rule in convention.footnotes]
    return Patterns((None, pattern) for pattern in (*patterns, *calls))


@lru_cache(maxsize=64)
def _patterns(convention: Convention) -> Patterns[_Key]:
    return Patterns(
        [
            *((rule, rule.pattern) for rule in convention.notation if rule.pattern),
            *((rule, rule.pattern) for rule in convention.suspicious),
            *((script, script.pattern) for script in convention.scripts),
            *signs_of(convention.notation),
        ]
    )


class _Finder:
    def __init__(self, source: SourceText, convention: Convention) -> None:
        self._source = source
        self._text = source.text
        self._convention = convention
        self._rules = convention.notation
        self._findings = Findings(source)
        self._open_ended: dict[str, tuple[NotationRule, int]] = {}
        self._uncalled: frozenset[int] = frozenset()
        self._calls: frozenset[str] = frozenset()
        """The calls that have a note, as they are written."""
        self._wordless: set[tuple[int, int]] = set()
        self._doubted: set[str] = set()
        self._tables: dict[tuple[int, frozenset[str]], bool] = {}
        self._searched: dict[int, list[tuple[NotationRule, re.Match[str]]]] = defaultdict(list)
        self._suspicious: dict[int, list[re.Match[str]]] = defaultdict(list)
        self._enclosing: EnclosingSigns

    def find(self, blocks: Sequence[Block]) -> Found:
        footnotes = find_footnotes(self._text, blocks, self._convention.footnotes)
        found = Found(footnotes)
        self._uncalled = frozenset(sign.start for sign in footnotes.uncalled)
        self._calls = frozenset(self._text[call.start : call.end] for call in footnotes.calls)
        calls = iter(footnotes.calls)
        call = next(calls, None)
        every = sorted([*footnotes.blocks, *footnotes.notes], key=lambda block: block.start)
        self._sort(_patterns(self._convention).matches(self._text, every), found, every)
        with_signs = self._enclosing.blocks().union(self._searched, self._suspicious)
        for block in every:
            claims = Claims()
            while call and call.start < block.end:
                claims.add(call.start, call.end)
                found.marks.append(call)
                call = next(calls, None)
            if block.start in with_signs or self._enclosing.has_bracket(self._text, block):
                found.marks += self._combined(
                    sorted(self._in_block(block, claims), key=_outer_first)
                )
        for rule, start in self._open_ended.values():
            self._report_unbalanced(start, rule.open_literal)
        for sign in footnotes.uncalled:
            self._report_uncalled(sign)
        for start in footnotes.strays:
            self._report_stray(start)
        found.diagnostics = self._findings.all()
        return found

    def _sort(
        self,
        occurrences: Iterable[tuple[_Key, Matches]],
        found: Found,
        blocks: Sequence[Block],
    ) -> None:
        """Sort what occurs by what it is for, in the order of the rules."""
        signs: dict[Sign, Matches] = {}
        for key, matches in occurrences:
            if isinstance(key, tuple):
                signs[key] = matches
            elif isinstance(key, Script):
                found.scripts.append((key, matches))
            elif isinstance(key, NotationRule):
                for start, inside in matches.items():
                    self._searched[start] += [(key, match) for match in inside]
            else:
                for start, inside in matches.items():
                    self._suspicious[start] += inside
        self._enclosing = enclosing_signs(self._rules, signs, self._text, blocks)

    def _in_block(self, block: Block, claims: Claims) -> Iterator[Mark]:
        for rule, match in self._searched.get(block.start, ()):
            if not claims.free(*match.span()) or self._is_in_table(block, rule.not_in):
                continue
            site = self._site(rule, match, block)
            if site is not None and not _is_crossed(site, match, claims):
                claims.add(*match.span())
                yield mark_of(self._text, rule, site)
            elif rule.scope == "suffix" and not rule.likeness:
                self._wordless.add(match.span())
        yield from self._enclosed(block, claims)
        self._report_suspicious(block, claims)

    def _is_in_table(self, block: Block, names: frozenset[str]) -> bool:
        if not names:
            return False
        known = self._tables.get((block.start, names))
        if known is None:
            forms = (rule.table for rule in self._convention.blocks.body if rule.name in names)
            known = any(form and is_table(self._text, block, form) for form in forms)
            self._tables[block.start, names] = known
        return known

    def _site(self, rule: NotationRule, match: re.Match[str], block: Block) -> Site | None:
        parts = _parts(match)
        start, end = match.span()
        signs = (Span(start, end),)
        if rule.scope == "point":
            return Site(*self._swallowed(start, end, rule, block), None, parts, signs=signs)
        if rule.scope == "prefix":
            reached = after(
                self._text, start, end, block, rule.extents, self._convention.abbreviations
            )
            if reached is None:
                return None
            content, cert = reached
            return Site(start, content.end, content, parts, cert, signs=signs)
        if rule.likeness:
            name = name_before(self._text, start, block, match["other"], rule.likeness)
            return Site(name.start, end, name, parts, signs=signs) if name else None
        found = before(self._text, start, block, rule.extents)
        if found is None:
            return None
        content, closing_end, cert = found
        if rule.tei.children:  # nothing but its children can stand in the element
            whole = Span(content.start, closing_end)
            return Site(content.start, end, whole, parts, cert, signs=signs)
        closing = Span(content.end, closing_end) if content.end < closing_end else None
        return Site(content.start, end, content, parts, cert, closing=closing, signs=signs)

    def _swallowed(self, start: int, end: int, rule: NotationRule, block: Block) -> tuple[int, int]:
        if rule.swallow == "before":
            while start > block.start and self._text[start - 1] in " \t\u00a0":
                start -= 1
        if rule.swallow == "after":
            while end < block.end and self._text[end] in " \t\u00a0":
                end += 1
        return start, end

    def _enclosed(self, block: Block, claims: Claims) -> Iterator[Mark]:
        found = find_enclosed(self._text, block, self._enclosing, claims)
        for enclosure in found.enclosures:
            rule = enclosure.rule
            if rule.catches_all and (self._is_wordless(enclosure) or self._is_misspelt(enclosure)):
                continue
            content = Span(enclosure.content_start, enclosure.content_end)
            signs = (Span(enclosure.start, content.start), Span(content.end, enclosure.end))
            parts = _parts(enclosure.opening)
            site = Site(enclosure.start, enclosure.end, content, parts, signs=signs)
            self._doubt(rule, content)
            yield mark_of(self._text, rule, site)
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
            signs = (Span(before[1], content.start), Span(start, start + width))
            site = Site(before[1], start + width, content, {}, signs=signs)
            yield mark_of(self._text, rule, site)

    def _is_wordless(self, enclosure: Enclosure) -> bool:
        """Tell whether a bracket is a sign about a word that is not there; report it."""
        is_wordless = (enclosure.start, enclosure.end) in self._wordless
        if is_wordless:
            self._report_unknown(enclosure.start, enclosure.end)
        return is_wordless

    def _doubt(self, rule: NotationRule, content: Span) -> None:
        """Report content that the rule calls doubtful, each wording once."""
        said = _shown(self._text[content.start : content.end])
        doubtful = rule.doubtful and rule.doubtful.match(self._text, content.start, content.end)
        if not doubtful or said.casefold() in self._doubted:
            return
        self._doubted.add(said.casefold())
        self._findings.add(
            DOUBTFUL_WORDS,
            content.start,
            f"“{said}” is encoded as {rule.name}, but it reads like a remark",
            "Write a remark as [Editor's note: …], or add a rule for it to the convention profile.",
        )

    def _is_misspelt(self, enclosure: Enclosure) -> bool:
        content = self._text[enclosure.content_start : enclosure.content_end]
        if self._completes_word(enclosure, content):
            return False
        meant = misspelt(content, self._rules)
        if meant:
            self._report_unknown(enclosure.start, enclosure.end, meant)
        return bool(meant)

    def _completes_word(self, enclosure: Enclosure, content: str) -> bool:
        """Tell whether a few letters in brackets are part of a word: “Washing[ton]”."""
        around = self._text[enclosure.start - 1 : enclosure.start] if enclosure.start else ""
        around += self._text[enclosure.end : enclosure.end + 1]
        is_within = any(sign.isalpha() for sign in around)
        return is_within and len(content) <= _PART_OF_WORD and content.isalpha()

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
        for match in self._suspicious.get(block.start, ()):
            if claims.free(*match.span()):
                self._report_unknown(*match.span())

    def _report_unknown(self, start: int, end: int, meant: str = "") -> None:
        shown = _shown(self._text[start:end])
        if (start, end) in self._wordless:
            self._findings.add(
                SIGN_WITHOUT_WORD,
                start,
                f"there is no word before “{shown}” for it to speak of; it stays as text",
                "Put it right behind its word, or write what it says in the brackets.",
            )
            return
        if start in self._uncalled:
            return  # reported as a note without call
        for rule in self._convention.footnotes:
            if rule.call.fullmatch(self._text, start, end):
                self._report_call(
                    start, shown, is_called_again=self._text[start:end] in self._calls
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

    def _report_call(self, start: int, shown: str, *, is_called_again: bool) -> None:
        message = (
            f"the one note “{shown}” is called more than once; another of its calls has it"
            if is_called_again
            else f"the note called by “{shown}” is not at the foot"
        )
        hint = (
            "Give each call a note and a number of its own, or take this call out."
            if is_called_again
            else "Add the note after the text, beginning with the same sign."
        )
        self._findings.add(CALL_WITHOUT_NOTE, start, message, hint)

    def _report_unbalanced(self, start: int, sign: str) -> None:
        self._findings.add(
            UNBALANCED,
            start,
            f"“{sign}” has no partner in this paragraph; it stays as text",
            "Add the missing sign, or take this one out.",
        )

    def _report_stray(self, start: int) -> None:
        self._findings.add(
            BETWEEN_NOTES,
            start,
            "this paragraph stands between two notes at the foot and belongs to neither",
            "Indent it if it goes on with the note before it, or move it up into the text.",
        )

    def _report_uncalled(self, sign: Span) -> None:
        shown = _shown(self._text[sign.start : sign.end].strip())
        self._findings.add(
            NOTE_WITHOUT_CALL,
            sign.start,
            f"nothing before this line calls the note “{shown}”",
            "Put the call where the note belongs, or write the line without its sign.",
        )


def _is_crossed(site: Site, match: re.Match[str], claims: Claims) -> bool:
    """Tell whether the word before a sign belongs to other notation."""
    return site.start < match.start() and claims.crossed(site.start, match.start())


def _parts(match: re.Match[str]) -> dict[str, Span]:
    return {name: Span(*match.span(name)) for name in match.re.groupindex if match[name]}


def _shown(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _EXCERPT else flat[: _EXCERPT - 1] + "…"


def _outer_first(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end
