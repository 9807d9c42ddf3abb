"""What is wrong with a file that is not well-formed, in an editor's words.

libxml2 says at which character it gave up; here that becomes what the editor did there. The cases
are the violations of the well-formedness constraints of XML 1.0 that editors meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from lxml.etree import ErrorTypes

from toolkit.diagnostics import Position


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong, where, and what to do."""

    position: Position
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Failure:
    """What is known of the place where parsing stopped."""

    content: bytes
    message: str
    position: Position

    def says(self, pattern: str) -> str:
        """Return what the first group of ``pattern`` matches in libxml2's message."""
        match = re.search(pattern, self.message)
        return match[1] if match else ""


def explain(content: bytes, code: int, message: str, position: Position) -> Explanation:
    """Explain the error ``code`` of libxml2 with its ``message``, met at ``position``."""
    failure = _Failure(content, message, position)
    if _is_binary(content):
        return Explanation(
            Position(position.file),
            "this is not an XML file but binary data",
            "Name the XML file, or export the document as XML.",
        )
    explained = _EXPLANATIONS.get(code)
    if explained is None:
        return Explanation(position, f"not well-formed XML: {message}", _COMPARE)
    return explained(failure)


_COMPARE = "Compare this line with the lines before it: a tag or a quotation mark is amiss."


def _is_binary(content: bytes) -> bool:
    head = content[:1024]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:4] in (b"<\0?\0", b"\0<\0?")
    return b"\0" in head and not wide


def _open_tags(content: bytes) -> tuple[list[_Tag], _Tag | None]:
    """Return the elements open where the file stops being well-formed, and the end tag there."""
    scanner = expat.ParserCreate()
    stack: list[_Tag] = []

    def on_start(name: str, _attributes: dict[str, str]) -> None:
        stack.append(_Tag(name, scanner.CurrentLineNumber, scanner.CurrentColumnNumber + 1))

    def on_end(_name: str) -> None:
        stack.pop()

    scanner.StartElementHandler = on_start
    scanner.EndElementHandler = on_end
    try:
        scanner.Parse(content, True)
    except expat.ExpatError as error:
        ending = re.match(rb"/?([^\s<>]*)", content[scanner.ErrorByteIndex :])
        name = ending[1].decode("utf-8", "replace") if ending else ""
        # expat stands behind the "</" of an end tag that does not match.
        return stack, _Tag(name, error.lineno, max(error.offset - 1, 1))
    return stack, None


def _mismatch(failure: _Failure) -> Explanation:
    stack, ending = _open_tags(failure.content)
    closing = failure.says(r" and (\S+)$")
    if not stack or ending is None or not closing:
        return Explanation(failure.position, f"not well-formed XML: {failure.message}", _COMPARE)
    opened = stack[-1]
    where = Position(failure.position.file, ending.line, ending.column)
    said = f"`</{closing}>` stands where `<{opened.name}>` of line {opened.line} is still open"
    if any(tag.name == closing for tag in stack):
        return Explanation(where, said, f"Write `</{opened.name}>` before `</{closing}>`.")
    if opened.name.lower() == closing.lower():
        return Explanation(where, said, f"Write `</{opened.name}>`: upper and lower case differ.")
    return Explanation(
        where,
        said,
        f"Write `</{opened.name}>` instead, or take `</{closing}>` out: no `<{closing}>` is open.",
    )


def _not_finished(failure: _Failure) -> Explanation:
    stack, _ = _open_tags(failure.content)
    if not stack:
        return Explanation(failure.position, "the file ends too early", "Restore its end.")
    opened = stack[-1]
    rest = "".join(f"`</{tag.name}>`" for tag in reversed(stack[-8:]))
    return Explanation(
        failure.position,
        f"the file ends while `<{opened.name}>` of line {opened.line} is still open",
        f"Write the missing end tags ({rest}), or restore the end of the file.",
    )


def _name_required(failure: _Failure) -> Explanation:
    if "EntityRef" in failure.message:
        return Explanation(
            failure.position, "an ampersand stands alone", "Write `&amp;` for an ampersand in text."
        )
    if "attribute name" in failure.message:
        return Explanation(
            failure.position,
            "the tag is not complete: an attribute or `>` is expected here",
            "End the tag with `>`, or mend the attribute.",
        )
    return Explanation(
        failure.position,
        "`<` begins no tag here",
        "Write `&lt;` for a less-than sign in text; the name of an element begins with a letter.",
    )


def _entity_not_defined(failure: _Failure) -> Explanation:
    name = failure.says(r"Entity '([^']*)'")
    return Explanation(
        failure.position,
        f"the entity `&{name};` is not defined",
        "Write the character itself: XML without a DTD knows only `&amp;`, `&lt;`, `&gt;`, "
        "`&quot;` and `&apos;`.",
    )


def _less_than_in_value(failure: _Failure) -> Explanation:
    return Explanation(
        failure.position,
        "`<` stands in the value of an attribute",
        "Close the value before it with a quotation mark, or write `&lt;`.",
    )


def _namespace(failure: _Failure) -> Explanation:
    prefix = failure.says(r"prefix (\S+) ")
    return Explanation(
        failure.position,
        f"the prefix “{prefix}” is not declared",
        f'Declare it on the root element, xmlns:{prefix}="…", or take the prefix away.',
    )


def _encoding(failure: _Failure) -> Explanation:
    return Explanation(
        failure.position,
        "the bytes here are not in the encoding of the file",
        "Save the file as UTF-8, or name its encoding in the XML declaration "
        '(`<?xml version="1.0" encoding="…"?>`).',
    )


def _fixed(message: str, hint: str, name: str = "") -> Callable[[_Failure], Explanation]:
    """Return an explanation whose ``{}`` is what the pattern ``name`` finds in the message."""

    def explained(failure: _Failure) -> Explanation:
        found = failure.says(name) if name else ""
        return Explanation(
            failure.position, message.replace("{}", found), hint.replace("{}", found)
        )

    return explained


_EXPLANATIONS: dict[int, Callable[[_Failure], Explanation]] = {
    ErrorTypes.ERR_TAG_NAME_MISMATCH: _mismatch,
    ErrorTypes.ERR_TAG_NOT_FINISHED: _not_finished,
    ErrorTypes.ERR_NAME_REQUIRED: _name_required,
    ErrorTypes.ERR_UNDECLARED_ENTITY: _entity_not_defined,
    ErrorTypes.WAR_UNDECLARED_ENTITY: _entity_not_defined,
    ErrorTypes.ERR_LT_IN_ATTRIBUTE: _less_than_in_value,
    ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: _namespace,
    ErrorTypes.ERR_INVALID_ENCODING: _encoding,
    ErrorTypes.ERR_UNSUPPORTED_ENCODING: _fixed(
        "the encoding “{}” is not known", "Save the file as UTF-8 and say so.", r"encoding: (\S+)"
    ),
    ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: _fixed(
        "an entity reference has no semicolon",
        "Write `&amp;` for an ampersand in text, or end the reference with `;`.",
    ),
    ErrorTypes.ERR_ATTRIBUTE_REDEFINED: _fixed(
        "the attribute `{}` stands twice in this tag",
        "Keep one of the two; several values go into one attribute.",
        r"Attribute (\S+) redefined",
    ),
    ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED: _fixed(
        "the value of the attribute has no quotation marks", 'Write name="value".'
    ),
    ErrorTypes.ERR_ATTRIBUTE_NOT_FINISHED: _fixed(
        "the value of the attribute is not closed", "Close it with a quotation mark."
    ),
    ErrorTypes.ERR_ATTRIBUTE_WITHOUT_VALUE: _fixed(
        "the attribute `{}` has no value", 'Write {}="value".', r"attribute (\S+)"
    ),
    ErrorTypes.ERR_SPACE_REQUIRED: _fixed(
        "two attributes follow each other without a space", "Put a space between them."
    ),
    ErrorTypes.ERR_GT_REQUIRED: _fixed("the tag is not closed", "End it with `>`."),
    ErrorTypes.ERR_DOCUMENT_EMPTY: _fixed(
        "the file does not begin with a tag", "An XML file begins with a tag such as `<TEI>`."
    ),
    ErrorTypes.ERR_DOCUMENT_END: _fixed(
        "something follows the end of the root element",
        "Move it inside the root element, or take out the end tag that closes it too early.",
    ),
    ErrorTypes.ERR_RESERVED_XML_NAME: _fixed(
        "the XML declaration does not stand at the very start",
        "Take out what is before `<?xml`, spaces and empty lines too.",
    ),
    ErrorTypes.ERR_HYPHEN_IN_COMMENT: _fixed(
        "two hyphens stand in a comment", "Write a dash instead: `--` may only end a comment."
    ),
    ErrorTypes.ERR_COMMENT_NOT_FINISHED: _fixed("the comment is not closed", "End it with `-->`."),
    ErrorTypes.ERR_MISPLACED_CDATA_END: _fixed("`]]>` stands in text", "Write `]]&gt;`."),
    ErrorTypes.ERR_INVALID_CHAR: _fixed(
        "a control character stands here, which XML does not allow",
        "Delete the character; it cannot be seen in most editors.",
    ),
    ErrorTypes.DTD_ID_REDEFINED: _fixed(
        "the xml:id “{}” is already used", "Give one of the two another xml:id.", r"ID (\S+) "
    ),
}
