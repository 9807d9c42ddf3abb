<?xml version="1.0" encoding="UTF-8"?>
<!-- Transcriptions of speech. TEI Guidelines, chapter 8. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="u | writing">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:if test="@who">
        <span class="ed speaker">{string-join(tokenize(@who) ! replace(., '^.*#', ''), ', ')}: </span>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="incident | kinesic | vocal">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="pause">
    <span class="ed pause">(…)</span>
  </xsl:template>

  <!-- A posting in computer-mediated communication: who, when, what. TEI Guidelines, chapter 9. -->
  <xsl:template match="post">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:if test="@who or @when">
        <span class="ed speaker">{string-join((tokenize(@who) ! replace(., '^.*#', ''), @when ! h:date(.)), ', ')}: </span>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="annotationBlock">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="shift" h:why="it marks a point at which the voice changes">
    <xsl:call-template name="h:point"/>
  </xsl:template>

</xsl:stylesheet>
