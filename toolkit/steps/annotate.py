"""Annotating one TEI file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from toolkit.annotate import (
    Annotation,
    DecisionFile,
    Decisions,
    OpenName,
    Recogniser,
    References,
    Registers,
    Source,
    Usage,
    Variants,
    annotate,
    learn,
    load_recogniser,
    made_once,
    read_decisions,
    read_registers,
    read_source,
    remove,
)
from toolkit.annotate.kinds import (
    AMBIGUOUS,
    CONTRADICTING_DECISIONS,
    DECISION_WITHOUT_ENTRY,
    UNCERTAIN,
)
from toolkit.collection import look_past_what_there_is
from toolkit.diagnostics import Diagnostic, DiagnosticError, Position, Severity
from toolkit.files import digest, read_bytes, read_text, version
from toolkit.settings import place_in_toml
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.fingerprint import is_untouched, origin_of, sign
from toolkit.tei.parse import parse
from toolkit.tei.registers import register_files


@dataclass(frozen=True)
class NameSources:
    """Where the names of an edition are known from.

    ``registers`` is the folder of the registers; ``learn`` are TEI files in which editors tagged
    names; ``variants`` are those of the names of persons that are found too (``surnames``,
    ``forenames``, ``initials``). ``decisions`` is the
    file of what editors decided; it calls documents as they are seen from the folder ``root``. With
    ``only_certain``, names that are not certain are left open; else they are tagged too.
    ``recogniser`` is a spaCy model that proposes names which no register has; "" for none.
    What registers and files teach is kept in the folder ``cache``; None keeps nothing.
    ``as_of`` tells states of the files apart: what is known is read once for each, so that a file
    which is annotated on the way teaches nothing else.
    """

    registers: Path
    learn: tuple[Path, ...] = ()
    variants: tuple[str, ...] = ("surnames", "forenames", "initials")
    decisions: Path | None = None
    root: Path = Path()
    only_certain: bool = True
    recogniser: str = ""
    cache: Path | None = None
    as_of: tuple[tuple[int, int] | None, ...] = ()

    def as_of_now(self) -> NameSources:
        """Return the same sources, with the files as they are now."""
        decided = (self.decisions,) if self.decisions else ()
        files = (*register_files(self.registers), *self.learn, *decided)
        return replace(self, as_of=tuple(version(file) for file in files))

    def untaught(self) -> NameSources:
        """Return the same sources without files to learn from."""
        return replace(self, learn=())

    def name_of(self, document: Path) -> str:
        """Return what decisions call a document."""
        return Path(os.path.relpath(document, self.root)).as_posix()


@dataclass(frozen=True)
class AnnotateTask(Task):
    """A TEI file to annotate into ``target``, which may be the file itself."""

    target: Path
    names: NameSources


def run_annotate(task: AnnotateTask) -> Report:
    """Annotate one TEI file."""
    return guarded(_annotate, task)


@dataclass(frozen=True)
class RemoveTask(Task):
    """A TEI file that is to lose what annotation added; the result goes to ``target``."""

    target: Path


def run_remove(task: RemoveTask) -> Report:
    """Take away what annotation added to one TEI file."""
    return guarded(_remove, task)


def report_registers(names: NameSources) -> Report:
    """Report the faults of the registers, and of the files to learn from."""
    try:
        found = _known(names).registers.diagnostics
    except DiagnosticError as error:
        found = error.diagnostics
    return Report(str(names.registers), diagnostics=found)


def unreadable_registers(names: NameSources) -> tuple[Path, ...]:
    """Return the register files whose entries are not known, for a mistake in them.

    While the decisions cannot be read, nothing is known of registers.
    """
    try:
        known = _known(names).registers
    except DiagnosticError:
        return ()
    return tuple(names.registers / file for file in sorted(known.unreadable))


def learns_nothing(names: NameSources) -> bool:
    """Tell whether the files to learn from can be read, and have no tag that teaches."""
    try:
        registers = _known(names).registers
    except DiagnosticError:
        return False
    has_errors = any(each.severity is Severity.ERROR for each in registers.diagnostics)
    return not (registers.usage.tagged or has_errors)


def decisions_that_hold(names: NameSources) -> Decisions:
    """Return the decisions that can be done; none if their file or the registers have mistakes."""
    try:
        return _known_names(replace(names, learn=())).decisions
    except DiagnosticError:
        return Decisions()


@dataclass(frozen=True)
class DecisionsTask(Task):
    """The file of decisions that are to be told of, where they do not hold."""

    names: NameSources


def run_decisions(task: DecisionsTask) -> Report:
    """Report the decisions that do not hold; mistakes in the file each document reports."""
    return guarded(_decisions, task)


def _decisions(task: DecisionsTask) -> Report:
    try:
        found = _known(task.names).registers.diagnostics
    except DiagnosticError:
        return Report(str(task.source))
    codes = {CONTRADICTING_DECISIONS.code, DECISION_WITHOUT_ENTRY.code}
    return Report(str(task.source), diagnostics=tuple(d for d in found if d.code in codes))


def _annotate(task: AnnotateTask) -> Report:
    content = read_bytes(task.source)
    annotation = annotated(content, task.target, task.names, task.source)
    found, waiting = annotation.diagnostics, annotation.open_names
    if task.target == task.source and annotation.content != content:
        # What is told is to be told at its place in the file as it is now.
        found = _found_again(task, annotation)
        waiting = moved_down(waiting, content, annotation.content)
    written = write_changed({task.target: _signed(annotation.content, content)})
    found = not_listed(found, task.names)
    return Report(
        str(task.source),
        (task.target,),
        written,
        found,
        annotation.counts,
        open_names=waiting,
    )


def moved_down(names: tuple[OpenName, ...], before: bytes, after: bytes) -> tuple[OpenName, ...]:
    """Return the names with their lines as they are after annotation, which adds some on top."""
    added = after.count(b"\n") - before.count(b"\n")
    return tuple(replace(name, line=name.line + added) for name in names)


def not_listed(found: Iterable[Diagnostic], names: NameSources) -> tuple[Diagnostic, ...]:
    """Return what was found without the names that the review lists, where there is one."""
    listed = {AMBIGUOUS.code, UNCERTAIN.code} if names.decisions else frozenset()
    return tuple(each for each in found if each.code not in listed)


def _found_again(task: AnnotateTask, annotation: Annotation) -> tuple[Diagnostic, ...]:
    """Return what is told of a document after its annotation, which changes nothing again."""
    if not not_listed(annotation.diagnostics, task.names):
        return ()
    again = annotated(
        annotation.content, task.target, task.names, task.source, with_proposals=False
    )
    return again.diagnostics


def _remove(task: RemoveTask) -> Report:
    content = read_bytes(task.source)
    removal = remove(parse(str(task.source), content))
    written = write_changed({task.target: _signed(removal.content, content)})
    found, counts = removal.diagnostics, removal.counts
    return Report(str(task.source), (task.target,), written, found, counts)


def _signed(result: bytes, before: bytes) -> bytes:
    """Return the result; as the toolkit's own, if the file it was made from is."""
    origin = origin_of(before)
    return sign(result, origin) if origin and is_untouched(before) else result


def annotated(
    content: bytes,
    target: Path,
    names: NameSources,
    source: Path | None = None,
    *,
    with_proposals: bool = True,
) -> Annotation:
    """Return what annotation by the known names makes of the TEI that is to lie in ``target``.

    Without ``with_proposals`` no model is asked for further names.

    Raises:
        DiagnosticError: the TEI or a register cannot be parsed (X0xx), or the file of decisions has
            mistakes (A013).
    """
    document = parse(str(source or target), content)
    known = _known(names)
    annotation = annotate(
        document,
        known.registers,
        _base(names.registers, target),
        name=names.name_of(source or target),
        decisions=known.decisions,
        only_certain=names.only_certain,
        recogniser=known.recogniser if with_proposals else None,
    )
    if known.decision_file is None or not annotation.without_place:
        return annotation
    idle = map(known.decision_file.without_place, annotation.without_place)
    return replace(annotation, diagnostics=(*annotation.diagnostics, *idle))


def _base(registers: Path, target: Path) -> str:
    """Return the URI reference from a document to the folder of the registers."""
    return quote(Path(os.path.relpath(registers, target.parent)).as_posix())


@dataclass(frozen=True)
class _Known:
    """The registers, with what was learned and decided, and the decisions."""

    registers: Registers
    decisions: Decisions
    recogniser: Recogniser | None = None
    decision_file: DecisionFile | None = None


def _named_at(settings: Path, recogniser: str) -> Position:
    """Return where the settings of an edition name the model that is to propose names."""
    if not settings.is_file():
        return Position(recogniser)
    return place_in_toml(read_text(settings), ("annotate", "recogniser"))


@lru_cache(maxsize=2)
def _known(names: NameSources) -> _Known:
    known = _known_names(names)
    look_past_what_there_is()
    if not names.recogniser:
        return known
    named_at = _named_at(names.root / "edition.toml", names.recogniser)
    try:
        return replace(known, recogniser=load_recogniser(names.recogniser, named_at))
    except DiagnosticError as error:
        found = tuple(sorted({*known.registers.diagnostics, *error.diagnostics}))
        return replace(known, registers=replace(known.registers, diagnostics=found))


def _known_names(names: NameSources) -> _Known:
    files = register_files(names.registers)
    variants = Variants.of(names.variants)
    registers = read_registers(files, names.registers, variants, names.cache)
    registers = _taught(names, registers) if names.learn else registers
    if names.decisions is None:
        return _Known(registers, Decisions())
    decision_file = read_decisions(names.decisions)
    decisions, lost = decision_file.with_entries(registers.by_key, registers.unreadable)
    registers = replace(registers, diagnostics=tuple(sorted({*registers.diagnostics, *lost})))
    registers = registers.with_decisions(decisions.by_form)
    return _Known(registers, decisions, decision_file=decision_file)


def _taught(names: NameSources, registers: Registers) -> Registers:
    """Return the registers with what the files to learn from teach."""
    contents, unreadable = _contents(names.learn)
    entries, _ = _contents(register_files(names.registers))
    made_from = [*names.variants, str(names.registers)]
    for file, content in (entries | contents).items():
        made_from += (str(file), _base(names.registers, file), digest(content))
    lesson = made_once(
        names.cache, "usage", made_from, _Lesson, lambda: _learn(names, registers, contents)
    )
    return registers.with_usage(lesson.usage, (*unreadable, *lesson.diagnostics))


def _contents(files: Iterable[Path]) -> tuple[dict[Path, bytes], list[Diagnostic]]:
    """Return the content of each file that can be read, and what is told of the others."""
    contents: dict[Path, bytes] = {}
    unreadable: list[Diagnostic] = []
    for file in files:
        try:
            contents[file] = read_bytes(file)
        except DiagnosticError as error:
            unreadable += error.diagnostics
    return contents, unreadable


@dataclass(frozen=True)
class _Lesson:
    """What was learned, and which documents could not be parsed."""

    usage: Usage
    diagnostics: tuple[Diagnostic, ...]


def _learn(names: NameSources, registers: Registers, contents: Mapping[Path, bytes]) -> _Lesson:
    documents: list[tuple[Source, References]] = []
    unreadable: list[Diagnostic] = []
    for file, content in contents.items():
        try:
            document = parse(str(file), content)
            source = read_source(document.file, document.utf8)
        except DiagnosticError as error:
            unreadable += error.diagnostics
        else:
            documents.append((source, References(registers, _base(names.registers, file))))
    return _Lesson(learn(documents, registers), tuple(unreadable))
