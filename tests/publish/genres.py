"""One short document of each genre, and such as bring what books seldom hold."""

from __future__ import annotations

import base64

from toolkit.tei.parse import ParsedDocument, parse

PIXEL = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{lang}"><teiHeader><fileDesc><titleStmt>'
    "<title>{title}</title></titleStmt><publicationStmt><p>Written for a test.</p>"
    "</publicationStmt><sourceDesc><p>No source.</p></sourceDesc></fileDesc></teiHeader>"
    "<text>{text}</text></TEI>"
)

_PLAY = """
<front><castList><head>Persons</head><castItem><role>Ariel</role>, <roleDesc>a spirit</roleDesc>
</castItem><castGroup><head>Mariners</head><castItem><role>Master</role></castItem></castGroup>
</castList></front><body><div type="act" n="1"><head>Act 1</head><div type="scene"><head>Scene 1
</head><stage>A ship at sea.</stage><sp who="#a"><speaker>Ariel</speaker><l n="5">All hail, great
master,</l><l part="I">grave sir,</l></sp><sp><speaker>Master</speaker><l part="F">hail!</l>
<p>Boatswain! <stage>(within)</stage></p></sp></div></div></body>"""

_VERSE = """
<body><div type="poem"><head>Sonnet</head><lg type="quatrain"><l>One line<note place="foot" n="1">A
note.</note></l><l rend="indent">another <pb n="2"/>line</l></lg><lg><l>and a last</l></lg></div>
<trailer>Finis.</trailer></body>"""

_DICTIONARY = """
<body><div><head>A</head><entry xml:id="abbot"><form><orth>abbot</orth> <pron>ˈæbət</pron></form>
<gramGrp><pos>n.</pos></gramGrp><sense n="1"><def>head of an abbey</def><cit type="example"><quote>
the abbot of Whitby</quote></cit><xr>see <ref target="#abbey">abbey</ref></xr></sense></entry>
<entry xml:id="abbey"><form><orth>abbey</orth></form><sense><def>a house of monks</def></sense>
</entry></div></body>"""

_MANUSCRIPT = """
<body><msDesc xml:id="ms1"><msIdentifier><settlement>London</settlement><repository>British
Library</repository><idno>Add. 1</idno></msIdentifier><msContents><msItem n="1"><locus>1r</locus>
<title>Hours</title></msItem></msContents>
<physDesc><objectDesc><p>Vellum, 120 leaves.</p></objectDesc>
<decoDesc><decoNote>Gold initials.</decoNote></decoDesc></physDesc></msDesc></body>"""

_APPARATUS = """
<front><listWit><witness xml:id="A">First folio</witness><witness xml:id="B">Second</witness>
</listWit></front><body><p>The <app><lem wit="#A">quick</lem><rdg wit="#B">swift<note>by a later
hand</note></rdg></app> fox <app><lem wit="#A">jumps</lem><rdg wit="#B"/></app><del>over</del> <add
place="above">across</add> <choice><sic>teh</sic><corr>the</corr></choice> <gap reason="illegible"
unit="word" quantity="1"/> <unclear>dog</unclear>.<note resp="#ed">Editors <hi rend="italic">wrote
</hi> this, see <ref target="https://example.org/x?a=1&amp;b=2">there</ref>.</note></p></body>"""

_TABLES = r"""
<body><p>Before.</p><table><head>Prices</head><row role="label"><cell cols="2">Both</cell></row>
<row><cell rows="2" role="label">Book</cell><cell>3s.</cell></row><row><cell>5s.
<note>dear</note></cell></row></table><p><formula notation="tex">a^2 + b^2</formula> and <formula>
<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>1</mn></math></formula></p>
<figure><graphic url="nowhere.png"/><head>A seal</head><figDesc>A round seal.</figDesc></figure>
<list type="ordered"><item>one<list><item>deeper</item></list></item><item>two</item></list><list
type="gloss"><label>term</label><item>what it means</item></list></body>"""

_HOSTILE = """
<body><p xml:id="a.b">Text <ref target="javascript:alert(1)">one</ref> <ref target="http://[bad">two
</ref> <ref target="#a.b">three</ref> <ref target="file:///etc/passwd">four</ref> <ref
target="mailto:a@example.org">five</ref> &lt;script&gt;alert(1)&lt;/script&gt;</p><p xml:id="a_b"
style="background:url(http://evil.example/x)"><graphic url="http://evil.example/x.png"/> <ref
target="#a_b">six</ref></p><script xmlns="http://www.w3.org/1999/xhtml">seven()</script><p><ref
target="https://example.org/ä b">eight</ref></p></body>"""

_HEBREW = """
<body><head>בראשית</head><p>בְּרֵאשִׁית בָּרָא <foreign xml:lang="en">God</foreign></p></body>"""

_VERTICAL = """
<body style="writing-mode: vertical-rl"><p>春はあけぼの。</p><pb n="二"/><p>夏は夜。</p></body>"""

GENRES = {
    "play": ("en", _PLAY),
    "verse": ("en", _VERSE),
    "dictionary": ("en-GB", _DICTIONARY),
    "manuscript": ("en", _MANUSCRIPT),
    "critical apparatus": ("en", _APPARATUS),
    "tables": ("de", _TABLES),
    'hostile & "strange"': ("en", _HOSTILE),
    "hebrew": ("he", _HEBREW),
    "vertical": ("ja", _VERTICAL),
}


def genre(name: str) -> ParsedDocument:
    """Return the document of a genre."""
    lang, text = GENRES[name]
    title = name.replace("&", "&amp;").capitalize()
    return parse(f"{name}.xml", _TEI.format(lang=lang, title=title, text=text).encode())
