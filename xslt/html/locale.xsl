<?xml version="1.0" encoding="UTF-8"?>
<!-- Wording, from locales/LANGUAGE.xml; what a language lacks is said in English. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:variable name="h:language" as="xs:string" select="
      replace(lower-case($publication/*/@language), '[^a-z].*$', '')"/>

  <xsl:variable name="h:locales" as="document-node()+" select="
      (('../locales/' || $h:language || '.xml')[$h:language][doc-available(.)],
       '../locales/en.xml') ! doc(.)"/>

  <!-- The language the wording is in. -->
  <xsl:variable name="h:wording" as="xs:string" select="$h:locales[1]/*/@xml:lang"/>

  <xsl:key name="h:term" match="*:term" use="@key"/>

  <!-- The wording for a key, with {1}, {2} … filled in; the key itself if there is none. -->
  <xsl:function name="h:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="h:say($key, ())"/>
  </xsl:function>

  <xsl:function name="h:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:variable name="wording" select="(h:known($key), $key)[1]"/>
    <xsl:sequence select="
        fold-left(1 to count($arguments), $wording, function($text, $n) {
          replace($text, '\{' || $n || '\}', replace($arguments[$n], '([\\$])', '\\$1'))})"/>
  </xsl:function>

  <xsl:function name="h:known" as="xs:string?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="($h:locales ! key('h:term', $key, .)/string())[1]"/>
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
    <xsl:sequence select="
        lower-case(replace(replace($name, '([a-z])([A-Z])', '$1 $2'), '[_-]+', ' '))"/>
  </xsl:function>

  <xsl:function name="h:capital" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($text, 1, 1)) || substring($text, 2)"/>
  </xsl:function>

  <!-- The date of a W3C value in words of the interface language: 1959-06-18, 1959-06 or 1959. -->
  <xsl:function name="h:date" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="parts" select="tokenize(replace($value, '^-', ''), '-')"/>
    <xsl:variable name="year" select="
        replace($parts[1], '^0+', '') || (if (starts-with($value, '-')) then ' ' || h:say('date.bce') else '')"/>
    <xsl:variable name="month" select="$parts[2][matches(., '^(0[1-9]|1[0-2])$')] ! h:say('month.' || number(.))"/>
    <xsl:variable name="day" select="$parts[3][matches(., '^\d\d')] ! string(number(substring(., 1, 2)))"/>
    <xsl:sequence select="
        if (not(matches($value, '^-?\d{4}'))) then $value
        else if ($month and $day) then h:say('date.day', ($day, $month, $year))
        else if ($month) then h:say('date.month', ($month, $year))
        else $year"/>
  </xsl:function>

</xsl:stylesheet>
