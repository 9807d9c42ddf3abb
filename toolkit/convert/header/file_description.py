"""fileDesc: title, responsibility, publication, notes, source (TEI Guidelines, 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.convert.header.context import Context, token
from toolkit.convert.metadata.fields import SourceReference
from toolkit.convert.tree import Copy, Element, Node, Words, element

_CREDITED = ("editor", "translator", "transcriber")
_IN_IDENTIFIER = ("settlement", "institution", "repository", "collection")


def file_description(context: Context) -> Element:
    """Return the fileDesc element."""
    return element(
        "fileDesc",
        _title_statement(context),
        _publication_statement(context),
        _source_description(context),
    )


def add_notes(context: Context, description: Element) -> None:
    """Keep as notes what no other part of the header has written; call this last."""
    notes = _notes(context)
    if notes:
        description.children.insert(2, Element("notesStmt", {}, notes))


def _title_statement(context: Context) -> Element:
    fields = context.reading.fields
    titles = [element("title", *context.written(value)) for value in fields.get("title", ())]
    statement = element("titleStmt", *(titles or [element("title", _spare_title(context))]))
    for name in ("author", "funder"):
        for value in fields.get(name, ()):
            statement.children.append(element(name, *context.written(value)))
    statement.children += _responsibilities(context)
    return statement


def _spare_title(context: Context) -> Node:
    if context.heading:
        return Copy(context.heading.start, context.heading.end)
    return Words(context.stem)


def _responsibilities(context: Context) -> Iterator[Element]:
    known = context.convention.responsibilities
    named = (*_CREDITED, *sorted(context.responsible - {*_CREDITED, "toolkit"}))
    for name in named:
        values = context.reading.fields.get(name, ())
        if not values and name not in context.responsible:
            continue
        role = known.get(name)
        people: list[Element] = [element("persName", *context.written(value)) for value in values]
        unnamed = (role.unnamed if role else "") or f"{name} not named in the transcription"
        yield element(
            "respStmt",
            element("resp", Words(role.resp if role else name)),
            *(people or [element("name", Words(unnamed))]),
            xml__id=name,
        )
    yield element(
        "respStmt",
        element("resp", Words("encoding by rule")),
        element("name", Words("TEI toolkit")),
        xml__id="toolkit",
    )


def _publication_statement(context: Context) -> Element:
    publication = context.publication
    if publication.publisher or publication.title:
        agency = element("publisher", Words(publication.publisher or publication.title))
    else:
        agency = element("authority", Words("Not yet published"))
    statement = element("publicationStmt", agency)
    fields = context.reading.fields
    for value in fields.get("identifier", ()):
        statement.children.append(element("idno", *context.written(value)))
    rights: list[Node] = []
    if publication.licence_name or publication.licence_url:
        said = publication.licence_name or publication.licence_url
        words = Words(f"The encoding is licensed under {said}.")
        target = publication.licence_url.replace(" ", "%20")
        rights.append(element("licence", words, target=target))
    rights += [element("p", *context.written(value)) for value in fields.get("rights", ())]
    if rights:
        statement.children.append(Element("availability", {}, rights))
    return statement


def _notes(context: Context) -> list[Node]:
    notes: list[Node] = []
    for key, value in context.left():
        attributes = {"type": "metadata", **({"n": key} if key else {})}
        notes.append(Element("note", attributes, context.written(value)))
    return notes


def _source_description(context: Context) -> Element:
    fields = context.reading.fields
    kept = [*context.reading.sources]
    named = tuple(
        (name, value)
        for name in (*_IN_IDENTIFIER, "shelfmark", "folio")
        for value in fields.get(name, ())
    )
    if named:
        kept.insert(0, SourceReference(named))
    if kept:
        return element("sourceDesc", *(_source(context, reference) for reference in kept))
    words = f"Encoded from the transcription {context.stem}; it names no source."
    return element("sourceDesc", element("p", Words(words)))


def _source(context: Context, reference: SourceReference) -> Element:
    if reference.whole:
        return element("bibl", *context.written(reference.whole))
    identifier = element("msIdentifier")
    for name in _IN_IDENTIFIER:
        places = [value for each, value in reference.parts if each == name]
        many = name == "collection"
        for value in places if many else places[:1]:
            identifier.children.append(element(name, *context.written(value)))
    single = dict.fromkeys(_IN_IDENTIFIER, 0)
    remarks: list[Element] = []
    for name, value in reference.parts:
        if name == "remark":
            remarks.append(element("p", *context.written(value)))
            continue
        if name in single and (name == "collection" or not single[name]):
            single[name] = 1
            continue
        identifier.children.append(element("idno", *context.written(value), type=token(name)))
    return element("msDesc", identifier, *remarks)
