<?xml version="1.0" encoding="UTF-8"?>
<!-- The map of the places (a pub:map element, toolkit/publish/places.py): a drawing in the page.
     assets/map.js lets readers come nearer. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:math="http://www.w3.org/2005/xpath-functions/math"
    xmlns:pub="urn:tei-toolkit:publication"
    exclude-result-prefixes="#all">

  <xsl:template match="/pub:map" priority="3">
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="h:say('map')"/>
      <xsl:with-param name="kind" select="'map'"/>
      <xsl:with-param name="content">
        <header class="start-header">
          <h1>{h:say('map')}</h1>
          <p class="hint">{h:say('map.about')}</p>
        </header>
        <xsl:if test="pub:place">
          <xsl:apply-templates select="." mode="h:drawing"/>
        </xsl:if>
        <section class="places" aria-labelledby="ed:places">
          <h2 id="ed:places">{h:say('register.place')}</h2>
          <ul>
            <xsl:for-each select="pub:place">
              <xsl:sort select="@name" lang="{$h:wording}"/>
              <li>
                <a href="{h:place-href(.)}">{@name}</a>
                <xsl:text> </xsl:text>
                <span class="count">{@documents}</span>
              </li>
            </xsl:for-each>
          </ul>
        </section>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="pub:map" mode="h:drawing">
    <div class="map" data-nearer="{h:say('map.nearer')}" data-farther="{h:say('map.farther')}" data-whole="{h:say('map.whole')}">
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {@width} {@height}" role="group" aria-label="{h:say('map')}">
        <path class="land" d="{@land}"/>
        <path class="grid" d="{@grid}"/>
        <!-- The most named places lie above the others. -->
        <xsl:variable name="most" select="max((1, pub:place/number(@documents)))"/>
        <xsl:for-each select="reverse(pub:place)">
          <xsl:variable name="radius" select="round((4.5 + 7 * math:sqrt(number(@documents) div $most)) * 10) div 10"/>
          <a class="place" href="{h:place-href(.)}" transform="translate({@x} {@y})">
            <title>{@name} ({h:count('document', @documents)})</title>
            <circle r="{$radius}"/>
            <text x="{$radius + 4}" y="5">
              <!-- Near the right edge, the name stands on the left. -->
              <xsl:if test="number(@x) gt 0.82 * number(../@width)">
                <xsl:attribute name="x" select="-$radius - 4"/>
                <xsl:attribute name="text-anchor" select="'end'"/>
              </xsl:if>
              <xsl:text>{@name}</xsl:text>
            </text>
          </a>
        </xsl:for-each>
      </svg>
    </div>
  </xsl:template>

  <xsl:function name="h:place-href" as="xs:string">
    <xsl:param name="place" as="element(pub:place)"/>
    <xsl:sequence select="
        $root || 'registers/' || encode-for-uri($place/@register) || '.html#' || encode-for-uri($place/@entry)"/>
  </xsl:function>

  <!-- A number of things, in words: h:count('document', 2) gives “2 documents”. -->
  <xsl:function name="h:count" as="xs:string">
    <xsl:param name="of" as="xs:string"/>
    <xsl:param name="number" as="xs:anyAtomicType"/>
    <xsl:sequence select="$number || ' ' || l:unit(string($number), $of)"/>
  </xsl:function>

</xsl:stylesheet>
