"""Where each value of a JSON file stands, so that a mistake can be shown at its line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]+")
_SPACE = re.compile(r"\s*")


def offsets(text: str) -> Mapping[KeyPath, int]:
    """Return the offset of every value in well-formed JSON; in objects, that of its key."""
    found: dict[KeyPath, int] = {}
    _Walk(text, found).value((), 0)
    return found


class _Walk:
    def __init__(self, text: str, found: dict[KeyPath, int]) -> None:
        self._text = text
        self._found = found

    def value(self, path: KeyPath, at: int) -> int:
        at = self._skip(at)
        self._found.setdefault(path, at)
        first = self._text[at]
        if first == "{":
            return self._object(path, at + 1)
        if first == "[":
            return self._array(path, at + 1)
        if first == '"':
            return self._string_end(at)
        scalar = _SCALAR.match(self._text, at)
        return scalar.end() if scalar else at + 1

    def _object(self, path: KeyPath, at: int) -> int:
        at = self._skip(at)
        while self._text[at] != "}":
            key_at = at
            at = self._string_end(at)
            key = json.loads(self._text[key_at:at])
            self._found[(*path, key)] = key_at
            at = self._comma(self.value((*path, key), self._skip(at) + 1))
        return at + 1

    def _array(self, path: KeyPath, at: int) -> int:
        at = self._skip(at)
        index = 0
        while self._text[at] != "]":
            at = self._comma(self.value((*path, index), at))
            index += 1
        return at + 1

    def _string_end(self, at: int) -> int:
        string = _STRING.match(self._text, at)
        return string.end() if string else at + 1

    def _comma(self, at: int) -> int:
        at = self._skip(at)
        return self._skip(at + 1) if self._text[at] == "," else at

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at


def offset_of(text: str, path: KeyPath) -> int:
    """Return the offset of the value at ``path``, or of the nearest value around it."""
    try:
        found = offsets(text)
    except (IndexError, json.JSONDecodeError):
        return 0
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 0)
