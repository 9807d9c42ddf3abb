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
</xsl:stylesheet>
