<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes in the margin and at the foot. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:n="urn:tei-toolkit:note-series"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../note-series.xsl"/>

  <!-- Longer marginalia would run off the page: they are set at the foot. -->
  <xsl:variable name="longest-in-margin" as="xs:integer" select="240"/>

  <!-- Notes gathered in a division of their own, or standing at the foot of a source page: they
       are printed where they stand. -->
  <xsl:function name="f:is-listed-note" as="xs:boolean">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="$note/@p:placement = 'block'"/>
  </xsl:function>

  <xsl:template match="note" mode="flow">
    <block role="item">
      <xsl:variable name="number" select="normalize-space((@n, @p:n)[1])"/>
      <xsl:if test="$number ne '' and not(parent::person or parent::place or parent::org or parent::event)">
        <xsl:attribute name="marker" select="$number"/>
      </xsl:if>
      <xsl:apply-templates mode="run">
        <xsl:with-param name="in-note" tunnel="yes" select="true()"/>
      </xsl:apply-templates>
    </block>
  </xsl:template>

  <xsl:template match="note" mode="run">
    <xsl:param name="in-note" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:choose>
      <xsl:when test="not(normalize-space(.)) and not(descendant::*[self::gap or self::graphic or self::ptr or self::ref[@target]])"/>
      <xsl:when test="$in-note or @p:placement = 'inline'">
        <xsl:call-template name="bracketed">
          <xsl:with-param name="open" select="' ['"/>
          <xsl:with-param name="sign" select="'note'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="@p:placement = 'margin' and string-length(normalize-space(.)) le $longest-in-margin
          and not(ancestor::table)">
        <margin>
          <xsl:call-template name="note-text"/>
        </margin>
      </xsl:when>
      <xsl:otherwise>
        <note series="{n:series(.)}" number="{f:note-number(.)}">
          <xsl:call-template name="note-text"/>
        </note>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An entry of an apparatus that is a note stands where the apparatus does. -->
  <xsl:template match="app/note[f:is-listed-note(.)]" mode="run" priority="1">
    <xsl:apply-templates mode="run">
      <xsl:with-param name="in-note" tunnel="yes" select="true()"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- The text of a note begins afresh: it has none of the styles of the text it stands in. -->
  <xsl:template name="note-text">
    <block role="line">
      <xsl:if test="@hand and @p:resp">
        <t style="sign" sign="hand"><xsl:value-of select="'[' || @p:resp || '] '"/></t>
      </xsl:if>
      <xsl:apply-templates mode="run">
        <xsl:with-param name="in-note" tunnel="yes" select="true()"/>
        <xsl:with-param name="style" tunnel="yes" select="f:styles((), .)"/>
        <xsl:with-param name="sign-style" tunnel="yes" select="''"/>
        <xsl:with-param name="link" tunnel="yes" select="''"/>
      </xsl:apply-templates>
    </block>
  </xsl:template>

  <!-- What the series of notes that occur are called, in their order. -->
  <xsl:key name="of-series" match="note" use="n:series(.)"/>
  <xsl:variable name="source" as="document-node()" select="/"/>
  <xsl:template name="note-series">
    <xsl:param name="print" as="element()"/>
    <xsl:variable name="series" select="distinct-values($print/(*:front, *:text)//*:note/string(@series))"/>
    <xsl:if test="exists($series)">
      <notes title="{f:word('notes')}" page="{f:word('notes.page')}" pages="{f:word('notes.pages')}" see="{f:word('notes.see')}">
        <xsl:for-each select="sort($series, (), n:rank#1)">
          <xsl:variable name="notes" select="key('of-series', ., $source)[@p:placement = 'call']"/>
          <series name="{.}" title="{($notes/@p:group-title, f:word(n:title(., $notes)))[1]}"/>
        </xsl:for-each>
      </notes>
    </xsl:if>
  </xsl:template>

  <!-- The mark of a note. Series are told apart: the source's footnotes have numbers, the
       editors' letters beside them (xslt/prepare/notes.xsl); what an author or a later hand wrote
       in the margin has an asterisk, readings have Greek letters. -->
  <xsl:function name="f:note-number" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:variable name="number" select="normalize-space(($note/@p:n, $note/@n)[1])"/>
    <xsl:sequence select="
        if (n:series($note) = 'author') then '*' || replace($number, '^\*', '')
        else ($number[. ne ''], '*')[1]"/>
  </xsl:function>
</xsl:stylesheet>
