"""The four steps for one document: convert, annotate, validate, publish.

A task is plain data that can be sent to another process. The function that does it never raises for
a bad document: it reports.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from toolkit import convert, publish
from toolkit.annotate import Annotation, Registers, annotate, read_registers
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity
from toolkit.files import decode, digest, read_bytes, write_atomically
from toolkit.tei.fingerprint import Origin, is_untouched, origin_of, sign
from toolkit.tei.parse import ParsedDocument, parse, parse_file
from toolkit.validate import Context, validate

EDITED_BY_HAND = Kind(
    "E101",
    "edited-by-hand",
    Severity.WARNING,
    "The TEI file was edited after it was converted, or was never converted. It is the edition "
    "now, so converting the transcription again does not overwrite it.",
)
INTERNAL_ERROR = Kind(
    "E901",
    "internal-error",
    Severity.ERROR,
    "The toolkit itself failed on this document. The other documents are not concerned.",
)


@dataclass(frozen=True)
class Report:
    """What one step did to one document: the files it makes, and those it had to write for that."""

    file: str
    outputs: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    text: str = ""
    failed: bool = False


@dataclass(frozen=True)
class Task:
    """Something to do with the file ``source``."""

    source: Path


@dataclass(frozen=True)
class ConvertTask(Task):
    """A transcription to convert into the TEI file ``target``.

    With ``registers`` the result is annotated too. A target that an editor has touched is kept
    unless ``force``; that is reported if the transcription has changed since, or if
    ``report_kept``.
    """

    target: Path
    conventions: str
    convention_folder: Path
    publication: convert.Publication
    registers: Path | None = None
    force: bool = False
    report_kept: bool = True
    with_ledger: bool = False


@dataclass(frozen=True)
class AnnotateTask(Task):
    """A TEI file to annotate into ``target``, which may be the file itself."""

    target: Path
    registers: Path


@dataclass(frozen=True)
class ValidateTask(Task):
    """A TEI file to validate."""

    context: Context


@dataclass(frozen=True)
class PublishTask(Task):
    """A TEI file to publish into the folder ``target`` as ``output`` (html, pdf …)."""

    target: Path
    output: str
    publication: publish.Publication


@dataclass(frozen=True)
class PublishAboutTask(Task):
    """The pages about the edition as a whole, which lies in the folder ``source``."""

    target: Path
    output: str
    publication: publish.Publication
    documents: tuple[tuple[str, ParsedDocument], ...]


def run_convert(task: ConvertTask) -> Report:
    """Convert one transcription."""
    return _guarded(_convert, task)


def run_annotate(task: AnnotateTask) -> Report:
    """Annotate one TEI file."""
    return _guarded(_annotate, task)


def run_validate(task: ValidateTask) -> Report:
    """Validate one TEI file."""
    return _guarded(_validate, task)


def run_publish(task: PublishTask) -> Report:
    """Publish one TEI file."""
    return _guarded(_publish, task)


def run_publish_about(task: PublishAboutTask) -> Report:
    """Publish the pages about the edition."""
    return _guarded(_publish_about, task)


def crashed(task: Task) -> Report:
    """Return the report for a task whose process died."""
    return _failed(task, "the process that worked on this document died")


T = TypeVar("T", bound=Task)


def _guarded(step: Callable[[T], Report], task: T) -> Report:
    try:
        return step(task)
    except DiagnosticError as error:
        return Report(str(task.source), diagnostics=error.diagnostics, failed=True)
    except (Exception, RecursionError) as error:  # one bad document never stops a batch
        return _failed(task, f"{type(error).__name__}: {error}")


def _failed(task: Task, reason: str) -> Report:
    found = INTERNAL_ERROR.at(
        Position(str(task.source)),
        f"the toolkit failed on this document: {reason}",
        "Please report this with the document, so that it can be mended.",
    )
    return Report(str(task.source), diagnostics=(found,), failed=True)


def _convert(task: ConvertTask) -> Report:
    content = read_bytes(task.source)
    source = decode(task.source, content)
    convention = convert.load_convention(task.conventions, (task.convention_folder,))
    conversion = convert.convert(source, convention, task.publication)
    tei, found = conversion.xml.encode(), conversion.diagnostics
    if task.registers is not None:
        annotation = _annotated(tei, task.target, task.registers)
        tei, found = annotation.content, (*found, *annotation.diagnostics)
    report = Report(
        str(task.source),
        diagnostics=found,
        counts=conversion.recognised,
        text=str(conversion.ledger) if task.with_ledger else "",
    )
    origin = Origin(task.source.name, f"sha256:{digest(content)}", task.conventions)
    return _write_conversion(task, sign(tei, origin), origin, report)


def _write_conversion(task: ConvertTask, tei: bytes, origin: Origin, report: Report) -> Report:
    kept = None if task.force else _kept(task, origin)
    if kept is not None:
        found = (*report.diagnostics, *kept)
        return replace(report, outputs=(task.target,), diagnostics=found)
    written = _written({task.target: tei})
    return replace(report, outputs=(task.target,), written=written)


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


def _annotate(task: AnnotateTask) -> Report:
    content = read_bytes(task.source)
    annotation = _annotated(content, task.target, task.registers, task.source)
    origin = origin_of(content)
    ours = origin is not None and is_untouched(content)
    result = sign(annotation.content, origin) if ours and origin else annotation.content
    written = _written({task.target: result})
    found, counts = annotation.diagnostics, annotation.counts
    return Report(str(task.source), (task.target,), written, found, counts)


def _annotated(
    content: bytes, target: Path, registers: Path, source: Path | None = None
) -> Annotation:
    base = Path(os.path.relpath(registers, target.parent)).as_posix()
    document = parse(str(source or target), content)
    return annotate(document, _registers(registers), quote(base))


def _registers(folder: Path) -> Registers:
    contents = [path.read_bytes() for path in sorted(folder.glob("*.xml"))]
    return _read_registers(folder, digest(*contents))


@cache
def _read_registers(folder: Path, _digest: str) -> Registers:
    return read_registers(folder)


def _validate(task: ValidateTask) -> Report:
    found = validate(parse_file(task.source), task.context)
    return Report(str(task.source), diagnostics=found)


def _publish(task: PublishTask) -> Report:
    published = publish.publish_document(
        task.output, task.source.stem, parse_file(task.source), task.publication
    )
    return _published(task.source, task.target, published)


def _publish_about(task: PublishAboutTask) -> Report:
    published = publish.publish_edition(task.output, task.publication, task.documents)
    return _published(task.source, task.target, published)


def _published(source: Path, folder: Path, published: publish.Published) -> Report:
    files = {folder / name: content for name, content in published.files.items()}
    return Report(str(source), tuple(files), _written(files), published.diagnostics)


def _written(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write the files whose content is not there yet, and return them."""
    written = []
    for path, content in files.items():
        if not (path.is_file() and path.read_bytes() == content):
            write_atomically(path, content)
            written.append(path)
    return tuple(written)
