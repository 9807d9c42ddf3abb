"""Settings of an edition that are hardly meant: as ``tei init`` wrote them, or without words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from toolkit.diagnostics import Diagnostic, Kind, Severity
from toolkit.edition import Edition
from toolkit.edition_folder import SETTINGS_FILE
from toolkit.files import read_text
from toolkit.new_edition import template_settings
from toolkit.resources import XSLT
from toolkit.settings import KeyPath, place_of_value

NO_WORDING = Kind(
    "E007",
    "no-wording",
    Severity.NOTE,
    "Pages and books have no words of their own in the language of the edition, so that headings "
    "such as “Contents” are English.",
)
LEFT_AS_IT_WAS = Kind(
    "E008",
    "left-as-it-was",
    Severity.NOTE,
    "What tei init wrote into edition.toml to be replaced is published as it stands.",
)


def doubtful_settings(edition: Edition) -> tuple[Diagnostic, ...]:
    """Return what in ``edition.toml`` is still to be replaced (E008) or has no words (E007)."""
    return (*_left_as_they_were(edition), *_without_words(edition))


def _without_words(edition: Edition) -> Iterator[Diagnostic]:
    known = _languages()
    if edition.language.lower().split("-")[0] not in known:
        yield NO_WORDING.at(
            place_of_value(
                read_text(edition.root / SETTINGS_FILE), ("language",), edition.language
            ),
            f"there is no wording for “{edition.language}”: what the pages themselves say, such as "
            "“Contents”, is in English",
            f"Nothing need be done. There is wording for {', '.join(known)}; texts are hyphenated "
            "by their own language.",
        )


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in (XSLT / "locales").glob("*.xml")))


def _left_as_they_were(edition: Edition) -> Iterator[Diagnostic]:
    template = template_settings()
    if edition.description == template["description"]:
        yield _left(edition, ("description",), edition.description, "what the edition is about")
    sample = template["editors"][0]["name"]
    for index, editor in enumerate(edition.editors):
        if editor.name == sample:
            yield _left(edition, ("editors", index, "name"), sample, "who edits it")


def _left(edition: Edition, path: KeyPath, value: str, what: str) -> Diagnostic:
    return LEFT_AS_IT_WAS.at(
        place_of_value(read_text(edition.root / SETTINGS_FILE), path, value),
        f"“{value}” is published as it stands",
        f"Say here {what}.",
    )
