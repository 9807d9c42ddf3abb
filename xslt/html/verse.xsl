<?xml version="1.0" encoding="UTF-8"?>
<!-- Verse. TEI Guidelines, chapter 6. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="lg">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="l">
    <div>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="('part-' || @part)[current()/@part = ('I', 'M', 'F')]"/>
      </xsl:call-template>
      <xsl:apply-templates/>
      <xsl:if test="@n[matches(., '^0*[1-9][0-9]*$')][number(.) mod 5 = 0]">
        <xsl:call-template name="h:line-number"/>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- The number of a line, which is a link to it, so that it can be cited. -->
  <xsl:template name="h:line-number">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <span class="line-number ed">
      <xsl:choose>
        <xsl:when test="@p:id and not($h:copy or $in-link)">
          <a href="#{encode-for-uri(@p:id)}" title="{$h:self-title}">{@n}</a>
        </xsl:when>
        <xsl:otherwise>{@n}</xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:template match="caesura">
    <span class="ed caesura"> ‖ </span>
  </xsl:template>

  <xsl:template match="rhyme | metSym">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

</xsl:stylesheet>
