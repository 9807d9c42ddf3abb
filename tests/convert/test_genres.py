"""Diaries and plays, genres without rules, and what the front matter gets wrong."""

import re

from toolkit.convert import Conversion, Publication, convert, load_convention
from toolkit.diagnostics import SourceText


def _convert(text: str, front: str = "", file: str = "a.txt") -> Conversion:
    whole = f"---\nlanguage: en\n{front}---\n\n{text}"
    return convert(SourceText(file, whole), load_convention("default"), Publication("", ""))


def _body(conversion: Conversion) -> str:
    body = re.search(r"<body>(.*)</body>", conversion.xml, re.DOTALL)
    assert body
    return re.sub(r"\n\s*", "", body[1])


def test_each_dated_entry_of_a_diary_is_a_division_with_its_dateline() -> None:
    text = "3 May 1848\n\nToday.\n\nMonday, 4 May 1848. At home.\n\nWe left on 5 May. Then home."
    date = '<opener><dateline>{}<date when="1848-05-0{}">{} May 1848</date>{}</dateline></opener>'
    assert _body(_convert(text, "genre: diary\n")) == (
        '<div type="diary">'
        f'<div type="entry">{date.format("", 3, 3, "")}<p>Today.</p></div>'
        f'<div type="entry">{date.format("", 4, "Monday, 4", ".")}'
        "<p>At home.</p><p>We left on 5 May. Then home.</p></div></div>"
    )


def test_a_play_has_acts_scenes_speeches_and_stage_directions() -> None:
    text = (
        "Act I\n\nScene 2\n\n[Enter Mary.]\n\nMARY. Hello.\nJohn: I am [very] well.\n\n(He goes.)"
    )
    assert _body(_convert(text, "genre: play\n")) == (
        '<div type="play"><div type="act"><head>Act I</head><div type="scene"><head>Scene 2</head>'
        "<stage>Enter Mary.</stage><sp><speaker>MARY.</speaker><p>Hello.</p></sp>"
        "<sp><speaker>John:</speaker><p>I am <supplied>very</supplied> well.</p></sp>"
        "<stage>(He goes.)</stage></div></div></div>"
    )


def test_the_rules_of_a_genre_do_not_hold_in_a_letter() -> None:
    body = _body(_convert("First of all.\n\nAct I\n\n(He goes.)\n\nThe end.", "genre: letter\n"))
    assert "<p>Act I</p><p>(He goes.)</p>" in body


def test_a_genre_without_rules_is_noted_at_its_line() -> None:
    (found,) = _convert("The text.\n\nThe end.", "genre: horoscope\n").diagnostics
    assert (found.code, found.line) == ("C115", 3)
    assert "Did you mean" not in found.hint


def test_a_genre_that_is_misspelt_is_told_with_the_one_that_was_meant() -> None:
    (found,) = _convert("The text.\n\nThe end.", "genre: Leter\n").diagnostics
    assert (found.code, found.hint[:22]) == ("C115", "Did you mean “letter”?")


def test_a_telegram_without_front_matter_has_a_readable_title_and_the_date_of_its_dateline() -> (
    None
):
    xml = _convert("LONDON, 3 MAY 1916\n\nARRIVED SAFE STOP\n\nJOHN", "", "to-ann_1916-05.txt").xml
    assert "<title>To ann 1916-05</title>" in xml
    creation = re.search(r"<creation>\s*(.*?)\s*</creation>", xml)
    assert creation
    assert creation[1] == '<date when="1916-05-03">3 MAY 1916</date>'


def test_mistakes_in_front_matter_are_reported_at_their_lines() -> None:
    front = "title: A\ntitle: B\n# a comment\nfoo bar\ndate: 30 February 1999\n"
    found = [(each.code, each.line) for each in _convert("The text.\n\nEnd.", front).diagnostics]
    assert found == [("C112", 4), ("C113", 6), ("C114", 7)]


def test_hebrew_and_arabic_letters_have_salutation_and_closer() -> None:
    hebrew = _body(_convert("שלום רב,\n\nקיבלתי את מכתבך.\n\nבברכה,\n\nדוד לוי"))
    arabic = _body(_convert("عزيزي أحمد،\n\nوصلتني رسالتك.\n\nمع التحية،\n\nمحمد علي"))
    for body in (hebrew, arabic):
        assert body.count("<salute>") == 2
        assert "<signed>" in body
