<?xml version="1.0" encoding="UTF-8"?>
<!-- Drama. TEI Guidelines, chapter 7. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="sp | spGrp">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="speaker">
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="'p'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="stage | move | view | camera | caption | sound | tech">
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="'p'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="castList | castGroup | castItem | role | roleDesc | actor | set | prologue
      | epilogue | performance">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

</xsl:stylesheet>
