"""Converting one transcription."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import convert
from toolkit.annotate import added_names
from toolkit.annotate.kinds import TAGS_TAKEN_BACK
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.files import digest, read_bytes
from toolkit.steps.annotate import (
    NameSources,
    annotated,
    moved_down,
    not_listed,
    unreadable_registers,
)
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.fingerprint import Origin, is_untouched, origin_of, sign

EDITED_BY_HAND = Kind(
    "E101",
    "edited-by-hand",
    Severity.WARNING,
    "The TEI file was edited after it was converted, or was never converted. It is the edition "
    "now, so converting the transcription again does not overwrite it.",
)
REGISTER_NOT_READABLE = Kind(
    "E108",
    "register-not-readable",
    Severity.WARNING,
    "A register has a mistake, so its entries are not known. Documents that are already converted "
    "stay as they are: without the entries they would lose their links.",
)

_MOST_NAMED = 10


@dataclass(frozen=True)
class ConvertTask(Task):
    """A transcription to convert into the TEI file ``target``.

    With ``names`` the result is annotated too. A target that an editor has touched is kept
    unless ``force``; that is reported if the transcription has changed since, or if
    ``report_kept``.
    """

    target: Path
    conventions: str
    convention_folder: Path
    publication: convert.Publication
    names: NameSources | None = None
    force: bool = False
    report_kept: bool = True
    with_ledger: bool = False


def run_convert(task: ConvertTask) -> Report:
    """Convert one transcription."""
    return guarded(_convert, task)


def _convert(task: ConvertTask) -> Report:
    unreadable = unreadable_registers(task.names) if task.names is not None else ()
    if unreadable and task.target.is_file():
        return Report(
            str(task.source),
            (task.target,),
            diagnostics=tuple(_not_readable(register) for register in unreadable),
        )
    content = read_bytes(task.source)
    transcription = convert.read_transcription(task.source, content)
    convention = convert.load_convention(task.conventions, (task.convention_folder,))
    conversion = convert.convert(
        transcription.source, convention, task.publication, marks=transcription.marks
    )
    tei, found = conversion.xml.encode(), conversion.diagnostics
    origin = Origin(task.source.name, f"sha256:{digest(content)}", task.conventions)
    waiting = None
    kept = None if task.force else _kept(task, origin)
    if task.names is not None and kept is not None:
        found = (*found, *_told_of(task.target, task.names))
    elif task.names is not None:
        annotation = annotated(tei, task.target, task.names)
        signed = sign(annotation.content, origin)
        waiting = moved_down(annotation.open_names, tei, signed)
        if annotation.diagnostics:
            # What is told is to be told at its place in the file as it is written.
            annotation = annotated(signed, task.target, task.names, with_proposals=False)
        found = (*found, *not_listed(annotation.diagnostics, task.names))
        tei = annotation.content
        found = (*found, *_taken_back(task, conversion.xml.encode(), tei, origin, task.names))
    report = Report(
        str(task.source),
        diagnostics=found,
        counts=conversion.recognised,
        text=str(conversion.ledger) if task.with_ledger else "",
        open_names=waiting,
    )
    if kept is not None:
        return replace(report, outputs=(task.target,), diagnostics=(*report.diagnostics, *kept))
    written = write_changed({task.target: sign(tei, origin)}, task.source)
    return replace(report, outputs=(task.target,), written=written)


def _taken_back(
    task: ConvertTask, plain: bytes, tei: bytes, origin: Origin, names: NameSources
) -> tuple[Diagnostic, ...]:
    """Return what to say of names that were tagged, and are no longer for what files teach."""
    if not names.learn or not task.target.is_file():
        return ()
    present = task.target.read_bytes()
    if origin_of(present) != origin:
        return ()
    file = str(task.target)
    lost = added_names(file, present) - added_names(file, tei)
    if lost:
        untaught = annotated(plain, task.target, names.untaught(), with_proposals=False).content
        lost &= added_names(file, untaught) - added_names(file, tei)
    if not lost:
        return ()
    forms = Counter[str]()
    for (_reference, form), times in lost.items():
        forms[form] += times
    listed = ", ".join(f"“{form}” ({times})" for form, times in sorted(forms.items())[:_MOST_NAMED])
    more = f" and {len(forms) - _MOST_NAMED} more" if len(forms) > _MOST_NAMED else ""
    return (
        TAGS_TAKEN_BACK.at(
            Position(file),
            "for what the edited files teach, these names are tagged no longer: " + listed + more,
            "Decide about them with tei review, or say in edition.toml which files are to teach "
            "(learn, under [annotate]).",
        ),
    )


def _told_of(kept: Path, names: NameSources) -> tuple[Diagnostic, ...]:
    """Return what annotation tells of a file that stays as an editor left it, at its places."""
    try:
        annotation = annotated(read_bytes(kept), kept, names, with_proposals=False)
    except DiagnosticError:
        return ()  # validation tells why it cannot be read
    return not_listed(annotation.diagnostics, names)


def _not_readable(register: Path) -> Diagnostic:
    return REGISTER_NOT_READABLE.at(
        Position(str(register)),
        "this register cannot be read, so documents that are already converted stay as they are",
        "Mend the register; the next build then converts what has changed.",
    )


def _kept(task: ConvertTask, origin: Origin) -> tuple[Diagnostic, ...] | None:
    """Return what to say if the target is an editor's own and stays, or None if it may go."""
    if not task.target.is_file():
        return None
    present = task.target.read_bytes()
    if is_untouched(present):
        return None
    before = origin_of(present)
    changed = before is not None and before.source_digest != origin.source_digest
    if not (changed or task.report_kept):
        return ()
    since = ", and the transcription has changed since" if changed else ""
    return (
        EDITED_BY_HAND.at(
            Position(str(task.target)),
            f"this TEI file was edited by hand{since}; it is not overwritten",
            "Carry changes over by hand, or convert into another folder with --output, or "
            "overwrite it with --force.",
        ),
    )
