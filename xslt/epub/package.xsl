<?xml version="1.0" encoding="UTF-8"?>
<!-- The package document and the navigation document. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <xsl:template name="package">
    <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
        xml:lang="{$language}" prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">
      <metadata>
        <dc:identifier id="id"><xsl:value-of select="$identifier"/></dc:identifier>
        <dc:title><xsl:value-of select="@title"/></dc:title>
        <dc:language><xsl:value-of select="@lang"/></dc:language>
        <xsl:for-each select="author">
          <dc:creator><xsl:value-of select="."/></dc:creator>
        </xsl:for-each>
        <xsl:if test="$publisher ne ''">
          <dc:publisher><xsl:value-of select="$publisher"/></dc:publisher>
        </xsl:if>
        <xsl:if test="$rights ne ''">
          <dc:rights><xsl:value-of select="$rights"/></dc:rights>
        </xsl:if>
        <meta property="dcterms:modified"><xsl:value-of select="$modified"/></meta>
        <meta property="schema:accessMode">textual</meta>
        <xsl:if test="exists($image-table)">
          <meta property="schema:accessMode">visual</meta>
        </xsl:if>
        <meta property="schema:accessModeSufficient">textual</meta>
        <meta property="schema:accessibilityFeature">structuralNavigation</meta>
        <meta property="schema:accessibilityFeature">tableOfContents</meta>
        <meta property="schema:accessibilityFeature">readingOrder</meta>
        <meta property="schema:accessibilityFeature">displayTransformability</meta>
        <xsl:if test="exists($image-table)">
          <meta property="schema:accessibilityFeature">alternativeText</meta>
        </xsl:if>
        <xsl:if test="exists(text//page[@number])">
          <meta property="schema:accessibilityFeature">pageBreakMarkers</meta>
          <meta property="schema:accessibilityFeature">pageNavigation</meta>
          <xsl:call-template name="page-source"/>
        </xsl:if>
        <meta property="schema:accessibilityHazard">none</meta>
        <meta property="schema:accessibilitySummary"
          >The whole text can be read aloud and resized; notes and names are linked.</meta>
      </metadata>
      <manifest>
        <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        <item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
        <item id="style" href="style.css" media-type="text/css"/>
        <xsl:for-each select="$image-table">
          <item id="image-{position()}" href="{?2}" media-type="{?3}"/>
        </xsl:for-each>
      </manifest>
      <spine>
        <xsl:if test="@dir = 'rtl'">
          <xsl:attribute name="page-progression-direction" select="'rtl'"/>
        </xsl:if>
        <itemref idref="text"/>
      </spine>
    </package>
  </xsl:template>

  <!-- The pages are those of the source: EPUB Accessibility asks which. -->
  <xsl:template name="page-source">
    <dc:source><xsl:value-of select="(apparatus/field[@label = f:word('source')]
        ! normalize-space(string-join(block, '; ')), @title)[. ne ''][1]"/></dc:source>
  </xsl:template>

  <xsl:template name="navigation">
    <html xmlns="http://www.w3.org/1999/xhtml" lang="{$language}" xml:lang="{$language}">
      <head>
        <title><xsl:value-of select="f:word('contents')"/></title>
        <link rel="stylesheet" type="text/css" href="style.css"/>
      </head>
      <body>
        <nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
          <h1 id="contents"><xsl:value-of select="f:word('contents')"/></h1>
          <ol>
            <li>
              <a href="text.xhtml#title"><xsl:value-of select="@title"/></a>
              <xsl:variable name="headings" select="text//block[@role = 'heading'][f:label(.) ne '']"/>
              <xsl:if test="exists($headings)">
                <ol>
                  <xsl:call-template name="headings">
                    <xsl:with-param name="headings" select="$headings"/>
                  </xsl:call-template>
                </ol>
              </xsl:if>
            </li>
            <xsl:if test="exists(text//note)">
              <li><a href="text.xhtml#notes"><xsl:value-of select="f:word('notes')"/></a></li>
            </xsl:if>
            <xsl:for-each select="apparatus[field], legend, index-list">
              <li><a href="text.xhtml#{f:part-id(.)}"><xsl:value-of select="@title"/></a></li>
            </xsl:for-each>
          </ol>
        </nav>
        <xsl:if test="exists(text//page[@number])">
          <nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-labelledby="pages">
            <h2 id="pages"><xsl:value-of select="f:word('pages')"/></h2>
            <ol>
              <xsl:for-each select="text//page[@number]">
                <li><a href="text.xhtml#{f:page-id(.)}"><xsl:value-of select="@number"/></a></li>
              </xsl:for-each>
            </ol>
          </nav>
        </xsl:if>
      </body>
    </html>
  </xsl:template>

  <!-- Headings by level: each with those below it, up to the next of its level or above. -->
  <xsl:template name="headings">
    <xsl:param name="headings" as="element()*"/>
    <xsl:variable name="top" select="min($headings/xs:integer(@level))"/>
    <xsl:for-each-group select="$headings"
        group-starting-with="*[xs:integer(@level) le $top]">
      <li xmlns="http://www.w3.org/1999/xhtml">
        <a href="text.xhtml#{f:heading-id(.)}"><xsl:value-of select="f:label(.)"/></a>
        <xsl:if test="count(current-group()) gt 1">
          <ol>
            <xsl:call-template name="headings">
              <xsl:with-param name="headings" select="tail(current-group())"/>
            </xsl:call-template>
          </ol>
        </xsl:if>
      </li>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="normalize-space(string-join($block/(t | br ! ' ')))"/>
  </xsl:function>
</xsl:stylesheet>
