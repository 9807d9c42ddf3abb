"""Publishing TEI files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from toolkit import publish
from toolkit.diagnostics import DiagnosticError
from toolkit.edition import WRONG_SETTING, Edition, place_of
from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options, run
from toolkit.pipeline.stylesheets import own_stylesheets
from toolkit.steps.publish import (
    PublishAboutTask,
    PublishTask,
    run_describe,
    run_publish,
    run_publish_about,
)
from toolkit.steps.report import Report
from toolkit.steps.task import Task
from toolkit.tei.parse import parse_file

_TYPESET = frozenset({"pdf", "volume"})
"""The outputs that are set in fonts which the edition may choose."""


def publish_files(
    files: Sequence[Path],
    outputs: Sequence[str],
    target: Path,
    edition: Edition | None,
    options: Options,
    *,
    print_settings: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator[Report]:
    """Publish TEI files one by one, without the pages about the whole edition.

    An output that has no file for each document puts the files together, in their order.
    ``print_settings`` count before those in the table ``[print]`` of the edition.
    """
    publication = page_publication(edition, (), print_settings)
    yield from unknown_fonts(edition, publication, outputs)
    suffixes = {output: publish.output_info()[output][0] for output in outputs}
    each = [output for output in outputs if suffixes[output]]
    together = [output for output in outputs if not suffixes[output]]
    yield from _publish_each(files, each, target, publication, options)
    if together:
        yield from _publish_together(files, together, target, publication, options)


def _publish_each(
    files: Sequence[Path],
    outputs: Sequence[str],
    target: Path,
    publication: publish.Publication,
    options: Options,
) -> Iterator[Report]:
    tasks = [PublishTask(file, target, output, publication) for file in files for output in outputs]
    targets = [target / f"{task.source.stem}.{task.output}" for task in tasks]
    return run_each_to_its_own(run_publish, tasks, targets, options)


def _publish_together(
    files: Sequence[Path],
    outputs: Sequence[str],
    target: Path,
    publication: publish.Publication,
    options: Options,
) -> Iterator[Report]:
    """Publish the files, all of them, as one; what is made of each on the way is not kept."""
    publication = replace(
        publication,
        documents=tuple({entry.stem: entry for entry in _entries(files, options)}.values()),
        print=replace(publication.print, documents=()),
    )
    with TemporaryDirectory() as folder:
        parts = Path(folder)
        for report in _publish_each(files, outputs, parts, publication, options):
            yield replace(report, outputs=(), written=())
        for output in outputs:
            yield run_publish_about(
                PublishAboutTask(target, target, output, publication, tools="", parts=parts)
            )


def _entries(files: Sequence[Path], options: Options) -> Iterator[publish.DocumentEntry]:
    """Yield what is told of the files in lists; of those that cannot be read it is told before."""
    for report in run(run_describe, [Task(file) for file in files], options):
        if not report.failed:
            yield publish.description_from_json(report.text, report.file).entry


def page_publication(
    edition: Edition | None,
    documents: Sequence[publish.DocumentEntry],
    print_settings: Mapping[str, Any] = MappingProxyType({}),
) -> publish.Publication:
    """Return what pages say about the edition and its documents."""
    if edition is None:
        return publish.Publication(
            title="", language="", print=publish.print_settings(print_settings)
        )
    return publish.Publication(
        title=edition.title,
        description=edition.description,
        language=edition.language,
        editors=tuple(editor.name for editor in edition.editors),
        publisher=edition.publisher,
        address=edition.address,
        image_hosts=edition.image_hosts,
        licence_name=edition.licence.name if edition.licence else "",
        licence_url=edition.licence.url if edition.licence else "",
        registers=_registers(edition),
        documents=tuple(sorted(documents, key=lambda entry: entry.sort_key)),
        outputs=edition.outputs,
        views=edition.views,
        custom_stylesheets=own_stylesheets(edition),
        signs=publish.signs_of(edition.signs),
        note_series=json.dumps(edition.note_series) if edition.note_series else "",
        print=publish.print_settings({**edition.print, **print_settings}),
    )


def unknown_fonts(
    edition: Edition | None, publication: publish.Publication, outputs: Sequence[str]
) -> Iterator[Report]:
    """Yield one report with an error (E003) for each family of fonts that is not there, if any.

    What is published is set in the other fonts.
    """
    if edition is None or "fonts" not in edition.print or not _TYPESET.intersection(outputs):
        return
    from toolkit.publish.fonts import unknown_families

    path = ("print", "fonts")
    found = tuple(
        WRONG_SETTING.at(
            place_of(edition, path, family.name),
            f"“fonts” names the family “{family.name}”, which is not installed",
            f"{_nearest(family.name, family.others)}Install it, or put its files into xslt/fonts. "
            f"There are: {', '.join(family.others)}.",
        )
        for family in unknown_families(publication)
    )
    if found:
        yield Report(str(edition.root), diagnostics=found)


def _nearest(name: str, others: Sequence[str]) -> str:
    by_letters = {other.casefold(): other for other in others}
    near = get_close_matches(name.casefold(), by_letters, n=1)
    return f"Did you mean “{by_letters[near[0]]}”? " if near else ""


def _registers(edition: Edition) -> tuple[publish.Register, ...]:
    registers = []
    for file in edition.register_files():
        try:
            content = parse_file(file).content
        except DiagnosticError:
            continue  # validation reports it
        registers.append(publish.Register(file.stem, content, str(file)))
    return tuple(registers)
