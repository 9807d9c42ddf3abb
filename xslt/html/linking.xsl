<?xml version="1.0" encoding="UTF-8"?>
<!-- References and pointers. TEI Guidelines, chapters 3.7 and 17. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="ref">
    <xsl:call-template name="h:named"/>
  </xsl:template>

  <!-- One without words to what is not here says at least what it refers to. -->
  <xsl:template match="ref[not(@p:href)][not(node())][@target]" priority="1">
    <span class="ed">{@target}</span>
  </xsl:template>

  <!-- A pointer has no words of its own: it shows the name or the address it leads to. -->
  <xsl:template match="ptr">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="href" select="h:link(.)[not($in-link)]"/>
    <xsl:variable name="target" select="key('h:id', substring-after(@p:href, '#'))[1]"/>
    <xsl:if test="exists($href)">
      <a class="ptr" href="{$href}">{
        (@p:entry, $target/@n, $target/head[1]/normalize-space()[.], replace($href, '^(https?://|mailto:|#)', ''))[1]
      }</a>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
