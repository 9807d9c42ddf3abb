"""What the tags of editors teach: the forms they tag, whom these mean, what they leave untagged.

A register says how a person is called in a register. How the documents call them, the editors have
shown already where they have tagged: “Mama”, “the Embassy”, a surname alone, a misspelling.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from toolkit.annotate.flows import ends, flows_of, is_first_sight
from toolkit.annotate.forms import FormMatcher, is_too_short
from toolkit.annotate.header import RESPONSIBLE
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.references import References
from toolkit.annotate.registers import Entry
from toolkit.annotate.scope import Scope, scope
from toolkit.annotate.source import Element, Source
from toolkit.annotate.usage import Usage


def learn(documents: Iterable[tuple[Source, References]], forms: Iterable[str]) -> Usage:
    """Return how editors tagged names in documents, and how often they left ``forms`` untagged.

    Each document comes with the references from it to the registers. Tags of the toolkit do not
    count; those of editors count where they refer to an entry. What they left untagged counts only
    in documents in which they tagged names: to the others they have not come yet.
    """
    where = scope()
    read = list(documents)
    tagged: dict[str, Counter[str]] = defaultdict(Counter)
    for source, references in read:
        for form, entry in _tagged(source, references, where):
            tagged[form][entry.key] += 1
    matcher = FormMatcher({*forms, *tagged})
    tagging = [source for source, _ in read if _has_tags(source, where)]
    seen = Counter(form for source in tagging for form in _seen(source, matcher, where))
    return Usage({form: dict(sorted(keys.items())) for form, keys in sorted(tagged.items())}, seen)


def _tagged(source: Source, references: References, where: Scope) -> Iterator[tuple[str, Entry]]:
    for element in source.elements:
        if not _is_editors(element, where):
            continue
        entry = references.entry_of(element.attributes.get("ref", ""))
        form = " ".join(source.text_of(element).split())
        if entry is not None and form and not is_too_short(form):
            yield form, entry


def _is_editors(element: Element, where: Scope) -> bool:
    names = {"name", "rs", *where.names.values()}
    return element.name in names and not _is_ours(element)


def _has_tags(source: Source, where: Scope) -> bool:
    """Tell whether an editor tagged a name in the texts of a document."""
    texts = (part for part in source.root.elements() if part.name in ("text", "TEI"))
    return any(_is_editors(element, where) for text in texts for element in text.descendants())


def _is_ours(element: Element) -> bool:
    return f"#{RESPONSIBLE}" in element.attributes.get("resp", "").split()


def _seen(source: Source, matcher: FormMatcher, where: Scope) -> Iterator[str]:
    """Yield the forms that stand in the texts of a document, tagged by an editor or not at all.

    A form that is only part of what an editor tagged (Austria in an address) says nothing.
    """
    opened = where.with_names_inline()
    tags = {(e.first, e.last) for e in source.elements if _is_editors(e, where)}
    parts = Ranges(_outermost(tags))
    ours = Ranges(_outermost((e.first, e.last) for e in source.elements if _is_ours(e)))
    for part in source.root.elements():
        if part.name in ("text", "TEI"):
            for flow in flows_of(part, opened, ""):
                for match in matcher.find(flow.text, flow.masked):
                    first, last = ends(flow, match.start, match.end)
                    is_part = parts.hold(first, last + 1) and (first, last + 1) not in tags
                    is_ours = ours.hold(first, last + 1)
                    if not is_part and not is_ours and is_first_sight(flow, match.start, match.end):
                        yield match.form


def _outermost(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached = -1
    for start, end in sorted(ranges, key=lambda each: (each[0], -each[1])):
        if end > reached:
            yield start, end
            reached = end
