"""Typst functions of an edition's own: its file ``print.typ``, and what is wrong in it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity, SourceText
from toolkit.files import read_text
from toolkit.resources import SCHEMAS, XSLT

if TYPE_CHECKING:
    from typst import TypstError, TypstWarning

TEMPLATES = XSLT / "print"
OWN_FUNCTIONS = "print.typ"
"""The file of the edition's own functions, in its folder of stylesheets."""
MAIN = "own.typ"
"""What that file is called among the templates."""

WRONG_FUNCTION = Kind(
    "P110",
    "wrong-function",
    Severity.ERROR,
    "The typesetter cannot use a function of the edition's own file print.typ, so nothing is set "
    "with it.",
)
UNUSED_FUNCTION = Kind(
    "P111",
    "unused-function",
    Severity.WARNING,
    "The edition's own file print.typ defines what neither the toolkit nor the file itself uses.",
)
_WHERE_THEY_ARE_LISTED = "docs/edition.md, “Functions of your own”"
_MESSAGES = SCHEMAS / "typst-messages.json"
_NOT_FOR_TYPST = frozenset({"fonts", "assets"})
_FIRST = re.compile(r"(?s)\A(?:error|warning): .*?(?=^(?:error|warning): |\Z)", re.MULTILINE)
_LOCATION = re.compile(r"┌─ (.+):(\d+):(\d+)$", re.MULTILINE)
_DEFINITION = re.compile(r"(?m)^#?let[ \t]+([^\W\d][\w-]*)")
_PACKAGE = re.compile(r'"(@[a-z][\w-]*/[\w-]+:[\d.]+)"')


class Explanation(NamedTuple):
    """What a message of the typesetter means, and what to do."""

    said: str
    hint: str


@dataclass(frozen=True)
class OwnFunctions:
    """The file ``print.typ`` and what lies beside it, by the names that templates know them by.

    ``file`` is its path as messages name it.
    """

    file: str
    sources: Mapping[str, bytes]

    @property
    def text(self) -> str:
        """The text of the file itself."""
        return self.sources[MAIN].decode()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield path and text of each file in Typst."""
        for name, content in self.sources.items():
            if name.endswith(".typ"):
                yield self._path(name), content.decode("utf-8", "replace")

    def place(self, report: str) -> Position | None:
        """Return the innermost place in these files that a report of the typesetter tells.

        Of several mistakes it is that of the first: the others mostly follow from it.
        """
        first = _FIRST.match(report)
        for path, line, column in _LOCATION.findall(first[0] if first else report):
            named = [name for name in self.sources if path == name or path.endswith(f"/{name}")]
            if named:
                # The typesetter counts lines from one, columns from nought.
                return Position(self._path(max(named, key=len)), int(line), int(column) + 1)
        return None

    def definition(self, name: str) -> Position:
        """Return where the file defines or imports something of that name."""
        found = re.search(rf"(?m)^[ \t]*#?let[ \t]+({re.escape(name)})(?![\w-])", self.text)
        found = found or re.search(rf"(?<![\w-])({re.escape(name)})(?![\w-])", self.text)
        return SourceText(self.file, self.text).position(found.start(1) if found else 0)

    def mistake(self, problem: TypstError | TypstWarning) -> Diagnostic | None:
        """Return what the typesetter found in these files, if it is they that are wrong."""
        place = self.place(problem.diagnostic)
        if place is None:
            return None
        said, hint = explained(problem)
        return WRONG_FUNCTION.at(place, said, hint)

    def packages(self) -> Iterator[Diagnostic]:
        """Yield an error for each package that would be fetched from the network."""
        for path, text in self.texts():
            for found in _PACKAGE.finditer(text):
                yield WRONG_FUNCTION.at(
                    SourceText(path, text).position(found.start()),
                    f"the package “{found[1]}” is not loaded: nothing is fetched from the network",
                    "Put the files of the package beside print.typ, and import them by name.",
                )

    def defined(self) -> list[str]:
        """Return the names that the file itself defines, in their order."""
        return list(dict.fromkeys(_DEFINITION.findall(self.text)))

    def _path(self, name: str) -> str:
        return self.file if name == MAIN else str(Path(self.file).parent / name)


def explained(problem: TypstError | TypstWarning) -> Explanation:
    """Return a message of the typesetter in plain words (``schemas/typst-messages.json``)."""
    message = str(problem.message)
    for pattern, known in _explanations():
        if found := pattern.fullmatch(message):
            return Explanation(found.expand(known.said), found.expand(known.hint))
    advice = "; ".join(problem.hints)
    return Explanation(
        f"the typesetter says: {message}",
        f"{advice[:1].upper()}{advice[1:]}." if advice else "Mend this line of print.typ.",
    )


@cache
def _explanations() -> tuple[tuple[re.Pattern[str], Explanation], ...]:
    told = json.loads(_MESSAGES.read_text("utf-8"))
    return tuple(
        (re.compile(entry["message"]), Explanation(entry["said"], entry["hint"])) for entry in told
    )


def read_own_functions(folder: Path | None) -> OwnFunctions | None:
    """Return the functions in a folder of stylesheets; None if it has none.

    A file beside ``print.typ`` that has the name of one of the toolkit's templates is left out.

    Raises:
        DiagnosticError: the file cannot be read as text (F001 and others).
    """
    file = folder / OWN_FUNCTIONS if folder else None
    if folder is None or file is None or not file.is_file():
        return None
    beside = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _NOT_FOR_TYPST & set(path.relative_to(folder).parts)
    }
    taken = {OWN_FUNCTIONS, *(template.name for template in TEMPLATES.glob("*.typ"))}
    further = {name: content for name, content in beside.items() if name not in taken}
    return OwnFunctions(str(file), {MAIN: read_text(file).text.encode(), **further})


def unused_function(own: OwnFunctions, name: str, hooks: Sequence[str]) -> Diagnostic:
    """Return the warning that something has no effect; ``hooks`` are the names that have one."""
    near = difflib.get_close_matches(name, hooks, n=1)
    guess = f"Did you mean “{near[0]}”? " if near else ""
    return UNUSED_FUNCTION.at(
        own.definition(name),
        f"“{name}” has no effect: the toolkit has no function of this name that can be replaced, "
        "and nothing in this file uses it",
        f"{guess}Those that can be replaced are listed in {_WHERE_THEY_ARE_LISTED}.",
    )
