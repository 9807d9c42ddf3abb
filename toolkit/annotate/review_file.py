"""The review file: the names that annotation left open (``schemas/review.schema.json``)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.annotate.kinds import BAD_REVIEW
from toolkit.annotate.open_names import Candidate, OpenName, Reason
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.diagnostics.json_reading import json_of
from toolkit.files import read_text
from toolkit.resources import SCHEMAS
from toolkit.settings import mistakes

_HINT = "Run tei annotate again, which writes this file anew."


@dataclass(frozen=True)
class OpenForm:
    """All places of a form that are open, and whom it may mean, with the mean of the scores."""

    form: str
    reason: Reason
    kinds: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    places: tuple[OpenName, ...]


def by_form(names: Iterable[OpenName]) -> tuple[OpenForm, ...]:
    """Return the names by their form, those with most places first."""
    found: dict[str, list[OpenName]] = {}
    for name in names:
        found.setdefault(name.form, []).append(name)
    forms = [_together(form, places) for form, places in found.items()]
    return tuple(sorted(forms, key=lambda each: (-len(each.places), each.form)))


def _together(form: str, places: list[OpenName]) -> OpenForm:
    known = {each.entry: each for name in places for each in sorted(name.candidates)}
    scores: Counter[str] = Counter()
    for name in places:
        scores.update({each.entry: each.score for each in sorted(name.candidates)})
    mean = (
        replace(each, score=round(scores[entry] / len(places), 2)) for entry, each in known.items()
    )
    reasons = Counter(name.reason for name in places)
    return OpenForm(
        form,
        min(reasons, key=lambda reason: (-reasons[reason], reason)),
        tuple(sorted({kind for name in places for kind in name.kinds})),
        tuple(sorted(mean, key=lambda each: (-each.score, each.entry))),
        # In a line they stay in the order of the document.
        tuple(sorted(places, key=lambda each: (each.document, each.line))),
    )


def review_as_json(names: Iterable[OpenName]) -> str:
    """Return the review file: the same names give the same bytes."""
    data = {"names": [_form_as_json(form) for form in by_form(names)]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _form_as_json(form: OpenForm) -> Mapping[str, Any]:
    return {
        "form": form.form,
        "reason": form.reason.value,
        "kinds": list(form.kinds),
        "candidates": [
            {"entry": c.entry, "kind": c.kind, "name": c.name, "score": c.score}
            | ({"description": c.description} if c.description else {})
            for c in form.candidates
        ],
        "places": [
            {"document": p.document, "line": p.line, "before": p.before, "after": p.after}
            | ({"element": p.element} if p.element else {})
            for p in form.places
        ],
    }


def read_review(file: Path) -> tuple[OpenName, ...]:
    """Return the names in a review file; none if it is not there.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), or is no review file (A015).
    """
    if not file.exists():
        return ()
    return names_in_review(read_text(file))


def names_in_review(source: SourceText) -> tuple[OpenName, ...]:
    """Return the names in the text of a review file.

    Raises:
        DiagnosticError: it is none (A015).
    """
    data = json_of(source, BAD_REVIEW, _HINT)
    found = mistakes(data, SCHEMAS / "review.schema.json")
    if found:
        raise DiagnosticError(BAD_REVIEW.at(source.position(0), found[0].message, _HINT))
    return tuple(name for form in data["names"] for name in _names(form))


def _names(form: Mapping[str, Any]) -> Iterator[OpenName]:
    candidates = tuple(
        Candidate(c["entry"], c["kind"], c["name"], float(c["score"]), c.get("description", ""))
        for c in form["candidates"]
    )
    for place in form["places"]:
        yield OpenName(
            form["form"],
            Reason(form["reason"]),
            candidates,
            tuple(form["kinds"]),
            place["document"],
            place["line"],
            place["before"],
            place["after"],
            place.get("element", ""),
        )


def renewed(
    before: Iterable[OpenName], now: Iterable[OpenName], documents: Collection[str]
) -> tuple[OpenName, ...]:
    """Return the names of all documents, after the ``documents`` have been annotated anew."""
    return (*(name for name in before if name.document not in documents), *now)
