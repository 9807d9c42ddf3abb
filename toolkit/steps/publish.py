"""Publishing one TEI file, or the pages about an edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit import publish
from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.names import TEI_NAMESPACE, local_name
from toolkit.tei.parse import ParsedDocument, parse_file

NOT_TEI = Kind(
    "E104",
    "not-tei",
    Severity.ERROR,
    "Only TEI is published; the root element of this file is not in the namespace of the TEI.",
)


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


def run_publish(task: PublishTask) -> Report:
    """Publish one TEI file."""
    return guarded(_publish, task)


def run_publish_about(task: PublishAboutTask) -> Report:
    """Publish the pages about the edition."""
    return guarded(_publish_about, task)


def _publish(task: PublishTask) -> Report:
    document = parse_file(task.source)
    if not str(document.root.tag).startswith(f"{{{TEI_NAMESPACE}}}"):
        message = f"this is not TEI: the root element is <{local_name(str(document.root.tag))}>"
        hint = f'The root element of a TEI file is <TEI xmlns="{TEI_NAMESPACE}">.'
        raise DiagnosticError(NOT_TEI.at(Position(str(task.source)), message, hint))
    published = publish.publish_document(task.output, task.source.stem, document, task.publication)
    return _published(task.source, task.target, published)


def _publish_about(task: PublishAboutTask) -> Report:
    published = publish.publish_edition(task.output, task.publication, task.documents)
    return _published(task.source, task.target, published)


def _published(source: Path, folder: Path, published: publish.Published) -> Report:
    files = {folder / name: content for name, content in published.files.items()}
    return Report(str(source), tuple(files), write_changed(files, source), published.diagnostics)
