"""Images that are there and cannot be read: found one by one, when a document cannot be set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity, SourceText
from toolkit.publish.own_functions import TEMPLATES

if TYPE_CHECKING:
    from toolkit.publish.typesetting import Job

IMAGE_UNUSABLE = Kind(
    "P105",
    "image-unusable",
    Severity.WARNING,
    "An image is there but cannot be read, so the page is set without it.",
)
_TEMPLATE = TEMPLATES / "image.typ"


def without_broken_images(job: Job) -> tuple[Job, tuple[Diagnostic, ...]]:
    """Return the job without the images that cannot be read, and a warning (P105) for each."""
    broken = {
        source: reason
        for source, file in job.images.items()
        if (reason := _reason_against(file)) is not None
    }
    sound = {source: file for source, file in job.images.items() if source not in broken}
    return replace(job, images=sound), tuple(_told(job, broken))


def _reason_against(image: Path) -> str | None:
    try:
        typst.Compiler(
            _TEMPLATE.read_bytes(),
            root=str(image.parent),
            sys_inputs={"image": image.name},
            ignore_system_fonts=True,
        ).compile(format="pdf")
    except typst.TypstError as error:
        return str(error.message)
    return None


def _told(job: Job, broken: dict[str, str]) -> Iterator[Diagnostic]:
    for source, reason in broken.items():
        # In a volume the address follows the name of its document.
        stem, _, address = source.rpartition(":") if job.in_volume else ("", "", source)
        file = f"{stem}.xml" if stem else job.file
        text = next((a.content for a in job.attachments if not stem or a.name == file), "")
        place = SourceText(file, text).position(max(text.find(address), 0))
        yield IMAGE_UNUSABLE.at(
            Position(file, place.line, place.column),
            f"the image “{address}” cannot be shown: {reason}",
            "Check that the file is whole and of the type its name says; save it again as PNG or "
            "JPEG.",
        )
