<?xml version="1.0" encoding="UTF-8"?>
<!-- The words the edition itself says, and small functions on strings. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:labels"
    exclude-result-prefixes="#all">

  <xsl:variable name="all-words" as="document-node()" select="doc('labels.xml')"/>
  <xsl:variable name="words" as="element(l:language)" select="
      ($all-words//l:language[@xml:lang = tokenize($language, '-')[1]],
       $all-words//l:language[@xml:lang = 'en'])[1]"/>

  <!-- A word of the edition, in the edition's language. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="
        string(($words/l:label[@key = $key],
                $all-words//l:language[@xml:lang = 'en']/l:label[@key = $key])[1])"/>
  </xsl:function>

  <!-- "3 letters": a quantity with its unit; units not known are said as they are encoded. -->
  <xsl:function name="f:quantity" as="xs:string">
    <xsl:param name="quantity" as="xs:string"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:variable name="key" select="
        'unit.' || (if ($unit = ('char', 'chars', 'characters')) then 'character'
                    else if ($unit = ('leaves', 'folio', 'folios')) then 'leaf'
                    else replace($unit, 's$', ''))"/>
    <xsl:variable name="label" select="$words/l:label[@key = $key]"/>
    <xsl:sequence select="normalize-space($quantity || ' ' || (
        if (empty($label)) then $unit
        else if ($quantity = '1') then $label
        else $label/@plural))"/>
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
