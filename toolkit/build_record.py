"""What an earlier build did, so that the next one does only what changed.

The record is a JSON file in the output folder. A step is named by what it does and to which
document; it is done again unless the digest of all its inputs is the same as before and every file
it wrote is still there as it was written. No time stamp is looked at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.files import digest, write_atomically

RECORD_FILE = ".tei-build.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One step done: the digest of its inputs, the digests of its outputs, what it reported.

    ``text`` is the result of a step that makes no file.
    """

    inputs: str
    outputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    text: str = ""


@dataclass
class BuildRecord:
    """The steps of a build, by name."""

    root: Path
    steps: dict[str, Step] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict, repr=False)

    def fresh(self, name: str, inputs: str) -> Step | None:
        """Return the recorded step if nothing it read or wrote has changed since, else None."""
        step = self.steps.get(name)
        if step is None or step.inputs != inputs:
            return None
        current = all(self._known(path) == written for path, written in step.outputs.items())
        return step if current else None

    def note(
        self,
        name: str,
        inputs: str,
        outputs: Iterable[Path],
        found: Iterable[Diagnostic],
        text: str = "",
    ) -> None:
        """Record a step that has just been done."""
        digests = {self._relative(path): self._digest(self._relative(path)) for path in outputs}
        # Findings name their file from the root: where the edition lies makes no difference.
        kept = tuple(replace(each, file=self._relative(Path(each.file))) for each in found)
        self.steps[name] = Step(inputs, dict(sorted(digests.items())), kept, text)

    def diagnostics(self, step: Step) -> tuple[Diagnostic, ...]:
        """Return what a recorded step reported."""
        return tuple(replace(each, file=str(self.root / each.file)) for each in step.diagnostics)

    def outputs(self) -> set[str]:
        """Return every file the recorded steps wrote."""
        return {path for step in self.steps.values() for path in step.outputs}

    def outputs_of(self, name: str) -> set[str]:
        """Return the files that the recorded step ``name`` wrote."""
        return set(self.steps[name].outputs) if name in self.steps else set()

    def text_of(self, name: str) -> str:
        """Return the result of the recorded step ``name``; "" if it has none, or was not done."""
        return self.steps[name].text if name in self.steps else ""

    def is_as_written(self, path: str) -> bool:
        """Tell whether the recorded file ``path`` still is as a step wrote it."""
        written = {step.outputs[path] for step in self.steps.values() if path in step.outputs}
        return self._digest(path) in written

    def _relative(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.root)).as_posix()

    def _known(self, path: str) -> str:
        """Return the digest of a file, read once: many steps write the same."""
        if path not in self._digests:
            self._digests[path] = self._digest(path)
        return self._digests[path]

    def _digest(self, path: str) -> str:
        try:
            # Thousands of files are read here, and a Path for each would cost as much as reading.
            with open(os.path.join(self.root, path), "rb") as file:  # noqa: PTH118, PTH123
                return digest(file.read())
        except OSError:
            return ""


def read_record(root: Path, folder: Path) -> BuildRecord:
    """Return the record in ``folder``; an empty one if there is none or it cannot be read."""
    try:
        data = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        return BuildRecord(root, {name: _step(step) for name, step in data.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return BuildRecord(root)


def write_record(record: BuildRecord, folder: Path) -> None:
    """Write the record into ``folder``.

    Raises:
        DiagnosticError: the folder is not writable (F006).
    """
    lines = (
        f"{json.dumps(name)}: {json.dumps(_as_data(step), sort_keys=True)}"
        for name, step in sorted(record.steps.items())
    )
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    write_atomically(folder / RECORD_FILE, text.encode())


def _as_data(step: Step) -> dict[str, Any]:
    return {
        "inputs": step.inputs,
        "outputs": step.outputs,
        "diagnostics": [asdict(found) for found in step.diagnostics],
        "text": step.text,
    }


def _step(data: dict[str, Any]) -> Step:
    diagnostics = tuple(
        Diagnostic(**{**found, "severity": Severity(found["severity"])})
        for found in data["diagnostics"]
    )
    return Step(data["inputs"], data["outputs"], diagnostics, data.get("text", ""))
