"""The compact syntax of RELAX NG, read into the tree of the XML syntax.

After "RELAX NG Compact Syntax", OASIS Committee Specification, 21 November 2002. Patterns may nest
to any depth: the parser's rules are generators that a loop drives, so Python's stack stays flat.
Most of a schema is names, which hold nothing and are read without that machinery.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from toolkit.tei.names import XML_NAMESPACE
from toolkit.validate.relaxng.datatypes.library import XML_SCHEMA
from toolkit.validate.relaxng.problems import Place, syntax_error
from toolkit.validate.relaxng.syntax.node import Node
from toolkit.validate.relaxng.syntax.tokens import KEYWORDS, Token, tokenize

Rule = Generator[Any, Any, Node]
Rules = Generator[Any, Any, list[Node]]

_CONNECTORS = {",": "group", "&": "interleave", "|": "choice"}
_REPEATS = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_COMBINE = {"|=": "choice", "&=": "interleave"}
_LEAVES = frozenset({"empty", "text", "notAllowed"})
_BODIES = frozenset({"list", "mixed"})
_DATATYPES = frozenset({"cname", "string", "token"})


def read_compact(content: str, file: str, namespace: str = "", base: str = "") -> Node:
    """Return the tree of a schema in compact syntax.

    Args:
        content: the schema.
        file: names the schema in messages; relative references start from it.
        namespace: the default namespace that a referring schema passes on.
        base: what relative references start from, if not from ``file``.

    Raises:
        DiagnosticError: the schema breaks the compact syntax (V181).
    """
    parser = _Parser(tokenize(content, file), base or file, namespace)
    return _drive(parser.schema())


def _drive(rule: Rule) -> Node:
    """Run a rule; rules it yields are run first and their results sent back."""
    stack: list[Generator[Any, Any, Any]] = [rule]
    result: Any = None
    while stack:
        try:
            stack.append(stack[-1].send(result))
            result = None
        except StopIteration as stop:
            stack.pop()
            result = stop.value
    assert isinstance(result, Node)  # noqa: S101
    return result


class _Parser:
    def __init__(self, tokens: list[Token], base: str, namespace: str) -> None:
        self._tokens = tokens
        self._at = 0
        self._base = base
        self._inherited = namespace
        self._default = namespace
        self._prefixes = {"xml": XML_NAMESPACE}
        self._libraries = {"xsd": XML_SCHEMA}

    # The token at hand.

    @property
    def _kind(self) -> str:
        return self._tokens[self._at].kind

    def _ahead(self, by: int = 1) -> str:
        return self._tokens[min(self._at + by, len(self._tokens) - 1)].kind

    @property
    def _place(self) -> Place:
        return self._tokens[self._at].place

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _take(self, kind: str) -> Token:
        if self._kind != kind:
            raise self._unexpected(f"expected {kind}")
        return self._next()

    def _unexpected(self, wanted: str) -> Exception:
        token = self._tokens[self._at]
        what = "the schema ends here" if token.kind == "end" else f"“{token.text}” stands here"
        return syntax_error(
            token.place, f"{what}; {wanted}", "Compare with the compact syntax of RELAX NG."
        )

    def _node(self, kind: str, place: Place, *children: Node, **attributes: str) -> Node:
        return Node(
            kind,
            place,
            self._default,
            attributes=attributes,
            prefixes=self._prefixes,
            children=list(children),
            base=self._base,
        )

    # The whole.

    def schema(self) -> Rule:
        self._declarations()
        self._skip_annotations()
        if self._starts_grammar():
            node = self._node("grammar", self._place)
            node.children = yield self._content("end")
        else:
            node = yield self._pattern()
        self._take("end")
        return node

    def _starts_grammar(self) -> bool:
        kind = self._kind
        if kind in ("start", "div", "include", "end"):
            return True
        if kind in ("identifier", "cname") and self._ahead() == "[":
            return True
        return kind == "identifier" and self._ahead() in ("=", "|=", "&=")

    def _declarations(self) -> None:
        while True:
            if self._kind == "namespace":
                self._next()
                prefix = self._identifier()
                self._take("=")
                self._prefixes = {**self._prefixes, prefix: self._uri()}
            elif self._kind == "default":
                self._next()
                self._take("namespace")
                named = None if self._kind == "=" else self._identifier()
                self._take("=")
                self._default = self._uri()
                if named is not None:
                    self._prefixes = {**self._prefixes, named: self._default}
            elif self._kind == "datatypes":
                self._next()
                prefix = self._identifier()
                self._take("=")
                self._libraries[prefix] = self._literal()
            else:
                return

    def _uri(self) -> str:
        if self._kind == "inherit":
            self._next()
            return self._inherited
        return self._literal()

    def _identifier(self) -> str:
        if self._kind == "identifier" or self._kind in KEYWORDS:
            return self._next().text
        raise self._unexpected("expected a name")

    def _literal(self) -> str:
        text = self._take("literal").text
        while self._kind == "~":
            self._next()
            text += self._take("literal").text
        return text

    # Annotations (section 5): nothing of them is kept.

    def _skip_annotations(self) -> None:
        while self._kind == "[":
            self._skip_brackets()

    def _skip_following(self) -> None:
        while self._kind == ">>":
            self._next()
            self._next()
            self._skip_brackets()

    def _skip_brackets(self) -> None:
        self._take("[")
        depth = 1
        while depth:
            token = self._next()
            if token.kind == "end":
                raise self._unexpected("an annotation lacks its ]")
            depth += (token.kind == "[") - (token.kind == "]")

    # Grammars.

    def _content(self, closing: str, including: bool = False) -> Rules:
        found: list[Node] = []
        while True:
            self._skip_annotations()
            kind = self._kind
            if kind == closing:
                return found
            if kind in ("identifier", "cname") and self._ahead() == "[":
                self._next()
                self._skip_brackets()
            elif kind == "div":
                node = self._node("div", self._next().place)
                self._take("{")
                node.children = yield self._content("}", including)
                self._take("}")
                found.append(node)
            elif kind == "include" and not including:
                found.append((yield self._include()))
            elif kind == "start" or kind == "identifier":
                found.append((yield self._definition()))
            else:
                raise self._unexpected("expected a definition")

    def _definition(self) -> Rule:
        token = self._next()
        node = self._node("start" if token.kind == "start" else "define", token.place)
        if node.kind == "define":
            node.attributes["name"] = token.text
        operator = self._next()
        if operator.kind in _COMBINE:
            node.attributes["combine"] = _COMBINE[operator.kind]
        elif operator.kind != "=":
            self._at -= 1
            raise self._unexpected("expected =, |= or &=")
        node.children = [(yield self._pattern())]
        return node

    def _include(self) -> Rule:
        node = self._node("include", self._next().place, href=self._literal())
        node.namespace = self._inherit()
        if self._kind == "{":
            self._next()
            node.children = yield self._content("}", including=True)
            self._take("}")
        return node

    def _inherit(self) -> str:
        if self._kind != "inherit":
            return self._default
        self._next()
        self._take("=")
        place = self._place
        return self._namespace(self._identifier(), place)

    def _namespace(self, prefix: str, place: Place) -> str:
        if prefix not in self._prefixes:
            raise syntax_error(
                place, f"the namespace prefix {prefix} is not declared", f"Declare {prefix}."
            )
        return self._prefixes[prefix]

    # Patterns.

    def _pattern(self) -> Rule:
        place = self._place
        first = self._leaf_particle() or (yield self._particle())
        connector = self._kind
        if connector not in _CONNECTORS:
            assert isinstance(first, Node)  # noqa: S101
            return first
        node = self._node(_CONNECTORS[connector], place, first)
        while self._kind == connector:
            self._next()
            node.children.append(self._leaf_particle() or (yield self._particle()))
        if self._kind in _CONNECTORS:
            raise self._unexpected("“,”, “&” and “|” need parentheses between them")
        return node

    def _particle(self) -> Rule:
        self._skip_annotations()
        place = self._place
        node: Node = yield self._primary()
        return self._repeated(node, place)

    def _leaf_particle(self) -> Node | None:
        place = self._place
        node = self._leaf()
        return None if node is None else self._repeated(node, place)

    def _repeated(self, node: Node, place: Place) -> Node:
        self._skip_following()
        if self._kind in _REPEATS:
            node = self._node(_REPEATS[self._next().kind], place, node)
            self._skip_following()
        return node

    def _leaf(self) -> Node | None:
        """Return the pattern here if no other can stand within it."""
        token = self._tokens[self._at]
        if token.kind == "identifier":
            self._at += 1
            return self._node("ref", token.place, name=token.text)
        if token.kind in _LEAVES:
            self._at += 1
            return self._node(token.kind, token.place)
        if token.kind == "literal":
            return self._value(token.place, "", "token")
        return None

    def _primary(self) -> Rule:
        leaf = self._leaf()
        if leaf is not None:
            return leaf
        token = self._next()
        kind, place = token.kind, token.place
        if kind == "(":
            node: Node = yield self._pattern()
            self._take(")")
            return node
        if kind in ("element", "attribute"):
            attribute = kind == "attribute"
            name_class = self._name(attribute) or (yield self._name_class(attribute))
            body = yield self._braced()
            return self._node(kind, place, name_class, body)
        if kind in _BODIES:
            return self._node(kind, place, (yield self._braced()))
        if kind == "parent":
            return self._node("parentRef", place, name=self._take("identifier").text)
        if kind == "external":
            node = self._node("externalRef", place, href=self._literal())
            node.namespace = self._inherit()
            return node
        if kind == "grammar":
            node = self._node("grammar", place)
            self._take("{")
            node.children = yield self._content("}")
            self._take("}")
            return node
        if kind in _DATATYPES:
            found: Node = yield self._datatype(token)
            return found
        self._at -= 1 if kind != "end" else 0
        raise self._unexpected("expected a pattern")

    def _braced(self) -> Rule:
        self._take("{")
        node: Node = yield self._pattern()
        self._take("}")
        return node

    def _datatype(self, token: Token) -> Rule:
        library, name = "", token.text
        if token.kind == "cname":
            prefix, _, name = name.partition(":")
            if prefix not in self._libraries:
                raise syntax_error(
                    token.place,
                    f"the datatype prefix {prefix} is not declared",
                    f'Declare it: datatypes {prefix} = "…".',
                )
            library = self._libraries[prefix]
        if self._kind == "literal":
            return self._value(token.place, library, name)
        node = self._node("data", token.place, type=name)
        node.library = library
        if self._kind == "{":
            self._next()
            while self._kind != "}":
                node.children.append(self._parameter())
            self._next()
        if self._kind == "-":
            place = self._next().place
            self._skip_annotations()
            node.children.append(self._node("except", place, (yield self._primary())))
        return node

    def _parameter(self) -> Node:
        self._skip_annotations()
        place = self._place
        node = self._node("param", place, name=self._identifier())
        self._take("=")
        node.text = self._literal()
        return node

    def _value(self, place: Place, library: str, name: str) -> Node:
        node = self._node("value", place, type=name)
        node.library = library
        node.text = self._literal()
        return node

    # Name classes.

    def _name(self, attribute: bool) -> Node | None:
        """Return the name here if it is all of the name class."""
        token = self._tokens[self._at]
        if self._ahead() != "{" or not (token.kind == "identifier" or token.kind in KEYWORDS):
            return None
        self._at += 1
        node = self._node("name", token.place)
        node.text = token.text
        node.namespace = "" if attribute else self._default
        return node

    def _name_class(self, attribute: bool) -> Rule:
        place = self._place
        first: Node = yield self._name_class_part(attribute)
        if self._kind != "|":
            return first
        node = self._node("choice", place, first)
        while self._kind == "|":
            self._next()
            node.children.append((yield self._name_class_part(attribute)))
        return node

    def _name_class_part(self, attribute: bool) -> Rule:
        self._skip_annotations()
        token = self._next()
        node: Node
        if token.kind == "(":
            node = yield self._name_class(attribute)
            self._take(")")
        elif token.kind == "*":
            node = self._node("anyName", token.place)
        elif token.kind == "nsname":
            node = self._node("nsName", token.place)
            node.namespace = self._namespace(token.text[:-2], token.place)
        elif token.kind == "cname":
            prefix, _, local = token.text.partition(":")
            node = self._node("name", token.place)
            node.text, node.namespace = local, self._namespace(prefix, token.place)
        elif token.kind == "identifier" or token.kind in KEYWORDS:
            node = self._node("name", token.place)
            node.text = token.text
            node.namespace = "" if attribute else self._default
        else:
            self._at -= 1 if token.kind != "end" else 0
            raise self._unexpected("expected a name")
        if token.kind in ("*", "nsname") and self._kind == "-":
            place = self._next().place
            inner = yield self._name_class_part(attribute)
            node.children = [self._node("except", place, inner)]
        self._skip_following()
        return node
