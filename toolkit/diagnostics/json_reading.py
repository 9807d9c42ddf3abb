"""Reading JSON that people may have written: what is no JSON is told at its place (RFC 8259)."""

from __future__ import annotations

import json
from typing import Any

from toolkit.diagnostics.diagnostic import DiagnosticError, Kind
from toolkit.diagnostics.position import SourceText


def json_of(source: SourceText, kind: Kind, hint: str) -> Any:  # noqa: ANN401 (any JSON value)
    """Return the value that a text in JSON says.

    Raises:
        DiagnosticError: the text is not JSON, or too much for a reader: a finding of ``kind``.
    """
    try:
        return json.loads(source.text)
    except json.JSONDecodeError as error:
        place, message = error.pos, f"this is not JSON: {error.msg.lower()}"
    except (RecursionError, ValueError):
        place, message = (
            0,
            "this JSON cannot be read: it is nested too deep, or a number is too long",
        )
    raise DiagnosticError(kind.at(source.position(place), message, hint))
