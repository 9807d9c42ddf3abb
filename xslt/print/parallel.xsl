<?xml version="1.0" encoding="UTF-8"?>
<!-- A text and its translation side by side. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:tr="urn:tei-toolkit:translation"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- The translation that a division stands beside. Where nothing says what corresponds, only what
       is short: columns that are long drift apart. -->
  <xsl:function name="f:beside" as="element(div)?">
    <xsl:param name="division" as="element(div)"/>
    <xsl:variable name="translation" select="
        if ($translations eq 'after' or $division/ancestor::note) then ()
        else tr:translation($division)[normalize-space()]"/>
    <xsl:sequence select="
        if (exists($translation) and normalize-space($division)
            and ($translation/f:is-short(.) or $division/f:is-short(.)
                 or map:size(tr:counterparts($division, $translation)) gt 0))
        then $translation else ()"/>
  </xsl:function>

  <xsl:function name="f:is-short" as="xs:boolean">
    <xsl:param name="division" as="element(div)"/>
    <xsl:sequence select="count($division/*[not(self::head)][normalize-space()]) le 1"/>
  </xsl:function>

  <xsl:template match="div[f:beside(.)]" mode="flow" priority="4">
    <xsl:variable name="sides" select="., f:beside(.)"/>
    <parallel>
      <xsl:if test="$translations eq 'facing'"><xsl:attribute name="layout" select="'facing'"/></xsl:if>
      <xsl:for-each select="tr:rows($sides[1], $sides[2])[?*[self::* or normalize-space()]]">
        <xsl:variable name="row" select="."/>
        <xsl:variable name="first" select="position() eq 1"/>
        <xsl:variable name="made" as="element()+">
          <xsl:for-each select="$sides">
            <xsl:call-template name="side">
              <xsl:with-param name="nodes" select="if (position() eq 1) then $row?original else $row?translation"/>
              <xsl:with-param name="first" select="$first"/>
              <!-- Verses are numbered once, beside the original. -->
              <xsl:with-param name="verses-are-numbered" tunnel="yes" select="position() eq 1"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="rows-of-verses">
          <xsl:with-param name="sides" select="$made"/>
          <xsl:with-param name="numbers" select="
              ($row?original/descendant-or-self::l/@n ! normalize-space())
                [. = $row?translation/descendant-or-self::l/@n ! normalize-space()]"/>
        </xsl:call-template>
      </xsl:for-each>
    </parallel>
  </xsl:template>

  <!-- Verses of one number begin on one line: each has a row of its own, with what follows it. -->
  <xsl:template name="rows-of-verses">
    <xsl:param name="sides" as="element()+"/>
    <xsl:param name="numbers" as="xs:string*"/>
    <xsl:variable name="parts" as="array(element())*">
      <xsl:for-each select="$sides">
        <xsl:variable name="side" select="."/>
        <xsl:variable name="groups" as="element()*">
          <xsl:variable name="first" select="*:block[@role = 'verse'][@line = $numbers][1]"/>
          <!-- Marks without words before the first verse go with it. -->
          <xsl:variable name="marks" select="*[. &lt;&lt; $first][not(normalize-space($side/*[. &lt;&lt; $first] => string-join()))]"/>
          <xsl:for-each-group select="* except $marks" group-starting-with="*:block[@role = 'verse'][@line = $numbers]">
            <side>
              <xsl:copy-of select="$side/@*, $marks[current-group() intersect $first], current-group()"/>
            </side>
          </xsl:for-each-group>
        </xsl:variable>
        <xsl:sequence select="array{$groups}"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="lines" as="array(xs:string)*" select="
        $parts ! array{?* ! string(*[@role = 'verse'][@line = $numbers][1]/@line)}"/>
    <xsl:choose>
      <!-- Where they come in another order, or one is there twice, all stand in one row. -->
      <xsl:when test="count($numbers) gt 1 and deep-equal(($lines[1]?*)[. ne ''], ($lines[2]?*)[. ne ''])">
        <xsl:variable name="begins" select="$lines ! (if (?*[1] = '') then 1 else 0)"/>
        <xsl:if test="$begins = 1">
          <row>
            <xsl:for-each select="1 to 2">
              <xsl:variable name="n" select="."/>
              <xsl:choose>
                <xsl:when test="$begins[$n] eq 1"><xsl:sequence select="$parts[$n]?1"/></xsl:when>
                <xsl:otherwise><side><xsl:copy-of select="$sides[$n]/@*"/></side></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </row>
        </xsl:if>
        <xsl:for-each select="1 to count(($lines[1]?*)[. ne ''])">
          <row>
            <xsl:sequence select="$parts[1]?(current() + $begins[1]), $parts[2]?(current() + $begins[2])"/>
          </row>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><row><xsl:sequence select="$sides"/></row></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="div[@type = 'translation'][tr:original(.)/f:beside(.)]" mode="flow" priority="5"/>

  <xsl:template name="side">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="first" as="xs:boolean"/>
    <xsl:variable name="own" select="(ancestor-or-self::*[f:is-language(@p:lang)])[last()]"/>
    <xsl:variable name="lang" select="($own/@p:lang/string(), $main-language)[1]"/>
    <xsl:variable name="dir" select="($own/@p:dir/string(), $main-direction)[1]"/>
    <side>
      <xsl:if test="$lang ne $main-language"><xsl:attribute name="lang" select="$lang"/></xsl:if>
      <xsl:if test="$dir ne $main-direction"><xsl:attribute name="dir" select="$dir"/></xsl:if>
      <xsl:if test="$first">
        <block role="mark"><xsl:call-template name="anchor"/></block>
      </xsl:if>
      <xsl:call-template name="contents">
        <xsl:with-param name="nodes" select="$nodes"/>
        <xsl:with-param name="lang" tunnel="yes" select="$lang"/>
        <xsl:with-param name="dir" tunnel="yes" select="$dir"/>
      </xsl:call-template>
    </side>
  </xsl:template>
</xsl:stylesheet>
