"""Which folder is an edition, told without reading its settings."""

from __future__ import annotations

from pathlib import Path

SETTINGS_FILE = "edition.toml"


def is_edition(folder: Path) -> bool:
    """Tell whether ``folder`` has the settings of an edition."""
    return (folder / SETTINGS_FILE).exists()
