"""One run of ``tei validate``: what was asked, which files that means, what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from toolkit.checking.codes import Codes
from toolkit.checking.paths import expand
from toolkit.diagnostics import Diagnostic, Position
from toolkit.diagnostics.formats import render
from toolkit.diagnostics.sources import Sources
from toolkit.diagnostics.used_schema import Origin
from toolkit.files import NOT_FOUND
from toolkit.pipeline.running import Options
from toolkit.pipeline.validate import (
    counting,
    schema_addresses,
    validate_files,
    validation_context,
)
from toolkit.steps.report import Report
from toolkit.summary import summarise

if TYPE_CHECKING:
    from toolkit.edition import Edition

# What few runs need is loaded by those that do: most runs are over in a moment.

SUFFIX = ".xml"
_OF_SCHEMAS = ("V18", "V190", "V690")


class Request(NamedTuple):
    """What ``tei validate`` was asked.

    Attributes:
        paths: files, folders and patterns; none for the files of the edition.
        given: documents that are not read from files, by the names they are to have.
        edition: the edition the documents belong to.
        schema: a RELAX NG schema to use instead of the edition's.
        catalogs: XML catalogs to ask before those of the edition.
        phase: the phase of Schematron rules to check; "" for what each schema proposes.
        schematron: whether to check Schematron rules.
        references: whether to follow pointers.
        cache: whether to use and fill the cache folder.
        codes: the codes that count.
        revision: only files that changed since this revision are looked at.
        baseline: a file with the findings that are known.
    """

    paths: tuple[Path, ...] = ()
    given: Mapping[str, bytes] = MappingProxyType({})
    edition: Edition | None = None
    schema: Path | None = None
    catalogs: tuple[Path, ...] = ()
    phase: str = ""
    schematron: bool = True
    references: bool = True
    cache: bool = True
    codes: Codes = Codes()
    revision: str | None = None
    baseline: Path | None = None

    @property
    def sources(self) -> Sources:
        """The texts that findings are about."""
        return Sources(self.given)

    def sources_of(self, reports: Iterable[Report]) -> Sources:
        """Return the texts that findings are about, and what they were checked against."""
        return Sources(self.given, {each.file: each.schemas for each in reports})


class Selection(NamedTuple):
    """The files to look at, and what is wrong with the paths that were named."""

    files: tuple[Path, ...]
    findings: tuple[Diagnostic, ...] = ()


class Outcome(NamedTuple):
    """What a run found: the reports on files, what is to be told, how many findings are known."""

    reports: tuple[Report, ...]
    diagnostics: tuple[Diagnostic, ...]
    known: int = 0

    @property
    def summary(self) -> str:
        """The closing line of the command."""
        return summarise(self.reports, self.diagnostics, "checked", known=self.known)

    @property
    def used_bundled_schemas_only(self) -> bool:
        """Whether no document was checked against anything but the toolkit's own."""
        used = (schema for each in self.reports for schema in each.schemas)
        return all(schema.origin is Origin.BUNDLED for schema in used)


def select_files(request: Request) -> Selection:
    """Return the files that the request means.

    Raises:
        WrongUseError: it cannot be found out which files have changed.
    """
    found: list[Diagnostic] = []
    if request.paths:
        files, found = expand(request.paths, SUFFIX)
    elif request.edition and not request.given:
        files = [*request.edition.tei_files(), *request.edition.register_files()]
        found = [] if files and _may_lack(request.edition) else [_no_documents(request.edition.tei)]
    else:
        files = []
    if request.revision is not None:
        from toolkit.checking.revisions import changed_since

        changed = changed_since(request.revision, Path.cwd())
        files = [file for file in files if Path(os.path.realpath(file)) in changed]
    found += _bad_catalogs(request)
    return Selection((*map(Path, request.given), *files), tuple(found))


def _may_lack(edition: Edition) -> bool:
    """Tell whether nothing is amiss with the folder of documents: it is there, or goes unnamed."""
    return edition.tei.is_dir() or edition.tei == edition.root / "tei"


def _no_documents(folder: Path) -> Diagnostic:
    """Return the finding that an edition has nothing to check, which is no success."""
    return NOT_FOUND.at(
        Position(str(folder)),
        f"the edition has no {SUFFIX} file in this folder",
        'Make its documents with tei build, or name their folder in edition.toml: tei = "…".',
    )


def _bad_catalogs(request: Request) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the catalogs, which concerns no file more than another."""
    catalogs = schema_addresses(request.edition, request.catalogs).catalogs
    if not catalogs:
        return ()
    from toolkit.validate.catalogs import check_catalogs

    return check_catalogs(catalogs)


def check(request: Request, selection: Selection, options: Options) -> Iterator[Report]:
    """Yield a report on each file, with the findings that count."""
    context = validation_context(
        request.edition,
        request.schema,
        catalogs=request.catalogs,
        phase=request.phase,
        schematron=request.schematron,
        references=request.references,
        cache=request.cache,
    )
    reports = validate_files(selection.files, context, options, request.given)
    return (counting(report, request.codes) for report in reports)


def conclude(
    request: Request,
    selection: Selection,
    reports: Iterable[Report],
    new_baseline: Path | None = None,
) -> Outcome:
    """Return what is to be told, each finding once: what is not known from the baseline.

    With ``new_baseline`` the findings are written there first, and known from then on. What kept
    a file from being checked at all is never known.

    Raises:
        DiagnosticError: a baseline cannot be read (F0xx, E201) or written (F006).
    """
    done = tuple(reports)
    found = tuple(
        _told_once([*selection.findings, *(d for each in done for d in each.diagnostics)])
    )
    path = new_baseline or request.baseline
    if path is None:
        return Outcome(done, found)
    from toolkit.checking.baseline import compare, no_longer_needed, read_baseline, write_baseline

    always = frozenset(d for each in done if each.failed for d in each.diagnostics)
    if new_baseline is not None:
        write_baseline(new_baseline, [d for d in found if d not in always], request.sources)
    baseline = read_baseline(path)
    compared = compare(found, baseline, request.sources, always)
    spare = no_longer_needed(compared, baseline, _looked_at(request, path, done), request.codes)
    return Outcome(done, (*compared.new, *spare), compared.known)


def is_schema_unusable(request: Request, outcome: Outcome) -> bool:
    """Tell whether the schema that was asked for is no schema: no fault of any document."""
    failed = (each for each in outcome.reports if each.failed)
    return request.schema is not None and any(
        finding.code.startswith(_OF_SCHEMAS) for each in failed for finding in each.diagnostics
    )


def _told_once(findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield each finding once: a mistake in a schema is met with every document.

    Of the documents that name one address of a schema which is not at hand, the first is told.
    """
    if len(findings) < 2:
        yield from findings
        return
    from toolkit.validate.association.findings import NOT_AT_HAND

    told: set[Diagnostic | str] = set()
    for finding in findings:
        is_address = finding.code == NOT_AT_HAND.code and "://" in finding.message
        key = finding.message if is_address else finding
        if key not in told:
            told.add(key)
            yield finding


def _looked_at(request: Request, baseline: Path, reports: Sequence[Report]) -> frozenset[str]:
    """Return the files of which every finding is known, as the baseline names them."""
    from toolkit.checking.baseline import relative

    if request.phase or not (request.schematron and request.references):
        return frozenset()
    return frozenset(relative(each.file, baseline.parent) for each in reports if not each.failed)


def shown(outcome: Outcome, request: Request, format_: str, *, as_statistics: bool) -> str:
    """Return the findings in a format, or how often each code was found."""
    if not as_statistics:
        return render(format_, outcome.diagnostics, request.sources_of(outcome.reports))
    from toolkit.checking.statistics import as_json, as_text, counts

    found = counts(outcome.diagnostics)
    return as_json(found) if format_ == "json" else as_text(found)
