"""Is every word of the document in the output? A reading edition that loses words is wrong.

Words are compared as a multiset: each word of the TEI text must be in the output as often as in
the document. What the output adds (labels, page numbers, brackets) does no harm. Outputs that
break words at line ends, or run a note's number into the word before it, are read tolerantly: a
word counts as there if it can be put together from, or cut out of, words of the output that stand
for no other word. But two words with a space between them in the document do not count as there
where the output runs them into one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from lxml import etree

from toolkit.diagnostics import Diagnostic, Kind, Position, Severity
from toolkit.publish.query import elements
from toolkit.tei.names import tei
from toolkit.tei.parse import ParsedDocument

WORD_LOST = Kind(
    "P010",
    "word-lost",
    Severity.ERROR,
    "A word of the document is not in the published output. The output would be incomplete, so it "
    "is not to be trusted as it is.",
)

DEFAULT_SCOPE = ("tei:text", "tei:TEI/tei:text", "tei:standOff", "tei:sourceDoc")
"""What is checked unless the output says otherwise: everything but the header and facsimile."""

_NO_WORDS = frozenset({tei("binaryObject"), tei("xenoData")})
"""Elements whose content is for programs: no output shows it (``docs/elements.md``)."""

_WORD = re.compile(r"[\w\u0300-\u036f\u200c\u200d]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\u200c\u200d"))
_MOST = 20
_MOST_IN_ONE_PLACE = 12
REPORT_IT = "Please report this with the document; the output is not complete."


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the document, folded for comparison, and the line of its file it stands in.

    ``apart`` tells that white space parts it from the word before, with no tag between them.
    """

    text: str
    line: int
    apart: bool = False


def missing_words(
    document: ParsedDocument,
    output: str | Sequence[str],
    *,
    scope: Sequence[str] = DEFAULT_SCOPE,
    name: str = "output",
    advice: str = REPORT_IT,
) -> tuple[Diagnostic, ...]:
    """Return an error for each place of ``document`` whose words ``output`` lacks (at most 20).

    Args:
        document: the TEI document.
        output: the text of the output: one string, or its pieces in order, each ending where a
            word may end (for HTML: its text nodes).
        scope: XPath expressions from the root, with the prefix ``tei``: what must be there.
        name: what the output is called in messages, such as ``web page``.
        advice: what the editor can do about it.
    """
    pieces = [output] if isinstance(output, str) else output
    chosen = _selected(document.root, scope)
    if has_all(pieces, [run for element in chosen for run, _ in _runs(element)]):
        return ()
    lost = lost_words(words_of(document, scope), pieces)
    return describe_lost(document.file, lost, name=name, advice=advice)


def has_all(output: Iterable[str], texts: Iterable[str]) -> bool:
    """Tell whether each word of the ``texts`` stands in the ``output`` as often as in them.

    So it is with nearly every document, and where each word stands need not be known then.
    """
    found = Counter(words_in("\n".join(output)))
    return all(found[word] >= count for word, count in Counter(words_in("\n".join(texts))).items())


def describe_lost(
    file: str, lost: Sequence[Word], *, name: str, advice: str = REPORT_IT
) -> tuple[Diagnostic, ...]:
    """Return an error (P010) for each line with lost words, at most 20, and one for the rest."""
    places = [(line, list(words)) for line, words in groupby(lost, key=lambda word: word.line)]
    shown = [
        WORD_LOST.at(Position(file, max(line, 1)), _missing(words, name), advice)
        for line, words in places[:_MOST]
    ]
    if len(places) > _MOST:
        rest = sum(len(words) for _, words in places[_MOST:])
        where = Position(file, max(places[_MOST][0], 1))
        message = f"{rest} more {_words(rest)} missing from the {name}"
        shown.append(WORD_LOST.at(where, message, advice))
    return tuple(shown)


def _missing(words: Sequence[Word], name: str) -> str:
    """Return what is missing at one place."""
    said = ", ".join(f"“{word.text}”" for word in words[:_MOST_IN_ONE_PLACE])
    rest = len(words) - _MOST_IN_ONE_PLACE
    if rest > 0:
        return f"{said} and {rest} more {_words(rest)} missing from the {name}"
    return f"{said} {'is' if len(words) == 1 else 'are'} missing from the {name}"


def _words(count: int) -> str:
    return "word is" if count == 1 else "words are"


def lost_words(expected: Sequence[Word], output: str | Sequence[str]) -> list[Word]:
    """Return the words of ``expected`` that ``output`` does not account for, in order."""
    pieces = [output] if isinstance(output, str) else output
    found = [text for piece in pieces for text in words_in(piece)]
    spare = Counter(found)
    lost: list[Word] = []
    for word in expected:
        if spare[word.text]:
            spare[word.text] -= 1
        else:
            lost.append(word)
    return _unexplained(lost, +spare, found, _apart(expected)) if lost else []


def _apart(words: Sequence[Word]) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring words that always have a space between them."""
    pairs = [(before.text, word.text, word.apart) for before, word in pairwise(words)]
    together = {(before, text) for before, text, apart in pairs if not apart}
    return frozenset((before, text) for before, text, apart in pairs if apart) - together


def words_of(
    document: ParsedDocument,
    scope: Sequence[str] = DEFAULT_SCOPE,
    without: Sequence[str] = (),
) -> list[Word]:
    """Return the words of the parts of ``document`` that ``scope`` selects, in document order.

    What the XPath expressions of ``without`` select is passed over.
    """
    left_out = frozenset(element for path in without for element in elements(document.root, path))
    return [
        word
        for element in _selected(document.root, scope)
        for run, line in _runs(element, left_out)
        for word in words_and_lines(run, line)
    ]


def fold(text: str) -> str:
    """Return ``text`` in the form in which words are compared.

    Compatibility characters (ligatures, superscript figures) are resolved, case is folded (print
    may set small capitals), and invisible characters are taken out.
    """
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()


def words_and_lines(run: str, line: int = 0) -> Iterator[Word]:
    """Yield the words of a text that begins in ``line``."""
    folded = fold(run).replace("_", " ")
    reached, end = 0, len(folded)
    for match in _WORD.finditer(folded):
        line += folded.count("\n", reached, match.start())
        reached = match.start()
        yield Word(match[0], line, any(map(str.isspace, folded[end:reached])))
        end = match.end()


def words_in(text: str) -> list[str]:
    """Return the words of ``text``, folded for comparison."""
    return _WORD.findall(fold(text).replace("_", " "))


def _selected(root: etree._Element, scope: Sequence[str]) -> list[etree._Element]:
    found = [element for path in scope for element in elements(root, path)]
    chosen = set(found)
    outermost = [e for e in found if not any(up in chosen for up in e.iterancestors())]
    return list(dict.fromkeys(outermost))


def _runs(
    element: etree._Element, left_out: frozenset[etree._Element] = frozenset()
) -> Generator[tuple[str, int], None, int]:
    """Yield each text node below ``element`` and its line; return the line of the end tag.

    Comments and processing instructions do not divide text.
    """
    line = _line_of(element)
    if element.tag in _NO_WORDS or element in left_out:
        return line + "".join(map(str, element.itertext())).count("\n")
    gathered = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield gathered, line
            line = yield from _runs(child, left_out)
            gathered = ""
        gathered += child.tail or ""
    yield gathered, line
    return line + gathered.count("\n")


def _line_of(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _unexplained(
    lost: list[Word], spare: Counter[str], found: list[str], apart: frozenset[tuple[str, str]]
) -> list[Word]:
    """Return what is lost even if words were divided or joined on the way."""
    joins = _joins(found, spare)
    remaining: list[Word] = []
    for word in lost:
        for parts in joins.get(word.text, ()):
            if all(spare[part] for part in parts):
                spare.subtract(parts)
                break
        else:
            remaining.append(word)
    return _cut_out(remaining, +spare, apart)


def _joins(found: list[str], spare: Counter[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the words that neighbouring spare words make when put together, with their parts.

    A word may be divided here in one way, there in another.
    """
    made: dict[str, list[tuple[str, ...]]] = {}
    for size in (2, 3):
        for start in range(len(found) - size + 1):
            parts = tuple(found[start : start + size])
            if all(spare[part] for part in parts):
                made.setdefault("".join(parts), []).append(parts)
    return made


def _cut_out(
    lost: list[Word], spare: Counter[str], apart: frozenset[tuple[str, str]]
) -> list[Word]:
    """Explain lost words as pieces of spare words that are wholly made of lost words and figures.

    ``tree1`` is the word ``tree`` and the number of a note; ``Ribbon`` may be ``R`` and ``ibbon``,
    encoded apart.
    """
    wanted = Counter(word.text for word in lost)
    for text in sorted(spare, key=len, reverse=True):
        for _ in range(spare[text]):
            parts = _split(text, wanted, apart)
            if not parts:
                break
            wanted.subtract(parts)
    remaining: list[Word] = []
    for word in reversed(lost):
        if wanted[word.text] > 0:
            wanted[word.text] -= 1
            remaining.append(word)
    return remaining[::-1]


def _split(text: str, wanted: Counter[str], apart: frozenset[tuple[str, str]]) -> list[str]:
    """Return the wanted words that ``text`` consists of, figures between them aside; or none.

    No two of them stand ``apart`` in the document.
    """
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 60), end):
            if start not in best:
                continue
            piece = text[start:end]
            before = best[start]
            if before and (before[-1], piece) in apart:
                continue
            if wanted[piece] > before.count(piece):
                candidate = [*before, piece]
            elif piece.isdigit() and len(piece) <= 4:
                candidate = before
            else:
                continue
            if end not in best or sum(map(len, candidate)) > sum(map(len, best[end])):
                best[end] = candidate
    return best.get(len(text), [])
