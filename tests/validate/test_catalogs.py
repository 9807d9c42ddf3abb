"""XML catalogs: which file an address means, and what is wrong with a catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.diagnostics import Diagnostic
from toolkit.tei.parse import parse
from toolkit.validate import Context, choice, validate
from toolkit.validate.addresses import Addresses, addresses_of
from toolkit.validate.catalogs import check_catalogs, resolve

NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def catalog(self, content: str, name: str = "catalog.xml", attributes: str = "") -> Path:
        text = f'<catalog xmlns="{NAMESPACE}" {attributes}>\n{content}\n</catalog>'
        return self.write(name, text)

    def write(self, name: str, text: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def resolved(self, address: str, content: str, attributes: str = "") -> str | None:
        """Return what an address means, seen from the folder."""
        path = self.path / f"{len(list(self.path.iterdir()))}.xml"  # catalogs are kept
        found = resolve(address, [self.catalog(content, path.name, attributes)])
        return found and found.removeprefix(self.path.as_uri() + "/")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("address", "entry", "meant"),
    [
        ("http://x.org/a.rng", '<uri name="http://x.org/a.rng" uri="a.rng"/>', "a.rng"),
        ("http://x.org/a b", '<uri name="http://x.org/a%20b" uri="a.rng"/>', "a.rng"),
        ("http://x.org/a%20b", '<uri name="http://x.org/a b" uri="a.rng"/>', "a.rng"),
        ("http://x.org/b", '<uri name="http://x.org/a" uri="a.rng"/>', None),
        (
            "http://x.org/s/a/b.rng",
            '<rewriteURI uriStartString="http://x.org/" rewritePrefix="x/"/>'
            '<rewriteURI uriStartString="http://x.org/s/" rewritePrefix="long/"/>',
            "long/a/b.rng",
        ),
        (
            "http://x.org/s/b.rng",
            '<uriSuffix uriSuffix="b.rng" uri="short.rng"/>'
            '<uriSuffix uriSuffix="s/b.rng" uri="long.rng"/>',
            "long.rng",
        ),
        ("http://x.org/a.rng", '<system systemId="http://x.org/a.rng" uri="a.rng"/>', "a.rng"),
        (
            "http://x.org/a.rng",
            '<systemSuffix systemIdSuffix="a.rng" uri="system.rng"/>'
            '<uriSuffix uriSuffix="a.rng" uri="uri.rng"/>',
            "uri.rng",
        ),
        (
            "http://x.org/a.rng",
            '<rewriteSystem systemIdStartString="http://x" rewritePrefix="http://y"/>',
            "http://y.org/a.rng",
        ),
        (
            "urn:publicid:-:TEI:Letters+A%2BB:EN",
            '<public publicId="-//TEI//Letters\n A+B//EN" uri="a.rng"/>',
            "a.rng",
        ),
        (
            "http://x.org/a.rng",
            '<group xml:base="g/"><uri name="http://x.org/a.rng" uri="a.rng"/></group>',
            "g/a.rng",
        ),
        (
            "http://x.org/a.rng",
            '<uri name="http://x.org/a.rng" xml:base="h/" uri="a.rng"/>',
            "h/a.rng",
        ),
        (
            "http://x.org/a.rng",
            '<o:other xmlns:o="urn:o"><uri name="http://x.org/a.rng" uri="a.rng"/></o:other>',
            None,
        ),
    ],
)
def test_an_entry_tells_what_an_address_means(
    folder: Folder, address: str, entry: str, meant: str | None
) -> None:
    assert folder.resolved(address, entry) == meant


def test_the_base_of_the_catalog_holds(folder: Folder) -> None:
    entry = '<uri name="http://x.org/a.rng" uri="a.rng"/>'
    assert folder.resolved("http://x.org/a.rng", entry, 'xml:base="b/"') == "b/a.rng"


def test_the_next_catalog_is_asked_and_then_the_others(folder: Folder) -> None:
    folder.catalog('<uri name="http://x.org/a" uri="of-next"/>', "next.xml")
    first = folder.catalog('<nextCatalog catalog="next.xml"/>')
    last = folder.catalog(
        '<uri name="http://x.org/a" uri="of-last"/><uri name="http://x.org/b" uri="b"/>', "last.xml"
    )
    assert (resolve("http://x.org/a", [first, last]) or "").endswith("/of-next")
    assert (resolve("http://x.org/b", [first, last]) or "").endswith("/b")


def test_a_delegate_alone_decides(folder: Folder) -> None:
    folder.catalog('<uri name="http://x.org/a" uri="of-delegate"/>', "delegate.xml")
    folder.catalog('<uri name="http://x.org/a" uri="of-short"/>', "short.xml")
    last = folder.catalog('<uri name="http://x.org/b" uri="b"/>', "last.xml")
    first = folder.catalog(
        '<delegateURI uriStartString="http://" catalog="short.xml"/>'
        '<delegateURI uriStartString="http://x.org/" catalog="delegate.xml"/>'
    )
    assert (resolve("http://x.org/a", [first, last]) or "").endswith("/of-delegate")
    assert resolve("http://x.org/b", [first, last]) is None


def test_catalogs_that_name_each_other_come_to_an_end(folder: Folder) -> None:
    folder.catalog(
        '<delegateURI uriStartString="http://y" catalog="a.xml"/><nextCatalog catalog="a.xml"/>',
        "b.xml",
    )
    first = folder.catalog('<nextCatalog catalog="b.xml"/><nextCatalog catalog="a.xml"/>', "a.xml")
    assert resolve("http://x.org/a", [first]) is None
    assert resolve("http://y.org/a", [first]) is None
    assert check_catalogs([first]) == ()


@pytest.mark.parametrize(
    ("content", "line", "column", "word"),
    [
        ('<uri name="http://x.org/a"/>', 2, 1, "lacks the attribute uri"),
        ('  <urn name="a" uri="b"/>', 2, 3, "`<urn>`"),
        ('<nextCatalog catalog="absent.xml"/>', 2, 1, "cannot be read"),
        (
            '<delegateURI uriStartString="http://x" catalog="https://x.org/c.xml"/>',
            2,
            1,
            "not a local",
        ),
        ('<uri name="a" uri="b">', 3, 3, "well-formed"),
    ],
)
def test_a_mistake_in_a_catalog_is_told_with_its_place(
    folder: Folder, content: str, line: int, column: int, word: str
) -> None:
    file = folder.catalog(content)
    (found,) = check_catalogs([file])
    assert (found.file, found.code, found.line, found.column) == (str(file), "V194", line, column)
    assert word in found.message


def test_a_file_that_is_no_catalog_is_told_of(folder: Folder) -> None:
    (found,) = check_catalogs([folder.write("c.xml", '<uri name="a" uri="b"/>')])
    assert "no catalog" in found.message
    (found,) = check_catalogs([folder.path / "absent.xml"])
    assert found.file.endswith("absent.xml")


def test_what_stands_before_a_mistake_is_used(folder: Folder) -> None:
    assert folder.resolved("http://x.org/a", '<uri name="http://x.org/a" uri="a"/><uri>') == "a"


def test_the_document_type_of_a_catalog_is_not_loaded(folder: Folder) -> None:
    file = folder.write(
        "c.xml",
        '<!DOCTYPE catalog PUBLIC "-//OASIS//DTD XML Catalogs V1.1//EN" "http://x.org/c.dtd">'
        f'<catalog xmlns="{NAMESPACE}"><uri name="http://x.org/a" uri="a"/></catalog>',
    )
    assert resolve("http://x.org/a", [file]) is not None


def test_the_environment_names_catalogs(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = folder.catalog(""), folder.path / "with space.xml"
    monkeypatch.setenv("XML_CATALOG_FILES", f"{first} {second.as_uri()}")
    assert addresses_of((Path("c.xml"),), None).catalogs == (Path("c.xml"), first, second)


# In validation


def validated(text: str, context: Context) -> tuple[tuple[Diagnostic, ...], list[str]]:
    document = parse("a.xml", text.encode())
    found = validate(document, context)
    return found, [used.address for used in choice(document, context).used]


def test_a_document_is_checked_against_the_file_that_a_catalog_names(folder: Folder) -> None:
    folder.write("b.rnc", "start = element b { empty }")
    catalog = folder.catalog('<uri name="https://x.org/my.rnc" uri="b.rnc"/>')
    context = Context(addresses=Addresses(catalogs=(catalog,)))
    model = '<?xml-model href="https://x.org/my.rnc"?>'
    assert validated(f"{model}<b/>", context) == ((), ["https://x.org/my.rnc"])
    assert [d.code for d in validated(f"{model}<c/>", context)[0]] == ["V101"]


def test_catalogs_tell_what_a_schema_includes(folder: Folder) -> None:
    grammar = '<grammar xmlns="http://relaxng.org/ns/structure/1.0">'
    folder.write("my.rng", f'{grammar}<include href="https://x.org/part.rng"/></grammar>')
    folder.write("local/part.rng", f'{grammar}<include href="more.rnc"/></grammar>')
    folder.write("local/more.rnc", "start = element b { empty }")
    folder.write("other/part.rng", f'{grammar}<include href="../other.rnc"/></grammar>')
    folder.write("other.rnc", "start = element c { empty }")
    context = Context(schema=folder.path / "my.rng", cache=folder.path / "cache")
    for place, document in (("local", "<b/>"), ("other", "<c/>"), ("local", "<b/>")):
        entry = f'<rewriteURI uriStartString="https://x.org/" rewritePrefix="{place}/"/>'
        catalog = folder.catalog(entry, f"{place}.xml")
        mapping = replace(context, addresses=Addresses(catalogs=(catalog,)))
        assert validated(document, mapping)[0] == ()
