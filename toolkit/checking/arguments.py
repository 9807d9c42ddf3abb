"""What was written on the command line of ``tei validate``, and the request that it makes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.checking import WrongUseError
from toolkit.checking.codes import Codes, UnknownCodeError, code_of
from toolkit.checking.run import Request
from toolkit.edition_folder import is_edition
from toolkit.resources import SCHEMAS

if TYPE_CHECKING:
    from toolkit.edition import Edition

STANDARD_INPUT = Path("-")
_UNNAMED = "<stdin>"


class Arguments(NamedTuple):
    """The arguments, as they were written; ``standard_input`` is what was read from there."""

    paths: tuple[Path, ...] = ()
    standard_input: bytes | None = None
    stdin_filename: Path | None = None
    edition: Path = Path()
    schema: Path | None = None
    catalogs: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    phase: str | None = None
    schematron: bool = True
    references: bool = True
    cache: bool = True
    changed_since: str | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None
    statistics: bool = False
    watch: bool = False
    format: str = "text"
    output_file: Path | None = None


def refuse_contradictions(arguments: Arguments) -> None:
    """Refuse options that contradict each other.

    Raises:
        WrongUseError: two of them do.
    """
    reads_input = STANDARD_INPUT in arguments.paths
    apart = {
        "--watch": arguments.watch,
        "--write-baseline": arguments.write_baseline is not None,
        "standard input": reads_input,
    }
    chosen = [name for name, is_chosen in apart.items() if is_chosen]
    if arguments.write_baseline and arguments.changed_since is not None:
        chosen.append("--changed-since")
    if len(chosen) > 1:
        raise WrongUseError(f"{chosen[0]} does not go with {chosen[1]}")
    if arguments.phase is not None and not arguments.schematron:
        raise WrongUseError("--phase does not go with --no-schematron")
    if arguments.stdin_filename and not reads_input:
        raise WrongUseError("--stdin-filename goes with standard input, which is named -")
    if arguments.watch and (arguments.format != "text" or arguments.output_file):
        raise WrongUseError("--watch shows text: leave out --format and --output-file")
    if arguments.statistics and arguments.format not in ("text", "json"):
        raise WrongUseError("--statistics is shown as text or json")


def request_of(arguments: Arguments) -> Request:
    """Return the request that the arguments and the settings of the edition make.

    Raises:
        WrongUseError: there is no such schema, or no such code.
        DiagnosticError: there is no edition where one is needed (E001), or its settings are wrong
            (E002, E003, C201).
    """
    for catalog in arguments.catalogs:
        if not catalog.is_file():
            raise WrongUseError(f"there is no catalog {catalog}")
    edition = _edition(arguments)
    if edition and not arguments.paths:
        _check_conventions(edition)
    name = str(arguments.stdin_filename or _UNNAMED)
    content = arguments.standard_input
    return Request(
        paths=tuple(path for path in arguments.paths if path != STANDARD_INPUT),
        given={} if content is None else {name: content},
        edition=edition,
        schema=_schema(arguments, edition),
        catalogs=arguments.catalogs,
        phase=arguments.phase or "",
        schematron=arguments.schematron,
        references=arguments.references,
        cache=arguments.cache,
        codes=_codes(arguments, edition),
        revision=arguments.changed_since,
        baseline=arguments.baseline,
    )


def _edition(arguments: Arguments) -> Edition | None:
    folder = arguments.edition
    if arguments.paths and folder == Path() and not is_edition(folder):
        return None
    from toolkit.edition import load_edition

    return load_edition(folder)


def _check_conventions(edition: Edition) -> None:
    """Make sure that the edition names profiles there are, though no transcription is read.

    Raises:
        DiagnosticError: there is no such profile (C201).
    """
    named = {edition.conventions, *(choice.conventions for choice in edition.documents)}
    if all((SCHEMAS / "conventions" / f"{name}.json").is_file() for name in named):
        return
    from toolkit.pipeline.conventions import check_settings, find_conventions

    check_settings(edition, find_conventions)


def _schema(arguments: Arguments, edition: Edition | None) -> Path | None:
    if arguments.schema is None:
        return None
    from toolkit.pipeline.schemas import named_schema

    return named_schema(str(arguments.schema), edition, arguments.catalogs)


def _codes(arguments: Arguments, edition: Edition | None) -> Codes:
    """Return the codes that count: an option replaces the setting of its name."""
    settings = edition.codes if edition else Codes()
    try:
        return Codes(
            select=_each(arguments.select) or settings.select,
            ignore=_each(arguments.ignore) or settings.ignore,
            ignore_in_files=settings.ignore_in_files,
            root=settings.root,
        )
    except UnknownCodeError as error:
        raise WrongUseError(f"{error}. {error.hint}") from None


def _each(options: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of options that may hold several, with commas between them."""
    words = (word for option in options for word in option.split(","))
    return tuple(code_of(word) for word in words if word.strip())
