<?xml version="1.0" encoding="UTF-8"?>
<!--
  From the print vocabulary (schemas/print.rng) to plain text.

  Signs of the edition that are styles have characters here (schemas/plain-signs.json).
  Deleted words stand in ~~tildes~~, added words in ^carets^, calls of notes in square brackets;
  the notes follow the text.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="#all">

  <xsl:include href="print/words.xsl"/>
  <xsl:param name="language" as="xs:string" select="'en'"/>
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:variable name="plain" static="yes" as="map(*)" select="json-doc('../schemas/plain-signs.json')"/>
  <!-- Stands for the character that is set to each letter, until words have been looked for. -->
  <xsl:variable name="each" as="xs:string" select="'&#xFDD0;'"/>
  <xsl:variable name="end" as="xs:string" select="'&#10;'"/>

  <xsl:template match="/print">
    <xsl:apply-templates select="front/block, front/field, text/*"/>
    <xsl:if test="exists(text//note)">
      <xsl:value-of select="f:underlined(f:word('notes'), '-')"/>
      <xsl:variable name="notes" select="text//note"/>
      <xsl:for-each select="notes/series">
        <xsl:if test="last() gt 1">
          <xsl:value-of select="$end[current()/preceding-sibling::series] || @title || $end || $end"/>
        </xsl:if>
        <xsl:for-each select="$notes[@series = current()/@name]">
          <xsl:value-of select="'[' || @number || '] '"/>
          <xsl:apply-templates select="block"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:if>
    <xsl:if test="exists(apparatus/field)">
      <xsl:value-of select="f:underlined(apparatus/@title, '-')"/>
      <xsl:apply-templates select="apparatus/field"/>
    </xsl:if>
    <xsl:for-each select="index-list">
      <xsl:value-of select="f:underlined(@title, '-')"/>
      <xsl:for-each select="entry">
        <xsl:apply-templates select="*"/>
        <xsl:value-of select="$end"/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:underlined" as="xs:string">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="with" as="xs:string"/>
    <xsl:sequence select="
        $end || $title || $end || string-join((1 to string-length($title)) ! $with) || $end || $end"/>
  </xsl:function>

  <xsl:template match="field">
    <xsl:value-of select="@label || ': '"/>
    <xsl:for-each select="*">
      <xsl:if test="position() gt 1"><xsl:text>  </xsl:text></xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="block">
    <xsl:variable name="content"><xsl:apply-templates select="*"/></xsl:variable>
    <xsl:variable name="before" select="
        if (@role = ('paragraph', 'speaker', 'stage', 'subheading', 'stamp') or @space-before
            or (parent::text and (empty(preceding-sibling::*[1]/@role)
                or preceding-sibling::*[1]/@role != @role)))
        then $end else ''"/>
    <xsl:variable name="margin" select="
        string-join((1 to (xs:integer((@indent, 0)[1]) + (if (@role = 'verse') then 1 else 0))) ! '  ')
        || (if (@align = 'half') then '    ' else '')"/>
    <xsl:choose>
      <xsl:when test="@role = 'heading'">
        <xsl:value-of select="f:underlined(normalize-space($content), if (@level = '1') then '=' else '-')"/>
      </xsl:when>
      <xsl:when test="@role = 'rule'"><xsl:value-of select="$end || '* * *' || $end"/></xsl:when>
      <xsl:when test="parent::note or parent::field or parent::margin">
        <xsl:value-of select="$content || (if (parent::margin) then '' else $end)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$before || $margin || (@marker ! (. || ' ')) || $content || $end"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="table | figure">
    <xsl:value-of select="$end"/>
    <xsl:apply-templates select="*"/>
  </xsl:template>
  <xsl:template match="row">
    <xsl:for-each select="cell[. &lt;&lt; ../cell[normalize-space()][last()]], cell[normalize-space()][last()]">
      <xsl:if test="position() gt 1"><xsl:text>&#9;</xsl:text></xsl:if>
      <xsl:variable name="content"><xsl:apply-templates select="*"/></xsl:variable>
      <xsl:value-of select="normalize-space($content)"/>
    </xsl:for-each>
    <xsl:value-of select="$end"/>
  </xsl:template>

  <xsl:template match="t">
    <xsl:variable name="style" select="tokenize(@style)"/>
    <xsl:variable name="before" select="tokenize(preceding-sibling::t[not(@sign)][1]/@style)
        [current()/preceding-sibling::*[1][self::t]]"/>
    <xsl:variable name="after" select="tokenize(following-sibling::*[1][self::t][not(@sign)]/@style)"/>
    <xsl:choose>
      <xsl:when test="@sign = 'added'
          and (preceding-sibling::*[1] | following-sibling::*[1])/tokenize(@style) = 'added'"/>
      <xsl:otherwise>
        <xsl:if test="$style = 'added' and not($before = 'added') and not(@sign)">^</xsl:if>
        <xsl:if test="$style = 'deleted' and not($before = 'deleted') and not(@sign)">~~</xsl:if>
        <xsl:if test="@sign-style and not(@sign-style = preceding-sibling::*[1][self::t]/@sign-style)">
          <xsl:value-of select="$plain(string(@sign-style))?open"/>
        </xsl:if>
        <xsl:value-of select="
            if (exists($plain(string(@sign-style))?each)) then replace(., '([\p{L}\p{N}]\p{M}*)', '$1' || $each) else ."/>
        <xsl:if test="@sign-style and not(@sign-style = following-sibling::*[1][self::t]/@sign-style)">
          <xsl:value-of select="$plain(string(@sign-style))?close"/>
        </xsl:if>
        <xsl:if test="$style = 'deleted' and not($after = 'deleted') and not(@sign)">~~</xsl:if>
        <xsl:if test="$style = 'added' and not($after = 'added') and not(@sign)">^</xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="br">
    <xsl:value-of select="if (ancestor::cell or ancestor::margin) then ' ' else $end"/>
  </xsl:template>
  <xsl:template match="page[@number]">
    <!-- Within a word it parts nothing. -->
    <xsl:variable name="is-within" select="
        matches(preceding-sibling::*[1][self::t], '\p{L}$') and matches(following-sibling::*[1][self::t], '^\p{L}')"/>
    <xsl:value-of select="'[' || f:word('unit.page.one') || ' ' || @number || (if ($is-within) then ']' else '] ')"/>
  </xsl:template>
  <xsl:template match="page | anchor | index | lemma | reference"/>
  <xsl:template match="blank"><xsl:text>   </xsl:text></xsl:template>
  <xsl:template match="picture"><xsl:value-of select="'[' || f:word('image') || ']'"/></xsl:template>
  <xsl:template match="stamp">
    <xsl:text>[</xsl:text><xsl:apply-templates/><xsl:text>]</xsl:text>
  </xsl:template>
  <xsl:template match="note">
    <xsl:value-of select="'[' || @number || ']'"/>
  </xsl:template>
  <!-- What stands in the margin is told within the line: a space parts it from the words on either
       side, also where the line has one or none. -->
  <xsl:template match="margin">
    <xsl:variable name="before" select="preceding-sibling::*[not(self::anchor or self::index)][1]"/>
    <xsl:variable name="parted" select="empty($before) or $before/self::br or ends-with($before/self::t, ' ')"/>
    <xsl:value-of select="(if ($parted) then '' else ' ') || '[' || f:word(if (@part) then 'fw.' || @part else 'place.margin') || ': '"/>
    <xsl:apply-templates select="block"/>
    <xsl:value-of select="if ($parted) then '] ' else ']'"/>
  </xsl:template>
</xsl:stylesheet>
