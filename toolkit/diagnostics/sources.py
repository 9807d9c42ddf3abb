"""What findings are about: the texts, what stands at a place in them, what they were checked by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from toolkit.diagnostics.diagnostic import Diagnostic
from toolkit.diagnostics.position import SourceText
from toolkit.diagnostics.used_schema import UsedSchema
from toolkit.expressions import expression

_LARGEST = 20_000_000
_LONGEST_CONTENT = 200
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# A tag, a comment and the like; an attribute; a word; white space or a single sign.
_CONTENT = expression(r"""<[^<>]*>?|[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')|[^\s<>]+|\s+|.""")


class Sources:
    """The texts of files, each read when it is asked for.

    Args:
        given: contents that are not those of the file of that name, such as standard input.
        schemas: what the files were checked against, by name.
    """

    def __init__(
        self,
        given: Mapping[str, bytes] | None = None,
        schemas: Mapping[str, Sequence[UsedSchema]] | None = None,
    ) -> None:
        self._given = dict(given or {})
        self._schemas = dict(schemas or {})
        self._text = lru_cache(maxsize=8)(self._read)

    def schemas(self, file: str) -> Sequence[UsedSchema]:
        """Return what the file was checked against; nothing if it was not, or could not be."""
        return self._schemas.get(file, ())

    def all_schemas(self) -> list[tuple[UsedSchema, int]]:
        """Return all that files were checked against, and how many files, sorted."""
        return sorted(Counter(used for each in self._schemas.values() for used in each).items())

    def line(self, file: str, number: int) -> str:
        """Return line ``number`` of the file, "" if it has none or cannot be read."""
        source = self._text(file)
        return source.line(number) if source else ""

    def content(self, d: Diagnostic) -> str:
        """Return what stands where the finding is: a tag, an attribute or a word.

        It begins at the column of the finding, and does not change when lines are moved. It is ""
        where nothing stands, or the file cannot be read.
        """
        source = self._text(d.file)
        if source is None:
            return ""
        offset = source.offset(d.line, d.column)
        found = _CONTENT.match(source.text, offset, offset + _LONGEST_CONTENT)
        return found[0] if found else ""

    def _read(self, file: str) -> SourceText | None:
        try:
            content = self._given[file] if file in self._given else _bytes(Path(file))
        except (OSError, ValueError):
            return None
        if len(content) > _LARGEST:
            return None
        return SourceText(file, _decoded(content))


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)


def _decoded(content: bytes) -> str:
    """Return the text, of whatever encoding: here a wrong letter does no harm."""
    encoding = _BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("latin-1")
