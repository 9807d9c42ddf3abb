"""Lists in lists, cast lists, what stands below a closer, hands, dates without a language."""

import re

import pytest

from toolkit.convert import Conversion, Publication, convert, load_convention, transcribe
from toolkit.diagnostics import SourceText
from toolkit.tei.parse import parse
from toolkit.validate import Context, validate


def _convert(text: str, profile: str = "default") -> Conversion:
    """Convert a text; the result is valid and goes back to it."""
    conversion = convert(SourceText("a.txt", text), load_convention(profile), Publication("", ""))
    document = parse("a.xml", conversion.xml.encode())
    assert validate(document, Context()) == ()
    assert transcribe(document) == text.encode()
    return conversion


def _body(conversion: Conversion) -> str:
    body = re.search(r"<body>(.*)</body>", conversion.xml, re.DOTALL)
    assert body
    return re.sub(r"\n\s*(?=<(?!lb))", "", body[1])


def _list(text: str) -> str:
    found = re.search(r"(?s)<list.*</list>", _body(_convert(f"A.\n\n{text}\n\nThe end.")))
    assert found
    return re.sub(r' rend="\w+"', "", found[0])


def test_items_that_are_set_in_are_a_list_within_the_item_before() -> None:
    assert _list("1. one\n   - x\n   - y\n2. two") == (
        '<list><item n="1">1. one<list><item>x</item><item>y</item></list></item>'
        '<item n="2">2. two</item></list>'
    )


def test_lists_nest_as_deep_as_they_are_written() -> None:
    assert _list("- a\n  - b\n    - c\n  - d\n- e") == (
        "<list><item>a<list><item>b<list><item>c</item></list></item><item>d</item></list></item>"
        "<item>e</item></list>"
    )


def test_items_of_another_kind_are_a_list_within_though_they_are_not_set_in() -> None:
    assert _list("1. one\n(a) x\n(b) y\n2. two") == (
        '<list><item n="1">1. one<list><item n="a">(a) x</item><item n="b">(b) y</item></list>'
        '</item><item n="2">2. two</item></list>'
    )


def test_a_line_that_only_looks_like_an_item_goes_on_with_the_item_before() -> None:
    assert _list("- rye, in the year\n1. of the peace\n- wheat") == (
        "<list><item>rye, in the year\n<lb/>1. of the peace</item><item>wheat</item></list>"
    )


def test_a_list_that_begins_anew_is_a_list_of_its_own() -> None:
    assert _list("(a) x\n(b) y\n\n(a) z\n(b) w").count("<list>") == 2


def test_a_cast_list_names_the_roles_up_to_the_first_act() -> None:
    body = _body(
        _convert(
            "---\ngenre: tragedy\nlanguage: en\n---\n\nDramatis Personae\n\nANNE, a queen\n"
            "JOHN (her brother)\n\nA Servant\n\nAct I\n\nANNE. Who goes there?\n\nJOHN. I."
        )
    )
    assert (
        '<div type="dramatis-personae"><head>Dramatis Personae</head><castList>'
        "<castItem><role>ANNE</role>, <roleDesc>a queen</roleDesc></castItem>"
        "<castItem><role>JOHN</role> <roleDesc>(her brother)</roleDesc></castItem>"
        "<castItem><role>A Servant</role></castItem></castList></div>"
        '<div type="act"><head>Act I</head><sp>' in body
    )


def test_the_number_of_copies_is_a_trailer_beside_the_closer() -> None:
    body = _body(
        _convert(
            "First of all.\n\nWe came.\n\nYours,\n\nA. Greave\n\nDistribution: the Ministers\n\n"
            "25 copies printed"
        )
    )
    assert body.rstrip().endswith(
        '<signed>A. Greave</signed><seg type="distribution">Distribution: the Ministers</seg>'
        "</closer><trailer>25 copies printed</trailer></div>"
    )


def test_a_resolution_is_a_note_wherever_it_stands() -> None:
    text = "The first paragraph of it.\n\nResolution: Agreed. V. Molotov\n\nThe second and last."
    assert '<note type="annotation">Resolution: Agreed. V. Molotov</note>' in _body(
        _convert(text, "soviet-telegrams")
    )


def test_each_hand_that_the_text_points_to_is_described_in_the_header() -> None:
    xml = _convert("One [in pencil: two] three [change of hand] four [Hand 2] five.").xml
    notes = re.search(r"<handNotes>(.*?)</handNotes>", xml, re.DOTALL)
    assert notes
    assert re.findall(r'xml:id="([\w-]+)"', notes[1]) == ["hand-2", "other-hand", "pencil"]
    assert 'medium="pencil"' in notes[1]


def test_strokes_are_line_and_page_breaks_but_in_a_table_they_part_cells() -> None:
    body = _body(_convert("THE | BOOK || of\n\na | b\nc | d\n\nThe end of it all."))
    assert "<p>THE<lb/> BOOK<pb/> of</p>" in body
    assert "<cell>a</cell><cell>b</cell>" in body


@pytest.mark.parametrize(
    ("dateline", "when"),
    [
        ("Riga, 3 May 1848", "1848-05-03"),
        ("Wien, den 3. Mai 1848", "1848-05-03"),
        ("Paris, le 3 mai 1848", "1848-05-03"),
        ("Рига, 3 мая 1848", "1848-05-03"),
    ],
)
def test_a_dateline_is_read_though_no_language_is_stated(dateline: str, when: str) -> None:
    body = _body(_convert(f"{dateline}\n\nWe came, and saw it all.\n\nThe end."))
    assert f"<opener><dateline>{dateline.split(',')[0]}, " in body
    assert f'when="{when}"' in body


def test_an_enclosure_behind_the_closer_is_a_division_of_its_own() -> None:
    body = _body(
        _convert(
            "Riga, 3 May 1848\n\nDear Sir,\n\nHere it is.\n\nYours,\n\nA. Greave\n\nEnclosure 1\n\n"
            "A list of grain, which I took myself."
        )
    )
    assert body.rstrip().endswith(
        "<signed>A. Greave</signed></closer></div>"
        '<div type="enclosure"><head>Enclosure 1</head>'
        "<p>A list of grain, which I took myself.</p></div>"
    )


def test_the_classification_of_the_opener_stands_in_the_header_too() -> None:
    xml = _convert("TOP SECRET\n\nTo: the Minister\n\nWe came, and saw it all.\n\nThe end.").xml
    assert '<term type="classification">TOP SECRET</term>' in xml
    assert '<seg type="classification">TOP SECRET</seg>' in xml


def test_the_header_tells_of_the_conversion_as_the_first_change() -> None:
    xml = _convert("We came, and saw it all.").xml
    assert '<change who="#toolkit">Converted by rule from the transcription a.txt.</change>' in xml


@pytest.mark.parametrize("profile", ["default", "leiden"])
def test_notation_in_what_can_hold_but_text_stays_as_text_around_it(profile: str) -> None:
    text = "abc (def | ghi) jkl" if profile == "leiden" else "One.\n\n[change of hand]\n\nTwo."
    assert _convert(text, profile).xml


def test_a_sign_that_a_block_rule_reads_is_not_reported_as_notation_too() -> None:
    conversion = _convert("Cablegram\n\n## Timor\n\nFirst:\n\n* one\n* two", "dfat")
    assert conversion.diagnostics == ()
    assert "<item>one</item>" in conversion.xml


def test_what_stands_before_the_sign_that_ends_the_notes_belongs_to_the_last_of_them() -> None:
    text = "Cablegram\n\nSent. [1]\n\nLYONS\n\n_\n\n1 Drafted with R. G.\n\nCasey.\n\n_\n"
    assert '<note n="1" place="foot"><p>Drafted with R. G.</p><p>Casey.</p></note>' in _body(
        _convert(text, "dfat")
    )


def test_of_two_notes_with_one_number_the_call_takes_the_one_in_the_order_of_calls() -> None:
    text = "Letter\n\nAsked.[2] Then.\n\nWAR[1] began.\n\n1 The sender.\n\n2 Doc. 16.\n\n1 See FR."
    conversion = _convert(text, "dfat")
    assert 'WAR<note n="1" place="foot">See FR.</note> began' in _body(conversion)
    assert [found.code for found in conversion.diagnostics] == ["C104"]


def test_italics_that_are_a_sentence_are_no_heading() -> None:
    assert "<head>" not in _body(_convert("Cablegram\n\nSent.\n\n_It rained._\n\nEnd.", "dfat"))


def test_an_empty_cell_of_a_tabbed_table_keeps_its_place() -> None:
    body = _body(_convert("Goods.\n\nA\tB\tC\nx\t\tz\n\t4\tRome\nBob\t3\t\n\nEnd."))
    assert "<cell>x</cell><cell/><cell>z</cell>" in body
    assert "<cell/><cell>4</cell><cell>Rome</cell>" in body
    assert "<cell>Bob</cell><cell>3</cell><cell/>" in body


def test_tabs_that_only_line_up_the_columns_make_no_cells() -> None:
    body = _body(_convert("Goods.\n\nname\t\tprice\ncod\t4\n\nEnd."))
    assert "<cell>name</cell><cell>price</cell>" in body


def test_carets_in_different_words_are_no_pair() -> None:
    body = _body(_convert("Dear M^r Smith and W^m Jones, the ^very^ day, hap^p^y."))
    assert 'M<hi rend="superscript">r</hi> Smith and W<hi rend="superscript">m</hi> Jones' in body
    assert 'the <add place="above">very</add> day, hap<add place="above">p</add>y' in body


def test_what_follows_the_address_is_no_instruction_before_another() -> None:
    text = "TOP SECRET\n\nTo STALIN.\n\n1. We agree.\n2. He went.\n\nSHTYKOV\n\n- 2 -"
    body = _body(_convert(text, "soviet-telegrams"))
    assert "<note" not in body
    assert "<signed>SHTYKOV</signed>" in body


@pytest.mark.parametrize(
    ("greeting", "end"),
    [
        ("Mein lieber Karl!", "Es grüßt Dich herzlich\nDeine Mutter\n\nNachschrift: Schreib bald."),
        ("My dear Karl,", "Believe me,\never yours,\nA. B.\n\nP.S. Write soon."),
        ("Mon cher ami,", "Ton ami,\nPaul\n\nN.S. Écris bientôt."),
        ("Милая Маша!", "Твой А. Соколов\n\nP.S. Пиши скорее."),
    ],
)
def test_letters_in_several_languages_have_their_parts(greeting: str, end: str) -> None:
    text = f"Riga, 3 May 1850\n\n{greeting}\n\nThe weather has been bad here for weeks.\n\n{end}"
    body = _body(_convert(text))
    assert f"<salute>{greeting}</salute></opener>" in body
    assert "<closer><salute>" in body
    assert "<postscript><p>" in body


def test_the_sign_of_a_heading_is_not_part_of_the_title_of_a_poem() -> None:
    text = "---\ngenre: poem\n---\n\n# The Sea\n\nOne line of verse\nand two"
    assert "<head>The Sea</head>" in _body(_convert(text))


def test_notation_that_would_be_cut_into_an_expansion_stays_as_it_is_written() -> None:
    conversion = _convert("He told the F[oreign] M[inistry] (underlined) of it.")
    assert "(underlined)" in _body(conversion)
    assert [found.code for found in conversion.diagnostics] == ["C105"]


@pytest.mark.parametrize("kind", ["", "Letter from "])
def test_an_office_may_have_the_word_that_parts_sender_and_recipient(kind: str) -> None:
    title = f"{kind}Mr J. Smith, Minister to Japan, to Mr R.G. Casey, Minister"
    text = f"---\ntitle: {title}\n---\n\nCanberra, 4 May 1955\n\nWe agree."
    said = re.findall(r'type="\w+">\s*<persName[^>]*>([^<]*)', _convert(text, "dfat").xml)
    assert said == ["Mr J. Smith, Minister to Japan", "Mr R.G. Casey, Minister"]


@pytest.mark.parametrize(
    "title",
    [
        "TELETYPE MESSAGE FROM CASEY TO TANGE",
        "Letter from Casey to Tange",
        "LETTER, CASEY TO TANGE",
        "Submission No. 13 from Casey to Tange",
    ],
)
def test_a_title_tells_sender_and_recipient_in_capitals_too(title: str) -> None:
    text = f"---\ntitle: {title}\n---\n\nCanberra, 4 May 1955\n\nWe agree."
    said = re.findall(
        r'type="(sent|received)">\s*<persName[^>]*>([^<]*)', _convert(text, "dfat").xml
    )
    assert [(kind, name.lower()) for kind, name in said] == [
        ("sent", "casey"),
        ("received", "tange"),
    ]


def test_a_cablegram_to_a_post_is_received_at_a_place() -> None:
    text = "---\ntitle: Cablegram from Casey to Canberra\n---\n\n4 May 1955\n\nWe agree."
    found = re.findall(r'type="(sent|received)">\s*<(\w+)[^>]*>([^<]*)', _convert(text, "dfat").xml)
    assert found == [("sent", "persName", "Casey"), ("received", "placeName", "Canberra")]


@pytest.mark.parametrize(
    "formula",
    [
        "I am, Gentlemen,\nyour obedient servant",
        "I have the honour to be,\nSir,\nYour most obedient,\nhumble servant,",
        "Believe me, my dear Ellen,\never your affectionate friend",
        "Ich habe die Ehre zu sein\nIhr ergebenster Diener",
        "Ew. Hochwohlgeboren\nganz gehorsamster Diener",
        "Genehmigen Sie den Ausdruck meiner\nvorzüglichsten Hochachtung",
        "Veuillez agréer, Monsieur,\nl’assurance de ma considération distinguée.",
        "J’ai l’honneur d’être,\nMonsieur,\nvotre très humble et très obéissant serviteur",
        "Con la massima stima\nSuo dev.mo",
        "Mi creda, con affetto,\nSuo affezionatissimo amico",
        "Vale, mi frater,",
        "Vestrae Excellentiae\nservus humillimus",
        "Имею честь быть\nВашим покорнейшим слугою",
        "С совершенным почтением\nимею честь быть\nВашего Превосходительства\nпокорнейший слуга",
    ],
)
def test_a_closing_formula_is_one_salute_in_the_closer(formula: str) -> None:
    lines = formula.replace("\n", "\n<lb/>")
    closer = f"<closer><salute>{lines}</salute><signed>A. Greave</signed></closer>"
    assert closer in _body(_convert(f"All is well here.\n\nNo more.\n\n{formula}\n\nA. Greave"))
    assert "<signed>A. Greave</signed></closer>" in _body(
        _convert(f"All is well here.\n\nNo more.\n\n{formula}\nA. Greave")
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "I am, as you know, no friend of the Court.",
        "I am sorry that your brother is ill.",
        "Ich habe die Ehre, Ihnen das Buch zu senden.",
        "Mit Ihrem Bruder habe ich gesprochen.",
        "J’ai l’honneur de vous envoyer le livre.",
        "Con il treno sono arrivato.",
        "Tuus liber ad me venit.",
        "Остаюсь в Москве до мая.",
    ],
)
def test_a_last_sentence_that_only_begins_like_a_closing_formula_stays_a_paragraph(
    sentence: str,
) -> None:
    assert f"<p>{sentence}</p>" in _body(_convert(f"All is well here.\n\nNo more.\n\n{sentence}"))
