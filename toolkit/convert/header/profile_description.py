"""profileDesc: abstract, creation, languages, correspondence, genre (TEI Guidelines, 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.convert.header.context import Context
from toolkit.convert.metadata.fields import Value, value_of
from toolkit.convert.metadata.read import language_tag, original_languages
from toolkit.convert.text.characters import trimmed
from toolkit.convert.tree import Copy, Element, Node, Words, element
from toolkit.dates import find_dates, normalise


def profile_description(context: Context) -> Element:
    """Return the profileDesc element."""
    fields = context.reading.fields
    correspondence = _correspondence(context)
    description = element("profileDesc")
    summary = [element("p", *context.written(value)) for value in fields.get("abstract", ())]
    if summary:
        description.children.append(element("abstract", *summary))
    if correspondence is None:
        description.children += _creation(context)
    description.children += _languages(context)
    description.children += _hands(context)
    if correspondence is not None:
        description.children.append(correspondence)
    description.children += _classification(context)
    return description


def _creation(context: Context) -> Iterator[Element]:
    fields = context.reading.fields
    children: list[Node] = [
        element("placeName", *context.written(v)) for v in fields.get("place", ())
    ]
    children += [context.dated("date", value) for value in fields.get("date", ())]
    if not fields.get("date"):
        children += _date_of_text(context)
    if children:
        yield Element("creation", {}, children)


def _languages(context: Context) -> Iterator[Element]:
    names = context.convention.language_names
    said = context.reading.fields.get("language", ())
    tags: dict[str, list[Node]] = {}
    for value in said:
        tag = language_tag(value.text, context.convention)
        if value.text.casefold() == tag and tag in names and context.as_attribute(value):
            tags.setdefault(tag, [Words(names[tag])])
        else:
            tags.setdefault(tag or "und", []).extend(context.written(value))
    if not said and context.language:
        tags[context.language] = [Words(names.get(context.language, context.language))]
    for tag in original_languages(context.reading, context.convention):
        tags.setdefault(tag, [Words(names.get(tag, tag))])
    if tags:
        yield element(
            "langUsage",
            *(Element("language", {"ident": tag}, nodes) for tag, nodes in tags.items()),
        )


def _hands(context: Context) -> Iterator[Element]:
    known = context.convention.hands
    notes = [
        element(
            "handNote",
            Words(known[name].description if name in known else f"the hand “{name}”"),
            medium=known[name].medium if name in known else "",
            xml__id=name,
        )
        for name in sorted(context.hands)
    ]
    if notes:
        yield element("handNotes", *notes)


def _classification(context: Context) -> Iterator[Element]:
    fields = context.reading.fields
    terms = [element("term", *context.written(value)) for value in fields.get("genre", ())]
    keywords = [element("term", *context.written(value)) for value in fields.get("keywords", ())]
    if not terms:
        genre = genre_of(context.reading.text("title"), context)
        terms = [element("term", Words(genre))] if genre else []
    terms += _classified(context)
    if terms or keywords:
        yield element("textClass", element("keywords", *terms, *keywords))


def _classified(context: Context) -> Iterator[Element]:
    """Yield the classifications of the opener once more, each wording once."""
    said: set[str] = set()
    for spans in context.classifications:
        words = " ".join(context.text[span.start : span.end] for span in spans)
        if words.casefold() not in said:
            said.add(words.casefold())
            copies: list[Node] = [Copy(span.start, span.end) for span in spans]
            yield element("term", *copies, type="classification")


def genre_of(title: str, context: Context) -> str:
    """Return the genre that a title names, by the patterns of the profile, or nothing."""
    found = (rule.value for rule in context.convention.genres if rule.pattern.search(title))
    return next(found, "")


def _correspondence(context: Context) -> Element | None:
    rules = context.convention.correspondence
    senders = list(_people(context, "sender", rules.sender))
    recipients = list(_people(context, "recipient", rules.recipient))
    if not senders and not recipients:
        return None
    fields = context.reading.fields
    sent = element("correspAction", *senders, type="sent")
    sent.children += _place(context)
    sent.children += [context.dated("date", value) for value in fields.get("date", ())]
    if not fields.get("date"):
        sent.children += _date_of_text(context)
    actions = [sent] if sent.children else []
    if recipients:
        actions.append(element("correspAction", *recipients, type="received"))
    return element("correspDesc", *actions)


def _place(context: Context) -> Iterator[Element]:
    fields = context.reading.fields
    if "place" in fields:
        for value in fields["place"]:
            yield element("placeName", *context.written(value), resp="#toolkit")
        return
    for way in context.convention.correspondence.place:
        for span in context.roles.get(way.removeprefix("text:"), [])[:1]:
            yield element("placeName", Copy(span.start, span.end), resp="#toolkit")
            return


def _date_of_text(context: Context) -> Iterator[Element]:
    language = context.language or "und"
    for span in (*context.roles.get("date", ()), *context.roles.get("dateline", ())):
        said = context.text[span.start : span.end]
        whole = normalise(said, language)
        found = whole or next(iter(find_dates(said, language)), None)
        if found:
            copy = Copy(span.start + found.start, span.start + found.end)
            yield Element("date", dict(found.of_element), [copy])
            return


def _people(context: Context, who: str, ways: tuple[str, ...]) -> Iterator[Element]:
    for way in ways:
        kind, _, name = way.partition(":")
        if kind == "field":
            values = context.reading.fields.get(name, [])
            people = [_person(context, value, again=name != who) for value in values]
        elif kind == "text":
            people = [
                _person(context, value, again=True)
                for span in context.roles.get(name, [])[:1]
                for value in _names(context, span.start, span.end)
            ]
        else:
            people = list(_in_title(context, who))
        if people:
            yield from people
            return


def _in_title(context: Context, who: str) -> Iterator[Element]:
    title = context.reading.first("title")
    for pattern in context.convention.correspondence.titles if title else ():
        found = pattern.fullmatch(title.text) if title else None
        if found and title and who in pattern.groupindex and found[who]:
            yield _person(context, title.part(*found.span(who)), again=True)
            return


def _names(context: Context, start: int, end: int) -> Iterator[Value]:
    """Yield the names in a stretch of text, cut out by the patterns of the profile."""
    rules = context.convention.correspondence
    for a, b in _split(context.text, start, end, rules.split):
        if rules.strip:
            for found in rules.strip.finditer(context.text, a, b):
                if found.start() == a:
                    a = found.end()
                elif found.end() == b:
                    b = found.start()
        a, b = trimmed(context.text, a, b)
        if a < b:
            yield value_of(context.text, a, b)


def _split(
    text: str, start: int, end: int, separator: re.Pattern[str] | None
) -> Iterator[tuple[int, int]]:
    at = start
    for found in separator.finditer(text, start, end) if separator else ():
        if at < found.start():
            yield at, found.start()
        at = found.end()
    if at < end:
        yield at, end


def _person(context: Context, value: Value, *, again: bool) -> Element:
    nodes = context.copied(value) if again else context.written(value)
    # Annotation may link what carries this resp to a register; what an editor wrote it may not.
    return Element(context.correspondent(value.text), {"resp": "#toolkit"}, nodes)
