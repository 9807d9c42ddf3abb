"""What ``tei schema`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.cache import cache_folder
from toolkit.checking import WrongUseError
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.pipeline.validate import schema_addresses
from toolkit.validate.bundled import bundled_schemas
from toolkit.validate.store import StoredSchema, store_in, user_store
from toolkit.validate.store.folder import verify

if TYPE_CHECKING:
    from toolkit.edition import Edition

FORMATS = ("text", "json")


class Compared(NamedTuple):
    """The result of a comparison, ready to print."""

    text: str
    same: bool


def named_schema(
    name: str, edition: Edition | None = None, catalogs: tuple[Path, ...] = ()
) -> Path:
    """Return the schema that an option means: a file, or one of the toolkit or of a store.

    Raises:
        WrongUseError: there is none.
        DiagnosticError: a store cannot be used (V197).
    """
    if Path(name).is_file():
        return Path(name)
    addresses = schema_addresses(edition, catalogs)
    found = addresses.named(name)
    if found is None:
        import difflib

        near = difflib.get_close_matches(name, addresses.names(), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise WrongUseError(f"there is no schema {name}{meant} (tei schema list shows all)")
    return found


def compare_schemas(first: str, second: str, format_: str) -> Compared:
    """Compare two RELAX NG schemas: files, or names of schemas of the toolkit or of a store.

    Raises:
        WrongUseError: there is no such schema.
        DiagnosticError: one of them cannot be used (F0xx, V18x, V190, V195, V197).
    """
    from toolkit.edition import find_edition
    from toolkit.validate.relaxng.comparison import compare
    from toolkit.validate.relaxng.comparison.report import as_json, as_text
    from toolkit.validate.schemas import schema_at

    edition = find_edition(Path())
    addresses = schema_addresses(edition)
    loaded = [
        schema_at(named_schema(each, edition), cache_folder(), addresses)
        for each in (first, second)
    ]
    result = compare(*loaded)
    render = as_json if format_ == "json" else as_text
    return Compared(render(result, first, second), result.same)


def store_folder(edition: Edition | None, store: Path | None, *, user: bool) -> Path:
    """Return the store that a command is about: the edition's, or the user's without one.

    Args:
        edition: the edition, if the command is about one.
        store: another folder, which goes before.
        user: whether the user's store is wanted, whatever edition there is.
    """
    if store is not None:
        return store
    return user_store() if user or edition is None else edition.schemas


def add_schema(source: str, name: str | None, folder: Path) -> str:
    """Put a schema into a store with all that it refers to, and say what was done.

    Raises:
        WrongUseError: the name cannot be used, or is that of another schema.
        DiagnosticError: the schema cannot be fetched (V196), read (F0xx) or used (V18x, V190), or
            the store cannot be written (F006) or understood (V197).
    """
    from toolkit.validate.store import changing

    name = name or changing.default_name(source)
    if not changing.is_name(name) or name in bundled_schemas():
        whose = (
            "is that of a schema of the toolkit" if name in bundled_schemas() else "cannot be used"
        )
        raise WrongUseError(
            f"the name {name} {whose}; choose another with --name: letters, digits, . _ -"
        )
    known = store_in(folder).schemas.get(name)
    if known is None:
        schema = changing.add(source, name, folder).schema
        return (
            f'{_described(schema)}\nUse it: --schema {name}, or schema = "{name}" in edition.toml'
        )
    if not changing.is_from(known, source):
        raise WrongUseError(
            f"there is a schema {name} already, from {known.source}; choose another name with "
            f"--name, or take that one out: tei schema remove {name}"
        )
    verify(known)
    return f"{_described(known)}\nIt was there already; to fetch it again: tei schema update {name}"


def update_schemas(names: Sequence[str], folder: Path, *, force: bool = False) -> Iterator[str]:
    """Fetch stored schemas again, all of them if none is named, and say what has changed.

    Args:
        names: the schemas.
        folder: the store.
        force: whether to give up what was changed in the store.

    Raises:
        WrongUseError: there is no schema of this name in the store.
        DiagnosticError: as :func:`add_schema`, or a file was changed in the store and would be lost
            (V195), for each schema that could not be updated, after the others.
    """
    from toolkit.validate.store.changing import update

    def again(schema: StoredSchema) -> str:
        change = update(schema, force=force)
        said = "has changed" if change.is_news else "is as it was"
        if change.schema.changed:
            said = "keeps what was changed here (--force fetches it again)"
        return f"{schema.name} {said}: {change.schema.version}"

    return _each(names or sorted(store_in(folder).schemas), folder, again)


def keep_schemas(names: Sequence[str], folder: Path) -> Iterator[str]:
    """Pin stored schemas as they are in the store now, all of them if none is named.

    Raises:
        WrongUseError: there is no schema of this name in the store.
        DiagnosticError: a file is gone (V195), or the store cannot be written (F006) or understood
            (V197), for each schema that could not be pinned, after the others.
    """
    from toolkit.validate.store.changing import keep

    def pin(schema: StoredSchema) -> str:
        change = keep(schema)
        said = "is pinned as it is now" if change.is_news else "is as it was"
        return f"{schema.name} {said}: {change.schema.version}"

    return _each(names or sorted(store_in(folder).schemas), folder, pin)


def _each(
    names: Sequence[str], folder: Path, change: Callable[[StoredSchema], str]
) -> Iterator[str]:
    failed: list[Diagnostic] = []
    for schema in _stored(names, folder):
        try:
            yield change(schema)
        except DiagnosticError as error:
            failed += error.diagnostics
    if failed:
        raise DiagnosticError(*failed)


def remove_schema(name: str, folder: Path) -> None:
    """Take a schema out of a store.

    Raises:
        WrongUseError: there is no schema of this name in the store.
        DiagnosticError: the store cannot be written (F006) or understood (V197).
    """
    from toolkit.validate.store.changing import remove

    remove(_stored([name], folder)[0])


def export_schema(name: str, edition: Edition | None) -> str:
    """Return a RELAX NG schema as one file in XML syntax, with all that it refers to.

    Raises:
        WrongUseError: there is no such schema.
        DiagnosticError: it cannot be used (F0xx, V18x, V190, V195, V197).
    """
    from toolkit.files import read_bytes
    from toolkit.validate.relaxng.syntax.writing import as_one_file

    path = named_schema(name, edition)
    return as_one_file(path, read_bytes(path), schema_addresses(edition).bearings(path))


def list_schemas(edition: Edition | None, store: Path | None) -> list[dict[str, str]]:
    """Return the schemas of the toolkit and of the stores, as data.

    Raises:
        DiagnosticError: a store cannot be understood (V197).
    """
    folders = (store,) if store else schema_addresses(edition).stores
    return [
        *(
            {
                "name": each.name,
                "version": each.version,
                "language": "RELAX NG",
                "source": "toolkit",
            }
            for each in bundled_schemas().values()
        ),
        *(
            {
                "name": each.name,
                "version": each.version,
                "language": each.language,
                "source": each.source,
                "store": str(folder),
                "sha256": each.digest,
            }
            for folder in folders
            for _, each in sorted(store_in(folder).schemas.items())
        ),
    ]


def as_text(schemas: Sequence[Mapping[str, str]]) -> str:
    """Return a list of schemas for people."""
    return "".join(
        f"{each['name']}: {each['version']}, {each['language']}\n"
        + (
            f"  {each['source']}\n  in {each['store']}\n"
            if "store" in each
            else "  comes with the toolkit\n"
        )
        for each in schemas
    )


def _stored(names: Iterable[str], folder: Path) -> list[StoredSchema]:
    schemas = store_in(folder).schemas
    missing = [name for name in names if name not in schemas]
    if missing:
        raise WrongUseError(f"there is no schema {missing[0]} in {folder} (tei schema list)")
    return [schemas[name] for name in names]


def _described(schema: StoredSchema) -> str:
    number = len(schema.files)
    files = "1 file" if number == 1 else f"{number} files"
    return f"{schema.name}: {schema.version}, {schema.language}, {files} in {schema.folder}"
