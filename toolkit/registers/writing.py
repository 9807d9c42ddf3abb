"""Entries written into a register: the rest of the file stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from toolkit.diagnostics import DiagnosticError, Position
from toolkit.registers.entry import RegisterEntry, entry_kinds, is_date
from toolkit.registers.kinds import NO_LIST
from toolkit.tei.names import TEI_NAMESPACE
from toolkit.tei.parse import ParsedDocument

_STEP = "  "
_SPACE = b" \t\r\n"


def new_register(kind: str, language: str) -> bytes:
    """Return a register of this kind without entries; ``language`` is that of the edition."""
    said = entry_kinds()[kind]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="{TEI_NAMESPACE}" xml:lang={quoteattr(language)}>
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>{said.title}</title>
      </titleStmt>
      <publicationStmt>
        <p>Part of this edition.</p>
      </publicationStmt>
      <sourceDesc>
        <p>Compiled from the documents of the edition.</p>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <text>
    <body>
      <{said.list}>
      </{said.list}>
    </body>
  </text>
</TEI>
""".encode()


def add_entries(document: ParsedDocument, entries: Sequence[RegisterEntry]) -> bytes:
    """Return a register with entries at the end of its list of their kind.

    Raises:
        DiagnosticError: the register has no list for them (R005).
    """
    content = document.utf8
    for kind in dict.fromkeys(entry.kind for entry in entries):
        found = _list_in(content, entry_kinds()[kind].list)
        if found is None:
            name = entry_kinds()[kind].list
            raise DiagnosticError(
                NO_LIST.at(
                    Position(document.file),
                    f"this register has no `<{name}>`",
                    f"Put a `<{name}>` into its body, or name another file.",
                )
            )
        content = _with(content, found, [each for each in entries if each.kind == kind])
    return document.content if content == document.utf8 else document.encoding.write(content)


@dataclass(frozen=True)
class _List:
    """Where a list stands: byte offsets of its tags, its prefix, whether it is ``<list/>``."""

    start: int
    content_start: int
    content_end: int
    prefix: str
    is_empty_tag: bool


def _list_in(content: bytes, name: str) -> _List | None:
    """Return the first list of this name that lies in no other."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    wanted = f"{TEI_NAMESPACE} {name}"
    found: list[int] = []
    depth = 0

    def start(element: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        if element == wanted:
            depth += 1
            if not found:
                found.append(parser.CurrentByteIndex)

    def end(element: str) -> None:
        nonlocal depth
        if element == wanted:
            depth -= 1
            if depth == 0 and len(found) == 1:
                found.append(parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(content, True)
    if len(found) != 2:
        return None
    tag = re.compile(rb"""<([^\s/>]+)(?:[^"'>]|"[^"]*"|'[^']*')*>""").match(content, found[0])
    if tag is None:
        return None
    qualified = tag[1].decode()
    prefix = qualified[: qualified.index(":") + 1] if ":" in qualified else ""
    empty = tag[0].endswith(b"/>")
    return _List(found[0], tag.end(), tag.end() if empty else found[1], prefix, empty)


def _with(content: bytes, found: _List, entries: Sequence[RegisterEntry]) -> bytes:
    inside = content[found.content_start : found.content_end]
    line_end = "\r\n" if b"\r\n" in content else "\n"
    margin = _margin(content, found.start) + _STEP
    first = re.match(rb"\s*\n([ \t]+)<", inside)
    if first:
        margin = first[1].decode()
    written = "".join(
        line_end + line_end.join(margin + line for line in element_lines(each, found.prefix))
        for each in entries
    ).encode()
    if found.is_empty_tag:
        opening = content[found.start : found.content_start - 2].rstrip()
        name = re.match(rb"<[^\s/>]+", opening)
        closing = f"{line_end}{_margin(content, found.start)}</".encode()
        closing += (name[0][1:] if name else b"") + b">"
        before, after = content[: found.start] + opening + b">", content[found.content_start :]
        return before + written + closing + after
    at = found.content_start + len(inside.rstrip(_SPACE))
    after = content[at:]
    if not after[: found.content_end - at].strip(_SPACE) and at == found.content_end:
        after = f"{line_end}{_margin(content, found.start)}".encode() + after
    return content[:at] + written + after


def _margin(content: bytes, start: int) -> str:
    line = content[content.rfind(b"\n", 0, start) + 1 : start]
    return line.decode() if not line.strip() else ""


def element_lines(entry: RegisterEntry, prefix: str = "") -> Iterator[str]:
    """Yield the TEI of an entry, line by line."""
    kind = entry_kinds()[entry.kind]
    dated = f" when={quoteattr(entry.date)}" if entry.date and entry.kind == "event" else ""
    yield f"<{prefix}{kind.entry} xml:id={quoteattr(entry.id)}{dated}>"
    for line in _children(entry, kind.element, prefix):
        yield f"{_STEP}{line}"
    yield f"</{prefix}{kind.entry}>"


def _children(entry: RegisterEntry, element: str, prefix: str) -> Iterator[str]:
    def made(name: str, text: str, attributes: str = "") -> str:
        return f"<{prefix}{name}{attributes}>{escape(text)}</{prefix}{name}>"

    def dated(name: str, said: str) -> str:
        return f"<{prefix}{name} when={quoteattr(said)}/>" if is_date(said) else made(name, said)

    if entry.author:
        yield made("author", entry.author)
    structured = _structured(entry)
    names = [entry.name, *entry.variants]
    if structured and structured[0] not in names:
        names.append(structured[0])
    for number, name in enumerate(names):
        kind = ' type="variant"' if number else ""
        if structured and name == structured[0]:
            yield f"<{prefix}{element}{kind}>{structured[1](prefix)}</{prefix}{element}>"
            structured = None
        else:
            yield made(element, name, kind)
    for event, when in (("birth", entry.birth), ("death", entry.death)):
        if when:
            yield dated(event, when)
    if entry.date and entry.kind == "work":
        yield dated("date", entry.date)
    if entry.latitude:
        geo = made("geo", f"{entry.latitude} {entry.longitude}")
        yield f"<{prefix}location>{geo}</{prefix}location>"
    for type_, text in entry.numbers:
        yield made("idno", text, f" type={quoteattr(type_)}" if type_ else "")
    if entry.note:
        yield made("note", entry.note)


def _structured(entry: RegisterEntry) -> tuple[str, Callable[[str], str]] | None:
    """Return the name that has its surname and forename marked, as text and as what writes it."""
    if not (entry.surname and entry.forename):
        return None
    straight = f"{entry.forename} {entry.surname}"
    inverted = f"{entry.surname}, {entry.forename}"

    def write(prefix: str) -> str:
        surname = f"<{prefix}surname>{escape(entry.surname)}</{prefix}surname>"
        forename = f"<{prefix}forename>{escape(entry.forename)}</{prefix}forename>"
        return f"{forename} {surname}" if text == straight else f"{surname}, {forename}"

    text = straight if straight in (entry.name, *entry.variants) else inverted
    return text, write
