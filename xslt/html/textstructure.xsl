<?xml version="1.0" encoding="UTF-8"?>
<!-- Elements of the text structure module: divisions, headings, openers, closers, title pages. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xmlns:tr="urn:tei-toolkit:translation"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../translation.xsl"/>

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

  <!-- A part of an inscription or a papyrus without a heading goes by its kind and number; an
       apparatus, a translation, a commentary by what it is. EpiDoc Guidelines. -->
  <xsl:template match="div[@type][not(head)][l:division(.)]">
    <section>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'div'"/>
      </xsl:call-template>
      <xsl:call-template name="h:own-heading"/>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template name="h:own-heading">
    <xsl:element name="{if (@type = 'textpart') then 'div' else 'h2'}">
      <xsl:attribute name="class" select="'ed own-heading'"/>
      <xsl:attribute name="lang" select="$h:wording"/>
      <xsl:attribute name="dir" select="'ltr'"/>
      <xsl:text>{l:division(.)}</xsl:text>
    </xsl:element>
  </xsl:template>

  <!-- A division kept free for what is still to be written has nothing to show. -->
  <xsl:template match="div[h:is-free(.)]" priority="3">
    <xsl:for-each select="descendant-or-self::*">
      <xsl:call-template name="h:point"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="h:is-free" as="xs:boolean">
    <xsl:param name="division" as="element(div)"/>
    <xsl:sequence select="
        empty($division//text()[normalize-space()])
        and empty($division//* except $division//(div, head, p, ab, list, item, listBibl, bibl, listApp, app))"/>
  </xsl:function>

  <!-- A text and its translation side by side. What corresponds (by corresp, or by n) begins on the
       same line; without that, the two run side by side as wholes. -->
  <xsl:template match="div[tr:translation(.)]" priority="1">
    <xsl:variable name="original" select="."/>
    <xsl:variable name="translation" select="tr:translation(.)"/>
    <div class="parallel">
      <xsl:for-each select="tr:rows($original, $translation)">
        <xsl:call-template name="h:pair">
          <xsl:with-param name="original" select="$original"/>
          <xsl:with-param name="translation" select="$translation"/>
          <xsl:with-param name="here" select="?original"/>
          <xsl:with-param name="beside" select="?translation"/>
          <xsl:with-param name="first" select="position() eq 1"/>
        </xsl:call-template>
      </xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template match="div[@type = 'translation'][tr:original(.)]" priority="2"/>

  <!-- One row: what stands in the original, and beside it the translation. -->
  <xsl:template name="h:pair">
    <xsl:param name="original" as="element(div)"/>
    <xsl:param name="translation" as="element(div)"/>
    <xsl:param name="here" as="node()*"/>
    <xsl:param name="beside" as="node()*"/>
    <xsl:param name="first" as="xs:boolean"/>
    <div class="pair">
      <xsl:for-each select="$original, $translation">
        <xsl:variable name="side" select="if (. is $original) then 'original' else 'translation'"/>
        <xsl:variable name="content" select="if (. is $original) then $here else $beside"/>
        <div class="side {$side}">
          <xsl:for-each select="(ancestor-or-self::*[@p:lang])[last()]">
            <xsl:call-template name="h:language"/>
          </xsl:for-each>
          <xsl:if test="$first">
            <xsl:call-template name="h:point"/>
          </xsl:if>
          <xsl:apply-templates select="$content"/>
        </div>
      </xsl:for-each>
    </div>
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
    <xsl:element name="{h:name(., if (self::head or self::trailer or self::titlePart or self::ab)
                                  then 'p' else 'div', 'span')}">
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
      <xsl:if test="self::ab">
        <xsl:call-template name="h:anchor"/>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:template match="divGen" h:why="it stands for a list that the page has of its own: contents, notes"/>

  <!-- Page, column and other beginnings: shown, and citable. -->
  <xsl:template match="pb">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="n" select="string(@n)[normalize-space()]"/>
    <xsl:variable name="label" select="if ($n) then h:say('page', $n) else h:say('page.next')"/>
    <span>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'ed', 'break-no'[current()/@break = 'no'], 'unnumbered'[empty($n)]"/>
        <xsl:with-param name="title" select="$label"/>
      </xsl:call-template>
      <xsl:attribute name="role" select="'doc-pagebreak'"/>
      <xsl:attribute name="aria-label" select="$label"/>
      <xsl:choose>
        <xsl:when test="exists(h:facsimile(.)) and not($in-link)">
          <a class="facsimile" href="{h:facsimile(.)}" title="{h:say('facsimile', $label)}">{($n, '|')[1]}</a>
        </xsl:when>
        <xsl:when test="@p:id and not($h:copy) and not($in-link)">
          <a href="#{encode-for-uri(@p:id)}">{($n, '|')[1]}</a>
        </xsl:when>
        <xsl:otherwise>{($n, '|')[1]}</xsl:otherwise>
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

  <!-- White space before a break in the middle of a word belongs to the encoding.
       TEI Guidelines, 3.11.3 (milestone tags). -->
  <xsl:variable name="h:has-broken-words" as="xs:boolean" select="exists(//(lb | pb | cb | gb)[@break = 'no'])"/>
  <xsl:template match="text()[$h:has-broken-words][following-sibling::node()[1][self::lb or self::pb or self::cb or self::gb]/@break = 'no']">
    <xsl:variable name="text" select="replace(., '\s+$', '')"/>
    <xsl:variable name="hyphen" select="h:hyphen-of-source($text)"/>
    <xsl:text>{substring($text, 1, string-length($text) - string-length($hyphen))}</xsl:text>
    <xsl:if test="$hyphen ne ''">
      <span class="layer-diplomatic">{$hyphen}</span>
    </xsl:if>
  </xsl:template>

  <!-- The hyphen with which the source itself ends a line. -->
  <xsl:function name="h:hyphen-of-source" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="
        if (matches($text, '\p{L}[-&#x2010;&#x2011;&#xAC;&#x2E17;&#xAD;]\s*$')) then
          replace($text, '^.*(.)\s*$', '$1', 's') else ''"/>
  </xsl:function>

  <xsl:template match="lb">
    <xsl:variable name="n" select="@n[matches(., '^0*[1-9][0-9]*$')][number(.) mod 5 = 0]"/>
    <xsl:variable name="first" select="
        empty((preceding-sibling::text()[normalize-space()], preceding-sibling::*))"/>
    <xsl:choose>
      <xsl:when test="$first and not($n)"/>
      <xsl:otherwise>
        <xsl:variable name="before" select="string(preceding-sibling::node()[1][self::text()])"/>
        <span class="{'lb', 'break-no'[current()/@break = 'no'],
            'hyphened'[current()/@break = 'no' and h:hyphen-of-source($before) ne ''], 'layer-diplomatic'}">
          <xsl:if test="not($first)">
            <br/>
          </xsl:if>
          <xsl:if test="$n">
            <xsl:call-template name="h:line-number"/>
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
  <xsl:template match="anchor" h:why="it marks a point, which links can lead to">
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
