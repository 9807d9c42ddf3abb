"""The review of an edition: what waits, what is decided, and the files where both are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.annotate import (
    Decisions,
    OpenForm,
    by_form,
    decisions_as_toml,
    read_decisions,
    read_registers,
    read_review,
)
from toolkit.annotate.open_names import candidate
from toolkit.annotate.registers import Entry
from toolkit.annotate.scope import scope
from toolkit.checking import WrongUseError
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.files import read_bytes, version, write_atomically
from toolkit.pipeline.annotate import DECISIONS, REVIEW
from toolkit.pipeline.registers import Addition, add_entry, told_entry
from toolkit.pipeline.registers import same_as as entry_like
from toolkit.registers import RegisterEntry, read_entries
from toolkit.reviewing.questions import Question, Reach, questions
from toolkit.reviewing.session import Session
from toolkit.tei.registers import register_files

MOST_FOUND = 9


@dataclass(frozen=True)
class Folders:
    """Where a review finds its files: decisions and open names, and registers.

    ``language`` is that of new registers.
    """

    annotation: Path
    registers: Path
    language: str = "en"


@dataclass(frozen=True)
class _Added:
    """A register before and after an entry was added."""

    file: Path
    before: bytes | None
    after: bytes


class Review:
    """The review of an edition. Each answer is written at once."""

    def __init__(self, folders: Folders) -> None:
        """Read what waits and what is decided.

        Raises:
            DiagnosticError: a file cannot be read (F0xx, X0xx), or has mistakes (A013, A015).
        """
        self._folders = folders
        self._file = folders.annotation / DECISIONS
        written = read_decisions(self._file)
        self.entries: dict[str, RegisterEntry] = {}
        self._linked: Mapping[str, Entry] = {}
        self._by_form: Mapping[str, tuple[Entry, ...]] = {}
        self._read_entries()
        kept, self.diagnostics = written.with_entries(self._linked)
        # Those for entries that are gone stay in the file: editors may bring the entries back.
        self._gone = tuple(each for each in written.every if each not in kept.every)
        names = read_review(folders.annotation / REVIEW)
        self.session = Session(questions(names, kept, self._linked), kept)
        self._added: dict[int, _Added] = {}
        self._steps = 0
        self._version = version(self._file)
        self._undecided = kept
        self._before = self._file.read_bytes() if self._file.exists() else None

    def _read_entries(self) -> None:
        files = register_files(self._folders.registers)
        entries, faults = read_entries(files, self._folders.registers)
        if faults:
            raise DiagnosticError(*faults)
        self.entries = {f"{entry.file}#{entry.id}": entry for entry in entries}
        registers = read_registers(files, self._folders.registers)
        self._linked, self._by_form = registers.by_key, registers.by_form

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end.

        Entries that came into the registers since the names were listed are among its candidates:
        since it began, or when it ended before the answer with a new entry was written.
        """
        asked = self.session.question
        if asked is None:
            return None
        return asked.also_with(
            candidate(entry, 0.0) for entry in self._by_form.get(asked.form.form, ())
        )

    def waiting(self) -> tuple[OpenForm, ...]:
        """Return the forms that wait, those with most places first."""
        return by_form(p for q in self.session.standing.questions for p in q.form.places)

    def answer(self, entry: str | None) -> None:
        """Take an answer to the question, and write it.

        Raises:
            WrongUseError: the file of decisions was changed meanwhile.
            DiagnosticError: it cannot be written (F006).
        """
        self._refuse_changed()
        self.session.answer(entry)
        self._steps += 1
        self._write()

    def unfit(self, kind: str) -> str:
        """Return why an entry of this kind cannot be the answer; "" if it can.

        In the header the name stands in an element already, which says what it is the name of.
        """
        element = scope().names.get(kind, "")
        places = self.question.form.places if self.question else ()
        for place in places:
            if not place.may_be_in(element):
                said = f"“{place.form}” stands in a <{place.element}>, which cannot be a {kind}"
                where = f"{place.document}:{place.line}"
                return f"{said}: change the tag at {where}, and run tei annotate again"
        return ""

    def put_off(self) -> None:
        """Leave the question for another session."""
        self.session.put_off()
        self._steps += 1

    def narrow(self, reach: Reach) -> bool:
        """Ask about each document, or each place, instead; tell whether that is any narrower."""
        narrower = self.session.narrow(reach)
        self._steps += narrower
        return narrower

    def widen(self) -> bool:
        """Ask about all places of the form that are left at once; tell whether that is wider."""
        wider = self.session.widen()
        self._steps += wider
        return wider

    def find(self, words: str) -> int:
        """Offer the entries with these words in a name; return how many there are."""
        wanted = words.casefold().split()
        kinds = self.question.form.kinds if self.question else ()
        found = [
            candidate(self._linked[key], 0.0)
            for key, entry in self.entries.items()
            if key in self._linked
            and any(_has(name, wanted) for name in (entry.name, *entry.variants))
        ]
        if found:
            likely = sorted(found, key=lambda each: (each.kind not in kinds, each.name))
            self.session.offer(likely[:MOST_FOUND])
            self._steps += 1
        return len(found)

    def mistake(self, addition: Addition) -> str:
        """Return what is wrong with an entry that an editor tells; "" if nothing is."""
        try:
            told_entry(addition)
        except WrongUseError as error:
            return str(error)
        return ""

    def add(self, addition: Addition) -> str | None:
        """Add an entry to its register and answer with it, unless the registers have it already.

        Returns:
            What to say to the editor where the entry is there already; it is offered then.

        Raises:
            WrongUseError: the entry has a mistake, or the file of decisions was changed meanwhile.
            DiagnosticError: a register cannot be read (X0xx) or written (F006), or has no list for
                the entry (R005).
        """
        self._refuse_changed()
        folder = self._folders.registers
        entry = told_entry(addition)
        known = entry_like(entry, folder)
        if known is not None:
            found, by = known
            key = f"{found.file}#{found.id}"
            self.session.offer([candidate(self._linked[key], 0.0)])
            self._steps += 1
            return f"“{entry.name}” is there already, by {by}: {key}. It is offered as 1."
        added, registers = add_entry(entry, folder, None, self._folders.language)
        ((file, content),) = registers.items()
        before = file.read_bytes() if file.exists() else None
        write_atomically(file, content)
        self._added[self._steps + 1] = _Added(file, before, content)
        self._read_entries()
        self.answer(f"{added.file}#{added.id}")
        return None

    def undo(self) -> str | None:
        """Go back one step; return what to say about it, or None if there is none.

        Raises:
            WrongUseError: the file of decisions was changed meanwhile.
        """
        self._refuse_changed()
        if not self.session.undo():
            return None
        added = self._added.pop(self._steps, None)
        self._steps -= 1
        self._write()
        if added is None:
            return "undone"
        if not added.file.exists() or added.file.read_bytes() != added.after:
            return f"undone; {added.file} was changed since, so the new entry stays there"
        if added.before is None:
            added.file.unlink()
        else:
            write_atomically(added.file, added.before)
        self._read_entries()
        return f"undone; the new entry is taken out of {added.file}"

    def take_over(self, answers: Path) -> tuple[int, tuple[Diagnostic, ...]]:
        """Add the decisions in a file to those of the edition; return how many, and what is amiss.

        Decisions for entries that no register has are told and left out.

        Raises:
            DiagnosticError: a file cannot be read or written (F0xx), or has mistakes (A013).
        """
        read_bytes(answers)  # a file that is not there is a mistake here
        kept, lost = read_decisions(answers).with_entries(self.entries)
        decisions = self.session.standing.decisions
        for decision in kept.every:
            decisions = decisions.with_decision(decision)
        names = [place for form in self.waiting() for place in form.places]
        self.session = Session(questions(names, decisions, self.entries), decisions)
        self._write()
        return len(kept.every), lost

    def _refuse_changed(self) -> None:
        if version(self._file) != self._version:
            message = f"{self._file} was changed by another program, so nothing is written over it"
            raise WrongUseError(f"{message}; start tei review again")

    def _write(self) -> None:
        decided = self.session.standing.decisions
        if decided == self._undecided:
            self._restore()
        else:
            self._write_decisions(decided)
        self._version = version(self._file)

    def _restore(self) -> None:
        """Give the file of decisions back as it was before the first answer, byte for byte."""
        if self._before is None:
            self._file.unlink(missing_ok=True)
        else:
            write_atomically(self._file, self._before)

    def _write_decisions(self, decided: Decisions) -> None:
        about = {each.is_about for each in decided.every}
        gone = tuple(each for each in self._gone if each.is_about not in about)
        every = replace(decided, every=(*gone, *decided.every))
        write_atomically(self._file, decisions_as_toml(every).encode())


def _has(name: str, words: list[str]) -> bool:
    folded = name.casefold()
    return bool(words) and all(word in folded for word in words)
