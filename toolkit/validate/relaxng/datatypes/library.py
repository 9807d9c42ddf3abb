"""Datatypes as RELAX NG uses them: a library, a type and parameters (specification, section 5).

Three libraries are known: the built-in one (``string`` and ``token``, without parameters), XML
Schema's (every type but those for attributes of documents only; every facet but ``whiteSpace``
and ``enumeration``, as the Guidelines for using them with RELAX NG say) and the compatibility
library (``ID``, ``IDREF``, ``IDREFS``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.expressions import expression
from toolkit.validate.relaxng.datatypes.context import Context
from toolkit.validate.relaxng.datatypes.regex import RegexError, compile_regex
from toolkit.validate.relaxng.datatypes.types import PRIMITIVES, Primitive

XML_SCHEMA = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"

_BUILT_IN = frozenset({"string", "token"})
_COMPATIBLE = frozenset({"ID", "IDREF", "IDREFS"})
_SPACES = expression(r"[ \t\r\n]+")
_SPACE = expression(r"[ \t\r\n]")
_COUNT = expression(r"\+?\d{1,9}", re.ASCII)

Facet = Callable[[str, Hashable], bool]
"""Tells whether a value (normalised text, value) obeys a facet."""


class DatatypeError(ValueError):
    """There is no such library or type, or a parameter is wrong; the message says which."""


@dataclass(frozen=True, slots=True)
class Datatype:
    """A type with its parameters. ``parameters`` are kept for explanation."""

    library: str
    name: str
    parameters: tuple[tuple[str, str], ...]
    primitive: Primitive
    facets: tuple[Facet, ...]

    @property
    def contextual(self) -> bool:
        """Whether values depend on the namespaces or entities in force."""
        return self.primitive.contextual

    def value(self, text: str, context: Context) -> Hashable:
        """Return the value that ``text`` stands for.

        Raises:
            ValueError: it stands for none of this type.
        """
        text = normalise(text, self.primitive.space)
        value = self.primitive.read(text, context)
        if not all(facet(text, value) for facet in self.facets):
            raise ValueError(text)
        return value

    def allows(self, text: str, context: Context) -> bool:
        """Tell whether ``text`` is of this type (``datatypeAllows``)."""
        try:
            self.value(text, context)
        except (ValueError, ArithmeticError):
            return False
        return True

    def equal(self, value: Hashable, text: str, context: Context) -> bool:
        """Tell whether ``text`` stands for ``value`` (``datatypeEqual``)."""
        try:
            return self.value(text, context) == value
        except (ValueError, ArithmeticError):
            return False


def normalise(text: str, space: str) -> str:
    """Return ``text`` with its white space as the ``whiteSpace`` facet says."""
    if space == "collapse":
        return _SPACES.sub(" ", text).strip(" ")
    return _SPACE.sub(" ", text) if space == "replace" else text


def tokens(text: str) -> list[str]:
    """Return the tokens of a list: what stands between the white space of XML."""
    return [token for token in _SPACES.split(text) if token]


def datatype(library: str, name: str, parameters: Sequence[tuple[str, str]] = ()) -> Datatype:
    """Return the type ``name`` of ``library``.

    Raises:
        DatatypeError: there is none, or a parameter is not one of its facets.
    """
    if library == "":
        known = name in _BUILT_IN
    elif library == COMPATIBILITY:
        known = name in _COMPATIBLE
    elif library == XML_SCHEMA:
        known = name in PRIMITIVES
    else:
        raise DatatypeError(f"there is no datatype library “{library}”")
    if not known:
        raise DatatypeError(f"there is no datatype “{name}” in the library “{library}”")
    if parameters and library != XML_SCHEMA:
        raise DatatypeError(f"the datatype {name} takes no parameters")
    primitive = PRIMITIVES[name]
    return Datatype(
        library, name, tuple(parameters), primitive, tuple(_facets(name, primitive, parameters))
    )


def _facets(name: str, primitive: Primitive, parameters: Sequence[tuple[str, str]]) -> list[Facet]:
    facets: list[Facet] = []
    seen: set[str] = set()
    for facet, text in parameters:
        if facet in seen and facet != "pattern":
            raise DatatypeError(f"the facet {facet} stands twice")
        seen.add(facet)
        made = _facet(primitive, facet, text)
        if made is None:
            raise DatatypeError(f"the datatype {name} has no facet {facet}")
        facets.append(made)
    return facets


def _facet(primitive: Primitive, facet: str, text: str) -> Facet | None:
    if facet == "pattern":
        return _pattern(text)
    if facet in ("length", "minLength", "maxLength") and primitive.measure is not None:
        return _length(primitive, facet, text)
    if facet in ("totalDigits", "fractionDigits") and primitive.digits:
        return _digits(facet, text)
    if facet in _BOUNDS and primitive.less is not None:
        return _bound(primitive, facet, text)
    return None


def _pattern(text: str) -> Facet:
    try:
        regex = compile_regex(text)
    except RegexError as error:
        raise DatatypeError(f"“{text}” is not a regular expression: {error}") from None
    return lambda lexical, _value: regex.matches(lexical)


def _count(facet: str, text: str, least: int = 0) -> int:
    digits = text.strip(" \t\r\n")
    if not _COUNT.fullmatch(digits) or int(digits) < least:
        raise DatatypeError(f"the facet {facet} is “{text}”, not a count")
    return int(digits)


def _length(primitive: Primitive, facet: str, text: str) -> Facet:
    count = _count(facet, text)
    measure = primitive.measure
    assert measure is not None  # noqa: S101
    if facet == "length":
        return lambda _lexical, value: measure(value) == count
    if facet == "minLength":
        return lambda _lexical, value: measure(value) >= count
    return lambda _lexical, value: measure(value) <= count


def _digits(facet: str, text: str) -> Facet:
    count = _count(facet, text, least=1 if facet == "totalDigits" else 0)

    def whole(_lexical: str, value: Hashable) -> bool:
        return sum(_digit_counts(value)) <= count

    def fraction(_lexical: str, value: Hashable) -> bool:
        return _digit_counts(value)[1] <= count

    return whole if facet == "totalDigits" else fraction


def _digit_counts(value: Hashable) -> tuple[int, int]:
    """Return how many digits stand before and after the point, zeros at the ends left out."""
    assert isinstance(value, Decimal)  # noqa: S101
    integral, _, fraction = format(abs(value), "f").partition(".")
    return len(integral.lstrip("0")), len(fraction.rstrip("0"))


_BOUNDS = frozenset({"minInclusive", "maxInclusive", "minExclusive", "maxExclusive"})


def _bound(primitive: Primitive, facet: str, text: str) -> Facet:
    less = primitive.less
    assert less is not None  # noqa: S101
    try:
        bound = primitive.read(normalise(text, primitive.space), Context({}))
    except (ValueError, ArithmeticError):
        raise DatatypeError(f"the facet {facet} is “{text}”, not a value of the type") from None
    if facet == "minInclusive":
        return lambda _lexical, value: value == bound or less(bound, value)
    if facet == "maxInclusive":
        return lambda _lexical, value: value == bound or less(value, bound)
    if facet == "minExclusive":
        return lambda _lexical, value: less(bound, value)
    return lambda _lexical, value: less(value, bound)
