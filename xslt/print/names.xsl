<?xml version="1.0" encoding="UTF-8"?>
<!-- Names: marks in the text and the index they lead to. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:r="urn:tei-toolkit:registers"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../registers.xsl"/>

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
      //*[@p:href][f:register-key(@p:href) ne ''][not(ancestor::teiHeader)],
      $own-entries ! (., key('own-mention', @xml:id))"/>
  <!-- The key of the entry that a name refers to, or that an element is. -->
  <xsl:function name="f:entry-key" as="xs:string">
    <xsl:param name="named" as="element()"/>
    <xsl:sequence select="
        if (f:is-indexed($named)) then f:own-key($named)
        else ($named/@p:href ! (f:own-entry(.) ! f:own-key(.), f:register-key(.)))[1]"/>
  </xsl:function>

  <!-- A name: a mark for the index before it, a link to its entry on it. -->
  <xsl:template match="*[@p:href][f:register-key(@p:href) ne '']" mode="run" priority="5">
    <index key="{f:register-key(@p:href)}"/>
    <xsl:next-match/>
  </xsl:template>
  <xsl:template match="*[starts-with(@p:href, '#')][f:own-entry(@p:href)][. intersect key('own-mention', substring(@p:href, 2))]"
      mode="run" priority="5">
    <index key="{f:entry-key(.)}"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:variable name="kinds" as="map(xs:string, xs:string)" select="map{
      'person': 'persons', 'place': 'places', 'org': 'organisations', 'work': 'works',
      'event': 'events'}"/>

  <xsl:template name="index">
    <xsl:variable name="seen" as="element()*" select="$named"/>
    <xsl:for-each-group select="$seen" group-by="string((r:kind(local-name())[f:is-indexed(current())],
        f:own-entry(string(@p:href)) ! r:kind(local-name()), @p:kind)[1])">
      <xsl:sort select="index-of(('person', 'place', 'org', 'work', 'event'), current-grouping-key())"/>
      <xsl:variable name="key" select="($kinds(current-grouping-key()), 'names')[1]"/>
      <index-list kind="{$key}" title="{(l:known('register.' || current-grouping-key()), f:word('register.names'))[1]}">
        <!-- Made before they are sorted: to find out what each is filed under takes long. -->
        <xsl:variable name="entries" as="element()*">
          <xsl:for-each-group select="current-group()" group-by="f:entry-key(.)">
            <xsl:variable name="own" select="current-group()[f:is-indexed(.)][1]"/>
            <xsl:variable name="entry" select="($own, f:register-entry(current-grouping-key()))[1]"/>
            <xsl:variable name="heading" select="f:entry-heading(current-group(), $entry)"/>
            <xsl:variable name="sort" select="($entry/@sortKey/normalize-space()[.], $heading)[1]"/>
            <entry key="{current-grouping-key()}">
              <xsl:if test="$sort ne $heading">
                <xsl:attribute name="sort" select="$sort"/>
              </xsl:if>
              <t><xsl:value-of select="$heading"/></t>
              <xsl:choose>
                <xsl:when test="$own/.. intersect $registers-of-its-own">
                  <xsl:for-each select="$own"><xsl:call-template name="facts"/></xsl:for-each>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:call-template name="entry-details">
                    <xsl:with-param name="entry" select="$entry"/>
                    <xsl:with-param name="heading" select="$heading"/>
                  </xsl:call-template>
                </xsl:otherwise>
              </xsl:choose>
            </entry>
          </xsl:for-each-group>
        </xsl:variable>
        <xsl:perform-sort select="$entries">
          <xsl:sort select="(@sort, *:t[1])[1]"
              collation="http://www.w3.org/2013/collation/UCA?lang={tokenize($language, '-')[1]};fallback=yes"/>
          <xsl:sort select="@key"/>
        </xsl:perform-sort>
      </index-list>
    </xsl:for-each-group>
  </xsl:template>

  <!-- The entry of a register that a key names. -->
  <xsl:key name="register-entries" match="*[@xml:id]" use="ancestor::TEI[last()]/@p:file || '/' || @xml:id"/>
  <xsl:function name="f:register-entry" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="$registers ! key('register-entries', $key, .)[1]"/>
  </xsl:function>

  <xsl:function name="f:entry-heading" as="xs:string">
    <xsl:param name="names" as="element()+"/>
    <xsl:param name="entry" as="element()?"/>
    <xsl:sequence select="
        ($entry ! r:heading(.),
         ($names/@p:entry, $names ! string(.)) ! normalize-space(.))[. ne ''][1]"/>
  </xsl:function>

  <!-- What the register says of the entry: its dates and its note, in a line. -->
  <xsl:template name="entry-details">
    <xsl:param name="entry" as="element()?"/>
    <xsl:param name="heading" as="xs:string"/>
    <xsl:variable name="born" select="f:year($entry/birth[1])"/>
    <xsl:variable name="died" select="f:year($entry/death[1])"/>
    <xsl:if test="$born || $died">
      <t><xsl:value-of select="' (' || $born || '–' || $died || ')'"/></t>
    </xsl:if>
    <xsl:variable name="note" select="normalize-space($entry/note[1])"/>
    <xsl:if test="$note">
      <t style="smaller"><xsl:value-of select="
          (if (ends-with($heading, '.') and not($born || $died)) then ' ' else '. ') || replace($note, '\.$', '')"/></t>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:year" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:variable name="when" select="($date/@when, $date/@notBefore, $date/@from)[1]"/>
    <xsl:sequence select="
        if (matches($when, '^-?\d{4}')) then replace($when, '^(-?)0*(\d{1,4}).*$', '$1$2') else ''"/>
  </xsl:function>
</xsl:stylesheet>
