"""The rules of a profile that hold for documents of one genre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.convert.conventions.model import BlockRule, BlockRules, Convention


def for_genre(convention: Convention, genre: str) -> Convention:
    """Return the profile without the rules that are for documents of other genres."""
    names = _names(genre)
    families = {
        family for family, known in convention.genre_families.items() if names & {family, *known}
    }
    bound = [rule.genre for rule in convention.notation]
    bound += [rule.genre for rule in _block_rules(convention.blocks)]
    if not any(bound):
        return convention
    return replace(
        convention,
        notation=tuple(rule for rule in convention.notation if _holds(rule.genre, families)),
        blocks=_without_others(convention.blocks, families),
    )


def is_known_genre(convention: Convention, genre: str) -> bool:
    """Tell whether the profile says anything of a genre: in a family, or as one of verse."""
    known = {
        *convention.verse_genres,
        *convention.genre_families,
        *(name for names in convention.genre_families.values() for name in names),
        *(rule.value.casefold() for rule in convention.genres),
    }
    return bool(_names(genre) & known)


def _names(genre: str) -> frozenset[str]:
    """Return the whole and its last word, so that a “private letter” is a letter."""
    said = genre.strip().casefold()
    return frozenset({said, *said.split()[-1:]} - {""})


def _holds(genre: str, families: set[str]) -> bool:
    return not genre or genre in families


def _block_rules(rules: BlockRules) -> tuple[BlockRule, ...]:
    return (*rules.opener, *rules.head, *rules.closer, *rules.body, *rules.anywhere)


def _without_others(rules: BlockRules, families: set[str]) -> BlockRules:
    def held(some: Sequence[BlockRule]) -> tuple[BlockRule, ...]:
        return tuple(rule for rule in some if _holds(rule.genre, families))

    return replace(
        rules,
        opener=held(rules.opener),
        head=held(rules.head),
        closer=held(rules.closer),
        body=held(rules.body),
        anywhere=held(rules.anywhere),
    )
