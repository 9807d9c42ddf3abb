"""Annotating TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.annotate import OpenName, read_review, renewed, review_as_html, review_as_json
from toolkit.diagnostics import DiagnosticError
from toolkit.edition import Edition
from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options
from toolkit.steps.annotate import (
    AnnotateTask,
    NameSources,
    RemoveTask,
    report_registers,
    run_annotate,
    run_remove,
)
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.fingerprint import is_untouched

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
    ).as_of_now()


def names_known(
    registers: Path, learn: Sequence[Path], edition: Edition | None, folder: Path | None
) -> NameSources:
    """Return where names are known from: these registers, and files or folders to learn from.

    ``folder`` is that of the decisions, where it is not the edition's.
    """
    known = name_sources(edition) if edition else NameSources(registers)
    known = replace(known, recogniser=edition.recogniser if edition else "")
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
    if names.decisions is not None:
        task = _ReviewTask(names.decisions.parent, names, tuple(reports))
        renewal = guarded(_renew_review, task)
        if renewal.failed or renewal.outputs:
            yield renewal


@dataclass(frozen=True)
class _ReviewTask(Task):
    """The folder whose review file is to be made anew, after the reports of annotation."""

    names: NameSources
    reports: tuple[Report, ...]


def _renew_review(task: _ReviewTask) -> Report:
    done = [report for report in task.reports if not report.failed]
    documents = {task.names.name_of(Path(report.file)) for report in done}
    found = [name for report in done for name in report.open_names]
    there = [n for n in _waiting(task.source) if (task.names.root / n.document).is_file()]
    names = renewed(there, found, documents)
    if not names and not task.source.is_dir():
        return Report(str(task.source))
    outputs = {
        task.source / REVIEW: review_as_json(names).encode(),
        task.source / PAGE: review_as_html(names).encode(),
    }
    return Report(str(task.source), tuple(outputs), write_changed(outputs))


def _waiting(folder: Path) -> tuple[OpenName, ...]:
    """Return the names in the review file; of one that cannot be read, nothing is kept."""
    try:
        return read_review(folder / REVIEW)
    except DiagnosticError:
        return ()


def waiting(names: NameSources) -> str:
    """Return a line for people: how many names wait for an editor; "" if none does."""
    folder = names.decisions.parent if names.decisions else None
    places = _waiting(folder) if folder else ()
    if not places:
        return ""
    count = len({name.form for name in places})
    forms = "1 name waits" if count == 1 else f"{count} names wait"
    where = "1 place" if len(places) == 1 else f"{len(places)} places"
    return f"{forms} for an editor, at {where}: tei review"


def remove_annotation(
    files: Sequence[Path], output: Path | None, options: Options
) -> Iterator[Report]:
    """Take away what annotation added to TEI files, in place unless an output folder is given."""
    tasks = [RemoveTask(file, output / file.name if output else file) for file in files]
    targets = [task.target for task in tasks]
    yield from run_each_to_its_own(run_remove, tasks, targets, options)
