<?xml version="1.0" encoding="UTF-8"?>
<!--
  From documents in the print vocabulary to one volume in it (grammar: schemas/print.rng).

  The input is <parts>, with a <part stem="…"> around the <print> of each document. Identifiers get
  the stem before them, links between the documents lead to their place in the volume, the indices
  and signs of all documents are gathered, and what the colophons of all say alike is said once.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:n="urn:tei-toolkit:note-series"
    xmlns:pub="urn:tei-toolkit:publication"
    xmlns:lang="urn:tei-toolkit:prepared"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="#all">

  <xsl:include href="print/words.xsl"/>
  <xsl:import href="note-series.xsl"/>
  <xsl:import href="prepare/language.xsl"/>

  <xsl:output method="xml" indent="no" encoding="UTF-8" omit-xml-declaration="yes"/>
  <xsl:mode on-no-match="shallow-copy"/>

  <!-- The edition, as toolkit/publish/site.py describes it. -->
  <xsl:param name="publication" as="document-node()"/>
  <xsl:param name="language" as="xs:string" select="'en'"/>

  <xsl:variable name="edition" as="element()" select="$publication/*"/>
  <xsl:variable name="parts" as="element(part)*" select="/parts/part"/>
  <xsl:variable name="title" as="xs:string" select="
      (string($edition/@title)[. ne ''], $parts[count($parts) eq 1]/print/@title/string(),
       f:word('documents'))[1]"/>
  <xsl:variable name="collation" as="xs:string" select="
      'http://www.w3.org/2013/collation/UCA?lang=' || tokenize($language, '-')[1] || ';fallback=yes'"/>
  <!-- So many documents have their divisions in the contents too. -->
  <xsl:variable name="few" as="xs:integer" select="12"/>

  <xsl:key name="parts" match="part" use="string(@stem)"/>
  <xsl:key name="anchors" match="anchor" use="ancestor::part/@stem || ':' || @id"/>

  <xsl:template match="/parts">
    <volume title="{$title}" short-title="{f:shorten($title, 64)}" lang="{$language}"
        dir="{(lang:direction($language)[. ne ''], 'ltr')[1]}">
      <xsl:for-each select="$edition/pub:editor[normalize-space()]">
        <author><xsl:value-of select="normalize-space()"/></author>
      </xsl:for-each>
      <title-page>
        <block role="title"><t><xsl:value-of select="$title"/></t></block>
        <xsl:call-template name="told">
          <xsl:with-param name="role" select="'subtitle'"/>
          <xsl:with-param name="text" select="$edition/@description"/>
        </xsl:call-template>
        <xsl:if test="$edition/pub:editor[normalize-space()]">
          <xsl:call-template name="told">
            <xsl:with-param name="role" select="'editors'"/>
            <xsl:with-param name="text" select="
                l:say('edited-by', f:enumeration($edition/pub:editor/normalize-space()))"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="told">
          <xsl:with-param name="role" select="'publisher'"/>
          <xsl:with-param name="text" select="$edition/@publisher"/>
        </xsl:call-template>
      </title-page>
      <xsl:call-template name="imprint"/>
      <contents title="{f:word('contents')}" depth="{if (count($parts) le $few) then 2 else 1}"/>
      <xsl:call-template name="legend"/>
      <xsl:apply-templates select="$parts"/>
      <xsl:call-template name="notes"/>
      <xsl:call-template name="about"/>
      <xsl:call-template name="indices"/>
    </volume>
  </xsl:template>

  <xsl:template name="told">
    <xsl:param name="role" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:if test="normalize-space($text)">
      <block role="{$role}"><t><xsl:value-of select="normalize-space($text)"/></t></block>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:enumeration" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="string-join($names[. ne ''], ', ')"/>
  </xsl:function>

  <!-- The back of the title page: who publishes the edition, where, under which licence. -->
  <xsl:template name="imprint">
    <xsl:variable name="fields" as="element(field)*">
      <xsl:call-template name="imprint-field">
        <xsl:with-param name="key" select="'label.publisher'"/>
        <xsl:with-param name="text" select="$edition/@publisher"/>
      </xsl:call-template>
      <xsl:call-template name="imprint-field">
        <xsl:with-param name="key" select="'label.ref'"/>
        <xsl:with-param name="text" select="$edition/@address"/>
        <xsl:with-param name="link" select="$edition/@address"/>
      </xsl:call-template>
      <xsl:call-template name="imprint-field">
        <xsl:with-param name="key" select="'label.availability'"/>
        <xsl:with-param name="text" select="($edition/@licence-name, $edition/@licence-url)[. ne ''][1]"/>
        <xsl:with-param name="link" select="$edition/@licence-url"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="exists($fields)">
      <imprint><xsl:sequence select="$fields"/></imprint>
    </xsl:if>
  </xsl:template>
  <xsl:template name="imprint-field">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:param name="link" as="xs:string?"/>
    <xsl:if test="normalize-space($text)">
      <field label="{f:word($key)}">
        <block role="line">
          <t>
            <xsl:if test="$link"><xsl:attribute name="link" select="$link"/></xsl:if>
            <xsl:value-of select="normalize-space($text)"/>
          </t>
        </block>
      </field>
    </xsl:if>
  </xsl:template>

  <!-- The documents. -->
  <xsl:template match="part">
    <document stem="{@stem}">
      <xsl:copy-of select="print/(@title, @short-title, @lang, @dir)"/>
      <xsl:apply-templates select="print/(front, text)"/>
    </document>
  </xsl:template>

  <!-- What the series of notes of all documents are called. -->
  <xsl:template name="notes">
    <xsl:for-each-group select="$parts/print/notes" group-by="true()">
      <notes>
        <xsl:copy-of select="@*"/>
        <xsl:for-each-group select="current-group()/series" group-by="string(@name)">
          <xsl:sort select="n:rank(current-grouping-key())"/>
          <xsl:copy-of select="."/>
        </xsl:for-each-group>
      </notes>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Where the texts come from and who made them: what all say alike, then what each has of its
       own. -->
  <xsl:template name="about">
    <xsl:if test="exists($parts/print/apparatus/field)">
      <apparatus title="{f:word('about.texts')}">
        <xsl:apply-templates select="($parts[1]/print/apparatus/field)[f:said(.) = $common]"/>
        <xsl:for-each select="$parts[print/apparatus/field[not(f:said(.) = $common)]]">
          <about stem="{@stem}" title="{print/@title}">
            <xsl:apply-templates select="print/apparatus/field[not(f:said(.) = $common)]"/>
          </about>
        </xsl:for-each>
      </apparatus>
    </xsl:if>
  </xsl:template>

  <!-- What the colophons of all documents say alike; those of one document are all its own. -->
  <xsl:function name="f:said" as="xs:string">
    <xsl:param name="field" as="element(field)"/>
    <xsl:sequence select="$field/@label || '&#10;' || string-join($field/block/string(), '&#10;')"/>
  </xsl:function>
  <xsl:variable name="common" as="xs:string*">
    <xsl:variable name="said" select="
        $parts/print/apparatus/array{distinct-values(field ! f:said(.))} ! ?*"/>
    <xsl:for-each-group select="if (count($parts) gt 1) then $said else ()" group-by=".">
      <xsl:if test="count(current-group()) eq count($parts)">
        <xsl:sequence select="current-grouping-key()"/>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:variable>

  <!-- Identifiers are those of one volume. -->
  <xsl:template match="anchor/@id">
    <xsl:attribute name="id" select="ancestor::part/@stem || ':' || ."/>
  </xsl:template>
  <xsl:template match="@link">
    <xsl:variable name="stem" select="string(ancestor::part/@stem)"/>
    <xsl:variable name="page" select="replace(., '\.html(#.*)?$', '')[matches(current(), '^[^:/#]+\.html(#.*)?$')]"/>
    <xsl:variable name="target" select="
        if ($page) then f:decoded-stem($page, root(.)) else ()"/>
    <xsl:choose>
      <xsl:when test="starts-with(., '#entry:')"><xsl:copy/></xsl:when>
      <xsl:when test="starts-with(., '#')">
        <xsl:attribute name="link" select="'#' || $stem || ':' || substring(., 2)"/>
      </xsl:when>
      <xsl:when test="$target">
        <xsl:variable name="id" select="$target || ':' || substring-after(., '#')"/>
        <xsl:attribute name="link" select="
            '#' || (if (exists(key('anchors', $id))) then $id else $target || ':')"/>
      </xsl:when>
      <xsl:when test="$page or not(matches(., '^[A-Za-z][A-Za-z0-9+.-]*:'))"/>
      <xsl:otherwise><xsl:copy/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="reference">
    <xsl:variable name="link" as="attribute()?"><xsl:apply-templates select="@link"/></xsl:variable>
    <xsl:if test="starts-with($link, '#')">
      <xsl:copy><xsl:sequence select="$link, @said"/></xsl:copy>
    </xsl:if>
  </xsl:template>

  <xsl:template match="figure/@source | picture/@source">
    <xsl:attribute name="source" select="ancestor::part/@stem || ':' || ."/>
  </xsl:template>

  <!-- The document of the volume that an encoded stem names. -->
  <xsl:function name="f:decoded-stem" as="xs:string?">
    <xsl:param name="encoded" as="xs:string"/>
    <xsl:param name="root" as="node()"/>
    <xsl:sequence select="
        (key('parts', $encoded, $root)/@stem,
         $root/parts/part/@stem[encode-for-uri(.) eq $encoded])[1]/string()"/>
  </xsl:function>

  <!-- The signs of all documents, each once. -->
  <xsl:template name="legend">
    <xsl:for-each-group select="$parts/print/legend" group-by="true()">
      <legend title="{@title}">
        <xsl:for-each-group select="current-group()/sign" group-by="@meaning">
          <xsl:apply-templates select="."/>
        </xsl:for-each-group>
      </legend>
    </xsl:for-each-group>
  </xsl:template>

  <!-- The indices of all documents, each entry once. -->
  <xsl:variable name="kinds" as="xs:string*" select="
      'persons', 'places', 'organisations', 'works', 'events', 'names'"/>
  <xsl:template name="indices">
    <xsl:for-each-group select="$parts/print/index-list" group-by="string(@kind)">
      <xsl:sort select="index-of($kinds, current-grouping-key())"/>
      <index-list kind="{@kind}" title="{@title}">
        <xsl:for-each-group select="current-group()/entry" group-by="string(@key)">
          <xsl:sort select="(@sort, t[1])[1]" collation="{$collation}"/>
          <xsl:sort select="current-grouping-key()"/>
          <xsl:copy>
            <xsl:copy-of select="@*"/>
            <xsl:apply-templates select="node()"/>
          </xsl:copy>
        </xsl:for-each-group>
      </index-list>
    </xsl:for-each-group>
  </xsl:template>
</xsl:stylesheet>
