"""What registers are exported as: one module each, a function ``export(entries, publication)``.

A module may have a function ``lacking(entries)``, which tells why there is nothing to write.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from toolkit.registers.entry import RegisterEntry


@dataclass(frozen=True)
class Published:
    """Where entries can be read: the title of the edition, and its address ("" if it has none)."""

    title: str = ""
    address: str = ""

    def page_of(self, entry: RegisterEntry) -> str:
        """Return the address of an entry, relative where the edition has no address."""
        page = entry.file.rpartition("/")[2].removesuffix(".xml")
        return f"{self.address}registers/{page}.html#{entry.id}"


def names() -> list[str]:
    """Return the names of all exports."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def export(name: str, entries: Sequence[RegisterEntry], published: Published) -> str:
    """Return the entries in the form of this name."""
    made: str = _module(name).export(entries, published)
    return made


def lacking(name: str, entries: Sequence[RegisterEntry]) -> str:
    """Return why there is nothing to write in the form of this name; "" if there is something."""
    told = getattr(_module(name), "lacking", None)
    return "" if told is None else str(told(entries))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
