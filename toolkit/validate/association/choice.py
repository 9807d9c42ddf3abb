"""The choice of schemas for one document.

What the user names holds for all documents; else each document names its own (``xml-model``); else
the schema that comes with the toolkit is used. Nothing is fetched.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.diagnostics.used_schema import Origin, UsedSchema
from toolkit.files import path_of_uri
from toolkit.tei.parse import ParsedDocument
from toolkit.validate.addresses import Addresses
from toolkit.validate.association.languages import GRAMMAR, RULES, Language
from toolkit.validate.association.version import version_of
from toolkit.validate.association.xml_model import BAD_XML_MODEL, XmlModel, xml_models
from toolkit.validate.bundled import bundled_at, bundled_with_grammar, default_schema
from toolkit.validate.context import Context
from toolkit.validate.store.folder import StoredSchema

NOT_AT_HAND = Kind(
    "V191",
    "schema-not-at-hand",
    Severity.WARNING,
    "The document names a schema that is not at hand, so it was not checked against it.",
)
NOT_CHECKED = Kind(
    "V192",
    "schema-language-not-checked",
    Severity.NOTE,
    "The document names a schema in a language that the toolkit does not check. It checks RELAX NG "
    "and Schematron.",
)

_DEFAULT_PHASE = "#DEFAULT"
_ALL_PHASES = "ALL"
_COMPACT = ".rnc"


@dataclass(frozen=True, slots=True)
class Rule:
    """A file with Schematron rules, and the phase to check."""

    file: Path
    phase: str = _DEFAULT_PHASE


@dataclass(frozen=True, slots=True)
class Choice:
    """What a document is checked against.

    Attributes:
        grammars: the RELAX NG schemas; the document has to follow each of them.
        rules: the Schematron rules.
        used: the schemas by name, for reports.
        findings: what is wrong with the document's own choice.
    """

    grammars: tuple[Path, ...]
    rules: tuple[Rule, ...]
    used: tuple[UsedSchema, ...]
    findings: tuple[Diagnostic, ...] = ()


def forget_choices() -> None:
    """Choose anew from now on: a file may have changed."""
    for each in (choice, _choice_of_user, _found):
        each.cache_clear()


@lru_cache(maxsize=1)
def choice(document: ParsedDocument, context: Context) -> Choice:
    """Return what a document is checked against; the choice for the last one is kept."""
    if context.schema is not None:
        return _choice_of_user(context)
    return _choice_of_document(document, context)


@lru_cache(maxsize=1)
def _choice_of_user(context: Context) -> Choice:
    schema = context.schema or default_schema().grammar
    used = _used(schema, "RELAX NG", context.origin, context.addresses)
    return Choice((schema,), _rules((schema,), (), context), (used,))


def _choice_of_document(document: ParsedDocument, context: Context) -> Choice:
    named = xml_models(document)
    if not (named.models or named.findings):
        return _default_choice(context)
    collected = _Collected()
    for model in named.models:
        _collect(model, document, context, collected)
    grammars = tuple(dict.fromkeys(collected.grammars))
    used = collected.used
    if not grammars:
        default = _default_choice(context)
        grammars = default.grammars
        used = [*default.used, *used]
    missing = (_not_at_hand(each, bool(collected.grammars)) for each in collected.missing)
    return Choice(
        grammars,
        _rules(grammars, collected.rules, context),
        tuple(dict.fromkeys(used)),
        (*named.findings, *collected.findings, *missing),
    )


@lru_cache(maxsize=1)
def _default_choice(context: Context) -> Choice:
    default = default_schema()
    used = UsedSchema(default.name, default.version, "RELAX NG", Origin.BUNDLED)
    return Choice((default.grammar,), _rules((default.grammar,), (), context), (used,))


def _rules(
    grammars: tuple[Path, ...], named: list[Rule] | tuple[Rule, ...], context: Context
) -> tuple[Rule, ...]:
    """Return the rules that were named, those of the context, and those that go with grammars.

    The rules of a schema are embedded in it, if it is XML.
    """
    if not context.schematron:
        return ()
    files = {rule.file for rule in named}
    implied = []
    for grammar in grammars:
        known = bundled_with_grammar(grammar)
        file = known.rules if known else grammar
        if file.suffix.lower() != _COMPACT and file not in files:
            implied.append(Rule(file))
    return tuple(dict.fromkeys([*implied, *named, *map(Rule, context.rules)]))


@dataclass
class _Collected:
    """What was found so far of the schemas that a document names."""

    grammars: list[Path] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    used: list[UsedSchema] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    missing: list[_Missing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Missing:
    """A schema that is not at hand, and its address."""

    model: XmlModel
    address: str
    language: Language


def _collect(model: XmlModel, document: ParsedDocument, context: Context, into: _Collected) -> None:
    language = model.language
    if language is None:
        into.findings.append(_unknown_language(model))
    elif not language.checked:
        into.findings.append(_not_checked(model, language))
    elif language.checked == GRAMMAR or context.schematron:
        address = _address(model.href, document.file)
        found = _found(address, language, context.addresses)
        if found is None:
            into.missing.append(_Missing(model, address, language))
            return
        file, used = found
        into.used.append(used)
        if language.checked == GRAMMAR:
            into.grammars.append(file)
        else:
            into.rules.append(Rule(file, _phase(model.phase)))


@lru_cache(maxsize=32)
def _found(
    address: str, language: Language, addresses: Addresses
) -> tuple[Path, UsedSchema] | None:
    """Return the file of a schema and how reports name it; None if it is not at hand."""
    mapped = addresses.mapped(address)
    file = path_of_uri(mapped)
    if file is not None:
        if not os.path.isfile(file):  # noqa: PTH113 (Path.is_file raises for a name too long)
            return None
        named = address if mapped != address else ""
        return file, _used(file, language.name, Origin.XML_MODEL, addresses, named)
    stored = addresses.stored_at(mapped)
    if stored is not None and _is_usable(stored, language):
        return stored.main, _used(stored.main, language.name, Origin.XML_MODEL, addresses, address)
    known = bundled_at(mapped)
    if known is None:
        return None
    file = known.rules if language.checked == RULES else known.grammar
    return file, UsedSchema(known.name, known.version, language.name, Origin.XML_MODEL, address)


def _is_usable(stored: StoredSchema, language: Language) -> bool:
    """Tell whether a stored schema is of a language: rules may be embedded in a grammar in XML."""
    embeds = language.checked == RULES and stored.main.suffix.lower() != _COMPACT
    return stored.language == language.name or embeds


def _used(
    file: Path, language: str, origin: Origin, addresses: Addresses, address: str = ""
) -> UsedSchema:
    """Return how reports name a schema; a stored one must be what was stored."""
    stored, known = addresses.stored(file), bundled_with_grammar(file)
    name = stored.name if stored else known.name if known else _shown(file)
    return UsedSchema(name, version_of(file), language, origin, address)


def _address(href: str, file: str) -> str:
    """Return the absolute address of what a document refers to."""
    try:
        return urljoin(Path(os.path.abspath(file)).as_uri(), href)  # noqa: PTH100 (no links)
    except ValueError:
        return href


def _phase(named: str) -> str:
    return f"#{named}" if named == _ALL_PHASES else named or _DEFAULT_PHASE


def _shown(file: Path) -> str:
    here = Path.cwd()
    return file.relative_to(here).as_posix() if file.is_relative_to(here) else str(file)


def _is_remote(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def _not_at_hand(missing: _Missing, other_grammar: bool) -> Diagnostic:
    model = missing.model
    if missing.language.checked == RULES:
        instead = "its rules were not checked"
    elif other_grammar:
        instead = "the document was not checked against it"
    else:
        default = default_schema()
        instead = f"the document was checked against {default.name} ({default.version}) instead"
    if _is_remote(missing.address):
        said = f"the schema {missing.address} is not at hand"
        # A document may say anything, and hints are pasted into shells.
        command = f"tei schema add {shlex.quote(missing.address)}"
        hint = f"Nothing is fetched unasked; put it into the store: {command}"
    else:
        said = f"there is no schema {model.href}"
        hint = "Mend the href, or put the schema there."
    return NOT_AT_HAND.at(model.position, f"{said}: {instead}", hint)


def _not_checked(model: XmlModel, language: Language) -> Diagnostic:
    return NOT_CHECKED.at(
        model.position,
        f"{model.href} is a schema in {language.name}, which is not checked",
        "Name a schema in RELAX NG beside it; TEI publishes all its schemas as such too.",
    )


def _unknown_language(model: XmlModel) -> Diagnostic:
    return BAD_XML_MODEL.at(
        model.position,
        f"nothing tells in which language the schema {model.href} is written",
        'For RELAX NG write schematypens="http://relaxng.org/ns/structure/1.0", for Schematron '
        'schematypens="http://purl.oclc.org/dsdl/schematron".',
    )
