<?xml version="1.0" encoding="UTF-8"?>
<!--
  From the chapters of a volume to its package document, its navigation, and the pages about it:
  title page, imprint, signs, registers, colophons.

  The input is <e:volume> with what is told of the volume in attributes, <e:editor>s, <e:language>s,
  <e:image>s, and the <e:chapter>s that xslt/epub.xsl made, their parts without content. The result
  is one document <files>; each <file path="…"> in it holds a file of the book.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:v="urn:tei-toolkit:epub:functions"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:epub"
    exclude-result-prefixes="#all">

  <xsl:import href="../locale.xsl"/>
  <xsl:import href="../prepare/language.xsl"/>
  <xsl:include href="package.xsl"/>
  <xsl:include href="navigation.xsl"/>
  <xsl:include href="matter.xsl"/>

  <xsl:output method="xml" indent="no" encoding="UTF-8" omit-xml-declaration="yes"/>

  <xsl:variable name="language" as="xs:string" select="/volume/@language"/>
  <xsl:variable name="l:language" as="xs:string" select="$language"/>
  <xsl:variable name="chapters" as="element(chapter)*" select="/volume/chapter"/>
  <!-- A volume of several documents is a book with a title page of its own. -->
  <xsl:variable name="is-book" as="xs:boolean" select="/volume/@kind = 'book'"/>

  <xsl:variable name="direction" as="xs:string" select="p:direction($language)"/>

  <xsl:function name="v:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="l:say($key, ())"/>
  </xsl:function>

  <!-- The pages about the volume, in the order of the book: front, then back. -->
  <xsl:variable name="front" as="element()*">
    <xsl:if test="$is-book"><xsl:call-template name="title-page"/></xsl:if>
    <xsl:if test="$is-book"><xsl:call-template name="imprint"/></xsl:if>
    <xsl:if test="$is-book"><xsl:call-template name="signs"/></xsl:if>
  </xsl:variable>
  <xsl:variable name="back" as="element()*">
    <xsl:call-template name="about"/>
    <xsl:if test="not($is-book)"><xsl:call-template name="signs"/></xsl:if>
    <xsl:call-template name="registers"/>
  </xsl:variable>

  <xsl:template match="/volume">
    <files xmlns="">
      <file path="META-INF/container.xml">
        <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
          <rootfiles>
            <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
          </rootfiles>
        </container>
      </file>
      <file path="EPUB/package.opf"><xsl:call-template name="package"/></file>
      <file path="EPUB/nav.xhtml"><xsl:call-template name="navigation"/></file>
      <xsl:if test="@cover"><file path="EPUB/cover.xhtml"><xsl:call-template name="cover"/></file></xsl:if>
      <xsl:for-each select="$front, $back">
        <file path="EPUB/{@file}"><xsl:sequence select="*"/></file>
      </xsl:for-each>
    </files>
  </xsl:template>
</xsl:stylesheet>
