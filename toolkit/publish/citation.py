"""How to cite a document, for programs: CSL-JSON, BibTeX and JSON-LD.

Sources: the schema of CSL-JSON (citation-style-language/schema, 1.0.2), BibTeX's ``@incollection``,
schema.org (``Article``, ``Collection``). Nothing in them depends on when they are made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from toolkit.publish.publication import DocumentEntry, Publication

_BIBTEX = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?")


def citation_files(entry: DocumentEntry, publication: Publication) -> dict[str, bytes]:
    """Return the citation of a document as files, by their paths below the output folder."""
    csl, linked = [csl_json(entry, publication)], json_ld(entry, publication)
    return {
        f"cite/{entry.stem}.json": _json(csl),
        f"cite/{entry.stem}.bib": bibtex(entry, publication).encode(),
        f"cite/{entry.stem}.jsonld": _json(linked),
    }


def csl_json(entry: DocumentEntry, publication: Publication) -> dict[str, Any]:
    """Return the document as an item of CSL-JSON, a part of the edition."""
    return _said(
        {
            "id": entry.stem,
            "type": "chapter",
            "title": entry.title,
            "container-title": publication.title,
            "author": [{"literal": name} for name in _authors(entry)],
            "editor": [{"literal": name} for name in publication.editors],
            "publisher": publication.publisher,
            "genre": entry.kind,
            "language": entry.language,
            "original-date": _date_parts(entry.date, entry.date_end),
            "URL": address_of(entry.stem, publication),
        }
    )


def bibtex(entry: DocumentEntry, publication: Publication) -> str:
    """Return the document as a BibTeX entry, in UTF-8."""
    dates = (entry.date, entry.date_end)
    fields = _said(
        {
            "author": " and ".join(f"{{{_escaped(name)}}}" for name in _authors(entry)),
            "title": f"{{{_escaped(entry.title)}}}",
            "booktitle": f"{{{_escaped(publication.title)}}}",
            "editor": " and ".join(f"{{{_escaped(name)}}}" for name in publication.editors),
            "publisher": _escaped(publication.publisher),
            "origdate": "/".join(date for date in dates if _DATE.fullmatch(date)),
            "language": entry.language,
            "url": address_of(entry.stem, publication),
        }
    )
    key = re.sub(r"[^A-Za-z0-9:._-]+", "-", entry.stem)
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@incollection{{{key},\n{lines}\n}}\n"


def json_ld(entry: DocumentEntry, publication: Publication) -> dict[str, Any]:
    """Return the document as linked data in the vocabulary of schema.org."""
    whole = _said(
        {
            "@type": "Collection",
            "name": publication.title,
            "editor": [{"@type": "Person", "name": name} for name in publication.editors],
            "publisher": publication.publisher
            and {"@type": "Organization", "name": publication.publisher},
            "license": publication.licence_url,
            "url": publication.address,
        }
    )
    return _said(
        {
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "@id": address_of(entry.stem, publication),
            "name": entry.title,
            "author": [{"name": name} for name in _authors(entry)],
            "dateCreated": entry.date,
            "genre": entry.kind,
            "inLanguage": entry.language,
            "locationCreated": entry.place and {"@type": "Place", "name": entry.place},
            "abstract": entry.abstract,
            "license": publication.licence_url,
            "isPartOf": whole,
        }
    )


def address_of(stem: str, publication: Publication) -> str:
    """Return the address of a page on the web; nothing if the edition does not state its own."""
    return f"{publication.address}{quote(stem)}.html" if publication.address else ""


def _authors(entry: DocumentEntry) -> list[str]:
    """Return who wrote it: who sent the letter, else the authors of the title statement."""
    return [name for name in (entry.sender or entry.author).split("; ") if name]


def _date_parts(*dates: str) -> dict[str, Any]:
    """Return a date, or the two ends of a time, as CSL-JSON has them."""
    found = [match.groups() for match in map(_DATE.fullmatch, dates) if match]
    return (
        {"date-parts": [[int(part) for part in parts if part] for parts in found]} if found else {}
    )


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def _json(data: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
