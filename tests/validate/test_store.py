"""The store of schemas: what is put in is pinned, complete, and found again by its address."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import socket
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from toolkit.diagnostics import Diagnostic, DiagnosticError
from toolkit.tei.parse import parse
from toolkit.validate import Context, choice, validate
from toolkit.validate.addresses import Addresses
from toolkit.validate.schemas import forget_schemas
from toolkit.validate.store import changing, fetching, store_in
from toolkit.validate.store.folder import StoredSchema

GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"'
B = f'{GRAMMAR}><start><element name="b"><empty/></element></start></grammar>'
C = B.replace('"b"', '"c"')


def including(href: str) -> str:
    return f'{GRAMMAR}><include href="{href}"/></grammar>'


@dataclass
class Server:
    """A server on this machine; ``pages`` are texts, or addresses to go on to."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            page = served.pages.get(self.path)
            if page is None:
                self.send_error(404)
            elif page.startswith("-> "):
                self.send_response(302)
                self.send_header("Location", page[3:])
                self.end_headers()
            else:
                content = page.encode()
                self.send_response(200)
                if self.path == "/compressed.rng":
                    self.send_header("Content-Encoding", "gzip")
                promised = len(content) + (10 if self.path == "/broken-off.rng" else 0)
                self.send_header("Content-Length", str(promised))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Server(f"http://127.0.0.1:{running.server_port}")
    thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    forget_schemas()
    return tmp_path / "store"


def context(folder: Path) -> Context:
    return Context(addresses=Addresses(stores=(folder,)))


def findings(text: str, folder: Path) -> tuple[Diagnostic, ...]:
    try:
        return validate(parse("a.xml", text.encode()), context(folder))
    except DiagnosticError as error:
        return error.diagnostics


def codes(text: str, folder: Path) -> list[str]:
    return [d.code for d in findings(text, folder)]


def refusal(source: str, folder: Path) -> Diagnostic:
    with pytest.raises(DiagnosticError) as refused:
        changing.add(source, "x", folder)
    assert not folder.exists() or list(folder.iterdir()) == []
    (found,) = refused.value.diagnostics
    assert found.hint
    return found


def files(schema: StoredSchema) -> list[str]:
    return [file.path for file in schema.files]


def test_a_schema_is_fetched_with_all_that_it_refers_to(server: Server, folder: Path) -> None:
    server.pages = {
        "/s/my.rng": including("parts/one.rng"),
        "/s/parts/one.rng": including("/top/two.rnc"),
        "/top/two.rnc": f'include "{server.address}/three?v=1"',
        "/three?v=1": B,
    }
    schema = changing.add(f"{server.address}/s/my.rng", "my", folder).schema
    assert server.asked == ["/s/my.rng", "/s/parts/one.rng", "/top/two.rnc", "/three?v=1"]
    assert len(schema.files) == 4
    server.asked.clear()
    model = f'<?xml-model href="{server.address}/s/my.rng"?>'
    assert codes(f"{model}<b/>", folder) == []
    assert codes(f"{model}<c/>", folder) == ["V101"]
    assert server.asked == []


def test_nothing_is_fetched_unasked(server: Server, folder: Path, tmp_path: Path) -> None:
    server.pages = {"/my.rng": B}
    model = f'<?xml-model href="{server.address}/my.rng"?>'
    assert codes(f"{model}<b/>", folder)[0] == "V191"
    (tmp_path / "my.rng").write_text(including(f"{server.address}/my.rng"))
    assert codes(f'<?xml-model href="{tmp_path.as_uri()}/my.rng"?><b/>', folder) == ["V183"]
    assert server.asked == []


def test_reports_name_a_stored_schema_by_its_name(server: Server, folder: Path) -> None:
    server.pages["/my.rng"] = B
    address = f"{server.address}/my.rng"
    changing.add(address, "letters", folder)
    document = parse("a.xml", f'<?xml-model href="{address}"?><b/>'.encode())
    (used,) = choice(document, context(folder)).used
    assert (used.name, used.address, used.origin) == ("letters", address, "xml-model")


def test_references_start_where_redirections_lead_to(server: Server, folder: Path) -> None:
    server.pages = {
        "/latest.rng": f"-> {server.address}/v2/my.rng",
        "/v2/my.rng": including("part.rng"),
        "/v2/part.rng": "-> /v1/part.rng",
        "/v1/part.rng": B,
    }
    schema = changing.add(f"{server.address}/latest.rng", "my", folder).schema
    assert files(schema)[0].endswith("/v2/my.rng")
    for name in ("latest.rng", "v2/my.rng"):
        assert codes(f'<?xml-model href="{server.address}/{name}"?><b/>', folder) == []


def test_a_stored_schema_serves_http_and_https(folder: Path) -> None:
    folder.mkdir()
    (folder / "my.rng").write_text(B)
    listed = {
        "source": "https://x.org/my.rng",
        "language": "RELAX NG",
        "version": "1",
        "files": [
            {
                "path": "my.rng",
                "sha256": hashlib.sha256(B.encode()).hexdigest(),
                "address": "https://X.org/my.rng",
            }
        ],
    }
    (folder / "schemas.json").write_text(json.dumps({"version": 1, "schemas": {"my": listed}}))
    assert codes('<?xml-model href="http://x.org/my.rng"?><b/>', folder) == []


def test_a_local_schema_is_taken_in_with_what_it_includes(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "a" / "parts").mkdir(parents=True)
    (tmp_path / "a" / "my.rng").write_text(including("parts/one.rng"))
    (tmp_path / "a" / "parts" / "one.rng").write_text(including("../../two.rng"))
    (tmp_path / "two.rng").write_text(B)
    schema = changing.add(str(tmp_path / "a" / "my.rng"), "my", folder).schema
    assert files(schema) == ["my/a/my.rng", "my/a/parts/one.rng", "my/two.rng"]
    assert schema.source == "../a/my.rng"
    (tmp_path / "two.rng").unlink()
    used = Context(schema=schema.main, addresses=Addresses(stores=(folder,)))
    assert validate(parse("a.xml", b"<b/>"), used) == ()


def test_rules_are_taken_in_with_what_they_include(server: Server, folder: Path) -> None:
    rule = '<rule xmlns="{0}" context="/*"><assert test="@n">no n</assert></rule>'
    namespace = "http://purl.oclc.org/dsdl/schematron"
    server.pages = {
        "/my.sch": f'<schema xmlns="{namespace}"><pattern><include href="p/r.sch"/></pattern>'
        "</schema>",
        "/p/r.sch": rule.format(namespace),
        "/b.rng": f"{GRAMMAR}><start><element name='b'><optional><attribute name='n'/></optional>"
        "</element></start></grammar>",
    }
    changing.add(f"{server.address}/my.sch", "rules", folder)
    changing.add(f"{server.address}/b.rng", "b", folder)
    models = "".join(f'<?xml-model href="{server.address}/{n}"?>' for n in ("b.rng", "my.sch"))
    assert codes(f"{models}<b/>", folder) == ["V601"]
    assert codes(f"{models}<b n=''/>", folder) == []


def test_a_changed_file_is_refused_with_what_to_do(server: Server, folder: Path) -> None:
    server.pages["/my.rng"] = B
    schema = changing.add(f"{server.address}/my.rng", "my", folder).schema
    model = f'<?xml-model href="{server.address}/my.rng"?>'
    for spoil in (lambda: schema.main.write_text(C), schema.main.unlink):
        spoil()
        forget_schemas()
        (found,) = findings(f"{model}<b/>", folder)
        assert (found.code, found.file) == ("V195", str(schema.main))
        assert "tei schema update my" in found.hint


def test_an_update_pins_what_is_there_now(server: Server, folder: Path) -> None:
    server.pages["/my.rng"] = B
    schema = changing.add(f"{server.address}/my.rng", "my", folder).schema
    assert not changing.update(schema).is_news
    server.pages["/my.rng"] = C
    assert changing.update(schema).is_news
    assert codes(f'<?xml-model href="{server.address}/my.rng"?><c/>', folder) == []
    server.pages["/my.rng"] = "<broken"
    with pytest.raises(DiagnosticError):
        changing.update(schema)
    assert codes(f'<?xml-model href="{server.address}/my.rng"?><c/>', folder) == []


def test_what_is_removed_is_gone(server: Server, folder: Path) -> None:
    server.pages["/my.rng"] = B
    changing.remove(changing.add(f"{server.address}/my.rng", "my", folder).schema)
    assert [path.name for path in folder.iterdir()] == ["schemas.json"]
    assert store_in(folder).schemas == {}


def test_the_same_schema_gives_the_same_bytes(server: Server, tmp_path: Path) -> None:
    server.pages = {"/my.rng": including("part.rng"), "/part.rng": B}
    found: list[Mapping[str, bytes]] = []
    for name in ("one", "two"):
        changing.add(f"{server.address}/my.rng", "my", tmp_path / name)
        every = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        found.append({str(p.relative_to(tmp_path / name)): p.read_bytes() for p in every})
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("page", "code", "word"),
    [
        ("/absent.rng", "V196", "nothing at this address"),
        ("/round.rng", "V196", "without end"),
        ("/insecure.rng", "V196", "not secure"),
        ("/file.rng", "V196", "not on the web"),
        ("/broken-off.rng", "V196", "connection ended"),
        ("/large.rng", "V196", "larger than"),
        ("/compressed.rng", "V196", "compressed"),
        ("/page.html", "V190", "`<html>`"),
        ("/broken.rng", "V181", "well-formed"),
        ("/missing-part.rng", "V196", "nothing at this address"),
        ("/local-part.rng", "V183", "not a local file"),
    ],
)
def test_what_cannot_be_fetched_or_used_leaves_the_store_as_it_was(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, page: str, code: str, word: str
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1 << 20)
    server.pages = {
        "/round.rng": "-> /round.rng",
        "/insecure.rng": "-> http://x.invalid/my.rng",
        "/file.rng": "-> file:///etc/hostname",
        "/broken-off.rng": B,
        "/compressed.rng": B,
        "/large.rng": f"<!--{'x' * (1 << 21)}-->",
        "/page.html": "<html><body>Not here</body></html>",
        "/broken.rng": "<grammar",
        "/missing-part.rng": including("part.rng"),
        "/local-part.rng": including("ftp://x.invalid/part.rng"),
    }
    found = refusal(server.address + page, folder)
    assert found.code == code
    assert word in found.message
    assert found.file.startswith(server.address)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("https://127.0.0.1:1/x.rng", "cannot be reached"),
        ("https://[/x.rng", "no address"),
        ("https://x.org:port/x.rng", "no address"),
        ("https://anna:secret@x.org/x.rng", "name of a user"),
        ("https://", "no address on the web"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_of(folder: Path, address: str, word: str) -> None:
    found = refusal(address, folder)
    assert (found.code, word in found.message) == ("V196", True)
    assert "secret" not in str(found)


def test_http_is_spoken_with_this_machine_only() -> None:
    assert fetching.secure("http://x.org/a b.rng#top") == "https://x.org/a%20b.rng"
    assert fetching.secure("https://bücher.example/ä") == "https://xn--bcher-kva.example/%C3%A4"
    assert fetching.secure("http://localhost:8000/a.rng") == "http://localhost:8000/a.rng"


def test_nobody_is_led_on_to_this_machine() -> None:
    request = urllib.request.Request("https://x.org/my.rng")
    redirections = fetching.SecureRedirections()
    for target in ("http://localhost/x", "https://127.0.0.1/x", "http://y.org/x"):
        with pytest.raises(DiagnosticError) as refused:
            redirections.redirect_request(
                request, io.BytesIO(), 302, "", http.client.HTTPMessage(), target
            )
        assert "not secure" in refused.value.diagnostics[0].message


def test_a_server_that_does_not_answer_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = refusal(f"http://127.0.0.1:{silent.getsockname()[1]}/x.rng", folder)
    assert "no answer" in found.message


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("{", 1, "not JSON"),
        ('{"version": 2, "schemas": {}}', 1, "version"),
        ('{"version": 1,\n"schemas": {\n"a": {"source": ""}}}', 3, "is missing"),
    ],
)
def test_a_list_that_cannot_be_understood_is_told_of(
    folder: Path, text: str, line: int, word: str
) -> None:
    folder.mkdir()
    (folder / "schemas.json").write_text(text)
    with pytest.raises(DiagnosticError) as refused:
        store_in(folder)
    (found,) = refused.value.diagnostics
    assert (found.code, found.line) == ("V197", line)
    assert word in found.message


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://epidoc.stoa.org/schema/latest/tei-epidoc.rng", "tei-epidoc"),
        ("https://dracor.org/schema.rng", "dracor"),
        ("https://www.my.org/", "my"),
        ("schemas/our letters.rnc", "our-letters"),
        ("dracor_1.6.0.rng", "dracor_1.6.0"),
    ],
)
def test_a_schema_is_called_after_its_file(source: str, name: str) -> None:
    assert changing.default_name(source) == name
    assert changing.is_name(name)


def test_no_name_looks_like_a_file() -> None:
    assert not any(map(changing.is_name, ("a/b", "..", ".x", "a.rng", "", "ä")))
