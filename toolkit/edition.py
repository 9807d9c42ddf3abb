"""What an edition is: a folder with ``edition.toml``."""

from __future__ import annotations

import difflib
import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import cache
from toolkit.checking.codes import Codes, UnknownCodeError, code_of
from toolkit.diagnostics import Diagnostic, DiagnosticError, Kind, Position, Severity, SourceText
from toolkit.edition_folder import SETTINGS_FILE, is_edition
from toolkit.files import read_text
from toolkit.resources import SCHEMAS
from toolkit.settings import KeyPath, mistakes, parsed_toml, place_in_toml, place_of_value

NO_EDITION = Kind(
    "E001",
    "no-edition",
    Severity.ERROR,
    "An edition is a folder with a file edition.toml; without it the toolkit cannot know which "
    "files belong together.",
)
NOT_TOML = Kind("E002", "not-toml", Severity.ERROR, "edition.toml breaks the rules of TOML.")
WRONG_SETTING = Kind(
    "E003", "wrong-setting", Severity.ERROR, "A setting in edition.toml is unknown or wrong."
)
NOT_READ = Kind(
    "E009",
    "transcription-not-read",
    Severity.NOTE,
    "A document in the folder of the transcriptions is in a format that is not read, so it is not "
    "in the edition.",
)
_OTHER_DOCUMENTS = frozenset(
    {".doc", ".docx", ".odt", ".rtf", ".pdf", ".xml", ".html", ".htm", ".tex", ".pages", ".epub"}
)
SAME_NAME = Kind(
    "E004",
    "same-name",
    Severity.ERROR,
    "Two files would become the same file, so one would overwrite the other.",
)


OUTPUT_AMONG_SOURCES = Kind(
    "E005",
    "output-among-sources",
    Severity.ERROR,
    "Publishing into a folder that holds transcriptions, TEI files or registers could overwrite "
    "them.",
)


_LEAST_ROOM = 40
"""How wide and how high the text of a page is at least, in millimetres."""


@dataclass(frozen=True, slots=True)
class Editor:
    """One of the edition's editors."""

    name: str
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of the encoding."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ConventionChoice:
    """Transcriptions whose file name matches a pattern, and the conventions they follow."""

    match: str
    conventions: str


@dataclass(frozen=True)
class Edition:
    """The settings of an edition; all paths are absolute or relative to the current folder."""

    root: Path
    title: str
    language: str
    description: str
    publisher: str
    address: str
    image_hosts: tuple[str, ...]
    """The sites from which pages may show images."""
    editors: tuple[Editor, ...]
    licence: Licence | None
    conventions: str
    documents: tuple[ConventionChoice, ...]
    transcriptions: Path
    tei: Path
    registers: Path
    schema: Path | None
    schemas: Path
    catalogs: tuple[Path, ...]
    stylesheets: Path | None
    """The folder that is named for stylesheets of the edition's own."""
    output: Path
    outputs: tuple[str, ...]
    views: tuple[str, ...]
    codes: Codes
    taught: tuple[Path, ...] | None
    """Files that teach names; None if that is for the toolkit to say."""
    name_variants: tuple[str, ...]
    annotation: Path
    """The folder of decisions about names, and of those that wait for an editor."""
    only_certain: bool
    """Whether only names that are certain are tagged."""
    recogniser: str
    """The model that proposes names which no register has; "" for none."""
    print: Mapping[str, Any]
    """The table of that name; :func:`toolkit.publish.print_settings` reads it."""
    note_series: Sequence[Mapping[str, str]]
    """The series of editors' notes that are kept apart."""
    signs: Mapping[str, Any]
    """The table of that name; :func:`toolkit.publish.signs_of` reads it."""

    def conventions_for(self, transcription: Path) -> str:
        """Return the name or path of the conventions that ``transcription`` follows."""
        for choice in self.documents:
            if fnmatch.fnmatchcase(transcription.name, choice.match):
                return choice.conventions
        return self.conventions

    def transcription_files(self) -> tuple[Path, ...]:
        """Return the transcriptions, sorted by path."""
        if not self.transcriptions.is_dir():
            return ()
        from toolkit.convert.formats import suffixes

        return _files(self.transcriptions, suffixes())

    def unread_transcriptions(self) -> tuple[Path, ...]:
        """Return the documents beside the transcriptions that no format reads, sorted by path."""
        if not self.transcriptions.is_dir():
            return ()
        from toolkit.convert.formats import suffixes

        return _files(self.transcriptions, _OTHER_DOCUMENTS - suffixes())

    def tei_file(self, transcription: Path) -> Path:
        """Return the TEI file that ``transcription`` becomes."""
        return (self.tei / transcription.relative_to(self.transcriptions)).with_suffix(".xml")

    def tei_files(self) -> tuple[Path, ...]:
        """Return the documents of the edition, registers left out, sorted by path."""
        return tuple(
            path
            for path in _files(self.tei, frozenset({".xml"}))
            if not path.is_relative_to(self.registers)
        )

    def register_files(self) -> tuple[Path, ...]:
        """Return the registers, sorted by path."""
        return _files(self.registers, frozenset({".xml"}))


def find_edition(folder: Path) -> Edition | None:
    """Return the edition that ``folder`` is, or None if it has no ``edition.toml``.

    Raises:
        DiagnosticError: the settings are wrong (E002, E003).
    """
    return load_edition(folder) if is_edition(folder) else None


def load_edition(folder: Path) -> Edition:
    """Return the edition in ``folder``.

    Raises:
        DiagnosticError: there is none (E001), or its settings are wrong (E002, E003), each at the
            line of the mistake.
    """
    path = folder / SETTINGS_FILE
    if not is_edition(folder):
        hint = (
            "Name files, if it is not about an edition; else go to its folder, name the folder "
            "with --edition, or make a new edition with tei init."
        )
        raise DiagnosticError(NO_EDITION.at(Position(str(path)), "there is no edition here", hint))
    source = read_text(path)
    settings = _parsed(source)
    found = (
        _mistakes(source, settings)
        or _blocked_folders(source, settings, folder)
        or _missing_places(source, settings, folder)
        or _shared_folders(source, settings, folder)
        or _unknown_codes(source, settings)
        or _no_room_for_text(source, settings)
        or _series_behind_others(source, settings)
    )
    if found:
        raise DiagnosticError(*found)
    return _edition(folder, settings)


def refuse_output_among_sources(edition: Edition) -> None:
    """Make sure that what is published cannot overwrite what it is published from.

    Raises:
        DiagnosticError: the output folder is the edition's own, or one of its sources' (E005).
    """
    output = edition.output.resolve()
    sources = (edition.tei, edition.transcriptions, edition.registers)
    inside = any(output.is_relative_to(folder.resolve()) for folder in sources)
    around = any(folder.resolve().is_relative_to(output) for folder in (edition.root, *sources))
    if inside or around:
        raise DiagnosticError(
            OUTPUT_AMONG_SOURCES.at(
                _where_set(edition, "output", edition.output),
                f"{edition.output} holds sources of the edition, so nothing is published into it",
                "Name a folder of its own, such as output, in edition.toml or with --output.",
            )
        )


def _where_set(edition: Edition, setting: str, folder: Path) -> Position:
    """Return where the settings name a folder; the folder itself, if somebody else does."""
    source = read_text(edition.root / SETTINGS_FILE)
    named = _parsed(source).get(setting)
    is_named = named is not None and edition.root / named == folder
    return place_in_toml(source, (setting,)) if is_named else Position(str(folder))


def not_read(edition: Edition) -> Iterator[Diagnostic]:
    """Yield a note for the documents of each ending that no format reads."""
    by_suffix: dict[str, list[Path]] = {}
    for path in edition.unread_transcriptions():
        by_suffix.setdefault(path.suffix.lower(), []).append(path)
    for suffix, (first, *others) in by_suffix.items():
        more = f", like {len(others)} more of its kind" if others else ""
        hint = (
            "A TEI document belongs into the folder of the TEI files; anything else is to be "
            "exported as text."
            if suffix == ".xml"
            else "Save it as plain text (.txt), or move it out of the folder."
        )
        message = f"this file is not read{more}: a transcription is plain text"
        yield NOT_READ.at(Position(str(first)), message, hint)


def same_names(targets: Sequence[tuple[Path, Path]]) -> list[Diagnostic]:
    """Return an error for each file whose target (the second of a pair) another also claims."""
    first: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for source, target in targets:
        # Some file systems do not tell capitals from small letters.
        other = first.setdefault(str(target).casefold(), source)
        if other != source:
            message = f"this file and {other} would both become {target.name}"
            hint = "Rename one of them."
            found.append(SAME_NAME.at(Position(str(source)), message, hint))
    return found


def _files(folder: Path, suffixes: frozenset[str]) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    found = (path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
    return tuple(sorted(path for path in found if path.is_file() and not _hidden(path, folder)))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _parsed(source: SourceText) -> dict[str, Any]:
    hint = 'A setting is written: name = "text in quotation marks".'
    return parsed_toml(source, NOT_TOML, hint)


def _mistakes(source: SourceText, settings: dict[str, Any]) -> list[Diagnostic]:
    """Return the mistakes by the JSON Schema; that there are none is kept for the next command."""
    schema = SCHEMAS / "edition.schema.json"
    verdict = cache.entry(
        cache.cache_folder(), "settings", source.text.encode(), schema.read_bytes()
    )
    if cache.kept(verdict) == []:
        return []
    found = [
        WRONG_SETTING.at(
            place_of_value(source, mistake.path, mistake.value), mistake.message, mistake.hint
        )
        for mistake in mistakes(settings, schema)
    ]
    if not found:
        cache.keep(verdict, [])
    return found


def _blocked_folders(source: SourceText, settings: dict[str, Any], root: Path) -> list[Diagnostic]:
    """Return an error for each folder in the place of which something else lies."""
    names = {key: settings.get(key, key) for key in ("transcriptions", "tei", "output")}
    hint = "Name another folder, or move the file away."
    return [
        WRONG_SETTING.at(
            place_in_toml(source, (key,)),
            f"“{key}” is to be a folder, but {name} is a file",
            hint,
        )
        for key, name in names.items()
        if (root / name).exists() and not (root / name).is_dir()
    ]


def _missing_places(source: SourceText, settings: dict[str, Any], root: Path) -> list[Diagnostic]:
    """Return an error for each folder or file that is named but is not there."""
    wanted = dict.fromkeys(("transcriptions", "registers", "stylesheets"), Path.is_dir)
    found: list[tuple[KeyPath, str, str]] = [
        ((key,), settings[key], "Mend the name, or make it.")
        for key, is_there in wanted.items()
        if key in settings and not is_there(root / settings[key])
    ]
    if (
        "tei" in settings
        and not (root / settings["tei"]).is_dir()
        and not _has_sources(root, settings)
    ):
        hint = "Mend the name, or make it; tei build makes it from transcriptions."
        found.append((("tei",), settings["tei"], hint))
    if "schema" in settings and _schema(root, settings) is None:
        hint = "Mend the name, or put the schema into the store with tei schema add."
        found.append((("schema",), settings["schema"], hint))
    found += [
        (("catalogs",), catalog, "Mend the name, or put the catalog there.")
        for catalog in settings.get("catalogs", ())
        if not (root / catalog).is_file()
    ]
    found += [
        (("annotate", "learn"), pattern, "Mend the pattern; it is seen from this folder.")
        for pattern in settings.get("annotate", {}).get("learn", ())
        if not any(root.glob(pattern))
    ]
    return [
        WRONG_SETTING.at(
            place_of_value(source, path, name),
            f"“{path[-1]}” names {name}, which is not there",
            f"{_near_file(root, name)}{hint}",
        )
        for path, name, hint in found
    ]


def _near_file(root: Path, name: str) -> str:
    """Return the file or folder that may be meant by a name, as the beginning of a hint."""
    parent = (root / name).parent
    beside = [path.name for path in parent.iterdir()] if parent.is_dir() else []
    near = difflib.get_close_matches(Path(name).name, beside, n=1, cutoff=0.75)
    return f"Did you mean “{(Path(name).parent / near[0]).as_posix()}”? " if near else ""


def _has_sources(root: Path, settings: dict[str, Any]) -> bool:
    """Tell whether there is something of which the folder of TEI files can be made."""
    from toolkit.convert.formats import suffixes

    return bool(_files(root / settings.get("transcriptions", "transcriptions"), suffixes()))


def _shared_folders(source: SourceText, settings: dict[str, Any], root: Path) -> list[Diagnostic]:
    """Return an error for a folder that is named for two kinds of files, or holds all of another.

    Registers may lie below the documents; documents below the registers would be taken for those.
    """
    tei = (root / settings.get("tei", "tei")).resolve()
    transcriptions = (root / settings.get("transcriptions", "transcriptions")).resolve()
    hint = "Name a folder for each."
    shared: list[tuple[str, str]] = []
    if transcriptions == tei:
        key = "transcriptions" if "transcriptions" in settings else "tei"
        shared.append((key, "transcriptions and the TEI files cannot lie in the same folder"))
    if "registers" in settings and tei.is_relative_to((root / settings["registers"]).resolve()):
        said = "the folder of the registers cannot be that of the TEI files, or lie above it"
        shared.append(("registers", said))
    return [WRONG_SETTING.at(place_in_toml(source, (key,)), said, hint) for key, said in shared]


def _unknown_codes(source: SourceText, settings: dict[str, Any]) -> list[Diagnostic]:
    """Return an error for each list of codes in which no finding has one of them."""
    validate = settings.get("validate", {})
    lists: list[tuple[KeyPath, Sequence[str]]]
    lists = [((key,), validate.get(key, ())) for key in ("select", "ignore")]
    lists += [(("per-file-ignores", f), c) for f, c in validate.get("per-file-ignores", {}).items()]
    found = []
    for path, words in lists:
        try:
            _codes(words)
        except UnknownCodeError as error:
            where = place_in_toml(source, ("validate", *path))
            found.append(WRONG_SETTING.at(where, str(error), error.hint))
    return found


def _no_room_for_text(source: SourceText, settings: dict[str, Any]) -> list[Diagnostic]:
    """Return an error for each direction in which the margins leave no room on the page."""
    given = settings.get("print", {})
    if not given.keys() & {"width", "height", "margins"}:
        return []  # the toolkit's own margins fit its own page
    from toolkit.publish import print_settings

    room = print_settings(given).layout.room
    sides = (("width", "inside and outside", "wide"), ("height", "top and bottom", "high"))
    return [
        WRONG_SETTING.at(
            place_in_toml(source, ("print", "margins" if "margins" in given else key)),
            f"with the margins {between}, the text would be {left:g} mm {how}",
            f"Leave at least {_LEAST_ROOM} mm: make the margins smaller or the page larger.",
        )
        for (key, between, how), left in zip(sides, room, strict=True)
        if left < _LEAST_ROOM
    ]


def _series_behind_others(source: SourceText, settings: dict[str, Any]) -> list[Diagnostic]:
    """Return an error for each series of notes all of which belong to one above it."""
    series = settings.get("note-series", ())
    fits = [{key: each[key] for key in ("type", "resp") if key in each}.items() for each in series]
    return [
        WRONG_SETTING.at(
            place_in_toml(source, ("note-series", place)),
            f"no note can belong to the series “{series[place]['title']}”: all that fit it belong "
            f"to “{series[first]['title']}” above",
            "A note belongs to the first series it fits: put the narrower one above.",
        )
        for place in range(len(series))
        for first in [next((n for n in range(place) if fits[n] <= fits[place]), None)]
        if first is not None
    ]


def _codes(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(code_of(word) for word in words)


def place_of(edition: Edition, path: KeyPath, value: str = "") -> Position:
    """Return where in edition.toml the setting at ``path`` stands, or ``value`` in it."""
    return place_of_value(read_text(edition.root / SETTINGS_FILE), path, value)


def _edition(root: Path, settings: dict[str, Any]) -> Edition:
    editors = tuple(Editor(**editor) for editor in settings.get("editors", ()))
    tei = root / settings.get("tei", "tei")
    return Edition(
        root=root,
        title=settings["title"],
        language=settings["language"],
        description=settings.get("description", ""),
        publisher=settings.get("publisher", ", ".join(editor.name for editor in editors)),
        editors=editors,
        licence=Licence(**settings["licence"]) if "licence" in settings else None,
        address=_with_slash(settings.get("address", "")),
        image_hosts=tuple(host.lower() for host in settings.get("image-hosts", ())),
        conventions=settings.get("conventions", "default"),
        documents=tuple(ConventionChoice(**choice) for choice in settings.get("documents", ())),
        transcriptions=root / settings.get("transcriptions", "transcriptions"),
        tei=tei,
        registers=root / settings["registers"] if "registers" in settings else tei / "registers",
        schema=_schema(root, settings),
        schemas=_store(root, settings),
        catalogs=tuple(root / each for each in settings.get("catalogs", ())),
        stylesheets=root / settings["stylesheets"] if "stylesheets" in settings else None,
        output=root / settings.get("output", "output"),
        outputs=tuple(settings.get("outputs", ("html", "pdf"))),
        views=tuple(settings.get("views", ("both", "reading", "diplomatic"))),
        codes=_codes_that_count(root, settings.get("validate", {})),
        taught=_taught(root, settings.get("annotate", {})),
        name_variants=tuple(
            variant
            for variant in ("surnames", "forenames", "initials")
            if settings.get("annotate", {}).get(variant, True)
        ),
        annotation=root / settings.get("annotate", {}).get("folder", "annotation"),
        only_certain=settings.get("annotate", {}).get("only-certain", True),
        recogniser=settings.get("annotate", {}).get("recogniser", ""),
        print=settings.get("print", {}),
        note_series=tuple(settings.get("note-series", ())),
        signs=settings.get("signs", {}),
    )


def _store(root: Path, settings: dict[str, Any]) -> Path:
    folder: str = settings.get("schemas", "schemas")
    return root / folder


def _schema(root: Path, settings: dict[str, Any]) -> Path | None:
    """Return the schema that is named: a file, or one of the toolkit or of a store."""
    named = settings.get("schema")
    if named is None or (root / named).is_file():
        return root / named if named else None
    # Few name one that is no file.
    from toolkit.validate.addresses import addresses_of

    return addresses_of((), _store(root, settings)).named(named)


def _with_slash(address: str) -> str:
    return f"{address.rstrip('/')}/" if address else ""


def _taught(root: Path, settings: dict[str, Any]) -> tuple[Path, ...] | None:
    if "learn" not in settings:
        return None
    found = {path for pattern in settings["learn"] for path in root.glob(pattern)}
    return tuple(sorted(path for path in found if path.is_file()))


def _codes_that_count(root: Path, settings: dict[str, Any]) -> Codes:
    return Codes(
        select=_codes(settings.get("select", ())),
        ignore=_codes(settings.get("ignore", ())),
        ignore_in_files={
            pattern: _codes(words)
            for pattern, words in settings.get("per-file-ignores", {}).items()
        },
        root=root,
    )
