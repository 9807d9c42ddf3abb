<?xml version="1.0" encoding="UTF-8"?>
<!-- Exchanges of letters: who wrote to whom, and the letters before and after one. TEI Guidelines,
     2.4.6. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:pub="urn:tei-toolkit:publication"
    exclude-result-prefixes="#all">

  <xsl:template match="/pub:correspondence" priority="3">
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="h:say('correspondence')"/>
      <xsl:with-param name="kind" select="'correspondence'"/>
      <xsl:with-param name="content">
        <header class="start-header">
          <h1>{h:say('correspondence')}</h1>
        </header>
        <xsl:for-each-group select="$h:publication/pub:document[exists(h:correspondents(.))]" group-by="h:correspondents(.)">
          <xsl:sort select="h:exchange-name(current-group()[1])" lang="{$h:wording}"/>
          <section class="exchange" aria-labelledby="ed:exchange:{position()}">
            <h2 id="ed:exchange:{position()}">{h:exchange-name(current-group()[1])}</h2>
            <ol class="documents">
              <xsl:apply-templates select="current-group()"/>
            </ol>
          </section>
        </xsl:for-each-group>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Between whom a document went, in whichever direction: a key, by register entries where there
       are any. -->
  <xsl:function name="h:correspondents" as="xs:string?">
    <xsl:param name="document" as="element(pub:document)"/>
    <xsl:variable name="sent" select="($document/@sender-ids[string()], $document/@sender)[1]"/>
    <xsl:variable name="received" select="($document/@recipient-ids[string()], $document/@recipient)[1]"/>
    <xsl:sequence select="
        if ($sent = '' or $received = '') then () else string-join(sort(($sent, $received) ! string()), ' | ')"/>
  </xsl:function>

  <xsl:function name="h:exchange-name" as="xs:string">
    <xsl:param name="document" as="element(pub:document)"/>
    <xsl:sequence select="string-join(sort(($document/@sender, $document/@recipient) ! string()), ' – ')"/>
  </xsl:function>

  <!-- On the page of a letter: the letters before and after it in the same exchange. -->
  <xsl:template name="h:exchange">
    <xsl:variable name="earlier" select="$h:publication/pub:earlier"/>
    <xsl:variable name="later" select="$h:publication/pub:later"/>
    <xsl:if test="$earlier or $later">
      <nav class="neighbours exchange" aria-label="{h:say('exchange')}">
        <xsl:for-each select="$earlier, $later">
          <a class="{local-name()}" href="{h:document-href(@stem)}">
            <span class="direction">{h:say('exchange.' || local-name())}</span>
            <span class="neighbour-title">{@title}</span>
            <xsl:if test="@date[string()]">
              <span class="hint"> {h:date-of(.)}</span>
            </xsl:if>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
