<?xml version="1.0" encoding="UTF-8"?>
<!--
  From an ISO Schematron schema (ISO/IEC 19757-3:2016 and 2020, query bindings XSLT and XPath) to a
  stylesheet in XSLT 3.0 that validates documents by it.

  Source: a Schematron schema, or a RELAX NG schema with rules embedded in it. Four steps, each a
  module and a mode:

    load         one schema in one tree: includes and rules embedded in RELAX NG are there, each
                 sch:ns has become a namespace declaration (schematron/load.xsl)
    check        what the schema does wrong (schematron/check.xsl)
    instantiate  the patterns of the phase, none abstract (schematron/instantiate.xsl)
    compile      the stylesheet (schematron/compile.xsl, schematron/report.xsl)

  Result: <t:schematron>, which holds a <t:source> for each file that was read, and either a
  <t:problem> for each mistake in the schema, or the stylesheet. A schema without patterns has no
  stylesheet.

  The attribute t:at of an element gives the place that it comes from: the number of the element in
  its file, counted from 1 in document order. t:in gives the URI of the file where that changes.

  Only local files are read: toolkit/xslt.py allows no other protocol.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    exclude-result-prefixes="#all">

  <xsl:import href="schematron/load.xsl"/>
  <xsl:import href="schematron/relaxng.xsl"/>
  <xsl:import href="schematron/check.xsl"/>
  <xsl:import href="schematron/instantiate.xsl"/>
  <xsl:import href="schematron/compile.xsl"/>
  <xsl:import href="schematron/report.xsl"/>

  <!-- The URI of the schema: relative references start here. -->
  <xsl:param name="uri" as="xs:string" required="yes"/>

  <!-- The phase to compile: its id, #ALL, or #DEFAULT. -->
  <xsl:param name="phase" as="xs:string" select="'#DEFAULT'"/>

  <!-- Whether the stylesheet reports all that SVRL knows: active patterns, fired rules and the
       paths of nodes too. Otherwise it reports only what was found, which is faster. -->
  <xsl:param name="full" as="xs:boolean" select="false()"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:mode use-accumulators="t:number"/>

  <xsl:template match="/">
    <xsl:variable name="loaded" as="element()">
      <xsl:apply-templates select="*" mode="t:load">
        <xsl:with-param name="base" select="$uri" tunnel="yes"/>
        <xsl:with-param name="open" select="$uri" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:variable name="chosen" as="xs:string" select="t:chosen-phase($loaded, $phase)"/>
    <xsl:variable name="problems" as="element(t:problem)*">
      <xsl:apply-templates select="$loaded" mode="t:check">
        <xsl:with-param name="phase" select="$chosen" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <t:schematron>
      <xsl:for-each select="distinct-values(($uri, $loaded//@t:in))">
        <t:source uri="{.}"/>
      </xsl:for-each>
      <xsl:sequence select="$problems"/>
      <xsl:if test="empty($problems)">
        <xsl:variable name="concrete" as="element(sch:schema)"
            select="t:instantiate($loaded, $chosen)"/>
        <xsl:if test="$concrete/sch:pattern">
          <xsl:apply-templates select="$concrete" mode="t:compile"/>
        </xsl:if>
      </xsl:if>
    </t:schematron>
  </xsl:template>

  <!-- The phase that is meant: #DEFAULT is the schema's own default, or else #ALL. -->
  <xsl:function name="t:chosen-phase" as="xs:string">
    <xsl:param name="schema" as="element()"/>
    <xsl:param name="phase" as="xs:string"/>
    <xsl:sequence select="if ($phase = '#DEFAULT')
                          then string(($schema/@defaultPhase, '#ALL')[1])
                          else $phase"/>
  </xsl:function>

</xsl:stylesheet>
