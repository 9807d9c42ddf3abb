<?xml version="1.0" encoding="UTF-8"?>
<!-- The second pass: white space across runs, words broken over lines, marks between blocks, links. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="#all">

  <xsl:mode name="tidy" on-no-match="shallow-copy"/>
  <xsl:mode name="tidy-run" on-no-match="shallow-copy"/>

  <xsl:key name="anchors" match="anchor" use="@id"/>
  <xsl:key name="entries" match="entry" use="@key"/>

  <!-- A flow: marks that stand between blocks go into the next block of text. -->
  <xsl:template match="text | cell | side | figure | field | front" mode="tidy">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:iterate select="*">
        <xsl:param name="waiting" as="element()*" select="()"/>
        <xsl:param name="previous" as="xs:string" select="''"/>
        <xsl:on-completion>
          <xsl:if test="exists($waiting)">
            <block role="mark"><xsl:apply-templates select="$waiting" mode="tidy-run"/></block>
          </xsl:if>
        </xsl:on-completion>
        <xsl:choose>
          <xsl:when test="self::pause">
            <xsl:next-iteration>
              <xsl:with-param name="waiting" select="$waiting"/>
              <xsl:with-param name="previous" select="'pause'"/>
            </xsl:next-iteration>
          </xsl:when>
          <xsl:when test="self::block and not(f:shows-text(.)) and not(rule)">
            <xsl:next-iteration>
              <xsl:with-param name="waiting" select="$waiting, *[not(self::t or self::br or self::joint)]"/>
              <xsl:with-param name="previous" select="$previous"/>
            </xsl:next-iteration>
          </xsl:when>
          <xsl:when test="self::block">
            <xsl:call-template name="block">
              <xsl:with-param name="waiting" select="$waiting"/>
              <xsl:with-param name="previous" select="$previous"/>
            </xsl:call-template>
            <xsl:next-iteration>
              <xsl:with-param name="waiting" select="()"/>
              <xsl:with-param name="previous" select="f:manner(.)"/>
            </xsl:next-iteration>
          </xsl:when>
          <xsl:otherwise>
            <xsl:if test="exists($waiting)">
              <block role="mark"><xsl:apply-templates select="$waiting" mode="tidy-run"/></block>
            </xsl:if>
            <xsl:apply-templates select="." mode="tidy"/>
            <xsl:next-iteration>
              <xsl:with-param name="waiting" select="()"/>
              <xsl:with-param name="previous" select="''"/>
            </xsl:next-iteration>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:iterate>
    </xsl:copy>
  </xsl:template>

  <!-- Blocks set in one manner follow each other without space; where the manner changes there is
       a little space, and the paragraph after it is not indented. Headings and what has its own
       space around it count as nothing. -->
  <xsl:function name="f:manner" as="xs:string">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="role" select="string($block/@role)"/>
    <xsl:sequence select="
        if ($role = ('heading', 'subheading', 'speaker', 'stage', 'rule', 'mark', 'stamp', 'caption'))
        then ''
        else if ($role = ('line', 'verse', 'code')) then $role
        else if ($role = ('item', 'label') or $block/@of-item) then 'item'
        else 'paragraph' || $block/@indent"/>
  </xsl:function>

  <xsl:function name="f:shows-text" as="xs:boolean">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="
        exists($block/(t[normalize-space()] | stamp | blank | picture)) or $block/@marker != ''"/>
  </xsl:function>

  <xsl:template name="block">
    <xsl:param name="waiting" as="element()*"/>
    <xsl:param name="previous" as="xs:string"/>
    <xsl:variable name="role" select="if (rule and not(f:shows-text(.))) then 'rule' else string(@role)"/>
    <block role="{$role}">
      <xsl:copy-of select="@* except (@role, @continued, @of-item, @space-before[$previous eq ''])"/>
      <xsl:choose>
        <xsl:when test="$previous ne '' and $previous ne f:manner(.) and f:manner(.) ne ''
            and not(@space-before)">
          <xsl:attribute name="space-before" select="'yes'"/>
        </xsl:when>
        <xsl:when test="$previous ne '' and $role = 'paragraph' and not(@continued) and not(@align)">
          <xsl:attribute name="first-line" select="'indent'"/>
        </xsl:when>
      </xsl:choose>
      <!-- A line with an address of the web finds few places to end at: justified, it has holes. -->
      <xsl:if test="$role = ('paragraph', 'item')
          and exists(tokenize(string-join(t))[string-length() ge 30]
            [matches(., '[!-~]{30}') and matches(., '[/:_@=?&amp;#%~]')])">
        <xsl:attribute name="ragged" select="'yes'"/>
      </xsl:if>
      <!-- What is written in one direction begins where its lines begin. -->
      <xsl:if test="t[normalize-space()]/@dir
          and (every $t in t[normalize-space()][not(@sign)] satisfies $t/@dir = (t/@dir)[1])">
        <xsl:copy-of select="(t/@dir)[1]"/>
      </xsl:if>
      <xsl:call-template name="runs">
        <xsl:with-param name="runs" select="$waiting, *"/>
      </xsl:call-template>
    </block>
  </xsl:template>

  <xsl:template match="block | sign | entry" mode="tidy">
    <xsl:copy>
      <xsl:copy-of select="@* except @continued"/>
      <xsl:call-template name="runs">
        <xsl:with-param name="runs" select="*"/>
      </xsl:call-template>
    </xsl:copy>
  </xsl:template>

  <!-- White space is collapsed over the borders of runs, and taken away at both ends of a line. -->
  <xsl:template name="runs">
    <xsl:param name="runs" as="element()*"/>
    <xsl:variable name="collapsed" as="element()*">
      <xsl:iterate select="$runs">
        <xsl:param name="after-space" as="xs:boolean" select="true()"/>
        <xsl:variable name="text" as="xs:string" select="if (self::t) then f:collapsed(.) else ''"/>
        <xsl:variable name="kept" as="xs:string" select="
            if ($after-space and starts-with($text, ' ')) then substring($text, 2) else $text"/>
        <xsl:choose>
          <xsl:when test="self::t">
            <xsl:if test="$kept ne ''">
              <t>
                <xsl:sequence select="@*[not(self::attribute(link)) or f:leads-somewhere(..)]"/>
                <xsl:value-of select="$kept"/>
              </t>
            </xsl:if>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="." mode="tidy-run"/>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:next-iteration>
          <xsl:with-param name="after-space" select="
              if (self::t) then (if ($text eq '') then $after-space else ends-with($text, ' '))
              else if (self::br or self::joint) then true()
              else if (self::stamp or self::picture or self::blank or self::note or self::reference) then false()
              else $after-space"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <xsl:sequence select="f:trim($collapsed)"/>
  </xsl:template>

  <!-- A text with one space for each stretch of white space; spaces at its ends stay. -->
  <xsl:function name="f:collapsed" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="within" select="normalize-space($text)"/>
    <xsl:sequence select="
        if ($within eq '') then ' '[$text ne ''] || ''
        else ' '[normalize-space(substring($text, 1, 1)) eq ''] || $within
          || ' '[normalize-space(substring($text, string-length($text))) eq '']"/>
  </xsl:function>

  <!-- Space before a line end, before a joint and at the end of the block goes; and before the call
       of a note that has a space behind it too: the call stands with the word before it. -->
  <xsl:function name="f:trim" as="element()*">
    <xsl:param name="runs" as="element()*"/>
    <xsl:variable name="reversed" as="element()*">
      <xsl:iterate select="reverse($runs)">
        <xsl:param name="at-end" as="xs:boolean" select="true()"/>
        <xsl:param name="before-space" as="xs:boolean" select="false()"/>
        <xsl:choose>
          <xsl:when test="self::t and $at-end">
            <xsl:variable name="text" select="replace(., ' $', '')"/>
            <xsl:if test="$text ne ''">
              <t><xsl:copy-of select="@*"/><xsl:value-of select="$text"/></t>
            </xsl:if>
          </xsl:when>
          <xsl:otherwise><xsl:sequence select="."/></xsl:otherwise>
        </xsl:choose>
        <xsl:next-iteration>
          <xsl:with-param name="at-end" select="
              if (self::t) then $at-end and . = ' '
              else if (self::br or self::joint) then true()
              else if (self::stamp or self::picture or self::blank or self::reference) then false()
              else if (self::note) then $at-end or $before-space
              else $at-end"/>
          <xsl:with-param name="before-space" select="
              if (self::t) then starts-with(., ' ')
              else if (self::stamp or self::picture or self::blank or self::br or self::joint) then false()
              else $before-space"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <xsl:sequence select="reverse($reversed)[not(self::joint)]"/>
  </xsl:function>

  <xsl:template match="stamp" mode="tidy-run">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:call-template name="runs">
        <xsl:with-param name="runs" select="*"/>
      </xsl:call-template>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="note | margin" mode="tidy-run">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:apply-templates select="*" mode="tidy"/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="rule" mode="tidy-run"/>

  <!-- The same identifier twice: the first counts. -->
  <xsl:template match="anchor" mode="tidy-run tidy">
    <xsl:if test=". is key('anchors', @id)[1]">
      <xsl:call-template name="with-line"/>
    </xsl:if>
  </xsl:template>

  <!-- What stands in a verse is found by its number. -->
  <xsl:template match="index" mode="tidy-run">
    <xsl:call-template name="with-line"/>
  </xsl:template>
  <xsl:template name="with-line">
    <xsl:copy>
      <xsl:copy-of select="@*, ancestor::block[1]/@line"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="reference" mode="tidy-run">
    <xsl:if test="f:leads-somewhere(.)"><xsl:copy-of select="."/></xsl:if>
  </xsl:template>

  <xsl:function name="f:leads-somewhere" as="xs:boolean">
    <xsl:param name="run" as="element()"/>
    <xsl:variable name="link" select="string($run/@link)"/>
    <xsl:sequence select="
        if ($link eq '') then false()
        else if (starts-with($link, '#entry:')) then exists(key('entries', substring($link, 8), root($run)))
        else if (starts-with($link, '#')) then exists(key('anchors', substring($link, 2), root($run)))
        else true()"/>
  </xsl:function>
</xsl:stylesheet>
