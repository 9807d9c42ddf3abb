"""Finding, reading and checking profiles."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.convert.conventions.build import build
from toolkit.convert.conventions.merge import merge
from toolkit.convert.conventions.model import Convention
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity, SourceText
from toolkit.diagnostics.json_positions import KeyPath, offset_of
from toolkit.diagnostics.json_reading import json_of
from toolkit.files import read_text, version
from toolkit.resources import SCHEMAS
from toolkit.settings import mistakes

NO_SUCH_PROFILE = Kind(
    "C201",
    "no-such-convention-profile",
    Severity.ERROR,
    "There is no convention profile of this name, neither among those that come with the toolkit "
    "nor in the edition.",
)
BAD_PROFILE = Kind(
    "C202",
    "bad-convention-profile",
    Severity.ERROR,
    "The convention profile says something that the schema for profiles does not allow, so it is "
    "not known how to read the transcription.",
)
CIRCULAR_PROFILE = Kind(
    "C203",
    "circular-convention-profile",
    Severity.ERROR,
    "The convention profile extends itself, directly or by way of another.",
)

_SLOT = re.compile(r"\{#?(\w+)\}")
_FOLDER = SCHEMAS / "conventions"
_SCHEMA = SCHEMAS / "convention.schema.json"

_PATTERN_KEYS = frozenset(
    {
        *("pattern", "open_pattern", "close_pattern", "content", "unless", "call", "note"),
        *("marker", "split", "strip", "source_separator", "split_people", "line_hyphen"),
        *("row", "separator", "edge", "ruling", "signs", "doubtful", "before_date", "until"),
        "sign",
    }
)
_PATTERN_LISTS = frozenset({"organisations", "persons", "posts", "titles"})


def convention_names(folders: Sequence[Path] = ()) -> list[str]:
    """Return the names of the profiles that come with the toolkit or lie in ``folders``."""
    return sorted(convention_files(folders))


def convention_files(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return the file of each profile by its name; those in ``folders`` go first."""
    found: dict[str, Path] = {}
    for place in (*(folder / "conventions" for folder in folders), _FOLDER):
        for path in sorted(place.glob("*.json")):
            found.setdefault(path.stem, path)
    return found


def load_convention(name_or_path: str, folders: Sequence[Path] = ()) -> Convention:
    """Return the convention profile of that name, or in that file, with all it inherits.

    A name is looked up in the ``conventions`` folder of each of ``folders``, then among the
    profiles that come with the toolkit; a path is tried below each of ``folders``, then as it is.

    Raises:
        DiagnosticError: there is no such profile (C201), it has a mistake, which is shown with
            file and line (C202), it extends itself (C203), or it cannot be read (F0xx).
    """
    chain: list[SourceText] = []
    path: Path | None = find_convention(name_or_path, folders)
    while path is not None:
        source = _source(path, version(path))
        if any(source.file == before.file for before in chain):
            raise DiagnosticError(
                CIRCULAR_PROFILE.at(
                    _position(source, ("extends",)),
                    "this profile extends itself",
                    "Let “extends” name a profile that does not build on this one.",
                )
            )
        chain.append(source)
        parent = _read(source.file, source.text).get("extends")
        path = find_convention(str(parent), (path.parent, *folders), source) if parent else None
    return _built(tuple((source.file, source.text) for source in chain))


_BECOMES = frozenset({"tei", "parts", "table", "notation"})


@lru_cache(maxsize=64)
def _source(path: Path, _version: tuple[int, int] | None) -> SourceText:
    """Return the text of a profile; it is read again only when the file has changed."""
    return read_text(path)


def find_convention(name: str, folders: Sequence[Path], child: SourceText | None = None) -> Path:
    """Return the file of a profile, which the profile ``child`` extends if there is one.

    Raises:
        DiagnosticError: there is no such profile (C201).
    """
    if name.endswith(".json") or "/" in name or "\\" in name:
        candidates = [folder / name for folder in folders] + [Path(name)]
    else:
        places = [folder for top in folders for folder in (top / "conventions", top)]
        candidates = [folder / f"{name}.json" for folder in (*places, _FOLDER)]
    found = next((path for path in candidates if path.is_file()), None)
    if found is not None:
        return found
    known = convention_names(folders)
    near = difflib.get_close_matches(name, known, n=1)
    guess = f"Did you mean “{near[0]}”? " if near else ""
    raise DiagnosticError(
        NO_SUCH_PROFILE.at(
            _position(child, ("extends",)) if child else Position(name),
            f"there is no convention profile “{name}”",
            f"{guess}Known profiles: {', '.join(known)}; or give the path of a JSON file.",
        )
    )


@lru_cache(maxsize=64)
def _built(chain: tuple[tuple[str, str], ...]) -> Convention:
    data: Mapping[str, Any] = {}
    for file, text in reversed(chain):
        child = _read(file, text)
        found = [*_rules_without_parent(SourceText(file, text), child, data)]
        if found:
            raise DiagnosticError(*found)
        data = merge(data, child)
    return build(data)


def _rules_without_parent(
    source: SourceText, child: Mapping[str, Any], parent: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    """Yield a mistake for each block rule that is a name alone, and no rule of the parent."""
    inherited = {(path[1], rule["name"]) for path, rule in _block_rules(parent)}
    for path, rule in _block_rules(child):
        if len(rule) == 1 and (path[1], rule["name"]) not in inherited:
            yield BAD_PROFILE.at(
                _position(source, (*path, "name")),
                f"no profile that this one extends has a rule “{rule['name']}” here",
                "Mend the name, or say what the rule recognises and what it becomes.",
            )


def _block_rules(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    for key, rules in data.get("blocks", {}).items():
        if isinstance(rules, list):
            yield from ((("blocks", key, index), rule) for index, rule in enumerate(rules))


@lru_cache(maxsize=64)
def _read(file: str, text: str) -> Mapping[str, Any]:
    """Return the data of a profile, checked."""
    source = SourceText(file, text)
    hint = "Compare with the lines around it: a comma, quotation mark or bracket is amiss."
    data = json_of(source, BAD_PROFILE, hint)
    found = (
        [*_schema_mistakes(source, data)]
        or [*_pattern_mistakes(source, data, ())]
        or [*_part_mistakes(source, data)]
        or [*_aimless_rules(source, data)]
    )
    if found:
        raise DiagnosticError(*found)
    checked: Mapping[str, Any] = data
    return checked


def _schema_mistakes(source: SourceText, data: Any) -> Iterator[Diagnostic]:  # noqa: ANN401
    for mistake in mistakes(data, _SCHEMA):
        yield BAD_PROFILE.at(_position(source, mistake.path), mistake.message, mistake.hint)


def _pattern_mistakes(source: SourceText, value: Any, path: KeyPath) -> Iterator[Diagnostic]:  # noqa: ANN401
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _pattern_mistakes(source, entry, (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _pattern_mistakes(source, entry, (*path, index))
    elif isinstance(value, str) and _is_pattern(path):
        try:
            re.compile(value, re.MULTILINE)
        except re.error as error:
            yield BAD_PROFILE.at(
                _position(source, path),
                f"the pattern “{value}” is not a regular expression: {error.msg}",
                "Write a backslash before brackets, dots and other signs meant literally.",
            )


def _part_mistakes(source: SourceText, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield a mistake for each template that names a part which no pattern of its rule has."""
    for index, rule in enumerate(data.get("notation", ())):
        patterns = (rule.get("pattern", ""), rule.get("open_pattern", ""))
        parts = {name for pattern in patterns for name in re.compile(pattern).groupindex}
        for path, name in _named_parts(rule["tei"], ("notation", index, "tei")):
            if name not in parts:
                yield BAD_PROFILE.at(
                    _position(source, path),
                    f"the pattern of the rule “{rule['name']}” has no part “{name}”",
                    f"Name a part of the pattern with (?P<{name}>…), or use another name here.",
                )


def _aimless_rules(source: SourceText, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield a mistake for each block rule that does not say what its block becomes."""
    for path, rule in _block_rules(data):
        if len(rule) > 1 and path[1] != "postscript" and not _BECOMES & rule.keys():
            yield BAD_PROFILE.at(
                _position(source, (*path, "name")),
                f"the rule “{rule['name']}” does not say what the block becomes",
                "Add “tei”, “parts”, “table” or “notation”; a name alone stands for the rule of "
                "that name in the profile that this one extends.",
            )


def _named_parts(template: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for key, value in template.get("attributes", {}).items():
        for name in _SLOT.findall(value):
            yield (*path, "attributes", key), name
    content = template.get("content", "content")
    if content not in ("content", ""):
        yield (*path, "content"), content
    for index, child in enumerate(template.get("children", ())):
        yield from _named_parts(child, (*path, "children", index))


def _is_pattern(path: KeyPath) -> bool:
    if "tei" in path or "parts" in path or "examples" in path:
        return False
    if isinstance(path[-1], int):
        return len(path) > 1 and path[-2] in _PATTERN_LISTS
    return path[-1] in _PATTERN_KEYS


def _position(source: SourceText, path: KeyPath) -> Position:
    return source.position(offset_of(source.text, path))
