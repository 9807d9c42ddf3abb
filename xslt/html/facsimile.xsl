<?xml version="1.0" encoding="UTF-8"?>
<!-- The images of the source beside the text: a list of them, from which assets/facsimile.js makes
     a panel that follows the text. TEI Guidelines, 12.1 (digital facsimiles). -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- What lies in a zone of an image: elements whose @facs names it. -->
  <xsl:key name="h:in-zone" match="*[@facs][@p:id]" use="tokenize(@facs)[starts-with(., '#')] ! substring(., 2)"/>

  <xsl:template name="h:facsimiles">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="pages" select="$text//pb[@facs][@p:id][exists(h:page-image(.))]"/>
    <xsl:if test="exists($pages)">
      <nav class="facsimiles ed" id="ed:facsimiles" aria-label="{h:say('facsimiles')}" lang="{$h:wording}" dir="ltr"
          data-show="{h:say('facsimiles.show')}" data-nearer="{h:say('map.nearer')}" data-farther="{h:say('map.farther')}"
          data-whole="{h:say('facsimiles.whole')}" data-previous="{h:say('facsimiles.previous')}" data-next="{h:say('facsimiles.next')}">
        <h2>{h:say('facsimiles')}</h2>
        <ul>
          <xsl:for-each select="$pages">
            <xsl:variable name="surface" select="h:surface(.)"/>
            <li>
              <xsl:variable name="image" select="h:page-image(.)"/>
              <a href="{$image}" data-anchor="{@p:id}">
                <xsl:if test="h:nearer($image)">
                  <xsl:attribute name="data-nearer" select="h:nearer($image)"/>
                </xsl:if>
                <xsl:for-each select="$surface">
                  <xsl:attribute name="data-extent" select="h:extent-of(.)"/>
                  <xsl:attribute name="data-zones" select="descendant::zone ! h:zone(.)"/>
                </xsl:for-each>
                <xsl:text>{if (@n) then h:say('page', string(@n)) else h:say('facsimiles.image', string(position()))}</xsl:text>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- The image of a page that is published with the edition. -->
  <xsl:function name="h:page-image" as="xs:string?">
    <xsl:param name="pb" as="element(pb)"/>
    <xsl:sequence select="
        (tokenize($pb/@facs)[not(starts-with(., '#'))] ! h:image(.),
         h:surface($pb)/descendant::graphic/@url ! h:image(.))[1]"/>
  </xsl:function>

  <xsl:function name="h:surface" as="element(surface)?">
    <xsl:param name="pb" as="element(pb)"/>
    <xsl:sequence select="
        (tokenize($pb/@facs)[starts-with(., '#')]
           ! key('h:id', substring(., 2), root($pb))/ancestor-or-self::surface[1])[1]"/>
  </xsl:function>

  <!-- The space of coordinates of a surface: left, top, width, height; nothing if it is that of the
       image itself. -->
  <xsl:function name="h:extent-of" as="xs:string">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:variable name="size" as="xs:double*" select="
        $surface/descendant::graphic[1][@width][@height]/(@width, @height) ! number(replace(., '(px)?\s*$', ''))"/>
    <xsl:sequence select="
        if (h:has-corners($surface)) then string-join(h:box-of($surface), ' ')
        else if (count($size[. gt 0]) eq 2) then string-join((0, 0, $size), ' ')
        else ''"/>
  </xsl:function>

  <!-- A zone as: the anchor of what lies in it, left, top, width, height; all separated by commas. -->
  <xsl:function name="h:zone" as="xs:string?">
    <xsl:param name="zone" as="element(zone)"/>
    <xsl:variable name="inside" select="key('h:in-zone', $zone/@xml:id, root($zone))[not(self::pb)][1]"/>
    <xsl:variable name="box" select="h:box-of($zone)"/>
    <xsl:if test="$inside and exists($box)">
      <xsl:sequence select="string-join((encode-for-uri($inside/@p:id), $box ! string()), ',')"/>
    </xsl:if>
  </xsl:function>

  <!-- Left, top, width and height of a zone, by its corners or its points. -->
  <xsl:function name="h:box-of" as="xs:double*">
    <xsl:param name="zone" as="element()"/>
    <xsl:variable name="points" as="xs:double*" select="
        if (h:has-corners($zone)) then $zone/(@ulx, @uly, @lrx, @lry) ! number(.)
        else tokenize($zone/@points, '[\s,]+')[matches(., '^-?\d+(\.\d+)?$')] ! number(.)"/>
    <xsl:variable name="x" select="$points[position() mod 2 eq 1]"/>
    <xsl:variable name="y" select="$points[position() mod 2 eq 0]"/>
    <xsl:if test="count($x) ge 2 and count($x) eq count($y)">
      <xsl:sequence select="(min($x), min($y), max($x) - min($x), max($y) - min($y)) ! (round(. * 10) div 10)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="h:has-corners" as="xs:boolean">
    <xsl:param name="zone" as="element()"/>
    <xsl:sequence select="
        count($zone/(@ulx, @uly, @lrx, @lry)[. castable as xs:double]) eq 4"/>
  </xsl:function>

  <xsl:template name="h:facsimile-script">
    <xsl:if test="$images/*/*">
      <script src="{$root}assets/facsimile.js" defer="defer"></script>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
