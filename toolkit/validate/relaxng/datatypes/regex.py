r"""The regular expressions of XML Schema (Part 2, appendix F), matched in linear time.

Python's ``re`` knows neither ``\p{L}`` nor ``\i`` nor class subtraction, and backtracks. Here an
expression becomes an automaton by derivatives, state by state and character by character as
values ask for them, so a match costs one table look-up a character, whatever the expression.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from toolkit.validate.relaxng.datatypes.blocks import BLOCKS
from toolkit.validate.relaxng.datatypes.xmlnames import is_name_character, is_name_start

_DEPTH = 150
_REPEAT = 100_000
_MOST_OPTIONAL = 100
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL_ESCAPES = frozenset("\\|.-^?*+{}()[]")
_CATEGORIES = frozenset(
    {
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    }
)


class RegexError(ValueError):
    """The expression breaks the grammar of appendix F; the message says how."""


class Range(NamedTuple):
    """The characters from ``first`` to ``last``."""

    first: str
    last: str

    def contains(self, character: str) -> bool:
        """Tell whether the character is in the set."""
        return self.first <= character <= self.last


class Category(NamedTuple):
    r"""The characters of a Unicode general category, ``\p{…}``."""

    name: str

    def contains(self, character: str) -> bool:
        """Tell whether the character is in the set."""
        return unicodedata.category(character).startswith(self.name)


class NameCharacters(NamedTuple):
    r"""The characters of XML names: ``\i`` (first) and ``\c`` (further)."""

    start: bool

    def contains(self, character: str) -> bool:
        """Tell whether the character is in the set."""
        return is_name_start(character) if self.start else is_name_character(character)


class Union(NamedTuple):
    """The characters of any member but those excepted; or all others if ``negated``."""

    members: tuple[CharacterSet, ...]
    negated: bool = False
    exception: CharacterSet | None = None

    def contains(self, character: str) -> bool:
        """Tell whether the character is in the set."""
        found = any(member.contains(character) for member in self.members) != self.negated
        return found and not (self.exception is not None and self.exception.contains(character))


CharacterSet = Range | Category | NameCharacters | Union

_SPACE = Union((Range(" ", " "), Range("\t", "\n"), Range("\r", "\r")))
_DIGIT = Category("Nd")
_CLASSES: dict[str, CharacterSet] = {
    "s": _SPACE,
    "S": Union((_SPACE,), negated=True),
    "d": _DIGIT,
    "D": Union((_DIGIT,), negated=True),
    "i": NameCharacters(start=True),
    "I": Union((NameCharacters(start=True),), negated=True),
    "c": NameCharacters(start=False),
    "C": Union((NameCharacters(start=False),), negated=True),
    "w": Union((Category("P"), Category("Z"), Category("C")), negated=True),
    "W": Union((Category("P"), Category("Z"), Category("C"))),
}
_DOT = Union((Range("\n", "\n"), Range("\r", "\r")), negated=True)


class One(NamedTuple):
    """One character of a set."""

    characters: CharacterSet


class Sequence(NamedTuple):
    """One expression after the other; the empty sequence is the empty string."""

    items: tuple[Expression, ...]


class Alternatives(NamedTuple):
    """Any one of the expressions; the empty set matches nothing."""

    items: frozenset[Expression]


class Repeat(NamedTuple):
    """An expression at least ``least`` and at most ``most`` times (None: without bound)."""

    item: Expression
    least: int
    most: int | None


Expression = One | Sequence | Alternatives | Repeat

EMPTY = Sequence(())
NOTHING = Alternatives(frozenset())


def _sequence(items: tuple[Expression, ...]) -> Expression:
    flat: list[Expression] = []
    for item in items:
        if item == NOTHING:
            return NOTHING
        if isinstance(item, Sequence):
            flat.extend(item.items)
        else:
            flat.append(item)
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def _alternatives(items: list[Expression]) -> Expression:
    flat: set[Expression] = set()
    for item in items:
        if isinstance(item, Alternatives):
            flat |= item.items
        else:
            flat.add(item)
    return next(iter(flat)) if len(flat) == 1 else Alternatives(frozenset(flat))


def _repeat(item: Expression, least: int, most: int | None) -> Expression:
    if most == 0 or item == EMPTY:
        return EMPTY
    if least == 1 and most == 1:
        return item
    if isinstance(item, Repeat) and item.least <= 1:
        # (a+)* and the like are one repetition, or the states of the automaton would multiply.
        most = None if most is None or item.most is None else most * item.most
        return Repeat(item.item, least * item.least, most)
    return Repeat(item, 0 if matches_empty(item) else least, most)


def matches_empty(expression: Expression) -> bool:
    """Tell whether the empty string matches."""
    match expression:
        case One():
            return False
        case Sequence(items):
            return all(matches_empty(item) for item in items)
        case Alternatives(choices):
            return any(matches_empty(item) for item in choices)
        case Repeat(item, least, _):
            return least == 0 or matches_empty(item)


def derive(expression: Expression, character: str) -> Expression:
    """Return what must follow ``character`` for the whole to match (Brzozowski's derivative)."""
    match expression:
        case One(characters):
            return EMPTY if characters.contains(character) else NOTHING
        case Sequence(items):
            found = []
            for index, item in enumerate(items):
                rest = derive(item, character)
                if rest != NOTHING:
                    found.append(_sequence((rest, *items[index + 1 :])))
                if not matches_empty(item):
                    break
            return _alternatives(found)
        case Alternatives(choices):
            return _alternatives([derive(item, character) for item in choices])
        case Repeat(item, least, most):
            rest = derive(item, character)
            if rest == NOTHING:
                return NOTHING
            again = _repeat(item, max(least - 1, 0), None if most is None else most - 1)
            return _sequence((rest, again))


class _State(dict[str, "_State | None"]):
    """A state: the next state for each character met so far, None where nothing can follow."""

    __slots__ = ("accepting", "automaton", "expression")

    def __init__(self, automaton: Regex, expression: Expression) -> None:
        super().__init__()
        self.automaton = automaton
        self.expression = expression
        self.accepting = matches_empty(expression)

    def __missing__(self, character: str) -> _State | None:
        following = self.automaton.state(derive(self.expression, character))
        self[character] = following
        return following


class Regex:
    """A compiled regular expression; it matches whole values only.

    Raises:
        RegexError: ``pattern`` is not a regular expression of XML Schema.
    """

    _MOST_STATES = 20_000

    def __init__(self, pattern: str) -> None:
        self._states: dict[Expression, _State] = {}
        self._start = parse_regex(pattern)

    def state(self, expression: Expression) -> _State | None:
        """Return the state for what must follow, or None if nothing can."""
        if expression == NOTHING:
            return None
        state = self._states.get(expression)
        if state is None:
            if len(self._states) >= self._MOST_STATES:
                for old in self._states.values():
                    old.clear()
                self._states.clear()
            state = self._states[expression] = _State(self, expression)
        return state

    def matches(self, value: str) -> bool:
        """Tell whether the whole of ``value`` matches."""
        state = self.state(self._start)
        for character in value:
            if state is None:
                return False
            state = state[character]
        return state is not None and state.accepting


def parse_regex(pattern: str) -> Expression:
    """Return the expression that ``pattern`` writes.

    Raises:
        RegexError: it is not a regular expression of XML Schema.
    """
    return _Parser(pattern).parse()


@lru_cache(maxsize=1000)
def compile_regex(pattern: str) -> Regex:
    """Return the automaton of ``pattern``; each is made once.

    Raises:
        RegexError: ``pattern`` is not a regular expression of XML Schema.
    """
    return Regex(pattern)


class _Parser:
    """Recursive descent over the grammar of appendix F, with a bound on nesting."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._depth = 0

    def parse(self) -> Expression:
        found = self._branches()
        if self._at < len(self._text):
            raise RegexError("there is a ) without its (")
        return found

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        character = self._peek()
        if not character:
            raise RegexError("the expression ends too early")
        self._at += 1
        return character

    def _branches(self) -> Expression:
        branches = [self._branch()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch())
        singles = [b.characters for b in branches if isinstance(b, One)]
        if len(singles) == len(branches) > 1:
            return One(Union(tuple(singles)))
        return _alternatives(branches)

    def _branch(self) -> Expression:
        pieces: list[Expression] = []
        while self._peek() not in ("", "|", ")"):
            pieces.append(self._quantified(self._atom()))
        if sum(map(matches_empty, pieces)) > _MOST_OPTIONAL:
            raise RegexError(
                f"more than {_MOST_OPTIONAL} optional parts in a row are not supported"
            )
        return _sequence(tuple(pieces))

    def _quantified(self, atom: Expression) -> Expression:
        most: int | None
        match self._peek():
            case "?":
                least, most = 0, 1
            case "*":
                least, most = 0, None
            case "+":
                least, most = 1, None
            case "{":
                return _repeat(atom, *self._counts())
            case _:
                return atom
        self._at += 1
        return _repeat(atom, least, most)

    def _counts(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        inner = self._text[self._at + 1 : end] if end > 0 else ""
        low, comma, high = inner.partition(",")
        if not _is_count(low) or (high and not _is_count(high)):
            raise RegexError("a quantifier is {n}, {n,} or {n,m}")
        self._at = end + 1
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if most is not None and most < least:
            raise RegexError(f"the quantifier {{{inner}}} has its bounds in the wrong order")
        if max(least, most or 0) > _REPEAT:
            raise RegexError(f"a quantifier above {_REPEAT} is not supported")
        return least, most

    def _atom(self) -> Expression:
        character = self._next()
        match character:
            case "(":
                return self._parenthesis()
            case "[":
                return One(self._class())
            case "\\":
                return One(self._escape())
            case ".":
                return One(_DOT)
            case "?" | "*" | "+" | "{":
                raise RegexError(f"the quantifier {character} follows nothing")
            case "}" | "]":
                raise RegexError(f"write \\{character} for {character}")
        return One(Range(character, character))

    def _parenthesis(self) -> Expression:
        self._depth += 1
        if self._depth > _DEPTH:
            raise RegexError("the parentheses are nested too deeply")
        inner = self._branches()
        if self._peek() != ")":
            raise RegexError("there is a ( without its )")
        self._at += 1
        self._depth -= 1
        return inner

    def _escape(self) -> CharacterSet:
        character = self._next()
        if character in _ESCAPES:
            character = _ESCAPES[character]
            return Range(character, character)
        if character in _LITERAL_ESCAPES:
            return Range(character, character)
        if character in _CLASSES:
            return _CLASSES[character]
        if character in "pP":
            return self._property(negated=character == "P")
        raise RegexError(f"there is no escape \\{character}")

    def _property(self, negated: bool) -> CharacterSet:
        end = self._text.find("}", self._at)
        if self._peek() != "{" or end < 0:
            raise RegexError("\\p needs a property in braces, such as \\p{L}")
        name = self._text[self._at + 1 : end]
        self._at = end + 1
        found: CharacterSet
        if name in _CATEGORIES:
            found = Category(name)
        elif name.startswith("Is") and name[2:] in BLOCKS:
            found = Union(tuple(Range(chr(a), chr(b)) for a, b in BLOCKS[name[2:]]))
        else:
            raise RegexError(f"there is no property \\p{{{name}}}")
        return Union((found,), negated=True) if negated else found

    def _class(self) -> CharacterSet:
        self._depth += 1
        if self._depth > _DEPTH:
            raise RegexError("the classes are nested too deeply")
        negated = self._peek() == "^"
        self._at += negated
        members: list[CharacterSet] = []
        exception: CharacterSet | None = None
        while True:
            character = self._next()
            if character == "]" and members:
                break
            if character == "-" and self._peek() == "[" and members:
                self._at += 1
                exception = self._class()
                if self._next() != "]":
                    raise RegexError("a subtraction must end its class")
                break
            members.append(self._member(character, first=not members))
        self._depth -= 1
        if len(members) == 1 and not negated and exception is None:
            return members[0]
        return Union(tuple(members), negated, exception)

    def _member(self, character: str, first: bool) -> CharacterSet:
        if character == "[" or character == "]":
            raise RegexError(f"write \\{character} for {character} in a class")
        if character == "-" and not first and self._peek() != "]":
            raise RegexError("write \\- for - in the middle of a class")
        low: CharacterSet = self._escape() if character == "\\" else Range(character, character)
        if self._peek() != "-" or self._text[self._at + 1 : self._at + 2] in ("]", "["):
            return low
        self._at += 1
        end = self._next()
        high: CharacterSet = self._escape() if end == "\\" else Range(end, end)
        if not isinstance(low, Range) or not isinstance(high, Range) or end in "[-":
            raise RegexError("a range in a class needs a character at both ends")
        if high.first < low.first:
            raise RegexError(f"the range {low.first}-{high.first} is in the wrong order")
        return Range(low.first, high.first)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
