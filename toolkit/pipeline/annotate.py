"""Annotating TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from toolkit.annotate import (
    OpenName,
    read_decisions,
    read_review,
    renewed,
    review_as_html,
    review_as_json,
)
from toolkit.annotate.kinds import NO_RECOGNISER, REVIEW_KEPT
from toolkit.cache import cache_folder
from toolkit.diagnostics import DiagnosticError, Position
from toolkit.edition import Edition
from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options
from toolkit.steps.annotate import (
    AnnotateTask,
    NameSources,
    RemoveTask,
    decisions_that_hold,
    report_registers,
    run_annotate,
    run_remove,
    unreadable_registers,
)
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.fingerprint import is_untouched
from toolkit.tei.parse import parse_file

DECISIONS, REVIEW, PAGE = "decisions.toml", "review.json", "review.html"


def name_sources(edition: Edition) -> NameSources:
    """Return where the names of an edition are known from.

    Unless its settings name files, it learns from the TEI files that editors have touched.
    """
    learn = edition.taught
    if learn is None:
        learn = tuple(file for file in edition.tei_files() if not _is_toolkits(file))
    return NameSources(
        edition.registers,
        learn,
        edition.name_variants,
        edition.annotation / DECISIONS,
        edition.root,
        edition.only_certain,
        edition.recogniser,
    ).as_of_now()


def names_known(
    registers: Path, learn: Sequence[Path], edition: Edition | None, folder: Path | None
) -> NameSources:
    """Return where names are known from: these registers, and files or folders to learn from.

    ``folder`` is that of the decisions, where it is not the edition's.
    """
    known = name_sources(edition) if edition else NameSources(registers, cache=cache_folder())
    if folder is not None:
        root = edition.root if edition else folder.parent
        known = replace(known, decisions=folder / DECISIONS, root=root)
    taught = [file for path in learn for file in (sorted(path.rglob("*.xml")) or [path])]
    return replace(known, registers=registers, learn=(*known.learn, *taught)).as_of_now()


def _is_toolkits(file: Path) -> bool:
    try:
        return is_untouched(file.read_bytes())
    except OSError:
        return True  # the step that reads it says why it cannot be read


def annotate_files(
    files: Sequence[Path], names: NameSources, output: Path | None, options: Options
) -> Iterator[Report]:
    """Annotate TEI files, in place unless an output folder is given.

    Names that wait for an editor are put into the review file, beside the file of decisions.
    """
    tasks = [AnnotateTask(file, output / file.name if output else file, names) for file in files]
    yield report_registers(names)
    targets = [task.target for task in tasks]
    reports: list[Report] = []
    for report in run_each_to_its_own(run_annotate, tasks, targets, options):
        reports.append(report)
        yield report
    yield from renew_review(
        names,
        {
            names.name_of(Path(report.file)): report.open_names
            for report in reports
            if report.open_names is not None and not report.failed
        },
    )


def decisions_without_document(names: NameSources, edition: Edition) -> Iterator[Report]:
    """Report the decisions about documents that the edition does not have."""
    if names.decisions is None:
        return
    to_be_made = map(edition.tei_file, edition.transcription_files())
    documents = {names.name_of(file) for file in (*edition.tei_files(), *to_be_made)}
    try:
        found = read_decisions(names.decisions).without_document(documents)
    except DiagnosticError:
        return  # the step that needs the decisions tells what is wrong with their file
    if found:
        yield Report(str(names.decisions.parent), diagnostics=found)


def decisions_without_form(names: NameSources, edition: Edition) -> Iterator[Report]:
    """Report the decisions about forms everywhere that no document of the edition has.

    While a document cannot be parsed, none is reported.
    """
    if names.decisions is None:
        return
    try:
        decided = read_decisions(names.decisions)
        found = decided.without_form(map(_text_of, edition.tei_files()))
    except DiagnosticError:
        return  # the step that needs the file tells what is wrong with it
    if found:
        yield Report(str(names.decisions.parent), diagnostics=found)


def _text_of(file: Path) -> str:
    return "".join(map(str, parse_file(file).root.itertext()))


def without_recogniser(names: NameSources) -> Iterator[Report]:
    """Report that the model which is to propose names cannot be used."""
    if names.recogniser:
        report = report_registers(names)
        found = tuple(each for each in report.diagnostics if each.code == NO_RECOGNISER.code)
        if found:
            yield replace(report, diagnostics=found)


def renew_review(names: NameSources, found: Mapping[str, tuple[OpenName, ...]]) -> Iterator[Report]:
    """Make the review file anew after documents have been annotated, by what decisions call them.

    ``found`` are the names that each left open; those of other documents wait as before.
    """
    if names.decisions is None:
        return
    review = names.decisions.parent / REVIEW
    if review.is_file() and (unreadable := unreadable_registers(names)):
        yield _review_kept(review, unreadable)
    else:
        renewal = guarded(_renew_review, _ReviewTask(names.decisions.parent, names, found))
        if renewal.failed or renewal.outputs:
            yield renewal


def _review_kept(review: Path, unreadable: Sequence[Path]) -> Report:
    registers = " and ".join(str(file) for file in unreadable)
    told = REVIEW_KEPT.at(
        Position(str(review)),
        f"the list of names that wait stays as it was, since {registers} cannot be read",
        "Mend the register, and annotate again.",
    )
    return Report(str(review.parent), diagnostics=(told,))


@dataclass(frozen=True)
class _ReviewTask(Task):
    """The folder whose review file is to be made anew, and the names found in documents."""

    names: NameSources
    found: Mapping[str, tuple[OpenName, ...]]


def _renew_review(task: _ReviewTask) -> Report:
    there = [n for n in _listed(task.source) if (task.names.root / n.document).is_file()]
    names = renewed(there, chain.from_iterable(task.found.values()), task.found.keys())
    if not names and not task.source.is_dir():
        return Report(str(task.source))
    outputs = {
        task.source / REVIEW: review_as_json(names).encode(),
        task.source / PAGE: review_as_html(names).encode(),
    }
    return Report(str(task.source), tuple(outputs), write_changed(outputs))


def _listed(folder: Path) -> tuple[OpenName, ...]:
    """Return the names in the review file; of one that cannot be read, nothing is kept."""
    try:
        return read_review(folder / REVIEW)
    except DiagnosticError:
        return ()


def entries_awaited(folder: Path) -> frozenset[str]:
    """Return the ids of the entries that the names in the review file of a folder may mean."""
    return frozenset(
        each.entry.rpartition("#")[2] for name in _listed(folder) for each in name.candidates
    )


def waiting(names: NameSources) -> str:
    """Return lines for people: how many names wait for an editor, and what to type; "" if none.

    A name that is decided but not tagged yet stands in a file that editors have touched. A name
    that is decided to mean an entry that no register has waits again.
    """
    listed = _listed(names.decisions.parent) if names.decisions is not None else ()
    if not listed:
        return ""
    decisions = decisions_that_hold(names)
    places = [name for name in listed if not decisions.holds(name.form, name.place)]
    left = sorted({name.document for name in listed if name not in places})
    lines = []
    if places:
        count = len({name.form for name in places})
        forms = "1 name waits" if count == 1 else f"{count} names wait"
        where = "1 place" if len(places) == 1 else f"{len(places)} places"
        lines.append(f"{forms} for an editor, at {where}: tei review")
    if left:
        files = left[0] if len(left) == 1 else f"{len(left)} files"
        lines.append(f"what was decided is still to be tagged in {files}: tei annotate")
    return "\n".join(lines)


def remove_annotation(
    files: Sequence[Path], output: Path | None, options: Options
) -> Iterator[Report]:
    """Take away what annotation added to TEI files, in place unless an output folder is given."""
    tasks = [RemoveTask(file, output / file.name if output else file) for file in files]
    targets = [task.target for task in tasks]
    yield from run_each_to_its_own(run_remove, tasks, targets, options)
