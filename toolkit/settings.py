"""Files that editors write as TOML: parsed, checked by a JSON Schema, mistakes at their place."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import merge_marks
from toolkit.diagnostics import DiagnosticError, Kind, Position, SourceText
from toolkit.expressions import expression
from toolkit.merge_marks import first_merge_mark

if TYPE_CHECKING:
    from jsonschema import ValidationError

_COMPARE = "Compare it with the documentation of the settings."
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in settings: the keys and indexes that lead to it, what is wrong, what to do.

    ``value`` is the text that is wrong, if it is one.
    """

    path: KeyPath
    message: str
    hint: str
    value: str = ""


def mistakes(settings: Any, schema: Path) -> list[Mistake]:  # noqa: ANN401 (any JSON value)
    """Return the mistakes in ``settings`` by the JSON Schema in the file ``schema``."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    errors = sorted(validator.iter_errors(settings), key=lambda error: list(map(str, error.path)))
    return [
        replace(mistake, hint=mistake.hint or _COMPARE)
        for error in errors
        for mistake in _explain(error)
    ]


def _explain(error: ValidationError) -> Iterator[Mistake]:
    path: KeyPath = tuple(error.absolute_path)
    explain = _EXPLANATIONS.get(str(error.validator))
    if explain is None:
        yield Mistake(path, f"{_name(path)}: {error.message}", _description(error.schema))
        return
    yield from explain(error, path)


def _unknown_keys(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    known = sorted(_properties(error))
    keys: Any = error.instance
    for key in sorted(set(keys) - set(known)):
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Possible here: {', '.join(known)}."
        yield Mistake((*path, key), f"unknown setting “{key}”", hint)


def _missing_keys(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    key = str(error.message).split("'")[1]
    definition = _properties(error).get(key, {})
    hint = f"Add {key} = … here. {_description(definition)}".strip()
    yield Mistake(path, f"the setting “{key}” is missing", hint)


def _not_in_list(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    values: Any = error.validator_value
    allowed = [str(value) for value in values]
    near = difflib.get_close_matches(str(error.instance), allowed, n=1)
    guess = f"Did you mean “{near[0]}”? " if near else ""
    message = f"{_name(path)} cannot be “{error.instance}”"
    yield Mistake(path, message, f"{guess}Possible: {', '.join(allowed)}.", str(error.instance))


def _wrong_type(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    given: Any = error.instance
    asked, name = str(error.validator_value), _name(path).strip("“”")
    if isinstance(given, dict) and asked == "array":
        message = f"{_name(path)} is a list of blocks"
        yield Mistake(path, message, f"Its heading has two brackets: [[{name}]].")
        return
    if isinstance(given, list) and asked == "object" and isinstance((given or [0])[0], dict):
        message = f"{_name(path)} stands once, and is no list of blocks"
        yield Mistake(path, message, f"Its heading has one bracket: [{name}].")
        return
    wanted = _TYPES.get(str(error.validator_value), str(error.validator_value))
    yield Mistake(path, f"{_name(path)} must be {wanted}", _description(error.schema))


def _too_long(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    entries: Any = error.instance
    most: Any = error.validator_value
    message = f"{_name(path)} has {len(entries)} entries, {most} are the most"
    yield Mistake((*path, most), message, _description(error.schema))


def _too_short(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    hint = "Write something between the quotation marks, or take the line out."
    is_text = error.validator == "minLength"
    description = _description(error.schema)
    yield Mistake(path, f"{_name(path)} is empty", description or (hint if is_text else ""))


def _out_of_range(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    schema: Any = error.schema
    limits = [
        f"{said} {schema[key]:g}"
        for key, said in (("minimum", "at least"), ("maximum", "at most"))
        if key in schema
    ]
    message = f"{_name(path)} is {error.instance}, but must be {' and '.join(limits)}"
    yield Mistake(path, message, _description(schema) or "Give a number between these.")


def _too_many_letters(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    most: Any = error.validator_value
    message = f"{_name(path)} has more than {most} characters"
    yield Mistake(path, message, _description(error.schema))


def _none_of(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    """Yield that one of several settings must be there (``anyOf`` of ``required``)."""
    ways: Any = error.validator_value
    keys = " or ".join(f"“{key}”" for way in ways for key in way["required"])
    yield Mistake(path, f"{_name(path)} needs {keys}", _description(error.schema))


def _repeated(_error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    yield Mistake(path, f"{_name(path)} names something twice", "Take one of the two out.")


def _wrong_form(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    schema: Any = error.schema
    if not error.instance and schema.get("minLength"):
        return  # that it is empty is told
    message = f"{_name(path)}: “{error.instance}” does not have the right form"
    hint = _description(error.schema) or f"It must match {error.validator_value}."
    yield Mistake(path, message, hint, str(error.instance))


_EXPLANATIONS: Mapping[str, Callable[[ValidationError, KeyPath], Iterator[Mistake]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "enum": _not_in_list,
    "type": _wrong_type,
    "minLength": _too_short,
    "minItems": _too_short,
    "minProperties": _too_short,
    "maxItems": _too_long,
    "pattern": _wrong_form,
    "uniqueItems": _repeated,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "maxLength": _too_many_letters,
    "anyOf": _none_of,
}

_TYPES = {
    "string": "text in quotation marks",
    "array": "a list in square brackets",
    "object": "a table, such as { name = value }",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


def _properties(error: ValidationError) -> Mapping[str, Any]:
    schema: Any = error.schema
    properties: Mapping[str, Any] = schema.get("properties", {})
    return properties


def _name(path: Sequence[str | int]) -> str:
    names = [key for key in path if isinstance(key, str)]
    return f"“{names[-1]}”" if names else "the file"


def _description(schema: Any) -> str:  # noqa: ANN401 (a JSON Schema is any JSON value)
    text = schema.get("description", "") if isinstance(schema, dict) else ""
    return str(text)


_TOML = {
    "Cannot overwrite a value": "this setting is given twice",
    "twice": "this table is given twice",
    "Expected '=' after a key": "there is no “=” after the name of the setting",
    "Invalid statement": "this is neither a setting nor the heading of a table",
    "Unclosed array": "a list is not closed by “]”",
    "Unclosed inline table": "a table is not closed by “}”",
    "Illegal character '\\n'": "a text is not closed by a quotation mark",
    "Unterminated string": "a text is not closed by a quotation mark",
    'Expected "\'"': "a text is not closed by a quotation mark",
    "Invalid value": "no value is written so: a text stands in quotation marks, a list between "
    "“[” and “]”; else it is a number, true or false",
    "Expected ']": "the heading of this table is not closed",
    "Expected newline": "more stands behind the value of this setting",
    "Invalid initial character": "the name of a setting is missing",
    "Unescaped '\\'": "a backslash in a text is written twice, or the text between single "
    "quotation marks",
}
"""What messages of the parser mean, by what they contain."""


def parsed_toml(source: SourceText, kind: Kind, hint: str) -> dict[str, Any]:
    """Return what a TOML file says (https://toml.io/en/v1.0.0).

    Raises:
        DiagnosticError: it is not TOML; a finding of this ``kind`` with this ``hint``.
    """
    import tomllib

    try:
        return tomllib.loads(source.text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if mark := first_merge_mark(source):
            raise DiagnosticError(kind.at(mark, merge_marks.MESSAGE, merge_marks.HINT)) from None
        message, place = str(error), re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        last = len(source.text.splitlines()) or 1
        where = (
            Position(source.file, int(place[1]), int(place[2]))
            if place
            else Position(source.file, last)
        )
        reason = message[: place.start()] if place else message.split(" (at ")[0]
        reason = next((said for known, said in _TOML.items() if known in reason), reason)
        raise DiagnosticError(
            kind.at(where, f"not valid TOML: {reason[0].lower()}{reason[1:]}", hint)
        ) from None


_HEADER = expression(r"\s*(\[\[?)\s*([\w-]+(?:\.[\w-]+)*)\s*\]")
_KEY = expression(r"""\s*(?:([\w-]+)|"([^"]*)"|'([^']*)')\s*=""")


def place_in_toml(source: SourceText, path: KeyPath) -> Position:
    """Return where the value at ``path`` stands in a TOML file, or the nearest place above it."""
    best = (0, Position(source.file))
    here: KeyPath = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(source.text.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = _table(header[1], header[2], counts)
            column = header.start(2) + 1
        elif key := _KEY.match(line):
            column = key.start(key.lastindex or 1) + 1
        else:
            continue
        full = here if header else (*here, key[key.lastindex or 1] if key else "")
        depth = len(full)
        if path == full[: len(path)] and len(path) > best[0]:
            best = (len(path), Position(source.file, number, column))
        if full == path[:depth] and depth > best[0]:
            best = (depth, Position(source.file, number, column))
    return _within_line(source, best[1], path[best[0] :])


def _within_line(source: SourceText, place: Position, keys: KeyPath) -> Position:
    """Return where the last of these keys stands on the line of ``place``: in inline tables."""
    offset, line = place.column - 1, source.line(place.line)
    for key in keys:
        found = re.compile(rf"""(?<![\w-])["']?({re.escape(str(key))})["']?\s*=""").search(
            line, offset
        )
        if isinstance(key, str) and found:
            offset = found.start(1)
    return Position(place.file, place.line, offset + 1)


def place_of_value(source: SourceText, path: KeyPath, value: str) -> Position:
    """Return where ``value``, in quotation marks, stands in the setting at ``path``.

    That is the place of the setting if the value is written otherwise there, or "".
    """
    place = place_in_toml(source, path)
    written = re.compile(rf"""(["']){re.escape(value)}\1""")
    found = written.search(source.text, source.offset(place.line, place.column)) if value else None
    return source.position(found.start()) if found else place


def _table(brackets: str, name: str, counts: dict[str, int]) -> KeyPath:
    if brackets == "[":
        return tuple(name.split("."))
    counts[name] = counts.get(name, -1) + 1
    return (name, counts[name])
