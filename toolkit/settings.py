"""Checking files of settings against a JSON Schema, with messages in an editor's words."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in settings: the keys and indexes that lead to it, what is wrong, what to do."""

    path: KeyPath
    message: str
    hint: str


def mistakes(settings: Any, schema: Path) -> list[Mistake]:  # noqa: ANN401 (any JSON value)
    """Return the mistakes in ``settings`` by the JSON Schema in the file ``schema``."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    errors = sorted(validator.iter_errors(settings), key=lambda error: list(map(str, error.path)))
    return [mistake for error in errors for mistake in _explain(error)]


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
    yield Mistake(path, f"the setting “{key}” is missing", _description(definition))


def _not_in_list(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    values: Any = error.validator_value
    allowed = [str(value) for value in values]
    near = difflib.get_close_matches(str(error.instance), allowed, n=1)
    guess = f"Did you mean “{near[0]}”? " if near else ""
    message = f"{_name(path)} cannot be “{error.instance}”"
    yield Mistake(path, message, f"{guess}Possible: {', '.join(allowed)}.")


def _wrong_type(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    wanted = _TYPES.get(str(error.validator_value), str(error.validator_value))
    yield Mistake(path, f"{_name(path)} must be {wanted}", _description(error.schema))


def _too_short(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    yield Mistake(path, f"{_name(path)} is empty", _description(error.schema))


def _wrong_form(error: ValidationError, path: KeyPath) -> Iterator[Mistake]:
    message = f"{_name(path)}: “{error.instance}” does not have the right form"
    hint = _description(error.schema) or f"It must match {error.validator_value}."
    yield Mistake(path, message, hint)


_EXPLANATIONS: Mapping[str, Callable[[ValidationError, KeyPath], Iterator[Mistake]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "enum": _not_in_list,
    "type": _wrong_type,
    "minLength": _too_short,
    "minItems": _too_short,
    "pattern": _wrong_form,
}

_TYPES = {
    "string": "text in quotation marks",
    "array": "a list in square brackets",
    "object": "a table",
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
