"""Date expressions are found, and say no more than the text does."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.dates import find_dates, find_impossible_dates, normalise
from toolkit.dates.calendars import calendars
from toolkit.dates.grammar import grammar_for, grammar_of_calendar, languages
from toolkit.dates.parts import rough_names
from toolkit.resources import SCHEMAS

DAY = "1959-06-18"
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "la": "Ianuarii Februarii Martii Aprilis Maii Iunii Iulii Augusti Septembris Octobris Novembris"
    " Decembris",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
PIECES = ["May", "June", "5", "18th", ",", "1959", "of", "last", "year", "in", "-", "31", "1/2/50"]


def found(text: str, language: str = "en", anchor: str | None = None) -> dict[str, dict[str, str]]:
    return {text[d.start : d.end]: dict(d.attributes) for d in find_dates(text, language, anchor)}


@pytest.mark.parametrize(
    ("text", "anchor", "day", "doubtful"),
    [
        ("Wednesday, 31 August", "1955-08-20", "1955-08-31", False),
        ("Monday, 31 August", "1952-06-11", "1953-08-31", True),
        # Two days before the document the day of the week is mistaken, not the year.
        ("Tuesday, 31 August", "1953-09-02", "1953-08-31", True),
        ("Monday, 31 August 1952", None, "1952-08-31", True),
    ],
)
def test_the_day_of_the_week_before_a_date_belongs_to_it_and_tells_of_its_year(
    text: str, anchor: str | None, day: str, doubtful: bool
) -> None:
    (date,) = find_dates(text, "en", anchor)
    assert (text[date.start : date.end], date.attributes["when"]) == (text, day)
    assert date.is_doubtful is doubtful


@pytest.mark.parametrize(
    ("language", "text", "expected", "value"),
    [
        ("en", "Moscow, June 18, 1959.", "June 18, 1959", "1959-06-18"),
        ("zh", "1959年6月18日到达", "1959年6月18日", "1959-06-18"),
        ("zh", "于一九五九年六月十八日", "一九五九年六月十八日", "1959-06-18"),
        ("ko", "1959년 6월", "1959년 6월", "1959-06"),
        ("en", "Michaelmas 1483", "Michaelmas 1483", "1483-09-29"),
        ("en", "on Good Friday, 1865", "Good Friday, 1865", "1865-04-14"),
        ("en", "Easter Day 1700", "Easter Day 1700", "1700-03-31"),
        ("de", "am Sonntag Laetare 1520", "Sonntag Laetare 1520", "1520-03-18"),
        ("de", "Freitag nach Ostern 1520", "Freitag nach Ostern 1520", "1520-04-13"),
        ("de", "zu Pfingsten 1902", "Pfingsten 1902", "1902-05-18"),
        ("fr", "à Pâques 1789", "Pâques 1789", "1789-04-12"),
        ("en", "the 18th of June, 1959", "18th of June, 1959", "1959-06-18"),
        ("en", "JUNE 18, 1959", "JUNE 18, 1959", "1959-06-18"),
        ("en", "Sept. 9th, 1848", "Sept. 9th, 1848", "1848-09-09"),
        ("en", "the twenty-first of May 1848", "twenty-first of May 1848", "1848-05-21"),
        ("en", "18 June\n   1959", "18 June\n   1959", "1959-06-18"),
        ("en", "received 18.VI.1959", "18.VI.1959", "1959-06-18"),
        ("en", "in June 1959", "June 1959", "1959-06"),
        ("en", "built in 1959.", "1959", "1959"),
        ("en", "see 1959-06-18", "1959-06-18", "1959-06-18"),
        ("de", "Wien, 3. Mai 1848", "3. Mai 1848", "1848-05-03"),
        ("de", "den 17. Junii 1720", "17. Junii 1720", "1720-06-17"),
        ("de", "am 8. 1. 1918", "8. 1. 1918", "1918-01-08"),
        ("de", "im Jahr 1848", "1848", "1848"),
        ("fr", "le 1er mai 1848", "1er mai 1848", "1848-05-01"),
        ("fr", "en 1789", "1789", "1789"),
        ("it", "a dì 3 di marzo 1512", "3 di marzo 1512", "1512-03-03"),
        ("la", "die XV mensis Maii 1450", "XV mensis Maii 1450", "1450-05-15"),
        ("la", "decima quinta die Aprilis 1500", "decima quinta die Aprilis 1500", "1500-04-15"),
        ("de", "Wien, 5. Oct. [1894]", "5. Oct. [1894]", "1894-10-05"),
        ("ru", "в 1860-м году", "1860-м году", "1860"),
        ("ru", "5 июня 1911 г.", "5 июня 1911 г.", "1911-06-05"),
        ("ru", "относится к 1860 году и", "1860 году", "1860"),
        ("zh", "2/13/1950", "2/13/1950", "1950-02-13"),
    ],
)
def test_a_date_is_found_with_the_precision_of_the_text(
    language: str, text: str, expected: str, value: str
) -> None:
    assert found(text, language) == {expected: {"when": value}}


@pytest.mark.parametrize(
    ("language", "text", "expected", "value"),
    [
        ("en", "On February 20, he", "February 20", "1959-02-20"),
        ("en", "December 24", "December 24", "1958-12-24"),
        ("en", "reached in March of last year", "March of last year", "1958-03"),
        ("en", "the 22nd of last month", "22nd of last month", "1959-05-22"),
        ("en", "yours of the 5th inst.", "5th inst.", "1959-06-05"),
        ("en", "my letter of 3d ult. said", "3d ult.", "1959-05-03"),
        ("en", "I came yesterday.", "yesterday", "1959-06-17"),
        ("en", "to sail on the 5th, if", "5th", "1959-06-05"),
        ("en", "dated 10/14/50", "10/14/50", "1950-10-14"),
        ("en", "February 29", "February 29", "1960-02-29"),
        ("de", "am 5. d. M.", "5. d. M.", "1959-06-05"),
        ("de", "kam gestern abend", "gestern abend", "1959-06-17"),
        ("de", "am 9. 3. 958", "9. 3. 958", "1958-03-09"),
        ("de", "nächsten Montag", "nächsten Montag", "1959-06-22"),
        ("de", "den 3. passati", "3. passati", "1959-05-03"),
        ("en", "last Friday", "last Friday", "1959-06-12"),
        ("it", "il 5 corrente", "5 corrente", "1959-06-05"),
        ("la", "5. huius", "5. huius", "1959-06-05"),
        ("fr", "le 5 courant", "5 courant", "1959-06-05"),
        ("ru", "проверена 9 июня.", "9 июня", "1959-06-09"),
        ("ru", "в марте прошлого года", "марте прошлого года", "1958-03"),
    ],
)
def test_what_is_inferred_from_the_documents_date_says_so(
    language: str, text: str, expected: str, value: str
) -> None:
    assert found(text, language, DAY) == {expected: {"when": value, "evidence": "internal"}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kal. Ian. 1450", "1450-01-01"),
        ("pridie Kal. Maii MDCCXX", "1720-04-30"),
        ("III Id. Mart. 1450", "1450-03-13"),
        ("Nonis Octobris 1450", "1450-10-07"),
        ("XVIII Kal. Ian. 1450", "1449-12-15"),
        ("V Kal. Mart. 1604", "1604-02-26"),
        ("VI Kal. Mart. 1604", "1604-02"),
    ],
)
def test_days_are_counted_back_from_the_kalends(text: str, value: str) -> None:
    assert found(text, "la") == {text: {"when": value}}


def test_too_many_days_before_the_nones_are_an_impossible_date() -> None:
    assert found("X Non. Ian. 1450", "la") == {}
    assert [i.text for i in find_impossible_dates("X Non. Ian. 1450", "la")] == ["X Non. Ian. 1450"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Am 3. Mai 1848 kam er, selben Tags ging er", "1848-05-03"),
        ("de", "Am 3. Mai 1848 kam er, den 7. Dito ging er", "1848-05-07"),
        ("fr", "le 3 mai 1848, et le lendemain", "1848-05-04"),
        ("en", "on 3 May 1848; in the same year", "1848"),
        ("it", "il 3 maggio 1848, il 7 detto", "1848-05-07"),
    ],
)
def test_what_refers_to_the_date_before_is_counted_from_it(
    language: str, text: str, value: str
) -> None:
    _first, second = find_dates(text, language, DAY)
    assert second.attributes == {"when": value, "evidence": "internal"}
    assert second.follows_another


def test_the_same_day_is_no_date_where_none_was_named() -> None:
    assert found("selben Tags ging er", "de", DAY) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-15 March 1919", {"from": "1919-03-01", "to": "1919-03-15"}),
        ("March 1-15, 1919", {"from": "1919-03-01", "to": "1919-03-15"}),
        ("28 December – 3 January 1920", {"from": "1919-12-28", "to": "1920-01-03"}),
        ("from 1914 to 1918", {"from": "1914", "to": "1918"}),
        ("between 3 and 5 May 1848", {"notBefore": "1848-05-03", "notAfter": "1848-05-05"}),
        ("in the 1850s", {"notBefore": "1850", "notAfter": "1859"}),
    ],
)
def test_a_span_of_time_has_two_ends(text: str, expected: dict[str, str]) -> None:
    assert list(found(text).values()) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "1959",
        "(1959) Korean Consular No. 039",
        "Consular No. 5/51",
        "118-01026-01",
        "5/6/1950",
        "10/14/50",
        "the 5th Army",
        "on the 5th Army's flank",
        "You may 5 times",
        "march 1 mile",
        "yesterday",
        "in June of each year",
    ],
)
def test_what_is_no_date_or_not_clear_is_left_alone(text: str) -> None:
    assert found(text) == {}


def test_a_day_without_year_and_without_anchor_keeps_its_year_open() -> None:
    assert found("On February 20, he") == {"February 20": {"when": "--02-20"}}


def test_an_anchor_of_a_year_gives_the_year() -> None:
    assert found("February 20", anchor="1959")["February 20"]["when"] == "1959-02-20"


def test_an_impossible_date_is_reported_and_not_tagged() -> None:
    text = "written on 31 February 1959 and 1 March 1959"
    assert found(text) == {"1 March 1959": {"when": "1959-03-01"}}
    assert [i.text for i in find_impossible_dates(text, "en")] == ["31 February 1959"]
    assert [i.text for i in find_impossible_dates("am 31. 2. 1900", "de")] == ["31. 2. 1900"]


def test_a_text_known_to_be_a_date_needs_no_cue() -> None:
    assert whole("[1837]", "de") == {"when": "1837"}
    assert whole("1848-05", "und") == {"when": "1848-05"}
    assert whole("1914–18", "en") == {"from": "1914", "to": "1918"}
    assert whole("Tuesday morning in 1837", "en") is None
    assert whole("MDCCXX", "la") == {"when": "1720"}
    assert whole("Dienstag, den 3. Mai 1848 früh", "de") == {"when": "1848-05-03"}


@pytest.mark.parametrize(
    ("text", "value"),
    [("Weihnachten", "1902-12-25"), ("Neujahr", "1903-01-01"), ("30. août", "1902-08-30")],
)
def test_a_feast_or_another_language_is_read_where_the_text_is_known_to_be_a_date(
    text: str, value: str
) -> None:
    read = normalise(text, "de", "1902-12-28")
    assert read is not None
    assert read.attributes == {"when": value, "evidence": "internal"}


@pytest.mark.parametrize(
    "text", ["Vgl. Jacobi 1863", "Weihnachten kam", "二十五年", "Martini war da"]
)
def test_a_name_like_that_of_a_feast_is_no_date(text: str) -> None:
    assert find_dates(text, "de", "1902-12-28") == ()


def test_a_day_alone_is_the_one_nearest_to_the_document() -> None:
    first = normalise("1.", "de", "1899-12-30")
    assert first is not None
    assert first.attributes == {"when": "1900-01-01", "evidence": "internal"}
    sunday = normalise("Sonntag", "de", "1959-06-18")
    assert sunday is not None
    assert sunday.attributes == {"when": "1959-06-21", "evidence": "internal"}


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ("1899-11", "1899-11-10"),
        ("1900-01-03", "1900-01-10"),
        ("1900-01-12", "1900-01-10"),
        ("1900-02-12", "1900-01-10"),
        ("1899-02-03", "1900-01-10"),
    ],
)
def test_a_day_alone_goes_on_in_the_month_named_before(named: str, value: str) -> None:
    read = normalise("10.", "de", "1900-01-05", named)
    assert read is not None
    assert read.attributes["when"] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ostermontag, 19. 4. 97", "1897-04-19"),
        ("Ostersonntag 15. IV. 06", "1906-04-15"),
        ("[16.] 7. 1902", "1902-07-16"),
        ("16. [7.] 1902", "1902-07-16"),
        ("[16.] Juli 1902", "1902-07-16"),
        ("Montag in acht Tagen", "1902-07-28"),
        ("heute in 8 Tagen", "1902-07-24"),
        ("heute vor 8 Tagen", "1902-07-10"),
        ("im Jahr zuvor", "1901"),
    ],
)
def test_the_day_of_a_feast_restored_digits_and_weeks_are_read(text: str, value: str) -> None:
    read = normalise(text, "de", "1902-07-17")
    assert read is not None
    assert read.attributes["when"] == value


def whole(text: str, language: str) -> dict[str, str] | None:
    read = normalise(text, language)
    return None if read is None else dict(read.attributes)


@given(st.dates(date(1500, 1, 1), date(2090, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_every_day_written_out_is_read_back(day: date, language: str) -> None:
    month = MONTHS[language].split()[day.month - 1]
    dot = "." if language == "de" else ""
    text = f"{day.day}{dot} {month} {day.year}"
    assert found(text, language) == {text: {"when": day.isoformat()}}


@given(st.dates(date(1500, 1, 1), date(2090, 12, 31)), st.integers(-150, 150))
def test_a_day_near_the_anchor_gets_the_anchors_year(anchor: date, days: int) -> None:
    day = anchor + timedelta(days=days)
    month = MONTHS["en"].split()[day.month - 1]
    assert [
        d.attributes["when"] for d in find_dates(f"{month} {day.day}", "en", anchor.isoformat())
    ] == [day.isoformat()]


@given(
    st.lists(
        st.sampled_from(
            [
                "May",
                "June",
                "5",
                "18th",
                ",",
                ".",
                "1959",
                "of",
                "last",
                "year",
                "in",
                "-",
                "31",
                "the",
                "1/2/50",
                "since",
                "about",
                "before",
                "or",
                "and",
                "two",
                "weeks",
                "ago",
                "century",
                "Easter",
                "Monday",
                "1914-18",
                "seit",
                "vor",
                "Jahren",
                "10/21",
            ]
        )
    ),
    st.sampled_from(["en", "de", "fr", "it", "la", "ru", "xx"]),
    st.sampled_from([None, "1959", "1959-06", DAY, "nonsense"]),
)
def test_expressions_are_in_order_and_do_not_overlap(
    words: list[str], language: str, anchor: str | None
) -> None:
    text = " ".join(words)
    expressions = find_dates(text, language, anchor)
    ends = [0, *(e.end for e in expressions)]
    assert all(end <= e.start < e.end for end, e in zip(ends, expressions, strict=False))


@pytest.mark.parametrize(
    "file",
    [
        *(each for each in (SCHEMAS / "dates").glob("??*.json") if "." not in each.stem),
        *(SCHEMAS / "dates" / "scripts").glob("*.json"),
    ],
    ids=lambda file: file.stem,
)
def test_each_grammar_follows_the_schema(file: Path) -> None:
    schema = (SCHEMAS / "dates" / "grammar.schema.json").read_text(encoding="utf-8")
    grammar = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.validate(grammar, json.loads(schema))
    assert grammar["language"] == ("und" if file.parent.name == "scripts" else file.stem)


@pytest.mark.parametrize(
    ("file", "language", "share_right"),
    [
        ("habsburg-minutes-de", "de", 0.99),
        ("habsburg-ottoman-1719", "de", 0.88),
        ("schnitzler-letters-de", "de", 0.9),
        ("us-history-en", "en", 0.90),
    ],
)
def test_dates_that_editors_encoded_are_read_as_they_did(
    data_folder: Path, file: str, language: str, share_right: float
) -> None:
    path = data_folder / "gold" / "dates" / f"{file}.jsonl"
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right = 0
    document, named = "", None
    for entry in entries:
        if entry["file"] != document:
            document, named = entry["file"], None
        read = normalise(entry["text"], language, entry["doc"], named)
        if read is not None:
            # The calendar of a date is for the header to declare.
            said = {name: value for name, value in entry["attrs"].items() if name != "calendar"}
            right += read.attributes.items() - {("evidence", "internal")} == said.items()
            named = read.attributes.get("when", named)
    assert right >= share_right * len(entries)


@given(st.lists(st.text("aeı. ’-ẕ̲1", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_a_rough_expression_matches_each_of_its_names(names: list[str]) -> None:
    assert all(re.fullmatch(rough_names(names), name) for name in names)


@pytest.mark.parametrize("language", [*languages(), "und"])
def test_each_form_of_a_grammar_is_an_expression_that_can_be_found(language: str) -> None:
    grammars = [
        grammar_for(language),
        *(grammar_of_calendar(calendar, language) for calendar in calendars()),
    ]
    for grammar in grammars:
        for form in grammar.forms:
            assert re.compile(form.rough).groups, form.rough
            # In running text a form is tried only near something that it needs.
            matches_nothing = form.names_month and not grammar.months
            assert form.whole or matches_nothing or grammar.need_of(form), form.rough


@pytest.mark.parametrize("anchor", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("text", ["yesterday", "tomorrow", "3 May", "next month", "the '30s"])
def test_nothing_is_reckoned_from_a_date_that_stands_for_an_unknown_one(
    text: str, anchor: str
) -> None:
    assert found(text, "en", anchor) == found(text, "en")
