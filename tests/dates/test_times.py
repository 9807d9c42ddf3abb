"""Times of the day are found where it is clear which half of the day is meant."""

from __future__ import annotations

import pytest

from toolkit.dates import find_times


@pytest.mark.parametrize(
    ("language", "text", "expected", "when"),
    [
        ("en", "at 3.30 p.m. on Monday", "3.30 p.m.", "15:30:00"),
        ("en", "at 11 a. m., and", "11 a. m.", "11:00:00"),
        ("en", "12 a.m.", "12 a.m.", "00:00:00"),
        ("en", "at 1530 hours", "1530 hours", "15:30:00"),
        ("en", "8.15 in the evening", "8.15 in the evening", "20:15:00"),
        ("de", "um 15 Uhr", "15 Uhr", "15:00:00"),
        ("de", "um 15 Uhr 20", "15 Uhr 20", "15:20:00"),
        ("de", "4 ½ Uhr nachmittags", "4 ½ Uhr nachmittags", "16:30:00"),
        ("de", "12 Uhr mittags", "12 Uhr mittags", "12:00:00"),
        ("fr", "à 8 h. du matin", "8 h. du matin", "08:00:00"),
        ("fr", "à 14 h 30", "14 h 30", "14:30:00"),
    ],
)
def test_a_clear_time_is_found(language: str, text: str, expected: str, when: str) -> None:
    (found,) = find_times(text, language)
    assert (text[found.start : found.end], found.when) == (expected, when)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "at 3 o'clock"),
        ("en", "14 hours later"),
        ("en", "13 p.m."),
        ("de", "um 3 Uhr"),
        ("de", "um ½ 4 Uhr nachmittags"),
        ("de", "25 Uhr"),
        ("de", "Nr. 3/15 Uhr"),
        ("fr", "20 heures de travail"),
        ("la", "15 Uhr"),
    ],
)
def test_what_may_be_either_of_two_times_or_none_is_left_alone(language: str, text: str) -> None:
    assert find_times(text, language) == ()
