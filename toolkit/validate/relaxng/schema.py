"""Loading a schema, and validating documents with it: the engine's public face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from toolkit.diagnostics import Diagnostic
from toolkit.files import digest, read_bytes
from toolkit.validate.bearings import Bearings
from toolkit.validate.relaxng import cache as store
from toolkit.validate.relaxng.automaton import Automaton
from toolkit.validate.relaxng.compiled import Compiled
from toolkit.validate.relaxng.events import Chunks, validate
from toolkit.validate.relaxng.explanation import Explanation
from toolkit.validate.relaxng.identifiers import Table
from toolkit.validate.relaxng.nameclass import clark, expanded, local_of
from toolkit.validate.relaxng.patterns import Grammar
from toolkit.validate.relaxng.problems import SCHEMA_IDENTIFIERS, Place
from toolkit.validate.relaxng.violations import Violation

_CHUNK = 1 << 20
_OF_THE_FILE = Bearings()


class Schema:
    """A RELAX NG schema, ready to validate any number of documents.

    What it learns from one document makes the next one faster. Not for use by several threads at
    once.

    ``sources`` are the files it was made of, each with the digest of its content.
    """

    def __init__(
        self,
        file: str,
        compiled: Compiled,
        identifiers: Table,
        conflicts: list[tuple[str, str]],
        memory: Path | None = None,
        sources: tuple[tuple[Path, str], ...] = (),
    ) -> None:
        self.file = file
        self.sources = sources
        self.compiled = compiled
        self.warnings = tuple(_warning(file, *pair) for pair in conflicts)
        self._memory = memory
        tables = store.load_memory(memory) if memory else None
        self.automaton = Automaton(Grammar(compiled), identifiers, tables)
        self.explanation = Explanation(self.automaton)

    def validate(
        self, content: bytes | BinaryIO, file: str, encoding: str | None = None
    ) -> tuple[Violation, ...]:
        """Return what is wrong with a document, in the order of lines; nothing if it is valid.

        Args:
            content: the document, or a binary stream of it, which is read in pieces, from its
                beginning if it can be rewound.
            file: names the document in the violations.
            encoding: the encoding, if it is known better than from the document itself.
        """
        if isinstance(content, bytes):
            return self._validate(lambda: (content,), file, encoding)
        with _rewindable(content) as stream:
            return self._validate(lambda: _chunks(stream), file, encoding)

    def _validate(self, chunks: Chunks, file: str, encoding: str | None) -> tuple[Violation, ...]:
        found = validate(self.automaton, self.explanation, chunks, file, encoding)
        memory = self.automaton.memory
        if self._memory is not None and memory.has_news():
            store.store_memory(self._memory, memory)
        return found

    def parents_of(self, name: str) -> tuple[str, ...]:
        """Return the elements that may hold the element ``name``, both in Clark notation."""
        wanted = _expanded(name)
        explanation = self.explanation
        found = [
            parent
            for parent, elements in explanation.vocabulary().items()
            for element in elements
            if explanation.may_contain(element, wanted)
        ]
        return tuple(map(clark, sorted(set(found))))


def load_schema(path: Path, cache: Path | None = None, bearings: Bearings = _OF_THE_FILE) -> Schema:
    """Load a RELAX NG schema in XML or (suffix ``.rnc``) compact syntax.

    Args:
        path: the schema.
        cache: a folder to keep the compiled schema in; None keeps none.
        bearings: where the schema comes from, and the files that it refers to.

    Raises:
        DiagnosticError: a file cannot be read (F0xx, V183), or the schema breaks the syntax (V181)
            or a rule of the specification (V182), which is named, with file, line and column.
    """
    content = read_bytes(path)
    entry = None if cache is None else store.schema_entry(cache, path, content, bearings)
    found = store.load(entry, path) if entry else None
    if found is None:
        # It would cost more to load what reads schemas than to read one from the cache.
        from toolkit.validate.relaxng.reading import read_schema

        read = read_schema(path, content, bearings)
        found = store.entry_of(path, read)
        if entry is not None:
            store.store(entry, found)
    memory = store.memory_entry(cache, content, found.files) if cache else None
    files = ((path.parent / name, known) for name, known in found.files.items())
    sources = ((path, digest(content)), *files)
    return Schema(str(path), found.compiled, found.identifiers, found.conflicts, memory, sources)


def _warning(file: str, element: str, attribute: str) -> Diagnostic:
    return SCHEMA_IDENTIFIERS.at(
        Place(file, 1, 1).position(),
        f"the attribute {local_of(attribute)} of {local_of(element)} is an identifier at one "
        "place of the schema and not at another",
        "Give it one datatype everywhere, or do without ID and IDREF.",
    )


def _expanded(name: str) -> str:
    namespace, brace, local = name.rpartition("}")
    return expanded(namespace[1:], local) if brace else name


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk


class _rewindable:  # noqa: N801  # used like a function
    """A stream that can be read twice: itself, or a copy on disk if it cannot be rewound."""

    def __init__(self, stream: BinaryIO) -> None:
        self._given = stream
        self._copy: BinaryIO | None = None

    def __enter__(self) -> BinaryIO:
        if self._given.seekable():
            return self._given
        import shutil
        import tempfile

        self._copy = tempfile.TemporaryFile()  # closed on exit
        shutil.copyfileobj(self._given, self._copy, _CHUNK)
        return self._copy

    def __exit__(self, *_details: object) -> None:
        if self._copy is not None:
            self._copy.close()
