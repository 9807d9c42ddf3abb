<?xml version="1.0" encoding="UTF-8"?>
<!--
  Persons, places, organisations and events that a document lists itself (TEI Guidelines, chapter 14):
  what is said of each, in a line; and the registers that they make with the names that refer to them.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:r="urn:tei-toolkit:registers"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:key name="own-entry" match="person | personGrp | place | org | event" use="@xml:id"/>
  <!-- The names in the text that refer to one; a reference is none. -->
  <xsl:key name="own-mention" match="*[starts-with(@p:href, '#')][not(self::ref or self::ptr or self::note)]
      [not(ancestor::teiHeader or ancestor::listPerson or ancestor::listPlace or ancestor::listOrg
      or ancestor::listEvent or ancestor::listBibl)]" use="substring(@p:href, 2)"/>

  <xsl:function name="f:own-entry" as="element()?">
    <xsl:param name="href" as="xs:string"/>
    <xsl:sequence select="
        if (starts-with($href, '#')) then key('own-entry', substring($href, 2), $source)[exists(r:names(.))][1] else ()"/>
  </xsl:function>
  <!-- Documents that say the same of one identifier share its entry in a volume. -->
  <xsl:function name="f:own-key" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="
        string-join(('own', $entry/@xml:id, replace(lower-case(r:heading($entry)), '[^\p{L}\p{N}]+', '-')), '/')"/>
  </xsl:function>

  <!-- Lists that are the registers of their document: all that they say stands there. -->
  <xsl:variable name="registers-of-its-own" as="element()*" select="
      //(listPerson | listPlace | listOrg | listEvent)[parent::back or parent::standOff]
        [not(text()[normalize-space()])][every $entry in * satisfies f:is-plain-entry($entry)]
        [some $entry in * satisfies key('own-mention', $entry/@xml:id)]"/>
  <xsl:function name="f:is-plain-entry" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        exists(key('own-entry', string($element/@xml:id), $source) intersect $element)
        and exists(r:names($element)) and not($element/text()[normalize-space()])
        and empty($element//(app | pb | graphic | p | list | note[@p:placement = 'call']))"/>
  </xsl:function>
  <xsl:variable name="own-entries" as="element()*" select="
      $registers-of-its-own/*, //(person | personGrp | place | org | event)[key('own-mention', @xml:id)][exists(r:names(.))]"/>

  <xsl:function name="f:is-indexed" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        exists(key('own-entry', string($element/@xml:id), $source) intersect $element) and exists(r:names($element))
        and (exists(key('own-mention', $element/@xml:id, $source)) or exists($element/.. intersect $registers-of-its-own))"/>
  </xsl:function>

  <!-- A list without a heading goes by what it lists. -->
  <xsl:template match="(listPerson | listPlace | listOrg | listEvent)[parent::back or parent::standOff][not(head)]" mode="flow" priority="3">
    <xsl:if test="not(. intersect $registers-of-its-own) and normalize-space()">
      <block role="subheading">
        <xsl:call-template name="sign">
          <xsl:with-param name="text" select="f:word('register.' || r:kind(lower-case(substring-after(local-name(), 'list'))))"/>
          <xsl:with-param name="sign" select="'division'"/>
        </xsl:call-template>
      </block>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="(person | personGrp | place | org | event)[f:is-told-in-facts(.)]" mode="flow" priority="3">
    <block role="item">
      <!-- toolkit/publish/printing.py takes it out when it is known that no word is lost. -->
      <xsl:if test=".. intersect $registers-of-its-own">
        <xsl:attribute name="register" select="'yes'"/>
      </xsl:if>
      <xsl:call-template name="anchor"/>
      <xsl:apply-templates select="r:names(.)[1]" mode="run"/>
      <xsl:call-template name="facts"/>
    </block>
  </xsl:template>
  <xsl:template match="(person | personGrp | place | org | event)[f:is-told-in-facts(.)]" mode="header" priority="3">
    <xsl:apply-templates select="r:names(.)[1]" mode="run"/>
    <xsl:call-template name="facts"/>
  </xsl:template>
  <xsl:function name="f:is-told-in-facts" as="xs:boolean">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="
        exists(r:names($entry)) and not($entry/text()[normalize-space()])
        and empty($entry//(p | ab | list | table | app))"/>
  </xsl:function>

  <!-- What an entry says beside its name: each fact behind what it is about. -->
  <xsl:template name="facts">
    <xsl:variable name="name" select="r:names(.)[1]"/>
    <xsl:variable name="others" select="r:names(.) except $name"/>
    <xsl:for-each select="$others[normalize-space()]">
      <joint/>
      <t>, </t>
      <xsl:apply-templates select="." mode="run"/>
    </xsl:for-each>
    <xsl:for-each select="@sex[not(../sex)], * except ($name, $others)">
      <xsl:variable name="dated" select="self::* ! l:dated(.)"/>
      <xsl:variable name="value" as="xs:string" select="
          if (self::attribute()) then string-join(tokenize(.) ! (l:known('sex.' || .), .)[1], ', ')
          else if (normalize-space()) then ''
          else ($dated[. ne ''], (@value, @tag) ! (l:known(local-name(..) || '.' || .), string())[1], '')[1]"/>
      <xsl:if test="$value ne '' or self::*[normalize-space()]">
        <xsl:variable name="label" as="xs:string?" select="f:label-of-fact(.)"/>
        <xsl:variable name="again" select="exists($label)
            and self::* ! f:label-of-fact(preceding-sibling::*[normalize-space()][1]) = $label"/>
        <joint/>
        <t><xsl:value-of select="if ($again) then '; ' else '. '"/></t>
        <xsl:if test="exists($label) and not($again)">
          <xsl:call-template name="sign">
            <xsl:with-param name="text" select="$label"/>
            <xsl:with-param name="sign" select="'label'"/>
          </xsl:call-template>
          <t><xsl:text> </xsl:text></t>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="$value ne ''"><t><xsl:value-of select="$value"/></t></xsl:when>
          <xsl:when test="text()[normalize-space()] or not(*)">
            <xsl:call-template name="fact-part"/>
            <xsl:if test="$dated ne '' and not(contains(., substring((@when, @from, @notBefore, @to, @notAfter)[1], 1, 4)))">
              <t><xsl:value-of select="' (' || $dated || ')'"/></t>
            </xsl:if>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="* ! f:parts(.)">
              <xsl:if test="position() gt 1"><xsl:if test="not(self::geo)"><joint/></xsl:if><t><xsl:value-of select="if (self::geo) then ' ' else ', '"/></t></xsl:if>
              <xsl:call-template name="fact-part">
                <xsl:with-param name="in-brackets" select="self::geo and position() gt 1"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>
  <xsl:function name="f:label-of-fact" as="xs:string?">
    <xsl:param name="fact" as="node()?"/>
    <xsl:sequence select="
        if (empty($fact) or local-name($fact) = ('note', 'desc', 'head', 'label', 'figure')) then ()
        else if ($fact[self::idno]) then ($fact/@subtype[lower-case(../@type) = ('url', 'uri')]/string(), $fact/@type/string(), l:say('label.idno', ()))[1]
        else l:known('label.' || local-name($fact))"/>
  </xsl:function>
  <!-- Of a note that stands where it is, its words. -->
  <xsl:template name="fact-part">
    <xsl:param name="in-brackets" as="xs:boolean" select="false()"/>
    <xsl:if test="$in-brackets"><t>(</t></xsl:if>
    <xsl:choose>
      <xsl:when test="self::note">
        <xsl:apply-templates mode="run"><xsl:with-param name="in-note" tunnel="yes" select="true()"/></xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="run"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$in-brackets"><t>)</t></xsl:if>
  </xsl:template>
</xsl:stylesheet>
