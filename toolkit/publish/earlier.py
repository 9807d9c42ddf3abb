"""What lies in the output folder already, and need not be made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.files import digest
from toolkit.publish.publication import Published
from toolkit.publish.record import RECORDS, DocumentRecord, record_from, record_path

_KEPT = f"{RECORDS}/kept.json"


@dataclass(frozen=True)
class Earlier:
    """The output folder: ``read`` gives a file by its path in it, or nothing if it is not there.

    ``tools`` tells one release of all that makes pages from another.
    """

    read: Callable[[str], bytes]
    tools: str = ""

    def record_of(self, stem: str) -> DocumentRecord:
        """Return the record of a document; an empty one if it has none."""
        return record_from(self.read(record_path(stem)))


class Kept:
    """What the build before made about the edition, by name, as long as its inputs are the same."""

    def __init__(self, earlier: Earlier) -> None:
        self._earlier = earlier
        self._before = _read(earlier)
        self._now: dict[str, Any] = {}

    def get(self, name: str, inputs: str, make: Callable[[], Published]) -> Published:
        """Return what was made under ``name`` from the same ``inputs``, or make it."""
        key = digest(self._earlier.tools.encode(), inputs.encode())
        made = self._found(name, key)
        if made is None:
            made = make()
        self._now[name] = {
            "key": key,
            "files": {path: digest(content) for path, content in made.files.items()},
            "diagnostics": [asdict(found) for found in made.diagnostics],
        }
        return made

    def record(self) -> Mapping[str, bytes]:
        """Return the file that tells the next build what there is."""
        return {_KEPT: json.dumps(self._now, sort_keys=True).encode()}

    def _found(self, name: str, key: str) -> Published | None:
        entry = self._before.get(name)
        if not entry or entry["key"] != key:
            return None
        files = {path: self._earlier.read(path) for path in entry["files"]}
        if any(digest(content) != entry["files"][path] for path, content in files.items()):
            return None
        return Published(files, tuple(_diagnostics(entry["diagnostics"])))


def _read(earlier: Earlier) -> dict[str, Any]:
    try:
        found = json.loads(earlier.read(_KEPT))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _diagnostics(entries: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    for entry in entries:
        yield Diagnostic(**{**entry, "severity": Severity(entry["severity"])})
