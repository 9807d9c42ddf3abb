<?xml version="1.0" encoding="UTF-8"?>
<!--
  From prepared TEI to the print vocabulary (grammar: schemas/print.rng).

  The print vocabulary is what a page shows, with no trace of how it was encoded: a flat flow of
  blocks, each a flat sequence of runs. A run of text carries all its styles, its language and its
  link, however deep it was nested, so that the typesetter never meets deep trees, and nothing a
  document says is ever taken for code. The PDF, plain text and EPUB are all made from it.

  The work is done in two passes. The first (modes flow and run) turns elements into blocks and
  runs; the second (mode tidy) collapses white space across runs, joins words broken over lines,
  puts page breaks that stand between blocks into the block that follows, and keeps only links
  that lead somewhere.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:include href="table.xsl"/>
  <xsl:include href="translation.xsl"/>
  <xsl:include href="signs.xsl"/>
  <xsl:include href="print/words.xsl"/>
  <xsl:include href="print/flow.xsl"/>
  <xsl:include href="print/parallel.xsl"/>
  <xsl:include href="print/run.xsl"/>
  <xsl:include href="print/notes.xsl"/>
  <xsl:include href="print/apparatus.xsl"/>
  <xsl:include href="print/header.xsl"/>
  <xsl:include href="print/names.xsl"/>
  <xsl:include href="print/entries.xsl"/>
  <xsl:include href="print/tidy.xsl"/>

  <xsl:output method="xml" indent="no" encoding="UTF-8" omit-xml-declaration="yes"/>

  <!-- The title of the edition, for the running head. -->
  <xsl:param name="edition" as="xs:string" select="''"/>
  <!-- The language of the edition, where a document does not name its own. -->
  <xsl:param name="language" as="xs:string" select="'en'"/>
  <!-- The layer of the text that the document holds: both, reading or diplomatic. -->
  <xsl:param name="layer" as="xs:string" select="'both'"/>
  <!-- Where translations stand: beside the original (columns, facing), or after it. -->
  <xsl:param name="translations" as="xs:string" select="'after'"/>
  <!-- The register entries the document refers to, as toolkit/publish/prepare.py wraps them. -->
  <xsl:param name="registers" as="document-node()?" select="()"/>

  <xsl:variable name="main-language" as="xs:string" select="
      ((//text)[1]/(@p:lang, @xml:lang)[f:is-language(.)][1]/string(),
       /*/(@p:lang, @xml:lang)[f:is-language(.)][1]/string(),
       $language[f:is-language(.)], 'und')[1]"/>
  <xsl:variable name="main-direction" as="xs:string" select="
      ((//text)[1]/@p:dir/string(), /*/@p:dir/string(), 'ltr')[. = ('ltr', 'rtl')][1]"/>

  <xsl:mode use-accumulators="verse-line reading"/>

  <xsl:template match="/">
    <xsl:variable name="title" as="xs:string" select="f:title(/)"/>
    <xsl:variable name="raw" as="document-node()">
      <xsl:document>
      <print title="{$title}" short-title="{f:shorten($title, 64)}" edition="{$edition}"
          lang="{$main-language}" dir="{$main-direction}">
        <xsl:for-each select="distinct-values(f:authors(/))">
          <author><xsl:value-of select="."/></author>
        </xsl:for-each>
        <front>
          <xsl:call-template name="front"/>
        </front>
        <text>
          <xsl:apply-templates select="/*" mode="flow">
            <xsl:with-param name="lang" tunnel="yes" select="$main-language"/>
            <xsl:with-param name="dir" tunnel="yes" select="$main-direction"/>
          </xsl:apply-templates>
          <xsl:call-template name="index-entries"/>
        </text>
        <apparatus title="{f:word('about')}">
          <xsl:call-template name="apparatus"/>
        </apparatus>
        <xsl:call-template name="index"/>
      </print>
      </xsl:document>
    </xsl:variable>
    <xsl:variable name="tidy" as="document-node()">
      <xsl:document><xsl:apply-templates select="$raw" mode="tidy"/></xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$tidy" mode="legend"/>
  </xsl:template>

  <!-- The legend of signs: only those that the page shows. -->
  <xsl:mode name="legend" on-no-match="shallow-copy"/>

  <!-- A heading that only says the title again is not in the contents, which have the title. -->
  <xsl:template match="*:text//*:block[@role = 'heading'][f:same-words(string-join((*:t | *:br)/(if (self::*:br) then ' ' else string())), ancestor::*:print/@title)]"
      mode="legend">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:attribute name="contents" select="'no'"/>
      <xsl:copy-of select="node()"/>
    </xsl:copy>
  </xsl:template>
  <xsl:function name="f:same-words" as="xs:boolean">
    <xsl:param name="one" as="xs:string"/>
    <xsl:param name="other" as="xs:string"/>
    <xsl:variable name="words" select="($one, $other) ! replace(lower-case(.), '[\s\p{P}]+', ' ') ! normalize-space()"/>
    <xsl:sequence select="$words[1] eq $words[2]"/>
  </xsl:function>

  <xsl:template match="*:apparatus" mode="legend">
    <xsl:call-template name="note-series">
      <xsl:with-param name="print" select="ancestor::*:print"/>
    </xsl:call-template>
    <xsl:copy>
      <xsl:copy-of select="@*, node()"/>
    </xsl:copy>
    <xsl:call-template name="legend">
      <xsl:with-param name="print" select="ancestor::*:print"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
