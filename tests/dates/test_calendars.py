"""Dates by other calendars are read, and converted only where that needs no guess."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry, Resource

from toolkit.dates import find_dates, find_impossible_dates
from toolkit.dates.calendars import calendar_named, calendars
from toolkit.resources import SCHEMAS

FOLDER = SCHEMAS / "dates"
TEXT = st.text(st.sampled_from("10/21 (5) an VIII brumaire Nisan 5720 昭和34年 Juche 48 May 1890 "))


def read(text: str, language: str) -> tuple[str, dict[str, str], tuple[str, ...], str]:
    (found,) = find_dates(text, language, "1959-06-18")
    assert found.by is not None
    attributes = dict(found.attributes)
    return text[found.start : found.end], attributes, found.by.calendars, found.by.value


@pytest.mark.parametrize(
    ("language", "text", "calendar", "value", "when"),
    [
        ("en", "10 January 1719/20", "julian", "1720-01-10", "1720-01-21"),
        ("en", "10 January 1722/3", "julian", "1723-01-10", "1723-01-21"),
        ("en", "10 January 1719 O.S.", "julian", "1719-01-10", "1719-01-21"),
        ("de", "5. März 1890 a. St.", "julian", "1890-03-05", "1890-03-17"),
        ("ru", "5 марта 1890 г. ст. ст.", "julian", "1890-03-05", "1890-03-17"),
        ("fr", "18 brumaire an VIII", "french-republican", "0008-02-18", "1799-11-09"),
        ("de", "9. Thermidor im Jahr II", "french-republican", "0002-11-09", "1794-07-27"),
        ("en", "24 Receb 1131", "hijri", "1131-07-24", "1719-06-12"),
        ("en", "5 Nisan 5720", "hebrew", "5720-01-05", "1960-04-02"),
        ("en", "昭和34年6月18日", "japanese-era", "showa-34-06-18", "1959-06-18"),
        ("zh", "民國四十八年六月", "minguo", "minguo-48-06", "1959-06"),
        ("en", "30 Safar 1131", "hijri", "1131-02-30", "1719-01-22"),
        ("ko", "단기 4292년 6월 18일", "dangi", "dangi-4292-06-18", "1959-06-18"),
        ("ko", "檀紀四二九二年六月", "dangi", "dangi-4292-06", "1959-06"),
        ("ko", "대한민국 31년 8월", "daehan-minguk", "daehan-minguk-31-08", "1949-08"),
        ("ko", "大韓民國二十一年", "daehan-minguk", "daehan-minguk-21", "1939"),
        ("ko", "주체48(1959)년 6월 18일", "juche", "juche-48-06-18", "1959-06-18"),
        ("en", "18 June, Juche 48 (1959)", "juche", "juche-48-06-18", "1959-06-18"),
    ],
)
def test_a_date_by_another_calendar_has_its_gregorian_equivalent(
    language: str, text: str, calendar: str, value: str, when: str
) -> None:
    assert read(f"({text})", language) == (text, {"when": when}, (calendar,), value)


@pytest.mark.parametrize(
    ("language", "text", "old", "when"),
    [
        ("en", "10/21 January 1719/20", "1720-01-10", "1720-01-21"),
        ("ru", "5 марта (20 февраля) 1911", "1911-02-20", "1911-03-05"),
        ("ru", "20 февраля (5 марта) 1911", "1911-02-20", "1911-03-05"),
        ("ru", "20 декабря 1899/1 января 1900", "1899-12-20", "1900-01-01"),
        ("de", "12./24. Mai 1890", "1890-05-12", "1890-05-24"),
    ],
)
def test_a_double_date_is_one_day_by_two_calendars(
    language: str, text: str, old: str, when: str
) -> None:
    assert read(text, language) == (text, {"when": when}, ("julian", "gregorian"), old)


@pytest.mark.parametrize(
    ("text", "anchor", "old", "when"),
    [
        ("10/21 Junii", "1720-06-25", "1720-06-10", "1720-06-21"),
        ("20 Decembris/1 Januarii", "1889-12-28", "1889-12-20", "1890-01-01"),
    ],
)
def test_a_double_date_without_a_year_has_that_of_the_document(
    text: str, anchor: str, old: str, when: str
) -> None:
    (found,) = find_dates(text, "de", anchor)
    assert found.attributes == {"when": when, "evidence": "internal"}
    assert found.by is not None
    assert found.by.value == old


@pytest.mark.parametrize(
    ("text", "named", "value", "when"),
    [
        ("24 Receb", "1719-05-08", "1131-07-24", "1719-06-12"),
        ("24 Receb", None, "1132-07-24", "1720-06-01"),
        ("Māh-ı Receb-i şerīfiñ yigirmi yedinci güni", "1719-05-08", "1131-07-27", "1719-06-15"),
        ("the second of the sublime month of Rajab", "1719-05-08", "1131-07-02", "1719-05-21"),
        ("ġurre-i Ramażān-ı şerīf", "1719-05-08", "1131-09-01", "1719-07-18"),
    ],
)
def test_a_hijri_day_without_a_year_is_that_nearest_to_the_date_before(
    text: str, named: str | None, value: str, when: str
) -> None:
    (found,) = find_dates(text, "en", "1720-06-01", named)
    assert found.attributes == {"when": when, "evidence": "internal"}
    assert found.by is not None
    assert found.by.value == value


def test_a_hijri_date_in_turkish_words_is_read() -> None:
    text = "Biñ yüz otuz iki senesinde māh-ı Cemaẕīyüʾl-āhiriñ beşinci Cumʿa-ertesi"
    assert read(text, "de") == (text, {"when": "1720-04-14"}, ("hijri",), "1132-06-05")


def test_two_dates_that_are_not_the_same_day_are_no_double_date() -> None:
    (found,) = find_dates("3./5. Mai 1890", "de")
    assert found.by is None
    assert found.attributes == {"from": "1890-05-03", "to": "1890-05-05"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("brumaire an VIII", "1799-10-23", "1799-11-21"),
        ("光緒三十四年五月", "1908", "1909"),
        ("明治3年5月1日", "1870", "1871"),
        (
            "ersten Dekade des Monats Ramażān, des Gesegneten, im Jahr 1131",
            "1719-07-18",
            "1719-07-27",
        ),
        ("evāḫiri Ramażāni l-mübārek sene 1131", "1719-08-07", "1719-08-16"),
        ("fī evāsiṭi Rebīʿi l-evvel senete s̠emānīn ve-tisʿa mi’e", "1572-07-22", "1572-07-31"),
    ],
)
def test_less_than_a_day_has_limits(text: str, first: str, last: str) -> None:
    assert read(text, "fr")[1] == {"notBefore": first, "notAfter": last}


@pytest.mark.parametrize(
    "text", ["31 brumaire an VIII", "昭和70年", "30 February 1719 O.S.", "31 Safar 1131"]
)
def test_a_day_that_no_calendar_has_is_told(text: str) -> None:
    language = "fr" if "an" in text and "O.S." not in text else "en"
    assert find_dates(text, language) == ()
    assert [impossible.text for impossible in find_impossible_dates(text, language)] == [text]


def test_a_month_of_a_double_year_is_that_of_the_later_one() -> None:
    (found,) = find_dates("January 1722/3", "en")
    assert found.attributes == {"notBefore": "1723-01-12", "notAfter": "1723-02-11"}


@pytest.mark.parametrize(
    ("text", "when"), [("3 Muharram 990 AH", "1582-01-28"), ("3 Muharram 991 AH", "1583-01-27")]
)
def test_before_the_gregorian_reform_a_day_is_given_as_its_time_gave_it(
    text: str, when: str
) -> None:
    (found,) = find_dates(text, "en")
    assert found.attributes["when"] == when


def test_a_month_that_may_be_either_of_two_is_not_read() -> None:
    assert find_dates("7 Adar 5719", "en") == ()


@given(
    st.dates(date(1583, 1, 1), date(2090, 12, 31)), st.sampled_from(["julian", "hijri", "hebrew"])
)
def test_every_day_is_one_day_of_each_calendar(day: date, name: str) -> None:
    calendar = calendar_named(name)
    assert calendar is not None
    years = {"julian": 0, "hijri": -621, "hebrew": 3760}[name]
    month = 7 if name == "hebrew" else 1
    first, last = calendar.period(day.year + years, None, None) or (None, None)
    assert first is not None
    assert last is not None
    assert calendar.period(day.year + years, month, 1) == (first, first)


@given(TEXT, st.sampled_from(["en", "fr", "und", "zh"]))
def test_expressions_are_in_order_and_do_not_overlap(text: str, language: str) -> None:
    found = find_dates(text, language, "1959")
    ends = [0, *(each.end for each in found)]
    assert all(end <= each.start < each.end for end, each in zip(ends, found, strict=False))


def test_each_calendar_follows_the_schema() -> None:
    schemas = [
        json.loads((FOLDER / f"{n}.schema.json").read_text()) for n in ("calendar", "grammar")
    ]
    registry: Registry[Any] = Registry().with_resource(
        "grammar.schema.json", Resource.from_contents(schemas[1])
    )
    validator = jsonschema.Draft202012Validator(schemas[0], registry=registry)
    for file in sorted((FOLDER / "calendars").glob("*.json")):
        validator.validate(json.loads(file.read_text(encoding="utf-8")))
    assert len(calendars()) == len([*(FOLDER / "calendars").glob("*.json")])


@pytest.mark.parametrize("text", ["Bd. 3, H. 4, S. 151", "ah 12 of them", "the 3/5 of May"])
def test_what_only_looks_like_another_calendar_is_left_alone(text: str) -> None:
    assert [found.by for found in find_dates(text, "de") if found.by] == []
