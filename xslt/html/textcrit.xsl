<?xml version="1.0" encoding="UTF-8"?>
<!-- The critical apparatus. TEI Guidelines, chapter 13. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:fn="http://www.w3.org/2005/xpath-functions"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- In the text: the lemma (or else the first reading), and a call to the apparatus. An entry
       that names its place (by from and to, or by loc) stands beside the text it is about, so only
       its call does. TEI Guidelines, 13.2 (linking the apparatus to the text). -->
  <xsl:template match="app">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="shown" select="(lem, rdg, rdgGrp/(lem, rdg))[1]"/>
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes"/>
      <xsl:if test="not(@from or @loc)">
        <xsl:element name="{if ($shown ! h:is-block(.)) then 'div' else 'span'}">
          <xsl:attribute name="class" select="'in-text'"/>
          <xsl:apply-templates select="$shown"/>
        </xsl:element>
      </xsl:if>
      <xsl:if test="not($h:copy)">
        <xsl:call-template name="h:readings"/>
        <xsl:variable name="after-call" as="xs:boolean" select="
            if (@from or @loc) then h:follows-call(.) else exists($shown) and h:ends-in-call($shown)"/>
        <a class="{'call', 'apparatus-call', 'after-call'[$after-call]}" id="call:{@p:id}" href="#app:{encode-for-uri(@p:id)}" role="doc-noteref">{h:app-number(.)}</a>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- All readings at their place, hidden until the reader asks for them (assets/apparatus.js).
       What stands in the text already is not said again: only who has it. -->
  <xsl:template name="h:readings">
    <xsl:variable name="name" select="if (h:has-block(.)) then 'div' else 'span'"/>
    <xsl:element name="{$name}">
      <xsl:attribute name="class" select="'ed readings'"/>
      <xsl:attribute name="hidden" select="'hidden'"/>
      <xsl:for-each select="lem, rdg, rdgGrp/(lem, rdg)">
        <xsl:variable name="of-text" select="position() eq 1 and not(../@from or ../@loc)"/>
        <xsl:element name="{$name}">
          <xsl:attribute name="class" select="'variant', 'of-text'[$of-text]"/>
          <xsl:attribute name="data-witnesses" select="@p:sigla"/>
          <xsl:if test="not($of-text)">
            <xsl:apply-templates>
              <xsl:with-param name="h:copy" select="true()" tunnel="yes"/>
              <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
            </xsl:apply-templates>
            <xsl:if test="not(normalize-space())">
              <span class="omitted">{h:say('apparatus.omitted')}</span>
            </xsl:if>
            <xsl:call-template name="h:sigla"/>
          </xsl:if>
        </xsl:element>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <!-- The script that lets readers choose where the readings stand. -->
  <xsl:template name="h:apparatus-script">
    <xsl:if test="exists(/*//app[@p:id])">
      <script src="{$root}assets/apparatus.js" defer="defer" data-label="{h:say('apparatus')}" data-foot="{h:say('apparatus.foot')}" data-inline="{h:say('apparatus.inline')}" data-witness="{h:say('apparatus.witness')}"></script>
    </xsl:if>
  </xsl:template>

  <!-- A place kept free for an entry has nothing to show. -->
  <xsl:template match="app[h:is-void(.)]" priority="1">
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <xsl:function name="h:is-void" as="xs:boolean">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="not(normalize-space($app)) and empty($app//(@wit, @cause, gap, graphic, ptr))"/>
  </xsl:function>

  <xsl:function name="h:app-number" as="xs:string">
    <xsl:param name="app" as="element()"/>
    <xsl:sequence select="format-integer($h:apps($app/@p:id), 'A')"/>
  </xsl:function>

  <xsl:variable name="h:apps" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="//app[not(parent::listApp)][@p:id][not(h:is-void(.))]">
        <xsl:map-entry key="string(@p:id)" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:template match="lem | rdg">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- The apparatus at the foot of the page. -->
  <xsl:template name="h:apparatus">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="apps" select="$text//app[not(parent::listApp)][@p:id][not(h:is-void(.))]"/>
    <xsl:if test="exists($apps)">
      <section class="notes apparatus" role="doc-endnotes" aria-labelledby="ed:apparatus">
        <h2 class="ed" id="ed:apparatus" lang="{$h:wording}" dir="ltr">{h:say('apparatus')}</h2>
        <ol>
          <xsl:for-each select="$apps">
            <li id="app:{@p:id}" class="footnote">
              <a class="back" href="#call:{encode-for-uri(@p:id)}" role="doc-backlink"
                  aria-label="{h:say('note.back', h:app-number(.))}">{h:app-number(.)}</a>
              <xsl:text> </xsl:text>
              <div class="note-text">
                <xsl:call-template name="h:location"/>
                <xsl:apply-templates select="." mode="h:apparatus"/>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- lemma] reading Witness; reading Witness -->
  <xsl:template match="app" mode="h:apparatus">
    <xsl:variable name="shown" select="
        if ((@from or @loc) and empty((lem, rdgGrp/lem))) then () else (lem, rdg, rdgGrp/(lem, rdg))[1]"/>
    <xsl:if test="empty($shown)">
      <xsl:call-template name="h:lemma-from-text"/>
    </xsl:if>
    <xsl:for-each select="$shown">
      <span class="lemma">
        <xsl:choose>
          <!-- What stands in the text in full is named by its first and last words. -->
          <xsl:when test="string-length(normalize-space()) gt 60 and not(ancestor::app[@from or @loc or parent::listApp])">
            <xsl:text>{h:ends(normalize-space())}</xsl:text>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates>
              <xsl:with-param name="h:copy" select="true()" tunnel="yes"/>
            </xsl:apply-templates>
          </xsl:otherwise>
        </xsl:choose>
      </span>
      <xsl:call-template name="h:sigla"/>
      <span class="ed">{s:part('apparatus', 'lemma')} </span>
    </xsl:for-each>
    <xsl:for-each select="(* | rdgGrp/*) except ($shown, rdgGrp)">
      <xsl:if test="position() gt 1"><span class="ed">; </span></xsl:if>
      <xsl:apply-templates select="."/>
      <xsl:if test="(self::rdg or self::lem) and not(normalize-space())">
        <span class="ed">{h:say('apparatus.omitted')}</span>
      </xsl:if>
      <xsl:call-template name="h:sigla"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The words of the text that an entry with from (and to) is about, if it repeats none. -->
  <xsl:template name="h:lemma-from-text">
    <xsl:variable name="from" select="key('h:id', replace(@from, '^.*#', ''))[1]"/>
    <xsl:variable name="to" select="key('h:id', replace(@to, '^.*#', ''))[1]"/>
    <xsl:variable name="words" select="
        normalize-space(string-join(
          if ($to >> $from) then $from/following::text()[. &lt;&lt; $to][not(ancestor::note or ancestor::app)]
          else $from//text(), ''))"/>
    <xsl:if test="$words">
      <a class="ed lemma" href="#{encode-for-uri($from/@p:id)}">{h:ends($words)}</a>
      <span class="ed">{s:part('apparatus', 'lemma')} </span>
    </xsl:if>
  </xsl:template>

  <!-- The first and the last words of a long passage. -->
  <xsl:function name="h:ends" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="
        if (string-length($words) le 60) then $words
        else replace(substring($words, 1, 26), '\s+\S*$', '') || ' … '
               || replace(substring($words, string-length($words) - 25), '^\S*\s+', '')"/>
  </xsl:function>

  <xsl:template name="h:sigla">
    <xsl:if test="@wit or ((@p:resp or @source) and (self::rdg or self::lem))">
      <span class="ed sigla">{' ' || string-join((@p:sigla, @p:resp, @p:sources), ' ')}</span>
    </xsl:if>
  </xsl:template>

  <!-- An apparatus that the encoding keeps apart from the text. -->
  <xsl:template match="listApp">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- A witness: its siglum, and what it is. -->
  <xsl:template match="witness" mode="h:about" priority="2">
    <div class="about-line">
      <span class="about-label ed">{(@p:siglum, h:label(.))[1]}</span>
      <xsl:text> </xsl:text>
      <div class="about-value">
        <xsl:call-template name="h:language"/>
        <xsl:apply-templates select="node() except (abbr | idno | label)[translate(normalize-space(), ' ', '&#160;') = current()/@p:siglum]"/>
      </div>
    </div>
  </xsl:template>

  <xsl:template match="listWit/head" mode="h:about" priority="2">
    <p class="about-head"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="listApp/app">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:call-template name="h:location"/>
      <xsl:apply-templates select="." mode="h:apparatus"/>
    </div>
  </xsl:template>

  <!-- Where an entry belongs, as it says itself; a link if that place is on the page. -->
  <xsl:template name="h:location">
    <xsl:variable name="place" select="h:place-of(.)"/>
    <xsl:choose>
      <xsl:when test="$place and (@loc or @n)">
        <a class="ed location" href="#{encode-for-uri($place/@p:id)}">{(@loc, @n)[1]}</a>
        <xsl:text> </xsl:text>
      </xsl:when>
      <xsl:when test="@loc or @n">
        <span class="ed location">{(@loc, @n)[1]} </span>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- The place that an entry points to (by from), or else the line that it names (by loc): “12”,
       “line 12”, “12–14”, “2.12”. The words before the number choose between lines of the same
       number by what these stand in; where several are left, none is meant for certain. -->
  <xsl:function name="h:place-of" as="element()?">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="loc" select="analyze-string($app/@loc, '^(.*?)(\d+\p{Ll}?)(\s*[-–—]\s*\d+\p{Ll}?)?\W*$')/fn:match"/>
    <xsl:variable name="above" select="tokenize($loc/fn:group[@nr = '1'], '[^\p{L}\p{Nd}]+')[.]"/>
    <xsl:variable name="lines" select="
        $loc/fn:group[@nr = '2']/key('h:line', string(), root($app))[h:is-shown(.)]"/>
    <xsl:variable name="within" select="$lines[ancestor::*/@n = $above]"/>
    <xsl:sequence select="
        if ($app/@from) then key('h:id', replace($app/@from, '^.*#', ''), root($app))[h:is-shown(.)][1]
        else ($lines[count($lines) eq 1], $within[count($within) eq 1])[1]"/>
  </xsl:function>

  <xsl:key name="h:line" match="(l | lb | line)[@n][@p:id]" use="replace(@n, '^0+', '')"/>

  <xsl:template match="rdgGrp | wit | witDetail | listWit | witness | lacunaStart | lacunaEnd
      | witStart | witEnd | variantEncoding">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

</xsl:stylesheet>
