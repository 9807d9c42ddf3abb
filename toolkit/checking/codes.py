"""Which codes count: those selected and not ignored."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.diagnostics import Diagnostic
from toolkit.expressions import expression

_CODE = expression(r"[A-Z]\d{0,3}")


class UnknownCodeError(ValueError):
    """No finding has such a code or name."""

    def __init__(self, word: str, hint: str) -> None:
        super().__init__(f"no finding has the code or name “{word}”")
        self.hint = hint


def code_of(word: str) -> str:
    """Return the code, or the beginning of codes, that a word names: ``V101``, ``V1``, a name.

    Raises:
        UnknownCodeError: no finding has such a code or name.
    """
    # Few runs select codes.
    from toolkit.diagnostics.explanation import names

    known = names()
    wanted = word.strip()
    if _CODE.fullmatch(wanted.upper()) and any(c.startswith(wanted.upper()) for c in known):
        return wanted.upper()
    for code, name in known.items():
        if name == wanted.lower():
            return code
    import difflib

    near = difflib.get_close_matches(wanted.lower(), known.values(), n=1)
    near = near or difflib.get_close_matches(wanted.upper(), known, n=1)
    meant = f"Did you mean “{near[0]}”? " if near else ""
    raise UnknownCodeError(wanted, f"{meant}tei explain lists all codes.")


@dataclass(frozen=True)
class Codes:
    """The codes that count.

    The longer of two beginnings of a code decides: with ``V1`` ignored and ``V101`` selected, V101
    counts. Of the same length, what is ignored is.

    Attributes:
        select: codes, or beginnings of codes, that count; all, if empty.
        ignore: those that do not count.
        ignore_in_files: those that do not count in files whose path, as seen from ``root``,
            matches a pattern (``*`` also stands for slashes).
        root: the folder of the edition.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_in_files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: Path = Path()

    def counting(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return the findings that count."""
        if not (self.select or self.ignore or self.ignore_in_files):
            return tuple(diagnostics)
        return tuple(d for d in diagnostics if self.counts(d.code) and not self._excused(d))

    def counts(self, code: str) -> bool:
        """Tell whether a code counts in files without rules of their own."""
        selected = _longest(code, self.select) if self.select else 0
        return selected > _longest(code, self.ignore)

    def _excused(self, d: Diagnostic) -> bool:
        for pattern, ignored in self.ignore_in_files.items():
            if _longest(d.code, ignored) >= 0 and _matches(d.file, self.root, pattern):
                return True
        return False


def _longest(code: str, beginnings: Sequence[str]) -> int:
    """Return the length of the longest beginning of ``code``, -1 if there is none."""
    return max((len(each) for each in beginnings if code.startswith(each)), default=-1)


def _matches(file: str, root: Path, pattern: str) -> bool:
    path = Path(os.path.relpath(file, root)).as_posix()
    return fnmatch.fnmatchcase(path, pattern)
