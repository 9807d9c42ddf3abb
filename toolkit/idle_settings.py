"""Settings of an edition that have no effect: what they are about is not there."""

from __future__ import annotations

import difflib
import fnmatch
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.edition import Edition
from toolkit.edition_folder import SETTINGS_FILE
from toolkit.files import read_text
from toolkit.settings import KeyPath, place_of_value

IDLE_SETTING = Kind(
    "E006",
    "idle-setting",
    Severity.WARNING,
    "A setting in edition.toml has no effect: it is about files, notes or lines that the edition "
    "does not have.",
)
_MOST_NAMED = 3
NoteKey = tuple[str, str]
"""The ``@type`` and the ``@resp`` of a note."""


def idle_settings(edition: Edition, notes: frozenset[NoteKey]) -> tuple[Diagnostic, ...]:
    """Return a warning (E006) for each setting, or part of one, that has no effect.

    Args:
        edition: the edition; where it has no documents yet, nothing is told.
        notes: the notes of its documents.
    """
    search = _Search(edition, notes)
    return (
        tuple(each for find in _SEARCHES for each in find(search)) if search.has_documents else ()
    )


@dataclass(frozen=True)
class _Search:
    edition: Edition
    notes: frozenset[NoteKey]

    @property
    def has_documents(self) -> bool:
        return bool(self.edition.tei_files() or self.edition.transcription_files())

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The names of the documents, those too that transcriptions will become."""
        edition = self.edition
        to_come = (edition.tei_file(file) for file in edition.transcription_files())
        return tuple(sorted({file.stem for file in (*edition.tei_files(), *to_come)}))

    def told(self, path: KeyPath, value: str, message: str, hint: str) -> Diagnostic:
        source = read_text(self.edition.root / SETTINGS_FILE)
        return IDLE_SETTING.at(place_of_value(source, path, value), message, hint)

    def documents_of_volume(self) -> Iterator[Diagnostic]:
        for pattern in self.edition.print.get("documents", ()):
            if not fnmatch.filter(self.stems, pattern):
                hint = _nearest(pattern, self.stems)
                if pattern.endswith(".xml") and fnmatch.filter(self.stems, pattern[:-4]):
                    hint = "Leave out “.xml”."
                said = f"no document is called “{pattern}”, so the volume has none of this name"
                yield self.told(("print", "documents"), pattern, said, hint)

    def exceptions(self) -> Iterator[Diagnostic]:
        """Yield those among ``[[documents]]`` that are about no transcription."""
        if not self.edition.documents:
            return
        names = [file.name for file in self.edition.transcription_files()]
        left = list(names)
        for index, choice in enumerate(self.edition.documents):
            path = ("documents", index, "match")
            if not fnmatch.filter(names, choice.match):
                said = f"no transcription is called “{choice.match}”"
                yield self.told(path, choice.match, said, _nearest(choice.match, names))
            elif not fnmatch.filter(left, choice.match):
                said = f"all transcriptions called “{choice.match}” are met by a block above"
                yield self.told(path, choice.match, said, "Put this block above that one.")
            left = [name for name in left if not fnmatch.fnmatchcase(name, choice.match)]

    def excused_files(self) -> Iterator[Diagnostic]:
        patterns = self.edition.codes.ignore_in_files
        names = _files_below(self.edition) if patterns else []
        for pattern in patterns:
            if not any(fnmatch.fnmatchcase(name, pattern) for name in names):
                path = ("validate", "per-file-ignores", pattern)
                said = f"no file has the path “{pattern}”, as seen from this folder"
                yield self.told(path, pattern, said, _nearest(pattern, names))

    def store(self) -> Iterator[Diagnostic]:
        edition = self.edition
        if not edition.schemas.is_dir() and edition.schemas != edition.root / "schemas":
            said = f"the folder “{edition.schemas.name}” of schemas is not there"
            hint = "Mend the name; tei schema add makes the folder with the first schema."
            yield self.told(("schemas",), "", said, hint)

    def lines(self) -> Iterator[Diagnostic]:
        """Yield what is said about line numbers where there are none."""
        given = self.edition.print
        if given.get("line-numbers") == "off":
            if "line-interval" in given:
                said = "“line-interval” has no effect, since “line-numbers” are off"
                yield self.told(("print", "line-interval"), "", said, "Take one of the two out.")
            if given.get("apparatus") == "lines":
                said = "the apparatus cannot name lines, since “line-numbers” are off"
                hint = 'Take out line-numbers, or say apparatus = "letters".'
                yield self.told(("print", "apparatus"), "", said, hint)

    def series_of_notes(self) -> Iterator[Diagnostic]:
        left = set(self.notes)
        for index, series in enumerate(self.edition.note_series):
            belong = {note for note in self.notes if _belongs(note, series)}
            if not belong:
                yield self._no_note(index, series)
            elif not belong & left:
                said = f"all notes of the series “{series['title']}” belong to those above"
                hint = "A note belongs to the first series it fits: put the narrower one above."
                yield self.told(("note-series", index), "", said, hint)
            left -= belong

    def _no_note(self, index: int, series: Mapping[str, str]) -> Diagnostic:
        for place, key in enumerate(("type", "resp")):
            known = sorted({word for note in self.notes for word in note[place].split()})
            if key in series and series[key] not in known:
                said = f'no note of the edition has {key}="{series[key]}"'
                hint = _nearest(series[key], known) if known else f"No note has @{key}."
                return self.told(("note-series", index, key), series[key], said, hint)
        said = f'no note has both type="{series["type"]}" and resp="{series["resp"]}"'
        hint = "Take out one of the two, or the series."
        return self.told(("note-series", index), "", said, hint)


_SEARCHES: tuple[Callable[[_Search], Iterator[Diagnostic]], ...] = (
    _Search.documents_of_volume,
    _Search.exceptions,
    _Search.excused_files,
    _Search.store,
    _Search.lines,
    _Search.series_of_notes,
)


def _belongs(note: NoteKey, series: Mapping[str, str]) -> bool:
    """Tell whether a note fits a series (``xslt/prepare/notes.xsl``)."""
    return all(
        key not in series or series[key] in words.split()
        for key, words in zip(("type", "resp"), note, strict=True)
    )


def _nearest(pattern: str, names: Sequence[str]) -> str:
    """Return which names are nearest to a pattern, as a hint."""
    if not names:
        return "There is none yet."
    bare = pattern.replace("*", "").replace("?", "")
    by_letters = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(bare.casefold(), by_letters, n=_MOST_NAMED, cutoff=0.4)
    near += [each for each in by_letters if bare and bare.casefold() in each and each not in near]
    if near:
        return f"Nearest: {', '.join(by_letters[each] for each in near[:_MOST_NAMED])}."
    shown = ", ".join(names[:_MOST_NAMED])
    return f"There are: {shown}{' …' if len(names) > _MOST_NAMED else ''}."


def _files_below(edition: Edition) -> list[str]:
    """Return the paths of all files as seen from the folder of the edition."""
    found: list[str] = []
    for folder, below, files in os.walk(edition.root):
        below[:] = sorted(name for name in below if not name.startswith("."))
        at = Path(folder).relative_to(edition.root)
        found += [(at / file).as_posix() for file in sorted(files)]
    return found
