<?xml version="1.0" encoding="UTF-8"?>
<!-- Elements of the core module: highlighting, quotation, editing, lists, bibliography. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="p">
    <xsl:element name="{h:name(., 'p', 'span')}">
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
      <xsl:call-template name="h:anchor"/>
    </xsl:element>
  </xsl:template>

  <!-- A link to the paragraph itself, so that it can be cited. -->
  <xsl:template name="h:anchor">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:if test="@p:id and not($h:copy) and ancestor::text and not(ancestor::note)">
      <a class="self" href="#{encode-for-uri(@p:id)}" title="{$h:self-title}" tabindex="-1"></a>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="h:self-title" as="xs:string" select="h:say('link.self')"/>

  <xsl:template match="hi | emph | mentioned">
    <xsl:variable name="rend" select="tokenize(@p:rend)"/>
    <xsl:call-template name="h:box">
      <xsl:with-param name="inline" select="
          if ($rend = 'superscript') then 'sup' else if ($rend = 'subscript') then 'sub'
          else if (self::emph) then 'em' else if ($rend = 'bold') then 'b'
          else if ($rend = 'italic') then 'i'
          else if ($rend = ('underline', 'underline-2', 'underline-3', 'underline-wavy',
                            'underline-dotted')) then 'u'
          else if ($rend = 'strikethrough') then 's' else 'span'"/>
      <xsl:with-param name="title" select="
          string-join((($rend[starts-with(., 'underline-') or starts-with(., 'colour-')]
            ! h:value('rend', .)), h:certainty(.)), '; ')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="foreign | distinct | term | gloss | soCalled | seg | s | w | c | cl | phr | m
      | pc | num | measure | measureGrp | unit | abbr | expan | email | address | addrLine | street
      | postCode | postBox | label | idno | formula | code | ident | gi | att | val | tag | author
      | editor | publisher | pubPlace | biblScope | citedRange | edition | extent | series | imprint
      | analytic | monogr | bibl | biblStruct | biblFull | listBibl | relatedItem | respStmt | resp
      | desc | head | meeting | textLang | sponsor | funder | principal | title | sic | corr | orig
      | reg | stage | speaker | q | said | quote | cit | ab | time | date | objectName | objectType"
      priority="-0.4">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- A word with its analysis: lemma and part of speech are told on demand.
       TEI Guidelines, 18.1 and 18.4. -->
  <xsl:template match="w[@lemma or @pos or @msd] | m[@baseForm]">
    <xsl:call-template name="h:box">
      <xsl:with-param name="title" select="string-join((@lemma, @baseForm, @pos, @msd), ', ')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="foreign">
    <xsl:call-template name="h:box">
      <xsl:with-param name="title" select="@xml:lang ! h:say('in-language', .)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="title">
    <xsl:call-template name="h:named">
      <xsl:with-param name="inline" select="'cite'"/>
      <xsl:with-param name="class" select="('level-' || @level)[current()/@level]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="q | said | quote[not(h:is-block(.))] | soCalled">
    <xsl:call-template name="h:box">
      <xsl:with-param name="inline" select="'q'"/>
      <xsl:with-param name="block" select="'blockquote'"/>
      <xsl:with-param name="class" select="if (s:has-quotation-marks(.)) then 'marked' else 'unmarked'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="quote[h:is-block(.)]">
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="'blockquote'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A quotation with its source: a block of its own, or within the line. -->
  <xsl:template match="cit">
    <xsl:call-template name="h:box">
      <xsl:with-param name="content">
        <xsl:call-template name="h:spaced"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A bibliographic reference made of parts alone: the edition puts the commas. -->
  <xsl:template match="(biblStruct | analytic | monogr | imprint | bibl)[*][not(text()[normalize-space()])]" priority="1">
    <xsl:choose>
      <xsl:when test="*[h:is-block(.)][not(self::note or self::analytic or self::monogr or self::imprint)]">
        <xsl:next-match/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="h:box">
          <xsl:with-param name="content">
            <xsl:for-each select="node()[self::*]">
              <xsl:variable name="before" select="preceding-sibling::*[normalize-space() or self::ptr or self::ref][1]"/>
              <xsl:if test="$before and (normalize-space() or self::ptr or self::ref) and not(@p:placement = 'call')">
                <span class="ed">{
                  if (matches($before, '[.,;:!?]\s*$')) then ' '
                  else if (self::publisher and $before[self::pubPlace]) then ': '
                  else if ((self::author or self::editor) and local-name($before) = local-name()) then '; '
                  else ', '}</span>
              </xsl:if>
              <xsl:apply-templates select="."/>
            </xsl:for-each>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Parts that follow each other without a space get one. -->
  <xsl:template name="h:spaced">
    <xsl:for-each select="node()">
      <xsl:if test="self::* and preceding-sibling::node()[1][self::*]">
        <span class="ed">{' '}</span>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- The layers of the text. Both are shown; the reader may choose one where scripts run. -->
  <xsl:template match="choice">
    <xsl:variable name="first" select="(sic, orig, abbr, am, *)[1]"/>
    <xsl:variable name="others" select="* except $first"/>
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates select="$first">
        <xsl:with-param name="in-choice" select="true()"/>
      </xsl:apply-templates>
      <xsl:for-each select="$others">
        <span class="alternative layer-{(@p:layer, 'both')[1]}">
          <span class="ed">{' ' || s:open('correction')}</span>
          <xsl:apply-templates select=".">
            <xsl:with-param name="in-choice" select="true()"/>
          </xsl:apply-templates>
          <span class="ed">{s:close('correction')}</span>
        </span>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <xsl:template match="sic | orig | abbr | am | corr | reg | expan">
    <xsl:param name="in-choice" as="xs:boolean" select="false()"/>
    <xsl:call-template name="h:box">
      <xsl:with-param name="class" select="@p:layer[. = 'diplomatic'] ! ('layer-' || .)"/>
      <xsl:with-param name="title" select="h:explain(.)"/>
    </xsl:call-template>
    <xsl:if test="self::sic and not($in-choice)">
      <span class="ed sic-mark">{' [' || h:say('sic.mark') || ']'}</span>
    </xsl:if>
  </xsl:template>

  <!-- A second written form of a name stands beside the first, not in its place. -->
  <xsl:function name="h:is-second-form" as="xs:boolean">
    <xsl:param name="form" as="element()*"/>
    <xsl:sequence select="$form/self::reg/@type = 'romanisation'"/>
  </xsl:function>

  <!-- What an editorial element says about itself: what it is, why, how sure, by whom. -->
  <xsl:function name="h:explain" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="extent" select="h:extent($element)"/>
    <xsl:sequence select="
        string-join((
          h:known('explain.' || local-name($element))[not(h:is-second-form($element))] ! h:capital(.),
          $extent,
          $element/@reason/tokenize(.) ! h:value('reason', .),
          $element[self::reg or self::hi or self::del or self::add]/@type/tokenize(.) ! h:value('type', .),
          $element/@place/tokenize(.) ! h:value('place', .),
          $element/@agent ! h:value('agent', .),
          $element/@cause ! h:value('reason', .),
          h:certainty($element),
          $element/@p:resp ! h:say('by', .)), '; ')"/>
  </xsl:function>

  <!-- What certainty elements say, of the element they stand in or the one they point at.
       TEI Guidelines, chapter 22. -->
  <xsl:key name="h:certainty" match="certainty[@target]" use="tokenize(@target)"/>
  <xsl:variable name="h:has-certainty" as="xs:boolean" select="exists(//certainty)"/>

  <xsl:function name="h:certainty" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        ($element/@cert,
         if ($h:has-certainty) then
           ($element/certainty[not(@target)]/(@cert, @degree)[1],
            $element/@p:id/key('h:certainty', '#' || ., root($element))/(@cert, @degree)[1])
         else ())[1]
        ! (if (. = ('high', 'medium', 'low', 'unknown')) then h:say('cert.' || .)
           else h:say('cert', .))"/>
  </xsl:function>

  <!-- How much: 3 letters, about 2 lines. -->
  <xsl:function name="h:extent" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="amount" select="
        ($element/@quantity/string(),
         $element/@atLeast[$element/@atMost] ! (. || '–' || $element/@atMost),
         $element/@atLeast ! (h:say('at-least') || ' ' || .),
         $element/@atMost ! (h:say('at-most') || ' ' || .),
         $element/@extent ! h:value('extent', .))[1]"/>
    <xsl:variable name="unit" select="
        $element/@unit ! l:unit(string($amount), .)"/>
    <xsl:sequence select="
        string-join((h:say('about-quantity')[$element/@precision = ('low', 'medium')], $amount, $unit), ' ')[.]"/>
  </xsl:function>

  <!-- Lists. -->
  <xsl:template match="list">
    <xsl:variable name="glossary" select="exists((* except head)[1][self::label])"/>
    <xsl:variable name="name" select="
        if ($glossary) then 'dl'
        else if (@type = ('ordered', 'numbered') or @rend = ('ordered', 'numbered')) then 'ol' else 'ul'"/>
    <div>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="
            'own-labels'[h:has-own-labels(current())],
            'short-labels'[$glossary and (every $label in current()/label satisfies string-length(normalize-space($label)) le 6)]"/>
      </xsl:call-template>
      <xsl:apply-templates select="head"/>
      <xsl:element name="{$name}">
        <xsl:choose>
          <xsl:when test="$glossary">
            <xsl:for-each-group select="node() except head" group-starting-with="label">
              <xsl:variable name="labelled" select="exists(current-group()[self::label])"/>
              <xsl:for-each-group select="current-group()"
                  group-adjacent="exists((self::label, self::headLabel))">
                <xsl:call-template name="h:list-part">
                  <xsl:with-param name="as" select="if (current-grouping-key() or not($labelled)) then 'dt' else 'dd'"/>
                </xsl:call-template>
              </xsl:for-each-group>
              <xsl:if test="current-group()[self::label] and not(current-group()[self::*[not(self::label)]])">
                <dd></dd>
              </xsl:if>
            </xsl:for-each-group>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each-group select="node() except head" group-starting-with="item">
              <xsl:call-template name="h:list-part">
                <xsl:with-param name="as" select="'li'"/>
              </xsl:call-template>
            </xsl:for-each-group>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:element>
    </div>
  </xsl:template>

  <!-- Do the items begin with a number, a letter or a mark of their own? Then none is added. -->
  <xsl:function name="h:has-own-labels" as="xs:boolean">
    <xsl:param name="list" as="element(list)"/>
    <xsl:sequence select="
        $list/(@type, @rend) = ('simple', 'none', 'plain')
        or (exists($list/item)
            and (every $item in $list/item satisfies matches(
                   substring(normalize-space($item), 1, 12),
                   '^([(\[]?([0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)\]:°]|[0-9]+[\s,]|§|[•·–—*☞-]\s?)')))"/>
  </xsl:function>

  <!-- The number that an item has in the encoding. -->
  <xsl:template name="h:item-number">
    <xsl:if test="self::item[@n] and parent::list[@type = ('ordered', 'numbered') or @rend = ('ordered', 'numbered')]
        and not(h:has-own-labels(..))">
      <xsl:choose>
        <xsl:when test="matches(@n, '^[0-9]{1,5}$')">
          <xsl:attribute name="value" select="xs:integer(@n)"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="data-number" select="@n"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <!-- One part of a list: an item or label, and what stands after it (a page beginning, a note). -->
  <xsl:template name="h:list-part">
    <xsl:param name="as" as="xs:string"/>
    <xsl:variable name="own" select="
        current-group()[self::item or self::label or self::headLabel or self::headItem]"/>
    <xsl:if test="current-group()[self::* or self::text()[normalize-space()]]">
      <xsl:element name="{$as}">
        <xsl:choose>
          <xsl:when test="count($own) eq 1 and count(current-group()[self::*]) eq 1">
            <xsl:for-each select="$own">
              <xsl:call-template name="h:attributes"/>
              <xsl:call-template name="h:item-number"/>
              <xsl:apply-templates/>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise>
            <xsl:if test="not($own)">
              <xsl:attribute name="class" select="'between'"/>
            </xsl:if>
            <xsl:for-each select="$own[$as = 'li'][1]">
              <xsl:call-template name="h:item-number"/>
            </xsl:for-each>
            <xsl:apply-templates select="current-group()"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:element>
    </xsl:if>
  </xsl:template>

  <xsl:template match="item | headLabel | headItem">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="email">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="listBibl">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <!-- Index entries and interpretations stay on the page, out of the reader's way. -->
  <xsl:template match="index | interp | interpGrp | spanGrp | span | link | linkGrp | join | joinGrp
      | alt | altGrp | certainty | precision | respons | substJoin | timeline | when | listAnnotation"
      h:why="it tells of other elements; what words it holds stand in small type below them">
    <xsl:if test="normalize-space()">
      <xsl:call-template name="h:box">
        <xsl:with-param name="class" select="'aside'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- An annotation kept apart from the text: the words it is about, and what it says of them.
       TEI Guidelines, 17.10 (stand-off annotation). -->
  <xsl:template match="annotation">
    <xsl:variable name="about" select="key('h:id', replace(@target, '^#', ''))[h:is-shown(.)][1]"/>
    <xsl:if test="normalize-space() or $about">
      <div class="annotation">
        <xsl:if test="@p:id">
          <xsl:attribute name="id" select="@p:id"/>
        </xsl:if>
        <xsl:call-template name="h:language"/>
        <xsl:for-each select="$about">
          <a class="ed lemma" href="#{encode-for-uri(@p:id)}">{(h:short(normalize-space(), 60)[.], '→')[1]}</a>
          <span class="ed">: </span>
        </xsl:for-each>
        <xsl:for-each select="node()">
          <xsl:if test="self::* and preceding-sibling::*[normalize-space()]">
            <span class="ed">{if (self::respStmt) then ' – ' else ' '}</span>
          </xsl:if>
          <xsl:apply-templates select="."/>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="respStmt[not(text()[normalize-space()])]">
    <xsl:call-template name="h:box">
      <xsl:with-param name="content">
        <xsl:call-template name="h:spaced"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A reading beside its characters. -->
  <xsl:template match="ruby">
    <ruby>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </ruby>
  </xsl:template>

  <xsl:template match="ruby/rb">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="ruby/rt">
    <rt>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </rt>
  </xsl:template>

  <xsl:template match="noteGrp | rb | rt">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="binaryObject" h:why="it holds the bytes of an image or a sound, not words"/>

  <xsl:template match="rs | name">
    <xsl:call-template name="h:named"/>
  </xsl:template>

</xsl:stylesheet>
