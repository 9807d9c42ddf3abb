<?xml version="1.0" encoding="UTF-8"?>
<!-- The content documents of a chapter: a long document has several, so that reading systems, which
     lay out one at a time, stay quick. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:e="urn:tei-toolkit:epub"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <!-- About how many letters of text a part holds at most. -->
  <xsl:variable name="part-length" as="xs:integer" select="100000"/>

  <!-- The nodes of the flow, by number, with which a part begins. -->
  <xsl:variable name="starts" as="xs:integer*">
    <xsl:variable name="flow" select="/print/text/*"/>
    <xsl:variable name="long" select="sum($flow ! string-length()) gt 1.5 * $part-length"/>
    <xsl:if test="$long">
      <xsl:iterate select="$flow">
        <xsl:param name="size" as="xs:integer" select="0"/>
        <xsl:variable name="breaks" select="$size gt 0 and f:may-start-part(., $size)"/>
        <xsl:if test="$breaks"><xsl:sequence select="position()"/></xsl:if>
        <xsl:next-iteration>
          <xsl:with-param name="size" select="(if ($breaks) then 0 else $size) + string-length()"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:if>
  </xsl:variable>

  <!-- May a part begin here, after one of this size? At a chief heading sooner than at others, at a
       paragraph only if no heading comes, within a speech or a stanza never before it must. -->
  <xsl:function name="f:may-start-part" as="xs:boolean">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="size" as="xs:integer"/>
    <xsl:variable name="heading" select="f:opened-by($node)"/>
    <xsl:sequence select="
        if (f:is-opened($node)) then false()
        else if (exists($heading))
        then $size gt $part-length div (if ($heading/@level = '2') then 20 else 2)
        else $size gt $part-length
          and not($node/@role = ('verse', 'stage', 'mark')[$size lt 2 * $part-length])"/>
  </xsl:function>

  <!-- The heading that opens a section here; a mark before a heading belongs to it. -->
  <xsl:function name="f:opened-by" as="element()?">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="
        if (f:is-opened($node)) then ()
        else $node/(self::block[@role = 'mark']/following-sibling::*[1], self::block)
          [self::block[@role = 'heading']]"/>
  </xsl:function>
  <xsl:function name="f:is-opened" as="xs:boolean">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="
        exists($node[@role = 'heading']/preceding-sibling::*[1][self::block[@role = 'mark']])"/>
  </xsl:function>

  <xsl:accumulator name="part" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text/*" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The number of the part in which a node of the text lies. -->
  <xsl:function name="f:part-of" as="xs:integer">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="place" select="$node/accumulator-before('part')"/>
    <xsl:sequence select="1 + count($starts[. le $place])"/>
  </xsl:function>

  <xsl:function name="f:file-of" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="
        if ($node/ancestor::apparatus) then 'about.xhtml' else f:file(f:part-of($node))"/>
  </xsl:function>
  <xsl:function name="f:file" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="
        if ($number eq 1) then $name || '.xhtml' else $name || '.' || $number || '.xhtml'"/>
  </xsl:function>

  <xsl:template name="parts">
    <xsl:variable name="print" select="."/>
    <xsl:variable name="flow" select="text/*"/>
    <xsl:for-each select="0 to count($starts)">
      <xsl:variable name="start" select="(1, $starts)[1 + current()]"/>
      <xsl:variable name="end" select="($starts[1 + current()] - 1, count($flow))[1]"/>
      <xsl:variable name="number" select=". + 1"/>
      <e:part file="{f:file($number)}">
        <xsl:for-each select="$print">
          <xsl:call-template name="part">
            <xsl:with-param name="flow" select="$flow[position() = $start to $end]"/>
            <xsl:with-param name="number" select="$number"/>
          </xsl:call-template>
        </xsl:for-each>
      </e:part>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="part">
    <xsl:param name="flow" as="element()*"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="first" select="$flow[@role = 'heading'][1]"/>
    <html lang="{@lang}" xml:lang="{@lang}" dir="{@dir}">
      <xsl:if test="$writing-mode">
        <xsl:attribute name="class" select="$writing-mode"/>
      </xsl:if>
      <head>
        <title><xsl:value-of select="
            @title, $first[$number gt 1] ! ('– ' || f:label(.))"/></title>
        <link rel="stylesheet" type="text/css" href="style.css"/>
      </head>
      <body>
        <xsl:choose>
          <xsl:when test="$number eq 1">
            <section class="document" epub:type="chapter" role="doc-chapter" aria-labelledby="title">
              <header>
                <xsl:apply-templates select="front/block"/>
                <xsl:if test="front/field">
                  <dl class="front">
                    <xsl:for-each select="front/field">
                      <dt><xsl:value-of select="@label"/></dt>
                      <dd><xsl:call-template name="flow"/></dd>
                    </xsl:for-each>
                  </dl>
                </xsl:if>
              </header>
              <xsl:call-template name="text">
                <xsl:with-param name="flow" select="$flow"/>
                <xsl:with-param name="notes" select="front//note, $flow//note"/>
              </xsl:call-template>
            </section>
          </xsl:when>
          <xsl:otherwise>
            <section class="document continued" aria-label="{@title}">
              <xsl:call-template name="text">
                <xsl:with-param name="flow" select="$flow"/>
              </xsl:call-template>
            </section>
          </xsl:otherwise>
        </xsl:choose>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="text">
    <xsl:param name="flow" as="element()*"/>
    <xsl:param name="notes" as="element()*" select="$flow//note"/>
    <div class="text">
      <xsl:call-template name="sections">
        <xsl:with-param name="flow" select="$flow"/>
      </xsl:call-template>
    </div>
    <xsl:if test="exists($notes)">
      <section class="notes" epub:type="footnotes" aria-label="{f:word('notes')}">
        <xsl:for-each select="$notes">
          <aside epub:type="footnote" role="doc-footnote" id="{f:note-id(.)}">
            <xsl:for-each select="block">
              <p>
                <xsl:if test="position() eq 1">
                  <a class="number" href="#call-{f:note-id(..)}" role="doc-backlink">
                    <xsl:value-of select="../@number"/>
                  </a>
                  <xsl:text> </xsl:text>
                </xsl:if>
                <xsl:call-template name="runs"/>
              </p>
            </xsl:for-each>
          </aside>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Sections by their headings, each within the one above it. -->
  <xsl:template name="sections">
    <xsl:param name="flow" as="element()*"/>
    <xsl:variable name="top" select="min($flow/f:opened-by(.)/xs:integer(@level))"/>
    <xsl:choose>
      <xsl:when test="empty($top)">
        <xsl:call-template name="flow">
          <xsl:with-param name="flow" select="$flow"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each-group select="$flow"
            group-starting-with="*[f:opened-by(.)/xs:integer(@level) = $top]">
          <xsl:variable name="heading" select="f:opened-by(.)[xs:integer(@level) = $top]"/>
          <xsl:choose>
            <xsl:when test="exists($heading)">
              <xsl:variable name="before" select="current-group()[. &lt;&lt; $heading]"/>
              <section aria-labelledby="{f:heading-id($heading)}">
                <xsl:apply-templates select="$before, $heading"/>
                <xsl:call-template name="sections">
                  <xsl:with-param name="flow" select="current-group() except ($before, $heading)"/>
                </xsl:call-template>
              </section>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="sections">
                <xsl:with-param name="flow" select="current-group()"/>
              </xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each-group>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a heading says, in one line and without its notes. -->
  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="
        normalize-space(string-join($block/(t | br)/(if (self::br) then ' ' else string(.))))"/>
  </xsl:function>
</xsl:stylesheet>
