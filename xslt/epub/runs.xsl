<?xml version="1.0" encoding="UTF-8"?>
<!-- Runs: text with its styles, signs, notes, names, and pages of the source. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <!-- The runs of a block: those with one link are one link. -->
  <xsl:template name="runs">
    <xsl:for-each-group select="*" group-adjacent="string(self::t/@link)">
      <xsl:variable name="href" select="self::t[@link]/f:href(.)"/>
      <xsl:choose>
        <xsl:when test="exists($href)">
          <a href="{$href}"><xsl:apply-templates select="current-group()"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="current-group()"/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template match="t">
    <xsl:value-of select="."/>
  </xsl:template>
  <xsl:template match="t[@style or @lang or @dir]">
    <xsl:variable name="style" select="tokenize(@style)"/>
    <xsl:element name="{
        if ($style = ('deleted', 'strikethrough')) then 'del'
        else if ($style = 'added' and not(@sign)) then 'ins'
        else if ($style = 'superscript') then 'sup'
        else if ($style = 'subscript') then 'sub'
        else if ($style = 'italic') then 'i'
        else if ($style = 'bold') then 'b'
        else 'span'}" namespace="http://www.w3.org/1999/xhtml">
      <xsl:if test="@style"><xsl:attribute name="class" select="@style"/></xsl:if>
      <xsl:if test="@lang">
        <xsl:attribute name="lang" select="@lang"/>
        <xsl:attribute name="xml:lang" select="@lang"/>
      </xsl:if>
      <xsl:copy-of select="@dir"/>
      <xsl:value-of select="."/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="br"><br/></xsl:template>
  <xsl:template match="lemma | reference"/>
  <xsl:template match="anchor"><span id="{f:anchor-id(.)}"/></xsl:template>
  <xsl:template match="index"><span id="{f:mention-id(.)}"/></xsl:template>
  <xsl:template match="page[@number]">
    <span class="page" epub:type="pagebreak" role="doc-pagebreak" id="{f:page-id(.)}"
        aria-label="{f:word('unit.page.one')} {@number}"><xsl:value-of select="'|' || @number || '|'"/></span>
  </xsl:template>
  <xsl:template match="page"><span class="page">|</span></xsl:template>
  <xsl:template match="blank">
    <span class="blank" style="padding-inline-start: {@width div 2}em"/>
  </xsl:template>
  <xsl:template match="picture">
    <xsl:variable name="image" select="$image-table[?1 = current()/@source][1]"/>
    <xsl:if test="exists($image)">
      <img class="in-line" src="{$image?2}" alt="{@description}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="stamp">
    <span class="stamp {@shape}"><xsl:call-template name="runs"/></span>
  </xsl:template>
  <xsl:template match="margin">
    <small class="margin"><xsl:call-template name="lines"/></small>
  </xsl:template>
  <xsl:template name="lines">
    <xsl:for-each select="block">
      <xsl:if test="position() gt 1"><br/></xsl:if>
      <xsl:call-template name="runs"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="note">
    <!-- Two calls side by side would read as one number. -->
    <xsl:variable name="before" select="preceding-sibling::*[not(self::anchor or self::index or self::page)][1]"/>
    <a class="{'call', 'after-call'[$before[self::note]]}" epub:type="noteref" role="doc-noteref" id="call-{f:note-id(.)}" href="#{f:note-id(.)}">
      <xsl:value-of select="@number"/>
    </a>
  </xsl:template>

  <!-- What is told of many documents stands together in the book: no identifiers, no notes. -->
  <xsl:template match="apparatus//index" priority="1"/>
  <xsl:template match="apparatus//page[@number]" priority="1">
    <span class="page"><xsl:value-of select="'|' || @number || '|'"/></span>
  </xsl:template>
  <xsl:template match="apparatus//note" priority="1">
    <span class="inline-note"><xsl:text> [</xsl:text><xsl:call-template name="lines"/>]</span>
  </xsl:template>
</xsl:stylesheet>
