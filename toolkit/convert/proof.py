"""The proof that a conversion lost nothing and invented nothing.

The written XML is parsed anew. From its text and the ledger the source is rebuilt and compared;
and the text of the ``text`` element must be made of text tiles alone, end to end.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from toolkit.convert.kinds import LOST_TEXT
from toolkit.convert.ledger import Ledger
from toolkit.convert.tree import STRUCTURAL
from toolkit.diagnostics import DiagnosticError, SourceText
from toolkit.tei.names import local_name, tei


def streams(root: etree._Element) -> Mapping[str, str]:
    """Return the text of the header and of the ``text`` element, layout left out.

    White space is layout where it stands alone in an element that holds no text of its own.
    """
    return {
        "header": _text_of(root.find(tei("teiHeader"))),
        "text": _text_of(root.find(tei("text"))),
    }


def prove(source: SourceText, ledger: Ledger, xml: str) -> None:
    """Prove the conversion of ``source`` to ``xml``.

    Raises:
        DiagnosticError: a character is lost, invented, moved or in two places (C003).
    """
    lost = ledger.gap(len(source.text))
    if lost is not None:
        raise _failure(source, lost, "what became of this character is not known")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    texts = streams(etree.fromstring(xml.encode(), parser))
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


def _text_of(top: etree._Element | None) -> str:
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
