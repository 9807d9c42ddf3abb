"""Turning one TEI file back into its transcription."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit import convert
from toolkit.steps.report import Report
from toolkit.steps.task import Task, guarded
from toolkit.steps.writing import write_changed
from toolkit.tei.fingerprint import origin_of
from toolkit.tei.parse import parse_file


@dataclass(frozen=True)
class TranscribeTask(Task):
    """A TEI file to turn back into its transcription: into a folder, or into the report."""

    folder: Path | None


def run_transcribe(task: TranscribeTask) -> Report:
    """Turn one TEI file back into the transcription it was converted from."""
    return guarded(_transcribe, task)


def _transcribe(task: TranscribeTask) -> Report:
    document = parse_file(task.source)
    transcription = convert.transcribe(document)
    if task.folder is None:
        return Report(str(task.source), content=transcription)
    origin = origin_of(document.content)
    name = Path(origin.source).name if origin else ""
    target = task.folder / (name or f"{task.source.stem}.txt")
    return Report(str(task.source), (target,), write_changed({target: transcription}, task.source))
