"""Converting transcriptions, and turning TEI back into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit import convert
from toolkit.edition import Edition
from toolkit.pipeline.clashes import run_each_to_its_own
from toolkit.pipeline.running import Options, run
from toolkit.steps.convert import ConvertTask, run_convert
from toolkit.steps.report import Report
from toolkit.steps.transcribe import TranscribeTask, run_transcribe


def convert_files(
    files: Sequence[Path],
    output: Path | None,
    conventions: str | None,
    edition: Edition | None,
    options: Options,
    *,
    with_ledger: bool = False,
) -> Iterator[Report]:
    """Convert transcriptions, each to a TEI file of the same stem in ``output``.

    Without ``output`` the TEI file goes to its place in the edition, or beside the transcription.
    """
    tasks = [
        ConvertTask(
            source=file,
            target=_target(file, output, edition),
            conventions=conventions or (edition.conventions_for(file) if edition else "default"),
            convention_folder=edition.root if edition else Path(),
            publication=header_publication(edition),
            force=options.force,
            with_ledger=with_ledger,
        )
        for file in files
    ]
    return run_each_to_its_own(run_convert, tasks, [task.target for task in tasks], options)


def convert_edition(
    edition: Edition, options: Options, *, output: Path | None = None, with_ledger: bool = False
) -> Iterator[Report]:
    """Convert the transcriptions of the edition into its TEI files, or into ``output``."""
    files = edition.transcription_files()
    return convert_files(files, output, None, edition, options, with_ledger=with_ledger)


def transcribe_files(
    files: Sequence[Path], output: Path | None, options: Options
) -> Iterator[Report]:
    """Turn TEI files back into transcriptions: files in ``output``, or contents in the reports."""
    return run(run_transcribe, [TranscribeTask(file, output) for file in files], options)


def header_publication(edition: Edition | None) -> convert.Publication:
    """Return what headers say about the edition."""
    if edition is None:
        return convert.Publication(title="", publisher="")
    licence = edition.licence
    return convert.Publication(
        title=edition.title,
        publisher=edition.publisher,
        licence_name=licence.name if licence else "",
        licence_url=licence.url if licence else "",
        language=edition.language,
    )


def _target(file: Path, output: Path | None, edition: Edition | None) -> Path:
    if output is not None:
        return output / f"{file.stem}.xml"
    if edition is not None and file.resolve().is_relative_to(edition.transcriptions.resolve()):
        below = file.resolve().relative_to(edition.transcriptions.resolve())
        return edition.tei_file(edition.transcriptions / below)
    return file.with_suffix(".xml")
