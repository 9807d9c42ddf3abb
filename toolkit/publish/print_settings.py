"""The print edition as its settings want it: what is set, and how its pages are laid out."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from toolkit.publish.apparatus.style import DEFAULT_NOTE_STYLE, NoteStyle
from toolkit.publish.layers import Layer

Translation = Literal["columns", "facing", "after"]
TEXT_FONT = "Libertinus Serif"
"""The family that the typesetter brings for text."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Page, margins and letters. Lengths are in millimetres, ``size`` is in points.

    ``inside`` is the margin at the spine, ``outside`` that which holds marginal notes. ``fonts``
    are families for the text, the best first.
    """

    width: float = 170
    height: float = 240
    inside: float = 24
    outside: float = 38
    top: float = 26
    bottom: float = 24
    size: float = 10.5
    fonts: tuple[str, ...] = (TEXT_FONT,)
    monospace: str = "DejaVu Sans Mono"

    @property
    def room(self) -> tuple[float, float]:
        """What the margins leave for the text: width and height in millimetres."""
        return self.width - self.inside - self.outside, self.height - self.top - self.bottom

    def measures(self) -> dict[str, object]:
        """Return what templates read (``xslt/print/settings.typ``)."""
        return {
            "page": {
                name: getattr(self, name)
                for name in ("width", "height", "inside", "outside", "top", "bottom")
            },
            "size": self.size,
            "monospace": self.monospace,
        }


DEFAULT_LAYOUT = Layout()


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """What the print edition holds and how it looks.

    ``layer`` is what is set of the layers of the text; ``translation``, where a translation stands
    beside what it translates. ``documents`` are patterns of the stems of the documents in the
    volume, all if there is none; ``new_page`` tells whether each of them
    begins on a new page; ``system_fonts``, whether the fonts of the operating system are used too;
    ``notes``, where notes stand and what they are keyed to.
    """

    layout: Layout = DEFAULT_LAYOUT
    layer: Layer = "both"
    translation: Translation = "columns"
    documents: tuple[str, ...] = ()
    new_page: bool = True
    system_fonts: bool = False
    notes: NoteStyle = DEFAULT_NOTE_STYLE

    def has(self, stem: str) -> bool:
        """Tell whether the document of that stem is in the volume."""
        return not self.documents or any(
            fnmatch.fnmatchcase(stem, pattern) for pattern in self.documents
        )


DEFAULT_PRINT = PrintSettings()


def print_settings(table: Mapping[str, Any]) -> PrintSettings:
    """Return the settings that the table ``[print]`` of an edition says (edition.schema.json)."""
    lengths = {key: table[key] for key in ("width", "height", "size") if key in table}
    layout = replace(
        DEFAULT_LAYOUT,
        **lengths,
        **table.get("margins", {}),
        fonts=tuple(table.get("fonts", DEFAULT_LAYOUT.fonts)),
    )
    return PrintSettings(
        layout=layout,
        layer=table.get("layer", "both"),
        translation=table.get("translation", "columns"),
        documents=tuple(table.get("documents", ())),
        new_page=table.get("new-page", True),
        system_fonts=table.get("system-fonts", False),
        notes=NoteStyle(
            line_numbers=table.get("line-numbers", DEFAULT_NOTE_STYLE.line_numbers),
            line_interval=table.get("line-interval", DEFAULT_NOTE_STYLE.line_interval),
            apparatus=table.get("apparatus", DEFAULT_NOTE_STYLE.apparatus),
            place=table.get("notes", DEFAULT_NOTE_STYLE.place),
        ),
    )
