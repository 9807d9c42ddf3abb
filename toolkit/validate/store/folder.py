"""A store on disk: what is in it, and whether that is still what was put in."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity, SourceText
from toolkit.files import read_text, write_atomically
from toolkit.resources import SCHEMAS

SCHEMA_CHANGED = Kind(
    "V195",
    "schema-changed",
    Severity.ERROR,
    "A file of the store is not what was put there, so it is not known what it allows. Nothing is "
    "checked against it.",
)
BAD_STORE = Kind(
    "V197",
    "bad-schema-store",
    Severity.ERROR,
    "The file schemas.json of a store of schemas cannot be understood.",
)

VARIABLE = "TEI_TOOLKIT_SCHEMAS"
"""The environment variable that names another folder for the user's store."""

LIST = "schemas.json"
_FORM = 1


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a schema.

    Attributes:
        path: where it is, as seen from the store.
        sha256: what is in it.
        address: where it was fetched from; "" if it was not.
        location: where that address led to, if it led on.
    """

    path: str
    sha256: str
    address: str = ""
    location: str = ""

    @property
    def base(self) -> str:
        """The address that references in the file start from; "" for that of the file."""
        return self.location or self.address

    def is_at(self, address: str) -> bool:
        """Tell whether the file came from an address; http and https are the same here."""
        places = {without_scheme(place) for place in (self.address, self.location) if place}
        return without_scheme(address) in places


@dataclass(frozen=True, slots=True)
class StoredSchema:
    """A schema in a store.

    Attributes:
        folder: the store.
        name: its name there.
        source: what was added: an address, or a file as seen from the store.
        language: ``RELAX NG`` or ``Schematron``.
        version: the TEI release it says it is of, and the beginning of its SHA-256.
        files: its files, the one to start from first.
        changed: whether its files were changed in the store, and that was wanted.
    """

    folder: Path
    name: str
    source: str
    language: str
    version: str
    files: tuple[StoredFile, ...]
    changed: bool = False

    @property
    def main(self) -> Path:
        """The file to start from."""
        return self.folder / self.files[0].path

    @property
    def digest(self) -> str:
        """The SHA-256 of the file to start from."""
        return self.files[0].sha256

    def is_at(self, address: str) -> bool:
        """Tell whether the schema was added from an address."""
        return self.files[0].is_at(address)

    def file_at(self, address: str) -> StoredFile | None:
        """Return the file that came from an address."""
        return next((file for file in self.files if file.is_at(address)), None)


class Store(NamedTuple):
    """The schemas in a folder, by name."""

    folder: Path
    schemas: Mapping[str, StoredSchema]

    def at(self, address: str) -> StoredSchema | None:
        """Return the schema that was added from an address."""
        return next((each for each in self.schemas.values() if each.is_at(address)), None)

    def holding(self, file: Path) -> StoredSchema | None:
        """Return the schema that begins with ``file``."""
        return next((each for each in self.schemas.values() if _same(each.main, file)), None)


def user_store() -> Path:
    """Return the folder of the user's store: the one the environment names, else the usual one."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("tei-toolkit", appauthor=False) / "schemas"


@lru_cache(maxsize=8)
def store_in(folder: Path) -> Store:
    """Return the store in a folder; it is empty if there is no ``schemas.json``.

    Raises:
        DiagnosticError: ``schemas.json`` cannot be read (F0xx) or understood (V197).
    """
    file = folder / LIST
    if not file.is_file():
        return Store(folder, MappingProxyType({}))
    # Many have no store.
    from toolkit.settings import mistakes

    source = read_text(file)
    try:
        data = json.loads(source.text)
    except ValueError as error:
        line, column = (getattr(error, name, 1) for name in ("lineno", "colno"))
        raise _bad(Position(str(file), line, column), f"it is not JSON: {error}") from None
    found = mistakes(data, SCHEMAS / "store.schema.json")
    if found:
        raise _bad(_place(source, found[0].path), found[0].message)
    schemas = {name: _read(folder, name, each) for name, each in data["schemas"].items()}
    return Store(folder, MappingProxyType(schemas))


def write_store(store: Store) -> None:
    """Write down what is in a store.

    Raises:
        DiagnosticError: it cannot be written (F006).
    """
    schemas = {name: _as_data(each) for name, each in sorted(store.schemas.items())}
    text = json.dumps({"version": _FORM, "schemas": schemas}, ensure_ascii=False, indent=2)
    write_atomically(store.folder / LIST, f"{text}\n".encode())
    forget_stores()


def forget_stores() -> None:
    """Read stores anew from now on, and verify what is in them."""
    store_in.cache_clear()
    verify.cache_clear()


@lru_cache(maxsize=32)
def verify(schema: StoredSchema) -> None:
    """Make sure that the files of a schema are those that were added.

    Raises:
        DiagnosticError: a file has changed or is gone (V195).
    """
    for file in schema.files:
        path = schema.folder / file.path
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            raise _changed(schema, path, "is gone", "or fetch it again", "") from None
        if found != file.sha256:
            said = f"has changed: its SHA-256 is {found[:12]}…, not {file.sha256[:12]}…"
            raise _changed(schema, path, said, "or, if the change is wanted", " --keep")


def refuse_to_lose(schema: StoredSchema, fetched: Container[bytes]) -> None:
    """Make sure that no file of a schema was changed in the store, unless to what is fetched now.

    Raises:
        DiagnosticError: a file would be lost (V195).
    """
    pinned = {schema.folder / file.path: file.sha256 for file in schema.files}
    for path in files_of(schema):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() != pinned.get(path) and content not in fetched:
            said = "was changed here, and would be lost"
            command = f"tei schema update {schema.name}"
            hint = f"To keep it as it is now: {command} --keep; to lose it: {command} --force"
            raise DiagnosticError(
                SCHEMA_CHANGED.at(Position(str(path)), _about(schema, said), hint)
            )


def files_of(schema: StoredSchema) -> list[Path]:
    """Return all files in the folder of a schema, but hidden ones: those not pinned too."""
    folder = schema.folder / schema.name
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    )


def without_scheme(address: str) -> str:
    """Return an address without http: or https:, which name the same schema."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in ("http", "https"):
        return address
    return parts._replace(scheme="", netloc=parts.netloc.lower(), fragment="").geturl()


def _changed(
    schema: StoredSchema, path: Path, said: str, otherwise: str, option: str
) -> DiagnosticError:
    hint = (
        f"Restore it, for example from version control; {otherwise}: "
        f"tei schema update {schema.name}{option}"
    )
    return DiagnosticError(SCHEMA_CHANGED.at(Position(str(path)), _about(schema, said), hint))


def _about(schema: StoredSchema, said: str) -> str:
    return f"this file of the stored schema “{schema.name}” {said}"


def _bad(where: Position, message: str) -> DiagnosticError:
    hint = "Restore it from version control, or add the schemas again with tei schema add."
    return DiagnosticError(BAD_STORE.at(where, f"the list of schemas: {message}", hint))


def _place(source: SourceText, path: tuple[str | int, ...]) -> Position:
    """Return where the last name of a path is first written, else the beginning."""
    names = [name for name in path if isinstance(name, str)]
    at = source.text.find(json.dumps(names[-1])) if names else -1
    return source.position(max(at, 0))


def _read(folder: Path, name: str, data: Mapping[str, Any]) -> StoredSchema:
    files = tuple(StoredFile(**file) for file in data["files"])
    return StoredSchema(
        folder=folder,
        name=name,
        source=data["source"],
        language=data["language"],
        version=data["version"],
        files=files,
        changed=data.get("changed", False),
    )


def _as_data(schema: StoredSchema) -> dict[str, Any]:
    return {
        "source": schema.source,
        "language": schema.language,
        "version": schema.version,
        **({"changed": True} if schema.changed else {}),
        "files": [
            {key: value for key, value in asdict(file).items() if value} for file in schema.files
        ],
    }


def _same(first: Path, second: Path) -> bool:
    return os.path.abspath(first) == os.path.abspath(second)  # noqa: PTH100 (links stay)
