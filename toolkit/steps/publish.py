"""Publishing one TEI file, or the pages about an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
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

    @property
    def transforms(self) -> bool:
        """Whether stylesheets are needed for it: all outputs are made by them."""
        return True


@dataclass(frozen=True)
class PublishAboutTask(Task):
    """The pages about the edition as a whole, which lies in the folder ``source``.

    ``tools`` tells one release of all that makes pages from another. What was made of the documents
    lies in ``parts``, if not in the folder ``target``.
    """

    target: Path
    output: str
    publication: publish.Publication
    tools: str
    parts: Path | None = None


def run_describe(task: Task) -> Report:
    """Read what must be known of a TEI file before any page is made; ``text`` tells it in JSON."""
    return guarded(_describe, task)


def run_publish(task: PublishTask) -> Report:
    """Publish one TEI file."""
    return guarded(_publish, task)


def run_publish_about(task: PublishAboutTask) -> Report:
    """Publish the pages about the edition."""
    return guarded(_publish_about, task)


def _describe(task: Task) -> Report:
    description = publish.description_of(task.source.stem, _tei_of(task.source))
    return Report(str(task.source), text=publish.description_to_json(description))


def _publish(task: PublishTask) -> Report:
    document = _tei_of(task.source)
    published = publish.publish_document(task.output, task.source.stem, document, task.publication)
    if task.publication.linked is not None and published.record is not None:
        record = {publish.record_path(task.source.stem): published.record.to_json()}
        published = replace(published, files={**published.files, **record})
    return _published(task.source, task.target, published)


def _publish_about(task: PublishAboutTask) -> Report:
    earlier = publish.Earlier(partial(_read, task.parts or task.target), task.tools)
    published = publish.publish_edition(task.output, task.publication, earlier)
    return _published(task.source, task.target, published)


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError:
        return b""


def _tei_of(source: Path) -> ParsedDocument:
    document = parse_file(source)
    if not str(document.root.tag).startswith(f"{{{TEI_NAMESPACE}}}"):
        message = f"this is not TEI: the root element is <{local_name(str(document.root.tag))}>"
        hint = f'The root element of a TEI file is <TEI xmlns="{TEI_NAMESPACE}">.'
        raise DiagnosticError(NOT_TEI.at(Position(str(source)), message, hint))
    return document


def _published(source: Path, folder: Path, published: publish.Published) -> Report:
    files = {folder / name: content for name, content in published.files.items()}
    return Report(str(source), tuple(files), write_changed(files, source), published.diagnostics)
