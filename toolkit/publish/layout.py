"""How the pages of the print edition are laid out, as the settings of an edition say it."""

from __future__ import annotations

from dataclasses import dataclass

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
