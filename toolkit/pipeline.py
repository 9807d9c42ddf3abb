"""The steps over single files or over an edition: in parallel, and only what changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from lxml import etree

from toolkit import convert, parallel, publish
from toolkit import edition as editions
from toolkit.build_record import BuildRecord, read_record, write_record
from toolkit.diagnostics import Diagnostic, DiagnosticError, Position
from toolkit.edition import Edition
from toolkit.files import NOT_FOUND, digest
from toolkit.resources import SCHEMAS, XSLT
from toolkit.steps import (
    AnnotateTask,
    ConvertTask,
    PublishAboutTask,
    PublishTask,
    Report,
    Task,
    ValidateTask,
    crashed,
    run_annotate,
    run_convert,
    run_publish,
    run_publish_about,
    run_validate,
)
from toolkit.tei.parse import ParsedDocument, parse_file
from toolkit.validate import Context

T = TypeVar("T", bound=Task)


@dataclass(frozen=True)
class Options:
    """What holds for a whole run: overwrite edited files, and the number of processes."""

    force: bool = False
    jobs: int | None = None


def convert_files(
    files: Sequence[Path],
    output: Path | None,
    conventions: str | None,
    edition: Edition | None,
    options: Options,
    *,
    with_ledger: bool = False,
) -> Iterator[Report]:
    """Convert transcriptions, each to a TEI file of the same stem in ``output``.

    Without ``output`` the TEI file goes to its place in the edition, or beside the transcription.
    """
    tasks = [
        ConvertTask(
            source=file,
            target=_target(file, output, edition),
            conventions=conventions or (edition.conventions_for(file) if edition else "default"),
            convention_folder=edition.root if edition else Path(),
            publication=_header_publication(edition),
            force=options.force,
            with_ledger=with_ledger,
        )
        for file in files
    ]
    clashes = _clashes(tasks)
    yield from clashes
    refused = {clash.file for clash in clashes}
    tasks = [task for task in tasks if str(task.source) not in refused]
    yield from _run(run_convert, tasks, options)


def check_conventions(name: str, edition: Edition | None) -> None:
    """Make sure there is such a convention profile before any file is touched.

    Raises:
        DiagnosticError: there is none, or it has a mistake.
    """
    convert.load_convention(name, (edition.root if edition else Path(),))


def convert_edition(
    edition: Edition, options: Options, *, output: Path | None = None, with_ledger: bool = False
) -> Iterator[Report]:
    """Convert the transcriptions of the edition into its TEI files, or into ``output``."""
    files = edition.transcription_files()
    return convert_files(files, output, None, edition, options, with_ledger=with_ledger)


def annotate_files(
    files: Sequence[Path], registers: Path, output: Path | None, options: Options
) -> Iterator[Report]:
    """Annotate TEI files, in place unless an output folder is given."""
    tasks = [
        AnnotateTask(file, output / file.name if output else file, registers) for file in files
    ]
    return _run(run_annotate, tasks, options)


def validate_files(
    files: Sequence[Path], schema: Path | None, edition: Edition | None, options: Options
) -> Iterator[Report]:
    """Validate TEI files."""
    context = _validation_context(edition, schema)
    return _run(run_validate, [ValidateTask(file, context) for file in files], options)


def publish_files(
    files: Sequence[Path],
    outputs: Sequence[str],
    target: Path,
    edition: Edition | None,
    options: Options,
) -> Iterator[Report]:
    """Publish TEI files one by one, without the pages about the whole edition."""
    publication = _page_publication(edition, ())
    tasks = [PublishTask(file, target, output, publication) for file in files for output in outputs]
    return _run(run_publish, tasks, options)


def build(edition: Edition, options: Options) -> Iterator[Report]:
    """Convert, annotate, validate and publish the edition, doing only what changed."""
    return _Build(edition, options).run()


def publish_edition(
    edition: Edition, outputs: Sequence[str], target: Path, options: Options
) -> Iterator[Report]:
    """Publish all documents of the edition and the pages about it, doing only what changed."""
    edition = replace(edition, outputs=tuple(outputs), output=target)
    return _Build(edition, options).run_publishing_only()


def number_of_steps(edition: Edition) -> int:
    """Return about how many reports a build will give, for a progress bar."""
    documents = max(len(edition.transcription_files()), len(edition.tei_files()))
    registers = len(edition.register_files())
    return documents * (2 + len(edition.outputs)) + registers + len(edition.outputs)


def expand(paths: Iterable[Path], suffix: str) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files named, folders replaced by the files of that suffix below them."""
    files: list[Path] = []
    missing: list[Diagnostic] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        below = sorted(file for file in path.rglob(f"*{suffix}") if file.is_file())
        files += below
        if not below:
            hint = "Name a file, or another folder."
            message = f"there is no {suffix} file in this folder"
            missing.append(NOT_FOUND.at(Position(str(path)), message, hint))
    return files, missing


class _Build:
    """One build of an edition against the record of the build before."""

    def __init__(self, edition: Edition, options: Options) -> None:
        self.edition = edition
        self.options = options
        self.before = read_record(edition.root, edition.output)
        self.now = BuildRecord(edition.root)
        self.tools = _digest_of_folders(XSLT, SCHEMAS, Path(__file__).parent)

    def run(self) -> Iterator[Report]:
        yield from self._convert()
        yield from self._validate()
        yield from self._publish()
        self._take_away_stale_outputs()
        yield from self._write_record()

    def run_publishing_only(self) -> Iterator[Report]:
        """Publish, and leave alone what other steps and outputs made before."""
        self.now.steps.update(self.before.steps)
        yield from self._publish()
        yield from self._write_record()

    def _publish(self) -> Iterator[Report]:
        documents, unreadable = self._documents()
        publication = _page_publication(self.edition, documents)
        yield from unreadable
        yield from self._publish_documents(publication, documents)
        yield from self._publish_about(publication, documents)

    def _convert(self) -> Iterator[Report]:
        tasks = {
            f"convert {self._name(file)}": ConvertTask(
                source=file,
                target=self.edition.tei_file(file),
                conventions=self.edition.conventions_for(file),
                convention_folder=self.edition.root,
                publication=_header_publication(self.edition),
                registers=self.edition.registers,
                force=self.options.force,
                report_kept=False,
            )
            for file in self.edition.transcription_files()
        }
        clashes = _clashes(tuple(tasks.values()))
        yield from clashes
        for clash in clashes:
            del tasks[f"convert {self._name(Path(clash.file))}"]
        common = self._digest_of(*self.edition.register_files(), *self._convention_files())
        inputs = {
            name: digest(
                common.encode(),
                f"{self._name(task.target)} {task.conventions} {task.publication}".encode(),
                _content(task.source),
                bytes([task.force]),
            )
            for name, task in tasks.items()
        }
        yield from self._steps(run_convert, tasks, inputs)

    def _validate(self) -> Iterator[Report]:
        files = (*self.edition.tei_files(), *self.edition.register_files())
        context = _validation_context(self.edition, None)
        tasks = {f"validate {self._name(file)}": ValidateTask(file, context) for file in files}
        # A pointer leads into other files, so each file's findings depend on all of them.
        schema = (self.edition.schema,) if self.edition.schema else ()
        everything = digest(self._digest_of(*files, *schema).encode(), self._names_of_files())
        inputs = dict.fromkeys(tasks, everything)
        yield from self._steps(run_validate, tasks, inputs)

    def _documents(self) -> tuple[list[tuple[str, ParsedDocument]], list[Report]]:
        documents: list[tuple[str, ParsedDocument]] = []
        files = self.edition.tei_files()
        pages = [(file, self.edition.output / f"{file.stem}.html") for file in files]
        clashes = editions.same_names(pages)
        unreadable = [Report(found.file, diagnostics=(found,), failed=True) for found in clashes]
        for file in files:
            if any(str(file) == found.file for found in clashes):
                continue
            try:
                documents.append((file.stem, parse_file(file)))
            except DiagnosticError as error:
                if f"validate {self._name(file)}" not in self.now.steps:
                    unreadable.append(Report(str(file), diagnostics=error.diagnostics))
        return documents, unreadable

    def _publish_documents(
        self, publication: publish.Publication, documents: Sequence[tuple[str, ParsedDocument]]
    ) -> Iterator[Report]:
        tasks = {
            f"publish {output} {stem}": PublishTask(
                Path(document.file), self.edition.output, output, publication
            )
            for stem, document in documents
            for output in self.edition.outputs
        }
        common = self._digest_of_publication(publication).encode()
        inputs = {name: digest(common, _content(task.source)) for name, task in tasks.items()}
        yield from self._steps(run_publish, tasks, inputs)

    def _publish_about(
        self, publication: publish.Publication, documents: Sequence[tuple[str, ParsedDocument]]
    ) -> Iterator[Report]:
        contents = [document.content for _, document in documents]
        inputs = digest(self._digest_of_publication(publication).encode(), *contents)
        for output in self.edition.outputs:
            name = f"publish {output}"
            if (step := self.before.fresh(name, inputs)) is not None:
                self.now.steps[name] = step
                yield Report(str(self.edition.root), diagnostics=step.diagnostics)
                continue
            task = PublishAboutTask(
                self.edition.root, self.edition.output, output, publication, tuple(documents)
            )
            report = run_publish_about(task)
            self.now.note(name, inputs, report.outputs, report.diagnostics)
            yield report

    def _steps(
        self, function: Callable[[T], Report], tasks: dict[str, T], inputs: dict[str, str]
    ) -> Iterator[Report]:
        """Do the tasks that are not fresh; report on all, in order."""
        fresh = {name: self.before.fresh(name, inputs[name]) for name in tasks}
        stale = [task for name, task in tasks.items() if fresh[name] is None]
        done = _run(function, stale, self.options)
        for name, task in tasks.items():
            step = fresh[name]
            if step is not None:
                self.now.steps[name] = step
                yield Report(str(task.source), diagnostics=step.diagnostics)
                continue
            report = next(done)
            self.now.note(name, inputs[name], report.outputs, report.diagnostics)
            yield report

    def _take_away_stale_outputs(self) -> None:
        """Remove what only the build before wrote, unless someone has changed it since."""
        for path in sorted(self.before.outputs() - self.now.outputs()):
            file = (self.edition.root / path).resolve()
            published = file.is_relative_to(self.edition.output.resolve())
            if published and self.before.is_as_written(path):
                file.unlink(missing_ok=True)

    def _write_record(self) -> Iterator[Report]:
        try:
            write_record(self.now, self.edition.output)
        except DiagnosticError as error:
            yield Report(str(self.edition.output), diagnostics=error.diagnostics)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.edition.root).as_posix()

    def _names_of_files(self) -> bytes:
        """Return the names of all files a pointer may lead to, such as images."""
        names: list[str] = []
        for folder, below, files in os.walk(self.edition.root):
            below[:] = sorted(n for n in below if not n.startswith(".") and n != "__pycache__")
            if Path(folder).resolve() == self.edition.output.resolve():
                below.clear()
                continue
            names += [self._name(Path(folder) / file) for file in sorted(files)]
        return "\n".join(names).encode()

    def _convention_files(self) -> tuple[Path, ...]:
        """Return the edition's own profiles: any may extend any other."""
        root = self.edition.root
        return tuple(sorted({*root.glob("*.json"), *(root / "conventions").rglob("*.json")}))

    def _digest_of_publication(self, publication: publish.Publication) -> str:
        own = publication.custom_stylesheets
        stylesheets = _digest_of_folders(own) if own else ""
        # Where the edition lies on this machine makes no difference.
        said = repr(replace(publication, custom_stylesheets=None))
        return digest(self.tools.encode(), said.encode(), stylesheets.encode())

    def _digest_of(self, *files: Path) -> str:
        return digest(self.tools.encode(), *(_content(file) for file in files))


def _run(function: Callable[[T], Report], tasks: Sequence[T], options: Options) -> Iterator[Report]:
    return parallel.run(function, tasks, jobs=options.jobs, on_crash=crashed)


def _target(file: Path, output: Path | None, edition: Edition | None) -> Path:
    if output is not None:
        return output / f"{file.stem}.xml"
    if edition is not None and file.resolve().is_relative_to(edition.transcriptions.resolve()):
        below = file.resolve().relative_to(edition.transcriptions.resolve())
        return edition.tei_file(edition.transcriptions / below)
    return file.with_suffix(".xml")


def _clashes(tasks: Sequence[ConvertTask]) -> list[Report]:
    """Return a report for each task that would overwrite what another writes."""
    found = editions.same_names([(task.source, task.target) for task in tasks])
    return [Report(clash.file, diagnostics=(clash,), failed=True) for clash in found]


def _header_publication(edition: Edition | None) -> convert.Publication:
    if edition is None:
        return convert.Publication(title="", publisher="")
    licence = edition.licence
    return convert.Publication(
        title=edition.title,
        publisher=edition.publisher,
        licence_name=licence.name if licence else "",
        licence_url=licence.url if licence else "",
        language=edition.language,
    )


def _page_publication(
    edition: Edition | None, documents: Sequence[tuple[str, ParsedDocument]]
) -> publish.Publication:
    if edition is None:
        return publish.Publication(title="", language="")
    return publish.Publication(
        title=edition.title,
        description=edition.description,
        language=edition.language,
        editors=tuple(editor.name for editor in edition.editors),
        publisher=edition.publisher,
        licence_name=edition.licence.name if edition.licence else "",
        licence_url=edition.licence.url if edition.licence else "",
        registers=_registers(edition),
        documents=_reading_order(documents),
        outputs=edition.outputs,
        views=edition.views,
        custom_stylesheets=_custom_stylesheets(edition),
    )


def _reading_order(
    documents: Sequence[tuple[str, ParsedDocument]],
) -> tuple[publish.DocumentEntry, ...]:
    entries = [publish.describe_document(stem, document) for stem, document in documents]
    return tuple(sorted(entries, key=lambda entry: (entry.date or "9999", entry.stem)))


def _registers(edition: Edition) -> tuple[publish.Register, ...]:
    registers = []
    for file in edition.register_files():
        try:
            root = parse_file(file).root
        except DiagnosticError:
            continue  # validation reports it
        text = etree.tostring(root, encoding="unicode", with_tail=False)
        registers.append(publish.Register(file.stem, text))
    return tuple(registers)


def _custom_stylesheets(edition: Edition) -> Path | None:
    folder = edition.root / "xslt"
    return folder if folder.is_dir() and folder.resolve() != XSLT.resolve() else None


def _validation_context(edition: Edition | None, schema: Path | None) -> Context:
    if edition is None:
        return Context(schema=schema)
    return Context(
        schema=schema or edition.schema, root=edition.root, registers=edition.register_files()
    )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _digest_of_folders(*folders: Path) -> str:
    files = sorted(
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    )
    return digest(*(file.read_bytes() for file in files))
