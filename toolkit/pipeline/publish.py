"""Publishing TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit import publish
from toolkit.diagnostics import DiagnosticError
from toolkit.edition import Edition
from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options
from toolkit.resources import XSLT
from toolkit.steps.publish import PublishTask, run_publish
from toolkit.steps.report import Report
from toolkit.tei.parse import parse_file


def publish_files(
    files: Sequence[Path],
    outputs: Sequence[str],
    target: Path,
    edition: Edition | None,
    options: Options,
) -> Iterator[Report]:
    """Publish TEI files one by one, without the pages about the whole edition."""
    publication = page_publication(edition, ())
    tasks = [PublishTask(file, target, output, publication) for file in files for output in outputs]
    targets = [target / f"{task.source.stem}.{task.output}" for task in tasks]
    return run_each_to_its_own(run_publish, tasks, targets, options)


def page_publication(
    edition: Edition | None, documents: Sequence[publish.DocumentEntry]
) -> publish.Publication:
    """Return what pages say about the edition and its documents."""
    if edition is None:
        return publish.Publication(title="", language="")
    return publish.Publication(
        title=edition.title,
        description=edition.description,
        language=edition.language,
        editors=tuple(editor.name for editor in edition.editors),
        publisher=edition.publisher,
        address=edition.address,
        licence_name=edition.licence.name if edition.licence else "",
        licence_url=edition.licence.url if edition.licence else "",
        registers=_registers(edition),
        documents=tuple(sorted(documents, key=lambda entry: entry.sort_key)),
        outputs=edition.outputs,
        views=edition.views,
        custom_stylesheets=_custom_stylesheets(edition),
    )


def _registers(edition: Edition) -> tuple[publish.Register, ...]:
    registers = []
    for file in edition.register_files():
        try:
            content = parse_file(file).content
        except DiagnosticError:
            continue  # validation reports it
        registers.append(publish.Register(file.stem, content, str(file)))
    return tuple(registers)


def _custom_stylesheets(edition: Edition) -> Path | None:
    folder = edition.root / "xslt"
    return folder if folder.is_dir() and folder.resolve() != XSLT.resolve() else None
