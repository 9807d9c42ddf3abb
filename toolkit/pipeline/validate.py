"""Validating TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cache import cache_folder
from toolkit.checking.codes import Codes
from toolkit.diagnostics.used_schema import Origin
from toolkit.pipeline.running import Options, run
from toolkit.steps.report import Report
from toolkit.steps.validate import ValidateTask, run_validate
from toolkit.validate import Context, prepare
from toolkit.validate.addresses import Addresses, addresses_of

if TYPE_CHECKING:
    from toolkit.edition import Edition


def validate_files(
    files: Sequence[Path],
    context: Context,
    options: Options,
    given: Mapping[str, bytes] | None = None,
) -> Iterator[Report]:
    """Validate TEI files; ``given`` are contents that are not read from the files of that name."""
    contents = given or {}
    tasks = [ValidateTask(file, context, contents.get(str(file))) for file in files]
    return run(run_validate, tasks, options, partial(prepare, context))


def validation_context(
    edition: Edition | None,
    schema: Path | None = None,
    *,
    catalogs: tuple[Path, ...] = (),
    phase: str = "",
    schematron: bool = True,
    references: bool = True,
    cache: bool = True,
) -> Context:
    """Return what the documents of the edition, or of none, are validated against.

    Args:
        edition: the edition.
        schema: a RELAX NG schema to use instead of the edition's.
        catalogs: XML catalogs to ask before those of the edition.
        phase: the phase of Schematron rules to check; "" for what each schema proposes.
        schematron: whether to check Schematron rules.
        references: whether to follow pointers.
        cache: whether to use and fill the cache folder.
    """
    found = Context(
        schema=schema,
        addresses=schema_addresses(edition, catalogs),
        phase=phase,
        schematron=schematron,
        references=references,
        cache=cache_folder() if cache else None,
    )
    if edition is None:
        return found
    return replace(
        found,
        schema=schema or edition.schema,
        origin=Origin.OPTION if schema else Origin.EDITION,
        root=edition.root,
        registers=edition.register_files(),
        documents=edition.tei,
        awaited=_awaited(edition.annotation),
    )


def _awaited(annotation: Path) -> frozenset[str]:
    """Return the ids of the entries that names may mean which wait for an editor."""
    if not annotation.is_dir():
        return frozenset()
    # Most of what annotation stands on is not needed to validate.
    from toolkit.pipeline.annotate import entries_awaited

    return entries_awaited(annotation)


def schema_addresses(edition: Edition | None, catalogs: tuple[Path, ...] = ()) -> Addresses:
    """Return where schemas are looked for: by catalogs, and in the stores."""
    if edition is None:
        return addresses_of(catalogs, None)
    return addresses_of((*catalogs, *edition.catalogs), edition.schemas)


def counting(report: Report, codes: Codes) -> Report:
    """Return a report with the findings that count: all, where a file could not be checked."""
    if report.failed:
        return report
    return replace(report, diagnostics=codes.counting(report.diagnostics))
