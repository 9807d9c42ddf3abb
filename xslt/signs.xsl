<?xml version="1.0" encoding="UTF-8"?>
<!--
  The signs of the edition (the table [signs] of edition.toml), for pages and for print.

  A sign has what stands before the text and after it, the style of the text between them and, for a
  gap, what stands for the text.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:s="urn:tei-toolkit:signs"
    exclude-result-prefixes="#all">

  <!-- The signs that the edition asks for, as JSON; empty if it asks for none. -->
  <xsl:param name="signs" as="xs:string" select="''"/>

  <xsl:variable name="s:defaults" static="yes" as="map(*)" select="
      json-doc('../schemas/signs.json')?default"/>
  <xsl:variable name="s:set" as="map(*)" select="if ($signs eq '') then map{} else parse-json($signs)"/>
  <xsl:variable name="s:all" as="map(*)" select="
      map:merge(($s:set, $s:defaults), map{'duplicates': 'use-first'})"/>

  <!-- Has the edition set this sign itself? -->
  <xsl:function name="s:is-set" as="xs:boolean">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:sequence select="map:contains($s:set, $sign)"/>
  </xsl:function>

  <!-- A part of a sign: open, close, text, style; of the apparatus: lemma, reading, group. -->
  <xsl:function name="s:part" as="xs:string">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:param name="part" as="xs:string"/>
    <xsl:sequence select="string($s:all($sign)($part))"/>
  </xsl:function>
  <xsl:function name="s:open" as="xs:string">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:sequence select="s:part($sign, 'open')"/>
  </xsl:function>
  <xsl:function name="s:close" as="xs:string">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:sequence select="s:part($sign, 'close')"/>
  </xsl:function>

  <!-- What stands between the brackets of a gap: a point for each letter, where their number is
       known; a dash for lines; else its text. Leiden conventions. -->
  <xsl:function name="s:gap" as="xs:string">
    <xsl:param name="gap" as="element()"/>
    <xsl:variable name="number" select="
        $gap/@quantity[matches(., '^([1-9]|1[0-2])$')][empty(../@precision)] ! xs:integer(.)"/>
    <xsl:variable name="kind" select="s:gap-kind($gap)"/>
    <xsl:sequence select="
        if ($kind eq 'gap-letters') then string-join((1 to $number) ! s:part('gap', 'letter'))
        else if ($kind eq 'gap-lines') then s:part('gap', 'line')
        else s:part('gap', 'text')"/>
  </xsl:function>
  <!-- Which sign a gap has: gap, gap-letters or gap-lines. -->
  <xsl:function name="s:gap-kind" as="xs:string">
    <xsl:param name="gap" as="element()"/>
    <xsl:sequence select="
        if (s:part('gap', 'letter') ne '' and empty($gap/@precision)
            and $gap/@quantity[matches(., '^([1-9]|1[0-2])$')]
            and $gap/@unit = ('character', 'characters', 'char', 'chars', 'letter', 'letters'))
        then 'gap-letters'
        else if (s:part('gap', 'line') ne '' and $gap/@unit = ('line', 'lines')) then 'gap-lines'
        else 'gap'"/>
  </xsl:function>
  <!-- What the legend shows of a kind of gap. -->
  <xsl:function name="s:gap-sample" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="letter" select="s:part('gap', 'letter')"/>
    <xsl:sequence select="
        s:open('gap') || map{'gap': s:part('gap', 'text'), 'gap-letters': $letter || $letter || $letter,
          'gap-lines': s:part('gap', 'line')}($kind) || s:close('gap')"/>
  </xsl:function>

  <!-- Does the text itself have quotation marks here, or does its encoding ask for none? -->
  <xsl:function name="s:has-quotation-marks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="marks" select="'[&quot;''“”„‟‘’‚‛«»‹›「」『』]'"/>
    <xsl:sequence select="
        matches($element, '^\s*' || $marks) or matches($element, $marks || '\s*$')
        or matches($element/preceding-sibling::node()[1][self::text()], $marks || '\s*$')
        or exists($element/@rend[. = ('none', 'block', 'inline', 'noquotes')])"/>
  </xsl:function>

  <!-- The quotation marks of a language, by how many pairs there are around: the outer and the inner
       pair take turns. -->
  <xsl:variable name="s:quotation-marks" static="yes" as="map(*)" select="
      json-doc('../schemas/quotation-marks.json')"/>
  <xsl:function name="s:quotation-marks" as="xs:string+">
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="depth" as="xs:integer"/>
    <xsl:variable name="primary" select="tokenize(lower-case($language), '-')[1]"/>
    <xsl:variable name="pairs" as="array(*)" select="
        ($s:quotation-marks(lower-case($language)), $s:quotation-marks($primary), $s:quotation-marks('en'))[1]"/>
    <xsl:sequence select="$pairs($depth mod 2 + 1)?*"/>
  </xsl:function>
</xsl:stylesheet>
