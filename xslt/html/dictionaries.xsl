<?xml version="1.0" encoding="UTF-8"?>
<!-- Dictionaries and feature structures. TEI Guidelines, chapters 10 and 19. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="orth | pron | hyph | syll | stress | gram | pos | gen | number | case | per | tns
      | mood | iType | subc | colloc | def | dictScrap | usg | lbl | lang">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- The parts of an entry follow each other in its paragraph. -->
  <xsl:template match="entry | entryFree | superEntry | hom | sense | form | gramGrp | etym | xr | re">
    <xsl:call-template name="h:box">
      <xsl:with-param name="content">
        <xsl:call-template name="h:spaced"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A numbered sense begins with its number. -->
  <xsl:template match="sense[@n] | hom[@n]">
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes"/>
      <span class="ed sense-number">{@n} </span>
      <xsl:call-template name="h:spaced"/>
    </xsl:element>
  </xsl:template>

  <!-- An empty reference to the headword is a swung dash. -->
  <xsl:template match="oRef | pRef | oVar | pVar">
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
      <xsl:if test="not(node())"><span class="ed">~</span></xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- Feature structures are data for a machine. -->

  <xsl:template match="fs | f | fLib | fvLib | vAlt | vColl | vNot | vMerge | vLabel | vRange | vDefault
      | binary | symbol | numeric | string | default | fsdDecl | fsDecl | fDecl | fDescr | fsDescr
      | fsConstraints | if | then | cond | bicond | iff | fsdLink">
    <xsl:call-template name="h:default"/>
  </xsl:template>

</xsl:stylesheet>
