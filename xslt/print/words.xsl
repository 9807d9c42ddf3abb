<?xml version="1.0" encoding="UTF-8"?>
<!-- The words the edition itself says, and small functions on strings. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    exclude-result-prefixes="#all">

  <xsl:import href="../locale.xsl"/>

  <xsl:variable name="l:language" as="xs:string" select="$language"/>

  <!-- A word of the edition, in the edition's language. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="l:say($key, ())"/>
  </xsl:function>

  <!-- "3 letters": a quantity with its unit; units not known are said as they are encoded. -->
  <xsl:function name="f:quantity" as="xs:string">
    <xsl:param name="quantity" as="xs:string"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:sequence select="normalize-space($quantity || ' ' || l:unit($quantity, $unit))"/>
  </xsl:function>

  <!-- A text of at most $length characters, cut between words. -->
  <xsl:function name="f:shorten" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="length" as="xs:integer"/>
    <xsl:sequence select="
        if (string-length($text) le $length) then $text
        else replace(substring($text, 1, $length), '[\s,;:.–—-]+\S*$', '') || ' …'"/>
  </xsl:function>

  <!-- Whether a value has the shape of a language tag (BCP 47) whose language is named. -->
  <xsl:function name="f:is-language" as="xs:boolean">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:sequence select="
        exists($tag) and matches($tag, '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$')
        and not(starts-with(lower-case($tag), 'x-'))"/>
  </xsl:function>
</xsl:stylesheet>
