"""Writing a schema as one file in the XML syntax of RELAX NG.

What ``include`` and ``externalRef`` refer to is put in their place (specification, sections 4.6 and
4.7); annotations are left out (4.1). Nothing else of the schema is simplified.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from toolkit.validate.bearings import Bearings
from toolkit.validate.relaxng.reading import read_schema
from toolkit.validate.relaxng.sources import Sources
from toolkit.validate.relaxng.syntax.node import Node
from toolkit.validate.relaxng.syntax.xml import NAMESPACE

_START = "start"
_SPACE = " \t\r\n"
_TEXTUAL = frozenset({"name", "value", "param"})
_KEPT = ("name", "combine", "type")
_WITH_CONTEXT = frozenset({"QName", "NOTATION"})
_DEEPEST_INDENT = 40
_LINE_END = {"\r": "&#13;"}


def as_one_file(path: Path, content: bytes, bearings: Bearings) -> str:
    """Return the schema ``path``, whose content has been read already, as one XML file.

    Raises:
        DiagnosticError: the schema breaks the syntax (V181) or a rule (V182), or refers to a file
            that cannot be used (V183).
    """
    read_schema(path, content, bearings)
    sources = Sources(path, content, bearings)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(sources.main(), sources)]
    return "\n".join(lines) + "\n"


class _Scope(NamedTuple):
    """What holds where a node is written.

    Attributes:
        depth: how deep it is.
        namespace: the ``ns`` in force there.
        library: the ``datatypeLibrary`` in force there.
        overridden: the definitions that an ``include`` around it replaces.
    """

    depth: int = 0
    namespace: str = ""
    library: str = ""
    overridden: frozenset[str] = frozenset()

    @property
    def indent(self) -> str:
        return "  " * min(self.depth, _DEEPEST_INDENT)


def _lines(root: Node, sources: Sources) -> Iterator[str]:
    """Yield the lines, with a stack of our own, so that schemas may nest to any depth."""
    stack: list[str | tuple[Node, _Scope]] = [(root, _Scope())]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        node, scope = item
        if _key(node) in scope.overridden:
            continue
        if node.kind == "externalRef":
            stack.append((sources.referred(node), scope))
            continue
        children = _children(node, scope, sources)
        tag = "div" if node.kind == "include" else node.kind
        head, within = _start_tag(tag, node, scope)
        if node.kind in _TEXTUAL:
            yield f"{head}>{_text(node)}</{tag}>"
            continue
        name = _prefixed_name(node, within)
        if not children and not name:
            yield f"{head}/>"
            continue
        yield f"{head}>"
        yield from name
        stack.append(f"{scope.indent}</{tag}>")
        stack.extend(
            (child, within._replace(overridden=overridden))
            for child, overridden in reversed(children)
        )


def _children(node: Node, scope: _Scope, sources: Sources) -> list[tuple[Node, frozenset[str]]]:
    """Return the children to write, each with the definitions to leave out in it."""
    if node.kind == "include":
        own = frozenset(_definitions(node))
        included = sources.referred(node).children
        return [
            *((child, scope.overridden | own) for child in included),
            *((child, scope.overridden) for child in node.children),
        ]
    handed_on = scope.overridden if node.kind == "div" else frozenset[str]()
    return [(child, handed_on) for child in node.children]


def _definitions(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.kind == "div":
            yield from _definitions(child)
        elif key := _key(child):
            yield key


def _key(node: Node) -> str:
    """Return what a definition is called in a grammar; "" for what is none."""
    if node.kind == "start":
        return _START
    return f"define {node.name}" if node.kind == "define" else ""


def _start_tag(tag: str, node: Node, scope: _Scope) -> tuple[str, _Scope]:
    """Return a start tag without its end, and what holds within it."""
    attributes = {} if scope.depth else {"xmlns": NAMESPACE}
    attributes |= {
        name: node.attributes[name].strip(_SPACE) for name in _KEPT if name in node.attributes
    }
    if ":" in attributes.get("name", "") and tag in ("element", "attribute"):
        del attributes["name"]
    if node.namespace != scope.namespace or "ns" in node.attributes:
        attributes["ns"] = node.namespace
    if node.library != scope.library:
        attributes["datatypeLibrary"] = node.library
    if tag == "value" and attributes.get("type") in _WITH_CONTEXT:
        attributes |= {
            f"xmlns:{p}": uri for p, uri in node.prefixes.items() if p not in ("", "xml")
        }
    if tag == "name" and ":" in node.text:
        attributes["ns"] = node.prefixes[node.text.partition(":")[0]]
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    within = scope._replace(depth=scope.depth + 1, namespace=node.namespace, library=node.library)
    return f"{scope.indent}<{tag}{written}", within


def _prefixed_name(node: Node, within: _Scope) -> list[str]:
    """Return the name of an element or attribute as an element, if it has a prefix."""
    if node.kind not in ("element", "attribute") or ":" not in node.attributes.get("name", ""):
        return []
    prefix, _, local = node.name.partition(":")
    return [f"{within.indent}<name ns={quoteattr(node.prefixes[prefix])}>{local}</name>"]


def _text(node: Node) -> str:
    text = node.text.rpartition(":")[2] if node.kind == "name" else node.text
    return escape(text, _LINE_END)
