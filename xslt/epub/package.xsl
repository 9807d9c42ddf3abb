<?xml version="1.0" encoding="UTF-8"?>
<!-- The package document: what the book is, what it holds, and in which order (EPUB 3.3, 5). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:v="urn:tei-toolkit:epub:functions"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns="http://www.idpf.org/2007/opf"
    xpath-default-namespace="urn:tei-toolkit:epub"
    exclude-result-prefixes="xs v">

  <xsl:variable name="has-pages" as="xs:boolean" select="exists($chapters/page)"/>

  <xsl:template name="package">
    <package version="3.0" unique-identifier="id" xml:lang="{$language}">
      <metadata>
        <dc:identifier id="id"><xsl:value-of select="@identifier"/></dc:identifier>
        <dc:title><xsl:value-of select="@title"/></dc:title>
        <xsl:for-each select="language">
          <dc:language><xsl:value-of select="."/></dc:language>
        </xsl:for-each>
        <xsl:call-template name="people"/>
        <xsl:if test="@publisher ne ''">
          <dc:publisher><xsl:value-of select="@publisher"/></dc:publisher>
        </xsl:if>
        <xsl:if test="@description ne ''">
          <dc:description><xsl:value-of select="@description"/></dc:description>
        </xsl:if>
        <xsl:if test="@rights ne ''">
          <dc:rights><xsl:value-of select="@rights"/></dc:rights>
        </xsl:if>
        <meta property="dcterms:modified"><xsl:value-of select="@modified"/></meta>
        <xsl:call-template name="accessibility"/>
      </metadata>
      <xsl:call-template name="manifest"/>
      <xsl:call-template name="spine"/>
    </package>
  </xsl:template>

  <!-- The authors of a book of many are told with its chapters; its editors are the book's. -->
  <xsl:template name="people">
    <xsl:for-each select="distinct-values($chapters/author)[not(. = current()/editor)]
        [not($is-book) or count(distinct-values($chapters/author)) le 3]">
      <dc:creator><xsl:value-of select="."/></dc:creator>
    </xsl:for-each>
    <xsl:for-each select="editor">
      <dc:contributor id="editor-{position()}"><xsl:value-of select="."/></dc:contributor>
      <meta refines="#editor-{position()}" property="role" scheme="marc:relators">edt</meta>
    </xsl:for-each>
  </xsl:template>

  <!-- EPUB Accessibility 1.1, 2, in the vocabulary of schema.org. -->
  <xsl:template name="accessibility">
    <xsl:variable name="illustrated" select="exists(image[not(@cover)])"/>
    <meta property="schema:accessMode">textual</meta>
    <xsl:if test="$illustrated">
      <meta property="schema:accessMode">visual</meta>
    </xsl:if>
    <meta property="schema:accessModeSufficient">textual</meta>
    <xsl:for-each select="
        'structuralNavigation', 'tableOfContents', 'readingOrder', 'displayTransformability', 'ARIA',
        'alternativeText'[$illustrated],
        'index'[exists($chapters/register)],
        ('pageBreakMarkers', 'pageNavigation')[$has-pages]">
      <meta property="schema:accessibilityFeature"><xsl:value-of select="."/></meta>
    </xsl:for-each>
    <!-- Whose pages they are (EPUB Accessibility 1.1, 4.1). -->
    <xsl:if test="$has-pages">
      <meta property="pageBreakSource"><xsl:value-of select="v:page-source(.)"/></meta>
    </xsl:if>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary"><xsl:value-of select="v:word('accessibility')"/></meta>
  </xsl:template>

  <xsl:function name="v:page-source" as="xs:string">
    <xsl:param name="volume" as="element(volume)"/>
    <xsl:variable name="sources" select="
        $chapters[page]/about/field[@label = v:word('label.source')]/normalize-space(string-join(*, '; '))"/>
    <xsl:sequence select="
        (distinct-values($sources[. ne ''])[count(distinct-values($sources)) eq 1],
         $volume/@title/string())[1]"/>
  </xsl:function>

  <xsl:template name="manifest">
    <manifest>
      <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
      <item id="style" href="style.css" media-type="text/css"/>
      <xsl:if test="@cover">
        <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
      </xsl:if>
      <xsl:for-each select="$front, $back">
        <item id="{@id}" href="{@file}" media-type="application/xhtml+xml"/>
      </xsl:for-each>
      <xsl:for-each select="$chapters/part">
        <item id="text-{position()}" href="{@file}" media-type="application/xhtml+xml"/>
      </xsl:for-each>
      <xsl:for-each select="image">
        <item id="image-{position()}" href="{@path}" media-type="{@type}">
          <xsl:if test="@cover"><xsl:attribute name="properties" select="'cover-image'"/></xsl:if>
        </item>
      </xsl:for-each>
    </manifest>
  </xsl:template>

  <xsl:template name="spine">
    <spine>
      <xsl:if test="@progression = 'rtl'">
        <xsl:attribute name="page-progression-direction" select="'rtl'"/>
      </xsl:if>
      <xsl:if test="@cover"><itemref idref="cover"/></xsl:if>
      <xsl:for-each select="$front[not(@id = 'signs')]"><itemref idref="{@id}"/></xsl:for-each>
      <xsl:if test="$is-book"><itemref idref="nav"/></xsl:if>
      <xsl:for-each select="$front[@id = 'signs']"><itemref idref="{@id}"/></xsl:for-each>
      <xsl:for-each select="$chapters/part"><itemref idref="text-{position()}"/></xsl:for-each>
      <xsl:for-each select="$back"><itemref idref="{@id}"/></xsl:for-each>
    </spine>
  </xsl:template>
</xsl:stylesheet>
