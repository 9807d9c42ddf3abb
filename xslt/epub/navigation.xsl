<?xml version="1.0" encoding="UTF-8"?>
<!-- The navigation document: contents, pages of the source, landmarks (EPUB 3.3, 7). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:v="urn:tei-toolkit:epub:functions"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:epub"
    exclude-result-prefixes="xs v">

  <xsl:template name="navigation">
    <html lang="{$language}" xml:lang="{$language}" dir="{$direction}">
      <head>
        <title><xsl:value-of select="v:word('contents')"/></title>
        <link rel="stylesheet" type="text/css" href="style.css"/>
      </head>
      <body class="matter">
        <nav class="contents" epub:type="toc" role="doc-toc" aria-labelledby="contents">
          <h1 id="contents"><xsl:value-of select="v:word('contents')"/></h1>
          <ol>
            <xsl:for-each select="$front[@id = 'signs']"><xsl:call-template name="page-entry"/></xsl:for-each>
            <xsl:for-each select="$chapters">
              <li>
                <a href="{part[1]/@file}">
                  <xsl:if test="not(@lang = $language)">
                    <xsl:attribute name="lang" select="@lang"/>
                    <xsl:attribute name="xml:lang" select="@lang"/>
                  </xsl:if>
                  <xsl:value-of select="@title"/>
                </a>
                <xsl:if test="exists(heading)">
                  <ol>
                    <xsl:call-template name="headings">
                      <xsl:with-param name="headings" select="heading"/>
                    </xsl:call-template>
                  </ol>
                </xsl:if>
              </li>
            </xsl:for-each>
            <xsl:for-each select="$back[@title ne '']"><xsl:call-template name="page-entry"/></xsl:for-each>
          </ol>
        </nav>
        <xsl:call-template name="landmarks"/>
        <xsl:if test="exists($chapters/page)">
          <nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-labelledby="pages">
            <h2 id="pages"><xsl:value-of select="v:word('pages')"/></h2>
            <ol>
              <xsl:for-each select="$chapters/page">
                <li><a href="{@href}"><xsl:value-of select="@number"/></a></li>
              </xsl:for-each>
            </ol>
          </nav>
        </xsl:if>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="page-entry">
    <li><a href="{@file}"><xsl:value-of select="@title"/></a></li>
  </xsl:template>

  <!-- Headings by level: each with those below it, up to the next of its level or above. -->
  <xsl:template name="headings">
    <xsl:param name="headings" as="element(heading)*"/>
    <xsl:variable name="top" select="min($headings/xs:integer(@level))"/>
    <xsl:for-each-group select="$headings" group-starting-with="*[xs:integer(@level) le $top]">
      <li>
        <a href="{@href}"><xsl:value-of select="."/></a>
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

  <xsl:template name="landmarks">
    <nav epub:type="landmarks" hidden="hidden" aria-labelledby="landmarks">
      <h2 id="landmarks"><xsl:value-of select="v:word('ways')"/></h2>
      <ol>
        <xsl:if test="@cover">
          <li><a epub:type="cover" href="cover.xhtml"><xsl:value-of select="v:word('cover')"/></a></li>
        </xsl:if>
        <xsl:for-each select="$front[@id = 'title-page']">
          <li><a epub:type="titlepage" href="{@file}"><xsl:value-of select="v:word('title-page')"/></a></li>
        </xsl:for-each>
        <xsl:if test="$is-book">
          <li><a epub:type="toc" href="#contents"><xsl:value-of select="v:word('contents')"/></a></li>
        </xsl:if>
        <li>
          <a epub:type="bodymatter" href="{$chapters[1]/part[1]/@file}">
            <xsl:value-of select="v:word('text')"/>
          </a>
        </li>
        <xsl:for-each select="$back[@type = 'index'][1]">
          <li><a epub:type="index" href="{@file}"><xsl:value-of select="@title"/></a></li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:template>
</xsl:stylesheet>
