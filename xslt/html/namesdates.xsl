<?xml version="1.0" encoding="UTF-8"?>
<!-- Names, dates, and the entries of registers. TEI Guidelines, chapters 3.6 and 14. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:r="urn:tei-toolkit:registers"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="persName | placeName | orgName | geogName | settlement | country | region
      | district | bloc | eventName | repository | institution | objectName">
    <xsl:call-template name="h:named"/>
  </xsl:template>

  <xsl:template match="forename | surname | roleName | addName | genName | nameLink | persPronouns
      | geogFeat | offset | birth | death | floruit | age | sex | gender | faith | nationality
      | occupation | residence | affiliation | education | langKnown | langKnowledge | socecStatus
      | trait | state | population | climate | terrain | location | geo | persona | nym | listNym
      | listRelation | idno | event | object">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- The parts of the name of a place that data give one after the other, without a space. -->
  <xsl:template match="(settlement | district | region | country | bloc)[preceding-sibling::node()[1]
      [self::settlement or self::district or self::region or self::country]][empty(ancestor::text)]" priority="1">
    <span class="ed">, </span>
    <xsl:next-match/>
  </xsl:template>

  <!-- Where a place lies that is named on the way: beside its name, in parentheses. -->
  <xsl:template match="location[not(parent::place)][preceding-sibling::placeName]/geo[not(*)]">
    <span class="ed">(</span>
    <xsl:call-template name="h:plain"/>
    <span class="ed">)</span>
  </xsl:template>

  <xsl:template match="(trait | state | event)[label | head][not(text()[normalize-space()])]">
    <xsl:call-template name="h:box">
      <xsl:with-param name="content">
        <xsl:call-template name="h:spaced"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- How persons, places or things are related: this one to that one, or each to the other. -->
  <xsl:template match="relation">
    <xsl:variable name="two" select="tokenize(@mutual)[count(tokenize(current()/@mutual)) eq 2]"/>
    <xsl:variable name="from" select="h:related((tokenize(@active), $two[1]), .)"/>
    <xsl:variable name="to" select="h:related((tokenize(@passive), $two[2]), .)"/>
    <xsl:variable name="each" select="h:related(tokenize(@mutual)[empty($two)], .)"/>
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:if test="exists(($from, $to, $each))">
        <span class="ed">
          <xsl:sequence select="$from, $each"/>
          <xsl:text>{' – ' || h:value('relation', string((@name, @type, '…')[1])) || (' – '[exists($to)])}</xsl:text>
          <xsl:sequence select="$to"/>
        </span>
        <xsl:if test="normalize-space()"><span class="ed">: </span></xsl:if>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- The names of those a relation holds between, as links where they are on the page. -->
  <xsl:function name="h:related" as="node()*">
    <xsl:param name="pointers" as="xs:string*"/>
    <xsl:param name="relation" as="element(relation)"/>
    <xsl:for-each select="$pointers">
      <xsl:variable name="id" select="replace(., '^.*#', '')"/>
      <xsl:variable name="entry" select="key('h:id', $id, root($relation))[not(ancestor::teiHeader)][1]"/>
      <xsl:if test="position() gt 1">, </xsl:if>
      <xsl:choose>
        <xsl:when test="$entry">
          <a href="#{encode-for-uri($id)}">{r:heading($entry)}</a>
        </xsl:when>
        <xsl:otherwise>{$id}</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="listPerson | listPlace | listOrg | listEvent | listObject | person | personGrp
      | place | org">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- A name, linked to where it leads. Inside another link, or around something that is a link
       itself, the link stands behind the name. -->
  <xsl:template name="h:named">
    <xsl:param name="inline" as="xs:string" select="'span'"/>
    <xsl:param name="class" as="xs:string*" select="()"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="href" select="h:link(.)[not($in-link)]"/>
    <xsl:variable name="empty" select="not(normalize-space() or .//graphic or .//g)"/>
    <xsl:variable name="whole" select="exists($href) and not($empty) and not(h:has-link(.))"/>
    <xsl:element name="{h:name(., 'div', $inline)}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="
            $class, ('name', 'kind-' || @p:kind)[current()/@p:kind], 'by-rule'[current()/@resp = '#toolkit'],
            'uncertain'[current()/@cert = ('low', 'medium')]"/>
        <xsl:with-param name="title" select="
            string-join((@p:entry, h:certainty(.), @p:resp[current()/@cert] ! h:say('by', .)), '; ')"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="$whole">
          <a class="link" href="{$href}">
            <xsl:apply-templates>
              <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
            </xsl:apply-templates>
          </a>
        </xsl:when>
        <!-- Without words of its own it shows the name or the address it leads to. -->
        <xsl:when test="exists($href) and $empty">
          <xsl:apply-templates/>
          <a class="link ed" href="{$href}">{(@p:entry, replace($href, '^(https?://|mailto:|#)', ''))[1]}</a>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates/>
          <xsl:if test="exists($href)">
            <a class="link after ed" href="{$href}" aria-label="{(@p:entry, $href)[1]}">→</a>
          </xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- Does anything inside become a link? -->
  <xsl:function name="h:has-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        exists($element//*[@p:href or self::pb or self::note or self::app or self::p or self::ab
                           or self::ptr])"/>
  </xsl:function>

  <!-- Where an element leads: a place on this page only if it is really shown. -->
  <xsl:function name="h:link" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="href" select="string($element/@p:href)"/>
    <xsl:sequence select="
        if (not(starts-with($href, '#'))) then $href[.]
        else '#'[h:is-shown(key('h:id', substring($href, 2), root($element))[1])]
               ! ('#' || encode-for-uri(substring($href, 2)))"/>
  </xsl:function>

  <xsl:key name="h:id" match="*[@p:id]" use="@p:id"/>

  <xsl:function name="h:is-shown" as="xs:boolean">
    <xsl:param name="target" as="element()?"/>
    <xsl:sequence select="
        exists($target/(ancestor::text, ancestor::standOff, ancestor::sourceDoc))
        and (every $name in $target/ancestor-or-self::*/local-name() satisfies not(map:contains($h:unshown, $name)))"/>
  </xsl:function>

  <!-- Nothing inside them stands on the page as a point that a link could lead to. -->
  <xsl:variable name="h:unshown" static="yes" as="map(xs:string, xs:boolean)" select="map:merge(tokenize(
      'index span interp interpGrp spanGrp linkGrp join alt timeline divGen egXML svg link') ! map{.: true()})"/>

  <!-- Dates and times, machine-readable where HTML knows the form. -->
  <xsl:template match="date | time | origDate">
    <xsl:variable name="value" select="
        (@when, @when-iso, @from, @notBefore)[1][matches(., '^(\d{4}(-\d\d(-\d\d)?)?|--?\d\d-\d\d|\d\d:\d\d(:\d\d)?)$')]
          ! replace(., '^--', '')"/>
    <xsl:variable name="inline" select="
        if ($value and not(starts-with($value, '0000')) and not(ancestor::time or .//date)) then 'time' else 'span'"/>
    <xsl:variable name="block" select="h:is-block(.)"/>
    <xsl:element name="{if ($block) then 'div' else $inline}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'date'"/>
        <xsl:with-param name="title" select="h:date-title(.)"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="$block and $inline = 'time' and not(h:has-block(.))">
          <time datetime="{$value}">
            <xsl:apply-templates/>
          </time>
        </xsl:when>
        <xsl:otherwise>
          <xsl:if test="not($block) and $inline = 'time'">
            <xsl:attribute name="datetime" select="$value"/>
          </xsl:if>
          <xsl:apply-templates/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- The date as the editors understand it. -->
  <xsl:function name="h:date-title" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="
        string-join((l:dated($date)[. ne ''], $date/@precision[. = 'low'] ! h:say('date.inexact'),
          $date/@evidence ! h:value('evidence', .), h:certainty($date),
          $date[@cert or @evidence]/@p:resp ! h:say('by', .)), '; ')"/>
  </xsl:function>

</xsl:stylesheet>
