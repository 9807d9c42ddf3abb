<?xml version="1.0" encoding="UTF-8"?>
<!-- Whether a title says already who wrote the document, so that a name is said once. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:naming="urn:tei-toolkit:naming"
    exclude-result-prefixes="#all">

  <!-- Does the title begin with the first of the names and hold the others? Names are parted by
       semicolons; one given as "Berg, Anna (1840–1899)" is "Anna Berg" too. -->
  <xsl:function name="naming:begins" as="xs:boolean">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="names" as="xs:string"/>
    <xsl:variable name="each" select="tokenize($names, ';')[normalize-space()]"/>
    <xsl:variable name="text" select="naming:plain($title)"/>
    <xsl:sequence select="
        exists($each) and (some $form in naming:forms($each[1]) satisfies starts-with($text, $form))
        and (every $name in tail($each) satisfies naming:holds($title, $name))"/>
  </xsl:function>

  <!-- Does the title hold the name, in whole words? -->
  <xsl:function name="naming:holds" as="xs:boolean">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="text" select="naming:plain($title)"/>
    <xsl:sequence select="some $form in naming:forms($name) satisfies contains($text, $form)"/>
  </xsl:function>

  <!-- The forms of a name as they may stand in a title, without what is set in brackets. -->
  <xsl:function name="naming:forms" as="xs:string*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="bare" select="replace($name, '\([^)]*\)|\[[^\]]*\]', ' ')"/>
    <xsl:sequence select="
        distinct-values(($name, $bare, replace($bare, '^([^,]+),([^,]+)$', '$2 $1')) ! naming:plain(.))
        [normalize-space()]"/>
  </xsl:function>

  <!-- The words of a text between spaces, without case and punctuation. -->
  <xsl:function name="naming:plain" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="
        ' ' || normalize-space(replace(lower-case(normalize-unicode($text)), '[^\p{L}\p{M}\p{N}]+', ' ')) || ' '"/>
  </xsl:function>

</xsl:stylesheet>
