"""The page of names that wait: every passage as it is, nothing that a browser would run or load."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from toolkit.annotate import Candidate, OpenName, Reason, review_as_html

TEXT = st.text(
    st.sampled_from("ab <>&\"'/=é毛"), min_size=1, max_size=12
) | st.sampled_from(["<script>x</script>", '"><img src="//x">', "</style>", "a&amp;b"])  # fmt: skip


def name(form: str, before: str, after: str, entry: str) -> OpenName:
    found = Candidate(entry, "person", entry, 0.5)
    return OpenName(form, Reason.UNCERTAIN, (found,), ("person",), entry, 3, before, after)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(name, TEXT, TEXT, TEXT, TEXT), max_size=3))
def test_passages_stand_on_the_page_as_they_are_and_nothing_runs(names: list[OpenName]) -> None:
    page = review_as_html(names)
    tree = html.document_fromstring(page)
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "h1", "p", "code", "nav"}
    allowed |= {"ul", "li", "a", "bdi", "section", "h2", "table", "tr", "th", "td", "span", "mark"}
    assert {element.tag for element in tree.iter()} <= allowed
    assert not tree.xpath("//@src | //@onclick | //@href[not(starts-with(., '#'))]")
    passages = [span for li in tree.iter("li") for span in li.iterfind("span[@dir]")]
    shown = sorted("".join(map(str, span.itertext())) for span in passages)
    wanted = sorted(f"{n.before}{n.form}{n.after}" for n in names)
    assert shown == wanted
    assert sorted(mark.text or "" for mark in tree.iter("mark")) == sorted(n.form for n in names)


def test_the_page_may_load_nothing() -> None:
    page = review_as_html([name("A", "", "", "r.xml#a")])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"url\(|@import|https?:", page)


def test_of_many_places_all_are_on_the_page() -> None:
    names = [name("A", f"the {number}th ", "", "r.xml#a") for number in range(40)]
    tree = html.document_fromstring(review_as_html(names))
    assert len(list(tree.iter("mark"))) == 40
    assert [summary.text for summary in tree.iter("summary")] == ["and 28 more"]


def test_without_names_the_page_says_so() -> None:
    assert "No name is open." in review_as_html([])


def test_the_page_tells_bearers_of_one_name_apart() -> None:
    found = tuple(
        Candidate(f"persons.xml#{life}", "person", "Brook, Clara", 0.5, f"{life}, GND 118529390")
        for life in ("1807-1850", "1835-1901")
    )
    page = review_as_html(
        [OpenName("Brook", Reason.SEVERAL_ENTRIES, found, ("person",), "a.xml", 3, "", "")]
    )
    rows = ["".join(map(str, row.itertext())) for row in html.document_fromstring(page).iter("tr")]
    assert "1807-1850, GND 118529390" in rows[1]
    assert "1835-1901" in rows[2]
