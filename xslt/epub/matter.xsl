<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages about the volume: cover, title page, imprint, signs, colophons, registers. Each is a
     <page> with the file it is, its identifier in the manifest, its title in the contents and the
     content document. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:v="urn:tei-toolkit:epub:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:epub"
    exclude-result-prefixes="#all">

  <xsl:variable name="volume" as="element(volume)" select="/volume"/>

  <xsl:function name="v:page" as="element()">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="body" as="element()*"/>
    <page xmlns="" id="{$id}" file="{$id}.xhtml" title="{$title}">
      <xsl:sequence select="v:html($title, 'matter', $body)"/>
    </page>
  </xsl:function>

  <xsl:function name="v:html" as="element()">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="body" as="element()*"/>
    <html lang="{$language}" xml:lang="{$language}" dir="{$direction}">
      <head>
        <title><xsl:value-of select="($title[. ne ''], $volume/@title)[1]"/></title>
        <link rel="stylesheet" type="text/css" href="style.css"/>
      </head>
      <body class="{$class}"><xsl:sequence select="$body"/></body>
    </html>
  </xsl:function>

  <xsl:template name="cover">
    <xsl:sequence select="v:html(v:word('cover'), 'cover', v:cover-image(.))"/>
  </xsl:template>
  <xsl:function name="v:cover-image" as="element()">
    <xsl:param name="volume" as="element(volume)"/>
    <section epub:type="cover">
      <img role="doc-cover" src="{$volume/@cover}" alt="{v:word('cover')}: {$volume/@title}"/>
    </section>
  </xsl:function>

  <xsl:template name="title-page">
    <xsl:variable name="body" as="element()">
      <section class="title-page" epub:type="titlepage" aria-labelledby="title">
        <h1 id="title"><xsl:value-of select="$volume/@title"/></h1>
        <xsl:if test="$volume/@description ne ''">
          <p class="description"><xsl:value-of select="$volume/@description"/></p>
        </xsl:if>
        <xsl:if test="exists($volume/editor)">
          <p class="editors"><xsl:value-of select="l:say('edited-by', v:and($volume/editor))"/></p>
        </xsl:if>
        <xsl:if test="$volume/@publisher ne ''">
          <p class="publisher"><xsl:value-of select="$volume/@publisher"/></p>
        </xsl:if>
      </section>
    </xsl:variable>
    <xsl:sequence select="v:page('title-page', '', $body)"/>
  </xsl:template>

  <xsl:function name="v:and" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="string-join($names, ', ')"/>
  </xsl:function>

  <!-- What every document says in the same words is said once, in the imprint. -->
  <xsl:variable name="common" as="xs:string*" select="
      for $said in $chapters[$is-book and count($chapters) gt 1][1]/about/field/v:said(.)
      return $said[every $chapter in $chapters satisfies $chapter/about/field/v:said(.) = $said]"/>

  <xsl:function name="v:said" as="xs:string">
    <xsl:param name="field" as="element(field)"/>
    <xsl:sequence select="$field/@label || '&#10;' || string-join($field/*, '&#10;')"/>
  </xsl:function>

  <xsl:template name="imprint">
    <xsl:variable name="body" as="element()">
      <section class="imprint" epub:type="imprint" aria-labelledby="imprint">
        <h1 id="imprint"><xsl:value-of select="v:word('imprint')"/></h1>
        <dl>
          <xsl:sequence select="v:term(v:word('label.title'), $volume/@title)"/>
          <xsl:sequence select="v:term(v:word('label.editor'), string-join($volume/editor, '; '))"/>
          <xsl:sequence select="v:term(v:word('label.publisher'), $volume/@publisher)"/>
          <xsl:if test="$volume/@licence-name ne ''">
            <dt><xsl:value-of select="v:word('label.availability')"/></dt>
            <dd>
              <xsl:choose>
                <xsl:when test="$volume/@licence-url ne ''">
                  <a href="{$volume/@licence-url}"><xsl:value-of select="$volume/@licence-name"/></a>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="$volume/@licence-name"/></xsl:otherwise>
              </xsl:choose>
            </dd>
          </xsl:if>
          <xsl:if test="$volume/@address ne ''">
            <dt><xsl:value-of select="v:word('label.ref')"/></dt>
            <dd><a href="{$volume/@address}"><xsl:value-of select="$volume/@address"/></a></dd>
          </xsl:if>
          <xsl:sequence select="v:term(v:word('label.idno'), $volume/@identifier)"/>
          <xsl:for-each select="$chapters[1]/about/field[v:said(.) = $common]">
            <xsl:call-template name="field"/>
          </xsl:for-each>
        </dl>
      </section>
    </xsl:variable>
    <xsl:sequence select="v:page('imprint', '', $body)"/>
  </xsl:template>

  <xsl:function name="v:term" as="element()*">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:if test="$value ne ''">
      <dt><xsl:value-of select="$label"/></dt>
      <dd><xsl:value-of select="$value"/></dd>
    </xsl:if>
  </xsl:function>

  <xsl:template name="field">
    <dt><xsl:value-of select="@label"/></dt>
    <dd><xsl:sequence select="*"/></dd>
  </xsl:template>

  <xsl:template name="signs">
    <xsl:if test="exists($chapters/signs)">
      <xsl:variable name="title" select="string($chapters[signs][1]/signs/@title)"/>
      <xsl:variable name="body" as="element()">
        <section class="signs" aria-labelledby="signs">
          <h1 id="signs"><xsl:value-of select="$title"/></h1>
          <dl>
            <xsl:for-each-group select="$chapters/signs/sign" group-by="@meaning">
              <dt><xsl:sequence select="node()"/></dt>
              <dd><xsl:value-of select="@meaning"/></dd>
            </xsl:for-each-group>
          </dl>
        </section>
      </xsl:variable>
      <xsl:sequence select="v:page('signs', $title, $body)"/>
    </xsl:if>
  </xsl:template>

  <!-- How much of a page of registers or colophons reading systems lay out at once, in letters. -->
  <xsl:variable name="page-length" as="xs:integer" select="150000"/>

  <!-- The number of the page on which each item stands, by the lengths of those before it. -->
  <xsl:function name="v:pages" as="xs:integer*">
    <xsl:param name="lengths" as="xs:integer*"/>
    <xsl:iterate select="$lengths">
      <xsl:param name="behind" as="xs:integer" select="0"/>
      <xsl:sequence select="1 + $behind idiv $page-length"/>
      <xsl:next-iteration>
        <xsl:with-param name="behind" select="$behind + ."/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- Where the texts come from and who made them: each document's own. -->
  <xsl:template name="about">
    <xsl:variable name="told" select="$chapters[about/field[not(v:said(.) = $common)]]"/>
    <xsl:variable name="pages" select="v:pages($told ! string-length(about))"/>
    <xsl:variable name="title" select="
        if ($is-book) then v:word('about.texts') else string($told[1]/about/@title)"/>
    <xsl:for-each-group select="1 to count($told)" group-by="$pages[current()]">
      <xsl:variable name="number" select="current-grouping-key()"/>
      <xsl:variable name="body" as="element()">
        <section class="about" epub:type="colophon" role="doc-colophon" aria-labelledby="about">
          <h1 id="about"><xsl:value-of select="$title"/></h1>
          <xsl:for-each select="$told[position() = current-group()]">
            <xsl:variable name="fields" as="element()*">
              <xsl:for-each select="about/field[not(v:said(.) = $common)]">
                <xsl:call-template name="field"/>
              </xsl:for-each>
            </xsl:variable>
            <xsl:choose>
              <xsl:when test="$is-book">
                <section aria-labelledby="about-{@name}">
                  <h2 id="about-{@name}"><a href="{part[1]/@file}"><xsl:value-of select="@title"/></a></h2>
                  <dl><xsl:sequence select="$fields"/></dl>
                </section>
              </xsl:when>
              <xsl:otherwise>
                <dl><xsl:sequence select="$fields"/></dl>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </section>
      </xsl:variable>
      <xsl:sequence select="v:page('about' || ('.' || $number)[$number gt 1], $title[$number eq 1], $body)"/>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template name="registers">
    <xsl:for-each-group select="$chapters/register" group-by="@kind">
      <xsl:sort select="index-of(('persons', 'places', 'organisations', 'works', 'events'), @kind)"/>
      <xsl:variable name="kind" select="current-grouping-key()"/>
      <xsl:variable name="title" select="string(@title)"/>
      <xsl:variable name="items" as="element()*">
        <xsl:for-each-group select="current-group()/entry" group-by="@id">
          <xsl:sort select="@sort"
              collation="http://www.w3.org/2013/collation/UCA?lang={tokenize($language, '-')[1]};fallback=yes"/>
          <xsl:sort select="current-grouping-key()"/>
          <xsl:call-template name="entry">
            <xsl:with-param name="entries" select="current-group()"/>
          </xsl:call-template>
        </xsl:for-each-group>
      </xsl:variable>
      <xsl:variable name="pages" select="v:pages($items ! (string-length() + 60 * count(.//*)))"/>
      <xsl:for-each-group select="1 to count($items)" group-by="$pages[current()]">
        <xsl:variable name="number" select="current-grouping-key()"/>
        <xsl:variable name="id" select="'register-' || $kind || ('.' || $number)[$number gt 1]"/>
        <xsl:variable name="body" as="element()">
          <section class="register" epub:type="index" role="doc-index" aria-labelledby="{$id}">
            <h1 id="{$id}"><xsl:value-of select="$title"/></h1>
            <ul epub:type="index-entry-list">
              <xsl:sequence select="$items[position() = current-group()]"/>
            </ul>
          </section>
        </xsl:variable>
        <xsl:variable name="page" select="v:page($id, $title[$number eq 1], $body)"/>
        <xsl:copy select="$page" xmlns="">
          <xsl:attribute name="type" select="'index'"/>
          <xsl:sequence select="$page/(@*, *)"/>
        </xsl:copy>
      </xsl:for-each-group>
    </xsl:for-each-group>
  </xsl:template>

  <!-- An entry of a register, with links to the places that name it: in a book by its documents. -->
  <xsl:template name="entry">
    <xsl:param name="entries" as="element(entry)+"/>
    <li id="{@id}" epub:type="index-entry">
      <xsl:sequence select="name/node()"/>
      <xsl:for-each select="$entries[mention]">
        <xsl:variable name="chapter" select="../.."/>
        <xsl:choose>
          <xsl:when test="$is-book">
            <xsl:text> </xsl:text>
            <span class="locators">
              <a href="{mention[1]/@href}" epub:type="index-locator">
                <xsl:value-of select="$chapter/@short-title"/>
              </a>
              <xsl:for-each select="tail(mention)">
                <xsl:value-of select="if (position() eq 1) then ' (' else ', '"/>
                <a href="{@href}" epub:type="index-locator"><xsl:value-of select="position() + 1"/></a>
                <xsl:if test="position() eq last()">)</xsl:if>
              </xsl:for-each>
            </span>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="mention">
              <xsl:text> </xsl:text>
              <a href="{@href}" epub:type="index-locator"><xsl:value-of select="position()"/></a>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </li>
  </xsl:template>
</xsl:stylesheet>
