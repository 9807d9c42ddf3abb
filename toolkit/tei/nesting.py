"""Tags that do not match: which end tag is missing, misspelt, or one too many.

Where the parser stops is not always where the editor slipped: a ``<lb>`` without its slash is
noticed only when the paragraph ends.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from toolkit.expressions import expression

_NEAR = 0.7
_END_TAG = expression(rb"/?([^\s<>/]*)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and its place; ``bare`` if it has no attributes."""

    name: str
    line: int
    column: int
    bare: bool = True


@dataclass
class Nesting:
    """How far elements are open where a file stops being well-formed.

    Attributes:
        open: the elements that are open, the innermost last.
        end: the end tag that does not match; None if the parser stopped for another reason.
        closed: the last empty-element tag (``<p/>``) directly in each of the open elements.
        behind: the source behind the end tag.
    """

    open: list[Tag] = field(default_factory=list)
    end: Tag | None = None
    closed: list[Tag | None] = field(default_factory=list)
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with the tags: at which one, what, and what to do."""

    tag: Tag
    message: str
    hint: str


def nesting(content: bytes) -> Nesting:
    """Return which elements are open where ``content`` (in UTF-8) stops being well-formed."""
    scanner = expat.ParserCreate("utf-8")
    scanner.ordered_attributes = True
    found = Nesting()
    starts: list[int] = []

    def on_start(name: str, attributes: list[str]) -> None:
        line, column = scanner.CurrentLineNumber, scanner.CurrentColumnNumber + 1
        found.open.append(Tag(name, line, column, not attributes))
        found.closed.append(None)
        starts.append(scanner.CurrentByteIndex)

    def on_end(_name: str) -> None:
        tag = found.open.pop()
        found.closed.pop()
        source = content[starts.pop() + 1 : scanner.CurrentByteIndex]
        if source.endswith(b"/>") and b"<" not in source and found.closed:
            found.closed[-1] = tag

    scanner.StartElementHandler = on_start
    scanner.EndElementHandler = on_end
    try:
        scanner.Parse(content, True)
    except expat.ExpatError as error:
        rest = content[scanner.ErrorByteIndex :]
        ending = _END_TAG.match(rest)
        name = ending[1].decode("utf-8", "replace") if ending else ""
        # expat stands behind the "</" of an end tag that does not match.
        found.end = Tag(name, error.lineno, max(error.offset - 1, 1))
        found.behind = rest[ending.end() if ending else 0 :].decode("utf-8", "replace")
    return found


def mismatched(found: Nesting, empty: Iterable[str]) -> Slip | None:
    """Explain an end tag that does not match; None if there is none.

    ``empty`` names the elements that hold nothing.
    """
    if found.end is None or not found.open:
        return None
    opened, end = found.open[-1], found.end
    names = [tag.name for tag in found.open]
    lone = not_closed(found, empty)
    if lone is not None and end.name in names:
        return lone
    said = f"`</{end.name}>` stands where `<{opened.name}>` of line {opened.line} is still open"
    if end.name in names:
        return _closing_an_outer(found, said)
    closed = found.closed[-1]
    if closed is not None and closed.name == end.name:
        return Slip(
            closed,
            f"`<{closed.name}/>` is closed already, but `</{end.name}>` follows in line {end.line}",
            f"Write `<{closed.name}>`, without the slash.",
        )
    if opened.name.lower() == end.name.lower():
        return Slip(end, said, f"Write `</{opened.name}>`: upper and lower case differ.")
    if _alike(opened.name, end.name):
        return Slip(end, said, f"Write `</{opened.name}>`: the two names differ.")
    hint = f"Write `</{opened.name}>` instead, or take `</{end.name}>` out"
    return Slip(end, said, f"{hint}: no `<{end.name}>` is open.")


def not_closed(found: Nesting, empty: Iterable[str]) -> Slip | None:
    """Explain a tag that lacks its slash, or that stands for an end tag; None if none does."""
    opened = found.open[-1]
    if opened.name in empty:
        hint = f"Write `<{opened.name}/>`: the element holds nothing."
        return Slip(opened, f"`<{opened.name}>` is not closed", hint)
    closed = found.closed[-1]
    if closed is not None and closed.name == opened.name and closed.bare:
        return Slip(
            closed,
            f"`<{closed.name}/>` stands in `<{opened.name}>` of line {opened.line}, which is not "
            f"closed; did you mean `</{closed.name}>`?",
            f"Write `</{closed.name}>`.",
        )
    if opened.bare and len(found.open) > 1 and found.open[-2].name == opened.name:
        outer = found.open[-2]
        return Slip(
            opened,
            f"`<{opened.name}>` stands in `<{outer.name}>` of line {outer.line}, and neither is "
            f"closed; did you mean `</{opened.name}>`?",
            f"Write `</{opened.name}>`, or close both.",
        )
    return None


def _closing_an_outer(found: Nesting, said: str) -> Slip:
    """Explain an end tag that comes before that of an element within."""
    opened, end = found.open[-1], found.end
    assert end is not None  # noqa: S101
    own_end = found.behind.find(f"</{opened.name}>")
    next_start = re.search(rf"<{re.escape(opened.name)}[\s/>]", found.behind)
    hint = f"Write `</{opened.name}>` before `</{end.name}>`"
    alike = sum(tag.name == opened.name for tag in found.open)
    enough = _ends_left(opened.name, found.behind) >= alike
    if enough and own_end >= 0 and (next_start is None or own_end < next_start.start()):
        hint += f", and take the `</{opened.name}>` behind it out: elements do not overlap"
    elif alike > 1:
        hint += f", or take the `<{opened.name}>` of line {opened.line} out"
    return Slip(end, said, f"{hint}.")


def _ends_left(name: str, source: str) -> int:
    """Return how many more end tags of an element than start tags there are in the source."""
    written = re.escape(name)
    starts = re.findall(rf"<{written}(?:\s[^>]*)?(?<!/)>", source)
    return len(re.findall(rf"</{written}\s*>", source)) - len(starts)


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one.lower(), other.lower()).ratio() >= _NEAR
