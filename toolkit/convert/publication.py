"""What the header says of the edition a document belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Publication:
    """The edition: title, publisher, licence and language (BCP 47). Any of them may be empty."""

    title: str
    publisher: str
    licence_name: str = ""
    licence_url: str = ""
    language: str = ""
