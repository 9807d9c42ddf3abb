"""Taking apart what a source line says: shelfmarks, credits, several people in one field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.convert.conventions.model import Metadata, Named
from toolkit.convert.metadata.fields import (
    Reading,
    SourceReference,
    Value,
    named_parts,
    value_of,
)
from toolkit.convert.tree import Span

PEOPLE = ("author", "editor", "translator", "transcriber", "sender", "recipient")

_SOURCE = "source line"


def read_sources(text: str, rules: Metadata, reading: Reading) -> None:
    """Move credits out of the source lines, and read the shelfmarks in what is left."""
    for value in reading.fields.pop("source", []):
        span = value.span
        if span is None:
            reading.sources.append(SourceReference((), value))
            continue
        rest = _read_credits(text, span, rules, reading)
        for part in _split(text, rest, rules.source_separator, _SOURCE, reading):
            reading.sources.append(_reference(text, part, rules, reading))


def split_people(text: str, rules: Metadata, reading: Reading) -> None:
    """Split fields that name several people."""
    for name in PEOPLE:
        values = reading.fields.get(name)
        if values:
            reading.fields[name] = list(_people(text, values, rules, reading))


def _people(text: str, values: list[Value], rules: Metadata, reading: Reading) -> Iterator[Value]:
    for value in values:
        span = value.span
        if span is None:
            yield value
            continue
        for part in _split(text, span, rules.split_people, "list of names", reading):
            yield value_of(text, part.start, part.end)


def _read_credits(text: str, span: Span, rules: Metadata, reading: Reading) -> Span:
    """Read the credits at the end of a source line, and return what stands before them."""
    while True:
        credit = _last_credit(text, span, rules)
        if credit is None:
            return span
        rule, found = credit
        at = found.start()
        for name, start, end in named_parts(found):
            reading.delimiter(at, start, rule.name)
            reading.add(name, value_of(text, start, end))
            at = end
        reading.delimiter(at, found.end(), rule.name)
        span = Span(span.start, found.start())


def _last_credit(text: str, span: Span, rules: Metadata) -> tuple[Named, re.Match[str]] | None:
    for rule in rules.credits:
        for found in rule.pattern.finditer(text, span.start, span.end):
            if found.end() == span.end and found.start() > span.start:
                return rule, found
    return None


def _split(
    text: str, span: Span, separator: re.Pattern[str] | None, rule: str, reading: Reading
) -> list[Span]:
    if separator is None:
        return [span]
    parts: list[Span] = []
    at = span.start
    for found in separator.finditer(text, span.start, span.end):
        if at < found.start() and found.end() < span.end:
            parts.append(Span(at, found.start()))
            reading.delimiter(found.start(), found.end(), rule)
            at = found.end()
    return [*parts, Span(at, span.end)]


def _reference(text: str, part: Span, rules: Metadata, reading: Reading) -> SourceReference:
    for form in rules.sources:
        found = form.pattern.fullmatch(text, part.start, part.end)
        if found is None:
            continue
        named: list[tuple[str, Value]] = []
        at = part.start
        for name, start, end in named_parts(found):
            reading.delimiter(at, start, _SOURCE)
            named.append((name, value_of(text, start, end)))
            at = end
        reading.delimiter(at, part.end, _SOURCE)
        return SourceReference(tuple(named))
    return SourceReference((), value_of(text, part.start, part.end))
