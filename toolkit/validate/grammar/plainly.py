"""A violation said plainly, as the engine has it: where nothing better can be said."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.validate.grammar import findings
from toolkit.validate.grammar.words import attribute, shortened, tag, tags
from toolkit.validate.relaxng import Violation, ViolationKind

NOT_VALID = Kind(
    "V199",
    "not-valid",
    Severity.ERROR,
    "The document does not follow the schema, in a way that no other code stands for.",
)
IDENTIFIERS = frozenset({ViolationKind.DUPLICATE_ID, ViolationKind.UNRESOLVED_IDREF})


def plainly(violation: Violation, place: Position) -> Diagnostic:
    """Return the finding on a violation."""
    kind, say = _WORDS.get(violation.kind, (NOT_VALID, _otherwise))
    message, hint = say(violation)
    return kind.at(place, message, hint)


def _element(found: Violation) -> tuple[str, str]:
    parent = f" in {tag(found.path[-1])}" if found.path else ""
    return f"{tag(found.name)} is not allowed here{parent}", _allowed(found)


def _missing(found: Violation) -> tuple[str, str]:
    wanted = tags(found.expected.missing)
    if not wanted:
        return f"{tag(found.element)} is not complete", _allowed(found)
    return f"{wanted} is missing before {tag(found.element)}", f"Add {wanted}."


def _incomplete(found: Violation) -> tuple[str, str]:
    wanted = tags(found.expected.missing)
    lacking = f"; {wanted} is missing" if wanted else ""
    return f"{tag(found.element)} is not complete{lacking}", _allowed(found)


def _text(found: Violation) -> tuple[str, str]:
    return f"text is not allowed directly in {tag(found.element)}", _allowed(found)


def _unknown_attribute(found: Violation) -> tuple[str, str]:
    said = f"`{attribute(found.name)}` is not allowed on {tag(found.element)} as it stands"
    return said, "Take the attribute out."


def _missing_attribute(found: Violation) -> tuple[str, str]:
    name = attribute(found.name)
    return f"{tag(found.element)} needs the attribute `{name}`", f'Add {name}="…" to the tag.'


def _value(found: Violation) -> tuple[str, str]:
    written = f'`{attribute(found.name)}="{shortened(found.value)}"` on {tag(found.element)}'
    return f"{written} is not allowed together with the rest of the element", "Write another value."


def _text_value(found: Violation) -> tuple[str, str]:
    said = f"“{shortened(found.value)}” is not a value that {tag(found.element)} may hold"
    return said, "Write another value."


def _used_twice(found: Violation) -> tuple[str, str]:
    said = f"the identifier “{shortened(found.value)}” is already used in line {found.other[0]}"
    return said, "Give one of the two another."


def _dangling(found: Violation) -> tuple[str, str]:
    written = f'`{attribute(found.name)}="{shortened(found.value)}"` on {tag(found.element)}'
    return f"{written} refers to an identifier that nothing has", "Correct the reference."


def _otherwise(found: Violation) -> tuple[str, str]:
    said = f": {shortened(found.value)}" if found.value else ""
    return (
        f"the document does not follow the schema ({found.kind.value.replace('-', ' ')}{said})",
        "Compare the element with others of its name.",
    )


def _allowed(found: Violation) -> str:
    names = found.expected.elements
    return f"Allowed here: {tags(names)}." if names else "Take it out, or move it elsewhere."


_Say = Callable[[Violation], tuple[str, str]]
_WORDS: dict[ViolationKind, tuple[Kind, _Say]] = {
    ViolationKind.UNKNOWN_ELEMENT: (findings.UNKNOWN_ELEMENT, _element),
    ViolationKind.ELEMENT_NOT_ALLOWED: (findings.NOT_ALLOWED, _element),
    ViolationKind.ELEMENT_MISSING: (findings.MISSING_ELEMENT, _missing),
    ViolationKind.ELEMENT_INCOMPLETE: (findings.MISSING_ELEMENT, _incomplete),
    ViolationKind.TEXT_NOT_ALLOWED: (findings.TEXT_NOT_ALLOWED, _text),
    ViolationKind.ATTRIBUTE_NOT_ALLOWED: (findings.UNKNOWN_ATTRIBUTE, _unknown_attribute),
    ViolationKind.ATTRIBUTE_MISSING: (findings.MISSING_ATTRIBUTE, _missing_attribute),
    ViolationKind.ATTRIBUTE_VALUE: (findings.BAD_VALUE, _value),
    ViolationKind.TEXT_VALUE: (findings.BAD_CONTENT, _text_value),
    ViolationKind.DUPLICATE_ID: (findings.DUPLICATE_IDENTIFIER, _used_twice),
    ViolationKind.UNRESOLVED_IDREF: (findings.DANGLING_IDENTIFIER, _dangling),
}
