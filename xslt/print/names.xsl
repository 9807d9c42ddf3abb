<?xml version="1.0" encoding="UTF-8"?>
<!-- Names: marks in the text and the index they lead to. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- "persons/ri-chang-jeong" for a link to a page of a register; else empty. -->
  <xsl:function name="f:register-key" as="xs:string">
    <xsl:param name="href" as="xs:string"/>
    <xsl:variable name="up" select="substring-before($href, 'registers/')"/>
    <xsl:variable name="page" select="substring-before(substring-after($href, 'registers/'), '#')"/>
    <xsl:variable name="file" select="if (ends-with($page, '.html')) then substring-before($page || '#', '.html#') else ''"/>
    <xsl:variable name="entry" select="if ($file ne '') then substring-after($href, '#') else ''"/>
    <xsl:sequence select="
        if ($entry ne '' and ($up eq '' or matches($up, '^(\.\./|\./)+$'))) then $file || '/' || $entry
        else ''"/>
  </xsl:function>

  <xsl:variable name="named" as="element()*" select="
      //*[@p:href][f:register-key(@p:href) ne ''][not(ancestor::teiHeader)]"/>

  <!-- A name: a mark for the index before it, a link to its entry on it. -->
  <xsl:template match="*[@p:href][f:register-key(@p:href) ne '']" mode="run" priority="5">
    <index key="{f:register-key(@p:href)}"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:variable name="kinds" as="map(xs:string, xs:string)" select="map{
      'person': 'persons', 'place': 'places', 'org': 'organisations', 'work': 'works',
      'event': 'events'}"/>

  <xsl:template name="index">
    <xsl:variable name="seen" as="element()*" select="$named"/>
    <xsl:for-each-group select="$seen" group-by="string(@p:kind)">
      <xsl:sort select="index-of(('person', 'place', 'org', 'work', 'event'), current-grouping-key())"/>
      <xsl:variable name="key" select="($kinds(current-grouping-key()), 'names')[1]"/>
      <index-list kind="{$key}" title="{(l:known('register.' || current-grouping-key()), f:word('register.names'))[1]}">
        <xsl:for-each-group select="current-group()" group-by="f:register-key(@p:href)">
          <xsl:sort select="f:entry-name(current-group())"
              collation="http://www.w3.org/2013/collation/UCA?lang={tokenize($language, '-')[1]};fallback=yes"/>
          <xsl:sort select="current-grouping-key()"/>
          <entry key="{current-grouping-key()}">
            <t><xsl:value-of select="f:entry-name(current-group())"/></t>
            <xsl:call-template name="entry-details">
              <xsl:with-param name="key" select="current-grouping-key()"/>
            </xsl:call-template>
          </entry>
        </xsl:for-each-group>
      </index-list>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="f:entry-name" as="xs:string">
    <xsl:param name="names" as="element()+"/>
    <xsl:sequence select="
        normalize-space(($names/@p:entry[normalize-space()], $names ! string(.))[1])"/>
  </xsl:function>

  <!-- What the register says of the entry: its dates and its note, in a line. -->
  <xsl:template name="entry-details">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="entry" select="
        ($registers/*/TEI[@p:file = substring-before($key, '/')]
          //*[@xml:id = substring-after($key, '/')])[1]"/>
    <xsl:variable name="born" select="f:year($entry/birth[1])"/>
    <xsl:variable name="died" select="f:year($entry/death[1])"/>
    <xsl:if test="$born || $died">
      <t><xsl:value-of select="' (' || $born || '–' || $died || ')'"/></t>
    </xsl:if>
    <xsl:variable name="note" select="normalize-space($entry/note[1])"/>
    <xsl:if test="$note">
      <t style="smaller"><xsl:value-of select="'. ' || replace($note, '\.$', '')"/></t>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:year" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:variable name="when" select="($date/@when, $date/@notBefore, $date/@from)[1]"/>
    <xsl:sequence select="
        if (matches($when, '^-?\d{4}')) then replace($when, '^(-?)0*(\d{1,4}).*$', '$1$2') else ''"/>
  </xsl:function>
</xsl:stylesheet>
