"""The XML syntax of RELAX NG (specification, section 3), read by expat.

Annotations (elements and attributes of foreign namespaces) are left out while reading
(section 4.1); ``ns`` and ``datatypeLibrary`` are inherited (sections 4.3 and 4.9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin
from xml.parsers import expat

from toolkit.diagnostics import DiagnosticError
from toolkit.expressions import expression
from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng.datatypes.xmlnames import is_unprefixed_name
from toolkit.validate.relaxng.entities import EntityExpansionError, check_expansion
from toolkit.validate.relaxng.problems import (
    NOT_A_SCHEMA,
    Place,
    reference_error,
    rule_error,
    syntax_error,
)
from toolkit.validate.relaxng.syntax.node import NAME_CLASSES, PATTERNS, Node

NAMESPACE = "http://relaxng.org/ns/structure/1.0"

_SEPARATOR = "\x1f"
_OURS = NAMESPACE + _SEPARATOR
_BASE = XML_NAMESPACE + _SEPARATOR + "base"
_SPACE = " \t\r\n"
_ATTRIBUTES = {
    "element": {"name"},
    "attribute": {"name"},
    "ref": {"name"},
    "parentRef": {"name"},
    "define": {"name", "combine"},
    "start": {"combine"},
    "param": {"name"},
    "value": {"type"},
    "data": {"type"},
    "externalRef": {"href"},
    "include": {"href"},
}
_REQUIRED = {
    "ref": "name",
    "parentRef": "name",
    "define": "name",
    "param": "name",
    "data": "type",
    "externalRef": "href",
    "include": "href",
}
_ROLES = {
    "pattern": PATTERNS,
    "name class": NAME_CLASSES,
    "grammar content": frozenset({"start", "define", "div", "include"}),
    "include content": frozenset({"start", "define", "div"}),
    "data content": frozenset({"param", "except"}),
    "name class exception": frozenset({"except"}),
    "nothing": frozenset[str](),
}
_KINDS = frozenset().union(*_ROLES.values())
_CHILD_ROLES = {
    "grammar": "grammar content",
    "include": "include content",
    "data": "data content",
    "anyName": "name class exception",
    "nsName": "name class exception",
    **dict.fromkeys(
        ("ref", "parentRef", "empty", "value", "notAllowed", "externalRef", "text", "name"),
        "nothing",
    ),
    "param": "nothing",
}
_TEXTUAL = frozenset({"name", "value", "param"})
_AT_LEAST_ONE = PATTERNS - {
    "ref",
    "parentRef",
    "empty",
    "value",
    "data",
    "notAllowed",
    "externalRef",
    "grammar",
    "text",
    "attribute",
} | {"define", "start", "except"}
_OTHER_LANGUAGES = {
    "http://www.w3.org/2001/XMLSchema": "the XML Schema language of the W3C",
    "http://purl.oclc.org/dsdl/schematron": "Schematron",
    "http://www.tei-c.org/ns/1.0": "ODD, or a TEI document",
}
_LIBRARY = expression(r"[A-Za-z][A-Za-z0-9+.\-]*:.+", re.DOTALL)


def read_xml(content: bytes, file: str, namespace: str = "", base: str = "") -> Node:
    """Return the tree of a schema in XML syntax.

    Args:
        content: the schema.
        file: names the schema in messages; relative references start from it.
        namespace: the ``ns`` value that a referring schema passes on.
        base: what relative references start from, if not from ``file``.

    Raises:
        DiagnosticError: the schema is not well-formed or breaks section 3 (V181) or a rule of
            section 4 that concerns one attribute (V182).
    """
    return _Reader(file, namespace, base or file).read(content)


class _Reader:
    """One reading: the stack of open elements, and the namespaces in scope."""

    def __init__(self, file: str, namespace: str, base: str) -> None:
        self._file = file
        self._root: Node | None = None
        self._outer = Node("", Place(file, 1, 1), namespace, base=base)
        self._open: list[tuple[Node, str]] = []
        self._foreign = 0
        self._scopes: list[Mapping[str, str]] = [{"xml": XML_NAMESPACE}]
        self._declared: dict[str, str] = {}
        self._text: list[str] = []
        self._entities: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=_SEPARATOR)

    def read(self, content: bytes) -> Node:
        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartNamespaceDeclHandler = self._declare
        parser.EntityDeclHandler = self._declare_entity
        parser.EndDoctypeDeclHandler = self._check_entities
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise syntax_error(
                Place(self._file, error.lineno, error.offset + 1),
                f"the schema is not well-formed XML: {expat.errors.messages[error.code]}",
                "Compare this line with the lines before it: a tag or a quotation mark is amiss.",
            ) from None
        assert self._root is not None  # noqa: S101  # expat asks for a root element
        return self._root

    def _declare_entity(
        self, name: str, is_parameter: bool, value: str | None, *_rest: object
    ) -> None:
        if value is not None and not is_parameter:
            self._entities.setdefault(name, value)

    def _check_entities(self) -> None:
        try:
            check_expansion(self._entities)
        except EntityExpansionError as error:
            raise syntax_error(
                self._here(),
                f"the entity “{error}” expands without bound",
                "Take the nested entity declarations out.",
            ) from None

    def _external(self, context: str | None, *_rest: object) -> int:
        if context is not None:
            self._skipped(context.rpartition("\f")[2], False)
        return 1

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise reference_error(
                self._here(),
                f"the entity “{name}” is outside of the schema, or not defined",
                "Nothing external is loaded: put its text into the schema itself.",
            )

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._declared[prefix or ""] = uri or ""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._declared:
            self._scopes.append({**self._scopes[-1], **self._declared})
            self._declared = {}
        else:
            self._scopes.append(self._scopes[-1])
        if self._foreign or (self._open and not tag.startswith(_OURS)):
            if not self._foreign:
                self._check_foreign(tag)
                self._check_text(self._open[-1][0])
            self._foreign += 1
            return
        place = Place(
            self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        )
        if not tag.startswith(_OURS):
            raise _not_a_schema(place, tag.rpartition(_SEPARATOR))
        kind = tag[len(_OURS) :]
        role = self._role(kind, place)
        parent = self._open[-1][0] if self._open else self._outer
        if self._open:
            self._check_text(parent)
        node = Node(kind, place, parent.namespace, parent.library, base=parent.base)
        node.prefixes = self._scopes[-1]
        self._set_attributes(node, attributes)
        if self._open:
            parent.children.append(node)
        self._open.append((node, role))

    def _role(self, kind: str, place: Place) -> str:
        """Return the role the new element plays; it must be one its parent has room for."""
        if not self._open:
            role, allowed = "pattern", PATTERNS
        else:
            parent, outer = self._open[-1]
            role = _child_role(parent, outer)
            allowed = _ROLES[role]
            if kind == "except" and any(c.kind == "except" for c in parent.children):
                allowed = frozenset()
            if kind == "param" and any(c.kind == "except" for c in parent.children):
                allowed = frozenset()
            if parent.kind == "start" and parent.children:
                allowed = frozenset()
            if parent.kind == "attribute" and len(parent.children) == (
                1 if "name" in parent.attributes else 2
            ):
                allowed = frozenset()
        if kind not in allowed:
            where = f" inside <{self._open[-1][0].kind}>" if self._open else " as root element"
            known = kind in _KINDS
            raise syntax_error(
                place,
                f"<{kind}> is not allowed here{where}"
                if known
                else f"RELAX NG has no element <{kind}>",
                "See section 3 of the RELAX NG specification for what may stand here.",
            )
        return role

    def _set_attributes(self, node: Node, attributes: dict[str, str]) -> None:
        allowed = _ATTRIBUTES.get(node.kind, set())
        for name, value in attributes.items():
            if name == "ns":
                node.namespace = value
                node.attributes["ns"] = value
            elif name == "datatypeLibrary":
                node.library = _library(node, value)
            elif name == _BASE:
                node.base = urljoin(node.base, value)
            elif _SEPARATOR in name:
                if name.startswith(_OURS):
                    raise syntax_error(
                        node.place,
                        f"the attribute {name[len(_OURS) :]} must not have a namespace prefix",
                        "Take the prefix away.",
                    )
            elif name in allowed:
                node.attributes[name] = value
            else:
                raise syntax_error(
                    node.place,
                    f"<{node.kind}> has no attribute {name}",
                    "Take it out; annotations need a namespace of their own.",
                )
        self._check_attributes(node)

    def _check_attributes(self, node: Node) -> None:
        required = _REQUIRED.get(node.kind)
        if required and required not in node.attributes:
            raise syntax_error(
                node.place, f"<{node.kind}> needs the attribute {required}", f"Add {required}."
            )
        combine = node.attributes.get("combine")
        if combine is not None and combine.strip(_SPACE) not in ("choice", "interleave"):
            raise syntax_error(
                node.place,
                f"combine is “{combine}”",
                'Write combine="choice" or combine="interleave".',
            )
        for name in ("name", "type"):
            value = node.attributes.get(name)
            if value is None or (node.kind == "param" and name == "name" and not value):
                continue
            value = value.strip(_SPACE)
            parts = value.split(":") if node.kind in ("element", "attribute") else [value]
            if len(parts) > 2 or not all(map(is_unprefixed_name, parts)):
                raise syntax_error(
                    node.place, f"“{value}” is not a name", "Names begin with a letter or _."
                )

    def _end(self, _tag: str) -> None:
        self._scopes.pop()
        if self._foreign:
            self._foreign -= 1
            self._text.clear()
            return
        node, _role = self._open.pop()
        if node.kind in _TEXTUAL:
            node.text = "".join(self._text)
            self._text.clear()
            if node.kind == "name":
                self._check_name(node)
        elif self._text:
            self._check_text(node)
        if not node.children or (len(node.children) == 1 and node.kind == "element"):
            self._check_content(node)
        if not self._open:
            self._root = node

    def _check_name(self, node: Node) -> None:
        node.text = node.text.strip(_SPACE)
        parts = node.text.split(":")
        if len(parts) > 2 or not all(map(is_unprefixed_name, parts)):
            raise syntax_error(
                node.place, f"“{node.text}” is not a name", "Names begin with a letter or _."
            )

    def _check_content(self, node: Node) -> None:
        kind = node.kind
        lacking = False
        if kind == "element":
            lacking = len(node.children) < (1 if "name" in node.attributes else 2)
        elif kind == "attribute":
            lacking = not node.children and "name" not in node.attributes
        elif kind in _AT_LEAST_ONE:
            lacking = not node.children
        if lacking:
            raise syntax_error(
                node.place,
                f"<{kind}> lacks content",
                "Put <empty/> inside if nothing may stand there.",
            )

    def _check_foreign(self, tag: str) -> None:
        parent = self._open[-1][0]
        if parent.kind in _TEXTUAL:
            raise syntax_error(
                self._here(),
                f"<{tag.rpartition(_SEPARATOR)[2]}> is not allowed inside <{parent.kind}>",
                "Put annotations outside of it.",
            )

    def _check_text(self, node: Node) -> None:
        if self._text and "".join(self._text).strip(_SPACE):
            raise syntax_error(
                node.place, f"text is not allowed inside <{node.kind}>", "Take the text out."
            )
        self._text.clear()

    def _here(self) -> Place:
        parser = self._parser
        return Place(self._file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)


def _not_a_schema(place: Place, root: tuple[str, str, str]) -> DiagnosticError:
    namespace, _, name = root
    if name in PATTERNS and not namespace:
        hint = f'Declare the namespace of RELAX NG: xmlns="{NAMESPACE}".'
    else:
        known = _OTHER_LANGUAGES.get(namespace)
        what = f"This is a schema in {known}. " if known else ""
        hint = f"{what}Name a schema in RELAX NG: TEI publishes all its schemas as such too."
    said = f"this is not a RELAX NG schema: the outermost element is `<{name}>`"
    return DiagnosticError(
        NOT_A_SCHEMA.at(place.position(), said + (f" of “{namespace}”" if namespace else ""), hint)
    )


def _child_role(parent: Node, role: str) -> str:
    kind = parent.kind
    if kind in ("element", "attribute"):
        return "pattern" if "name" in parent.attributes or parent.children else "name class"
    if kind == "choice":
        return role
    if kind == "except":
        return "pattern" if role == "data content" else "name class"
    if kind == "div":
        return role
    return _CHILD_ROLES.get(kind, "pattern")


def _library(node: Node, value: str) -> str:
    """Check ``datatypeLibrary`` (section 4.3): empty, or an absolute URI without fragment."""
    if value and (not _LIBRARY.fullmatch(value) or "#" in value or _bad_escape(value)):
        raise rule_error(
            node.place,
            "4.3",
            f"the datatypeLibrary “{value}” is not an absolute URI without a fragment identifier",
            "For XML Schema's types write http://www.w3.org/2001/XMLSchema-datatypes.",
        )
    return value


def _bad_escape(uri: str) -> bool:
    return re.search(r"%(?![0-9A-Fa-f]{2})", uri) is not None
