"""Names that no register has, proposed by a spaCy model: an editor decides about each of them.

General models misread old texts, so what they find is never tagged. spaCy is an extra of the
distribution (``tei-toolkit[ner]``) and loaded only where an edition names a model.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Protocol

from toolkit.annotate.kinds import NO_RECOGNISER
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.resources import SCHEMAS

# Texts longer than this are given to the model in pieces: its memory grows with them.
_LONGEST = 50_000
_WORD = re.compile(r"(\S+?)(?:\s+|(?<=['’]))")
_NEEDED = ("tok2vec", "transformer", "ner")


@dataclass(frozen=True, order=True, slots=True)
class Recognised:
    """A proposed name: the characters from ``start`` up to ``end`` of a text, and its kind."""

    start: int
    end: int
    kind: str


class Recogniser(Protocol):
    """Finds names by itself."""

    @property
    def language(self) -> str:
        """The language it reads (BCP 47), or ``xx`` for any."""

    def names(self, text: str) -> Iterator[Recognised]:
        """Yield the names in a text."""


@lru_cache(maxsize=2)
def load_recogniser(model: str, named_at: Position) -> Recogniser:
    """Return the recogniser for a spaCy model: the name of an installed package, or a folder.

    Nothing is fetched. ``named_at`` is where the model is named, for messages.

    Raises:
        DiagnosticError: spaCy or the model is not installed, or cannot be used (A016).
    """
    try:
        import spacy
    except ImportError:
        raise DiagnosticError(
            NO_RECOGNISER.at(
                named_at,
                f"the model “{model}” needs spaCy, which is not installed",
                'Install it with the model: pip install "tei-toolkit[ner]".',
            )
        ) from None
    try:
        with warnings.catch_warnings(action="ignore"):
            pipeline = spacy.load(model)
    except (OSError, ValueError, ImportError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DiagnosticError(
            NO_RECOGNISER.at(
                named_at,
                f"the model “{model}” cannot be used: {reason}",
                "Install the model with pip, or name one that is installed.",
            )
        ) from None
    if "ner" not in pipeline.pipe_names:
        raise DiagnosticError(
            NO_RECOGNISER.at(
                named_at,
                f"the model “{model}” recognises no names: it has no component “ner”",
                "Name a model with named entity recognition.",
            )
        )
    others = [name for name in pipeline.pipe_names if name not in _NEEDED]
    pipeline.disable_pipes(*others)
    return _SpacyRecogniser(pipeline)


def same_language(model: str, text: str) -> bool:
    """Tell whether a model for one language may read a text in another (BCP 47)."""
    return model == "xx" or text == "und" or text.partition("-")[0].lower() == model.lower()


@dataclass(frozen=True, eq=False)
class _SpacyRecogniser:
    pipeline: Any

    @property
    def language(self) -> str:
        return str(self.pipeline.lang)

    def names(self, text: str) -> Iterator[Recognised]:
        for start, piece in _pieces(text):
            for entity in self.pipeline(piece).ents:
                kind = _labels().kinds.get(entity.label_)
                found = kind and trimmed(text, start + entity.start_char, start + entity.end_char)
                if kind and found:
                    yield Recognised(*found, kind)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces that end at white space, each with where it starts."""
    start = 0
    while start < len(text):
        end = start + _LONGEST
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end), start) + 1
            end = end if end > start + 1 else start + _LONGEST
        yield start, text[start:end]
        start = end


@dataclass(frozen=True)
class _Labels:
    kinds: Mapping[str, str]
    articles: frozenset[str]
    endings: tuple[str, ...]


@cache
def _labels() -> _Labels:
    data = json.loads((SCHEMAS / "annotation" / "recognition.json").read_text(encoding="utf-8"))
    return _Labels(data["kinds"], frozenset(data["articles"]), tuple(data["endings"]))


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the name proper is, without article, possessive and punctuation around it.

    None if nothing is left that begins with a capital or is written without capitals at all
    (Hebrew, Chinese).
    """
    labels = _labels()
    while start < end and not text[start].isalnum():
        start += 1
    first = _WORD.match(text, start, end)
    if first and first[1].lower() in labels.articles:
        start = first.end()
    while ending := next((each for each in labels.endings if text.endswith(each, start, end)), ""):
        end -= len(ending)
    name = text[start:end]
    is_name = bool(name) and (name[0].isupper() or (name[0].isalpha() and not name[0].islower()))
    return (start, end) if is_name else None
