<?xml version="1.0" encoding="UTF-8"?>
<!--
  Step 4: the stylesheet.

  All patterns share one walk through the document: each rule is a template of one mode, the rules
  of earlier patterns having the higher priorities. A node is handed from rule to rule by
  xsl:next-match; the parameter t:fired names the pattern that fired last, so that of each pattern
  only the first rule that matches fires. Patterns with @documents walk through other documents,
  each in a mode of its own.

  Expressions of the schema stand in elements that declare the namespaces of the schema, whatever
  prefixes it uses; so names of our own are written as Q{urn:tei-toolkit:schematron}name there.
-->
<xsl:stylesheet version="3.0" expand-text="no"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:t="urn:tei-toolkit:schematron"
    xmlns:out="urn:tei-toolkit:schematron:out"
    exclude-result-prefixes="#all">

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>

  <xsl:mode name="t:compile" on-no-match="deep-skip"/>
  <xsl:mode name="t:quote" on-no-match="deep-skip"/>

  <xsl:variable name="t:own" as="xs:string" select="'Q{urn:tei-toolkit:schematron}'"/>

  <!-- Schema -->

  <xsl:template match="sch:schema" mode="t:compile">
    <out:stylesheet version="3.0">
      <xsl:attribute name="xml:base" select="$uri"/>
      <xsl:sequence select="doc('runtime.xsl')/*/node()"/>
      <out:variable name="{$t:own}full" select="{$full}()"/>
      <xsl:apply-templates mode="t:compile"
          select="xsl:*, sch:let, sch:phase, sch:pattern/sch:let, sch:pattern/sch:rule"/>
      <xsl:for-each select="'0', sch:pattern[@documents]/t:group(.)">
        <out:mode name="{$t:own}rules-{.}" on-no-match="deep-skip"/>
        <!-- A document would not be skipped. -->
        <out:template match="document-node()" mode="{$t:own}rules-{.}" priority="-1"/>
      </xsl:for-each>
      <out:template match="/" priority="1">
        <xsl:call-template name="t:output"/>
      </out:template>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="sch:schema/xsl:*" mode="t:compile">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- The variables of the schema and of the phase are global. -->
  <xsl:template match="sch:schema/sch:let" mode="t:compile">
    <xsl:call-template name="t:variable"/>
  </xsl:template>

  <xsl:template match="sch:phase" mode="t:compile">
    <xsl:for-each select="sch:let">
      <xsl:call-template name="t:variable"/>
    </xsl:for-each>
    <xsl:if test="@from">
      <out:mode name="{$t:own}from" on-no-match="shallow-skip"/>
      <out:template match="{@from}" mode="{$t:own}from">
        <xsl:sequence select="t:origin(.)"/>
        <out:sequence select="."/>
      </out:template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:variable">
    <out:variable name="{@name}">
      <xsl:if test="not(t:is-fragment(.))">
        <xsl:attribute name="as" select="(@as, 'item()*')[1]"/>
      </xsl:if>
      <xsl:sequence select="t:origin(.)"/>
      <xsl:call-template name="t:value"/>
    </out:variable>
  </xsl:template>

  <!-- Content is a tree fragment if the schema asks for XSLT 1.0, and otherwise a sequence. -->
  <xsl:function name="t:is-fragment" as="xs:boolean">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:sequence select="not($let/(@value | @as)) and
        lower-case($let/ancestor::sch:schema/@queryBinding) = ('xslt', 'xslt1')"/>
  </xsl:function>

  <!-- The value of a variable; content is data, instructions of XSLT too. -->
  <xsl:template name="t:value">
    <xsl:choose>
      <xsl:when test="@value">
        <out:sequence select="{@value}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates mode="t:quote"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Patterns -->

  <!-- The group of patterns that share a walk: 0 for the document, or the pattern's own number. -->
  <xsl:function name="t:group" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="if ($pattern/@documents) then string(t:number($pattern)) else '0'"/>
  </xsl:function>

  <xsl:function name="t:number" as="xs:integer">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="1 + count($pattern/preceding-sibling::sch:pattern)"/>
  </xsl:function>

  <!-- The name of a pattern's variable: patterns may use the same names. -->
  <xsl:function name="t:global" as="xs:string">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:sequence select="'Q{urn:tei-toolkit:schematron:pattern-' || t:number($let/..) || '}' ||
                          translate($let/@name, ':', '.')"/>
  </xsl:function>

  <!-- An expression for the value of a pattern's variable: it belongs to the document validated;
       where there are several, to that of the node. -->
  <xsl:function name="t:access" as="xs:string">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:param name="node" as="xs:string"/>
    <xsl:sequence select="if ($let/../@documents)
                          then t:global($let) || '(root(' || $node || '))'
                          else '$' || t:global($let)"/>
  </xsl:function>

  <xsl:template match="sch:pattern[not(@documents)]/sch:let" mode="t:compile">
    <out:variable name="{t:global(.)}" as="{(@as, 'item()*')[1]}">
      <xsl:sequence select="t:origin(.), t:bindings(preceding-sibling::sch:let, '.')"/>
      <xsl:call-template name="t:value"/>
    </out:variable>
  </xsl:template>

  <xsl:template match="sch:pattern[@documents]/sch:let" mode="t:compile">
    <out:function name="{t:global(.)}" as="{(@as, 'item()*')[1]}" cache="yes">
      <xsl:sequence select="t:origin(.)"/>
      <out:param name="{$t:own}document"/>
      <out:for-each select="${$t:own}document">
        <xsl:sequence select="t:bindings(preceding-sibling::sch:let, '.')"/>
        <xsl:call-template name="t:value"/>
      </out:for-each>
    </out:function>
  </xsl:template>

  <!-- Local variables by which the variables of a pattern are known within it. -->
  <xsl:function name="t:bindings" as="element()*">
    <xsl:param name="lets" as="element(sch:let)*"/>
    <xsl:param name="node" as="xs:string"/>
    <xsl:for-each select="$lets">
      <out:variable name="{@name}" select="{t:access(., $node)}">
        <xsl:sequence select="t:origin(.)"/>
      </out:variable>
    </xsl:for-each>
  </xsl:function>

  <!-- Rules -->

  <!-- A template for each alternative of the context: Saxon finds names fast, but with a priority
       a union counts as a pattern without a name. -->
  <xsl:template match="sch:rule" mode="t:compile">
    <xsl:variable name="rule" as="element()" select="."/>
    <xsl:variable name="number" as="xs:integer" select="t:number(..)"/>
    <xsl:variable name="group" as="xs:string" select="t:group(..)"/>
    <xsl:variable name="priority" as="xs:integer" select="count(following::sch:rule)"/>
    <xsl:variable name="contexts" as="xs:string+" select="t:alternatives(t:context(.))"/>
    <xsl:for-each select="$contexts">
      <out:template match="{.}" mode="{$t:own}rules-{$group}" priority="{$priority}">
        <xsl:sequence select="t:origin($rule)"/>
        <out:param name="{$t:own}fired" select="0"/>
        <out:if test="${$t:own}fired ne {$number}">
          <xsl:choose>
            <xsl:when test="count($contexts) gt 1">
              <out:call-template name="{$t:own}rule-{$priority}"/>
            </xsl:when>
            <xsl:otherwise>
              <xsl:sequence select="t:fired($rule)"/>
            </xsl:otherwise>
          </xsl:choose>
        </out:if>
        <xsl:if test="$rule/../following-sibling::sch:pattern[t:group(.) = $group]">
          <out:next-match>
            <out:with-param name="{$t:own}fired" select="{$number}"/>
          </out:next-match>
        </xsl:if>
      </out:template>
    </xsl:for-each>
    <xsl:if test="count($contexts) gt 1">
      <out:template name="{$t:own}rule-{$priority}">
        <xsl:sequence select="t:fired(.)"/>
      </out:template>
    </xsl:if>
  </xsl:template>

  <!-- The alternatives of a pattern. -->
  <xsl:function name="t:alternatives" as="xs:string+">
    <xsl:param name="context" as="xs:string"/>
    <xsl:iterate select="tokenize(t:masked($context), '\|')">
      <xsl:param name="start" as="xs:integer" select="1"/>
      <xsl:sequence select="substring($context, $start, string-length(.))"/>
      <xsl:next-iteration>
        <xsl:with-param name="start" select="$start + string-length(.) + 1"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- An expression in which strings, comments and all that stands in brackets is blotted out,
       character for character. -->
  <xsl:function name="t:masked" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:sequence select="t:without-brackets(t:blotted($expression,
        '&quot;[^&quot;]*&quot;|''[^'']*''|\(:.*?:\)|Q\{[^}]*\}'))"/>
  </xsl:function>

  <xsl:function name="t:without-brackets" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:variable name="next" as="xs:string"
        select="t:blotted($expression, '\[[^\[\]()]*\]|\([^\[\]()]*\)')"/>
    <xsl:sequence select="if ($next = $expression) then $next else t:without-brackets($next)"/>
  </xsl:function>

  <xsl:function name="t:blotted" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="regex" as="xs:string"/>
    <xsl:value-of>
      <xsl:analyze-string select="$text" regex="{$regex}" flags="s">
        <xsl:matching-substring>
          <xsl:value-of select="replace(., '.', '_', 's')"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:value-of select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:value-of>
  </xsl:function>

  <!-- The context of a rule; variables of the pattern go by their global names there. -->
  <xsl:function name="t:context" as="xs:string">
    <xsl:param name="rule" as="element(sch:rule)"/>
    <xsl:variable name="lets" as="element(sch:let)*" select="$rule/../sch:let"/>
    <xsl:value-of>
      <xsl:analyze-string select="$rule/@context"
          regex="&quot;[^&quot;]*&quot;|'[^']*'|\$([\i-[:]][\c-[:]]*(:[\i-[:]][\c-[:]]*)?)">
        <xsl:matching-substring>
          <xsl:variable name="let" as="element()?" select="$lets[@name = regex-group(1)][1]"/>
          <xsl:value-of select="if ($let) then t:access($let, 'current()') else ."/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:value-of select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:value-of>
  </xsl:function>

  <!-- What a rule does with the node that it matches. -->
  <xsl:template name="t:body">
    <out:variable name="{$t:own}context" select="."/>
    <xsl:sequence select="t:bindings(../sch:let, '.')"/>
    <xsl:for-each select="sch:let">
      <xsl:call-template name="t:variable"/>
    </xsl:for-each>
    <xsl:choose>
      <xsl:when test="@visit-each">
        <out:for-each select="{@visit-each}">
          <xsl:apply-templates select="sch:assert, sch:report" mode="t:compile"/>
        </out:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="sch:assert | sch:report" mode="t:compile"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The walk of a group of patterns from the nodes $from: only those nodes are visited that its
       rules may match. -->
  <xsl:function name="t:walk" as="xs:string">
    <xsl:param name="patterns" as="element(sch:pattern)+"/>
    <xsl:param name="from" as="xs:string"/>
    <xsl:variable name="tests" as="xs:string*"
        select="distinct-values($patterns/sch:rule/t:tests(@context))"/>
    <xsl:variable name="attributes" as="xs:string*"
        select="if ($tests = '@*') then '@*' else sort($tests[starts-with(., '@')])"/>
    <xsl:sequence select="$from || ' ! (., descendant::' ||
        (if ($tests = 'node()') then 'node()' else '*') || ')' ||
        (if (exists($attributes)) then ' ! (., ' || string-join($attributes, ', ') || ')' else '')"
        />
  </xsl:function>

  <!-- What a pattern of XSLT may match besides elements and documents: node() for texts, comments
       and processing instructions, and attributes by their local names. A pattern that is not of
       the simple kind may match everything. -->
  <xsl:function name="t:tests" as="xs:string*">
    <xsl:param name="context" as="xs:string"/>
    <xsl:for-each select="t:alternatives($context)">
      <xsl:variable name="step" as="xs:string"
          select="normalize-space(replace(t:without-predicates(.), '^.*/', '', 's'))"/>
      <xsl:choose>
        <xsl:when test="$step = '' or matches($step, $t:name-test)"/>
        <xsl:when test="matches($step, '^(@|attribute::)\i\c*$')">
          <xsl:sequence select="'@*:' || replace($step, '^.*[@:]', '')"/>
        </xsl:when>
        <xsl:when test="matches($step, '^(@|attribute::)[\i\c*:]+$')">
          <xsl:sequence select="'@*'"/>
        </xsl:when>
        <xsl:when
            test="$step = ('text()', 'comment()', 'processing-instruction()', 'node()')">
          <xsl:sequence select="'node()'"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="'node()', '@*'"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <xsl:variable name="t:name-test" as="xs:string"
      select="'^(child::)?(Q\{[^}]*\})?(\*|\i\c*|\*:\i\c*|\i\c*:\*)$'"/>

  <!-- A pattern without its predicates and strings. -->
  <xsl:function name="t:without-predicates" as="xs:string">
    <xsl:param name="context" as="xs:string"/>
    <xsl:variable name="next" as="xs:string" select="replace($context,
        '&quot;[^&quot;]*&quot;|''[^'']*''|\(:.*?:\)|\[[^\[\]&quot;'']*\]', '', 's')"/>
    <xsl:sequence select="if ($next = $context) then $context else t:without-predicates($next)"/>
  </xsl:function>

  <!-- The place that a generated element comes from, and the namespaces of its expressions. -->
  <xsl:function name="t:origin" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="in-scope-prefixes($element)[not(. = ('', 'xml'))]
        [namespace-uri-for-prefix(., $element) != 'urn:tei-toolkit:schematron']">
      <xsl:namespace name="{.}" select="namespace-uri-for-prefix(., $element)"/>
    </xsl:for-each>
    <xsl:sequence select="$element/@t:at, $element/ancestor-or-self::*[@t:in][1]/@t:in"/>
  </xsl:function>

  <!-- Instructions that make a copy of nodes -->

  <xsl:template match="*" mode="t:quote">
    <out:element name="{local-name()}" namespace="{t:escaped(namespace-uri())}">
      <xsl:apply-templates select="@* except @t:*, node()" mode="t:quote"/>
    </out:element>
  </xsl:template>

  <xsl:template match="@*" mode="t:quote">
    <out:attribute name="{name()}">
      <xsl:if test="namespace-uri()">
        <xsl:attribute name="namespace" select="t:escaped(namespace-uri())"/>
      </xsl:if>
      <out:text><xsl:value-of select="."/></out:text>
    </out:attribute>
  </xsl:template>

  <xsl:template match="text()[normalize-space()]" mode="t:quote">
    <out:text><xsl:value-of select="."/></out:text>
  </xsl:template>

  <xsl:function name="t:escaped" as="xs:string">
    <xsl:param name="text" as="xs:anyURI"/>
    <xsl:sequence select="replace(replace($text, '\{', '{{'), '\}', '}}')"/>
  </xsl:function>

</xsl:stylesheet>
