<?xml version="1.0" encoding="UTF-8"?>
<!--
  Step 2: what the schema does wrong, one <t:problem> for each mistake. Mistakes within expressions
  are found later, when the stylesheet is compiled.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    exclude-result-prefixes="#all">

  <xsl:mode name="t:check" on-no-match="shallow-skip"/>

  <xsl:variable name="t:bindings" as="xs:string+" select="'xslt', 'xslt1', 'xslt2', 'xslt3',
      'xpath', 'xpath1', 'xpath2', 'xpath3', 'xpath31'"/>

  <xsl:function name="t:problem" as="element(t:problem)">
    <xsl:param name="culprit" as="element()"/>
    <xsl:param name="text" as="xs:string"/>
    <t:problem>
      <xsl:sequence select="$culprit/@t:at, $culprit/ancestor-or-self::*[@t:in][1]/@t:in"/>
      <xsl:text>{$text}</xsl:text>
    </t:problem>
  </xsl:function>

  <xsl:template match="sch:schema" mode="t:check">
    <xsl:param name="phase" as="xs:string" tunnel="yes"/>
    <xsl:if test="exists(@queryBinding) and not(lower-case(@queryBinding) = $t:bindings)">
      <xsl:sequence select="t:problem(., 'the query binding “' || @queryBinding ||
          '” is not supported; XSLT and XPath are')"/>
    </xsl:if>
    <xsl:if test="$phase != '#ALL' and not(sch:phase[@id = $phase])">
      <xsl:sequence select="t:problem(., 'the schema has no phase “' || $phase || '”')"/>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <!-- What is no schema at all. -->
  <xsl:template match="*[empty(parent::*)][not(self::sch:schema)]" mode="t:check">
    <t:problem t:at="1">
      <xsl:text>{if (namespace-uri() = 'http://www.ascc.net/xml/schematron')
                 then 'this is Schematron 1.5, which ISO Schematron has replaced'
                 else 'the root element is no Schematron schema: its name is ' || name()}</xsl:text>
    </t:problem>
  </xsl:template>

  <xsl:template match="t:fault" mode="t:check">
    <xsl:sequence select="t:problem(., string())"/>
  </xsl:template>

  <xsl:template match="sch:ns" mode="t:check">
    <xsl:if test="not(@prefix castable as xs:NCName) or not(@uri)">
      <xsl:sequence select="t:problem(., 'the namespace has no prefix or no URI')"/>
    </xsl:if>
    <xsl:if test="@prefix = 'xsl' and @uri != 'http://www.w3.org/1999/XSL/Transform'">
      <xsl:sequence select="t:problem(., 'the prefix “xsl” is for XSLT alone')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:active" mode="t:check">
    <xsl:if test="not(@pattern = ../../sch:pattern/@id)">
      <xsl:sequence select="t:problem(., 'there is no pattern “' || @pattern || '”')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:pattern[@is-a]" mode="t:check">
    <xsl:variable name="abstract" as="element()?"
        select="../sch:pattern[@id = current()/@is-a][@abstract = 'true'][1]"/>
    <xsl:if test="empty($abstract)">
      <xsl:sequence select="t:problem(., 'there is no abstract pattern “' || @is-a || '”')"/>
    </xsl:if>
    <xsl:for-each select="$abstract/sch:param[not(@value)]
                          [not(@name = current()/sch:param/@name)]">
      <xsl:sequence select="t:problem(current(), 'the parameter “' || @name || '” has no value')"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="sch:rule" mode="t:check">
    <xsl:if test="not(@context) and not(@abstract = 'true')">
      <xsl:sequence select="t:problem(., 'the rule has no context')"/>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="sch:extends[@rule]" mode="t:check">
    <xsl:choose>
      <xsl:when test="empty(t:extended(.))">
        <xsl:sequence select="t:problem(.,
            'this pattern has no abstract rule “' || @rule || '”')"/>
      </xsl:when>
      <xsl:when test="t:extends-itself(., ())">
        <xsl:sequence select="t:problem(., 'the rule “' || @rule || '” extends itself')"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="sch:assert | sch:report" mode="t:check">
    <xsl:variable name="schema" as="element()" select="ancestor::sch:schema[last()]"/>
    <xsl:variable name="culprit" as="element()" select="."/>
    <xsl:if test="not(@test)">
      <xsl:sequence select="t:problem(., 'the ' || local-name() || ' has no test')"/>
    </xsl:if>
    <xsl:for-each select="tokenize(@diagnostics)
                          [not(. = $schema/sch:diagnostics/sch:diagnostic/@id)]">
      <xsl:sequence select="t:problem($culprit, 'there is no diagnostic “' || . || '”')"/>
    </xsl:for-each>
    <xsl:for-each select="tokenize(@properties)
                          [not(. = $schema/sch:properties/sch:property/@id)]">
      <xsl:sequence select="t:problem($culprit, 'there is no property “' || . || '”')"/>
    </xsl:for-each>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="sch:value-of[not(@select)]" mode="t:check">
    <xsl:sequence select="t:problem(., 'the value-of has no select')"/>
  </xsl:template>

  <xsl:template match="sch:let" mode="t:check">
    <xsl:if test="not(@name castable as xs:QName)">
      <xsl:sequence select="t:problem(., 'the variable has no name')"/>
    </xsl:if>
    <xsl:if test="preceding-sibling::sch:let/@name = @name">
      <xsl:sequence select="t:problem(., 'the variable “' || @name || '” is already declared')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:include | sch:extends[not(@rule)]" mode="t:check">
    <xsl:sequence select="t:problem(., 'the ' || local-name() || ' names nothing')"/>
  </xsl:template>

  <!-- The abstract rule that an sch:extends names: one of its own pattern, or of the rules that
       belong to no pattern. -->
  <xsl:function name="t:extended" as="element(sch:rule)?">
    <xsl:param name="extends" as="element(sch:extends)"/>
    <xsl:sequence select="($extends/ancestor::sch:pattern/sch:rule,
        $extends/ancestor::sch:schema/sch:rules/sch:rule)
        [@abstract = 'true'][@id = $extends/@rule][1]"/>
  </xsl:function>

  <xsl:function name="t:extends-itself" as="xs:boolean">
    <xsl:param name="extends" as="element(sch:extends)"/>
    <xsl:param name="open" as="element(sch:rule)*"/>
    <xsl:variable name="rule" as="element()?" select="t:extended($extends)"/>
    <xsl:sequence select="exists($rule intersect ($open, $extends/parent::sch:rule)) or
        (some $next in $rule/sch:extends[@rule] satisfies t:extends-itself($next, ($open, $rule)))"
        />
  </xsl:function>

</xsl:stylesheet>
