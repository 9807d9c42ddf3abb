"""Building an edition: all steps, but only over what changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import toolkit
from toolkit import edition as editions
from toolkit import publish
from toolkit.build_record import BuildRecord, read_record, write_record
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity, SourceText
from toolkit.doubtful_settings import doubtful_settings
from toolkit.edition import Edition
from toolkit.files import digest
from toolkit.idle_settings import idle_settings
from toolkit.pipeline.publish import page_publication, unknown_fonts
from toolkit.pipeline.running import Options, run
from toolkit.pipeline.stylesheets import stylesheets_without_effect
from toolkit.resources import SCHEMAS, XSLT
from toolkit.steps.publish import (
    PublishAboutTask,
    PublishTask,
    run_describe,
    run_publish,
    run_publish_about,
)
from toolkit.steps.report import Report
from toolkit.steps.task import Task
from toolkit.tei.fingerprint import is_untouched, origin_of

ORPHAN = Kind(
    "E105",
    "transcription-gone",
    Severity.NOTE,
    "A TEI file that nobody has edited was converted from a transcription that is no longer there. "
    "It is still published.",
)

_SCHEMA_SUFFIXES = (".rng", ".rnc", ".sch")

T = TypeVar("T", bound=Task)


def build_edition(edition: Edition, options: Options) -> Iterator[Report]:
    """Convert, annotate, validate and publish the edition, doing only what changed.

    Raises:
        DiagnosticError: the settings name no convention profile (C201 at the place of the
            setting), or publish among the sources (E005).
    """
    from toolkit.pipeline.conventions import check_settings

    check_settings(edition)
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


class _Build:
    """One build of an edition against the record of the build before."""

    def __init__(self, edition: Edition, options: Options) -> None:
        editions.refuse_output_among_sources(edition)
        self.edition = edition
        self.options = options
        self.before = read_record(edition.root, edition.output)
        self.now = BuildRecord(edition.root)
        self.reported: set[str] = set()
        self.with_missing_files: set[str] = set()
        """Files of which validation has told that they point to files that are not there."""
        tools = _digest_of_folders(XSLT, SCHEMAS, Path(toolkit.__file__).parent)
        self.tools = f"{tools} {_versions()}"

    def run(self) -> Iterator[Report]:
        """Do all steps, and take away what the build before made and this one did not."""
        with self._recording():
            yield from self._convert()
            yield from self._orphans()
            yield from self._validate()
            yield from self._publish()
            self._take_away_stale_outputs()
        yield from self._write_record()

    def run_publishing_only(self) -> Iterator[Report]:
        """Publish, and leave alone what other steps and outputs made before."""
        self.now.steps.update(self.before.steps)
        with self._recording():
            yield from self._publish()
            self._take_away_stale_outputs()
        yield from self._write_record()

    @contextmanager
    def _recording(self) -> Iterator[None]:
        """Keep the record of what was done even if the build is interrupted."""
        try:
            yield
        except BaseException:
            done = {**self.before.steps, **self.now.steps}
            write_record(BuildRecord(self.edition.root, done), self.edition.output)
            raise

    def _publish(self) -> Iterator[Report]:
        documents: dict[Path, publish.Description] = {}
        yield from self._describe(documents)
        entries = [description.entry for description in documents.values()]
        publication = page_publication(self.edition, entries)
        notes = frozenset(note for each in documents.values() for note in each.notes)
        idle = (
            *idle_settings(self.edition, notes),
            *doubtful_settings(self.edition),
            *stylesheets_without_effect(self.edition),
        )
        yield from (Report(str(self.edition.root), diagnostics=(found,)) for found in idle)
        yield from unknown_fonts(self.edition, publication, self.edition.outputs)
        yield from self._publish_documents(publication, documents)
        yield from self._publish_about(publication, documents)

    def _convert(self) -> Iterator[Report]:
        from toolkit.annotate import names_in_review
        from toolkit.annotate.kinds import BAD_DECISIONS
        from toolkit.pipeline.annotate import (
            decisions_without_document,
            name_sources,
            renew_review,
            without_recogniser,
        )
        from toolkit.pipeline.clashes import clashes_of
        from toolkit.pipeline.convert import header_publication
        from toolkit.steps.annotate import DecisionsTask, run_decisions
        from toolkit.steps.convert import REGISTER_NOT_READABLE, ConvertTask, run_convert

        for unread in editions.not_read(self.edition):
            yield Report(unread.file, diagnostics=(unread,))
        names = name_sources(self.edition)
        tasks = {
            f"convert {self._name(file)}": ConvertTask(
                source=file,
                target=self.edition.tei_file(file),
                conventions=self.edition.conventions_for(file),
                convention_folder=self.edition.root,
                publication=header_publication(self.edition),
                names=names,
                force=self.options.force,
                report_kept=False,
            )
            for file in self.edition.transcription_files()
        }
        clashes = clashes_of(list(tasks.values()), [task.target for task in tasks.values()])
        yield from clashes
        for clash in clashes:
            del tasks[f"convert {self._name(Path(clash.file))}"]
        decided = [file for file in (names.decisions,) if file and file.is_file()]
        known = (*self.edition.register_files(), *names.learn, *decided)
        common = self._digest_of(*known, *self._convention_files())
        common += f"{names.variants}{names.only_certain}{names.recogniser}"
        inputs = {
            name: digest(
                common.encode(),
                os.fsencode(f"{self._name(task.target)} {task.conventions} {task.publication}"),
                _content(task.source),
                bytes([task.force]),
            )
            for name, task in tasks.items()
        }
        yield from without_recogniser(names)
        yield from decisions_without_document(names, self.edition)
        for file in decided:
            decisions = {"decisions": DecisionsTask(file, names)}
            yield from self._steps(run_decisions, decisions, {"decisions": digest(common.encode())})
        yield from _told_once(
            self._steps(run_convert, tasks, inputs),
            frozenset({REGISTER_NOT_READABLE.code, BAD_DECISIONS.code}),
        )
        found = {
            names.name_of(task.target): names_in_review(SourceText(name, text))
            for name, task in tasks.items()
            if (text := self.now.text_of(name))
        }
        yield from renew_review(names, found)

    def _orphans(self) -> Iterator[Report]:
        """Tell of TEI files whose transcription is gone; they are still published."""
        targets = {self.edition.tei_file(file) for file in self.edition.transcription_files()}
        for file in self.edition.tei_files():
            content = _content(file)
            origin = origin_of(content)
            if origin is not None and file not in targets and is_untouched(content):
                message = f"the transcription {origin.source} of this TEI file is no longer there"
                hint = "If the document has gone from the edition, delete the TEI file too."
                found = ORPHAN.at(Position(str(file)), message, hint)
                yield Report(str(file), diagnostics=(found,))

    def _validate(self) -> Iterator[Report]:
        from toolkit.pipeline.validate import counting, validation_context
        from toolkit.steps.validate import ValidateTask, run_validate
        from toolkit.validate.wrong_pointers import NO_SUCH_FILE

        files = (*self.edition.tei_files(), *self.edition.register_files())
        context = validation_context(self.edition)
        tasks = {f"validate {self._name(file)}": ValidateTask(file, context) for file in files}
        # A pointer leads into other files, so each file's findings depend on all of them.
        everything = digest(
            self._digest_of(*files, *self._schema_files()).encode(),
            self._names_of_files(),
            "\n".join(sorted(context.awaited)).encode(),
        )
        inputs = dict.fromkeys(tasks, everything)
        for report in self._steps(run_validate, tasks, inputs):
            counted = counting(report, self.edition.codes)
            if any(found.code == NO_SUCH_FILE.code for found in counted.diagnostics):
                self.with_missing_files.add(report.file)
            yield counted

    def _describe(self, documents: dict[Path, publish.Description]) -> Iterator[Report]:
        """Read what must be known of each document before any page is made."""
        files = self.edition.tei_files()
        start_page = (Path("the start page"), self.edition.output / "index.html")
        pages = [start_page, *((f, self.edition.output / f"{f.stem}.html") for f in files)]
        clashes = editions.same_names(pages)
        yield from (Report(found.file, diagnostics=(found,), failed=True) for found in clashes)
        refused = {found.file for found in clashes}
        tasks = {
            f"describe {self._name(file)}": Task(file) for file in files if str(file) not in refused
        }
        inputs = {name: self._digest_of(task.source) for name, task in tasks.items()}
        reports = self._steps(run_describe, tasks, inputs)
        for (name, task), report in zip(tasks.items(), reports, strict=True):
            if not report.failed:
                text = self.now.steps[name].text
                documents[task.source] = publish.description_from_json(text, str(task.source))
                continue
            # What the build before knew of the file holds no longer.
            self.now.steps.pop(name, None)
            check = f"validate {self._name(task.source)}"
            has_been_told = check in self.reported and check not in self.now.steps
            if not has_been_told:
                yield report

    def _publish_documents(
        self, publication: publish.Publication, documents: Mapping[Path, publish.Description]
    ) -> Iterator[Report]:
        selection = publish.Selection(publication)
        tools = self._digest_of_tools(publication).encode()
        tasks: dict[str, PublishTask] = {}
        inputs: dict[str, str] = {}
        for file, description in documents.items():
            shown = selection.for_document(description)
            said = repr(replace(shown, custom_stylesheets=None)).encode()
            read = self.now.steps[f"describe {self._name(file)}"].inputs.encode()
            for output in self.edition.outputs:
                name = f"publish {output} {file.stem}"
                further = publish.further_inputs(output, description.images)
                inputs[name] = digest(tools, said, read, *map(str.encode, further))
                tasks[name] = PublishTask(file, self.edition.output, output, shown)
        for report in self._steps(run_publish, tasks, inputs):
            yield self._without_what_is_told(report)

    def _without_what_is_told(self, report: Report) -> Report:
        """Leave out images whose files are not there, where validation has told of pointers."""
        from toolkit.publish.images import tells_of_missing_file

        if report.file not in self.with_missing_files:
            return report
        found = report.diagnostics
        return replace(
            report, diagnostics=tuple(each for each in found if not tells_of_missing_file(each))
        )

    def _publish_about(
        self, publication: publish.Publication, documents: Mapping[Path, publish.Description]
    ) -> Iterator[Report]:
        tools = self._digest_of_tools(publication)
        images = [
            said.encode()
            for register in publication.registers
            for said in publish.image_inputs(publish.image_addresses(register.document))
        ]
        # Where the edition lies on this machine makes no difference.
        said = repr(replace(publication, custom_stylesheets=None)).encode()
        for output in self.edition.outputs:
            name = f"publish {output}"
            steps = (self.now.steps.get(f"{name} {file.stem}") for file in documents)
            made = [repr(sorted(step.outputs.items())).encode() for step in steps if step]
            inputs = digest(tools.encode(), said, *images, *made)
            if (step := self.before.fresh(name, inputs)) is not None:
                self.now.steps[name] = step
                found = self.before.diagnostics(step)
                yield Report(str(self.edition.root), diagnostics=found)
                continue
            root, target = self.edition.root, self.edition.output
            report = run_publish_about(PublishAboutTask(root, target, output, publication, tools))
            self._note(name, inputs, report)
            yield report

    def _steps(
        self, function: Callable[[T], Report], tasks: dict[str, T], inputs: dict[str, str]
    ) -> Iterator[Report]:
        """Do the tasks that are not fresh; report on all, in order."""
        fresh = {name: self.before.fresh(name, inputs[name]) for name in tasks}
        stale = [task for name, task in tasks.items() if fresh[name] is None]
        done = run(function, stale, self.options)
        for name, task in tasks.items():
            step = fresh[name]
            if step is not None:
                self.now.steps[name] = step
                yield Report(str(task.source), diagnostics=self.before.diagnostics(step))
                continue
            report = next(done)
            self._note(name, inputs[name], report)
            yield report

    def _note(self, name: str, inputs: str, report: Report) -> None:
        self.reported.add(name)
        # What failed is tried again next time: a full disk does not stay full.
        if not report.failed:
            text = report.text or _waiting(report)
            self.now.note(name, inputs, report.outputs, report.diagnostics, text)

    def _take_away_stale_outputs(self) -> None:
        """Remove what only the build before wrote, unless someone has changed it since."""
        failed = self.reported - set(self.now.steps)
        # The page that could not be made anew is better than none.
        kept = {path for name in failed for path in self.before.outputs_of(name)}
        output = self.edition.output.resolve()
        for path in sorted(self.before.outputs() - self.now.outputs() - kept):
            file = (self.edition.root / path).resolve()
            if file.is_relative_to(output) and self.before.is_as_written(path):
                file.unlink(missing_ok=True)
                _remove_if_empty(file.parent, output)

    def _write_record(self) -> Iterator[Report]:
        try:
            write_record(self.now, self.edition.output)
        except DiagnosticError as error:
            yield Report(str(self.edition.output), diagnostics=error.diagnostics)

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.edition.root)).as_posix()

    def _names_of_files(self) -> bytes:
        """Return the names of all files a pointer may lead to, such as images."""
        return os.fsencode("\n".join(map(self._name, self._files)))

    def _schema_files(self) -> tuple[Path, ...]:
        """Return the schemas of the edition: any may include any other, or be named by a file."""
        own = (file for file in self._files if file.suffix.lower() in _SCHEMA_SUFFIXES)
        named = (self.edition.schema,) if self.edition.schema else ()
        from toolkit.pipeline.validate import schema_addresses
        from toolkit.validate.store.folder import LIST as STORE_LIST

        addresses = schema_addresses(self.edition)
        lists = (folder / STORE_LIST for folder in addresses.stores)
        return tuple(sorted({*own, *named, *addresses.catalogs, *lists}))

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        """All files below the folder of the edition, what was published left out."""
        found: list[Path] = []
        for folder, below, files in os.walk(self.edition.root):
            below[:] = sorted(n for n in below if not n.startswith(".") and n != "__pycache__")
            if Path(folder).resolve() == self.edition.output.resolve():
                below.clear()
                continue
            found += [Path(folder) / file for file in sorted(files)]
        return tuple(found)

    def _convention_files(self) -> tuple[Path, ...]:
        """Return the edition's own profiles: any may extend any other."""
        root = self.edition.root
        return tuple(sorted({*root.glob("*.json"), *(root / "conventions").rglob("*.json")}))

    def _digest_of_tools(self, publication: publish.Publication) -> str:
        own = publication.custom_stylesheets
        return digest(self.tools.encode(), (_digest_of_folders(own) if own else "").encode())

    def _digest_of(self, *files: Path) -> str:
        return digest(self.tools.encode(), *(_content(file) for file in files))


def _told_once(reports: Iterator[Report], codes: frozenset[str]) -> Iterator[Report]:
    """Yield the reports; findings of some kinds that several documents have only once."""
    told: set[Diagnostic] = set()
    for report in reports:
        found = tuple(each for each in report.diagnostics if each not in told)
        told.update(each for each in found if each.code in codes)
        yield replace(report, diagnostics=found)


def _waiting(report: Report) -> str:
    """Return the names that wait for an editor, as JSON; nothing if no names were looked for."""
    if report.open_names is None:
        return ""
    from toolkit.annotate import review_as_json

    return review_as_json(report.open_names)


def _remove_if_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _digest_of_folders(*folders: Path) -> str:
    """Return a digest of the names and contents of all files below the folders."""
    parts: list[bytes] = []
    for folder in map(os.fsencode, folders):
        files: list[tuple[bytes, bytes]] = []
        for at, below, names in os.walk(folder):
            below[:] = [name for name in below if name != b"__pycache__"]
            paths = (os.path.join(at, name) for name in names)  # noqa: PTH118 (a Path takes longer)
            files += [(path[len(folder) + 1 :], path) for path in paths]
        for name, path in sorted(files):
            with open(path, "rb") as file:  # noqa: PTH123
                parts += [name, file.read()]
    return digest(*parts)


def _versions() -> str:
    """Return the releases of the libraries that what is published depends on."""
    return " ".join(f"{name} {version(name)}" for name in ("lxml", "saxonche", "typst"))
