<?xml version="1.0" encoding="UTF-8"?>
<!--
  What the stylesheet reports: SVRL (Schematron Validation Report Language, ISO/IEC 19757-3,
  annex D), with attributes of our own that say where a finding is and how grave:

    t:role       the severity or role that holds for an assertion: its own, or that of its rule or
                 pattern
    t:rule       its id, or that of its rule or pattern
    t:element t:attribute t:after t:document   its place (runtime.xsl)

  The elements of SVRL are made by xsl:element: a literal element would take over the namespaces of
  the schema.
-->
<xsl:stylesheet version="3.0" expand-text="no"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    xmlns:out="urn:tei-toolkit:schematron:out"
    exclude-result-prefixes="#all">

  <xsl:mode name="t:message" on-no-match="deep-skip"/>

  <xsl:variable name="t:svrl" as="xs:string" select="'http://purl.oclc.org/dsdl/svrl'"/>

  <!-- The whole report; the context is the schema. -->
  <xsl:template name="t:output">
    <out:element name="svrl:schematron-output" namespace="{$t:svrl}">
      <xsl:sequence select="t:attributes(@schemaVersion), t:attribute('phase', @t:phase),
                            t:attribute('title', sch:title[1])"/>
      <xsl:if test="$full">
        <xsl:for-each select="sch:ns">
          <out:element name="svrl:ns-prefix-in-attribute-values" namespace="{$t:svrl}">
            <xsl:sequence select="t:attributes((@prefix, @uri))"/>
          </out:element>
        </xsl:for-each>
      </xsl:if>
      <xsl:for-each-group select="sch:pattern" group-by="t:group(.)">
        <xsl:call-template name="t:tried">
          <xsl:with-param name="body" as="element()+">
            <xsl:call-template name="t:results">
              <xsl:with-param name="patterns" select="current-group()"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each-group>
    </out:element>
  </xsl:template>

  <!-- The results of the patterns that share a walk; the full report has them by pattern. -->
  <xsl:template name="t:results">
    <xsl:param name="patterns" as="element(sch:pattern)+"/>
    <xsl:variable name="walk" as="element()+">
      <xsl:call-template name="t:start"/>
      <out:apply-templates select="{t:walk($patterns, '$' || $t:own || 'start')}"
          mode="{$t:own}rules-{t:group(.)}"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$full">
        <out:variable name="{$t:own}documents" select="{t:documents(.)}">
          <xsl:sequence select="t:origin(.)"/>
        </out:variable>
        <out:variable name="{$t:own}results" as="element()*">
          <xsl:sequence select="$walk"/>
        </out:variable>
        <xsl:for-each select="$patterns">
          <out:element name="svrl:active-pattern" namespace="{$t:svrl}">
            <out:attribute name="documents"
                select="${$t:own}documents ! {$t:own}uri(.)"/>
            <xsl:sequence select="t:attributes((@id, @role)), t:attribute('name', sch:title[1])"/>
          </out:element>
          <out:sequence select="${$t:own}results[@pattern = {t:number(.)}]/*"/>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$walk"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An expression for the documents that a pattern validates. -->
  <xsl:function name="t:documents" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="if ($pattern/@documents)
                          then $t:own || 'documents((' || $pattern/@documents || '))' else '.'"/>
  </xsl:function>

  <!-- The nodes where the walk starts: the documents, or what the phase narrows them down to. -->
  <xsl:template name="t:start">
    <xsl:variable name="narrowed" as="xs:boolean" select="exists(../sch:phase/@from)"/>
    <out:variable name="{$t:own}start" as="node()*">
      <xsl:sequence select="t:origin(.)"/>
      <xsl:choose>
        <xsl:when test="$narrowed">
          <out:apply-templates select="{t:documents(.)}" mode="{$t:own}from"/>
        </xsl:when>
        <xsl:otherwise>
          <out:sequence select="{t:documents(.)}"/>
        </xsl:otherwise>
      </xsl:choose>
    </out:variable>
  </xsl:template>

  <!-- A rule that fires. -->
  <xsl:function name="t:fired" as="element()+">
    <xsl:param name="rule" as="element(sch:rule)"/>
    <xsl:for-each select="$rule">
      <xsl:variable name="body" as="element()+">
        <xsl:call-template name="t:tried">
          <xsl:with-param name="body" as="element()+">
            <xsl:call-template name="t:body"/>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="$full">
          <out:element name="result">
            <xsl:sequence select="t:attribute('pattern', string(t:number(..)))"/>
            <out:element name="svrl:fired-rule" namespace="{$t:svrl}">
              <xsl:sequence
                  select="t:attributes((@id, @context, @role, @flag, @see, @icon, @fpi))"/>
              <out:attribute name="document" select="{$t:own}uri(root())"/>
            </out:element>
            <xsl:sequence select="$body"/>
          </out:element>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="$body"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- A dynamic error stops one rule for one node, or one pattern for other documents. -->
  <xsl:template name="t:tried">
    <xsl:param name="body" as="element()+"/>
    <out:try>
      <xsl:sequence select="$body"/>
      <out:catch>
        <out:element name="t:stopped" namespace="urn:tei-toolkit:schematron">
          <xsl:sequence select="t:attribute('t:rule', t:id(.))"/>
          <out:call-template name="{$t:own}place">
            <out:with-param name="{$t:own}nodes" select="."/>
          </out:call-template>
          <out:value-of select="$Q{{http://www.w3.org/2005/xqt-errors}}description"/>
        </out:element>
      </out:catch>
    </out:try>
  </xsl:template>

  <xsl:template match="sch:assert" mode="t:compile">
    <out:if test="not(({@test}))">
      <xsl:sequence select="t:origin(.)"/>
      <xsl:call-template name="t:found"/>
    </out:if>
  </xsl:template>

  <xsl:template match="sch:report" mode="t:compile">
    <out:if test="{@test}">
      <xsl:sequence select="t:origin(.)"/>
      <xsl:call-template name="t:found"/>
    </out:if>
  </xsl:template>

  <!-- A failed assertion or a successful report. -->
  <xsl:template name="t:found">
    <xsl:variable name="name" as="xs:string"
        select="if (self::sch:assert) then 'failed-assert' else 'successful-report'"/>
    <out:element name="svrl:{$name}" namespace="{$t:svrl}">
      <xsl:sequence select="
          t:attributes((@id, @test, @role, @severity, @flag, @see, @icon, @fpi, @xml:lang)),
          t:attribute('t:role', (@severity, @role, ../@severity, ../@role, ../../@role)[1]),
          t:attribute('t:rule', t:id(.))"/>
      <out:call-template name="{$t:own}place">
        <out:with-param name="{$t:own}nodes"
            select="{((@subject, ../@subject)[1] ! ('(' || . || '),'), '.,')[1]}
                    ${$t:own}context"/>
      </out:call-template>
      <xsl:apply-templates select="sch:diagnostic, sch:property" mode="t:compile"/>
      <xsl:call-template name="t:text"/>
    </out:element>
  </xsl:template>

  <xsl:template match="sch:diagnostic | sch:property" mode="t:compile">
    <out:element name="svrl:{local-name()}-reference" namespace="{$t:svrl}">
      <xsl:sequence select="t:attribute(local-name(), @id), t:attributes((@role, @scheme))"/>
      <xsl:call-template name="t:text"/>
    </out:element>
  </xsl:template>

  <!-- Messages -->

  <xsl:template name="t:text">
    <out:element name="svrl:text" namespace="{$t:svrl}">
      <xsl:sequence select="t:attributes((@see, @icon, @fpi, @xml:lang, @xml:space))"/>
      <xsl:apply-templates mode="t:message"/>
    </out:element>
  </xsl:template>

  <!-- White space at the ends says nothing, and keeps xsl:copy-of from giving attributes. -->
  <xsl:template match="text()" mode="t:message">
    <xsl:if test="normalize-space() or preceding-sibling::* and following-sibling::*">
      <out:text><xsl:value-of select="."/></out:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:name" mode="t:message">
    <out:value-of select="{(@path, 'name()')[1]}">
      <xsl:sequence select="t:origin(.)"/>
    </out:value-of>
  </xsl:template>

  <xsl:template match="sch:value-of" mode="t:message">
    <out:value-of select="{@select}">
      <xsl:sequence select="@separator, t:origin(.)"/>
    </out:value-of>
  </xsl:template>

  <xsl:template match="sch:emph | sch:dir | sch:span" mode="t:message">
    <out:element name="svrl:{local-name()}" namespace="{$t:svrl}">
      <xsl:sequence select="t:attributes((@class, @value, @xml:lang, @xml:space))"/>
      <xsl:apply-templates mode="t:message"/>
    </out:element>
  </xsl:template>

  <!-- The copies of diagnostics and properties within an assertion are no part of its text. -->
  <xsl:template match="sch:*" mode="t:message"/>

  <xsl:template match="xsl:*" mode="t:message">
    <xsl:copy>
      <xsl:sequence select="@*"/>
      <xsl:apply-templates mode="t:message"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="*" mode="t:message" priority="-0.6">
    <out:element name="{local-name()}" namespace="{t:escaped(namespace-uri())}">
      <xsl:apply-templates select="@* except @t:*" mode="t:quote"/>
      <xsl:apply-templates mode="t:message"/>
    </out:element>
  </xsl:template>

  <!-- The id that a finding is known by. -->
  <xsl:function name="t:id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/ancestor-or-self::*[@id][not(self::sch:schema)][1]/@id"/>
  </xsl:function>

  <!-- Instructions for attributes -->

  <xsl:function name="t:attributes" as="element()*">
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:sequence select="$attributes ! t:attribute(name(), .)"/>
  </xsl:function>

  <xsl:function name="t:attribute" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:if test="exists($value)">
      <out:attribute name="{$name}">
        <xsl:if test="starts-with($name, 't:')">
          <xsl:attribute name="namespace" select="'urn:tei-toolkit:schematron'"/>
        </xsl:if>
        <out:text><xsl:value-of select="$value"/></out:text>
      </out:attribute>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
