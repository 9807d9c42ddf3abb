"""A convention profile, read and checked. The JSON Schema explains what each key means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Regex = re.Pattern[str]
Scope = Literal["point", "enclosed", "prefix", "suffix"]


@dataclass(frozen=True)
class Example:
    """A text, and the TEI that the rule makes of it."""

    text: str
    tei: str


@dataclass(frozen=True)
class Template:
    """The TEI that a rule makes.

    ``content`` is ``"content"`` for the text the rule applies to, the name of a part of the
    pattern, or empty. Attribute values may hold ``{part}``; an attribute of which a part did not
    match is left out.
    """

    element: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    children: tuple[Template, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A sentence for the editorial declaration, and the element of editorialDecl it stands in."""

    says: str = ""
    declares: str = "interpretation"


@dataclass(frozen=True)
class Extent:
    """How far a prefix or suffix reaches: ``to`` is a unit of text."""

    to: str
    when: Literal["paragraph-start", "sentence-start", "inside", "always"] = "always"
    cert: str = ""


@dataclass(frozen=True)
class Likeness:
    """The condition that two runs of words are written forms of one name.

    With ``initials`` the first is made of the initials of the second; otherwise their letters are
    alike.
    """

    similarity: float
    capitalised: bool
    initials: bool = False


@dataclass(frozen=True, eq=False)
class NotationRule:
    """A rule of notation: how it looks and what it becomes. Equal to itself alone."""

    name: str
    scope: Scope
    tei: Template
    statement: Statement
    pattern: Regex | None = None
    open: Regex | None = None
    open_literal: str = ""
    close: Regex | None = None
    close_literal: str = ""
    content: Regex | None = None
    unless: Regex | None = None
    extents: tuple[Extent, ...] = ()
    likeness: Likeness | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    swallow: Literal["none", "before", "after"] = "none"
    crosses_paragraphs: bool = False
    catches_all: bool = False
    tags: bool = False
    signs: Regex | None = None
    doubtful: Regex | None = None
    genre: str = ""
    not_in: frozenset[str] = frozenset()
    """The names of the block rules for tables in which the rule does not hold."""
    keywords: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Combination:
    """Two rules that, side by side, make one encoding: a deletion and its replacement."""

    name: str
    first: str
    second: str
    tei: Template
    statement: Statement
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class FootnoteRule:
    """Note calls in the text and their notes at the foot; both patterns have a part ``n``."""

    name: str
    call: Regex
    note: Regex
    tei: Template
    statement: Statement
    swallow: Literal["none", "before", "after"] = "none"
    continues: bool = False
    until: Regex | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Named:
    """A named pattern."""

    name: str
    pattern: Regex
    value: str = ""


@dataclass(frozen=True)
class FieldBlock:
    """A block that holds metadata: in order at the head of a file, or in its footer."""

    name: str
    pattern: Regex
    field: str
    optional: bool
    one_line: bool
    has_date: bool
    once: bool
    same_as: str


@dataclass(frozen=True)
class Footer:
    """The catalogue entry at the end of a file: from a line on, after a summary."""

    marker: Regex
    summary: FieldBlock | None
    labels: Mapping[str, str]
    blocks: tuple[FieldBlock, ...]


@dataclass(frozen=True)
class Metadata:
    """Where metadata stands in a file and what it is."""

    fence: str
    fence_ends: tuple[str, ...]
    unfenced: frozenset[str]
    once: frozenset[str]
    keys: Mapping[str, str]
    source_keys: Mapping[str, str]
    in_text: tuple[FieldBlock, ...]
    first_blocks: tuple[FieldBlock, ...]
    footer: Footer | None
    credits: tuple[Named, ...]
    source_separator: Regex | None
    sources: tuple[Named, ...]
    split_people: Regex | None


@dataclass(frozen=True)
class TableForm:
    """How a table is written: its rows, and the signs between and around their cells."""

    row: Regex
    separator: Regex
    edge: Regex | None
    ruling: Regex | None
    sign: Regex | None = None
    """The sign between two cells, one of them empty perhaps, where each row has as many."""


@dataclass(frozen=True)
class Script:
    """A script, the passages in it and the languages written in it."""

    name: str
    pattern: Regex
    tag: str
    languages: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class BlockRule:
    """A rule that says what a block, or a line of it, is. Equal to itself alone."""

    name: str
    tei: Template | None
    parts: Mapping[str, Template]
    role: str = ""
    pattern: Regex | None = None
    unless: Regex | None = None
    notation: str = ""
    after: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    max_words: int = 0
    capitalised: float = 0.0
    no_final: str = ""
    date: Literal["", "contains", "edge", "start"] = ""
    before_date: Regex | None = None
    genre: str = ""
    within: str = ""
    each: bool = False
    reach: int = 0
    continues: bool = False
    joins: bool = False
    lines: bool = False
    followed: bool = False
    at_least: int = 1
    section: int = 0
    apart: bool = False
    div: Mapping[str, str] = field(default_factory=dict)
    table: TableForm | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class BlockRules:
    """The rules for opener, head, closer, postscript, body, and what may stand anywhere."""

    opener: tuple[BlockRule, ...]
    before_address: BlockRule | None
    head: tuple[BlockRule, ...]
    closer: tuple[BlockRule, ...]
    postscript: tuple[BlockRule, ...]
    body: tuple[BlockRule, ...]
    anywhere: tuple[BlockRule, ...]
    line_hyphen: Regex | None
    line_ends: Literal["lb", "keep"]


@dataclass(frozen=True)
class Correspondence:
    """Where sender, recipient and place are found, and how their names are cut out."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place: tuple[str, ...]
    titles: tuple[Regex, ...]
    strip: Regex | None
    split: Regex | None


@dataclass(frozen=True)
class Responsibility:
    """Who a pointer such as ``#translator`` means."""

    resp: str
    unnamed: str


@dataclass(frozen=True)
class Hand:
    """A hand that ``#name`` in ``hand`` or ``new`` means: its description, and what it wrote with.

    TEI Guidelines, 11.3.2.1 Document Hands.
    """

    description: str
    medium: str


@dataclass(frozen=True, eq=False)
class Convention:
    """A convention profile with all it inherits. Equal to itself alone."""

    name: str
    title: str
    description: str
    language: str
    language_names: Mapping[str, str]
    original_languages: tuple[Named, ...]
    notation: tuple[NotationRule, ...]
    combinations: tuple[Combination, ...]
    footnotes: tuple[FootnoteRule, ...]
    suspicious: tuple[Named, ...]
    metadata: Metadata
    furniture: tuple[Named, ...]
    blocks: BlockRules
    scripts: tuple[Script, ...]
    verse_genres: frozenset[str]
    genre_families: Mapping[str, frozenset[str]]
    """The names of genres, in small letters, by the family whose rules they share."""
    genres: tuple[Named, ...]
    correspondence: Correspondence
    posts: tuple[Regex, ...]
    """Places that stand for who receives a telegram there."""
    organisations: tuple[Regex, ...]
    persons: tuple[Regex, ...]
    """Names of persons that have a word of organisations in them (John Church)."""
    responsibilities: Mapping[str, Responsibility]
    hands: Mapping[str, Hand]
    abbreviations: frozenset[str]
    statements: tuple[Statement, ...]
