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
        <span class="ed speaker">{h:speakers(.)}: </span>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Who speaks, by the names that the header or the document lists. -->
  <xsl:function name="h:speakers" as="xs:string">
    <xsl:param name="speech" as="element()"/>
    <xsl:sequence select="
        string-join(
          for $id in tokenize($speech/@who) ! replace(., '^.*#', '')
          return (key('h:xml-id', $id, root($speech))/(persName, name, label, role, .[self::role])[1]/normalize-space()[.],
                  $id)[1], ', ')"/>
  </xsl:function>

  <xsl:key name="h:xml-id" match="person | personGrp | persona | org | castItem | role" use="@xml:id"/>

  <!-- What is heard or seen beside the words. -->
  <xsl:template match="incident | kinesic | vocal">
    <xsl:call-template name="h:box">
      <xsl:with-param name="content">
        <span class="ed">((</span>
        <xsl:apply-templates/>
        <xsl:if test="not(normalize-space())">
          <span class="ed">{h:words(string((@type, local-name())[1]))}</span>
        </xsl:if>
        <span class="ed">))</span>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A pause, with its length if that was measured. -->
  <xsl:template match="pause">
    <span class="ed pause">{
      '(' || (@dur[matches(., '^PT[0-9.]+S$')] ! (replace(., '[PTS]', '') || ' s'), '…')[1] || ')'}</span>
  </xsl:template>

  <!-- A posting in computer-mediated communication: who, when, what. TEI Guidelines, chapter 9. -->
  <xsl:template match="post">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:if test="@who or @when">
        <span class="ed speaker">{string-join((@who ! h:speakers(..), @when ! h:date(.)), ', ')}: </span>
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
