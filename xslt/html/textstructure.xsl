<?xml version="1.0" encoding="UTF-8"?>
<!-- Elements of the text structure module: divisions, headings, openers, closers, title pages. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="text | body | front | back | group | floatingText">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | div4 | div5 | div6 | div7">
    <section>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'div'"/>
      </xsl:call-template>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <!-- The heading of a division goes by how deep the division lies below others with
       headings: h2 to h6. -->
  <xsl:template match="(div | div1 | div2 | div3 | div4 | div5 | div6 | div7 | body | front | back
      | text | group)/head">
    <xsl:variable name="level" select="
        min((6, 1 + max((1, count(ancestor::*[matches(local-name(), '^div[1-7]?$')][head])))))"/>
    <xsl:choose>
      <xsl:when test="h:has-block(.)">
        <div role="heading" aria-level="{$level}">
          <xsl:call-template name="h:attributes"/>
          <xsl:apply-templates/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="h{$level}">
          <xsl:call-template name="h:attributes"/>
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="head | trailer | opener | closer | postscript | salute | signed | dateline
      | byline | docAuthor | docDate | docEdition | docImprint | docTitle | titlePart | titlePage
      | epigraph | argument | imprimatur | addrLine | address | ab">
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="
          if (self::head or self::trailer or self::titlePart or self::ab) then 'p' else 'div'"/>
      <xsl:with-param name="content">
        <xsl:apply-templates/>
        <xsl:if test="self::ab">
          <xsl:call-template name="h:anchor"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="divGen" h:why="it stands for a list that the page has of its own: contents, notes"/>

  <!-- Page, column and other beginnings: shown, and citable. -->
  <xsl:template match="pb">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="label" select="if (@n) then h:say('page', string(@n)) else h:say('page.next')"/>
    <span>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'ed', 'break-no'[current()/@break = 'no'], 'unnumbered'[empty(current()/@n)]"/>
        <xsl:with-param name="title" select="$label"/>
      </xsl:call-template>
      <xsl:attribute name="role" select="'doc-pagebreak'"/>
      <xsl:attribute name="aria-label" select="$label"/>
      <xsl:choose>
        <xsl:when test="exists(h:facsimile(.)) and not($in-link)">
          <a class="facsimile" href="{h:facsimile(.)}" title="{h:say('facsimile', $label)}">{@n, '|'[empty(current()/@n)]}</a>
        </xsl:when>
        <xsl:when test="@p:id and not($h:copy) and not($in-link)">
          <a href="#{encode-for-uri(@p:id)}">{@n, '|'[empty(current()/@n)]}</a>
        </xsl:when>
        <xsl:otherwise>{@n, '|'[empty(current()/@n)]}</xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:template match="cb | gb">
    <span>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'ed'"/>
      </xsl:call-template>
      <xsl:text>{h:say(local-name(), string(@n))}</xsl:text>
    </span>
  </xsl:template>

  <xsl:template match="lb">
    <xsl:variable name="n" select="@n[matches(., '^[0-9]+$')][number(.) mod 5 = 0]"/>
    <xsl:variable name="first" select="
        empty((preceding-sibling::text()[normalize-space()], preceding-sibling::*))"/>
    <xsl:choose>
      <xsl:when test="$first and not($n)"/>
      <xsl:otherwise>
        <span class="{'lb', 'break-no'[current()/@break = 'no'], 'layer-diplomatic'}">
          <xsl:if test="not($first)">
            <br/>
          </xsl:if>
          <xsl:if test="$n">
            <span class="line-number ed">{$n}</span>
          </xsl:if>
        </span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <xsl:template match="milestone">
    <xsl:choose>
      <xsl:when test="@unit = ('section', 'absent', 'unspecified', 'separator') and not(@n)">
        <span class="ed milestone separator" aria-hidden="true">* * *</span>
      </xsl:when>
      <xsl:otherwise>
        <span class="ed milestone" title="{h:words(string(@unit)), @n}">{
          '[' || normalize-space(string-join((h:words(string(@unit)), @n), ' ')) || ']'}</span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <!-- A point in the text that something may refer to. -->
  <xsl:template match="anchor | addSpan | delSpan | damageSpan"
      h:why="it marks a point, which links can lead to">
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <xsl:template name="h:point">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:if test="@p:id and not($h:copy)">
      <span id="{@p:id}"></span>
    </xsl:if>
  </xsl:template>

  <!-- Running heads, page numbers and catchwords of the source. -->
  <xsl:template match="fw">
    <xsl:call-template name="h:box">
      <xsl:with-param name="class" select="'layer-diplomatic'"/>
      <xsl:with-param name="title" select="h:say('explain.fw')"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
