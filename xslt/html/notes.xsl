<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: the call in the text, notes in the margin, and the notes at the foot of the page. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:n="urn:tei-toolkit:note-series"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../note-series.xsl"/>

  <xsl:template match="note[@p:placement = 'call']">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="note" select="."/>
    <xsl:if test="not($h:copy or h:is-void-note(.))">
      <a class="{'call', 'series-' || @p:series, $h:order(@p:id) ! ('c' || .), 'after-call'[h:follows-call($note)]}" id="call:{@p:id}" href="#{encode-for-uri(@p:id)}"
          role="doc-noteref">{@p:n}</a>
    </xsl:if>
  </xsl:template>

  <!-- Two calls side by side would read as one number. -->
  <xsl:function name="h:follows-call" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="before" select="$node/preceding-sibling::node()[self::* or self::text()][1]"/>
    <xsl:sequence select="exists($before) and h:ends-in-call($before)"/>
  </xsl:function>
  <xsl:function name="h:ends-in-call" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="last" select="$node[not(self::note)]/node()[self::* or self::text()][last()]"/>
    <xsl:sequence select="
        if ($node[self::note]) then $node/@p:placement = 'call' and not(h:is-void-note($node))
        else exists($node[self::app]) or (exists($last) and h:ends-in-call($last))"/>
  </xsl:function>

  <!-- A place kept free for a note has nothing to show. -->
  <xsl:function name="h:is-void-note" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="not(normalize-space($note)) and empty($note//*)"/>
  </xsl:function>

  <xsl:template match="note">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="
            'placement-' || @p:placement, @p:series ! ('series-' || .),
            'place-' || (if (contains(@place, 'right')) then 'right' else 'left')"/>
        <xsl:with-param name="title" select="
            if (@p:series = 'author') then
              string-join((h:say('note.author'), @place/tokenize(.) ! h:value('place', .), @p:resp), '; ')
            else ()"/>
      </xsl:call-template>
      <xsl:if test="@n and @p:placement = 'block'">
        <xsl:choose>
          <xsl:when test="exists(h:link(.)) and not($in-link)">
            <a class="note-label" href="{h:link(.)}">{@n}</a>
          </xsl:when>
          <xsl:otherwise>
            <span class="note-label">{@n}</span>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The notes called in the text, a list for each series. -->
  <xsl:template name="h:notes">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="notes" select="$text//note[@p:placement = 'call'][not(h:is-void-note(.))]"/>
    <xsl:if test="exists($notes)">
      <section class="notes" role="doc-endnotes" aria-labelledby="ed:notes">
        <h2 class="ed" id="ed:notes" lang="{$h:wording}" dir="ltr">{h:say('notes')}</h2>
        <xsl:variable name="several" select="count(distinct-values($notes ! n:series(.))) gt 1"/>
        <xsl:for-each-group select="$notes" group-by="n:series(.)">
          <xsl:sort select="n:rank(current-grouping-key())"/>
          <xsl:choose>
            <xsl:when test="@p:group-title">
              <h3 class="ed">{@p:group-title}</h3>
            </xsl:when>
            <xsl:when test="$several">
              <h3 class="ed" lang="{$h:wording}" dir="ltr">{h:say(n:title(current-grouping-key(), current-group()))}</h3>
            </xsl:when>
          </xsl:choose>
          <ol class="series-{@p:series}">
            <xsl:apply-templates select="current-group()" mode="h:foot"/>
          </ol>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="note" mode="h:foot">
    <li id="{@p:id}" class="{'footnote', $h:order(@p:id) ! ('n' || .), @p:rend/tokenize(.) ! ('r-' || .)}">
      <xsl:call-template name="h:language-of-note"/>
      <a class="back" href="#call:{encode-for-uri(@p:id)}" role="doc-backlink"
          aria-label="{h:say('note.back', string(@p:n))}">{@p:n}</a>
      <xsl:text> </xsl:text>
      <div class="note-text">
        <xsl:apply-templates/>
      </div>
    </li>
  </xsl:template>

  <!-- A note stands far from its surroundings: it takes the language it was written in along. -->
  <xsl:template name="h:language-of-note">
    <xsl:for-each select="(ancestor-or-self::*[@p:lang])[last()]">
      <xsl:call-template name="h:language"/>
    </xsl:for-each>
  </xsl:template>

  <!-- On wide screens the notes stand beside their calls, where the notes are short enough for
       that: a rough count of lines tells whether they would run beyond the text. Where the source
       itself has notes on that side, the side is theirs. -->
  <xsl:variable name="h:margin-notes" as="xs:boolean">
    <xsl:variable name="text" select="//text[not(ancestor::text)]"/>
    <xsl:variable name="notes" select="$text//note[@p:placement = 'call']"/>
    <xsl:variable name="note-lines" select="sum($notes ! (1 + string-length(normalize-space()) idiv 34))"/>
    <xsl:variable name="text-lines" select="
        sum($text ! string-length(normalize-space())) idiv 66 - $note-lines idiv 2"/>
    <xsl:sequence select="
        exists($notes) and count($notes) le 150 and $note-lines le 0.6 * $text-lines
        and $notes[last()]/(1 + string-length(normalize-space()) idiv 34) le 12
        and count(distinct-values($notes/(@p:series || @p:group))) eq 1
        and not($notes//(table, list, figure, lg))
        and empty($text//note[@p:placement = 'margin'][contains(@place, 'right')])"/>
  </xsl:variable>

  <!-- The place of each call and note in a page whose notes may stand in the margin. -->
  <xsl:key name="h:call" match="note[@p:placement = 'call']" use="'all'"/>
  <xsl:variable name="h:order" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="if ($h:margin-notes) then key('h:call', 'all') else ()">
        <xsl:map-entry key="string(@p:id)" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- Each note begins beside its call, or below the note before it. -->
  <xsl:template name="h:note-positions">
    <xsl:if test="$h:margin-notes">
      <style id="ed:note-positions">
        <xsl:for-each select="1 to map:size($h:order)">
          <xsl:variable name="call" select="'anchor(--c' || . || ' top)'"/>
          <xsl:text>.c{.}{{anchor-name:--c{.}}}.n{.}{{anchor-name:--n{.};--top:{
            if (. eq 1) then $call
            else 'max(' || $call || ',anchor(--n' || (. - 1) || ' bottom) + .5rem)'}}}</xsl:text>
        </xsl:for-each>
      </style>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
