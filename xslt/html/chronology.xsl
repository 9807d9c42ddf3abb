<?xml version="1.0" encoding="UTF-8"?>
<!-- The documents by time: a bar for each year, and below it the documents of each. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:pub="urn:tei-toolkit:publication"
    exclude-result-prefixes="#all">

  <xsl:template match="/pub:chronology" priority="3">
    <xsl:variable name="dated" select="$h:publication/pub:document[exists(h:year(.))]"/>
    <xsl:variable name="undated" select="$h:publication/pub:document except $dated"/>
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="h:say('chronology')"/>
      <xsl:with-param name="kind" select="'chronology'"/>
      <xsl:with-param name="content">
        <header class="start-header">
          <h1>{h:say('chronology')}</h1>
        </header>
        <xsl:call-template name="h:years">
          <xsl:with-param name="documents" select="$dated"/>
        </xsl:call-template>
        <xsl:for-each-group select="$dated" group-by="h:year(.)">
          <section class="year" id="year:{current-grouping-key()}" aria-labelledby="ed:year:{current-grouping-key()}">
            <h2 id="ed:year:{current-grouping-key()}">{h:date(format-integer(current-grouping-key(), '0000'))}</h2>
            <ol class="documents">
              <xsl:apply-templates select="current-group()"/>
            </ol>
          </section>
        </xsl:for-each-group>
        <xsl:if test="$undated">
          <section class="year" aria-labelledby="ed:undated">
            <h2 id="ed:undated">{h:capital(h:say('undated'))}</h2>
            <ol class="documents">
              <xsl:apply-templates select="$undated"/>
            </ol>
          </section>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- How many documents there are of each year, from the first to the last. -->
  <xsl:template name="h:years">
    <xsl:param name="documents" as="element(pub:document)*"/>
    <xsl:variable name="years" as="xs:integer*" select="$documents ! h:year(.)"/>
    <xsl:variable name="first" select="min($years)"/>
    <xsl:variable name="span" select="max($years) - $first + 1"/>
    <xsl:variable name="most" select="max(for $year in distinct-values($years) return count($years[. = $year]))"/>
    <xsl:if test="count(distinct-values($years)) gt 1">
      <xsl:variable name="step" select="1000 div $span"/>
      <nav class="years" aria-label="{h:say('chronology.years')}">
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 150" role="group" aria-label="{h:say('chronology.years')}">
          <xsl:for-each-group select="$years" group-by=".">
            <xsl:variable name="height" select="round(100 * count(current-group()) div max(($most, 1)))"/>
            <xsl:variable name="year" select="h:date(format-integer(current-grouping-key(), '0000'))"/>
            <a href="#year:{current-grouping-key()}" aria-label="{$year}: {h:count('document', count(current-group()))}">
              <title>{$year}: {h:count('document', count(current-group()))}</title>
              <rect x="{round((current-grouping-key() - $first) * $step * 10) div 10}" y="{120 - $height}"
                  width="{round(max((3, $step * 0.8)) * 10) div 10}" height="{$height}"/>
            </a>
          </xsl:for-each-group>
          <text x="0" y="142">{h:date(format-integer($first, '0000'))}</text>
          <text x="1000" y="142" text-anchor="end">{h:date(format-integer(max($years), '0000'))}</text>
        </svg>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:function name="h:year" as="xs:integer?">
    <xsl:param name="document" as="element(pub:document)"/>
    <xsl:sequence select="$document/@date[matches(., '^-?\d{4}')] ! xs:integer(replace(., '^(-?\d+).*$', '$1'))"/>
  </xsl:function>

</xsl:stylesheet>
