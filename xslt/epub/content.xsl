<?xml version="1.0" encoding="UTF-8"?>
<!-- The content document. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <!-- Numbers of notes, pages, headings and mentions, in document order: identifiers. -->
  <xsl:accumulator name="note" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="note" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="page" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="page" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="heading" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="block[@role = 'heading']" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="mention" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="index" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:mode use-accumulators="note page heading mention"/>

  <xsl:key name="mentions" match="index" use="@key"/>

  <xsl:function name="f:note-id" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="'note-' || $note/accumulator-before('note')"/>
  </xsl:function>
  <xsl:function name="f:page-id" as="xs:string">
    <xsl:param name="page" as="element(page)"/>
    <xsl:sequence select="'page-' || $page/accumulator-before('page')"/>
  </xsl:function>
  <xsl:function name="f:heading-id" as="xs:string">
    <xsl:param name="block" as="element(block)"/>
    <xsl:sequence select="
        if ($block/parent::front) then 'title' else 'heading-' || $block/accumulator-before('heading')"/>
  </xsl:function>
  <xsl:function name="f:mention-id" as="xs:string">
    <xsl:param name="mention" as="element(index)"/>
    <xsl:sequence select="'mention-' || $mention/accumulator-before('mention')"/>
  </xsl:function>
  <xsl:function name="f:part-id" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="if ($part/@kind) then 'index-' || $part/@kind else local-name($part)"/>
  </xsl:function>
  <xsl:function name="f:name" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="replace(replace($text, '[^\p{L}\p{N}_.-]', '_'), '\s', '_')"/>
  </xsl:function>

  <!-- A valid absolute address of the web or of mail (RFC 3986). -->
  <xsl:variable name="web-address" as="xs:string" select="
      '^(https?://[\p{L}\p{N}.-]+(:\d+)?([/?#]([A-Za-z0-9._~:/?#@!$&amp;*+,;=()-]|''|%[0-9A-Fa-f]{2})*)?'
      || '|mailto:[A-Za-z0-9._%+-]+@[\p{L}\p{N}.-]+)$'"/>

  <!-- Where a run links to, or empty: inside the publication or on the web, nowhere else. -->
  <xsl:function name="f:href" as="xs:string">
    <xsl:param name="link" as="xs:string?"/>
    <xsl:sequence select="
        (if (starts-with($link, '#entry:')) then '#entry-' || f:name(substring($link, 8))
        else if (starts-with($link, '#')) then '#anchor-' || f:name(substring($link, 2))
        else iri-to-uri(normalize-space($link))[matches(., $web-address)], '')[1]"/>
  </xsl:function>

  <xsl:template name="content">
    <html lang="{@lang}" xml:lang="{@lang}" dir="{@dir}">
      <head>
        <title><xsl:value-of select="@title"/></title>
        <link rel="stylesheet" type="text/css" href="style.css"/>
      </head>
      <body>
        <header>
          <xsl:apply-templates select="front/block"/>
          <xsl:if test="front/field">
            <dl class="front"><xsl:apply-templates select="front/field"/></dl>
          </xsl:if>
        </header>
        <section class="text"><xsl:apply-templates select="text/*"/></section>
        <xsl:if test="exists(text//note)">
          <section class="notes" epub:type="footnotes" id="notes" aria-labelledby="notes-title">
            <h2 id="notes-title"><xsl:value-of select="f:word('notes')"/></h2>
            <xsl:for-each select="text//note">
              <aside epub:type="footnote" role="doc-footnote" id="{f:note-id(.)}">
                <xsl:for-each select="block">
                  <p>
                    <xsl:if test="position() eq 1">
                      <a class="number" href="#call-{f:note-id(..)}" role="doc-backlink">
                        <xsl:value-of select="../@number"/>
                      </a>
                      <xsl:text> </xsl:text>
                    </xsl:if>
                    <xsl:apply-templates/>
                  </p>
                </xsl:for-each>
              </aside>
            </xsl:for-each>
          </section>
        </xsl:if>
        <xsl:apply-templates select="apparatus[field], legend, index-list"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="apparatus">
    <section id="apparatus" class="apparatus" epub:type="colophon" role="doc-colophon" aria-labelledby="apparatus-title">
      <h2 id="apparatus-title"><xsl:value-of select="@title"/></h2>
      <dl><xsl:apply-templates select="field"/></dl>
    </section>
  </xsl:template>
  <xsl:template match="field">
    <dt><xsl:value-of select="@label"/></dt>
    <dd><xsl:apply-templates select="*"/></dd>
  </xsl:template>
  <xsl:template match="field/block" priority="2">
    <p class="line"><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="legend">
    <section id="legend" class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title"><xsl:value-of select="@title"/></h2>
      <dl>
        <xsl:for-each select="sign">
          <dt><xsl:apply-templates/></dt>
          <dd><xsl:value-of select="@meaning"/></dd>
        </xsl:for-each>
      </dl>
    </section>
  </xsl:template>
  <xsl:template match="index-list">
    <section id="{f:part-id(.)}" class="index" epub:type="index" role="doc-index" aria-labelledby="{f:part-id(.)}-title">
      <h2 id="{f:part-id(.)}-title"><xsl:value-of select="@title"/></h2>
      <ul epub:type="index-entry-list">
        <xsl:for-each select="entry">
          <li id="entry-{f:name(@key)}" epub:type="index-entry">
            <xsl:apply-templates/>
            <xsl:for-each select="key('mentions', @key)">
              <xsl:text> </xsl:text>
              <a href="#{f:mention-id(.)}" epub:type="index-locator"><xsl:value-of select="position()"/></a>
            </xsl:for-each>
          </li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

  <!-- Blocks. -->
  <xsl:template match="block">
    <p>
      <xsl:attribute name="class" select="
          @role, @align ! ('align-' || .), @indent ! ('indent-' || .), @space-before ! 'space-before',
          @first-line ! 'first-line-indent'"/>
      <xsl:apply-templates select="@number"/>
      <xsl:if test="@marker">
        <span class="marker"><xsl:value-of select="@marker"/></span>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:apply-templates/>
    </p>
  </xsl:template>
  <xsl:template match="block/@number">
    <span class="line-number" aria-hidden="true"><xsl:value-of select="."/></span>
  </xsl:template>
  <xsl:template match="block[@role = 'heading']">
    <xsl:element name="h{min((xs:integer(@level), 6))}" namespace="http://www.w3.org/1999/xhtml">
      <xsl:attribute name="id" select="f:heading-id(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="block[@role = 'rule']">
    <hr/>
  </xsl:template>
  <xsl:template match="block[@role = 'mark']">
    <div class="mark"><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="table[row/cell]">
    <table>
      <tbody>
        <xsl:for-each select="row[cell]">
          <tr>
            <xsl:for-each select="cell">
              <xsl:element name="{if (@role or ../@role) then 'th' else 'td'}" namespace="http://www.w3.org/1999/xhtml">
                <xsl:if test="@columns ne '1'"><xsl:attribute name="colspan" select="@columns"/></xsl:if>
                <xsl:if test="@rows ne '1'"><xsl:attribute name="rowspan" select="@rows"/></xsl:if>
                <xsl:apply-templates select="*"/>
              </xsl:element>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>
  <xsl:template match="figure">
    <figure>
      <xsl:variable name="image" select="$image-table[?1 = current()/@source][1]"/>
      <xsl:if test="exists($image)">
        <img src="{$image?2}" alt="{@description}"/>
      </xsl:if>
      <xsl:if test="*">
        <figcaption><xsl:apply-templates select="*"/></figcaption>
      </xsl:if>
    </figure>
  </xsl:template>
  <xsl:template match="table"/>

  <!-- Runs. -->
  <xsl:template match="t">
    <xsl:variable name="styled">
      <xsl:choose>
        <xsl:when test="@style or @lang or @dir">
          <xsl:variable name="style" select="tokenize(@style)"/>
          <xsl:element name="{if ($style = ('deleted', 'strikethrough')) then 'del'
              else if ($style = 'added' and not(@sign)) then 'ins'
              else if ($style = 'superscript') then 'sup'
              else if ($style = 'subscript') then 'sub'
              else if ($style = 'italic') then 'i'
              else if ($style = 'bold') then 'b'
              else 'span'}" namespace="http://www.w3.org/1999/xhtml">
            <xsl:if test="@style"><xsl:attribute name="class" select="@style"/></xsl:if>
            <xsl:if test="@lang">
              <xsl:attribute name="lang" select="@lang"/>
              <xsl:attribute name="xml:lang" select="@lang"/>
            </xsl:if>
            <xsl:copy-of select="@dir"/>
            <xsl:value-of select="."/>
          </xsl:element>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="href" select="f:href(@link)"/>
    <xsl:choose>
      <xsl:when test="$href ne ''"><a href="{$href}"><xsl:sequence select="$styled"/></a></xsl:when>
      <xsl:otherwise><xsl:sequence select="$styled"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="br"><br/></xsl:template>
  <xsl:template match="lemma"/>
  <xsl:template match="anchor"><span id="anchor-{f:name(@id)}"/></xsl:template>
  <xsl:template match="index"><span id="{f:mention-id(.)}"/></xsl:template>
  <xsl:template match="page[@number]">
    <span class="page" epub:type="pagebreak" role="doc-pagebreak" id="{f:page-id(.)}"
        aria-label="{f:word('unit.page.one')} {@number}"><xsl:value-of select="'|' || @number || '|'"/></span>
  </xsl:template>
  <xsl:template match="page"><span class="page">|</span></xsl:template>
  <xsl:template match="blank">
    <span class="blank" style="padding-left: {@width div 2}em"/>
  </xsl:template>
  <xsl:template match="stamp">
    <span class="stamp {@shape}"><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="margin">
    <small class="margin">
      <xsl:for-each select="block">
        <xsl:if test="position() gt 1"><br/></xsl:if>
        <xsl:apply-templates/>
      </xsl:for-each>
    </small>
  </xsl:template>
  <xsl:template match="note">
    <a class="call" epub:type="noteref" role="doc-noteref" id="call-{f:note-id(.)}" href="#{f:note-id(.)}">
      <xsl:value-of select="@number"/>
    </a>
  </xsl:template>
</xsl:stylesheet>
