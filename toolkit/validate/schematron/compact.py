"""Rules embedded in RELAX NG schemas in compact syntax, as the same schema in XML would hold them.

After "RELAX NG Compact Syntax", OASIS Committee Specification, 21 November 2002, section 5: an
annotation element is a name with attributes and content in brackets. Of a schema only these are
taken over, and the definitions of elements around them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from lxml import etree

from toolkit.diagnostics import Position
from toolkit.files import decode, read_bytes
from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng.problems import syntax_error
from toolkit.validate.relaxng.syntax.tokens import KEYWORDS, Token, tokenize
from toolkit.validate.relaxng.syntax.xml import NAMESPACE as RELAX_NG

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_XSLT = "http://www.w3.org/1999/XSL/Transform"
_RULES = frozenset((SCHEMATRON, _XSLT))
_NAMES = frozenset(("identifier", "cname", *KEYWORDS))


@dataclass(frozen=True)
class CompactRules:
    """The rules of a schema in compact syntax.

    Attributes:
        text: a RELAX NG grammar in XML that holds nothing but them; "" if there are none.
        places: where its elements stand in the files of the schema, in document order.
        files: the files of the schema.
    """

    text: str
    places: tuple[Position, ...]
    files: tuple[Path, ...]


def read_compact_rules(path: Path) -> CompactRules:
    """Return the rules that a schema in compact syntax holds, and those of files it includes.

    That an included file is missing is not told here, but where the grammar is read.

    Raises:
        DiagnosticError: a file cannot be read (F0xx), or breaks the compact syntax (V181).
    """
    gathered = _Gathered(files=[path])
    root = _Gatherer(path, read_bytes(path), gathered).gather()
    if not any(_namespace(str(element.tag)) in _RULES for element in root.iter(etree.Element)):
        return CompactRules("", (), tuple(gathered.files))
    text = etree.tostring(root, encoding="unicode")
    return CompactRules(text, tuple(gathered.places), tuple(gathered.files))


@dataclass
class _Gathered:
    """What was read so far of a schema with all that it includes."""

    places: list[Position] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class _Level:
    """A pair of brackets: what they annotate, and whether they hold an annotation element.

    ``element`` is None within elements that are no rules.
    """

    element: etree._Element | None
    is_element: bool = True


class _Gatherer:
    """Gathers the rules of one file."""

    def __init__(self, path: Path, content: bytes, into: _Gathered) -> None:
        self._path = path
        self._into = into
        self._tokens = tokenize(decode(path, content).text, str(path))
        self._at = 0
        self._default = ""
        self._prefixes = {"xml": XML_NAMESPACE}

    def gather(self, parent: etree._Element | None = None) -> etree._Element:
        """Return the grammar that holds the rules, put into that of an including file."""
        self._declarations()
        root = self._added(parent, f"{{{RELAX_NG}}}grammar")
        around = [root]
        while self._kind != "end":
            if self._kind in ("[", "element"):
                defined = self._annotated(around[-1])
                if defined is not None:
                    around.append(defined)
            elif self._kind == "{":
                around.append(around[-1])
                self._at += 1
            elif self._kind == "}":
                around[1:] = around[1:-1]
                self._at += 1
            else:
                self._other(around[-1])
        return root

    def _other(self, around: etree._Element) -> None:
        if self._kind == "cname" and self._ahead == "[":
            self._brackets(_Level(around, is_element=False), itself=True)
        elif self._kind in ("include", "external") and self._ahead == "literal":
            self._at += 1
            self._include(around, self._literal())
        else:
            self._at += 1

    # Tokens.

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    @property
    def _kind(self) -> str:
        return self._token.kind

    @property
    def _ahead(self) -> str:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)].kind

    def _literal(self) -> str:
        """Take a literal, and those that a tilde joins to it."""
        text = self._token.text
        self._at += 1
        while self._kind == "~" and self._ahead == "literal":
            text += self._tokens[self._at + 1].text
            self._at += 2
        return text

    def _declarations(self) -> None:
        while self._kind in ("namespace", "default", "datatypes"):
            is_default, is_datatypes = self._kind == "default", self._kind == "datatypes"
            self._at += 2 if is_default else 1
            prefix = "" if self._kind == "=" else self._token.text
            self._at += 1 if self._kind == "=" else 2
            if self._kind != "literal":  # inherit
                self._at += 1
                continue
            uri = self._literal()
            if is_default:
                self._default = uri
            if prefix and not is_datatypes:
                self._prefixes[prefix] = uri

    # Definitions of elements.

    def _annotated(self, around: etree._Element) -> etree._Element | None:
        """Take annotations, and the beginning of the element definition that they belong to."""
        last = self._behind_brackets()
        is_definition = self._tokens[last].kind == "element"
        holder = self._definition(around, last) if is_definition else around
        while self._at < last:
            self._brackets(_Level(holder, is_element=False))
        if not is_definition:
            return None
        while self._kind not in ("{", "end"):
            self._at += 1
        self._at += self._kind == "{"
        return holder

    def _behind_brackets(self) -> int:
        """Return where the brackets that begin here end; where they do not, the end."""
        at, depth = self._at, 0
        while self._tokens[at].kind != "end" and (depth or self._tokens[at].kind == "["):
            depth += (self._tokens[at].kind == "[") - (self._tokens[at].kind == "]")
            at += 1
        return at

    def _definition(self, around: etree._Element, at: int) -> etree._Element:
        """Return the element for a definition whose keyword is the token at ``at``."""
        defined = self._added(around, f"{{{RELAX_NG}}}element", self._tokens[at])
        name, behind = self._tokens[at + 1], self._tokens[min(at + 2, len(self._tokens) - 1)]
        if behind.kind == "{" and name.kind in _NAMES:
            prefix, _, local = name.text.rpartition(":")
            defined.set("name", local)
            defined.set("ns", self._prefixes.get(prefix, "") if prefix else self._default)
        return defined

    # Annotations.

    def _brackets(self, outer: _Level, *, itself: bool = False) -> None:
        """Take what is in brackets; if ``itself``, an annotation element with its name."""
        levels = [outer]
        outermost = 1 if itself else 0
        self._at += 1 - outermost
        while True:
            if self._kind == "end":
                raise syntax_error(
                    self._token.place,
                    "the schema ends here; an annotation lacks its ]",
                    "Compare with the compact syntax of RELAX NG.",
                )
            if self._kind == "]":
                levels.pop()
                self._at += 1
                if len(levels) == outermost:
                    return
            elif self._kind in _NAMES and self._ahead == "[":
                levels.append(self._opened(levels[-1]))
            elif self._kind in _NAMES and self._ahead == "=":
                self._attribute(levels[-1])
            elif self._kind == "literal":
                self._write(levels[-1])
            else:
                self._at += 1

    def _opened(self, level: _Level) -> _Level:
        """Take the name and the bracket of an annotation element."""
        name, token = self._name(), self._token
        self._at += 2
        if level.element is None or not (level.is_element or _namespace(name) in _RULES):
            return _Level(None)
        return _Level(self._added(level.element, name, token))

    def _attribute(self, level: _Level) -> None:
        name, token = self._name(), self._token
        self._at += 2
        value = self._literal()
        if level.element is not None and level.is_element:
            _or_refused(token, lambda element: element.set(name, value), level.element)

    def _write(self, level: _Level) -> None:
        token, text = self._token, self._literal()
        if level.element is None or not level.is_element:
            return
        last = level.element[-1] if len(level.element) else None

        def append(element: etree._Element) -> None:
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text

        _or_refused(token, append, level.element)

    def _name(self) -> str:
        prefix, _, local = self._token.text.rpartition(":")
        return f"{{{self._prefixes[prefix]}}}{local}" if self._prefixes.get(prefix) else local

    def _added(
        self, parent: etree._Element | None, name: str, token: Token | None = None
    ) -> etree._Element:
        token = token or self._token
        declared = {p: uri for p, uri in self._prefixes.items() if p != "xml" and uri}
        self._into.places.append(token.place.position())
        if parent is None:
            return etree.Element(name, nsmap=declared)
        return _or_refused(
            token, lambda around: etree.SubElement(around, name, nsmap=declared), parent
        )

    # Other files.

    def _include(self, around: etree._Element, href: str) -> None:
        """Gather from a local file too, once; whatever is wrong with it the grammar tells."""
        parts = urlsplit(href)
        path = (self._path.parent / unquote(parts.path)).resolve()
        is_local = not (parts.scheme or parts.netloc) and path.suffix == self._path.suffix
        if not is_local or path in self._into.files or not path.is_file():
            return
        self._into.files.append(path)
        _Gatherer(path, read_bytes(path), self._into).gather(around)


T = TypeVar("T")


def _or_refused(token: Token, change: Callable[[etree._Element], T], element: etree._Element) -> T:
    """Make a change to the tree; refuse names and characters that XML does not have."""
    try:
        return change(element)
    except ValueError:
        raise syntax_error(
            token.place, f"the annotation “{token.text}” cannot be written as XML", "Correct it."
        ) from None


def _namespace(name: str) -> str:
    return name[1:].rpartition("}")[0]
