"""A RELAX NG schema, XML syntax, read from its files into one simple tree.

Includes and external references are resolved, names are given their namespaces, annotations are
dropped: the simplifications 4.1 to 4.11 of the RELAX NG specification (OASIS, 3 December 2001).
What comes out is itself a RELAX NG grammar.

The content of every element is wrapped in a ``group`` and ``empty`` beside other patterns is left
out, which changes no meaning. Without the group libxml2 compiles each content model to an automaton
and spends seconds on proving it deterministic (twelve for TEI P5; this way it is a tenth of one).
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.files import read_bytes
from toolkit.tei.parse import parse

NOT_A_SCHEMA = Kind(
    "V190",
    "not-a-relaxng-schema",
    Severity.ERROR,
    "The file given as the schema is not RELAX NG in XML syntax, or breaks the rules of RELAX NG. "
    "Nothing can be validated with it.",
)

RNG_NAMESPACE = "http://relaxng.org/ns/structure/1.0"
RNG = f"{{{RNG_NAMESPACE}}}"
_NAMESPACES: dict[Any, str] = {None: RNG_NAMESPACE}
_LARGEST_LINE = 65535

_PATTERNS = frozenset(
    (
        *("element", "attribute", "group", "interleave", "choice", "optional", "zeroOrMore"),
        *("oneOrMore", "list", "mixed", "ref", "parentRef", "empty", "text", "value", "data"),
        *("notAllowed", "externalRef", "grammar"),
    )
)
_KNOWN = _PATTERNS | {
    *("name", "anyName", "nsName", "except", "param", "define", "start", "div", "include")
}
_HOLDS_TEXT = frozenset(("name", "param", "value"))


@dataclass(frozen=True)
class SchemaTree:
    """A schema in one tree, and where each of its elements was written.

    An element's ``sourceline`` counts elements; :meth:`position` turns it into file and line.
    """

    root: etree._Element
    origins: tuple[Position, ...]

    def position(self, line: int) -> Position:
        """Return where the element with this ``sourceline`` was written."""
        return self.origins[min(max(line, 1), len(self.origins)) - 1]


def read_schema(path: Path) -> SchemaTree:
    """Read the schema ``path`` and the files it includes; nothing is fetched from a network.

    Raises:
        DiagnosticError: a file cannot be read (F0xx), is not well-formed (X001), or is not
            RELAX NG in XML syntax (V190).
    """
    reader = _Reader([])
    root = etree.Element(f"{RNG}grammar", nsmap=_NAMESPACES)
    reader.origins.append(Position(str(path)))
    _number(root, 1)
    source = _root(path)
    scope = _Scope(path, (path.resolve(),))
    if _name(source) == "grammar":
        reader.content_of_grammar(source, root, scope.within(source))
    else:
        start = reader.element("start", source, root, scope)
        reader.pattern(source, start, scope.within(source))
    return SchemaTree(root, tuple(reader.origins))


def without_groups(root: etree._Element) -> etree._Element:
    """Return a copy of a schema's tree in which contents are not wrapped in groups."""
    copied = deepcopy(root)
    for element in list(copied.iter(f"{RNG}element")):
        wrapper = element[-1]
        for child in list(wrapper):
            element.append(child)
        element.remove(wrapper)
    return copied


@dataclass(frozen=True)
class _Scope:
    """What a schema element inherits from those around it."""

    file: Path
    opened: tuple[Path, ...]
    namespace: str = ""
    library: str = ""

    def within(self, source: etree._Element) -> _Scope:
        namespace = source.get("ns", self.namespace)
        library = source.get("datatypeLibrary", self.library)
        if namespace == self.namespace and library == self.library:
            return self
        return replace(self, namespace=namespace, library=library)


@dataclass
class _Reader:
    origins: list[Position] = field(default_factory=list)

    def element(
        self, name: str, source: etree._Element, parent: etree._Element, scope: _Scope
    ) -> etree._Element:
        made = etree.SubElement(parent, f"{RNG}{name}")
        self.origins.append(_position(scope.file, source))
        _number(made, len(self.origins))
        return made

    def content_of_grammar(
        self,
        source: etree._Element,
        parent: etree._Element,
        scope: _Scope,
        overridden: frozenset[str] = frozenset(),
    ) -> None:
        for child in _children(source, scope.file):
            inner = scope.within(child)
            match _name(child):
                case "div":
                    self.content_of_grammar(child, parent, inner, overridden)
                case "include":
                    self.include(child, parent, inner, overridden)
                case "define" | "start":
                    if _key(child) not in overridden:
                        self.definition(child, parent, inner)
                case name:
                    raise _bad(scope.file, child, f"`<{name}>` cannot stand in a grammar")

    def definition(self, source: etree._Element, parent: etree._Element, scope: _Scope) -> None:
        made = self.element(_name(source), source, parent, scope)
        for attribute in ("name", "combine"):
            if source.get(attribute) is not None:
                made.set(attribute, source.get(attribute, "").strip())
        self.patterns(source, made, scope)

    def include(
        self,
        source: etree._Element,
        parent: etree._Element,
        scope: _Scope,
        overridden: frozenset[str],
    ) -> None:
        target = _target(source, scope)
        root = _root(target)
        if _name(root) != "grammar":
            raise _bad(scope.file, source, f"the included file {target.name} holds no `<grammar>`")
        replaced = overridden | frozenset(_definitions(source, scope.file))
        self.content_of_grammar(root, parent, _entering(target, scope).within(root), replaced)
        self.content_of_grammar(source, parent, scope, overridden)

    def patterns(self, source: etree._Element, parent: etree._Element, scope: _Scope) -> None:
        """Add the patterns that are the content of ``source`` to ``parent``."""
        children = list(_children(source, scope.file))
        telling = [child for child in children if _name(child) != "empty"]
        if _name(source) in ("element", "group", "define", "mixed") and telling:
            children = telling
        for child in children:
            self.pattern(child, parent, scope.within(child))

    def pattern(self, source: etree._Element, parent: etree._Element, scope: _Scope) -> None:
        match _name(source):
            case "externalRef":
                target = _target(source, scope)
                root = _root(target)
                self.pattern(root, parent, _entering(target, scope).within(root))
            case "grammar":
                made = self.element("grammar", source, parent, scope)
                self.content_of_grammar(source, made, scope)
            case "element" | "attribute":
                self.named(source, parent, scope)
            case "name" | "nsName" | "anyName" | "param" | "except" | "define" | "start" as name:
                raise _bad(scope.file, source, f"`<{name}>` cannot stand here")
            case name:
                made = self.element(name, source, parent, scope)
                self.attributes(source, made, scope)
                if name in _HOLDS_TEXT:
                    made.text = source.text
                elif name == "data":
                    self.data_parameters(source, made, scope)
                else:
                    self.patterns(source, made, scope)

    def named(self, source: etree._Element, parent: etree._Element, scope: _Scope) -> None:
        """Add an element or attribute pattern, with its name class."""
        kind = _name(source)
        made = self.element(kind, source, parent, scope)
        children = list(_children(source, scope.file))
        written = source.get("name")
        if written is not None:
            inherited = scope.namespace if kind == "element" else source.get("ns", "")
            namespace, local = _resolve(written, source, inherited, scope.file)
            made.set("name", local)
            made.set("ns", namespace)
        elif children:
            self.name_class(children.pop(0), made, scope)
        else:
            raise _bad(scope.file, source, f"`<{kind}>` has no name")
        content = made
        if kind == "element":
            content = self.element("group", source, made, scope)
            children = [c for c in children if _name(c) != "empty"] or children
        for child in children:
            self.pattern(child, content, scope.within(child))

    def name_class(self, source: etree._Element, parent: etree._Element, scope: _Scope) -> None:
        inner = scope.within(source)
        made = self.element(_name(source), source, parent, inner)
        match _name(source):
            case "name":
                namespace, local = _resolve(source.text or "", source, inner.namespace, scope.file)
                made.text = local
                made.set("ns", namespace)
            case "nsName" | "anyName" | "except" | "choice" as name:
                if name == "nsName":
                    made.set("ns", inner.namespace)
                for child in _children(source, scope.file):
                    self.name_class(child, made, inner)
            case name:
                raise _bad(scope.file, source, f"`<{name}>` is not a name class")

    def attributes(self, source: etree._Element, made: etree._Element, scope: _Scope) -> None:
        match _name(source):
            case "ref" | "parentRef":
                made.set("name", source.get("name", "").strip())
            case "data" | "value" as name:
                kind = source.get("type")
                # That an ID is used once is for the check of identifiers to tell.
                made.set("type", "NCName" if kind == "ID" else (kind or "token").strip())
                made.set("datatypeLibrary", scope.library if kind else "")
                if name == "value":
                    made.set("ns", scope.namespace)

    def data_parameters(self, source: etree._Element, made: etree._Element, scope: _Scope) -> None:
        for child in _children(source, scope.file):
            added = self.element(_name(child), child, made, scope)
            if _name(child) == "param":
                added.set("name", child.get("name", ""))
                added.text = child.text
            else:
                self.patterns(child, added, scope)


def _number(element: etree._Element, number: int) -> None:
    element.sourceline = min(number, _LARGEST_LINE)  # type: ignore[assignment]  # it is an int


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _children(source: etree._Element, file: Path) -> list[etree._Element]:
    children = list(source.iterchildren(f"{RNG}*"))
    for child in children:
        if _name(child) not in _KNOWN:
            raise _bad(file, child, f"`<{_name(child)}>` is not part of RELAX NG")
    return children


def _key(definition: etree._Element) -> str:
    """Return what an include overrides: a name, or "" for the start."""
    return definition.get("name", "").strip()


def _definitions(source: etree._Element, file: Path) -> list[str]:
    found: list[str] = []
    for child in _children(source, file):
        found += _definitions(child, file) if _name(child) == "div" else [_key(child)]
    return found


def _resolve(written: str, source: etree._Element, inherited: str, file: Path) -> tuple[str, str]:
    prefix, colon, local = written.strip().rpartition(":")
    if not colon:
        return inherited, local
    namespace = source.nsmap.get(prefix)
    if prefix == "xml":
        namespace = "http://www.w3.org/XML/1998/namespace"
    if namespace is None:
        raise _bad(file, source, f"the prefix “{prefix}” is not declared")
    return namespace, local


def _root(path: Path) -> etree._Element:
    if path.suffix.lower() == ".rnc":
        raise DiagnosticError(
            NOT_A_SCHEMA.at(
                Position(str(path)),
                "the schema is in RELAX NG compact syntax",
                "Name the schema in XML syntax (.rng); Trang converts one into the other.",
            )
        )
    root = parse(str(path), read_bytes(path)).root
    name = etree.QName(root)
    if name.namespace != RNG_NAMESPACE or name.localname not in _PATTERNS:
        raise DiagnosticError(
            NOT_A_SCHEMA.at(
                _position(path, root),
                f"this is not a RELAX NG schema: its root element is `<{name.localname}>`",
                "Name a RELAX NG schema in XML syntax (its root is usually `<grammar>`).",
            )
        )
    return root


def _target(source: etree._Element, scope: _Scope) -> Path:
    href = source.get("href", "").strip()
    parts = urlsplit(href)
    if parts.scheme not in ("", "file") or parts.netloc:
        raise _bad(
            scope.file,
            source,
            f"the schema refers to {href}, which is not fetched",
            "Download the file, put it beside the schema and refer to it by its name.",
        )
    # The base has no place of its own: the schema was parsed from bytes. It is what xml:base says.
    folder = scope.file.parent / unquote((source.base or "").rpartition("/")[0])
    target = folder / unquote(parts.path)
    if not target.is_file():
        raise _bad(
            scope.file,
            source,
            f"the schema refers to {href or 'no file'}, which is not there",
            "Put the file beside the schema, or mend the reference.",
        )
    if target.resolve() in scope.opened:
        raise _bad(scope.file, source, f"the schema includes itself by way of {href}")
    return target


def _entering(target: Path, scope: _Scope) -> _Scope:
    """Return the scope in another file: the namespace is inherited, the datatype library not."""
    return _Scope(target, (*scope.opened, target.resolve()), scope.namespace)


def _position(file: Path, source: etree._Element) -> Position:
    line = source.sourceline
    return Position(str(file), line if isinstance(line, int) and line > 0 else 1)


def _bad(file: Path, source: etree._Element, message: str, hint: str = "") -> DiagnosticError:
    return DiagnosticError(
        NOT_A_SCHEMA.at(
            _position(file, source), message, hint or "Mend the schema, or name another."
        )
    )
