<?xml version="1.0" encoding="UTF-8"?>
<!-- Elements of the transcription module: what the source shows, and what the editors made of it. Leiden and common editorial practice; TEI Guidelines, chapter 12. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="supplied">
    <xsl:call-template name="h:bracketed">
      <xsl:with-param name="style" select="s:part('supplied', 'style')"/>
      <xsl:with-param name="open" select="s:open('supplied')"/>
      <xsl:with-param name="close" select="'?'[current()/@cert = 'low'] || s:close('supplied')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex">
    <xsl:call-template name="h:bracketed">
      <xsl:with-param name="style" select="s:part('expansion', 'style')"/>
      <xsl:with-param name="open" select="s:open('expansion')"/>
      <xsl:with-param name="close" select="'?'[current()/@cert = 'low'] || s:close('expansion')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="surplus">
    <xsl:call-template name="h:bracketed">
      <xsl:with-param name="style" select="s:part('surplus', 'style')"/>
      <xsl:with-param name="open" select="s:open('surplus')"/>
      <xsl:with-param name="close" select="s:close('surplus')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What the edition has its own sign for: the sign says it, not the look of the element. -->
  <xsl:template match="del[s:is-set('deletion')]" priority="2">
    <xsl:call-template name="h:signed"><xsl:with-param name="sign" select="'deletion'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="add[s:is-set('addition')]" priority="3">
    <xsl:call-template name="h:signed"><xsl:with-param name="sign" select="'addition'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="unclear[s:is-set('unclear')]">
    <xsl:call-template name="h:signed"><xsl:with-param name="sign" select="'unclear'"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="h:signed">
    <xsl:param name="sign" as="xs:string"/>
    <!-- The reading text has no signs of what was added. -->
    <xsl:variable name="class" select="'ed', 'layer-diplomatic'[$sign = ('deletion', 'addition')]"/>
    <xsl:if test="s:open($sign) ne ''"><span class="{$class}">{s:open($sign)}</span></xsl:if>
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="if (self::del) then 'del' else if (self::add) then 'ins' else 'div'"/>
      <xsl:with-param name="inline" select="if (self::del) then 'del' else if (self::add) then 'ins' else 'span'"/>
      <xsl:with-param name="class" select="
          'sign-' || (s:part($sign, 'style')[. ne ''], 'plain')[1], 'layer-diplomatic'[current()/self::del],
          'other-hand'[current()/self::add/@hand]"/>
      <xsl:with-param name="title" select="h:explain(.)"/>
    </xsl:call-template>
    <xsl:if test="s:close($sign) ne ''"><span class="{$class}">{s:close($sign)}</span></xsl:if>
  </xsl:template>

  <!-- An editorial reading in brackets; the brackets are marked as the edition's. -->
  <xsl:template name="h:bracketed">
    <xsl:param name="style" as="xs:string" select="''"/>
    <xsl:param name="open" as="xs:string"/>
    <xsl:param name="close" as="xs:string"/>
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="$style[. ne ''] ! ('sign-' || .)"/>
        <xsl:with-param name="title" select="h:explain(.)"/>
      </xsl:call-template>
      <xsl:if test="$open"><span class="ed">{$open}</span></xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="$close"><span class="ed">{$close}</span></xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:template match="unclear">
    <xsl:call-template name="h:box">
      <xsl:with-param name="title" select="h:explain(.)"/>
    </xsl:call-template>
    <xsl:if test="not(h:within-word(.)) and not(h:is-block(.))">
      <span class="ed">[?]</span>
    </xsl:if>
  </xsl:template>

  <!-- Is the element a part of a word that goes on beside it? -->
  <xsl:function name="h:within-word" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        matches(string($element/preceding-sibling::node()[1]), '[\p{L}\p{M}]$')
        or matches(string($element/following-sibling::node()[1]), '^[\p{L}\p{M}]')"/>
  </xsl:function>

  <xsl:template match="gap | ellipsis">
    <span>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'ed'"/>
        <xsl:with-param name="title" select="h:explain(.)"/>
      </xsl:call-template>
      <xsl:text>{h:gap(.)}</xsl:text>
    </span>
    <xsl:if test="normalize-space()">
      <span class="aside">
        <xsl:apply-templates/>
      </span>
    </xsl:if>
  </xsl:template>

  <!-- A gap for which the encoding has a sign of its own, such as 〈◊〉. -->
  <xsl:template match="gap[normalize-space()][not(matches(., '[\p{L}\p{Nd}]'))]" priority="1">
    <span>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="title" select="h:explain(.)"/>
      </xsl:call-template>
      <xsl:apply-templates select="desc/node(), node() except desc"/>
    </span>
  </xsl:template>

  <!-- The sign of a gap; within brackets that stand already, without its own. -->
  <xsl:function name="h:gap" as="xs:string">
    <xsl:param name="gap" as="element()"/>
    <xsl:sequence select="
        let $sign := s:gap($gap)
        return if ($gap/parent::supplied) then $sign else s:open('gap') || $sign || s:close('gap')"/>
  </xsl:function>

  <!-- From here to another point the text was struck out or is damaged: its words show it. -->
  <xsl:template match="delSpan | damageSpan">
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <!-- What was added from one point to another stands between half brackets. -->
  <xsl:template match="addSpan">
    <xsl:if test="@p:span">
      <span class="ed" title="{h:explain(.)}">⸢</span>
    </xsl:if>
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <xsl:template match="*[@p:span = 'end']" priority="2">
    <xsl:next-match/>
    <span class="ed">⸣</span>
  </xsl:template>

  <!-- A space of one letter is a space between words. -->
  <xsl:template match="space[@unit = ('chars', 'char', 'character')][@quantity = '1'][not(node())]"
      priority="1">
    <span class="space">{' '}</span>
  </xsl:template>

  <xsl:template match="space">
    <span>
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'ed', 'vertical'[current()/@dim = 'vertical']"/>
        <xsl:with-param name="title" select="h:explain(.)"/>
      </xsl:call-template>
      <xsl:text>[ ]</xsl:text>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="del">
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="'del'"/>
      <xsl:with-param name="inline" select="'del'"/>
      <xsl:with-param name="class" select="'layer-diplomatic'"/>
      <xsl:with-param name="title" select="h:explain(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="add">
    <xsl:call-template name="h:box">
      <xsl:with-param name="block" select="'ins'"/>
      <xsl:with-param name="inline" select="'ins'"/>
      <xsl:with-param name="class" select="
          if (@p:span) then 'span' else if (@place) then ('place-' || tokenize(@place)[1]) else 'place-above',
          'other-hand'[current()/@hand]"/>
      <xsl:with-param name="title" select="h:explain(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What is struck out and what stands for it, without white space that only indents the encoding. -->
  <xsl:template match="subst">
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="title" select="h:explain(.)"/>
      </xsl:call-template>
      <xsl:apply-templates select="node() except text()[not(normalize-space())][contains(., '&#10;')]"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="restore | secl | damage | mod | redo | undo | retrace | metamark | transpose | listTranspose">
    <xsl:call-template name="h:box">
      <xsl:with-param name="title" select="h:explain(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Where whole words replace words, a space stands between the old and the new. -->
  <xsl:template match="subst[not(h:within-word(.))]/add[preceding-sibling::node()[1][self::del]]">
    <span class="ed">{' '}</span>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="handShift">
    <xsl:variable name="hand" select="
        (@scribe, @p:resp ! h:short(., 60), @new ! replace(., '^.*#', ''))[1]"/>
    <span class="ed handShift" title="{h:explain(.)}">{
      if ($hand) then h:say('hand.named', $hand) else h:say('hand')}</span>
    <xsl:call-template name="h:point"/>
  </xsl:template>

  <xsl:function name="h:short" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="length" as="xs:integer"/>
    <xsl:sequence select="
        if (string-length($text) le $length) then $text
        else replace(substring($text, 1, $length), '\s+\S*$', '') || ' …'"/>
  </xsl:function>

  <!-- Seals and stamps are drawn as such. -->
  <xsl:template match="stamp">
    <xsl:variable name="kind" select="(tokenize(@type)[1], 'stamp')[1]"/>
    <xsl:variable name="label" select="h:value('stamp', $kind)"/>
    <xsl:element name="{h:name(., 'div', 'span')}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="'shape-' || (if ($kind = 'seal') then 'seal' else 'stamp')"/>
        <xsl:with-param name="title" select="h:capital($label)"/>
      </xsl:call-template>
      <span class="ed shape-label">{$label}</span>
      <xsl:text> </xsl:text>
      <span class="shape-text">
        <xsl:apply-templates/>
      </span>
    </xsl:element>
  </xsl:template>

  <!-- A transcription of the document rather than of its text. -->
  <xsl:template match="sourceDoc | surface | surfaceGrp | zone | line">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="path" h:why="it is a line drawn on an image, without words"/>

  <!-- Images of the source are linked where pages begin. -->
  <xsl:template match="facsimile">
    <xsl:if test="normalize-space()">
      <div>
        <xsl:call-template name="h:attributes"/>
        <xsl:for-each-group select=".//*[not(*)][normalize-space()]" group-by="normalize-space()">
          <xsl:if test="position() gt 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:apply-templates select="."/>
        </xsl:for-each-group>
      </div>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
