"""Gathering findings, a bounded number of each kind."""

from __future__ import annotations

from collections import Counter

from toolkit.diagnostics import Diagnostic, Kind, SourceText

_MOST = 100


class Findings:
    """The findings in one source. Of each kind at most 100 are told one by one."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._told: list[Diagnostic] = []
        self._seen: set[tuple[str, int]] = set()
        self._kinds: dict[str, Kind] = {}
        self._counts: Counter[str] = Counter()

    def add(self, kind: Kind, offset: int, message: str, hint: str) -> None:
        """Add a finding at ``offset`` of the source; a second one of its kind there is not told."""
        code = kind.code
        if (code, offset) in self._seen:
            return
        self._seen.add((code, offset))
        self._kinds[code] = kind
        self._counts[code] += 1
        if self._counts[code] <= _MOST:
            self._told.append(kind.at(self._source.position(offset), message, hint))

    def all(self) -> list[Diagnostic]:
        """Return the findings in the order of the source, with a line for those not told."""
        more = [
            self._kinds[code].at(
                self._source.position(len(self._source.text)),
                f"{count - _MOST} more findings of this kind ({self._kinds[code].name})",
                "Mend those shown and run the command again.",
            )
            for code, count in self._counts.items()
            if count > _MOST
        ]
        return sorted([*self._told, *more])
