"""The file of decisions: TOML that people can read, edit and keep under version control."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from toolkit.annotate.absent_forms import absent
from toolkit.annotate.decisions import Decision, Decisions, Place, head_of
from toolkit.annotate.kinds import (
    BAD_DECISIONS,
    CONTRADICTING_DECISIONS,
    DECISION_WITHOUT_ENTRY,
    DECISION_WITHOUT_FORM,
    DECISION_WITHOUT_PLACE,
)
from toolkit.diagnostics import Diagnostic, DiagnosticError, SourceText
from toolkit.files import EMPTY, read_text
from toolkit.resources import SCHEMAS
from toolkit.settings import KeyPath, Mistake, mistakes, parsed_toml, place_in_toml

_TABLE = "decision"
_NO_NAME = "no-name"
_HEAD = """\
# What the editors have decided about names. tei review writes this file, and sorts it; it may be
# edited by hand too. A reason can be given in note = "…"; comments are not kept.
"""


@dataclass(frozen=True)
class DecisionFile:
    """The decisions of a file, in its order."""

    source: SourceText
    every: tuple[Decision, ...] = ()

    def with_entries(
        self, keys: Collection[str], unreadable: Collection[str] = ()
    ) -> tuple[Decisions, tuple[Diagnostic, ...]]:
        """Return the decisions that hold, and findings about the others.

        Those hold that are for entries which the registers have, and that no other contradicts.
        ``keys`` are those of the entries that there are (``file#id``). Nothing is told of entries
        in register files that are ``unreadable``.
        """
        lost = {n for n, e in enumerate(self.every) if e.entry is not None and e.entry not in keys}
        kept = tuple(e for n, e in enumerate(self.every) if n not in lost | self._contradicting)
        told = (n for n in sorted(lost) if self._file_of(n) not in unreadable)
        contradictions = (self._contradiction(numbers) for numbers in self._contradictions)
        return Decisions(kept), (*map(self._lost, told), *contradictions)

    def without_document(self, documents: Collection[str]) -> tuple[Diagnostic, ...]:
        """Return findings about the decisions for documents that are not among these."""
        return tuple(
            self._without_document(number, name, documents)
            for number, each in enumerate(self.every)
            if (name := each.place.file if each.place else each.document) and name not in documents
        )

    def without_form(self, texts: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Return findings about the decisions about forms everywhere that are in no text."""
        everywhere = {
            number: each.form
            for number, each in enumerate(self.every)
            if each.place is None and not each.document
        }
        gone = absent(everywhere.values(), texts)
        return tuple(
            DECISION_WITHOUT_FORM.at(
                place_in_toml(self.source, (_TABLE, number)),
                f"“{form}” is decided everywhere, but stands in no document",
                "Mend the form, or delete the decision; unless documents are to come that have it.",
            )
            for number, form in everywhere.items()
            if form in gone
        )

    def without_place(self, decision: Decision) -> Diagnostic:
        """Return the finding about a decision that nothing in its document meets."""
        file = decision.place.file if decision.place else decision.document
        where = head_of(decision.place) if decision.place else ""
        message = (
            f"“{decision.form}” does not stand in the {where} of {file} any more"
            if where
            else f"“{decision.form}” does not stand between these words in {file} any more"
            if decision.place
            else f"“{decision.form}” does not stand in {file}"
        )
        return DECISION_WITHOUT_PLACE.at(
            place_in_toml(self.source, (_TABLE, self.every.index(decision))),
            f"{message}; the decision does nothing",
            "Mend the decision, or delete it and decide anew with tei review.",
        )

    def _without_document(self, number: int, name: str, documents: Collection[str]) -> Diagnostic:
        near = get_close_matches(name, sorted(documents), n=1)
        return DECISION_WITHOUT_PLACE.at(
            place_in_toml(self.source, (_TABLE, number, "document")),
            f"“{self.every[number].form}” is decided for {name}, which is no document of the "
            "edition; the decision does nothing",
            f"Did you mean {near[0]}? Mend the name, or delete the decision."
            if near
            else "Mend the name of the document, or delete the decision.",
        )

    @property
    def undisputed(self) -> Decisions:
        """The decisions that no other contradicts."""
        return Decisions(
            tuple(each for n, each in enumerate(self.every) if n not in self._contradicting)
        )

    @cached_property
    def _contradictions(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of decisions about the same that say otherwise."""
        about: dict[tuple[str, str, Place | None], list[int]] = {}
        for number, each in enumerate(self.every):
            about.setdefault(each.is_about, []).append(number)
        return tuple(
            tuple(numbers)
            for numbers in about.values()
            if len({self.every[number].entry for number in numbers}) > 1
        )

    @cached_property
    def _contradicting(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(self._contradictions))

    def _contradiction(self, numbers: Sequence[int]) -> Diagnostic:
        places = [place_in_toml(self.source, (_TABLE, number)) for number in numbers]
        said = (
            f"{self._meaning(number)} (line {place.line})"
            for number, place in zip(numbers, places, strict=True)
        )
        return CONTRADICTING_DECISIONS.at(
            places[-1],
            f"“{self.every[numbers[0]].form}” is decided to {' and to '.join(said)}; "
            "none of these decisions counts",
            "Delete those that do not hold, or decide anew with tei review.",
        )

    def _meaning(self, number: int) -> str:
        entry = self.every[number].entry
        return "be no name" if entry is None else f"mean {entry}"

    def _file_of(self, number: int) -> str:
        return (self.every[number].entry or "").rpartition("#")[0]

    def _lost(self, number: int) -> Diagnostic:
        decision = self.every[number]
        return DECISION_WITHOUT_ENTRY.at(
            place_in_toml(self.source, (_TABLE, number, "entry")),
            f"“{decision.form}” is to mean {decision.entry}, but no register has this entry",
            "Mend the entry, or decide anew with tei review.",
        )


def read_decisions(file: Path) -> DecisionFile:
    """Return the decisions in a file; none if it is not there, or empty.

    Raises:
        DiagnosticError: the file cannot be read (F0xx), or has mistakes (A013), each at its line.
    """
    nothing = DecisionFile(SourceText(str(file), ""))
    if not file.exists():
        return nothing
    try:
        source = read_text(file)
    except DiagnosticError as error:
        if any(each.code != EMPTY.code for each in error.diagnostics):
            raise
        return nothing
    hint = 'A decision is written: [[decision]], form = "…", entry = "persons.xml#…".'
    said = parsed_toml(source, BAD_DECISIONS, hint)
    found = mistakes(said, SCHEMAS / "decisions.schema.json")
    mistaken = {mistake.path[:2] for mistake in found}
    found = [*found, *(each for each in _contradictions(said) if each.path not in mistaken)]
    if found:
        raise DiagnosticError(*sorted(_told(source, mistake) for mistake in found))
    return DecisionFile(source, tuple(_decision(each) for each in said.get(_TABLE, ())))


def decisions_as_toml(decisions: Decisions) -> str:
    """Return the decisions as TOML, sorted, so that the same decisions give the same bytes.

    Of several that say the same the last is written; those that contradict each other all are.
    """
    kept: dict[tuple[tuple[str, ...], str | None], Decision] = {}
    for each in decisions.every:
        about = _order(each), each.entry
        kept.pop(about, None)
        kept[about] = each
    blocks = ["\n".join(_lines(decision)) for decision in sorted(kept.values(), key=_order)]
    return "\n\n".join([_HEAD.rstrip("\n"), *blocks]) + "\n"


def _order(decision: Decision) -> tuple[str, ...]:
    form, document, place = decision.is_about
    # Decisions about a document come before those about places in it.
    around = ("", "", "") if place is None else ("place", place.before, place.after)
    return (form, place.file if place else document, *around)


def _lines(decision: Decision) -> Iterator[str]:
    yield f"[[{_TABLE}]]"
    yield f"form = {_text(decision.form)}"
    if decision.entry is None:
        yield f"{_NO_NAME} = true"
    else:
        yield f"entry = {_text(decision.entry)}"
    document = decision.place.file if decision.place else decision.document
    if document:
        yield f"document = {_text(document)}"
    if decision.place is not None:
        yield f"before = {_text(decision.place.before)}"
        yield f"after = {_text(decision.place.after)}"
    if decision.note:
        yield f"note = {_text(decision.note)}"


def _text(value: str) -> str:
    # The escapes of JSON are those of TOML too, but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _decision(said: Mapping[str, Any]) -> Decision:
    document = said.get("document", "")
    at_place = "before" in said or "after" in said
    return Decision(
        said["form"],
        said.get("entry"),
        Place(document, said.get("before", ""), said.get("after", "")) if at_place else None,
        "" if at_place else document,
        said.get("note", ""),
    )


def _contradictions(said: Mapping[str, Any]) -> Iterator[Mistake]:
    decisions = said.get(_TABLE, ())
    for number, each in enumerate(decisions if isinstance(decisions, list) else ()):
        if not isinstance(each, dict):
            continue
        path: KeyPath = (_TABLE, number)
        if ("entry" in each) == (_NO_NAME in each):
            both = "entry" in each
            message = (
                "both an entry and no-name are given" if both else "what the form means is missing"
            )
            yield Mistake(path, message, "Give an entry, or no-name = true.")
        if ("before" in each or "after" in each) and "document" not in each:
            message = "the words before and after a place are given, but not its document"
            yield Mistake(path, message, "Name the document; or take the words out.")


def _told(source: SourceText, mistake: Mistake) -> Diagnostic:
    return BAD_DECISIONS.at(place_in_toml(source, mistake.path), mistake.message, mistake.hint)
