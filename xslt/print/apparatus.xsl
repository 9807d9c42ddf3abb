<?xml version="1.0" encoding="UTF-8"?>
<!--
  The critical apparatus. TEI Guidelines, chapter 13.

  Each entry is a note of the series app. It stands where its lemma ends; where the lemma begins
  there is a <lemma> that names it, so that an output can say on which lines the lemma stands.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- A longer lemma is given by its first and its last word. -->
  <xsl:variable name="longest-lemma" as="xs:integer" select="40"/>

  <xsl:accumulator name="reading" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="app" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:key name="entry-from" match="app[@from]" use="tokenize(@from) ! replace(., '^.*#', '')"/>
  <xsl:key name="entry-to" match="listApp/app[@from]" use="
      (@to, @from)[1] ! tokenize(.) ! replace(., '^.*#', '')"/>

  <!-- What an entry is called: the letter of its call, where it has one. -->
  <xsl:function name="f:entry" as="xs:string">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="format-integer($app/accumulator-before('reading'), 'α')"/>
  </xsl:function>

  <!-- The reading the text has: the lemma, else the first. An entry that names its place (by from
       and to, or by loc) stands beside the text it is about. -->
  <xsl:function name="f:reading-of-text" as="element()?">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="
        if (($app/@from or $app/@loc) and empty($app/(lem, rdgGrp/lem))) then ()
        else $app/(lem, rdg, rdgGrp/(lem, rdg), *)[1]"/>
  </xsl:function>

  <xsl:function name="f:other-readings" as="element()*">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="shown" select="f:reading-of-text($app)"/>
    <xsl:sequence select="$app/* except ($shown, $app/rdgGrp[$shown][count(*) eq 1][* is $shown])"/>
  </xsl:function>

  <!-- An entry whose place in the text is known from its pointers, not from where it stands. -->
  <xsl:function name="f:is-placed" as="xs:boolean">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="place" select="replace(($app/@to, $app/@from)[1], '^.*#', '')"/>
    <xsl:sequence select="
        exists($app/parent::listApp) and exists($app/@from)
        and exists(key('identified', $place, root($app))[ancestor::text][not(ancestor::note or self::app)])"/>
  </xsl:function>

  <!-- In the text: the reading of the text, between the beginning of the lemma and the entry. -->
  <xsl:template match="app" mode="run">
    <xsl:param name="in-note" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="shown" select="f:reading-of-text(.)"/>
    <xsl:variable name="has-entry" select="exists(f:other-readings(.))"/>
    <xsl:choose>
      <xsl:when test="$in-note">
        <xsl:apply-templates select="$shown" mode="run"/>
        <xsl:if test="$has-entry">
          <t style="sign" sign="reading"> [</t>
          <xsl:call-template name="readings"/>
          <t style="sign" sign="reading">]</t>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="$has-entry and not(@from)"><lemma note="{f:entry(.)}"/></xsl:if>
        <xsl:if test="not(@from or @loc)">
          <xsl:apply-templates select="$shown" mode="run"/>
        </xsl:if>
        <xsl:if test="$has-entry"><xsl:call-template name="entry"/></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The entry: lemma] reading Witness, reading Witness -->
  <xsl:template name="entry">
    <note series="app" number="{f:entry(.)}" id="{f:entry(.)}">
      <block role="line">
        <xsl:call-template name="lemma"/>
        <t style="sign" sign="reading"><xsl:value-of select="s:part('apparatus', 'lemma') || ' '"/></t>
        <xsl:call-template name="readings"/>
      </block>
    </note>
  </xsl:template>

  <xsl:template name="lemma">
    <xsl:param name="lang" as="xs:string" tunnel="yes" select="$main-language"/>
    <xsl:param name="dir" as="xs:string" tunnel="yes" select="$main-direction"/>
    <xsl:variable name="shown" select="f:reading-of-text(.)"/>
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="f:shorten-lemma(f:lemma-words(.))"/>
      <xsl:with-param name="lang" tunnel="yes" select="($shown/@p:lang[f:is-language(.)]/string(), $lang)[1]"/>
      <xsl:with-param name="dir" tunnel="yes" select="($shown/@p:dir/string(), $dir)[1]"/>
      <xsl:with-param name="style" tunnel="yes" select="()"/>
      <xsl:with-param name="link" tunnel="yes" select="''"/>
    </xsl:call-template>
    <xsl:for-each select="$shown[self::lem or self::rdg]">
      <xsl:call-template name="sigla"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The words an entry is about: its lemma as the text has it, without what other entries say;
       or the words between the places it names; or the word before, where readings add some. -->
  <xsl:function name="f:lemma-words" as="xs:string">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="shown" select="f:reading-of-text($app)"/>
    <xsl:variable name="own" select="
        normalize-space(string-join($shown//text()[f:is-read(., $shown)] ! f:spaced(.)))"/>
    <xsl:sequence select="
        if ($own ne '') then $own
        else if ($app/@from) then f:words-between($app)
        else (tokenize($app/preceding::text()[normalize-space()][f:is-read(., root(.)/*)][1])[last()], '')[1]"/>
  </xsl:function>

  <!-- Line ends divide words, unless the encoding says that they do not. -->
  <xsl:function name="f:spaced" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:variable name="before" select="$text/preceding-sibling::node()[1]"/>
    <xsl:sequence select="
        if ($before[self::lb or self::pb][not(@break = 'no')]
            or ($text/ancestor::*[self::l or self::p or self::ab or self::lg][preceding-sibling::*])
               and not($before)) then ' ' || $text
        else string($text)"/>
  </xsl:function>

  <!-- Does a text belong to what a reader reads, within an element? -->
  <xsl:function name="f:is-read" as="xs:boolean">
    <xsl:param name="text" as="text()"/>
    <xsl:param name="within" as="element()?"/>
    <xsl:sequence select="
        every $a in $text/ancestor::*[ancestor::* intersect $within] satisfies
          not($a/self::note or $a/self::wit or $a/self::witDetail or $a/self::fw
              or ($a/parent::app and not($a is f:reading-of-text($a/parent::app)))
              or ($a/self::rdg/parent::rdgGrp and not($a is f:reading-of-text($a/ancestor::app[1]))))"/>
  </xsl:function>

  <xsl:function name="f:words-between" as="xs:string">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="from" select="key('identified', replace($app/@from, '^.*#', ''), root($app))[1]"/>
    <xsl:variable name="to" as="node()?" select="
        if ($app/@to) then key('identified', replace($app/@to, '^.*#', ''), root($app))[1]
        else if ($from/node()) then $from
        else $app"/>
    <xsl:variable name="texts" as="text()*" select="
        if (empty($from)) then ()
        else if ($from is $to) then $from//text()
        else $from/(descendant::text() | following::text())[. &lt;&lt; $to or ancestor::* intersect $to]"/>
    <xsl:sequence select="
        normalize-space(string-join($texts[f:is-read(., root(.)/*)] ! f:spaced(.)))"/>
  </xsl:function>

  <xsl:function name="f:shorten-lemma" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="each" select="tokenize($words)"/>
    <xsl:sequence select="
        if (string-length($words) le $longest-lemma or count($each) lt 3) then $words
        else $each[1] || ' … ' || $each[last()]"/>
  </xsl:function>

  <!-- The readings that are not in the text, each with its witnesses. -->
  <xsl:template name="readings">
    <xsl:variable name="shown" select="f:reading-of-text(.)"/>
    <xsl:for-each select="f:other-readings(.)">
      <xsl:variable name="before" select="preceding-sibling::*[not(. is $shown)][1]"/>
      <xsl:if test="position() gt 1">
        <t><xsl:value-of select="
            if (self::wit or self::witDetail) then ' '
            else s:part('apparatus',
              if (self::rdgGrp or $before[self::rdgGrp] or self::note) then 'group' else 'reading') || ' '"/></t>
      </xsl:if>
      <xsl:apply-templates select="." mode="reading">
        <xsl:with-param name="in-note" tunnel="yes" select="true()"/>
        <xsl:with-param name="in-reading" tunnel="yes" select="true()"/>
        <xsl:with-param name="link" tunnel="yes" select="''"/>
        <xsl:with-param name="style" tunnel="yes" select="()"/>
        <xsl:with-param name="lemma-is-empty" tunnel="yes" select="
            exists($shown[self::lem]) and not(normalize-space($shown))"/>
        <xsl:with-param name="shown" tunnel="yes" select="$shown"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="*" mode="reading">
    <xsl:apply-templates select="." mode="run"/>
  </xsl:template>

  <xsl:template match="note" mode="reading">
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <xsl:template match="rdg | lem" mode="reading">
    <xsl:param name="lemma-is-empty" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:param name="lang" as="xs:string" tunnel="yes" select="$main-language"/>
    <xsl:variable name="says-something" select="
        normalize-space() or descendant::*[self::gap or self::space or self::graphic or self::g]"/>
    <xsl:choose>
      <xsl:when test="not($says-something)">
        <t style="italic" sign="reading"><xsl:value-of select="f:word('print.omitted')"/></t>
      </xsl:when>
      <xsl:when test="$lemma-is-empty">
        <t style="italic" sign="reading"><xsl:value-of select="f:word('print.added') || ' '"/></t>
      </xsl:when>
    </xsl:choose>
    <xsl:apply-templates select="node()" mode="run">
      <xsl:with-param name="lang" tunnel="yes" select="(@p:lang[f:is-language(.)]/string(), $lang)[1]"/>
    </xsl:apply-templates>
    <xsl:call-template name="sigla"/>
  </xsl:template>

  <!-- Readings that belong together. -->
  <xsl:template match="rdgGrp" mode="reading">
    <xsl:param name="shown" as="element()?" tunnel="yes"/>
    <xsl:for-each select="* except $shown">
      <xsl:if test="position() gt 1"><t><xsl:value-of select="
          if (self::wit or self::witDetail) then ' ' else s:part('apparatus', 'reading') || ' '"/></t></xsl:if>
      <xsl:apply-templates select="." mode="reading"/>
    </xsl:for-each>
    <xsl:call-template name="sigla"/>
  </xsl:template>

  <!-- The witnesses of a reading, and who is responsible for it. -->
  <xsl:template name="sigla">
    <xsl:variable name="said" select="
        string-join((f:witnesses(.), @p:resp[normalize-space()]), ' ')"/>
    <xsl:if test="$said ne ''">
      <t style="italic" sign="reading"><xsl:value-of select="' ' || $said"/></t>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:witnesses" as="xs:string">
    <xsl:param name="reading" as="element()"/>
    <xsl:sequence select="string-join($reading/(@p:sigla, @p:sources), ' ')"/>
  </xsl:function>


  <!-- Where whole blocks have variants: the reading of the text is the flow, and its last block has
       the entry. -->
  <xsl:template match="app" mode="flow">
    <xsl:variable name="shown" select="f:reading-of-text(.)"/>
    <xsl:variable name="blocks" as="element()*">
      <xsl:apply-templates select="$shown" mode="flow"/>
    </xsl:variable>
    <xsl:variable name="last" select="$blocks[self::*:block][*][last()]"/>
    <xsl:choose>
      <xsl:when test="empty(f:other-readings(.))"><xsl:sequence select="$blocks"/></xsl:when>
      <xsl:when test="empty($last)">
        <xsl:sequence select="$blocks"/>
        <block role="item" marker="">
          <xsl:call-template name="lemma"/>
          <t style="sign" sign="reading"><xsl:value-of select="s:part('apparatus', 'lemma') || ' '"/></t>
          <xsl:call-template name="readings"/>
        </block>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="entry" as="element()"><xsl:call-template name="entry"/></xsl:variable>
        <block role="mark"><lemma note="{f:entry(.)}"/></block>
        <xsl:for-each select="$blocks">
          <xsl:copy>
            <xsl:sequence select="@*, node()"/>
            <xsl:if test=". is $last"><xsl:sequence select="$entry"/></xsl:if>
          </xsl:copy>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An entry of an apparatus that stands apart from the text: where it names its place it is told
       there, else in the list. -->
  <xsl:template match="listApp/app" mode="flow" priority="2">
    <xsl:if test="not(f:is-placed(.))">
      <block role="item">
        <xsl:apply-templates select="." mode="run">
          <xsl:with-param name="in-note" tunnel="yes" select="true()"/>
        </xsl:apply-templates>
      </block>
    </xsl:if>
  </xsl:template>

  <!-- The places that entries name: their lemma begins and ends here. -->
  <xsl:template name="lemma-begins">
    <xsl:for-each select="key('entry-from', (@xml:id, @p:id)[1])[f:is-placed(.) or not(parent::listApp)]">
      <lemma note="{f:entry(.)}"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template name="lemma-ends">
    <xsl:for-each select="key('entry-to', (@xml:id, @p:id)[1])[f:is-placed(.)]">
      <xsl:call-template name="entry"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
