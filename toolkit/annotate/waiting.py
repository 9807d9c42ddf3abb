"""The names of a document that wait for an editor."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from toolkit.annotate.decisions import passage
from toolkit.annotate.doubts import sex_of
from toolkit.annotate.editor import Editor, extent
from toolkit.annotate.flows import Flow
from toolkit.annotate.habits import defaults
from toolkit.annotate.judging import Certainty, Ranked
from toolkit.annotate.kinds import AMBIGUOUS, TAG_WITHOUT_REASON, UNCERTAIN
from toolkit.annotate.naming import Name, Text
from toolkit.annotate.open_names import Candidate, OpenName, Reason, candidates, score_shown
from toolkit.annotate.ranges import Ranges
from toolkit.annotate.reach import plain, words_before
from toolkit.annotate.recognition import Recogniser, same_language
from toolkit.annotate.references import is_whole_name
from toolkit.annotate.scope import Scope
from toolkit.annotate.tagging import Tagger
from toolkit.annotate.titles import sex_of_title

_SHARE_OF_OTHER_SEX = 0.02
"""Of the likelihood of an entry whose sex is not that of the title: “Frau” before a man's name."""
_SHARE_OF_UNKNOWN = 0.5
"""Of the likelihood of an entry of which nothing tells the sex."""


class Waiting:
    """Tells which names are left open, and why."""

    def __init__(self, tagger: Tagger, scope: Scope, editor: Editor) -> None:
        self._tagger = tagger
        self._scope = scope
        self._editor = editor

    def report(self, texts: list[Text]) -> None:
        """Report each form that was left open, once, where it first stands."""
        reported: set[str] = set()
        for text in texts:
            for name in text.names:
                reason = self.reason(name)
                if name.form in reported or reason is None:
                    continue
                reported.add(name.form)
                shown = ", ".join(f"{c.entry.key} ({score_shown(c):.2f})" for c in name.candidates)
                is_one = len(name.candidates) == 1
                self._tagger.report(
                    AMBIGUOUS if reason is Reason.SEVERAL_ENTRIES else UNCERTAIN,
                    text.flow,
                    name.start,
                    f"“{name.form}” may be {'' if is_one else 'any of '}{shown}; it was not tagged",
                    "Decide with tei review; or tag it by hand.",
                )

    def report_tags(self, texts: list[Text]) -> None:
        """Report the tags set before as certain around what would wait now, once for each form."""
        reported: set[str] = set()
        for text in texts:
            for name in text.names:
                if name.form in reported or self.reason(name) is None:
                    continue
                tag = self._tagger.added_around(text.flow, name.start, name.end)
                if tag is None or tag.attributes.get("cert") != Certainty.HIGH:
                    continue
                if is_whole_name(tag, self._scope):
                    continue  # The field of the header itself says what it is the name of.
                reported.add(name.form)
                self._tagger.report(
                    TAG_WITHOUT_REASON,
                    text.flow,
                    name.start,
                    f"“{self._tagger.text_of(tag)}” is tagged as {tag.attributes['ref']}, but "
                    "nothing decides so any more",
                    "Take the tag away and annotate again, then it waits for tei review; "
                    "or delete its resp, then it is yours.",
                )

    def left_open(self, texts: list[Text], of_header: Collection[str]) -> Iterator[OpenName]:
        """Yield the names that were not tagged for want of certainty.

        Not those that are part of a name which waits in the header, ``of_header``: the answer about
        it is one about them.
        """
        longer = [form for form in of_header if " " in form]
        for text in texts:
            for name in text.names:
                reason = self.reason(name)
                if reason is None or any(_is_within(text.flow, name, form) for form in longer):
                    continue
                first = name.candidates[0].entry.kind
                if self._can_be(first, text.flow, name.start, name.end):
                    kinds = tuple(sorted({each.entry.kind for each in name.candidates}))
                    named = candidates(_as_titled(text.flow, name))
                    start, end = extent(text.flow, name.match)
                    yield self._open(text.flow, start, end, name.form, reason, named, kinds)

    def proposed(self, recogniser: Recogniser, texts: list[Text]) -> Iterator[OpenName]:
        """Yield the names that a model finds where nothing else was found."""
        for text in texts:
            flow = text.flow
            if not same_language(recogniser.language, flow.language):
                continue
            taken = Ranges((name.start, name.end) for name in text.names)
            for date in text.dates:
                taken.add(date.start, date.end)
            for found in recogniser.names(flow.text):
                start, end = found.start, found.end
                if any(flow.masked[start:end]) or taken.touch(start, end):
                    continue
                form = " ".join(flow.text[start:end].split())
                if self._editor.decisions.holds(form, self._editor.place(flow, start, end)):
                    continue
                if self._can_be(found.kind, flow, start, end):
                    yield self._open(flow, start, end, form, Reason.NO_ENTRY, (), (found.kind,))

    def _can_be(self, kind: str, flow: Flow, start: int, end: int) -> bool:
        return self._tagger.can_stand(flow, start, end, self._scope.names[kind])

    def _open(
        self,
        flow: Flow,
        start: int,
        end: int,
        form: str,
        reason: Reason,
        named: tuple[Candidate, ...],
        kinds: tuple[str, ...],
    ) -> OpenName:
        line = self._tagger.position(flow, start).line
        where = passage(flow.text, start, end)
        return OpenName(form, reason, named, kinds, self._editor.name, line, *where)

    def reason(self, name: Name) -> Reason | None:
        """Return why a name is left open, or None if it is tagged."""
        if name.entry is None:
            return Reason.SEVERAL_ENTRIES
        is_sure = name.certainty is not Certainty.LOW or not self._editor.only_certain
        if name.is_likely and is_sure:
            return None
        return Reason.UNCERTAIN if len(name.candidates) == 1 else Reason.SEVERAL_ENTRIES


def _is_within(flow: Flow, name: Name, form: str) -> bool:
    """Tell whether a name is a part of this longer form where it stands."""
    reach = len(form) - len(name.form)
    start = flow.text.find(form, max(0, name.match.start - reach), name.match.end + reach)
    return 0 <= start <= name.match.start and name.match.end <= start + len(form)


def _as_titled(flow: Flow, name: Name) -> tuple[Ranked, ...]:
    """Return whom a name may mean, with small shares for those of whom its title is not."""
    told = _sex_told(flow, name.match.start)
    if not told:
        return name.candidates
    weights = [each.score * _fit(told, sex_of(each.entry)) for each in name.candidates]
    whole = sum(weights) or 1
    return tuple(
        replace(each, score=weight / whole)
        for each, weight in zip(name.candidates, weights, strict=True)
    )


def _fit(told: str, sex: str | None) -> float:
    """Return how well a person of a sex, which may be unknown, fits the title."""
    if sex == told:
        return 1
    return _SHARE_OF_OTHER_SEX if sex in ("f", "m") else _SHARE_OF_UNKNOWN


def _sex_told(flow: Flow, start: int) -> str:
    """Return the sex that the titles before a place tell (“Herr Professor”), or nothing."""
    for word, _ in words_before(flow.text, start):
        if sex := sex_of_title(plain(word)):
            return sex
        if plain(word) not in defaults().titles:
            break
    return ""
