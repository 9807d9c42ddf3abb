"""Images on other sites are shown from there only if the edition names the site."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from tests.publish.test_html import EDITION, Page, source
from toolkit.publish import publish_document
from toolkit.publish.hosted_images import HostedImage, hosted_image
from toolkit.tei.parse import parse

HOST = "https://iiif.example.org"
IMAGE = f"{HOST}/images/2/a%2Fb"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"{HOST}/plain/a.jpg", HostedImage(f"{HOST}/plain/a.jpg")),
        (
            f"{IMAGE}/info.json",
            HostedImage(
                f"{IMAGE}/full/!1600,1600/0/default.jpg", f"{IMAGE}/full/max/0/default.jpg"
            ),
        ),
        (
            f"{IMAGE}/full/800,/0/default.png",
            HostedImage(f"{IMAGE}/full/800,/0/default.png", f"{IMAGE}/full/max/0/default.jpg"),
        ),
        ("https://elsewhere.example/a.jpg", None),
        ("http://iiif.example.org/a.jpg", None),
        ("https://iiif.example.org@elsewhere.example/a.jpg", None),
        ("https://iiif.example.org.elsewhere.example/a.jpg", None),
        (f'{HOST}/a.jpg" onerror="x', None),
        ("https://[", None),
        ("a.jpg", None),
    ],
)
def test_an_image_is_shown_from_a_site_that_is_named(url: str, shown: HostedImage | None) -> None:
    assert hosted_image(url, (HOST,)) == shown
    assert hosted_image(url, ()) is None


@pytest.mark.parametrize("hosts", [(), (HOST,)])
def test_a_page_asks_only_sites_that_are_named(hosts: tuple[str, ...]) -> None:
    body = (
        f'<pb n="1" facs="{IMAGE}/info.json"/><p>a</p>'
        f'<figure><graphic url="{HOST}/a.jpg"/></figure>'
        '<figure><graphic url="https://elsewhere.example/b.jpg"/></figure>'
    )
    document = parse("a.xml", source(body))
    published = publish_document("html", "a", document, replace(EDITION, image_hosts=hosts))
    page: Page = html.document_fromstring(published.files["a.html"].decode())
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    not_shown = [d.message for d in published.diagnostics if d.code == "P020"]
    assert any("elsewhere.example" in message for message in not_shown)
    if not hosts:
        assert (page.xpath("//img"), len(not_shown)) == ([], 3)
        assert "https:" not in policy
        return
    assert page.xpath("//img/@src") == [f"{HOST}/a.jpg"]
    assert len(not_shown) == 1
    assert f"img-src 'self' file: {HOST};" in policy
    (link,) = page.xpath("//nav[@id='ed:facsimiles']//a")
    assert link.get("href") == f"{IMAGE}/full/!1600,1600/0/default.jpg"
    assert link.get("data-nearer") == f"{IMAGE}/full/max/0/default.jpg"
