"""Nouns that are names too, in languages that write every noun with a capital."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.annotate.flows import Flow
from toolkit.annotate.forms import FormMatch
from toolkit.annotate.reach import words_before
from toolkit.resources import SCHEMAS


def may_be_noun(flow: Flow, match: FormMatch, kind: str) -> bool:
    """Tell whether a form of a name is a noun too, and may be one where it stands.

    ``kind`` is that of the entry that it would name: “in Essen” is a place.
    """
    language = flow.language.partition("-")[0].lower()
    words = _nouns().get(language)
    if words is None or match.form not in words.nouns:
        return False
    before, _ = next(words_before(flow.text, match.start), ("", 0))
    return kind != "place" or before not in words.before_places


def is_noun(form: str, language: str) -> bool:
    """Tell whether a form of a name is a noun of the language too (BCP 47, the primary part)."""
    words = _nouns().get(language)
    return words is not None and form in words.nouns


@dataclass(frozen=True)
class _Nouns:
    """The nouns of a language, and the words before a place that has no article."""

    nouns: frozenset[str]
    before_places: frozenset[str]


@cache
def _nouns() -> Mapping[str, _Nouns]:
    data = json.loads((SCHEMAS / "annotation" / "nouns.json").read_text(encoding="utf-8"))
    return {
        language: _Nouns(frozenset(nouns), frozenset(data["before_places"].get(language, ())))
        for language, nouns in data["nouns"].items()
    }
