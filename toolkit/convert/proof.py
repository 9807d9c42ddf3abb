"""The proof that a conversion lost nothing and invented nothing.

The written XML is parsed anew. From its text and the ledger the source is rebuilt and compared;
the text of the ``text`` element must be made of text tiles alone, end to end; and a delimiter
must be what the notation of its rule says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from toolkit.convert.kinds import LOST_TEXT
from toolkit.convert.ledger import Ledger, TileKind
from toolkit.convert.tree import STRUCTURAL, Span
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.tei.names import local_name, tei


def streams(root: etree._Element) -> Mapping[str, str]:
    """Return the text of the header and of the ``text`` element, layout left out.

    White space is layout where it stands alone in an element that holds no text of its own.
    """
    return {
        "header": text_of(root.find(tei("teiHeader"))),
        "text": text_of(root.find(tei("text"))),
    }


def prove(source: SourceText, ledger: Ledger, xml: str, signs: Iterable[Span]) -> etree._Element:
    """Prove the conversion of ``source`` to ``xml``, and return the tree of ``xml``.

    ``signs`` are the stretches that the patterns of rules matched as their signs. A delimiter
    may hold nothing else but white space.

    Raises:
        DiagnosticError: a character is lost, invented, moved or in two places (C003).
    """
    lost = ledger.gap(len(source.text))
    if lost is not None:
        raise _failure(source, lost, "what became of this character is not known")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(xml.encode(), parser)
    texts = streams(root)
    rebuilt = ledger.rebuild(texts)
    if rebuilt != source.text:
        differs = next(
            (
                i
                for i, pair in enumerate(zip(rebuilt, source.text, strict=False))
                if len({*pair}) > 1
            ),
            min(len(rebuilt), len(source.text)),
        )
        raise _failure(source, differs, "the source cannot be rebuilt from here on")
    _prove_nothing_invented(source, ledger, texts["text"])
    _prove_nothing_hidden(source, ledger, signs)
    return root


def _prove_nothing_hidden(source: SourceText, ledger: Ledger, signs: Iterable[Span]) -> None:
    """Prove that no word of the text is kept in the ledger alone, as if it were a sign."""
    is_sign = bytearray(len(source.text))
    for sign in signs:
        is_sign[sign.start : sign.end] = b"\x01" * (sign.end - sign.start)
    for tile in ledger.tiles:
        if tile.kind is not TileKind.DELIMITER:
            continue
        for at in range(tile.start, tile.end):
            if not is_sign[at] and not source.text[at].isspace():
                raise _failure(source, at, f"“{tile.rule}” takes this character for its sign")


def _prove_nothing_invented(source: SourceText, ledger: Ledger, text: str) -> None:
    at = 0
    tiles = sorted(
        (tile for tile in ledger.tiles if tile.place == "text"), key=lambda tile: tile.at
    )
    for tile in tiles:
        if tile.at != at:
            raise _failure(source, tile.start, "the text before this is not in the source")
        at += tile.length
    if at != len(text):
        raise _failure(source, len(source.text), "the text ends with words not in the source")


def text_of(top: etree._Element | None) -> str:
    """Return the text of an element, layout left out; nothing for None."""
    if top is None:
        return ""
    parts: list[str] = []
    for event, node in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
        if event == "start":
            _add(parts, node.text, node)
        elif node is not top:
            _add(parts, node.tail, node.getparent())
    return "".join(parts)


def _add(parts: list[str], text: str | None, holder: etree._Element | None) -> None:
    if not text or holder is None:
        return
    if text.isspace() and local_name(str(holder.tag)) in STRUCTURAL:
        return
    parts.append(text)


def _failure(source: SourceText, offset: int, what: str) -> DiagnosticError:
    return DiagnosticError(
        LOST_TEXT.at(
            source.position(min(offset, len(source.text))),
            f"the conversion is not written, since its proof failed: {what}",
            "Please report this with the transcription, so that it can be mended.",
        )
    )
