"""How often each code was found, with an example."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.diagnostics import Diagnostic
from toolkit.diagnostics.explanation import names


@dataclass(frozen=True, slots=True)
class Count:
    """How often a code was found, and where first."""

    count: int
    code: str
    name: str
    example: Diagnostic


def counts(diagnostics: Iterable[Diagnostic]) -> list[Count]:
    """Return the codes found, the most frequent first, then by code."""
    times: Counter[str] = Counter()
    first: dict[str, Diagnostic] = {}
    for d in diagnostics:
        times[d.code] += 1
        first.setdefault(d.code, d)
    found = [Count(times[code], code, names().get(code, ""), first[code]) for code in first]
    return sorted(found, key=lambda each: (-each.count, each.code))


def as_text(found: list[Count]) -> str:
    """Return a table for people."""
    wide = max((len(str(each.count)) for each in found), default=0)
    longest = max((len(each.name) for each in found), default=0)
    return "".join(
        f"{each.count:>{wide}}  {each.code}  {each.name:<{longest}}  {_example(each.example)}\n"
        for each in found
    )


def as_json(found: list[Count]) -> str:
    """Return a JSON array, as ``schemas/statistics.schema.json`` describes it."""
    rows = [
        {
            "code": each.code,
            "name": each.name,
            "count": each.count,
            "example": {
                "file": each.example.file,
                "line": each.example.line,
                "column": each.example.column,
                "message": each.example.message,
            },
        }
        for each in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _example(d: Diagnostic) -> str:
    text = f"{d.file}:{d.line}:{d.column}: {d.message}"
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
