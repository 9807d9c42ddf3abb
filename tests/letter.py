"""A valid letter for the tests of validation to spoil, and the types of their fixtures."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.diagnostics import Diagnostic
from toolkit.validate import Context

Findings = Callable[..., tuple[Diagnostic, ...]]
Edition = Callable[[dict[str, str]], Context]

LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Letter to Clara</title>
      </titleStmt>
      <publicationStmt>
        <publisher>The archive</publisher>
        <date when="2020">2020</date>
      </publicationStmt>
      <sourceDesc>
        <p>A letter.</p>
      </sourceDesc>
    </fileDesc>
    <profileDesc>
      <particDesc>
        <listPerson>
          <person xml:id="clara"><persName>Clara</persName></person>
        </listPerson>
      </particDesc>
    </profileDesc>
  </teiHeader>
  <text>
    <body>
      <div type="letter">
        <head>Letter</head>
        <opener>
          <dateline><date when="1901-02-03">3 February 1901</date></dateline>
          <salute>Dear <persName ref="#clara">Clara</persName>,</salute>
        </opener>
        <p>thank you <hi rend="underline">very</hi> much.</p>
        <list><item>one</item><item>two</item></list>
        <closer><signed>Paul</signed></closer>
      </div>
    </body>
  </text>
</TEI>
"""
