<?xml version="1.0" encoding="UTF-8"?>
<!-- Wording, by the names that the modules of the pages use for it (locale.xsl). -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../locale.xsl"/>

  <xsl:variable name="l:language" as="xs:string" select="string($publication/*/@language)"/>

  <!-- The language the wording is in. -->
  <xsl:variable name="h:wording" as="xs:string" select="$l:wording"/>

  <!-- The wording for a key, with {1}, {2} … filled in; the key itself if there is none. -->
  <xsl:function name="h:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="l:say($key, ())"/>
  </xsl:function>

  <xsl:function name="h:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:sequence select="l:say($key, $arguments)"/>
  </xsl:function>

  <xsl:function name="h:known" as="xs:string?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="l:known($key)"/>
  </xsl:function>

  <!-- The wording for a value that editors may choose freely: the value itself if unknown. -->
  <xsl:function name="h:value" as="xs:string">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="(h:known($prefix || '.' || $value), h:words($value))[1]"/>
  </xsl:function>

  <!-- A name such as biblScope or file-desc as words. -->
  <xsl:function name="h:words" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="l:words($name)"/>
  </xsl:function>

  <xsl:function name="h:capital" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="l:capital($text)"/>
  </xsl:function>

  <!-- The date of a W3C value in words of the interface language: 1959-06-18, 1959-06 or 1959. -->
  <xsl:function name="h:date" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="l:date($value)"/>
  </xsl:function>

  <!-- The date of a document in words, or the time in which it was written; if it has one. -->
  <xsl:function name="h:date-of" as="xs:string?">
    <xsl:param name="document" as="element()?"/>
    <xsl:sequence select="
        if ($document/@date-end[string()]) then l:time($document/@date, $document/@date-end)
        else $document/@date[string()] ! l:date(.)"/>
  </xsl:function>

</xsl:stylesheet>
