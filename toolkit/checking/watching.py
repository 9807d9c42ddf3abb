"""Waiting until a file changes.

Files are asked for their time and size again and again. That costs a few milliseconds a second for
an edition, works on network drives and in containers, where messages of the system about changes
do not arrive, and needs no library.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from toolkit.checking import WrongUseError
from toolkit.checking.arguments import Arguments, request_of
from toolkit.checking.run import Outcome, Request, select_files
from toolkit.diagnostics import DiagnosticError
from toolkit.diagnostics.used_schema import Origin
from toolkit.edition_folder import SETTINGS_FILE
from toolkit.files import version
from toolkit.pipeline.validate import schema_addresses
from toolkit.validate.schemas import forget_schemas
from toolkit.validate.store.folder import LIST as STORE_LIST

_PAUSE = 0.3
_SETTLED = 0.05
# At most this part of the time is spent looking.
_SHARE = 0.1

_SCHEMA_SUFFIXES = (".rng", ".rnc", ".sch")

Versions = dict[Path, tuple[int, int] | None]


def watch(
    arguments: Arguments,
    run: Callable[[Request], Outcome],
    refuse: Callable[[Exception], object],
) -> NoReturn:
    """Run again whenever a file changes on which the findings depend, until interrupted.

    Args:
        arguments: what was asked; the settings of the edition are read anew each time.
        run: validates, and shows what was found.
        refuse: shows why nothing can be validated at present.
    """
    request, named = Request(), frozenset[Path]()
    while True:
        try:
            request = request_of(arguments)
            before = versions(watched(request, arguments.edition))
            named = _named_by_documents(run(request))
            before |= versions(_with_parts(named))
        except (DiagnosticError, WrongUseError) as error:
            before = versions(watched(request, arguments.edition, named))
            refuse(error)
        _wait_for_change(partial(watched, request, arguments.edition, named), before)
        forget_schemas()


def watched(
    request: Request, folder: Path, schemas: frozenset[Path] = frozenset()
) -> Iterator[Path]:
    """Yield the files on which the findings depend: those that are there, and those to come.

    ``folder`` is where the settings of the edition would lie; ``schemas`` are those that documents
    name.
    """
    yield folder / SETTINGS_FILE
    with suppress(WrongUseError):  # the run itself tells of it
        yield from select_files(request).files
    if request.edition:
        yield from request.edition.register_files()
    yield from _schemas(request)
    yield from _with_parts(schemas)
    if request.baseline:
        yield request.baseline


def _schemas(request: Request) -> Iterator[Path]:
    """Yield the schemas, stores and catalogs: those of the user, and all that the edition has."""
    addresses = schema_addresses(request.edition, request.catalogs)
    yield from addresses.catalogs
    yield from (store / STORE_LIST for store in addresses.stores)
    schema = request.schema or (request.edition.schema if request.edition else None)
    if schema:
        yield from _with_parts({schema})


def _with_parts(schemas: Iterable[Path]) -> Iterator[Path]:
    """Yield schemas and what they may include, which lies beside them."""
    yield from schemas
    for folder in sorted({schema.parent for schema in schemas}):
        with suppress(OSError):
            yield from (f for f in folder.iterdir() if f.suffix.lower() in _SCHEMA_SUFFIXES)


def _named_by_documents(outcome: Outcome) -> frozenset[Path]:
    """Return the schema files that documents name themselves."""
    used = (schema for report in outcome.reports for schema in report.schemas)
    paths = {Path(each.name) for each in used if each.origin is Origin.XML_MODEL}
    return frozenset(path for path in paths if path.is_file())


def versions(files: Iterable[Path]) -> Versions:
    """Return what changes when one of the files does."""
    return {file: version(file) for file in files}


def _wait_for_change(files: Callable[[], Iterable[Path]], before: Versions) -> None:
    """Wait until the files are not as they were, and no longer changing."""
    pause = _PAUSE
    while True:
        time.sleep(pause)
        begun = time.monotonic()
        now = versions(files())
        if now != before:
            break
        pause = max(_PAUSE, (time.monotonic() - begun) / _SHARE)
    while True:
        time.sleep(_SETTLED)
        later = versions(files())
        if later == now:
            return
        now = later
