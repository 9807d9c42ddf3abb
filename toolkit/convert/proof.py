"""The proof that a conversion lost nothing and invented nothing.

The written XML is parsed anew. From its text and the ledger the source is rebuilt and compared;
the text of the ``text`` element must be made of text tiles alone, end to end; and a delimiter
must be what the notation of its rule says.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.convert.kinds import LOST_TEXT
from toolkit.convert.ledger import Ledger, TileKind
from toolkit.convert.texts import Texts, read_texts
from toolkit.convert.tree import Span
from toolkit.diagnostics import DiagnosticError, SourceText


def prove(source: SourceText, ledger: Ledger, xml: str, signs: Iterable[Span]) -> Texts:
    """Prove the conversion of ``source`` to ``xml``, and return the texts read out of ``xml``.

    ``signs`` are the stretches that the patterns of rules matched as their signs. A delimiter
    may hold nothing else but white space.

    Raises:
        DiagnosticError: a character is lost, invented, moved or in two places (C003).
    """
    lost = ledger.gap(len(source.text))
    if lost is not None:
        raise _failure(source, lost, "what became of this character is not known")
    texts = read_texts(xml.encode())
    rebuilt = ledger.rebuild(texts.streams)
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
    _prove_nothing_invented(source, ledger, texts.streams["text"])
    _prove_nothing_hidden(source, ledger, signs)
    return texts


def _prove_nothing_hidden(source: SourceText, ledger: Ledger, signs: Iterable[Span]) -> None:
    """Prove that no word of the text is kept in the ledger alone, as if it were a sign."""
    is_sign = bytearray(len(source.text))
    for sign in signs:
        is_sign[sign.start : sign.end] = b"\x01" * (sign.end - sign.start)
    for tile in ledger.tiles:
        if tile.kind is not TileKind.DELIMITER or 0 not in is_sign[tile.start : tile.end]:
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


def _failure(source: SourceText, offset: int, what: str) -> DiagnosticError:
    return DiagnosticError(
        LOST_TEXT.at(
            source.position(min(offset, len(source.text))),
            f"the conversion is not written, since its proof failed: {what}",
            "Please report this with the transcription, so that it can be mended.",
        )
    )
