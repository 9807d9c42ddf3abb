<?xml version="1.0" encoding="UTF-8"?>
<!--
  Step 1: one schema in one tree.

  sch:include is replaced by what it names, sch:extends with @href by the content of that. Each
  element in the namespace of Schematron declares the namespaces of the sch:ns elements of its own
  file, so that its expressions keep their meaning wherever they are carried.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    exclude-result-prefixes="#all">

  <xsl:mode name="t:load" on-no-match="shallow-copy"/>

  <!-- The number of an element in its file. -->
  <xsl:accumulator name="t:number" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="*" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:key name="t:ns" match="sch:ns" use="@prefix"/>
  <xsl:key name="t:id" match="sch:*" use="@id, @xml:id"/>

  <!-- Declarations of namespaces and attributes are taken over, then the content. The element has
       no prefix of its own that a sch:ns could contradict. -->
  <xsl:template match="sch:*" mode="t:load">
    <xsl:param name="new-file" as="xs:string?" tunnel="yes"/>
    <xsl:element name="{local-name()}" namespace="http://purl.oclc.org/dsdl/schematron">
      <xsl:sequence select="t:namespaces(.), @*"/>
      <xsl:attribute name="t:at" select="accumulator-before('t:number')"/>
      <xsl:if test="$new-file">
        <xsl:attribute name="t:in" select="$new-file"/>
      </xsl:if>
      <xsl:apply-templates mode="t:load">
        <xsl:with-param name="new-file" select="()" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <xsl:template match="sch:ns" mode="t:load" priority="2">
    <xsl:copy>
      <xsl:sequence select="@*"/>
      <xsl:attribute name="t:at" select="accumulator-before('t:number')"/>
    </xsl:copy>
  </xsl:template>

  <!-- A stylesheet that the schema includes is found from where the schema lies. -->
  <xsl:template match="sch:schema/xsl:import | sch:schema/xsl:include" mode="t:load">
    <xsl:param name="base" as="xs:string" tunnel="yes"/>
    <xsl:copy>
      <xsl:attribute name="href" select="resolve-uri(@href, $base)"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:include[@href]" mode="t:load" priority="2">
    <xsl:call-template name="t:referenced">
      <xsl:with-param name="content-only" select="false()"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="sch:extends[@href]" mode="t:load" priority="2">
    <xsl:call-template name="t:referenced">
      <xsl:with-param name="content-only" select="true()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Loads the element that @href names, or its content. A whole schema within a schema stands
       for its content. -->
  <xsl:template name="t:referenced">
    <xsl:param name="base" as="xs:string" tunnel="yes"/>
    <xsl:param name="open" as="xs:string+" tunnel="yes"/>
    <xsl:param name="content-only" as="xs:boolean"/>
    <xsl:variable name="parts" as="xs:string+" select="tokenize(@href, '#')"/>
    <xsl:variable name="file" as="xs:string" select="string(resolve-uri($parts[1], $base))"/>
    <xsl:variable name="reference" as="xs:string" select="string(resolve-uri(@href, $base))"/>
    <xsl:choose>
      <xsl:when test="$reference = $open">
        <xsl:sequence select="t:fault(., 'this includes itself, by way of ' || @href)"/>
      </xsl:when>
      <xsl:when test="not(starts-with($file, 'file:')) or not(doc-available($file))">
        <xsl:sequence select="t:fault(., @href ||
            ' cannot be read: only well-formed local files are')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="target" as="element()?"
            select="if ($parts[2]) then key('t:id', $parts[2], doc($file))[1] else doc($file)/*"/>
        <xsl:if test="empty($target)">
          <xsl:sequence select="t:fault(., 'no element of ' || $parts[1] || ' has the id '
              || $parts[2])"/>
        </xsl:if>
        <xsl:apply-templates mode="t:load"
            select="if ($content-only or (parent::sch:schema and $target/self::sch:schema))
                    then $target/* else $target">
          <xsl:with-param name="base" select="$file" tunnel="yes"/>
          <xsl:with-param name="new-file" select="$file" tunnel="yes"/>
          <xsl:with-param name="open" select="$open, $reference" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A mistake that only loading can see; the check reports it. -->
  <xsl:function name="t:fault" as="element(t:fault)">
    <xsl:param name="culprit" as="element()"/>
    <xsl:param name="text" as="xs:string"/>
    <t:fault t:at="{$culprit/accumulator-before('t:number')}">{$text}</t:fault>
  </xsl:function>

  <!-- The namespaces for the expressions of an element: those that its file declares by sch:ns,
       and those of XML. -->
  <xsl:function name="t:namespaces" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="declared" as="element(sch:ns)*"
        select="root($element)//sch:ns[@prefix][@uri]"/>
    <xsl:for-each select="distinct-values((in-scope-prefixes($element), $declared/@prefix))
                          [not(. = ('', 'xml'))]">
      <xsl:namespace name="{.}" select="(key('t:ns', ., root($element))/@uri,
                                         namespace-uri-for-prefix(., $element))[1]"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
