<?xml version="1.0" encoding="UTF-8"?>
<!-- The layers of a text: what only the source says, and what only the editors make of it. What
     bears no mark belongs to both. TEI Guidelines, 3.5 (simple editorial changes), chapter 12. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <!-- By element, the layer that it belongs to; the last seven only where they are alternatives. -->
  <xsl:variable name="p:layers" static="yes" as="map(xs:string, xs:string)" select="map{
      'del': 'diplomatic', 'fw': 'diplomatic', 'supplied': 'reading', 'ex': 'reading',
      'sic': 'diplomatic', 'orig': 'diplomatic', 'abbr': 'diplomatic', 'am': 'diplomatic',
      'corr': 'reading', 'reg': 'reading', 'expan': 'reading'}"/>

  <xsl:function name="p:layer" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="layer" select="$p:layers(local-name($element))"/>
    <xsl:if test="
        $layer and (
          $element[self::del[not(ancestor::restore)] or self::fw or self::supplied or self::ex]
          or ($element/parent::choice and not(p:is-second-form($element))
              and $element/../*[not(p:is-second-form(.))]/$p:layers(local-name(.)) != $layer))">
      <xsl:attribute name="p:layer" select="$layer"/>
    </xsl:if>
  </xsl:function>

  <!-- A second written form of a name stands beside the first, not in its place. -->
  <xsl:function name="p:is-second-form" as="xs:boolean">
    <xsl:param name="form" as="element()"/>
    <xsl:sequence select="$form/self::reg/@type = 'romanisation'"/>
  </xsl:function>

</xsl:stylesheet>
