"""The pages about the edition: map, chronology, correspondence."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.publish.whole_edition import pages_about
from toolkit.publish import DocumentEntry, Publication, Published, Register, Selection
from toolkit.publish.description import description_of
from toolkit.publish.places import Place, View, clip, places_in, view_of
from toolkit.tei.parse import parse

Page = Any  # an lxml tree, by methods that its type stubs do not know

TEI = "http://www.tei-c.org/ns/1.0"
LETTERS = (
    DocumentEntry("a", "A", "1871-06-02", sender="Berg", recipient="Lund"),
    DocumentEntry("b", "B", "1871-06-09", sender="Holm", recipient="Lund"),
    DocumentEntry("c", "C", "1872", sender="Lund", recipient="Berg"),
    DocumentEntry("d", "D"),
)


def register(*places: str) -> Register:
    listed = f"<listPlace>{''.join(places)}</listPlace>"
    content = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{listed}</body></text></TEI>'
    return Register("places", content.encode())


def place(identifier: str, geo: str) -> str:
    return (
        f'<place xml:id="{identifier}"><placeName>{identifier.title()}</placeName>'
        f"<location><geo>{geo}</geo></location></place>"
    )


def page_of(made: Published, name: str) -> Page:
    return html.document_fromstring(made.files[f"edition/{name}.html"].decode())


# The map.


def test_places_are_read_from_their_coordinates() -> None:
    read = places_in(
        register(
            place("oslo", "59.9 10.7"),
            place("lima", "-12.05,-77.03"),
            place("nowhere", "north of here"),
            place("beyond", "95 10"),
        )
    )
    assert [(each.entry, each.latitude, each.longitude) for each in read] == [
        ("oslo", 59.9, 10.7),
        ("lima", -12.05, -77.03),
    ]


def test_the_map_shows_each_place_with_a_link_to_its_entry_and_some_land() -> None:
    made = pages_about(Publication("E", registers=(register(place("oslo", "59.9 10.7")),)))
    page = page_of(made, "map")
    (link,) = page.xpath("//svg//a[@class='place']")
    assert link.get("href") == "../registers/places.html#oslo"
    assert "Oslo" in link.text_content()
    assert page.xpath("string(//path[@class='land']/@d)").count("M") >= 1
    start = html.document_fromstring(made.files["index.html"].decode())
    assert start.xpath("//a[@href='edition/map.html']")


def test_without_coordinates_there_is_no_map() -> None:
    made = pages_about(Publication("E", registers=(register(place("oslo", "?")),)))
    assert "edition/map.html" not in made.files
    assert b"edition/map.html" not in made.files["index.html"]


_latitudes, _longitudes = st.floats(-85, 85), st.floats(-180, 180)
_places = st.builds(Place, st.just("r"), st.just("e"), st.just("n"), _latitudes, _longitudes)


@given(st.lists(_places, min_size=1, max_size=6))
def test_every_place_lies_on_the_map(places: list[Place]) -> None:
    view = view_of(places)
    for each in places:
        x, y = view.point(each.longitude, each.latitude)
        assert -0.01 <= x <= 1000.01
        assert -0.01 <= y <= view.height + 0.01


@given(st.lists(st.tuples(_longitudes, _latitudes), min_size=3, max_size=8))
def test_what_is_drawn_lies_within_the_map(ring: list[tuple[float, float]]) -> None:
    view = View(-10, -20, 30, 40, 500)
    for x, y in clip(ring, view):
        assert -10.001 <= x <= 30.001
        assert -20.001 <= y <= 40.001


def test_land_that_crosses_the_edge_is_cut_there() -> None:
    view = View(0, 0, 10, 10, 500)
    assert set(clip([(-5, 2), (5, 2), (5, 4), (-5, 4)], view)) == {(0, 2), (5, 2), (5, 4), (0, 4)}
    assert clip([(-5, 2), (-1, 2), (-1, 4)], view) == []


# Chronology and correspondence.


def test_the_chronology_lists_documents_by_year_and_those_without_date_last() -> None:
    page = page_of(pages_about(Publication("E", documents=LETTERS)), "chronology")
    assert [h.text_content() for h in page.xpath("//section/h2")] == ["1871", "1872", "Undated"]
    assert [a.get("href") for a in page.xpath("//svg//a")] == ["#year:1871", "#year:1872"]
    assert page.xpath("//section[1]//h3//a/@href") == ["../a.html", "../b.html"]


def test_a_time_is_listed_with_both_its_ends() -> None:
    times = (
        DocumentEntry("a", "A", "0200", date_end="0300"),
        DocumentEntry("b", "B", "1848-05-03", date_end="1848-05-07"),
    )
    page = page_of(pages_about(Publication("E", documents=times)), "chronology")
    shown = [each.text_content().strip() for each in page.find_class("document-date")]
    assert shown == ["200–300", "3 May 1848 – 7 May 1848"]


def test_letters_between_two_are_listed_together_in_both_directions() -> None:
    page = page_of(pages_about(Publication("E", documents=LETTERS)), "correspondence")
    found = {
        section.findtext("h2"): section.xpath(".//h3//a/@href")
        for section in page.xpath("//section")
    }
    assert found == {"Berg – Lund": ["../a.html", "../c.html"], "Holm – Lund": ["../b.html"]}


def test_an_edition_without_letters_has_no_page_of_correspondence() -> None:
    made = pages_about(Publication("E", documents=LETTERS[3:]))
    assert "edition/correspondence.html" not in made.files


def test_a_letter_leads_to_those_before_and_after_it_between_the_same_two() -> None:
    action = "<correspAction type='{}'><persName>{}</persName></correspAction>"
    parties = action.format("sent", "Lund") + action.format("received", "Berg")
    content = (
        f'<TEI xmlns="{TEI}"><teiHeader>'
        "<fileDesc><titleStmt><title>C</title></titleStmt></fileDesc>"
        f"<profileDesc><correspDesc>{parties}</correspDesc><creation><date when='1872'/></creation>"
        "</profileDesc></teiHeader><text><body><p>x</p></body></text></TEI>"
    )
    description = description_of("c", parse("c.xml", content.encode()))
    shown = Selection(Publication("E", documents=LETTERS)).for_document(description)
    assert (shown.earlier, shown.later) == (LETTERS[0], None)
    assert [entry.stem for entry in shown.documents] == ["b", "c", "d"]
