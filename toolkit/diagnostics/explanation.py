"""What a code means, for those who have to mend it: why it matters, how to mend it, an example.

The texts are data, one file a code, in ``schemas/explanations/CODE-NAME.toml``. Their names alone
tell which codes there are, so nothing has to be loaded to know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from toolkit.resources import SCHEMAS

EXPLANATIONS = SCHEMAS / "explanations"


@dataclass(frozen=True, slots=True)
class Example:
    """A file before and after it is mended.

    ``file`` is its name, which says what it is: a document (``letter.xml``), an entry of a register
    (``registers/persons.xml``), a transcription (``letter.txt``), commands (``command.sh``) and so
    on. Of a document only the part in question may be there. ``beside`` holds the other files that
    are needed, by name.
    """

    file: str
    before: str
    after: str
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding matters (``why``), how to mend it (``mend``), and what that looks like."""

    code: str
    name: str
    why: str
    mend: str
    example: Example | None = None


@cache
def names() -> Mapping[str, str]:
    """Return the name of each code there is, sorted by code."""
    stems = sorted(path.stem for path in EXPLANATIONS.glob("*.toml"))
    return MappingProxyType(dict(stem.split("-", 1) for stem in stems))


@cache
def explanation(code: str) -> Explanation | None:
    """Return the explanation of ``code``, None if there is no such code."""
    name = names().get(code)
    return _read(EXPLANATIONS / f"{code}-{name}.toml", code, name) if name else None


def _read(path: Path, code: str, name: str) -> Explanation:
    import tomllib

    said = tomllib.loads(path.read_text(encoding="utf-8"))
    shown = said.get("example")
    example = shown and Example(
        file=shown.get("file", "letter.xml"),
        before=shown["before"].strip("\n"),
        after=shown["after"].strip("\n"),
        beside=shown.get("beside", {}),
    )
    return Explanation(code, name, said["why"], said["mend"], example)
