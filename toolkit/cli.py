"""The command ``tei``: reads arguments, calls one function, prints."""

from __future__ import annotations

import copy
import gc
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from toolkit import __version__
from toolkit.checking import WrongUseError
from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.diagnostics.colour import coloured, wanted
from toolkit.diagnostics.diagnostic import has_findings
from toolkit.diagnostics.formats import names as format_names
from toolkit.diagnostics.formats import render

if TYPE_CHECKING:
    from toolkit.edition import Edition
    from toolkit.pipeline.running import Options
    from toolkit.steps.report import Report

# The libraries that do the work take long to load, so each command imports what it uses.

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # ECMA-48: the screen, what was scrolled away, back to the top
_WATCHING = "Watching for changes; Ctrl-C ends."

CLEAN, FINDINGS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

# What a command makes is needed to its end, or freed at once: there are hardly any circles.
_OBJECTS_BEFORE_COLLECTION = 50_000

app = typer.Typer(
    name="tei",
    help="Plain transcriptions to validated TEI, web pages and print.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE...", help="Files; without any, the edition's own."),
]
EditionFolder = Annotated[
    Path,
    typer.Option("--edition", metavar="DIR", help="Folder of the edition (with edition.toml)."),
]
OutputFolder = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder to write into.")
]
Format = Annotated[
    str, typer.Option("--format", metavar="NAME", help=f"{', '.join(format_names())}.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes to work with."),
]
AnnotationFolder = Annotated[
    Path | None,
    typer.Option(
        "--annotation", metavar="DIR", help="Folder of decisions, and of names that wait for them."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite TEI files that were edited by hand.")
]


class _Interrupted(BaseException):
    """Ctrl-C, under a name that the command line library does not catch and silence."""


def main() -> None:
    """Run the command and exit: 0 clean, 1 findings, 2 wrong use, 130 interrupted."""
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        _with_command(sys.argv[1:2])()
    except DiagnosticError as error:
        sys.stderr.write(_rendered("text", error.diagnostics, sys.stderr))
        sys.exit(WRONG_USE)
    except WrongUseError as error:
        sys.stderr.write(f"tei: {error}\n")
        sys.exit(WRONG_USE)
    except _Interrupted:
        sys.stderr.write("\nInterrupted. What was finished is kept; no file is half written.\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINDINGS)
    except OSError as error:
        sys.stderr.write(f"tei: cannot go on: {error}\n")
        sys.exit(FINDINGS)
    finally:
        signal.signal(signal.SIGINT, before)


def _with_command(named: list[str]) -> typer.Typer:
    """Return the application with the command that was named; with all of them if none was.

    To prepare the options of the others would take longer than to check a small file.
    """
    commands = [c for c in app.registered_commands if c.callback and c.callback.__name__ in named]
    groups = [group for group in app.registered_groups if group.name in named]
    if not (commands or groups):
        return app
    reduced = copy.copy(app)
    reduced.registered_commands, reduced.registered_groups = commands, groups
    return reduced


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Interrupted


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"tei {__version__}")
        raise typer.Exit


@app.command(short_help="Make a new edition.", epilog="Example: tei init my-letters")
def init(
    folder: Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make.")],
) -> None:
    """Make a new edition that builds at once and explains itself."""
    from toolkit.new_edition import make_edition

    for path in make_edition(folder):
        typer.echo(path)
    typer.echo(f"\nNow: cd {folder} && tei build")


@app.command(
    short_help="Convert plain transcriptions to TEI.",
    epilog="Example: tei convert letter.txt --conventions default --output tei",
)
def convert(
    files: Files = None,
    conventions: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Convention profile: a name or the path of a JSON file."),
    ] = None,
    edition: EditionFolder = Path(),
    output: OutputFolder = None,
    format_: Format = "text",
    jobs: Jobs = None,
    quiet: Quiet = False,
    force: Force = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Print what became of every character.")
    ] = False,
) -> None:
    """Convert plain transcriptions to TEI; no character is lost or invented."""
    from toolkit.pipeline import conventions as profiles
    from toolkit.pipeline.convert import convert_edition, convert_files

    options = _options(format_, jobs, force=force)
    if not files:
        found = _edition(edition)
        if conventions:
            _wrong_use("--conventions goes with files; an edition names its own in edition.toml")
        reports = convert_edition(found, options, output=output, with_ledger=ledger)
        total = len(found.transcription_files())
    else:
        maybe = _edition_or_none(edition)
        if conventions:
            profiles.check_conventions(conventions, maybe)
        reports = convert_files(files, output, conventions, maybe, options, with_ledger=ledger)
        total = len(files)
    _finish(_progress(reports, total, quiet), format_, quiet, "converted", counts=True)


conventions_app = typer.Typer(
    help="Show and check convention profiles.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(conventions_app, name="conventions", short_help="Show and check convention profiles.")


@conventions_app.command("list", epilog="Example: tei conventions list")
def list_conventions(edition: EditionFolder = Path()) -> None:
    """List the convention profiles: the toolkit's and the edition's own."""
    from toolkit.pipeline import conventions as profiles

    for name, title, description in profiles.list_conventions(_edition_or_none(edition)):
        typer.echo(f"{name}: {title}\n  {description}")


@conventions_app.command("show", epilog="Example: tei conventions show wilson-center")
def show_conventions(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, or path of a JSON file.")],
    edition: EditionFolder = Path(),
) -> None:
    """Show the notation of a profile, and the TEI it becomes."""
    from toolkit.pipeline import conventions as profiles

    typer.echo(profiles.describe_conventions(name, _edition_or_none(edition)))


@conventions_app.command("check", epilog="Example: tei conventions check conventions/mine.json")
def check_conventions(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Profiles.")],
    format_: Format = "text",
    quiet: Quiet = False,
) -> None:
    """Check profiles of your own, and run their examples."""
    from toolkit.pipeline import conventions as profiles

    _options(format_, None)
    reports = profiles.check_profiles(files)
    _finish(_progress(reports, len(files), quiet), format_, quiet, "checked")


schema_app = typer.Typer(
    help="Keep, list, export and compare schemas.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(schema_app, name="schema", short_help="Keep, list, export and compare schemas.")

StoreFolder = Annotated[
    Path | None, typer.Option("--store", metavar="DIR", help="Folder of another store.")
]
UserStore = Annotated[
    bool, typer.Option("--user", help="The store of the user, not that of the edition.")
]
ListFormat = Annotated[str, typer.Option("--format", metavar="NAME", help="text, json.")]


@schema_app.command(
    "add",
    short_help="Put a schema into the store.",
    epilog="Example: tei schema add https://dracor.org/schema.rng",
)
def add_schema(
    source: Annotated[str, typer.Argument(metavar="URL|FILE", help="RELAX NG or Schematron.")],
    name: Annotated[
        str | None,
        # Left to itself, typer takes the metavar for the name of the option.
        typer.Option("--name", metavar="NAME", help="Name of the schema; else that of its file."),
    ] = None,
    edition: EditionFolder = Path(),
    user: UserStore = False,
    store: StoreFolder = None,
) -> None:
    """Put a schema into the store, with all that it refers to, pinned by its SHA-256.

    In an edition that is the edition's store, which goes with it under version control. This is
    the only command that fetches anything, and only what it is told to.
    """
    from toolkit.pipeline import schemas

    folder = schemas.store_folder(_edition_or_none(edition), store, user=user)
    typer.echo(schemas.add_schema(source, name, folder))


@schema_app.command(
    "list", short_help="List the schemas.", epilog="Example: tei schema list --format json"
)
def list_schemas(
    edition: EditionFolder = Path(), store: StoreFolder = None, format_: ListFormat = "text"
) -> None:
    """List the schemas: those of the toolkit, of the edition and of the user."""
    import json

    from toolkit.pipeline import schemas

    _one_of(schemas.FORMATS, format_)
    found = schemas.list_schemas(_edition_or_none(edition), store)
    listed = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.write(listed if format_ == "json" else schemas.as_text(found))


@schema_app.command(
    "export",
    short_help="Write a schema as one file.",
    epilog="Example: tei schema export dracor --output dracor.rng",
)
def export_schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name or file of a schema.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write.")
    ] = None,
    edition: EditionFolder = Path(),
) -> None:
    """Write a RELAX NG schema as one file in XML syntax, with all that it refers to.

    Without --output it is printed. Annotations and Schematron rules are left out.
    """
    from toolkit.pipeline import schemas

    exported = schemas.export_schema(name, _edition_or_none(edition))
    new_folders = _to_be_made(output)
    _write(exported, output)
    _tell_of_folders(new_folders)


@schema_app.command(
    "update", short_help="Fetch schemas again.", epilog="Example: tei schema update dracor"
)
def update_schemas(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="Schemas; without any, all.")
    ] = None,
    edition: EditionFolder = Path(),
    user: UserStore = False,
    store: StoreFolder = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Fetch nothing: pin the files as they were changed.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Give up what was changed in the store.")
    ] = False,
) -> None:
    """Fetch schemas of the store again, and pin what they are now.

    A schema that was changed in the store is not fetched again, unless with --force.
    """
    from toolkit.pipeline import schemas

    if keep and force:
        _wrong_use("--keep does not go with --force")
    folder = schemas.store_folder(_edition_or_none(edition), store, user=user)
    update = schemas.keep_schemas if keep else partial(schemas.update_schemas, force=force)
    for said in update(names or (), folder):
        typer.echo(said)


@schema_app.command(
    "remove",
    short_help="Take a schema out of the store.",
    epilog="Example: tei schema remove dracor",
)
def remove_schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a schema.")],
    edition: EditionFolder = Path(),
    user: UserStore = False,
    store: StoreFolder = None,
) -> None:
    """Take a schema out of the store."""
    from toolkit.pipeline import schemas

    folder = schemas.store_folder(_edition_or_none(edition), store, user=user)
    schemas.remove_schema(name, folder)


@schema_app.command(
    "compare",
    short_help="Tell in what two schemas differ.",
    epilog="Example: tei schema compare tei my.rng",
)
def compare_schemas(
    first: Annotated[str, typer.Argument(metavar="A", help="A RELAX NG schema: a file or a name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    format_: ListFormat = "text",
) -> None:
    """Tell whether two schemas accept the same documents, and in what they differ.

    Exit codes: 0 the same, 1 not the same or not known, 2 wrong use.
    """
    from toolkit.pipeline import schemas

    _one_of(schemas.FORMATS, format_)
    compared = schemas.compare_schemas(first, second, format_)
    sys.stdout.write(compared.text)
    raise typer.Exit(CLEAN if compared.same else FINDINGS)


register_app = typer.Typer(
    help="Fill registers from tables, export them, add an entry.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(register_app, name="register", short_help="Import, export and extend registers.")

RegisterFolder = Annotated[
    Path | None,
    typer.Option("--registers", metavar="DIR", help="Folder of the registers (TEI)."),
]
RegisterFile = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Register to write to; else the one of the kind."),
]
EntryKindName = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="person, place, organisation, event, work."),
]


@register_app.command(
    "import",
    short_help="Fill registers from a table.",
    epilog="Example: tei register import persons.csv --kind person --dry-run",
)
def import_register(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, TSV, GeoJSON, or an OpenRefine export.")
    ],
    kind: EntryKindName = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="HEADER=FIELD",
            help="What a column holds, such as Nachname=surname; nothing after = leaves it out.",
        ),
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option("--columns", metavar="FILE", help="The same as data: a JSON object."),
    ] = None,
    separator: Annotated[
        str, typer.Option("--separator", metavar="SIGN", help="What parts values in a cell.")
    ] = "|",
    records: Annotated[
        bool,
        typer.Option("--records", help="Rows without a name go on with the row above."),
    ] = False,
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help="Such as windows-1252; else UTF-8.")
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            "--form", metavar="FORM", help="csv, tsv, json or geojson; else told by the file name."
        ),
    ] = "",
    to: RegisterFile = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be imported; write nothing.")
    ] = False,
    edition: EditionFolder = Path(),
    registers: RegisterFolder = None,
    format_: Format = "text",
    quiet: Quiet = False,
) -> None:
    """Fill registers from a table. What registers have already stays as it is.

    The table may be CSV or TSV (also with semicolons), GeoJSON, or what OpenRefine exports. Its
    headers tell what the columns hold: id, kind, name, surname, forename, variants, birth, death,
    date, author, latitude, longitude, GND, VIAF, Wikidata, GeoNames, ORCID, ISNI, note, in English,
    German or French. Rows with mistakes are told and left out.

    Exit codes: 0 imported, 1 rows with mistakes, 2 wrong use, or a table that cannot be read.
    """
    from toolkit.pipeline import registers as work

    _options(format_, None)
    maybe = _edition_or_none(edition) if registers else _edition(edition)
    folder = registers or _edition(edition).registers
    wanted = work.Import(
        folder=folder,
        kind=_kind(kind),
        target=to,
        columns=work.chosen_columns(column or (), columns),
        separator=separator or "|",
        records=records,
        encoding=encoding,
        form=form.lower(),
        language=maybe.language if maybe else "en",
    )
    imported = work.import_table(file, wanted)
    if dry_run:
        for entry in imported.entries:
            typer.echo(f"{entry.kind} {entry.id}: {entry.name}")
    else:
        work.write_registers(imported.registers)
    sys.stdout.write(_rendered(format_, imported.diagnostics, sys.stdout))
    if not quiet:
        typer.echo(work.summary(imported, written=not dry_run), err=True)
    _exit(imported.diagnostics)


@register_app.command(
    "export",
    short_help="Write registers as CSV, JSON-LD or BEACON.",
    epilog="Example: tei register export --form csv --output registers.csv",
)
def export_registers(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Registers; without any, all.")
    ] = None,
    form: Annotated[
        str, typer.Option("--form", metavar="NAME", help="csv, json-ld, beacon.")
    ] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write.")
    ] = None,
    edition: EditionFolder = Path(),
    registers: RegisterFolder = None,
) -> None:
    """Write the entries of registers as CSV, JSON-LD or BEACON; without --output to the screen.

    The CSV can be imported again. BEACON lists the GND numbers with the pages of the entries; for
    that edition.toml has to tell the address of the edition.
    """
    from toolkit.pipeline import registers as work

    found = _edition_or_none(edition) if registers or files else _edition(edition)
    folder = registers or (found.registers if found else None)
    made, faults = work.export_registers(files or (), folder, form, found)
    new_folders = _to_be_made(output)
    _write(made, output)
    _tell_of_folders(new_folders)
    sys.stderr.write(_rendered("text", faults, sys.stderr))
    _exit(faults)


@register_app.command(
    "add",
    short_help="Add an entry to a register.",
    epilog='Example: tei register add "Anna Berg" --kind person --number GND=118529390',
)
def add_register_entry(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name.")],
    kind: EntryKindName = None,
    identifier: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its xml:id; else made of the name.")
    ] = None,
    variant: Annotated[
        list[str] | None, typer.Option("--variant", metavar="NAME", help="Another written form.")
    ] = None,
    number: Annotated[
        list[str] | None,
        typer.Option("--number", metavar="AUTHORITY=NUMBER", help="Such as GND=118529390."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=TEXT", help="Such as birth=1907-02-21, note=…"),
    ] = None,
    to: RegisterFile = None,
    force: Annotated[
        bool, typer.Option("--force", help="Add it although the registers have one like it.")
    ] = False,
    edition: EditionFolder = Path(),
    registers: RegisterFolder = None,
) -> None:
    """Add an entry to the register of its kind; the rest of the register stays as it is."""
    from toolkit.pipeline import registers as work

    maybe = _edition_or_none(edition) if registers else _edition(edition)
    folder = registers or _edition(edition).registers
    request = work.Addition(
        kind=_kind(kind) or "",
        name=name,
        id=identifier or "",
        variants=tuple(variant or ()),
        numbers=tuple(number or ()),
        fields=tuple(set_ or ()),
        force=force,
    )
    typer.echo(work.add(request, folder, to, maybe.language if maybe else "en"))


def _kind(name: str | None) -> str | None:
    """Return the kind of entry that an option names."""
    from toolkit.registers.entry import entry_kinds, kind_named

    if name is None:
        return None
    found = kind_named(name)
    if found is None:
        _wrong_use(f"“{name}” is no kind of entry; there are: {', '.join(entry_kinds())}")
    return found.name


@app.command(
    short_help="Turn TEI back into the transcription.",
    epilog="Example: tei transcribe tei/letter.xml --output transcriptions",
)
def transcribe(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TEI files.")],
    output: OutputFolder = None,
    format_: Format = "text",
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Turn TEI made by tei convert back into its transcription, byte for byte.

    Without --output the transcription is printed.
    """
    from toolkit.pipeline.convert import transcribe_files

    reports = transcribe_files(files, output, _options(format_, jobs))
    _finish(_progress(reports, len(files), quiet), format_, quiet, "transcribed")


@app.command(
    short_help="Tag names and dates.",
    epilog="Example: tei annotate tei/letter.xml --registers tei/registers",
)
def annotate(
    files: Files = None,
    registers: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the registers (TEI).")
    ] = None,
    learn: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH", help="TEI file, or folder of them, with names that editors tagged."
        ),
    ] = None,
    folder: AnnotationFolder = None,
    only_certain: Annotated[
        bool | None,
        typer.Option(
            "--only-certain/--also-uncertain",
            help="Leave what is not certain to tei review (default), or tag it with cert=low.",
        ),
    ] = None,
    recogniser: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="spaCy model that proposes further names for review."),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take away what annotation has added; nothing else.")
    ] = False,
    edition: EditionFolder = Path(),
    output: OutputFolder = None,
    format_: Format = "text",
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Tag names and dates, linked to the registers; existing tags stay as they are.

    Names that may mean several entries, or none, wait for tei review; in an edition, or with
    --annotation, they are listed in review.json, and what editors have decided is done.
    """
    from toolkit.pipeline.annotate import (
        annotate_files,
        decisions_without_document,
        decisions_without_form,
        names_known,
        remove_annotation,
        waiting,
    )
    from toolkit.steps.annotate import learns_nothing

    options = _options(format_, jobs)
    maybe = _edition_or_none(edition) if files else _edition(edition)
    if remove:
        if registers or learn or folder or only_certain is not None or recogniser:
            _wrong_use("--remove goes with files and --output only")
        going = files or list(maybe.tei_files() if maybe else ())
        reports = _progress(remove_annotation(going, output, options), len(going), quiet)
        _finish(reports, format_, quiet, "freed of annotation", counts=True)
    known = registers or (maybe.registers if maybe else None)
    if known is None:
        _wrong_use("name the folder of the registers with --registers, or an edition")
    if not known.is_dir() and registers is not None:
        _wrong_use(f"there is no folder {known}")
    for path in learn or ():
        if not path.exists():
            _wrong_use(f"there is no file or folder {path} to learn from")
        if path.is_dir() and not any(path.rglob("*.xml")):
            _wrong_use(f"there are no XML files in the folder {path} to learn from")
    paths = files or list(maybe.tei_files() if maybe else ())
    names = names_known(known, learn or (), maybe, folder)
    if only_certain is not None:
        names = replace(names, only_certain=only_certain)
    if recogniser:
        names = replace(names, recogniser=recogniser)
    if learn and not quiet and learns_nothing(names):
        said = "nothing is learned: no tag in these files points to an entry of the registers"
        typer.echo(said, err=True)
    reports = annotate_files(paths, names, output, options)
    if maybe is not None and not files:
        idle = decisions_without_document(names, maybe), decisions_without_form(names, maybe)
        reports = chain(*idle, reports)
    closing = partial(waiting, names)
    progress = _progress(reports, len(paths), quiet)
    _finish(progress, format_, quiet, "annotated", counts=True, closing=closing)


@app.command(
    short_help="Decide about names that annotation left open.",
    epilog="Example: tei review --list",
)
def review(
    edition: EditionFolder = Path(),
    folder: AnnotationFolder = None,
    registers: RegisterFolder = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="Take the decisions in this file over; ask nothing."
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List what is open; ask nothing.")] = False,
    format_: ListFormat = "text",
) -> None:
    """Go through the names that tei annotate left open, and decide whom they mean.

    One answer settles all places of a form. Each is written at once into decisions.toml, so that
    nothing is lost when you quit; tei annotate and tei build do what was decided. Answers may also
    come by lines from a pipe.

    Exit codes: 0 done, also if names are left open; 1 decisions for entries that no register has;
    2 wrong use, or files with mistakes; 130 interrupted.
    """
    from toolkit.reviewing import commands as work
    from toolkit.reviewing.review import Folders

    _one_of(work.FORMATS, format_)
    if answers and list_:
        _wrong_use("--answers does not go with --list")
    maybe = _edition_or_none(edition) if folder else _edition(edition)
    if maybe is None and registers is None:
        _wrong_use("name the folder of the registers with --registers, or an edition")
    folders = Folders(
        folder or _edition(edition).annotation,
        registers or _edition(edition).registers,
        maybe.language if maybe else "en",
    )
    found: tuple[Diagnostic, ...] = ()
    if list_:
        said, found = work.listed(folders, format_)
        sys.stdout.write(said)
    elif answers:
        said, found = work.take_over(folders, answers)
        typer.echo(said, err=True)
    else:
        typer.echo(work.converse(folders, sys.stdin, sys.stdout), err=True)
    sys.stderr.write(_rendered("text", found, sys.stderr))
    _exit(found)


@app.command(
    short_help="Check TEI files.",
    epilog="Example: tei validate tei --format json",
)
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, patterns such as 'tei/**/*.xml', or - for standard input; "
            "without any, the edition's files.",
        ),
    ] = None,
    schema: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="RELAX NG schema, XML or compact syntax, or the name of one (tei schema list).",
        ),
    ] = None,
    catalog: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="XML catalog: which file an address means."),
    ] = None,
    edition: EditionFolder = Path(),
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES",
            help="Only these count: codes (V101), beginnings (V1) or names, with commas.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="These do not count; the longer code decides."),
    ] = None,
    phase: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Phase of your Schematron rules to check, or ALL."),
    ] = None,
    no_schematron: Annotated[
        bool, typer.Option("--no-schematron", help="Leave out the Schematron rules.")
    ] = False,
    no_references: Annotated[
        bool, typer.Option("--no-references", help="Leave out pointers, and images and registers.")
    ] = False,
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help="Make everything anew; leave nothing in the cache folder."),
    ] = False,
    changed_since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Only files that changed since this git revision."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Findings that are known: only new ones count."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the findings down as known, and end well."),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Show how often each code is found.")
    ] = False,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What file standard input is, for pointers and messages."
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Validate again whenever a file changes.")
    ] = False,
    format_: Format = "text",
    output_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the findings into this file.")
    ] = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Check TEI files: well-formed, valid, identifiers unique, every pointer resolved.

    Exit codes: 0 nothing found, or notes only; 1 errors or warnings; 2 wrong use, or settings or a
    schema with mistakes; 130 interrupted.

    The codes that count can also be set in edition.toml; tei explain lists them all.
    """
    from toolkit.checking.arguments import (
        STANDARD_INPUT,
        Arguments,
        refuse_contradictions,
        request_of,
    )
    from toolkit.checking.run import (
        Outcome,
        Request,
        check,
        conclude,
        is_schema_unusable,
        select_files,
        shown,
    )

    options = _options(format_, jobs)
    named = tuple(paths or ())
    arguments = Arguments(
        paths=named,
        stdin_filename=stdin_filename,
        edition=edition,
        schema=schema,
        catalogs=tuple(catalog or ()),
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        phase=phase,
        schematron=not no_schematron,
        references=not no_references,
        cache=not no_cache,
        changed_since=changed_since,
        baseline=baseline,
        write_baseline=write_baseline,
        statistics=statistics,
        watch=watch,
        format=format_,
        output_file=output_file,
    )
    refuse_contradictions(arguments)
    if STANDARD_INPUT in named:
        arguments = arguments._replace(standard_input=sys.stdin.buffer.read())

    def run(request: Request) -> Outcome:
        selection = select_files(request)
        new_folders = _to_be_made(write_baseline, output_file)
        reports = _progress(check(request, selection, options), len(selection.files), quiet)
        outcome = conclude(request, selection, reports, write_baseline)
        if watch and sys.stdout.isatty():
            sys.stdout.write(_CLEAR)
        said = shown(outcome, request, format_, as_statistics=statistics)
        _write(said if output_file else _in_colours(said, format_, sys.stdout), output_file)
        if not quiet:
            _tell_of_folders(new_folders)
            typer.echo(outcome.summary, err=True)
            if phase and outcome.used_bundled_schemas_only:
                typer.echo(f"--phase {phase} changed nothing: no rules of yours apply", err=True)
        if watch:
            typer.echo(_WATCHING, err=True)
        return outcome

    if watch:
        from toolkit.checking.watching import watch as watch_files

        request_of(arguments)  # what is wrong from the start ends the command
        watch_files(arguments, run, _show_refusal)
    request = request_of(arguments)
    outcome = run(request)
    if is_schema_unusable(request, outcome):
        raise typer.Exit(WRONG_USE)
    _exit(outcome.diagnostics)


@app.command(
    short_help="Publish TEI as web pages, PDF, EPUB or text.",
    epilog="Example: tei publish tei/letter.xml --to html --to pdf --output site",
)
def publish(
    files: Files = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="NAME", help="Output, such as html; may be repeated."),
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option(
            "--layer",
            metavar="NAME",
            help="Of print: both, reading or diplomatic; instead of what edition.toml says.",
        ),
    ] = None,
    edition: EditionFolder = Path(),
    output: OutputFolder = None,
    format_: Format = "text",
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Publish TEI as web pages, PDF, EPUB or plain text."""
    from toolkit.pipeline.build import publish_edition
    from toolkit.pipeline.publish import publish_files

    options = _options(format_, jobs)
    maybe = _edition_or_none(edition) if files else _edition(edition)
    outputs = _outputs(to, maybe)
    own = _print_layer(layer)
    if files:
        reports = publish_files(
            files, outputs, output or Path("output"), maybe, options, print_settings=own
        )
        total = len(files) * len(outputs)
    else:
        found = maybe or _edition(edition)
        found = replace(found, print={**found.print, **own})
        reports = publish_edition(found, outputs, output or found.output, options)
        total = (len(found.tei_files()) + 1) * len(outputs)
    _finish(_progress(reports, total, quiet), format_, quiet, "published")


@app.command(
    short_help="Do all of it, only what changed.",
    epilog="Example: tei build --edition my-letters",
)
def build(
    edition: EditionFolder = Path(),
    output: OutputFolder = None,
    format_: Format = "text",
    jobs: Jobs = None,
    quiet: Quiet = False,
    force: Force = False,
) -> None:
    """Convert, annotate, validate and publish an edition: all of it, only what changed."""
    from dataclasses import replace

    from toolkit.pipeline.annotate import name_sources, waiting
    from toolkit.pipeline.build import build_edition, number_of_steps
    from toolkit.pipeline.whereabouts import where_it_lies
    from toolkit.summary import summarise

    options = _options(format_, jobs, force=force)
    found = _edition(edition)
    if output:
        found = replace(found, output=output)
    total = number_of_steps(found)
    reports = _progress(build_edition(found, options), total, quiet)
    done = list(reports)
    diagnostics = _without_repeats(d for report in done for d in report.diagnostics)
    sys.stdout.write(_rendered(format_, diagnostics, sys.stdout))
    if not quiet:
        typer.echo(summarise(done, diagnostics, "looked at"), err=True)
        typer.echo(where_it_lies(found), err=True)
        if said := waiting(name_sources(found)):
            typer.echo(said, err=True)
    _exit(diagnostics)


@app.command(
    short_help="Tell what the code of a finding means.", epilog="Example: tei explain X001"
)
def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="Code or name of a finding; V1 lists all V1…"),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Explain every code there is.")] = False,
) -> None:
    """Tell what the code of a finding means, why it matters and how to mend it.

    Without a code, or with the beginning of one, the codes are listed.
    """
    from toolkit import catalogue

    if all_:
        typer.echo("\n\n\n".join(map(catalogue.explain, catalogue.kinds())))
    elif kind := catalogue.find(code or ""):
        typer.echo(catalogue.explain(kind))
    elif listed := catalogue.listing(code or ""):
        typer.echo(listed)
    else:
        near = catalogue.nearest(code or "")
        meant = f"; did you mean {near}?" if near else ""
        _wrong_use(f"no finding has the code “{code}”{meant} (tei explain lists them all)")


def _options(format_: str, jobs: int | None, *, force: bool = False) -> Options:
    from toolkit.pipeline.running import Options

    if format_ not in format_names():
        _wrong_use(f"no format “{format_}”; there are: {', '.join(format_names())}")
    return Options(force=force, jobs=jobs)


def _one_of(formats: Sequence[str], format_: str) -> None:
    if format_ not in formats:
        _wrong_use(f"no format “{format_}”; there are: {', '.join(formats)}")


def _outputs(to: list[str] | None, edition: Edition | None) -> list[str]:
    from toolkit.publish import output_names

    known = output_names()
    for name in to or ():
        if name not in known:
            _wrong_use(f"no output “{name}”; there are: {', '.join(known)}")
    return to or list(edition.outputs if edition else ("html",))


def _edition(folder: Path) -> Edition:
    from toolkit.edition import load_edition

    return load_edition(folder)


def _print_layer(layer: str | None) -> dict[str, str]:
    """Return the setting of print that names the layer, if one is asked for."""
    from toolkit.publish.layers import LAYERS

    if layer is not None and layer not in LAYERS:
        _wrong_use(f"no layer “{layer}”; there are: {', '.join(LAYERS)}")
    return {"layer": layer} if layer else {}


def _edition_or_none(folder: Path) -> Edition | None:
    from toolkit.edition import find_edition, load_edition

    return find_edition(folder) if folder == Path() else load_edition(folder)


def _show_refusal(error: Exception) -> None:
    """Tell why nothing can be validated at present; the next change may mend it."""
    if isinstance(error, DiagnosticError):
        sys.stderr.write(_rendered("text", error.diagnostics, sys.stderr))
    else:
        typer.echo(f"tei: {error}", err=True)
    typer.echo(_WATCHING, err=True)


def _rendered(format_: str, diagnostics: Sequence[Diagnostic], stream: TextIO) -> str:
    return _in_colours(render(format_, diagnostics), format_, stream)


def _in_colours(text: str, format_: str, stream: TextIO) -> str:
    return coloured(text) if format_ == "text" and wanted(stream) else text


def _write(text: str, file: Path | None) -> None:
    from toolkit.files import write_atomically

    if file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_atomically(file, text.encode("utf-8", "replace"))


def _to_be_made(*files: Path | None) -> list[Path]:
    """Return the folders that are made when the files are written."""
    folders = dict.fromkeys(file.parent for file in files if file)
    return [folder for folder in folders if not folder.exists()]


def _tell_of_folders(folders: Iterable[Path]) -> None:
    for folder in folders:
        typer.echo(f"made the folder {folder}", err=True)


def _wrong_use(message: str) -> NoReturn:
    typer.echo(f"tei: {message}", err=True)
    raise typer.Exit(WRONG_USE)


def _progress(reports: Iterator[Report], total: int, quiet: bool) -> Iterable[Report]:
    if quiet:
        yield from reports
        return
    if not sys.stderr.isatty():
        for report in reports:
            for path in report.written:
                if not _is_kept_for_itself(path):
                    typer.echo(f"wrote {path}", err=True)
            yield report
        return
    with typer.progressbar(reports, length=total, file=sys.stderr) as bar:
        yield from bar


def _is_kept_for_itself(path: Path) -> bool:
    """Tell whether a file is what the toolkit keeps in an output folder for its next run."""
    return any(part.startswith(".tei-") for part in path.parts)


def _finish(
    reports: Iterable[Report],
    format_: str,
    quiet: bool,
    verb: str,
    *,
    found: Iterable[Diagnostic] = (),
    counts: bool = False,
    closing: Callable[[], str] = str,
) -> NoReturn:
    """Print what was found and done, with a ``closing`` line unless that is empty, and exit."""
    from toolkit.summary import summarise

    done: list[Report] = []
    contents = False
    for report in reports:
        contents = contents or bool(report.content)
        done.append(_printed(report))
    diagnostics = _without_repeats([*found, *(d for report in done for d in report.diagnostics)])
    stream = sys.stderr if contents else sys.stdout
    stream.write(_rendered(format_, diagnostics, stream))
    if not quiet:
        typer.echo(summarise(done, diagnostics, verb, with_counts=counts), err=True)
        if said := closing():
            typer.echo(said, err=True)
    _exit(diagnostics)


def _printed(report: Report) -> Report:
    """Print what a report holds for standard output, and return it without that."""
    if report.text:
        sys.stdout.write(report.text)
    if report.content:
        sys.stdout.flush()
        sys.stdout.buffer.write(report.content)
    return replace(report, text="", content=b"") if report.text or report.content else report


def _without_repeats(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return each finding once: a mistake in a schema or profile is met with every document."""
    return list(dict.fromkeys(diagnostics))


def _exit(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    raise typer.Exit(FINDINGS if has_findings(diagnostics) else CLEAN)
