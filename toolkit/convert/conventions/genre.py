"""The rules of a profile that hold for documents of one genre."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from toolkit.convert.conventions.model import BlockRule, BlockRules, Convention


@lru_cache(maxsize=1024)
def for_genre(convention: Convention, genre: str) -> Convention:
    """Return the profile without the rules that are for documents of other genres."""
    names = _names(genre)
    return _for_families(
        convention,
        frozenset(
            family
            for family, known in convention.genre_families.items()
            if names & {family, *known}
        ),
    )


@lru_cache(maxsize=256)
def _for_families(convention: Convention, families: frozenset[str]) -> Convention:
    return replace(
        convention,
        notation=tuple(rule for rule in convention.notation if _holds(rule.genre, families)),
        blocks=_without_others(convention.blocks, families),
    )


def is_known_genre(convention: Convention, genre: str) -> bool:
    """Tell whether the profile says anything of a genre: in a family, or as one of verse."""
    return bool(_names(genre) & _known(convention))


def near_genre(convention: Convention, genre: str) -> str:
    """Return the genre known to the profile that is written much like this one, or ""."""
    known = sorted(_known(convention))
    return next(iter(difflib.get_close_matches(genre.casefold(), known, n=1, cutoff=0.75)), "")


def _known(convention: Convention) -> set[str]:
    return {
        *convention.verse_genres,
        *convention.genre_families,
        *(name for names in convention.genre_families.values() for name in names),
        *(rule.value.casefold() for rule in convention.genres),
    }


def _names(genre: str) -> frozenset[str]:
    """Return the whole and its last word, so that a “private letter” is a letter."""
    said = genre.strip().casefold()
    return frozenset({said, *said.split()[-1:]} - {""})


def _holds(genre: str, families: frozenset[str]) -> bool:
    return not genre or genre in families


def _without_others(rules: BlockRules, families: frozenset[str]) -> BlockRules:
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
