<?xml version="1.0" encoding="UTF-8"?>
<!--
  Step 3: only what the phase asks for, and nothing abstract.

  First the rules: sch:extends is replaced by the content of the abstract rule, and each assertion
  gets copies of the diagnostics and properties that it refers to. Then the patterns: an instance
  of an abstract pattern becomes a copy of it, its parameters replaced in all expressions.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    exclude-result-prefixes="#all">

  <xsl:mode name="t:rules" on-no-match="shallow-copy"/>
  <xsl:mode name="t:patterns" on-no-match="shallow-copy"/>
  <xsl:mode name="t:substitute" on-no-match="shallow-copy"/>

  <xsl:function name="t:instantiate" as="element(sch:schema)">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:param name="phase" as="xs:string"/>
    <xsl:variable name="ruled" as="element(sch:schema)">
      <xsl:apply-templates select="$schema" mode="t:rules"/>
    </xsl:variable>
    <xsl:apply-templates select="$ruled" mode="t:patterns">
      <xsl:with-param name="phase" select="$phase" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:function>

  <!-- Rules -->

  <xsl:template match="sch:rule[@abstract = 'true'] | sch:rules | sch:p | sch:pattern/sch:title"
      mode="t:rules"/>

  <xsl:template match="sch:extends" mode="t:rules">
    <xsl:for-each select="t:extended(.)">
      <xsl:apply-templates select="*" mode="t:rules"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The language of an assertion is that of the place where it is written. -->
  <xsl:template match="sch:assert | sch:report" mode="t:rules">
    <xsl:variable name="schema" as="element()" select="ancestor::sch:schema[last()]"/>
    <xsl:copy>
      <xsl:sequence select="ancestor::*[@xml:lang][1]/@xml:lang, @*"/>
      <xsl:apply-templates mode="t:rules"/>
      <xsl:for-each select="tokenize(@diagnostics)">
        <xsl:sequence select="$schema/sch:diagnostics/sch:diagnostic[@id = current()][1]"/>
      </xsl:for-each>
      <xsl:for-each select="tokenize(@properties)">
        <xsl:sequence select="$schema/sch:properties/sch:property[@id = current()][1]"/>
      </xsl:for-each>
    </xsl:copy>
  </xsl:template>

  <!-- Patterns -->

  <xsl:template match="sch:schema" mode="t:patterns">
    <xsl:param name="phase" as="xs:string" tunnel="yes"/>
    <xsl:copy>
      <xsl:sequence select="@*"/>
      <xsl:if test="$phase != '#ALL'">
        <xsl:attribute name="t:phase" select="$phase"/>
      </xsl:if>
      <xsl:apply-templates mode="t:patterns"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:phase" mode="t:patterns">
    <xsl:param name="phase" as="xs:string" tunnel="yes"/>
    <xsl:if test="@id = $phase">
      <xsl:sequence select="."/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:diagnostics | sch:properties" mode="t:patterns"/>

  <xsl:template match="sch:pattern" mode="t:patterns">
    <xsl:param name="phase" as="xs:string" tunnel="yes"/>
    <xsl:variable name="is-active" as="xs:boolean"
        select="$phase = '#ALL' or @id = ../sch:phase[@id = $phase]/sch:active/@pattern"/>
    <xsl:choose>
      <xsl:when test="@abstract = 'true' or not($is-active)"/>
      <xsl:when test="@is-a">
        <xsl:sequence select="t:instance(.,
            ../sch:pattern[@id = current()/@is-a][@abstract = 'true'][1])"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="."/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The abstract pattern with the instance's own attributes and parameters. -->
  <xsl:function name="t:instance" as="element(sch:pattern)">
    <xsl:param name="instance" as="element(sch:pattern)"/>
    <xsl:param name="abstract" as="element(sch:pattern)"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)"
        select="map:merge(($instance/sch:param, $abstract/sch:param)
                          ! map{string(@name): string(@value)}, map{'duplicates': 'use-first'})"/>
    <xsl:for-each select="$abstract">
      <xsl:copy>
        <xsl:apply-templates select="@* except (@id, @abstract)" mode="t:substitute">
          <xsl:with-param name="values" select="$values" tunnel="yes"/>
        </xsl:apply-templates>
        <xsl:sequence select="$instance/(@* except (@is-a, @t:*))"/>
        <xsl:apply-templates select="* except sch:param" mode="t:substitute">
          <xsl:with-param name="values" select="$values" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:copy>
    </xsl:for-each>
  </xsl:function>

  <xsl:template mode="t:substitute"
      match="@documents | @context | @visit-each | @test | @subject | @select | @path | @value |
             xsl:*/@*">
    <xsl:param name="values" as="map(xs:string, xs:string)" tunnel="yes"/>
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}"
        select="t:substituted(., $values)"/>
  </xsl:template>

  <!-- An expression with its parameters replaced; they are macros, so strings count too. -->
  <xsl:function name="t:substituted" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:param name="values" as="map(xs:string, xs:string)"/>
    <xsl:value-of>
      <xsl:analyze-string select="$expression" regex="\$([\i-[:]][\c-[:]]*)">
        <xsl:matching-substring>{($values(regex-group(1)), .)[1]}</xsl:matching-substring>
        <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:value-of>
  </xsl:function>

</xsl:stylesheet>
