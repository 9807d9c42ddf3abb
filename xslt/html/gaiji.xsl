<?xml version="1.0" encoding="UTF-8"?>
<!-- Characters beyond Unicode. TEI Guidelines, chapter 5. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- A character: as encoded; else as the header maps it; else by its name. -->
  <xsl:template match="g">
    <xsl:variable name="declared" select="key('h:char', replace(@ref, '^.*#', ''))[1]"/>
    <xsl:variable name="mapped" select="
        ($declared/mapping[@type = ('standard', 'standardized', 'modern', 'composed', 'Unicode', 'simplified')],
         $declared/mapping)[1]/string()"/>
    <xsl:variable name="name" select="
        ($declared/(charName, glyphName, localProp[@name = ('Name', 'entity')]/@value, desc)/normalize-space(),
         @type, replace(@ref, '^.*#', ''))[.][1]"/>
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="title" select="$name"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="node()">
          <xsl:apply-templates/>
        </xsl:when>
        <xsl:when test="$mapped">
          <xsl:text>{$mapped}</xsl:text>
        </xsl:when>
        <xsl:otherwise>
          <span class="ed">{'⟨' || $name || '⟩'}</span>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- The books of the Text Creation Partnership name so the hyphen at the end of a line, and its
       lack: the word goes on. -->
  <xsl:template match="g[@ref = ('char:EOLhyphen', 'char:EOLunhyphen')][not(node())]" priority="1"
      h:why="the word it divides is whole on the page"/>

  <xsl:template match="localProp | unicodeProp | unihanProp" h:why="it describes a character that stands in the text">
    <xsl:if test="normalize-space()">
      <xsl:call-template name="h:plain"/>
    </xsl:if>
  </xsl:template>

  <xsl:key name="h:char" match="char | glyph" use="@xml:id"/>

</xsl:stylesheet>
