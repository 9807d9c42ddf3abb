"""The words on the pages of a PDF, read back from the finished file.

The typesetter writes each piece of a line as glyphs, with a table from glyphs to characters
(``ToUnicode``) and, where one glyph does not stand for one character, the characters themselves
(``ActualText``). So the text can be read without guessing (ISO 32000-2, 9.10 and 14.9.4). This
reads what the typesetter writes; it is no reader for PDFs of other programs.

Running heads and other artifacts are left out, and so is what stands off the page. Glyphs of a
right-to-left script are written from left to right, and are put back into the order of reading.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdf
from pypdf.generic import IndirectObject

_UNKNOWN = "\ufffd"
_SMALLEST_GAP = 0.15  # of the letter size; a space between words is never narrower
_HAIR = 0.5  # points; what is narrower no reader misses
_RAISED = 2  # letter sizes; nothing within a line stands higher above the rest of it
_SOFT_HYPHEN = "\u00ad"
_STRING = rb"\(((?:[^()\\]++|\\.)*+)\)|<([0-9A-Fa-f\s]*+)>"
_SKIPPED = (
    rb"[-+0-9.\s]*+(?:/[^\s()<>\[\]{}/%]*+\s++)?"
    rb"(?:cs|scn|CS|SCN|BT|Tr|w|M|J|j|m|l|c|h|re|f|S|n|W)(?![A-Za-z0-9*])"
)
_INSTRUCTION = re.compile(
    rb"(?:" + _SKIPPED + rb")*+"
    rb"((?:[-+0-9.\s\[\]]++|\((?:[^()\\]++|\\.)*+\)|/[^\s()<>\[\]{}/%]*+|<<|>>|<[0-9A-Fa-f\s]*+>)*+)"
    rb"(?:([A-Za-z'\"][A-Za-z0-9*]*+)|\Z)",
    re.DOTALL,
)
"""The operands of an operator, and the operator. What says nothing of the text is passed over."""
_SIX_NUMBERS = rb"((?:[-+0-9.]++\s++){6})"
_PIECE = re.compile(
    rb"\s*+q\s++" + _SIX_NUMBERS + rb"cm(?![A-Za-z0-9*])(?:" + _SKIPPED + rb")*+"
    rb"\s*+(/[^\s()<>\[\]{}/%]++)\s++([0-9.]++)\s++Tf\s++" + _SIX_NUMBERS + rb"Tm\s*+"
    rb"(\[(?:[-+0-9.\s]++|\((?:[^()\\]++|\\.)*+\))*+\]|\((?:[^()\\]++|\\.)*+\))\s*+T[Jj]"
    rb"\s++ET\s++Q(?![^\s/])",
    re.DOTALL,
)
"""What nearly all pieces are written by: matrix, font, size, place and glyphs, between q and Q."""
_LITERAL = re.compile(rb"\(((?:[^()\\]++|\\.)*+)\)", re.DOTALL)
_SHOWN = re.compile(_STRING + rb"|([-+]?(?:\d+\.?\d*|\.\d+))", re.DOTALL)
_ARTIFACT = re.compile(rb"\s*/Artifact(?![^\s()<>\[\]{}/%])")
_ACTUAL_TEXT = re.compile(rb"/ActualText\s*(?:" + _STRING + rb")", re.DOTALL)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED_AS_IN_PYTHON = re.compile(rb"(?:[^\\]++|\\(?:[0-3][0-7]{2}|[nrtbf\\()]))*+\Z")
_ESCAPED = {
    **{b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"},
    **dict.fromkeys((b"\n", b"\r", b"\r\n"), b""),
    **{f"{n:0{width}o}".encode(): bytes([n]) for width in (1, 2, 3) for n in range(256)},
}
_MAPPINGS = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-Fa-f]*)>")

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class PdfText:
    """The texts on the pages of a PDF in their order, and those that an edge of the page cuts.

    ``cut`` tells the number of the page, from 1, and the text.
    """

    texts: list[str]
    cut: tuple[tuple[int, str], ...]


def texts_of_pdf(pdf: bytes) -> list[str]:
    """Return the pieces of text on the pages of a PDF (see :func:`read_pdf`)."""
    return read_pdf(pdf).texts


def read_pdf(pdf: bytes) -> PdfText:
    """Return the pieces of text on the pages of a PDF made by the typesetter, in their order.

    A word that is divided at a line end is put together again. Where notes stand between its two
    halves, at the foot of a page, it is given with either neighbour.
    """
    known: dict[int, _Font] = {}
    pages: list[list[_Piece]] = []
    cut: list[tuple[int, str]] = []
    for number, content in enumerate(pypdf.PdfReader(io.BytesIO(pdf)).pages, start=1):
        page = _Page(content, known)
        pieces = list(page.pieces())
        cut += [(number, piece.text) for piece in pieces if page.cuts(piece)]
        pages.append(_put_together(iter(pieces)))
    following = [*(_beginnings(page) for page in pages[1:]), [""]]
    texts = [
        text
        for page, beginnings in zip(pages, following, strict=True)
        for text in _undivided(page, beginnings)
    ]
    return PdfText(texts, tuple(cut))


def _put_together(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Return the pieces; those that touch on a line, such as hyphens, make one."""
    found: list[_Piece] = []
    before: _Piece | None = None
    for piece in pieces:
        if before is not None and piece.is_mark_on(before):
            continue
        if before is not None and before.touches(piece):
            found[-1] = found[-1]._replace(text=found[-1].text + piece.text)
        else:
            found.append(piece)
        before = piece
    return found


def _beginnings(pieces: list[_Piece]) -> list[str]:
    """Return the first words of the columns of a page."""
    tops = [after for before, after in pairwise(pieces) if _is_next_column(before, after)]
    return [piece.text.partition(" ")[0] for piece in (*pieces[:1], *tops)] or [""]


def _is_next_column(before: _Piece, after: _Piece) -> bool:
    return after.baseline > before.baseline + _RAISED * before.size


def _undivided(pieces: list[_Piece], next_page: list[str]) -> Iterator[str]:
    """Yield the texts of a page, divided words joined with what follows them.

    Where the next piece stands higher up, another column begins, and the word may go on in it or
    in any of those that begin on the next page. Where its letters are of another size, it may be
    a note, and the word goes on on the next page.
    """
    before, baseline, size = "", 0.0, 0.0
    for piece in pieces:
        text = piece.text
        if before and (piece.baseline > baseline or piece.size != size):
            yield before + text.partition(" ")[0]
        else:
            text = before + text
        before, baseline, size = "", piece.baseline, piece.size
        if text.endswith(_SOFT_HYPHEN):
            head, space, before = text.rpartition(" ")
            yield head + space
            yield from (before + beginning for beginning in next_page)
        else:
            yield text
    yield before


@dataclass(frozen=True)
class _Font:
    """The characters that glyphs stand for, and their widths in thousandths of the font size."""

    characters: dict[int, str]
    widths: dict[int, float]
    other_width: float
    _shown: dict[bytes, tuple[list[str], float]] = field(default_factory=dict)

    def shown(self, literal: bytes, digits: bytes) -> tuple[list[str], float]:
        """Return the characters of a string of glyphs, written in either way, and its width.

        Words come again and again, so each string is read once.
        """
        key = literal or digits
        known = self._shown.get(key)
        if known is None:
            string = _unescape(literal) if literal else _from_hex(digits)
            codes = struct.unpack(f">{len(string) // 2}H", string)
            width = sum(self.widths.get(code, self.other_width) for code in codes)
            known = [self.characters.get(code, _UNKNOWN) for code in codes], width
            self._shown[key] = known
        return known


class _Piece(NamedTuple):
    """A piece of a line: its text, where it starts and ends, and the size of its letters."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    def is_mark_on(self, before: _Piece) -> bool:
        """Tell whether this is a mark raised on the last letter of ``before``.

        The typesetter sets it apart and says of both, the letter and the mark, that they are the
        letter with its mark.
        """
        return self.right <= self.left and before.text.endswith(self.text)

    def touches(self, after: _Piece) -> bool:
        """Tell whether ``after`` stands so close that no reader sees a gap."""
        gap = min(abs(after.left - self.right), abs(after.right - self.left))
        return abs(after.baseline - self.baseline) < 0.01 and gap < _SMALLEST_GAP * self.size


class _Marked(NamedTuple):
    """A marked content sequence: is it, or what it stands in, an artifact; are its glyphs replaced.

    What replaces them stands before them.
    """

    artifact: bool = False
    replaced: bool = False


@dataclass
class _State:
    """What the operators of a content stream change.

    ``start`` and ``reached`` say where the first glyph of the text object stands and where the
    next one will; ``units`` holds the characters of each glyph between them.
    """

    matrix: Matrix = _IDENTITY
    font: bytes = b""
    size: float = 0
    saved: list[tuple[Matrix, bytes, float]] = field(default_factory=list)
    marked: list[_Marked] = field(default_factory=lambda: [_Marked()])
    start: float = 0
    reached: float = 0
    units: list[str] = field(default_factory=list)


class _Page:
    """Reads one page."""

    def __init__(self, page: Any, known: dict[int, _Font]) -> None:  # noqa: ANN401
        box = page.mediabox
        self._box = (float(box.left), float(box.bottom), float(box.right), float(box.top))
        self._page = page
        self._known = known

    def cuts(self, piece: _Piece) -> bool:
        """Tell whether an edge of the page, left or right, cuts the piece."""
        left, _, right, _ = self._box
        return piece.left < left - _HAIR or piece.right > right + _HAIR

    def pieces(self) -> Iterator[_Piece]:
        contents = self._page.get_contents()
        if contents is not None:
            yield from self._run(contents.get_data(), self._page["/Resources"], _State())

    def _run(self, content: bytes, resources: Any, state: _State) -> Iterator[_Piece]:  # noqa: ANN401
        fonts = {
            name.encode("latin-1"): self._font(font)
            for name, font in resources.get("/Font", {}).items()
        }
        for step in _steps(content):
            if step.re is _PIECE:
                yield from self._whole_piece(state, step, fonts)
                continue
            operands, operator = step[1], step[2]
            if act := _OPERATORS.get(operator):
                act(state, operands, fonts)
            elif operator == b"ET":
                yield from self._text_object(state)
            elif operator == b"Do":
                yield from self._form(resources, operands.split()[-1].decode("latin-1"), state)

    def _font(self, font: Any) -> _Font:  # noqa: ANN401
        """Return what is to be known of a font, which is read once in a file."""
        number = font.idnum if isinstance(font, IndirectObject) else id(font)
        if number not in self._known:
            self._known[number] = _read_font(font.get_object())
        return self._known[number]

    def _form(self, resources: Any, name: str, state: _State) -> Iterator[_Piece]:  # noqa: ANN401
        form = resources["/XObject"][name].get_object()
        if form.get("/Subtype") != "/Form":
            return
        inner = _State(matrix=_times(_matrix(form.get("/Matrix", _IDENTITY)), state.matrix))
        inner.marked = list(state.marked)
        yield from self._run(form.get_data(), form.get("/Resources", resources), inner)

    def _whole_piece(
        self, state: _State, step: re.Match[bytes], fonts: dict[bytes, _Font]
    ) -> Iterator[_Piece]:
        """Do what the instructions of :data:`_PIECE` say, one after the other."""
        matrix, name, size, place, glyphs = step.groups()
        _place(state, place, None)
        _show_in(state, fonts[name], float(size), glyphs)
        yield from self._piece(state, _times(_matrix(matrix.split()), state.matrix), float(size))

    def _text_object(self, state: _State) -> Iterator[_Piece]:
        yield from self._piece(state, state.matrix, state.size)

    def _piece(self, state: _State, matrix: Matrix, size: float) -> Iterator[_Piece]:
        units, state.units = state.units, []
        if state.marked[-1].artifact or not self._on_page(matrix):
            return
        text = "".join(units)
        if _from_right(text):
            text = "".join(reversed(units))
        scale, origin, baseline = matrix[0], matrix[4], matrix[5]
        left, right = origin + scale * state.start, origin + scale * state.reached
        yield _Piece(text, left, right, baseline, abs(scale) * size)

    def _on_page(self, matrix: Matrix) -> bool:
        left, bottom, right, top = self._box
        return left <= matrix[4] <= right and bottom <= matrix[5] <= top


def _from_right(text: str) -> bool:
    """Tell whether the first letter with a direction is of a right-to-left script."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((d != "L" for d in directions if d in ("L", "R", "AL")), False)


def _show(state: _State, operands: bytes, fonts: dict[bytes, _Font]) -> None:
    _show_in(state, fonts[state.font], state.size, operands)


def _show_in(state: _State, font: _Font, size: float, operands: bytes) -> None:
    replaced = state.marked[-1].replaced
    advance: float = 0
    for literal, digits, number in _SHOWN.findall(operands):
        if number:
            advance -= float(number)
            continue
        characters, width = font.shown(literal, digits)
        advance += width
        if not replaced:
            state.units += characters
    state.reached += advance / 1000 * size


def _place(state: _State, operands: bytes, _: object) -> None:
    state.reached = float(operands.split()[-2])
    if not state.units:
        state.start = state.reached


def _select_font(state: _State, operands: bytes, _: object) -> None:
    state.font, size = operands.split()[-2:]
    state.size = float(size)


def _save(state: _State, _: bytes, __: object) -> None:
    state.saved.append((state.matrix, state.font, state.size))


def _restore(state: _State, _: bytes, __: object) -> None:
    state.matrix, state.font, state.size = state.saved.pop()


def _concatenate(state: _State, operands: bytes, _: object) -> None:
    state.matrix = _times(_matrix(operands.split()[-6:]), state.matrix)


def _begin_marked(state: _State, operands: bytes, _: object) -> None:
    artifact, replaced = state.marked[-1]
    if b"/ActualText" in operands and (written := _ACTUAL_TEXT.search(operands)):
        replaced = True
        state.units.append(
            _text_string(_unescape(written[1]) if written[1] else _from_hex(written[2] or b""))
        )
    state.marked.append(_Marked(artifact or bool(_ARTIFACT.match(operands)), replaced))


def _end_marked(state: _State, _: bytes, __: object) -> None:
    state.marked.pop()


_OPERATORS: dict[bytes, Callable[[_State, bytes, dict[bytes, _Font]], None]] = {
    b"Tj": _show,
    b"TJ": _show,
    b"Tf": _select_font,
    b"Tm": _place,
    b"q": _save,
    b"Q": _restore,
    b"cm": _concatenate,
    b"BMC": _begin_marked,
    b"BDC": _begin_marked,
    b"EMC": _end_marked,
}


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _matrix(values: Any) -> Matrix:  # noqa: ANN401
    a, b, c, d, e, f = map(float, values)
    return (a, b, c, d, e, f)


def _steps(content: bytes, *, escaped: bool = False) -> Iterator[re.Match[bytes]]:
    """Yield each instruction (ISO 32000-2, 7.8.2), or those of a whole piece as one."""
    reached = 0
    while reached < len(content):
        step = _PIECE.match(content, reached) or _INSTRUCTION.match(content, reached)
        if step is None and escaped:
            step = _INSTRUCTION.search(content, reached)
        if step is None:
            break
        yield step
        reached = step.end()
    if reached < len(content) and not escaped:
        yield from _steps(_with_escapes(content[reached:]), escaped=True)


def _with_escapes(content: bytes) -> bytes:
    """Escape parentheses within strings, which pairs of them need not be."""
    pieces: list[bytes] = []
    reached = 0
    while (start := content.find(b"(", reached)) >= 0:
        end = _end_of_string(content, start + 1)
        inner = _PARENTHESIS.sub(
            lambda match: match[0] if len(match[0]) > 1 else b"\\" + match[0],
            content[start + 1 : end],
        )
        pieces += (content[reached:start], b"(", inner, b")")
        reached = end + 1
    pieces.append(content[reached:])
    return b"".join(pieces)


def _end_of_string(content: bytes, start: int) -> int:
    depth = 1
    for match in _PARENTHESIS.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return match.start()
    return len(content)


def _unescape(literal: bytes) -> bytes:
    if b"\\" not in literal:
        return literal
    # Most escapes are the first byte of a glyph, which is 0 in fonts of few glyphs.
    parts = (part.replace(b"\\000", b"\0") for part in literal.split(b"\\\\"))
    return b"\\".join(
        _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), part) for part in parts
    )


def _from_hex(digits: bytes) -> bytes:
    text = b"".join(digits.split()).decode()
    return bytes.fromhex(text + "0" * (len(text) % 2))


def _text_string(value: bytes) -> str:
    """Return a text string (ISO 32000-2, 7.9.2.2) as text."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    # PDFDocEncoding agrees with Latin-1 on what is written in it here: letters and soft hyphens.
    return value.decode("latin-1")


def _read_font(font: Any) -> _Font:  # noqa: ANN401
    described = font["/DescendantFonts"][0].get_object()
    other = float(described.get("/DW", 1000))
    return _Font(_characters(font), _widths(described.get("/W", [])), other)


def _widths(entries: Any) -> dict[int, float]:  # noqa: ANN401
    """Return the widths of glyphs: ``c [w w …]`` or ``first last w`` (ISO 32000-2, 9.7.4.3)."""
    found: dict[int, float] = {}
    values = iter([entry.get_object() for entry in entries])
    for first, following in zip(values, values, strict=False):
        if isinstance(following, list):
            found.update((int(first) + n, float(width)) for n, width in enumerate(following))
        else:
            found.update(dict.fromkeys(range(first, int(following) + 1), float(next(values))))
    return found


def _characters(font: Any) -> dict[int, str]:  # noqa: ANN401
    """Return the characters that the glyphs of ``font`` stand for, by their code."""
    table: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return table
    for match in _MAPPINGS.finditer(font["/ToUnicode"].get_data()):
        codes = [_from_hex(code) for code in _CODES.findall(match[2])]
        step = 2 if match[1] == b"bfchar" else 3
        for entry in zip(*(codes[n::step] for n in range(step)), strict=False):
            first, last = int.from_bytes(entry[0]), int.from_bytes(entry[step - 2])
            text = entry[-1].decode("utf-16-be", "replace")
            for code in range(first, last + 1):
                table[code] = text[:-1] + chr(ord(text[-1]) + code - first) if text else ""
    return table
