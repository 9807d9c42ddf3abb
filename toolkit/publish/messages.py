"""What stylesheets have to say: their ``xsl:message`` texts as findings.

The toolkit's stylesheets speak in JSON: ``{"tei-toolkit": "no-template", "namespace": …, "name":
…}`` for an element they have no template for. Any other message is one of an edition's own
stylesheets, and is handed on in its own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from lxml import etree

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.tei.names import TEI_NAMESPACE

NO_TEMPLATE = Kind(
    "P002",
    "no-template",
    Severity.NOTE,
    "The stylesheet has no form for this element but the default. Its words are on the page, in a "
    "plain box; an edition can add a template in its own xslt/html.xsl.",
)

STYLESHEET_MESSAGE = Kind(
    "P004",
    "stylesheet-message",
    Severity.NOTE,
    "A stylesheet of the edition's own gave a message (xsl:message).",
)

_LONGEST = 500


def message_findings(
    messages: Iterable[str], file: str, root: etree._Element | None = None
) -> tuple[Diagnostic, ...]:
    """Return what ``messages`` of a transformation tell, each said once.

    Args:
        messages: the texts of ``xsl:message``.
        file: the file that was transformed.
        root: its tree, to say in which line an element stands.
    """
    without: list[Diagnostic] = []
    said: list[Diagnostic] = []
    for message in dict.fromkeys(messages):
        element = _element_without_template(message)
        if element:
            without.append(_no_template(*element, file, root))
        elif message.strip():
            said.append(_said(message, file))
    return (*without, *said)


def _element_without_template(message: str) -> tuple[str, str] | None:
    """Return namespace and name of the element that a message of the toolkit's tells of."""
    try:
        told: object = json.loads(message)
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("tei-toolkit") != "no-template":
        return None
    namespace, name = told.get("namespace"), told.get("name")
    return (namespace, name) if isinstance(namespace, str) and isinstance(name, str) else None


def _said(message: str, file: str) -> Diagnostic:
    text = " ".join(message.split())
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return STYLESHEET_MESSAGE.at(
        Position(file),
        f"the stylesheet says: {short}",
        "The message comes from a stylesheet of the edition's own.",
    )


def _no_template(namespace: str, name: str, file: str, root: etree._Element | None) -> Diagnostic:
    tag = f"{{{namespace}}}{name}" if namespace else name
    found = [] if root is None else list(root.iter(tag))
    times = f" ({len(found)} times)" if len(found) > 1 else ""
    return NO_TEMPLATE.at(
        Position(file, _line(found[0]) if found else 1),
        f"<{name}>{_of(namespace)} has no form of its own on the page{times}; "
        "its words are shown as they are",
        "If it should look otherwise, add a template in the edition's own xslt/html.xsl.",
    )


def _of(namespace: str) -> str:
    return "" if namespace == TEI_NAMESPACE else f" of {namespace or 'no namespace'}"


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) and line > 0 else 1
