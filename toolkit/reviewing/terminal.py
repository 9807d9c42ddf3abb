"""The conversation with an editor on a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TextIO

from toolkit.annotate import OpenForm
from toolkit.checking import WrongUseError
from toolkit.diagnostics import DiagnosticError
from toolkit.pipeline.registers import Addition
from toolkit.reviewing.keys import Keys
from toolkit.reviewing.questions import Reach
from toolkit.reviewing.review import MOST_FOUND, Review
from toolkit.reviewing.screen import Screen, counted, plain, still_open

NO_NAMES = "No name is open (tei annotate and tei build list those that they leave open)."
_GIVE_UP = frozenset({"-", "q"})
"""What is typed in place of an answer, and is no name."""
_ESCAPE = "\x1b"
_KINDS = ("person", "place", "organisation")


class Conversation:
    """Questions and answers, until all are answered or the editor quits."""

    def __init__(self, review: Review, keys: Keys, output: TextIO, *, colours: bool) -> None:
        self._review = review
        self._keys = keys
        self._output = output
        self._colours = colours
        self._quit = False

    def run(self) -> str:
        """Ask what is open; return the closing line."""
        while not self._quit:
            if self._review.question is not None:
                self._show()
            elif self._review.session.standing.is_first:
                break
            else:
                self._say("\nThat was the last name. u undo, q quit")
            self._react()
        return self._closing()

    def _react(self) -> None:
        """Take keys until one of them has changed what is asked, or ends it."""
        before = self._review.session.standing
        while self._review.session.standing is before and not self._quit:
            question = self._review.question
            options = len(question.form.candidates) if question else 0
            self._say("> ", end="")
            key = self._keys.key(options)
            if key is None:
                self._quit = True
                self._say("")
                return
            try:
                self._do(key, options)
            except DiagnosticError as error:
                for diagnostic in error.diagnostics:
                    self._say(f"{diagnostic.file}: {diagnostic.in_full}")

    def _do(self, key: str, options: int) -> None:
        if key.isdecimal():
            self._choose(int(key), options)
        elif (said := key.casefold()) in (actions := self._actions()):
            actions[said]()
        else:
            self._say(f"“{plain(key)}” is none of the keys (? lists them)")

    def _actions(self) -> dict[str, Callable[[], object]]:
        always: dict[str, Callable[[], object]] = {
            "u": self._undo,
            "q": self._stop,
            "?": lambda: self._say(self._screen().help(), end=""),
        }
        if self._review.question is None:
            return always
        return always | {
            "n": self._new_entry,
            "f": self._find,
            "x": lambda: self._review.answer(None),
            "d": lambda: self._narrow(Reach.DOCUMENT),
            "p": lambda: self._narrow(Reach.PLACE),
            "a": self._widen,
            "v": lambda: self._show(whole=True),
            "l": self._review.put_off,
        }

    def _choose(self, number: int, options: int) -> None:
        question = self._review.question
        if question is None or not 1 <= number <= options:
            self._say(f"there is no {number} (n makes a new entry, f finds one)")
            return
        candidate = question.form.candidates[number - 1]
        if unfit := self._review.unfit(candidate.kind):
            self._say(unfit)
        else:
            self._review.answer(candidate.entry)

    def _narrow(self, reach: Reach) -> None:
        if not self._review.narrow(reach):
            self._say("it is asked so already")

    def _widen(self) -> None:
        if not self._review.widen():
            self._say("it is asked about everywhere already")

    def _undo(self) -> None:
        self._say(self._review.undo() or "there is nothing to undo")

    def _stop(self) -> None:
        self._quit = True

    def _find(self) -> None:
        words = self._ask("Words of a name", "")
        if not words:
            return
        count = self._review.find(words)
        if count > MOST_FOUND:
            self._say(f"{count} entries have these words; the first {MOST_FOUND} are offered")
        if not count:
            self._say(f"no entry has “{words}” in a name (n makes a new one)")

    def _new_entry(self) -> None:
        question = self._review.question
        if question is None:
            return
        form = question.form
        self._say("A new entry (q or - in place of an answer gives it up).")
        name = self._ask("Name, as the register should have it", form.form)
        kind = self._kind_of(form) if name else None
        if not name or kind is None:
            return
        if unfit := self._review.unfit(kind):
            self._say(unfit)
            return
        number = self._number_of(kind, name)
        if number is None:
            return
        note = self._ask("Note (Enter: none)", "")
        if note is None:
            return
        fields = (f"note={note}",) if note else ()
        addition = Addition(kind, name, numbers=(number,) if number else (), fields=fields)
        try:
            said = self._review.add(addition)
        except WrongUseError as error:
            said = str(error)
        if said:
            self._say(said)

    def _kind_of(self, form: OpenForm) -> str | None:
        usual = form.kinds[0] if form.kinds else _KINDS[0]
        while True:
            said = self._ask(f"What is it: {', '.join(_KINDS)}", usual)
            found = [kind for kind in _KINDS if said and kind.startswith(said.casefold())]
            if said is None or len(found) == 1:
                return found[0] if said else None
            self._say(f"“{said}” is none of these")

    def _number_of(self, kind: str, name: str) -> str | None:
        """Return the number of a new entry, "" for none: asked for until it is one."""
        while True:
            number = self._ask("Number, such as GND=118529390 (Enter: none)", "")
            if not number:
                return number
            mistake = self._review.mistake(Addition(kind, name, numbers=(number,)))
            if not mistake:
                return number
            self._say(mistake)

    def _ask(self, what: str, usual: str) -> str | None:
        """Return a line that the editor types, ``usual`` if it is empty; None to give it up."""
        self._say(f"{what} [{usual}]: " if usual else f"{what}: ", end="")
        said = self._keys.line()
        if said is None or said in _GIVE_UP or said.startswith(_ESCAPE):
            return None
        return said or usual

    def _closing(self) -> str:
        standing = self._review.session.standing
        left = [question.form for question in (*standing.questions, *standing.later)]
        said = still_open(left) if left else "No name is open."
        if not standing.answered:
            return said if left else NO_NAMES
        answers = counted(standing.answered, "answer")
        return f"{answers} written. {said} tei build tags what was decided, or tei annotate."

    def _show(self, *, whole: bool = False) -> None:
        standing, asked = self._review.session.standing, self._review.question
        if asked is not None:
            said = self._screen().question(asked, standing, whole=whole)
            self._say(said, end="")

    def _screen(self) -> Screen:
        return Screen(shutil.get_terminal_size().columns, self._colours)

    def _say(self, text: str, end: str = "\n") -> None:
        encoding = self._output.encoding or "utf-8"
        self._output.write((text + end).encode(encoding, "replace").decode(encoding))
        self._output.flush()
