<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rules embedded in a RELAX NG schema (XML syntax) are gathered into one schema: from the grammar
  and from all that it includes, in the order of the files.

  A rule outside a pattern gets a pattern of its own. An assertion outside a rule holds for the
  element in whose definition it stands.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:rng="http://relaxng.org/ns/structure/1.0"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    exclude-result-prefixes="#all">

  <xsl:mode name="t:embedded" on-no-match="deep-skip"/>

  <xsl:template match="/rng:*" mode="t:load">
    <schema xmlns="http://purl.oclc.org/dsdl/schematron" t:at="1">
      <xsl:sequence select="t:namespaces(.)"/>
      <xsl:apply-templates select="." mode="t:embedded"/>
    </schema>
  </xsl:template>

  <xsl:template match="rng:*" mode="t:embedded">
    <xsl:apply-templates select="*" mode="t:embedded"/>
  </xsl:template>

  <xsl:template match="rng:include[@href] | rng:externalRef[@href]" mode="t:embedded">
    <xsl:param name="base" as="xs:string" tunnel="yes"/>
    <xsl:param name="open" as="xs:string+" tunnel="yes"/>
    <xsl:variable name="file" as="xs:string" select="string(resolve-uri(@href, $base))"/>
    <!-- That a grammar is missing, or includes itself, is for RELAX NG to say. -->
    <xsl:if test="not($file = $open) and starts-with($file, 'file:') and doc-available($file)">
      <xsl:apply-templates select="doc($file)/rng:*" mode="t:embedded">
        <xsl:with-param name="base" select="$file" tunnel="yes"/>
        <xsl:with-param name="new-file" select="$file" tunnel="yes"/>
        <xsl:with-param name="open" select="$open, $file" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:if>
    <xsl:apply-templates select="*" mode="t:embedded"/>
  </xsl:template>

  <xsl:template mode="t:embedded"
      match="sch:ns | sch:let | sch:phase | sch:pattern | sch:rules | sch:diagnostics |
             sch:properties | sch:include | sch:extends | xsl:function | xsl:key">
    <xsl:apply-templates select="." mode="t:load"/>
  </xsl:template>

  <xsl:template match="sch:schema" mode="t:embedded">
    <xsl:apply-templates select="*" mode="t:embedded"/>
  </xsl:template>

  <xsl:template match="sch:rule" mode="t:embedded">
    <xsl:call-template name="t:pattern"/>
  </xsl:template>

  <xsl:template match="sch:assert | sch:report" mode="t:embedded">
    <xsl:variable name="element" as="element()?" select="ancestor::rng:element[1]"/>
    <xsl:variable name="name" as="xs:string?"
        select="($element/@name, $element/rng:name)[1]/normalize-space()"/>
    <xsl:if test="$name">
      <xsl:call-template name="t:pattern">
        <xsl:with-param name="context" select="t:name-test($element, $name)"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:pattern">
    <xsl:param name="new-file" as="xs:string?" tunnel="yes"/>
    <xsl:param name="context" as="xs:string?"/>
    <pattern xmlns="http://purl.oclc.org/dsdl/schematron"
        t:at="{accumulator-before('t:number')}">
      <xsl:sequence select="$new-file ! t:in(.)"/>
      <xsl:where-populated>
        <rule context="{$context}" t:at="{accumulator-before('t:number')}">
          <xsl:if test="$context">
            <xsl:apply-templates select="." mode="t:load"/>
          </xsl:if>
        </rule>
      </xsl:where-populated>
      <xsl:if test="not($context)">
        <xsl:apply-templates select="." mode="t:load"/>
      </xsl:if>
    </pattern>
  </xsl:template>

  <xsl:function name="t:in" as="attribute()">
    <xsl:param name="file" as="xs:string"/>
    <xsl:attribute name="t:in" select="$file"/>
  </xsl:function>

  <!-- An expression for the name of an element definition. -->
  <xsl:function name="t:name-test" as="xs:string">
    <xsl:param name="element" as="element(rng:element)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="namespace" as="xs:string?"
        select="if (contains($name, ':'))
                then namespace-uri-for-prefix(substring-before($name, ':'), $element)
                else $element/ancestor-or-self::*[@ns][1]/@ns"/>
    <xsl:sequence select="'Q{' || $namespace || '}' || replace($name, '^.*:', '')"/>
  </xsl:function>

</xsl:stylesheet>
