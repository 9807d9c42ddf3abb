<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes in the margin and at the foot, and the readings of other witnesses. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

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
      <xsl:when test="not(normalize-space(.)) and not(descendant::*[self::gap or self::graphic or self::ptr])"/>
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
        <note series="{f:series(.)}" number="{f:note-number(.)}">
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
        <xsl:with-param name="link" tunnel="yes" select="''"/>
      </xsl:apply-templates>
    </block>
  </xsl:template>

  <xsl:function name="f:series" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="
        if ($note/self::app) then 'app'
        else if ($note/@p:series = ('author', 'editor', 'foot')) then string($note/@p:series)
        else if ($note/@resp) then 'editor' else 'foot'"/>
  </xsl:function>

  <!-- The mark of a note. Series are told apart: the source's footnotes have numbers, the
       editors' letters beside them (xslt/prepare/notes.xsl); what an author or a later hand wrote
       in the margin has an asterisk, readings have Greek letters. -->
  <xsl:function name="f:note-number" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:variable name="number" select="normalize-space(($note/@p:n, $note/@n)[1])"/>
    <xsl:sequence select="
        if (f:series($note) = 'author') then '*' || replace($number, '^\*', '')
        else ($number[. ne ''], '*')[1]"/>
  </xsl:function>

  <!-- Variant readings: the text, and at the foot the lemma with the readings. -->
  <xsl:accumulator name="reading" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="app" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:function name="f:witnesses" as="xs:string">
    <xsl:param name="reading" as="element()"/>
    <xsl:sequence select="
        string-join(for $w in tokenize(string-join($reading/(@wit, @source), ' '))
                    return replace($w, '^#', ''), ' ')"/>
  </xsl:function>

  <xsl:template match="app" mode="run">
    <xsl:param name="in-note" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="lemma" select="(lem, rdg, rdgGrp/*, *)[1]"/>
    <xsl:apply-templates select="$lemma" mode="run"/>
    <xsl:variable name="others" select="
        *[not(. is $lemma)] except self::rdgGrp, descendant::rdg[not(. is $lemma)][not(parent::app is current())]"/>
    <xsl:if test="exists($others)">
      <xsl:variable name="readings" as="element()*">
        <xsl:for-each select="* except $lemma">
          <xsl:if test="position() gt 1"><t><xsl:text>; </xsl:text></t></xsl:if>
          <xsl:apply-templates select="." mode="reading">
            <xsl:with-param name="in-note" tunnel="yes" select="true()"/>
            <xsl:with-param name="link" tunnel="yes" select="''"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="$in-note">
          <t style="sign" sign="reading"> [</t>
          <xsl:sequence select="$readings"/>
          <t style="sign" sign="reading">]</t>
        </xsl:when>
        <xsl:otherwise>
          <note series="app" number="{format-integer(accumulator-before('reading'), 'α')}">
            <block role="line">
              <t><xsl:value-of select="
                  f:shorten(normalize-space(string-join($lemma//text()[not(ancestor::note)])), 40)"/></t>
              <t style="sign" sign="reading">] </t>
              <xsl:sequence select="$readings"/>
            </block>
          </note>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <xsl:template match="rdg | lem | rdgGrp | note | *" mode="reading">
    <xsl:apply-templates select="node()" mode="run"/>
    <xsl:if test="not(normalize-space(.))">
      <t style="italic" sign="reading">om.</t>
    </xsl:if>
    <xsl:variable name="witnesses" select="f:witnesses(.)"/>
    <xsl:if test="$witnesses ne ''">
      <t style="italic" sign="reading"><xsl:value-of select="' ' || $witnesses"/></t>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
