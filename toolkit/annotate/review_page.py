"""The names that wait for an editor as a page to read in a browser. It loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from toolkit.annotate.open_names import Candidate, OpenName, Reason
from toolkit.annotate.review_file import OpenForm, by_form
from toolkit.resources import SCHEMAS

_MOST_SHOWN = 12
"""Of more places the rest is shown when the reader opens it."""
_REASONS = {
    Reason.SEVERAL_ENTRIES: "several entries have this form",
    Reason.NO_ENTRY: "no register has it",
    Reason.UNCERTAIN: "it may be no name, or somebody else's",
}


def review_as_html(names: Iterable[OpenName]) -> str:
    """Return the names that wait as an HTML page; the same names give the same bytes.

    A Content-Security-Policy (W3C, CSP Level 3) holds browsers to showing the page and no more.
    """
    forms = by_form(names)
    style = (SCHEMAS / "annotation" / "review-page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        "<title>Names that wait for an editor</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        "<h1>Names that wait for an editor</h1>",
        *_introduction(forms),
        *(line for number, form in enumerate(forms, start=1) for line in _form(form, number)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _introduction(forms: tuple[OpenForm, ...]) -> Iterator[str]:
    if not forms:
        yield "<p>No name is open.</p>"
        return
    places = sum(len(form.places) for form in forms)
    yield (
        f"<p>{_counted(len(forms), 'name')}, at {_counted(places, 'place')}, as they were when "
        "the documents were last annotated. <code>tei review</code> asks about them one by one; "
        "one answer settles all places of a name.</p>"
    )
    yield '<nav aria-label="Names"><ul>'
    for number, form in enumerate(forms, start=1):
        link = f'<a href="#name-{number}"><bdi>{escape(form.form)}</bdi></a>'
        yield f"<li>{link} ({len(form.places)})</li>"
    yield "</ul></nav>"


def _form(form: OpenForm, number: int) -> Iterator[str]:
    documents = len({place.document for place in form.places})
    where = f"{_counted(len(form.places), 'place')} in {_counted(documents, 'document')}"
    yield f'<section aria-labelledby="name-{number}">'
    yield f'<h2 id="name-{number}"><bdi>{escape(form.form)}</bdi></h2>'
    yield f'<p class="why">{where}; {_REASONS[form.reason]}</p>'
    if form.candidates:
        yield "<table>"
        yield "<tr><th>May be</th><th>Kind</th><th>Score</th></tr>"
        for each in form.candidates:
            yield (
                f"<tr><td><bdi>{escape(each.name)}</bdi>{_described(each)}"
                f'<code class="entry">{escape(each.entry)}</code></td>'
                f"<td>{escape(each.kind)}</td>"
                f'<td class="score">{each.score:.2f}</td></tr>'
            )
        yield "</table>"
    yield from _places(form.places[:_MOST_SHOWN])
    if len(form.places) > _MOST_SHOWN:
        yield f"<details><summary>and {len(form.places) - _MOST_SHOWN} more</summary>"
        yield from _places(form.places[_MOST_SHOWN:])
        yield "</details>"
    yield "</section>"


def _described(candidate: Candidate) -> str:
    said = escape(candidate.description)
    return f' <span class="described" dir="auto">{said}</span>' if said else ""


def _places(places: Iterable[OpenName]) -> Iterator[str]:
    yield '<ul class="places">'
    for place in places:
        passage = f"{escape(place.before)}<mark>{escape(place.form)}</mark>{escape(place.after)}"
        yield (
            f'<li><span class="where"><bdi>{escape(place.document)}</bdi>, line&#160;{place.line}'
            f"{', in the header' if place.element else ''}</span>"
            f'<span dir="auto">{passage}</span></li>'
        )
    yield "</ul>"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
