"""From the merged JSON of a profile to a :class:`Convention`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.convert.conventions.model import (
    BlockRule,
    BlockRules,
    Combination,
    Convention,
    Correspondence,
    Example,
    Extent,
    FieldBlock,
    Footer,
    FootnoteRule,
    Hand,
    Likeness,
    Metadata,
    Named,
    NotationRule,
    Regex,
    Responsibility,
    Script,
    Statement,
    TableForm,
    Template,
)

Data = Mapping[str, Any]

_ANYTHING = re.compile(r"[\s\S]+")


def build(data: Data) -> Convention:
    """Return the convention that ``data``, valid against the schema, describes."""
    return Convention(
        name=data["name"],
        title=data["title"],
        description=data["description"],
        language=data.get("language", ""),
        language_names=data.get("language_names", {}),
        original_languages=_named(data, "original_languages", "language"),
        notation=tuple(_notation(rule) for rule in data.get("notation", ())),
        combinations=tuple(_combination(rule) for rule in data.get("combinations", ())),
        footnotes=tuple(_footnote(rule) for rule in data.get("footnotes", ())),
        suspicious=_named(data, "suspicious"),
        metadata=_metadata(data.get("metadata", {})),
        furniture=_named(data, "furniture"),
        blocks=_blocks(data.get("blocks", {})),
        scripts=tuple(_script(entry) for entry in data.get("scripts", ())),
        verse_genres=frozenset(data.get("verse_genres", ())),
        genre_families={
            family: frozenset(name.casefold() for name in names)
            for family, names in data.get("genre_families", {}).items()
        },
        genres=_named(data, "genres", "genre"),
        correspondence=_correspondence(data.get("correspondence", {})),
        posts=tuple(re.compile(pattern) for pattern in data.get("posts", ())),
        persons=tuple(re.compile(pattern) for pattern in data.get("persons", ())),
        organisations=tuple(re.compile(pattern) for pattern in data.get("organisations", ())),
        responsibilities={
            name: Responsibility(entry["resp"], entry.get("unnamed", ""))
            for name, entry in data.get("responsibilities", {}).items()
        },
        hands={
            name: Hand(entry["description"], entry.get("medium", ""))
            for name, entry in data.get("hands", {}).items()
        },
        abbreviations=frozenset(data.get("abbreviations", ())),
        statements=tuple(_statement(entry) for entry in data.get("statements", ())),
    )


def regex(pattern: str | None) -> Regex | None:
    """Compile a pattern of a profile: ``^`` and ``$`` match at line ends."""
    return re.compile(pattern, re.MULTILINE) if pattern else None


def _sure(pattern: str) -> Regex:
    return re.compile(pattern, re.MULTILINE)


def _named(data: Data, key: str, value: str = "") -> tuple[Named, ...]:
    return tuple(
        Named(
            entry["name"],
            _sure(entry["pattern"]),
            entry.get(value, ""),
        )
        for entry in data.get(key, ())
    )


def _statement(rule: Data) -> Statement:
    return Statement(rule.get("says", ""), rule.get("declares", "interpretation"))


def _examples(rule: Data) -> tuple[Example, ...]:
    return tuple(Example(entry["text"], entry["tei"]) for entry in rule.get("examples", ()))


def _template(data: Data, content: str = "") -> Template:
    children = tuple(_template(child) for child in data.get("children", ()))
    return Template(
        data.get("element", ""),
        data.get("attributes", {}),
        data.get("content", "" if children else content),
        children,
    )


def _notation(rule: Data) -> NotationRule:
    scope = rule["scope"]
    return NotationRule(
        name=rule["name"],
        scope=scope,
        tei=_template(rule["tei"], "" if scope == "point" else "content"),
        statement=_statement(rule),
        pattern=regex(rule.get("pattern")),
        open=_delimiter(rule, "open"),
        open_literal=rule.get("open", ""),
        close=_delimiter(rule, "close"),
        close_literal=rule.get("close", ""),
        content=regex(rule.get("content")),
        unless=regex(rule.get("unless")),
        extents=tuple(
            Extent(entry["to"], entry.get("when", "always"), entry.get("cert", ""))
            for entry in rule.get("extent", ())
        ),
        likeness=_likeness(rule["likeness"]) if "likeness" in rule else None,
        values=rule.get("values", {}),
        swallow=rule.get("swallow", "none"),
        crosses_paragraphs=rule.get("crosses_paragraphs", False),
        catches_all=rule.get("catches_all", False),
        tags=rule.get("tags", False),
        signs=regex(rule.get("signs")),
        doubtful=regex(rule.get("doubtful")),
        genre=rule.get("genre", ""),
        not_in=frozenset(rule.get("not_in", ())),
        keywords=tuple(rule.get("keywords", ())),
        examples=_examples(rule),
    )


def _likeness(data: Data) -> Likeness:
    return Likeness(
        data.get("similarity", 0.0), data.get("capitalised", False), data.get("initials", False)
    )


def _delimiter(rule: Data, key: str) -> Regex | None:
    literal = rule.get(key)
    return _sure(re.escape(literal)) if literal else regex(rule.get(f"{key}_pattern"))


def _combination(rule: Data) -> Combination:
    return Combination(
        rule["name"],
        rule["first"],
        rule["second"],
        _template(rule["tei"], "content"),
        _statement(rule),
        _examples(rule),
    )


def _footnote(rule: Data) -> FootnoteRule:
    return FootnoteRule(
        rule["name"],
        _sure(rule["call"]),
        _sure(rule["note"]),
        _template(rule["tei"], "content"),
        _statement(rule),
        rule.get("swallow", "none"),
        rule.get("continues", False),
        regex(rule.get("until")),
        _examples(rule),
    )


def _field_block(entry: Data) -> FieldBlock:
    return FieldBlock(
        entry["name"],
        regex(entry.get("pattern")) or _ANYTHING,
        entry.get("field", ""),
        entry.get("optional", False),
        entry.get("one_line", False),
        entry.get("has_date", False),
        entry.get("once", False),
        entry.get("same_as", ""),
    )


def _metadata(data: Data) -> Metadata:
    fenced = data.get("front_matter", {})
    footer = data.get("footer")
    return Metadata(
        fence=fenced.get("open", ""),
        fence_ends=tuple(fenced.get("close", ())),
        unfenced=frozenset(fenced.get("unfenced", ())),
        once=frozenset(fenced.get("once", ())),
        keys={
            alias.casefold(): field
            for field, aliases in data.get("keys", {}).items()
            for alias in aliases
        },
        source_keys=data.get("source_keys", {}),
        in_text=tuple(_field_block(entry) for entry in data.get("in_text", ())),
        first_blocks=tuple(_field_block(entry) for entry in data.get("first_blocks", ())),
        footer=_footer(footer) if footer else None,
        credits=_named(data, "credits", "field"),
        source_separator=regex(data.get("source_separator")),
        sources=_named(data, "sources"),
        split_people=regex(data.get("split_people")),
    )


def _footer(data: Data) -> Footer:
    summary = data.get("summary")
    return Footer(
        _sure(data["marker"]),
        _field_block(summary) if summary else None,
        data.get("labels", {}),
        tuple(_field_block(entry) for entry in data.get("blocks", ())),
    )


def _blocks(data: Data) -> BlockRules:
    before = data.get("before_address")
    return BlockRules(
        opener=_block_rules(data, "opener"),
        before_address=_block_rule(before) if before else None,
        head=_block_rules(data, "head"),
        closer=_block_rules(data, "closer"),
        postscript=_block_rules(data, "postscript"),
        body=_block_rules(data, "body"),
        anywhere=_block_rules(data, "anywhere"),
        line_hyphen=regex(data.get("line_hyphen")),
        line_ends=data.get("line_ends", "lb"),
    )


def _block_rules(data: Data, key: str) -> tuple[BlockRule, ...]:
    return tuple(_block_rule(rule) for rule in data.get(key, ()))


def _block_rule(rule: Data) -> BlockRule:
    tei = rule.get("tei")
    return BlockRule(
        name=rule["name"],
        tei=_template(tei, "content") if tei else None,
        parts={name: _template(part, name) for name, part in rule.get("parts", {}).items()},
        role=rule.get("role", ""),
        pattern=regex(rule.get("pattern")),
        unless=regex(rule.get("unless")),
        notation=rule.get("notation", ""),
        after=tuple(rule.get("after", ())),
        same_as=tuple(rule.get("same_as", ())),
        max_words=rule.get("max_words", 0),
        capitalised=rule.get("capitalised", 0.0),
        no_final=rule.get("no_final", ""),
        date=rule.get("date", ""),
        before_date=regex(rule.get("before_date")),
        genre=rule.get("genre", ""),
        within=rule.get("within", ""),
        each=rule.get("each", False),
        reach=rule.get("reach", 0),
        continues=rule.get("continues", False),
        joins=rule.get("joins", False),
        lines=rule.get("lines", False),
        followed=rule.get("followed", False),
        at_least=rule.get("at_least", 1),
        section=rule.get("section", 0),
        apart=rule.get("apart", False),
        div=rule.get("div", {}),
        table=_table(rule["table"]) if "table" in rule else None,
        examples=_examples(rule),
    )


def _table(data: Data) -> TableForm:
    return TableForm(
        _sure(data["row"]),
        _sure(data["separator"]),
        regex(data.get("edge")),
        regex(data.get("ruling")),
        regex(data.get("sign")),
    )


def _script(data: Data) -> Script:
    return Script(data["name"], _sure(data["pattern"]), data["tag"], tuple(data["languages"]))


def _correspondence(data: Data) -> Correspondence:
    titles: Sequence[str] = data.get("titles", ())
    return Correspondence(
        sender=tuple(data.get("sender", ())),
        recipient=tuple(data.get("recipient", ())),
        place=tuple(data.get("place", ())),
        titles=tuple(_sure(pattern) for pattern in titles),
        strip=regex(data.get("strip")),
        split=regex(data.get("split")),
    )
