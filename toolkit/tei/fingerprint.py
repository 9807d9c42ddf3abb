"""How the toolkit knows whether an editor has touched a TEI file it wrote.

A converted file carries, after the XML declaration, the processing instruction
``<?tei-toolkit source="…" source-digest="…" conventions="…" fingerprint="…"?>``. The fingerprint is
the SHA-256 of the file without that line, with line ends read as LF. When it no longer fits, a
person has edited the file, and the file is theirs: conversion does not overwrite it. A file without
the instruction was never the toolkit's to overwrite.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass

from toolkit.tei.quoting import quoted

_LINE_END = re.compile(rb"\r?\n")
_MARK = rb"\A(?:\xef\xbb\xbf)?"
_INSTRUCTION = re.compile(
    rb"(?:(?<=\n)|(?<=\?>)|" + _MARK + rb")"
    rb"(?P<line><\?tei-toolkit (?P<attributes>[^\n]*?)\?>\r?\n)"
)
_ATTRIBUTE = re.compile(r'([\w-]+)=("[^"]*"|\'[^\']*\')')
_BEFORE = re.compile(_MARK + rb"(?:<\?xml\s[^>]*\?>(?:\r?\n)?)?")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a TEI file came from, as its processing instruction says."""

    source: str
    source_digest: str
    conventions: str


def sign(content: bytes, origin: Origin) -> bytes:
    """Return the TEI file ``content`` with the instruction that marks it as the toolkit's own.

    The instruction is a line with the line end of the file; every other byte stays.
    """
    plain = unsigned(content)
    attributes = (
        ("source", origin.source),
        ("source-digest", origin.source_digest),
        ("conventions", origin.conventions),
        ("fingerprint", _fingerprint(plain)),
    )
    text = " ".join(f"{name}={quoted(value)}" for name, value in attributes)
    line_end = _LINE_END.search(plain)
    instruction = f"<?tei-toolkit {text}?>".encode() + (line_end[0] if line_end else b"\n")
    before = _BEFORE.match(plain)
    at = before.end() if before else 0
    return plain[:at] + instruction + plain[at:]


def unsigned(content: bytes) -> bytes:
    """Return ``content`` without the instruction; every other byte stays."""
    match = _INSTRUCTION.search(content)
    return content if match is None else content[: match.start("line")] + content[match.end() :]


def origin_of(content: bytes) -> Origin | None:
    """Return where the file says it came from, or None if it has no instruction."""
    attributes = _attributes(content)
    if attributes is None:
        return None
    return Origin(
        attributes.get("source", ""),
        attributes.get("source-digest", ""),
        attributes.get("conventions", ""),
    )


def is_untouched(content: bytes) -> bool:
    """Tell whether the file is exactly as the toolkit wrote it."""
    attributes = _attributes(content)
    if attributes is None:
        return False
    return attributes.get("fingerprint") == _fingerprint(unsigned(content))


def _attributes(content: bytes) -> dict[str, str] | None:
    match = _INSTRUCTION.search(content)
    if match is None:
        return None
    text = match["attributes"].decode("utf-8", errors="replace")
    return {name: html.unescape(value[1:-1]) for name, value in _ATTRIBUTE.findall(text)}


def _fingerprint(plain: bytes) -> str:
    # A checkout on Windows does not count as an edit.
    return "sha256:" + hashlib.sha256(plain.replace(b"\r\n", b"\n")).hexdigest()
