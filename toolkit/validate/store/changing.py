"""Putting schemas into a store, taking them out, fetching them again."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from toolkit.diagnostics import DiagnosticError, Position
from toolkit.files import NOT_WRITABLE
from toolkit.validate.association.version import version_in
from toolkit.validate.store.fetching import secure
from toolkit.validate.store.folder import (
    Store,
    StoredFile,
    StoredSchema,
    files_of,
    forget_stores,
    refuse_to_lose,
    store_in,
    verify,
    write_store,
)
from toolkit.validate.store.gathering import Gathered, GatheredSchema, gather, is_address

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# Names of files that do not tell one schema from another.
_GENERAL = frozenset({"schema", "index", "main", "latest", "current", "download", ""})
_SUFFIXES = frozenset({".rng", ".rnc", ".sch", ".isosch", ".xml"})
# Version control must not change line ends, which the SHA-256 would tell.
_GIT_ATTRIBUTES = "* -text\n"


def is_name(name: str) -> bool:
    """Tell whether a schema may have this name: it must not look like a file."""
    return bool(_NAME.fullmatch(name)) and PurePosixPath(name).suffix not in _SUFFIXES


def default_name(source: str) -> str:
    """Return the name that a schema gets from its address or file."""
    path = PurePosixPath(urlsplit(source).path if is_address(source) else Path(source).as_posix())
    stem = path.stem if path.suffix in _SUFFIXES else path.name
    if stem.lower() in _GENERAL and is_address(source):
        host = urlsplit(source).hostname or ""
        stem = host.removeprefix("www.").rpartition(".")[0]
    return _UNSAFE.sub("-", stem).strip("-._") or "schema"


@dataclass(frozen=True, slots=True)
class Change:
    """A schema as it is in the store now, and as it was before: None if it was not there."""

    schema: StoredSchema
    before: StoredSchema | None = None

    @property
    def is_news(self) -> bool:
        """Whether anything in it has changed."""
        return self.before is None or self.schema.files != self.before.files


def add(source: str, name: str, folder: Path) -> Change:
    """Put a schema into the store in ``folder``, with all that it refers to.

    Args:
        source: an address, or a file.
        name: what it is to be called; a schema of this name is replaced.
        folder: the store; it is made if need be.

    Raises:
        DiagnosticError: a file cannot be read (F0xx), fetched (V196) or written (F006), is not a
            schema that can be used (V18x, V190, X0xx), or the store cannot be used (V197). The
            store is as it was.
    """
    return _put(source, name, folder, _gathered(source))


def _gathered(source: str) -> GatheredSchema:
    return gather(secure(source) if is_address(source) else source)


def _put(source: str, name: str, folder: Path, gathered: GatheredSchema) -> Change:
    store = store_in(folder)
    schema = _described(source, name, folder, gathered)
    before = store.schemas.get(name)
    change = Change(schema, before)
    if change.is_news or not _is_whole(schema):
        _write(schema, gathered)
    write_store(Store(folder, MappingProxyType({**store.schemas, name: schema})))
    return change


def is_from(schema: StoredSchema, source: str) -> bool:
    """Tell whether a stored schema was added from a source: an address, or a file."""
    if is_address(source) or is_address(schema.source):
        return is_address(source) and schema.is_at(source)
    return os.path.abspath(_local(schema)) == os.path.abspath(source)  # noqa: PTH100


def update(schema: StoredSchema, *, force: bool = False) -> Change:
    """Fetch a stored schema again from where it came.

    What was changed in the store is kept if it was pinned, unless ``force`` gives it up.

    Raises:
        DiagnosticError: as :func:`add`; or, without ``force``, a file was changed in the store and
            would be lost (V195).
    """
    if schema.changed and not force:
        verify(schema)
        return Change(schema, schema)
    source = schema.source if is_address(schema.source) else _local(schema)
    gathered = _gathered(source)
    if not force:
        refuse_to_lose(schema, {file.content for file in gathered.files})
    return _put(source, schema.name, schema.folder, gathered)


def keep(schema: StoredSchema) -> Change:
    """Pin a schema as it is in the store now; nothing is fetched.

    Raises:
        DiagnosticError: a file is gone (V195), or the store cannot be written (F006) or understood
            (V197).
    """
    store = store_in(schema.folder)
    known = {schema.folder / file.path: file for file in schema.files}
    added = [path for path in files_of(schema) if path not in known]
    try:
        files = tuple(
            StoredFile(
                path.relative_to(schema.folder).as_posix(),
                hashlib.sha256(path.read_bytes()).hexdigest(),
                known[path].address if path in known else "",
                known[path].location if path in known else "",
            )
            for path in (*known, *added)
        )
    except OSError:
        verify(schema)
        raise
    if files == schema.files:
        return Change(schema, schema)
    version = version_in(schema.main.read_bytes())
    pinned = replace(schema, files=files, version=version, changed=True)
    write_store(Store(schema.folder, MappingProxyType({**store.schemas, schema.name: pinned})))
    return Change(pinned, schema)


def remove(schema: StoredSchema) -> None:
    """Take a schema out of its store.

    Raises:
        DiagnosticError: the store cannot be written (F006).
    """
    store = store_in(schema.folder)
    kept = {name: each for name, each in store.schemas.items() if name != schema.name}
    write_store(Store(schema.folder, MappingProxyType(kept)))
    shutil.rmtree(schema.folder / schema.name, ignore_errors=True)


def _local(schema: StoredSchema) -> str:
    return os.path.normpath(schema.folder / schema.source)


def _described(source: str, name: str, folder: Path, gathered: GatheredSchema) -> StoredSchema:
    paths = _layout(gathered.files)
    files = tuple(
        StoredFile(
            f"{name}/{path}",
            hashlib.sha256(each.content).hexdigest(),
            each.address,
            each.location,
        )
        for path, each in zip(paths, gathered.files, strict=True)
    )
    said = secure(source) if is_address(source) else _relative(Path(source), folder)
    version = version_in(gathered.files[0].content)
    return StoredSchema(folder, name, said, gathered.language, version, files)


def _relative(source: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # on another drive
        return source.absolute().as_posix()


def _layout(files: tuple[Gathered, ...]) -> list[str]:
    """Return where the files lie: references from one to the other lead there too."""
    local = [os.path.abspath(each.path) for each in files if each.path]  # noqa: PTH100
    top = os.path.commonpath([os.path.dirname(path) for path in local]) if local else ""  # noqa: PTH120
    found: list[str] = []
    taken: set[str] = set()
    for each in files:
        path = (
            Path(os.path.relpath(os.path.abspath(each.path), top)).as_posix()  # noqa: PTH100
            if each.path
            else _path_of_address(each.address if found else each.base)
        )
        if path.casefold() in taken:
            # Addresses may differ in their queries alone.
            mark = hashlib.sha256(each.address.encode()).hexdigest()[:8]
            stem = PurePosixPath(path)
            path = str(stem.with_name(f"{stem.stem}-{mark}{stem.suffix}"))
        taken.add(path.casefold())
        found.append(path)
    return found


def _path_of_address(address: str) -> str:
    parts = urlsplit(address)
    names = [parts.netloc, *(name for name in parts.path.split("/") if name)]
    if len(names) == 1:
        names.append("index")
    return "/".join(_UNSAFE.sub("_", name).lstrip(".") or "_" for name in names)


def _is_whole(schema: StoredSchema) -> bool:
    try:
        return all(
            hashlib.sha256((schema.folder / file.path).read_bytes()).hexdigest() == file.sha256
            for file in schema.files
        )
    except OSError:
        return False


def _write(schema: StoredSchema, gathered: GatheredSchema) -> None:
    """Write the files aside, and put them in the place of those before."""
    folder, target = schema.folder, schema.folder / schema.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as aside:
            for file, each in zip(schema.files, gathered.files, strict=True):
                path = Path(aside) / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(each.content)
            (Path(aside) / schema.name / ".gitattributes").write_text(_GIT_ATTRIBUTES)
            if target.exists():
                target.replace(Path(aside) / ".before")
            (Path(aside) / schema.name).replace(target)
    except OSError as error:
        raise DiagnosticError(
            NOT_WRITABLE.at(
                Position(str(target)),
                f"cannot be written: {(error.strerror or str(error)).lower()}",
                "Check the permissions of the folder, or name another store with --store.",
            )
        ) from None
    finally:
        forget_stores()
