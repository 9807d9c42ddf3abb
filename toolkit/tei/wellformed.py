"""What is wrong with a file that is not well-formed, in an editor's words.

libxml2 says at which character it gave up; here that becomes what the editor did, and where. The
cases are the violations of the well-formedness constraints of XML 1.0 that editors meet.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml.etree import ErrorTypes

from toolkit import merge_marks
from toolkit.diagnostics import Position, SourceText
from toolkit.expressions import expression
from toolkit.merge_marks import first_merge_mark
from toolkit.resources import SCHEMAS
from toolkit.tei.nesting import Nesting, Slip, mismatched, nesting, not_closed


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong, where, and what to do."""

    position: Position
    message: str
    hint: str


class _Failure:
    """What is known of the place where parsing stopped."""

    def __init__(self, content: bytes, message: str, position: Position) -> None:
        self.content = content
        self.message = message
        self.position = position
        self._source = SourceText(position.file, content.decode("utf-8", "replace"))
        self.text = self._source.text
        self.offset = self._source.offset(position.line, position.column)

    def says(self, pattern: str) -> str:
        """Return what the first group of ``pattern`` matches in libxml2's message."""
        match = re.search(pattern, self.message)
        return match[1] if match else ""

    def back_to(self, beginning: str) -> int:
        """Return where ``beginning`` stands last before or at the place, or else the place."""
        found = self.text.rfind(beginning, 0, self.offset + len(beginning))
        return found if found >= 0 else self.offset

    def at(self, offset: int, message: str, hint: str) -> Explanation:
        """Return an explanation of what stands at ``offset``."""
        return Explanation(self._source.position(offset), message, hint)

    def here(self, message: str, hint: str) -> Explanation:
        """Return an explanation of what stands where parsing stopped."""
        return Explanation(self.position, message, hint)


def explain(content: bytes, code: int, message: str, position: Position) -> Explanation:
    """Explain the error ``code`` of libxml2 with its ``message``, met at ``position``.

    ``content`` is in UTF-8, whatever it declares.
    """
    if b"\0" in content[:_HEAD] and not content.lstrip().startswith(b"<"):
        return Explanation(
            Position(position.file),
            "this is not an XML file but binary data",
            "Name the XML file, or export the document as XML.",
        )
    if b"<<<<<<<" in content:
        mark = first_merge_mark(SourceText(position.file, content.decode("utf-8", "replace")))
        if mark is not None:
            return Explanation(mark, merge_marks.MESSAGE, merge_marks.HINT)
    failure = _Failure(content, message, position)
    explained = _EXPLANATIONS.get(code)
    return explained(failure) if explained else _otherwise(failure)


_HEAD = 1024
_NAME = r"[\w:][\w:.\-]*"
_ATTRIBUTE = expression(rf"""\s*({_NAME})\s*=\s*(?:"([^"]*)("?)|'([^']*)('?))""")
_CURLY = "“”„‟‘’‚«»″"


@cache
def _knowledge() -> dict[str, Any]:
    path = SCHEMAS / "validation" / "wellformed.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return known


def _otherwise(failure: _Failure) -> Explanation:
    return failure.here(
        f"not well-formed XML: {failure.message}",
        "Compare this line with the lines before it: a tag or a quotation mark is amiss.",
    )


# Tags that do not match


def _mismatch(failure: _Failure) -> Explanation:
    slip = mismatched(nesting(failure.content), _knowledge()["empty"])
    return _otherwise(failure) if slip is None else _of_slip(failure, slip)


def _of_slip(failure: _Failure, slip: Slip) -> Explanation:
    where = Position(failure.position.file, slip.tag.line, slip.tag.column)
    return Explanation(where, slip.message, slip.hint)


def _not_finished(failure: _Failure) -> Explanation:
    found = nesting(failure.content)
    if not found.open:
        return failure.here("the file ends too early", "Restore its end.")
    slip = not_closed(found, _knowledge()["empty"])
    if slip is not None:
        return _of_slip(failure, slip)
    return failure.here(*_of_end(found))


def _of_end(found: Nesting) -> tuple[str, str]:
    opened = found.open[-1]
    rest = "".join(f"</{tag.name}>" for tag in reversed(found.open[-8:]))
    return (
        f"the file ends while `<{opened.name}>` of line {opened.line} is still open",
        f"Write the missing end tags, `{rest}`, or restore the end of the file.",
    )


# Less-than signs and ampersands


def _name_required(failure: _Failure) -> Explanation:
    if "EntityRef" in failure.message:
        return failure.at(
            failure.back_to("&"),
            "an ampersand stands alone",
            "Write `&amp;` for an ampersand in text.",
        )
    if "attribute name" in failure.message:
        return _in_tag(failure)
    start = failure.back_to("<")
    return failure.at(start, *_no_tag(failure.text[start : start + 100]))


def _no_tag(source: str) -> tuple[str, str]:
    """Say what is wrong with a ``<`` that begins no tag."""
    said = "`<` begins no tag here"
    if match := re.match(rf"<\\({_NAME})", source):
        return said, f"Write `</{match[1]}>`: the slash is the other one."
    if match := re.match(rf"<\s+(/?)\s*({_NAME})[^<>]*>", source):
        return (
            "a space stands between `<` and the name of the element",
            f"Write `<{match[1]}{match[2]}`, without a space; or `&lt;` if it is not a tag.",
        )
    if source.startswith(("<-", "<—", "<–", "<! ", "<!-")):
        return said, "Write `<!--` to begin a comment, or `&lt;` for a less-than sign."
    return (
        said,
        "Write `&lt;` for a less-than sign in text; the name of an element begins with a letter.",
    )


def _entity_not_defined(failure: _Failure) -> Explanation:
    name = failure.says(r"Entity '([^']*)'")
    start = failure.back_to("&")
    character = html.unescape(f"&{name};")
    hint = (
        "Write the character itself: XML without a DTD knows only `&amp;`, `&lt;`, `&gt;`, "
        "`&quot;` and `&apos;`."
    )
    if not character.startswith("&"):
        numbers = "".join(f"&#{ord(part)};" for part in character)
        itself = f"“{character}” itself, or " if character.isprintable() else ""
        hint = f"Write {itself}`{numbers}`: XML without a DTD does not know the entities of HTML."
    return failure.at(start, f"the entity `&{name};` is not defined", hint)


def _no_semicolon(failure: _Failure) -> Explanation:
    return failure.at(
        failure.back_to("&"),
        "an entity reference has no semicolon",
        "Write `&amp;` for an ampersand in text, or end the reference with `;`.",
    )


def _bad_reference(failure: _Failure) -> Explanation:
    start = failure.back_to("&#")
    written = re.match(r"&#[^\s;<&]*;?", failure.text[start:])
    return failure.at(
        start,
        f"`{written[0] if written else '&#'}` is not the number of a character",
        "Write the character itself, or its number: `&#233;`, or in base sixteen `&#xE9;`.",
    )


def _control_character(failure: _Failure) -> Explanation:
    if "CharRef" in failure.message:
        start = failure.back_to("&#")
        written = re.match(r"&#\w*;?", failure.text[start:])
        said = f"`{written[0] if written else '&#'}` is a character that XML does not allow"
        return failure.at(start, said, "Take it out, or write the character that is meant.")
    return failure.here(
        "a control character stands here, which XML does not allow",
        "Delete the character; it cannot be seen in most editors.",
    )


# Within a tag


def _tag_start(failure: _Failure) -> int:
    """Return where the tag begins in which parsing stopped."""
    before = failure.text.rfind("<", 0, max(failure.offset, 1))
    return max(before, 0)


def _attributes(failure: _Failure) -> list[re.Match[str]]:
    """Return the attributes of the tag up to the place, the last maybe not closed."""
    start = _tag_start(failure)
    opening = re.match(rf"<{_NAME}", failure.text[start:])
    place = start + (opening.end() if opening else 1)
    found: list[re.Match[str]] = []
    while place < failure.offset and (match := _ATTRIBUTE.match(failure.text, place)):
        found.append(match)
        place = match.end()
    return found


def _value(attribute: re.Match[str]) -> str:
    return attribute[2] if attribute[2] is not None else attribute[4]


def _in_tag(failure: _Failure) -> Explanation:
    attributes = _attributes(failure)
    if attributes and (unclosed := _seems_unclosed(failure, attributes[-1])):
        return unclosed
    sign = failure.text[failure.offset : failure.offset + 1]
    if re.match(r"/\s+>", failure.text[failure.offset :]):
        return failure.here("a space stands between `/` and `>`", "Write `/>`.")
    if sign == "<" or not sign.strip():
        return failure.at(_tag_start(failure), "the tag is not closed", "End it with `>`.")
    if sign.isdigit() or sign in "-.":
        return failure.here(
            f"the name of an attribute cannot begin with “{sign}”",
            "Write a name that begins with a letter, or end the tag with `>` before it.",
        )
    return failure.here(
        f"“{sign}” has no place in a tag", "Take it out, or end the tag with `>` before it."
    )


def _seems_unclosed(failure: _Failure, attribute: re.Match[str]) -> Explanation | None:
    """Explain a value that seems to go on up to the opening quotation mark of the next one."""
    swallowed = re.search(rf"\s+{_NAME}\s*=\s*$", _value(attribute))
    return (
        _unclosed(failure, attribute, _value(attribute)[: swallowed.start()])
        if (swallowed)
        else None
    )


def _unclosed(failure: _Failure, attribute: re.Match[str], value: str) -> Explanation:
    return failure.at(
        attribute.start(1),
        f"the value of the attribute `{attribute[1]}` has no closing quotation mark",
        f'Write {attribute[1]}="{" ".join(value.split())}".',
    )


def _less_than_in_value(failure: _Failure) -> Explanation:
    attributes = _attributes(failure)
    if attributes:
        attribute = attributes[-1]
        value = failure.text[attribute.start(2 if attribute[2] is not None else 4) :]
        value = value[: failure.offset - attribute.start(2 if attribute[2] is not None else 4)]
        if ">" in value:
            return _unclosed(failure, attribute, re.split(r"/?>", value)[0])
    return failure.here(
        "`<` stands in the value of an attribute",
        "Write `&lt;`, or close the value before it with a quotation mark.",
    )


def _value_not_finished(failure: _Failure) -> Explanation:
    attributes = _attributes(failure)
    if not attributes:
        return failure.here(
            "the value of the attribute is not closed", "Close it with a quotation mark."
        )
    return _unclosed(failure, attributes[-1], re.split(r"/?>", _value(attributes[-1]))[0])


def _no_quotation_marks(failure: _Failure) -> Explanation:
    name = re.search(rf"({_NAME})\s*=\s*$", failure.text[_tag_start(failure) : failure.offset])
    value = re.match(r"[^\s>]*", failure.text[failure.offset :])
    written = (value[0] if value else "").rstrip("/").strip(f"{_CURLY}\"'")
    curly = failure.text[failure.offset : failure.offset + 1] in _CURLY
    said = (
        "curly quotation marks stand around the value of the attribute"
        if curly
        else "the value of the attribute has no quotation marks"
    )
    straight = ", with straight quotation marks" if curly else ""
    return failure.here(
        said, f'Write {name[1] if name else "name"}="{written or "value"}"{straight}.'
    )


def _no_value(failure: _Failure) -> Explanation:
    name = failure.says(r"attribute (\S+)")
    start = failure.text.rfind(name, 0, failure.offset + 1) if name else failure.offset
    return failure.at(
        max(start, 0),
        f"the attribute `{name}` has no value",
        f'Write {name}="value", or take it out.',
    )


def _no_space(failure: _Failure) -> Explanation:
    rest = failure.text[failure.offset :]
    attributes = _attributes(failure)
    if failure.text.startswith("<?", _tag_start(failure)):
        return failure.here("the XML declaration is not closed", "End it with `?>`.")
    if re.match(rf"{_NAME}\s*=", rest):
        return failure.here(
            "two attributes follow each other without a space", "Put a space between them."
        )
    if attributes and (unclosed := _seems_unclosed(failure, attributes[-1])):
        return unclosed
    if attributes and re.match(r"""[^<>=]*["']""", rest):
        attribute = attributes[-1]
        if not _value(attribute):
            said = f"the quotation marks around the value of `{attribute[1]}` are doubled"
            return failure.at(attribute.start(1), said, f'Write {attribute[1]}="…".')
        return failure.here(
            f"a quotation mark ends the value of `{attribute[1]}` too early",
            "Write `&quot;` for a quotation mark in a value.",
        )
    return failure.here("the tag is not closed", "End it with `>`.")


def _stands_twice(failure: _Failure) -> Explanation:
    name = failure.says(r"Attribute (\S+) redefined")
    places = [match.start(1) for match in _attributes(failure) if match[1] == name]
    return failure.at(
        places[1] if len(places) > 1 else failure.offset,
        f"the attribute `{name}` stands twice in this tag",
        "Keep one of the two; several values go into one attribute.",
    )


def _tag_not_closed(failure: _Failure) -> Explanation:
    start = _tag_start(failure)
    source = failure.text[start : start + 100]
    if match := re.match(rf"</\s+({_NAME})", source):
        said = "a space stands in the end tag before the name of the element"
        return failure.at(start, said, f"Write `</{match[1]}>`.")
    if match := re.match(rf"</?{_NAME}", source):
        return failure.at(start, f"the tag `{match[0]}` is not closed", "End it with `>`.")
    return failure.at(start, *_no_tag(source))


def _namespace(failure: _Failure) -> Explanation:
    prefix, name = failure.says(r"prefix (\S+) "), failure.says(r"prefix \S+ for (\S+)")
    start = _tag_start(failure)
    if name and (
        found := re.search(
            rf"\s({re.escape(prefix)}:{re.escape(name)})\s*=", failure.text[start : failure.offset]
        )
    ):
        start += found.start(1)
    uri = _knowledge()["namespaces"].get(prefix, "…")
    return failure.at(
        start,
        f"the prefix “{prefix}” is not declared",
        f'Declare it on the root element, xmlns:{prefix}="{uri}", or take the prefix away.',
    )


# The file as a whole


def _late_declaration(failure: _Failure) -> Explanation:
    start = failure.back_to("<?xml")
    if failure.text.startswith("<?xml") and start > 0:
        return failure.at(start, "a second XML declaration stands here", "Take it out.")
    return failure.at(
        start,
        "the XML declaration does not stand at the very start",
        "Take out what is before `<?xml`, spaces and empty lines too.",
    )


def _after_the_end(failure: _Failure) -> Explanation:
    second = re.match(rf"<({_NAME})", failure.text[failure.offset :])
    if second:
        return failure.here(
            f"a second root element, `<{second[1]}>`, follows the end of the root element",
            "Move it inside the root element, or into a file of its own; or take out the end tag "
            "that closes the root too early.",
        )
    if failure.text.startswith("</", failure.offset):
        return failure.here(
            "an end tag follows the end of the root element",
            "Take it out, or the end tag before it that closes the root too early.",
        )
    return failure.here(
        "something follows the end of the root element",
        "Move it inside the root element, or take it out.",
    )


def _nothing_there(failure: _Failure) -> Explanation:
    said = "the file does not begin with a tag" if failure.text.strip() else "the file is empty"
    return failure.here(said, "An XML file begins with a tag such as `<TEI>`.")


def _cdata_not_closed(failure: _Failure) -> Explanation:
    start = failure.back_to("<![CDATA[")
    return failure.at(start, "the CDATA section is not closed", "End it with `]]>`.")


def _comment_not_closed(failure: _Failure) -> Explanation:
    return failure.at(failure.back_to("<!--"), "the comment is not closed", "End it with `-->`.")


def _encoding(failure: _Failure) -> Explanation:
    likely = ""
    try:
        failure.content.decode()
    except UnicodeDecodeError as error:
        byte = failure.content[error.start : error.start + 1]
        with_meaning = byte.decode("cp1252", "replace")
        if with_meaning.isalpha():
            likely = f" In Windows-1252, the byte here is “{with_meaning}”."
    return failure.here(
        "the bytes here are not in the encoding of the file",
        "Save the file as UTF-8, or name its encoding in the XML declaration "
        f'(`<?xml version="1.0" encoding="…"?>`).{likely}',
    )


def _fixed(message: str, hint: str, name: str = "") -> Callable[[_Failure], Explanation]:
    """Return an explanation whose ``{}`` is what the pattern ``name`` finds in the message."""

    def explained(failure: _Failure) -> Explanation:
        found = failure.says(name) if name else ""
        return failure.here(message.replace("{}", found), hint.replace("{}", found))

    return explained


_EXPLANATIONS: dict[int, Callable[[_Failure], Explanation]] = {
    ErrorTypes.ERR_TAG_NAME_MISMATCH: _mismatch,
    ErrorTypes.ERR_TAG_NOT_FINISHED: _not_finished,
    ErrorTypes.ERR_NAME_REQUIRED: _name_required,
    ErrorTypes.ERR_UNDECLARED_ENTITY: _entity_not_defined,
    ErrorTypes.WAR_UNDECLARED_ENTITY: _entity_not_defined,
    ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: _no_semicolon,
    ErrorTypes.ERR_INVALID_HEX_CHARREF: _bad_reference,
    ErrorTypes.ERR_INVALID_DEC_CHARREF: _bad_reference,
    ErrorTypes.ERR_INVALID_CHARREF: _bad_reference,
    ErrorTypes.ERR_INVALID_CHAR: _control_character,
    ErrorTypes.ERR_LT_IN_ATTRIBUTE: _less_than_in_value,
    ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED: _no_quotation_marks,
    ErrorTypes.ERR_ATTRIBUTE_NOT_FINISHED: _value_not_finished,
    ErrorTypes.ERR_ATTRIBUTE_WITHOUT_VALUE: _no_value,
    ErrorTypes.ERR_ATTRIBUTE_REDEFINED: _stands_twice,
    ErrorTypes.ERR_SPACE_REQUIRED: _no_space,
    ErrorTypes.ERR_GT_REQUIRED: _tag_not_closed,
    ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: _namespace,
    ErrorTypes.ERR_RESERVED_XML_NAME: _late_declaration,
    ErrorTypes.ERR_DOCUMENT_END: _after_the_end,
    ErrorTypes.ERR_COMMENT_NOT_FINISHED: _comment_not_closed,
    ErrorTypes.ERR_INVALID_ENCODING: _encoding,
    ErrorTypes.ERR_DOCUMENT_EMPTY: _nothing_there,
    ErrorTypes.ERR_CDATA_NOT_FINISHED: _cdata_not_closed,
    ErrorTypes.ERR_STRING_NOT_STARTED: _fixed(
        "a value in the XML declaration has no quotation marks",
        'Write `<?xml version="1.0" encoding="UTF-8"?>`.',
    ),
    ErrorTypes.ERR_PI_NOT_STARTED: _fixed(
        "`<?` begins no processing instruction here",
        "Write its name right behind `<?`, or `&lt;` for a less-than sign.",
    ),
    ErrorTypes.ERR_HYPHEN_IN_COMMENT: _fixed(
        "two hyphens stand in a comment", "Write a dash instead: `--` may only end a comment."
    ),
    ErrorTypes.ERR_MISPLACED_CDATA_END: _fixed("`]]>` stands in text", "Write `]]&gt;`."),
    ErrorTypes.ERR_PI_NOT_FINISHED: _fixed(
        "the processing instruction is not closed", "End it with `?>`."
    ),
    ErrorTypes.ERR_XMLDECL_NOT_FINISHED: _fixed(
        "the XML declaration is not closed", "End it with `?>`."
    ),
    ErrorTypes.DTD_ID_REDEFINED: _fixed(
        "the xml:id “{}” is already used", "Give one of the two another xml:id.", r"ID (\S+) "
    ),
}
