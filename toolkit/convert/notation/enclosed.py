"""Notation with an opening and a closing sign: brackets, equal signs on both sides, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.beginnings import may_begin
from toolkit.convert.conventions.model import NotationRule
from toolkit.convert.notation.marks import Claims
from toolkit.convert.notation.occurrences import Matches
from toolkit.convert.text.blocks import Block

_MATES = {
    "[": "]",
    "{": "}",
    "(": ")",
    "<": ">",
    "⟨": "⟩",
    "⟦": "⟧",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
}

DEEPEST = 32
"""The deepest nesting of brackets that is read as notation."""


Sign = tuple[NotationRule, str]
"""A rule, and which of its signs."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A stretch from an opening up to a closing sign, and what is between them."""

    start: int
    content_start: int
    content_end: int
    end: int
    rule: NotationRule
    opening: re.Match[str]


@dataclass
class Enclosed:
    """What was found in one block."""

    enclosures: list[Enclosure] = field(default_factory=list)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    unbalanced: list[tuple[int, str]] = field(default_factory=list)
    """Where signs without a partner stand, and the signs."""
    too_deep: list[int] = field(default_factory=list)
    open_ended: list[tuple[NotationRule, int]] = field(default_factory=list)
    """Equal signs left over, that may have their partner in another paragraph."""


@dataclass(frozen=True)
class _Families:
    """The rules for enclosed text by the way their signs are matched."""

    brackets: Mapping[NotationRule, str]
    """With the opening bracket of each."""
    bracket_patterns: Mapping[str, Sequence[re.Pattern[str]]]
    """What opens and closes after each opening bracket: each pattern once."""
    toggles: tuple[NotationRule, ...]
    tags: tuple[NotationRule, ...]


@lru_cache(maxsize=64)
def _families(rules: tuple[NotationRule, ...]) -> _Families:
    """Sort the rules for enclosed text into families."""
    brackets: dict[NotationRule, str] = {}
    toggles: list[NotationRule] = []
    tags: list[NotationRule] = []
    for rule in rules:
        if rule.scope != "enclosed" or rule.open is None or rule.close is None:
            continue
        opener = rule.open.pattern.lstrip("\\")[:1]
        mate = _MATES.get(opener, "")
        if rule.tags:
            tags.append(rule)
        elif rule.open.pattern == rule.close.pattern:
            toggles.append(rule)
        elif mate and rule.close.pattern.endswith(mate) and not rule.open.pattern.endswith(mate):
            brackets[rule] = opener
        else:
            tags.append(rule)
    toggles.sort(key=lambda rule: -len(rule.open_literal))
    return _Families(brackets, _bracket_patterns(brackets), tuple(toggles), tuple(tags))


def _bracket_patterns(
    brackets: Mapping[NotationRule, str],
) -> Mapping[str, Sequence[re.Pattern[str]]]:
    patterns: dict[str, dict[re.Pattern[str], None]] = {}
    for rule, opener in brackets.items():
        of_opener = patterns.setdefault(opener, {})
        of_opener.update({each: None for each in (rule.close, rule.open) if each})
    return {opener: tuple(each) for opener, each in patterns.items()}


@lru_cache(maxsize=64)
def _bracket_signs(openers: frozenset[str]) -> re.Pattern[str]:
    signs = "".join(re.escape(sign + _MATES[sign]) for sign in sorted(openers))
    return re.compile(f"[{signs}]")


def signs_of(rules: tuple[NotationRule, ...]) -> Iterator[tuple[Sign, re.Pattern[str]]]:
    """Yield the patterns of the signs that enclose text, with what each is known by."""
    families = _families(rules)
    for rule in (*families.toggles, *families.tags):
        if rule.open and rule.close:
            yield (rule, "open"), rule.open
            yield (rule, "close"), rule.close


@dataclass(frozen=True)
class EnclosingSigns:
    """The signs of the rules for enclosed text in one document, and the rules that occur in it."""

    brackets: tuple[NotationRule, ...]
    bracket_signs: re.Pattern[str] | None
    """Of every bracket; None if no rule for brackets occurs."""
    toggles: Sequence[tuple[NotationRule, Matches]]
    tags: Sequence[tuple[NotationRule, Matches, Matches]]
    """Each with its opening and its closing signs."""

    def blocks(self) -> set[int]:
        """Return where the blocks start that have signs other than brackets."""
        toggles = (matches for _, matches in self.toggles)
        tags = (matches for _, *both in self.tags for matches in both)
        return set().union(*toggles, *tags)

    def has_bracket(self, text: str, block: Block) -> bool:
        """Tell whether there is a bracket in a block."""
        signs = self.bracket_signs
        return signs is not None and signs.search(text, block.start, block.end) is not None


def enclosing_signs(
    rules: tuple[NotationRule, ...],
    found: Mapping[Sign, Matches],
    text: str,
    blocks: Sequence[Block],
) -> EnclosingSigns:
    """Sort the signs that were found in ``blocks`` into families."""
    families = _families(rules)
    openers = frozenset(
        opener
        for opener, patterns in families.bracket_patterns.items()
        if (opener in text or _MATES[opener] in text) and _occurs(patterns, text, blocks)
    )
    return EnclosingSigns(
        tuple(families.brackets),
        _bracket_signs(openers) if openers else None,
        [(rule, found[rule, "open"]) for rule in families.toggles if (rule, "open") in found],
        [
            (rule, found.get((rule, "open"), {}), found.get((rule, "close"), {}))
            for rule in families.tags
            if (rule, "open") in found or (rule, "close") in found
        ],
    )


def _occurs(patterns: Sequence[re.Pattern[str]], text: str, blocks: Sequence[Block]) -> bool:
    return any(
        pattern.search(text, block.start, block.end) for pattern in patterns for block in blocks
    )


def find_enclosed(text: str, block: Block, signs: EnclosingSigns, claims: Claims) -> Enclosed:
    """Return the enclosed stretches of a block that no other notation claims."""
    found = Enclosed()
    start = block.start
    for rule, openings, closings in signs.tags:
        if start in openings or start in closings:
            _find_tags(rule, openings.get(start, ()), closings.get(start, ()), claims, found)
    for rule, openings in signs.toggles:
        if start in openings:
            _find_toggles(text, rule, openings[start], claims, found)
    if signs.bracket_signs:
        brackets = signs.bracket_signs.finditer(text, start, block.end)
        _find_brackets(text, signs.brackets, brackets, claims, found)
    found.unbalanced = [
        (at, sign) for at, sign in found.unbalanced if claims.free(at, at + len(sign))
    ]
    return found


def _find_brackets(
    text: str,
    rules: tuple[NotationRule, ...],
    brackets: Iterable[re.Match[str]],
    claims: Claims,
    found: Enclosed,
) -> None:
    pairs, unbalanced = _pairs(text, _unclaimed(brackets, claims))
    found.unbalanced += [(start, text[start]) for start in unbalanced]
    signs_end = 0
    signs: list[tuple[int, int]] = []
    for start, end, depth in pairs:
        if start < signs_end:
            continue  # a bracket of a doubled one
        if depth > DEEPEST:
            found.too_deep.append(start)
            continue
        enclosure = next(
            (
                made
                for rule in _beginning_with(rules, text[start : start + 2])
                if (made := _enclosure(text, start, end, rule))
            ),
            None,
        )
        if enclosure:
            found.enclosures.append(enclosure)
            signs_end = enclosure.content_start
            signs.append((enclosure.start, enclosure.content_start))
            signs.append((enclosure.content_end, enclosure.end))
        else:
            found.unknown.append((start, end))
    claims.add_all(signs)


@lru_cache(maxsize=16384)
def _beginning_with(rules: tuple[NotationRule, ...], two: str) -> tuple[NotationRule, ...]:
    """Return the rules of which an opening sign may begin with these two characters."""
    return tuple(rule for rule in rules if rule.open and may_begin(rule.open, two))


def _pairs(
    text: str, signs: Iterable[re.Match[str]]
) -> tuple[list[tuple[int, int, int]], list[int]]:
    """Return the balanced pairs with their depths, in order, and what is unbalanced."""
    pairs: list[tuple[int, int, int]] = []
    opened: list[int] = []
    unbalanced: list[int] = []
    for sign in signs:
        if sign[0] in _MATES:
            opened.append(sign.start())
        elif opened and _MATES[text[opened[-1]]] == sign[0]:
            pairs.append((opened.pop(), sign.end(), len(opened)))
        else:
            unbalanced.append(sign.start())
    return sorted(pairs), sorted(unbalanced + opened)


def _enclosure(text: str, start: int, end: int, rule: NotationRule) -> Enclosure | None:
    assert rule.open is not None  # noqa: S101 (rules of this scope have both)
    assert rule.close is not None  # noqa: S101
    opening = rule.open.match(text, start, end)
    if opening is None:
        return None
    if rule.close_literal:
        if not text.endswith(rule.close_literal, opening.end(), end):
            return None
        content_end = end - len(rule.close_literal)
    else:
        closing = next(
            (each for each in rule.close.finditer(text, opening.end(), end) if each.end() == end),
            None,
        )
        if closing is None:
            return None
        content_end = closing.start()
    if not _fits(text, opening.end(), content_end, rule):
        return None
    return Enclosure(start, opening.end(), content_end, end, rule, opening)


def _fits(text: str, start: int, end: int, rule: NotationRule) -> bool:
    if rule.content and not rule.content.fullmatch(text, start, end):
        return False
    return not (rule.unless and rule.unless.fullmatch(text, start, end))


def _find_toggles(
    text: str,
    rule: NotationRule,
    signs: Sequence[re.Match[str]],
    claims: Claims,
    found: Enclosed,
) -> None:
    """Pair equal signs: one before a word opens, the next one after a word closes."""
    opening: re.Match[str] | None = None
    for sign in _unclaimed(signs, claims):
        if opening is None:
            if text[sign.end() : sign.end() + 1].strip():
                opening = sign
            elif rule.crosses_paragraphs and not _is_between_words(text, sign):
                found.open_ended.append((rule, sign.start()))
            else:
                found.unbalanced.append((sign.start(), sign[0]))
        elif (
            text[sign.start() - 1].isspace()
            or sign.start() == opening.end()
            or _parts_words(text, opening, sign)
        ):
            found.unbalanced.append((opening.start(), opening[0]))
            opening = sign
        else:
            if _fits(text, opening.end(), sign.start(), rule):
                found.enclosures.append(
                    Enclosure(
                        opening.start(), opening.end(), sign.start(), sign.end(), rule, opening
                    )
                )
                claims.add(opening.start(), opening.end())
                claims.add(sign.start(), sign.end())
            opening = None
    if opening is not None:
        found.open_ended.append((rule, opening.start()))


def _parts_words(text: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    """Tell whether two single signs within words stand in different words: “M^r and W^m”."""
    if len(opening[0]) > 1 or not any(map(str.isspace, text[opening.end() : closing.start()])):
        return False
    before = text[opening.start() - 1 : opening.start()] if opening.start() else ""
    return before.isalnum() or text[closing.end() : closing.end() + 1].isalpha()


def _is_between_words(text: str, sign: re.Match[str]) -> bool:
    """Tell whether a sign stands alone between words of a line, and opens and closes nothing."""
    before = text[max(0, sign.start() - 1) : sign.start()]
    return before in (" ", "\t") and text[sign.end() : sign.end() + 1] in (" ", "\t")


def _find_tags(
    rule: NotationRule,
    openings: Sequence[re.Match[str]],
    closings: Sequence[re.Match[str]],
    claims: Claims,
    found: Enclosed,
) -> None:
    opened: list[re.Match[str]] = []
    signs = [*((sign, False) for sign in openings), *((sign, True) for sign in closings)]
    for sign, closes in sorted(signs, key=lambda each: (each[0].start(), each[1])):
        if not claims.free(*sign.span()):
            continue
        if not closes:
            opened.append(sign)
        elif opened and len(opened) <= DEEPEST:
            opening = opened.pop()
            claims.add(*opening.span())
            claims.add(*sign.span())
            found.enclosures.append(
                Enclosure(opening.start(), opening.end(), sign.start(), sign.end(), rule, opening)
            )
        else:
            found.unbalanced.append((sign.start(), sign[0]))
    found.unbalanced += [(sign.start(), sign[0]) for sign in opened]


def _unclaimed(signs: Iterable[re.Match[str]], claims: Claims) -> Iterator[re.Match[str]]:
    taken: Sequence[tuple[int, int]] = sorted(claims.spans)
    index = 0
    for sign in signs:
        while index < len(taken) and taken[index][1] <= sign.start():
            index += 1
        if index == len(taken) or sign.end() <= taken[index][0]:
            yield sign
