<?xml version="1.0" encoding="UTF-8"?>
<!-- Descriptions of manuscripts, and the short form of a source. TEI Guidelines, chapter 11. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- The source in one line: repository, collection, shelfmark, folio. -->
  <xsl:template match="msIdentifier" mode="h:source-line">
    <xsl:variable name="parts" as="element()*" select="
        ((repository, institution)[1], collection, idno[not(@type = 'folio')], idno[@type = 'folio'])
        [normalize-space()]"/>
    <xsl:for-each select="if (exists($parts)) then $parts else *">
      <xsl:if test="position() gt 1">
        <span class="ed">, </span>
      </xsl:if>
      <xsl:if test="@type = 'folio'">
        <span class="ed">{h:say('folio')} </span>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
    <xsl:if test="settlement[normalize-space()] and exists($parts)">
      <span class="ed"> (</span>
      <xsl:apply-templates select="settlement"/>
      <span class="ed">)</span>
    </xsl:if>
  </xsl:template>

  <!-- A description of a manuscript in running text is set as the one in the header is: each part
       under its name. -->
  <xsl:template match="text//msDesc | standOff//msDesc">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <div class="msDesc">
      <xsl:if test="@p:id and not($h:copy)">
        <xsl:attribute name="id" select="@p:id"/>
      </xsl:if>
      <xsl:call-template name="h:language"/>
      <xsl:apply-templates mode="h:about" select="*"/>
    </div>
  </xsl:template>

  <xsl:template mode="h:about" match="msDesc/head | msPart/head | msFrag/head" priority="2">
    <p class="about-head"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- Parts that elsewhere go without a label. -->
  <xsl:template mode="h:about" match="adminInfo/availability | additional/listBibl | msItem/listBibl
      | msItemStruct/listBibl | surrogates" priority="2">
    <div class="about-line">
      <span class="about-label ed">{h:label(.)}</span>
      <xsl:text> </xsl:text>
      <div class="about-value">
        <xsl:apply-templates/>
      </div>
    </div>
  </xsl:template>

  <!-- Height by width by depth. -->
  <xsl:template match="dimensions[*][not(text()[normalize-space()])]">
    <xsl:variable name="unit" select="distinct-values((@unit, */@unit))"/>
    <xsl:call-template name="h:box">
      <xsl:with-param name="title" select="string-join(* ! h:label(.), ' × ')"/>
      <xsl:with-param name="content">
        <xsl:for-each select="*[normalize-space() or @quantity]">
          <xsl:if test="position() gt 1"><span class="ed"> × </span></xsl:if>
          <xsl:apply-templates select="."/>
          <xsl:if test="not(normalize-space())"><span class="ed">{@quantity}</span></xsl:if>
          <xsl:if test="count($unit) gt 1 and @unit and not(matches(., '\p{L}'))"><span class="ed">{' ' || @unit}</span></xsl:if>
        </xsl:for-each>
        <xsl:if test="count($unit) eq 1 and not(matches(., '\p{L}'))"><span class="ed">{' ' || $unit}</span></xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="dimensions">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- In running text (a list of sources, a critical introduction) a description keeps its
       parts, each on its line. -->
  <xsl:template match="msDesc | msPart | msFrag | msIdentifier | msContents | msItem | msItemStruct
      | physDesc | objectDesc | supportDesc | support | layoutDesc | layout | handDesc | handNote
      | scriptDesc | decoDesc | decoNote | bindingDesc | binding | sealDesc | seal | history | origin
      | provenance | acquisition | additional | adminInfo | recordHist | custodialHist | custEvent
      | surrogates | additions | accMat | musicNotation | typeDesc | typeNote | altIdentifier
      | incipit | explicit | rubric | finalRubric | colophon | summary | locus | locusGrp | material
      | dim | height | width | depth | foliation | collation | condition | watermark
      | catchwords | signatures | secFol | heraldry | origPlace | msName | collection
      | filiation | source | objectIdentifier">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

</xsl:stylesheet>
