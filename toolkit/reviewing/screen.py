"""What an editor sees of a question, as plain lines; colours are an addition, not needed."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.annotate import OpenForm, OpenName, Reason
from toolkit.reviewing.questions import Question, Reach
from toolkit.reviewing.session import Standing

_MOST_PLACES = 5
_NARROWEST, _WIDEST = 40, 100
_REASONS = {
    Reason.SEVERAL_ENTRIES: "several entries have this form",
    Reason.NO_ENTRY: "no register has it",
    Reason.UNCERTAIN: "it may be no name, or somebody else's",
}
KEYS = (
    ("1, 2", "it means the entry with this number"),
    ("n", "it means a new entry, which goes into the register"),
    ("f", "find another entry by words of its name"),
    ("x", "it is never a name: do not ask again"),
    ("d", "ask about each document by itself"),
    ("p", "ask about each place by itself"),
    ("a", "ask about all places of the name at once again"),
    ("v", "view all places, with more of the text"),
    ("l", "later: leave it open for now"),
    ("u", "undo the last step"),
    ("q", "quit; all answers are kept"),
    ("?", "this list"),
)
_BOLD, _MARKED, _DIM, _PLAIN = "\x1b[1m", "\x1b[1;7m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True)
class Screen:
    """How to show things: the width in columns, and whether with colours."""

    width: int = 80
    colours: bool = False

    def question(self, question: Question, standing: Standing, *, whole: bool = False) -> str:
        """Return the question that is asked, with its places and candidates."""
        number = standing.answered + len(standing.later) + 1
        total = number + len(standing.questions) - 1
        heading = self._wrapped(f"[{number} of {total}] {self._heading(question)}", "", " " * 4)
        lines = ["", *(self._paint(_BOLD, line) for line in heading), ""]
        places = question.form.places if whole else question.form.places[:_MOST_PLACES]
        for place in places:
            lines += self._place(place, whole=whole)
        more = len(question.form.places) - len(places)
        if more:
            lines.append(f"  and {counted(more, 'more place')} (v shows all)")
        lines += ["", *self._candidates(question), "", self._keys(question)]
        return "\n".join(lines) + "\n"

    def help(self) -> str:
        """Return what the keys mean."""
        return "".join(f"  {key:7} {meaning}\n" for key, meaning in KEYS)

    def listed(self, form: OpenForm) -> Iterator[str]:
        """Yield a line about a form that waits, and one for each candidate."""
        yield f"{plain(form.form)}: {_where(form)}; {_REASONS[form.reason]}"
        for candidate in form.candidates:
            score = f"{candidate.score:.2f} " if len(form.candidates) > 1 else ""
            yield f"  {score}{plain(candidate.name)} ({candidate.entry})"
            if candidate.description:
                yield f"       {plain(candidate.description)}"

    def _heading(self, question: Question) -> str:
        form = question.form
        here = {
            Reach.EVERYWHERE: ", everywhere",
            Reach.DOCUMENT: ", in this document",
            Reach.PLACE: ", at this place",
        }[question.reach]
        return f"{plain(question.called)}{here}: {_where(form)}; {_REASONS[form.reason]}"

    def _place(self, place: OpenName, *, whole: bool) -> Iterator[str]:
        yield self._paint(_DIM, f"  {place.document}:{place.line}")
        room = len(place.before) + len(place.after)
        if not whole:
            room = max(2 * (self._columns - 10) - len(place.form), 40)
        before = _last(plain(place.before), room * 3 // 5)
        after = _first(plain(place.after), room - len(before))
        marked = f"{before}\0{plain(place.form).replace(' ', chr(1))}\0{after}"
        wrapped = textwrap.wrap(marked, self._columns - 4, break_on_hyphens=False)
        parts = "\n".join(f"    {line}" for line in wrapped).split("\0")
        yield parts[0] + self._mark(parts[1].replace(chr(1), " ")) + parts[2]

    def _candidates(self, question: Question) -> Iterator[str]:
        # The score is a share: of a single candidate it would say nothing.
        shared = len(question.form.candidates) > 1
        for number, candidate in enumerate(question.form.candidates, start=1):
            score = f" {candidate.score:.2f}" if shared and candidate.score else ""
            said = f"{plain(candidate.name)} ({candidate.kind}){score} {candidate.entry}"
            yield from self._wrapped(said, f"  {number:2}  ", " " * 6)
            yield from self._wrapped(plain(candidate.description), " " * 6, " " * 6)
        if not question.form.candidates:
            yield "  no candidates: n makes a new entry, f finds one"

    def _keys(self, question: Question) -> str:
        count = len(question.form.candidates)
        choose = {0: "", 1: "1 this entry, "}.get(count, f"1-{count} this entry, ")
        narrower = {
            Reach.EVERYWHERE: "d by document, p by place, ",
            Reach.DOCUMENT: "p by place, a everywhere, ",
            Reach.PLACE: "a everywhere, ",
        }[question.reach]
        said = f"{choose}n new entry, f find, x never a name, {narrower}l later, u undo, q quit, ?"
        # A key stands in one line with what it means.
        kept = ", ".join(each.replace(" ", "\0") for each in said.split(", "))
        return textwrap.fill(kept, self._columns).replace("\0", " ")

    def _wrapped(self, text: str, first: str, rest: str) -> list[str]:
        return textwrap.wrap(
            text,
            self._columns,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )

    @property
    def _columns(self) -> int:
        return min(max(self.width, _NARROWEST), _WIDEST)

    def _mark(self, text: str) -> str:
        return f"{_MARKED}{text}{_PLAIN}" if self.colours else f">>{text}<<"

    def _paint(self, code: str, text: str) -> str:
        return f"{code}{text}{_PLAIN}" if self.colours else text


def plain(text: str) -> str:
    """Return a text of which no terminal takes a part for a command, or turns the direction."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def counted(count: int, what: str) -> str:
    """Return a number with its noun."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def still_open(forms: Iterable[OpenForm]) -> str:
    """Return how many names are open, at how many places; each name counts once."""
    places = [place for form in forms for place in form.places]
    names = counted(len({place.form for place in places}), "name")
    return f"{names} open, at {counted(len(places), 'place')}."


def _where(form: OpenForm) -> str:
    documents = {place.document for place in form.places}
    return f"{counted(len(form.places), 'place')} in {counted(len(documents), 'document')}"


def _last(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return f"... {text[-room:].partition(' ')[2]}"


def _first(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return f"{text[:room].rpartition(' ')[0]} ..."
