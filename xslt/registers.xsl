<?xml version="1.0" encoding="UTF-8"?>
<!-- What is an entry of a register, of which kind it is, and what names it: schemas/registers.json
     for stylesheets. TEI Guidelines, chapter 14. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:tei-toolkit:registers"
    exclude-result-prefixes="#all">

  <xsl:variable name="r:data" static="yes" as="map(*)" select="json-doc('../schemas/registers.json')"/>
  <xsl:variable name="r:types" static="yes" as="map(*)" select="map:merge(($r:data?entries, $r:data?listed))"/>
  <xsl:variable name="r:listed" static="yes" as="xs:string*" select="map:keys($r:data?listed)"/>
  <!-- In these, an entry element without xml:id only mentions what has its entry elsewhere. -->
  <xsl:variable name="r:records" static="yes" as="xs:string*" select="
      $r:data?mentions?*, map:keys($r:data?entries)"/>

  <!-- What names say of themselves in @type: the preferred ones, and the others. -->
  <xsl:variable name="r:preferred" static="yes" as="xs:string*" select="$r:data?preferred?*"/>
  <xsl:variable name="r:variants" static="yes" as="xs:string*" select="$r:data?variants?*"/>

  <!-- Is this an entry, not a mention in another entry? -->
  <xsl:function name="r:is-entry" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="name" select="local-name($node)"/>
    <xsl:sequence select="
        map:contains($r:types, $name)
        and (if ($name = $r:listed) then starts-with(local-name($node/..), 'list') else true())
        and (exists($node/@xml:id) or empty($node/ancestor::*[local-name() = $r:records]))"/>
  </xsl:function>

  <!-- The kind of what an element of a name is an entry of: person, place, org, work … -->
  <xsl:variable name="r:kinds" static="yes" as="map(xs:string, xs:string)" select="
      map:merge(map:keys($r:types)
        ! map{.: $r:types(.)?kind ! (if (. = 'organisation') then 'org' else .)})"/>

  <xsl:function name="r:kind" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="$r:kinds($name)"/>
  </xsl:function>

  <!-- The names of an entry, the preferred one first. -->
  <xsl:function name="r:names" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="type" select="$r:types(local-name($entry))"/>
    <xsl:variable name="within" select="$type?within?*"/>
    <xsl:variable name="near" select="
        (if (exists($within)) then $entry/(*, *[local-name() = $within]/*) else $entry/*)[normalize-space()]"/>
    <xsl:variable name="here" select="$near ! local-name()"/>
    <xsl:variable name="groups" as="array(xs:string)*" select="$type?names?*"/>
    <xsl:variable name="first" select="$groups[?* = $here][1]?*"/>
    <xsl:variable name="names" select="$near[local-name() = $first]"/>
    <xsl:choose>
      <xsl:when test="count($names) le 1">
        <xsl:sequence select="$names"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="best" select="
            ($names[tokenize(@type) = $r:preferred],
             $names[not(@type) or @type = 'standard'],
             $names[not(tokenize(@type) = $r:variants)],
             $names)[1]"/>
        <xsl:sequence select="$best, $names except $best"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
